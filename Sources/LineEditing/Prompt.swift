/// What stands before the first line, before the following lines, and at the right edge of the first.
package struct Prompt: Hashable, Sendable {
  /// Before the first line of an entry.
  package var main: [StyledText]
  /// Before every further line of an entry.
  package var continuation: [StyledText]
  /// At the right edge of the first line while the text leaves room.
  package var right: [StyledText]

  /// A prompt made of styled runs.
  package init(main: [StyledText], continuation: [StyledText], right: [StyledText] = []) {
    self.main = main
    self.continuation = continuation
    self.right = right
  }

  /// A prompt of plain words in the usual styles.
  package init(_ main: String, continuation: String, right: String = "") {
    self.init(
      main: [StyledText(main, .prompt)], continuation: [StyledText(continuation, .continuation)],
      right: right.isEmpty ? [] : [StyledText(right, .faint)])
  }

  /// The main prompt without styles.
  package var mainText: String { main.map(\.text).joined() }
  /// The continuation prompt without styles.
  package var continuationText: String { continuation.map(\.text).joined() }
}
