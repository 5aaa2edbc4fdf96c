/// An incremental search through the history: the words typed so far and the entry found.
package struct SearchState: Sendable {
  /// The line to return to.
  package let original: LineBuffer
  /// The words looked for.
  package private(set) var words = ""
  /// The index of the entry found; nil before the first one.
  package private(set) var index: Int?
  /// True if no entry in the last direction contains the words.
  package private(set) var isFailing = false

  /// A search that starts from a line.
  package init(from original: LineBuffer) { self.original = original }

  /// Adds to the words; the entry found stays if it still matches.
  package mutating func append(_ text: String, in history: History) {
    words += text
    find(in: history, before: (index ?? history.entries.count - 1) + 1)
  }

  /// Takes the last character off the words and searches anew from the latest entry.
  package mutating func deleteLast(in history: History) {
    guard !words.isEmpty else { return }
    words.removeLast()
    index = nil
    isFailing = false
    if !words.isEmpty { find(in: history, before: history.entries.count) }
  }

  /// Goes on to the next older entry.
  package mutating func older(in history: History) {
    guard !words.isEmpty else { return }
    find(in: history, before: index ?? history.entries.count)
  }

  /// Goes back to the next newer entry.
  package mutating func newer(in history: History) {
    guard !words.isEmpty, let start = index else { return }
    let found = history.search(words, after: start)
    isFailing = found == nil
    index = found ?? index
  }

  /// The line that shows the entry found with the cursor at the words, or the original one.
  package func line(in history: History) -> LineBuffer {
    guard let index else { return original }
    let entry = history.entries[index]
    let line = LineBuffer(entry)
    guard let match = History.match(of: words, in: entry) else { return line }
    return LineBuffer(entry, cursor: line.scalarOffset(ofUTF8: match.lowerBound))
  }

  private mutating func find(in history: History, before end: Int) {
    let found = history.search(words, before: end)
    isFailing = found == nil
    index = found ?? index
  }
}
