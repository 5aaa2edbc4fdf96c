package import PolicyEvaluation

/// How a part of an answer looks where colours are wanted; the words beside it say the same without.
package enum Ink: String, Sendable {
  case good = "32"
  case bad = "31"
  case open = "33"
  case faint = "2"
  case head = "1"

  /// The text in this ink, by the terminal's escapes.
  package func paint(_ text: String) -> String { text.isEmpty ? "" : "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }

  /// A text as it is without the escapes of `paint`.
  package static func plain(_ text: String) -> String {
    guard text.utf8.contains(0x1B) else { return text }
    let parts = text.split(separator: "\u{1B}[", omittingEmptySubsequences: false)
    return parts[0] + parts.dropFirst().map { $0.drop { $0 != "m" }.dropFirst() }.joined()
  }
}

extension Label {
  /// The ink of each word that a person reads.
  package var ink: Ink {
    switch self {
    case .expired, .notYet, .no: .bad
    case .disputed, .missingFact, .findingOpen, .ruleMissing, .listMissing, .ruleConflict, .notComputable: .open
    case .entitled, .amountOpen, .quantityOpen, .mayApply, .atDiscretion, .duty, .advocated, .prioritised, .piloted:
      .good
    case .notApplicable, .noClaim: .faint
    }
  }
}

extension Verdict {
  /// The ink of the word for a verdict.
  package var ink: Ink {
    switch self {
    case .yes: .good
    case .no: .bad
    case .unknown, .disputed: .open
    case .notApplicable: .faint
    }
  }
}

extension Wording {
  /// The text in an ink, where the answer is coloured.
  package func paint(_ text: String, _ ink: Ink) -> String { isColoured ? ink.paint(text) : text }

  /// A label in its ink, where the answer is coloured.
  package func inked(_ label: Label) -> String { paint(self.label(label), label.ink) }
}
