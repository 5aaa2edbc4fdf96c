/// What the editor asks the language about the text typed so far; but for `whileIdle` pure functions of that text.
package struct InputState {
  /// False while more lines have to follow, so that Enter starts a new line.
  package var isComplete: (String) -> Bool
  /// Completions of the text at a cursor given as a UTF-8 offset.
  package var completer: (String, Int) -> Completion
  /// The styles of the text's parts, in order; nil for plain text.
  package var highlighter: ((String) -> [StyleSpan])?
  /// Does a part of what can be done while no key comes, which must take no more than a few milliseconds, as a key waits for its
  /// end; false once nothing is left to do in this read.
  package var whileIdle: () -> Bool
  /// What a new line after this text begins with.
  package var indentation: (String) -> String

  /// Every line is complete and nothing completes, unless said otherwise.
  package init(
    isComplete: @escaping (String) -> Bool = { _ in true },
    completer: @escaping (String, Int) -> Completion = { _, cursor in .none(at: cursor) },
    highlighter: ((String) -> [StyleSpan])? = nil,
    whileIdle: @escaping () -> Bool = { false },
    indentation: @escaping (String) -> String = InputState.sameIndentation
  ) {
    self.isComplete = isComplete
    self.completer = completer
    self.highlighter = highlighter
    self.whileIdle = whileIdle
    self.indentation = indentation
  }

  /// The blanks, ideographic ones included, that the text's last line begins with.
  package static func sameIndentation(_ text: String) -> String {
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    return String(line.prefix { $0 == " " || $0 == "\t" || $0 == "\u{3000}" })
  }
}
