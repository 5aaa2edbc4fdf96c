/// The text being edited as scalars, and the places in it that editing needs; a copy of libedit's buffer.
package struct LineBuffer: Hashable, Sendable {
  /// The scalars, with `\n` between lines.
  package var scalars: [Unicode.Scalar]
  /// The number of scalars before the cursor.
  package var cursor: Int

  /// A text with the cursor after the given number of scalars, or at its end.
  package init(_ text: String = "", cursor: Int? = nil) {
    scalars = Array(text.unicodeScalars)
    self.cursor = min(max(0, cursor ?? scalars.count), scalars.count)
  }

  /// The text.
  package var text: String { Self.string(scalars[...]) }
  /// The text before the cursor.
  package var head: String { Self.string(scalars[..<cursor]) }
  /// The cursor as a UTF-8 offset.
  package var utf8Cursor: Int { scalars[..<cursor].reduce(0) { $0 + UTF8.width($1) } }
  /// True if the text has more than one line.
  package var isMultiline: Bool { scalars.contains("\n") }

  /// The number of scalars before a UTF-8 offset, rounded down.
  package func scalarOffset(ofUTF8 offset: Int) -> Int {
    var bytes = 0
    for (index, scalar) in scalars.enumerated() {
      bytes += UTF8.width(scalar)
      if bytes > offset { return index }
    }
    return scalars.count
  }

  /// The number of the first scalar of the line that holds the position.
  package func lineStart(_ position: Int) -> Int {
    var start = position
    while start > 0 && scalars[start - 1] != "\n" { start -= 1 }
    return start
  }

  /// The position after the last scalar of the line that holds the position.
  package func lineEnd(_ position: Int) -> Int {
    var end = position
    while end < scalars.count && scalars[end] != "\n" { end += 1 }
    return end
  }

  /// The position one character (grapheme) to the left.
  package func left(_ position: Int) -> Int {
    guard position > 0 else { return 0 }
    let start = lineStart(position)
    if start == position { return position - 1 }
    let before = Self.string(scalars[start..<position])
    return position - (before.last?.unicodeScalars.count ?? 1)
  }

  /// The position one character (grapheme) to the right.
  package func right(_ position: Int) -> Int {
    guard position < scalars.count else { return scalars.count }
    if scalars[position] == "\n" { return position + 1 }
    let after = Self.string(scalars[position..<lineEnd(position)])
    return position + (after.first?.unicodeScalars.count ?? 1)
  }

  /// The cursor, or the start of the character within which it stands.
  package var snappedCursor: Int {
    guard cursor > 0, cursor < scalars.count else { return cursor }
    if scalars[cursor].isASCII && scalars[cursor - 1].isASCII { return cursor }
    let start = lineStart(cursor)
    var position = start
    for character in Self.string(scalars[start..<lineEnd(cursor)]) {
      let next = position + character.unicodeScalars.count
      if next > cursor { return position }
      position = next
    }
    return cursor
  }

  /// The position in the line above or below in the cursor's column, or at that line's end; nil if there is none.
  package func vertical(down: Bool) -> Int? {
    let start = lineStart(cursor)
    let column = displayWidth(Self.string(scalars[start..<cursor]))
    let target: Int
    if down {
      let end = lineEnd(cursor)
      guard end < scalars.count else { return nil }
      target = end + 1
    } else {
      guard start > 0 else { return nil }
      target = lineStart(start - 1)
    }
    var position = target
    var width = 0
    for character in Self.string(scalars[target..<lineEnd(target)]) {
      width += displayWidth(String(character))
      if width > column { break }
      position += character.unicodeScalars.count
    }
    return position
  }

  /// The text with a range of scalars replaced, and the cursor after the new part.
  package func replacing(_ range: Range<Int>, with text: String) -> LineBuffer {
    var copy = self
    let added = Array(text.unicodeScalars)
    copy.scalars.replaceSubrange(range, with: added)
    copy.cursor = range.lowerBound + added.count
    return copy
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
