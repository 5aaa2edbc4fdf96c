package import PolicyText

/// One remark about a place in a file.
package struct Diagnostic: Hashable, Sendable {
  /// A place with what is to be said about it.
  package struct Label: Hashable, Sendable {
    /// The place.
    package let span: Span
    /// What is to be said.
    package let message: Bilingual

    /// Makes a label.
    package init(span: Span, message: Bilingual) {
      self.span = span
      self.message = message
    }
  }

  /// An edit that would mend the cause.
  package struct Replacement: Hashable, Sendable {
    /// The text that goes.
    package let span: Span
    /// The text that comes.
    package let text: String

    /// Makes an edit.
    package init(span: Span, text: String) {
      self.span = span
      self.text = text
    }
  }

  /// The entry in the catalogue.
  package let id: DiagnosticID
  /// How serious it is.
  package let severity: Severity
  /// The place, and the message of the header.
  package let primary: Label
  /// A short word behind the carets under the place.
  package let caption: Bilingual?
  /// Every other place that matters.
  package let related: [Label]
  /// What to do.
  package let help: [Bilingual]
  /// The clause that the place stands in, such as 三（三）.
  package let clause: String?
  /// The edit that would mend it.
  package let replacement: Replacement?

  /// Makes a diagnostic.
  package init(
    _ id: DiagnosticID, _ severity: Severity = .error, at span: Span, _ message: Bilingual,
    caption: Bilingual? = nil, related: [Label] = [], help: [Bilingual] = [], clause: String? = nil,
    replacement: Replacement? = nil
  ) {
    self.id = id
    self.severity = severity
    primary = Label(span: span, message: message)
    self.caption = caption
    self.related = related
    self.help = help
    self.clause = clause
    self.replacement = replacement
  }
}

extension Collection<Diagnostic> {
  /// Each diagnostic once, by file, offset and id; equal ranks keep their order.
  package func sortedAndUnique() -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return filter { seen.insert($0).inserted }.enumerated().sorted { left, right in
      let (one, two) = (left.element.primary.span, right.element.primary.span)
      if one.file != two.file { return one.file.rawValue < two.file.rawValue }
      if one.start != two.start { return one.start < two.start }
      if left.element.id != right.element.id { return left.element.id.rawValue < right.element.id.rawValue }
      return left.offset < right.offset
    }.map(\.element)
  }
}
