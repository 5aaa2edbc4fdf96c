/// Where Up and Down are in the history: entries that begin with what was typed before the first Up.
package struct HistoryCursor: Sendable {
  private var index: Int?
  private var draft = LineBuffer()
  private var prefix = ""

  /// A cursor at the line being typed.
  package init() {}

  /// Returns to the line being typed; called whenever the text is changed by anything else.
  package mutating func reset() { index = nil }

  /// The next older entry that differs from the line; nil if there is none.
  package mutating func older(than line: LineBuffer, in history: History) -> LineBuffer? {
    if index == nil {
      draft = line
      prefix = line.head
    }
    return move(
      from: line, candidates: history.entries[..<(index ?? history.entries.count)].indices.reversed(), history)
  }

  /// The next newer entry, at last the line that was being typed; nil if that is where it is.
  package mutating func newer(than line: LineBuffer, in history: History) -> LineBuffer? {
    guard let index else { return nil }
    if let entry = move(from: line, candidates: history.entries.indices.dropFirst(index + 1), history) { return entry }
    self.index = nil
    return draft
  }

  private mutating func move(from line: LineBuffer, candidates: some Sequence<Int>, _ history: History) -> LineBuffer? {
    for candidate in candidates {
      let entry = history.entries[candidate]
      if entry.utf8.starts(with: prefix.utf8) && entry != line.text {
        index = candidate
        return LineBuffer(entry)
      }
    }
    return nil
  }
}
