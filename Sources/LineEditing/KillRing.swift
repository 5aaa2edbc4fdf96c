/// The texts that were killed, latest last; kills in direct succession are joined.
package struct KillRing: Sendable {
  private static let limit = 30
  private var texts: [String] = []
  private var isJoining = false
  private var yanked: Range<Int>?
  private var index = 0

  /// An empty ring.
  package init() {}

  /// Called for every key that neither kills nor yanks.
  package mutating func endSuccession() {
    isJoining = false
    yanked = nil
  }

  /// Takes a killed text, which stood before or after the cursor.
  package mutating func kill(_ text: String, before: Bool) {
    yanked = nil
    guard !text.isEmpty else { return }
    if isJoining, let last = texts.popLast() {
      texts.append(before ? text + last : last + text)
    } else {
      texts.append(text)
      if texts.count > Self.limit { texts.removeFirst() }
    }
    isJoining = true
  }

  /// The line with the latest killed text at the cursor; nil if nothing was killed.
  package mutating func yank(into line: LineBuffer) -> LineBuffer? {
    isJoining = false
    index = texts.count - 1
    guard index >= 0 else { return nil }
    return insert(into: line, replacing: line.cursor..<line.cursor)
  }

  /// The line with the text just yanked replaced by the one killed before it; nil unless the last key yanked.
  package mutating func yankEarlier(into line: LineBuffer) -> LineBuffer? {
    guard let yanked, yanked.upperBound == line.cursor else { return nil }
    index = (index + texts.count - 1) % texts.count
    return insert(into: line, replacing: yanked)
  }

  private mutating func insert(into line: LineBuffer, replacing range: Range<Int>) -> LineBuffer {
    let result = line.replacing(range, with: texts[index])
    yanked = range.lowerBound..<result.cursor
    return result
  }
}
