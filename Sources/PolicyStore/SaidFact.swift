/// Something said of a subject, as a person would write it.
package struct SaidFact: Hashable, Sendable {
  /// The name of the subject's kind.
  package var kind: String
  package var subject: String
  package var path: FactPath
  /// The value as a cell of a table has it: `3亿元`, `不知`.
  package var value: String
  /// The first day on which it holds, `2024-06-01`; nil where it always did.
  package var since: String?

  package init(kind: String, subject: String, path: FactPath, value: String, since: String?) {
    self.kind = kind
    self.subject = subject
    self.path = path
    self.value = value
    self.since = since
  }
}

/// Something said as a store keeps it: never changed, and corrected by saying something else.
package struct StoredFact: Hashable, Sendable {
  /// From 1 without gaps, in the order in which things were said.
  package let number: Int
  package let said: SaidFact
  package let saving: Saving

  package init(number: Int, said: SaidFact, saving: Saving) {
    self.number = number
    self.said = said
    self.saving = saving
  }
}

/// One saving: what was said at once, all of it or nothing.
package struct Saving: Hashable, Sendable {
  /// From 1 without gaps.
  package let number: Int
  /// When it was recorded by the store's clock, in UTC: `2024-06-01T08:00:00Z`.
  package let recorded: String
  /// Who says it, as the person who saved it gave it; nil where nobody was named.
  package let by: String?

  package init(number: Int, recorded: String, by: String?) {
    self.number = number
    self.recorded = recorded
    self.by = by
  }
}

/// What a fact is of: a field's name, or the way to the field of a related subject (贷款, 贷款1, 本金).
package struct FactPath: Hashable, Sendable {
  package let steps: [String]

  package init(_ steps: [String]) { self.steps = steps }

  /// The steps with `/` between them, as a store writes it; a `/` or `\` of a name has a `\` before it.
  package var text: String {
    steps.map { step in
      String(step.flatMap { $0 == "/" || $0 == "\\" ? ["\\", $0] : [$0] })
    }.joined(separator: "/")
  }

  package init(text: String) {
    var steps = [""]
    var isEscaped = false
    for character in text {
      if isEscaped || character != "/" && character != "\\" {
        steps[steps.count - 1].append(character)
        isEscaped = false
      } else if character == "/" {
        steps.append("")
      } else {
        isEscaped = true
      }
    }
    self.steps = steps
  }
}
