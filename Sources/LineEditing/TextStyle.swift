/// What a piece of text on the terminal means; one table turns it into colour.
package enum TextStyle: Hashable, Sendable, CaseIterable {
  /// The parts of a prompt, of the language, and of the editor's own words.
  case plain, prompt, continuation, faint, keyword, name, number, string, comment, error, match

  /// The SGR parameters of the style; empty for plain text.
  var sgr: String {
    switch self {
    case .plain: ""
    case .prompt: "1;32"
    case .continuation, .faint, .comment: "2"
    case .keyword: "1"
    case .name: "36"
    case .number: "35"
    case .string: "33"
    case .error: "31"
    case .match: "7"
    }
  }
}

/// A text in one style.
package struct StyledText: Hashable, Sendable {
  /// The text, without escapes or line breaks.
  package var text: String
  /// Its style.
  package var style: TextStyle

  /// A piece of text in a style.
  package init(_ text: String, _ style: TextStyle = .plain) {
    self.text = text
    self.style = style
  }
}

/// A style for a range of UTF-8 offsets of the text being edited.
package struct StyleSpan: Hashable, Sendable {
  /// UTF-8 offsets into the text.
  package var range: Range<Int>
  /// The style of the range.
  package var style: TextStyle

  /// A style for the range.
  package init(_ range: Range<Int>, _ style: TextStyle) {
    self.range = range
    self.style = style
  }
}
