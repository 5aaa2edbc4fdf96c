package import PolicyText
package import PolicyValues

/// Words of an official text that a rule rests on, with where they stand.
package struct Quote: Hashable, Sendable {
  /// The words as the rule file has them.
  package var text: String
  package var document: DocumentID
  /// The clause, or with a sentence when the quote stands in one sentence only.
  package var address: ClauseAddress
  /// The line of the source text on which the words begin, from 1; nil where the text is not on file.
  package var line: Int?
  /// Where the rule file has the quote.
  package var span: Span

  package init(text: String, document: DocumentID, address: ClauseAddress, line: Int?, span: Span) {
    self.text = text
    self.document = document
    self.address = address
    self.line = line
    self.span = span
  }
}

/// Where a declaration stands, and the words that it rests on.
package struct Origin: Hashable, Sendable {
  /// The head line of the declaration in its rule file.
  package var span: Span
  /// The clause in which it stands; nil for shared vocabulary (departments, options, kinds) and for session rules.
  package var clause: ClauseID?
  package var quotes: [Quote]

  package init(span: Span, clause: ClauseID?, quotes: [Quote] = []) {
    self.span = span
    self.clause = clause
    self.quotes = quotes
  }
}

/// A stretch of time in which a document, a rule or a value is in force; ends included.
package struct Period: Hashable, Sendable {
  /// 施行; nil = 未规定
  package var start: Boundary
  /// 有效期的末日; nil = 未规定
  package var end: Boundary

  /// One end of a period.
  package enum Boundary: Hashable, Sendable {
    /// 未规定: the text names none.
    case unstated
    case date(CivilDate)
  }

  package init(start: Boundary = .unstated, end: Boundary = .unstated) {
    self.start = start
    self.end = end
  }
}
