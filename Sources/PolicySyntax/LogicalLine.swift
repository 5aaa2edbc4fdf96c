import PolicyText

/// One thought of a file: a physical line with the lines that it goes on into.
package struct LogicalLine {
  /// From the first character that isn't white space to the end of the last physical line, line end excluded.
  package var range: ByteRange
  /// The first colon outside quotes and brackets, and its length.
  var colon: (offset: Int, length: Int)?
  /// Whether it begins at the left margin.
  var atMargin: Bool
  /// An opening quote or bracket that was never closed.
  var unclosed: Int?
}

/// Cuts a file into logical lines.
///
/// A line goes on when it ends in ，、；an operator, 且, 或 or inside a bracket or quote, or when the next begins with
/// 且 or 或; an unclosed bracket or quote ends at the latest where the next block begins.
package struct LineScanner {
  let bytes: [UInt8]
  private(set) var position = 0

  package init(bytes: [UInt8]) { self.bytes = bytes }

  var atEnd: Bool { position >= bytes.count }

  /// The next logical line, or nil at the end; white space, blank lines and whole-line comments are left to the caller
  /// as gaps between ranges.
  package mutating func next() -> LogicalLine? {
    while position < bytes.count {
      let lineStart = position
      var start = position
      while start < bytes.count {
        let (scalar, length) = decodedScalar(in: bytes, at: start)
        guard CharacterClass.isSpace(scalar) else { break }
        start += length
      }
      guard start < bytes.count else {
        position = bytes.count
        return nil
      }
      if bytes[start] == 0x0A {
        position = start + 1
        continue
      }
      if isComment(start) {
        position = endOfLine(start)
        continue
      }
      let line = scan(from: start, atMargin: start == lineStart)
      guard let unclosed = line.unclosed else { return line }
      // What is never closed must not swallow the lines behind it.
      var closed = scan(from: start, atMargin: start == lineStart, closingAtLineEnd: true)
      closed.unclosed = unclosed
      return closed
    }
    return nil
  }

  private func isComment(_ index: Int) -> Bool {
    bytes[index] == 0x23
      || bytes[index] == 0xEF && index + 2 < bytes.count && bytes[index + 1] == 0xBC && bytes[index + 2] == 0x83
  }

  private func endOfLine(_ index: Int) -> Int {
    var index = index
    while index < bytes.count, bytes[index] != 0x0A { index += 1 }
    return index
  }

  /// The most physical lines that one bracket or quote may hold; it keeps the search for a missing end linear.
  private static let insideLimit = 200

  private mutating func scan(from start: Int, atMargin: Bool, closingAtLineEnd: Bool = false) -> LogicalLine {
    var line = LogicalLine(
      range: ByteRange(start: start, end: start), colon: nil, atMargin: atMargin, unclosed: nil)
    var index = start
    var brackets: [Int] = []
    var quoteDepth = 0
    var quoteStart = -1
    var straight = false
    var last: UInt32 = 0
    var beforeLast: UInt32 = 0
    var linesInside = 0
    // The end of what counts, without trailing white space and comments.
    var end = start
    while true {
      if index >= bytes.count || bytes[index] == 0x0A {
        let inside = quoteDepth > 0 || straight || !brackets.isEmpty
        guard index < bytes.count else {
          if inside { line.unclosed = quoteDepth > 0 || straight ? quoteStart : brackets.last }
          break
        }
        if inside, closingAtLineEnd {
          (quoteDepth, straight, brackets) = (0, false, [])
        } else if inside {
          linesInside += 1
          if beginsBlock(index + 1) || linesInside > LineScanner.insideLimit {
            line.unclosed = quoteDepth > 0 || straight ? quoteStart : brackets.last
            break
          }
          index += 1
          continue
        }
        if goesOn(last, beforeLast, end) || nextBeginsWithConnective(index + 1) {
          index += 1
          continue
        }
        break
      }
      let (raw, length) = decodedScalar(in: bytes, at: index)
      // Chinese characters, which are most of a file, mean nothing here.
      if raw >= 0x4E00, raw < 0xA000 {
        if quoteDepth == 0, !straight { beforeLast = last }
        last = raw
        index += length
        end = index
        continue
      }
      if quoteDepth > 0 {
        if raw == 0x201C || raw == 0x300C { quoteDepth += 1 } else if raw == 0x201D || raw == 0x300D { quoteDepth -= 1 }
        index += length
        end = index
        last = raw
        continue
      }
      if straight {
        if raw == 0x22 { straight = false }
        index += length
        end = index
        last = raw
        continue
      }
      let scalar = foldingWidth(raw)
      if CharacterClass.isSpace(scalar) {
        index += length
        continue
      }
      switch scalar {
      case 0x23:
        index = endOfLine(index)
        continue
      case 0x201C, 0x300C:
        quoteDepth = 1
        quoteStart = index
      case 0x22:
        straight = true
        quoteStart = index
      case 0x28, 0x5B, 0x3014: brackets.append(index)
      case 0x29, 0x5D, 0x3015: _ = brackets.popLast()
      case 0x3A where line.colon == nil && brackets.isEmpty: line.colon = (index, length)
      default: break
      }
      beforeLast = last
      last = scalar
      index += length
      end = index
    }
    line.range.end = end
    position = min(index, bytes.count)
    return line
  }

  /// Whether a line that ends in these characters goes on.
  private func goesOn(_ last: UInt32, _ beforeLast: UInt32, _ end: Int) -> Bool {
    switch last {
    case 0x2C, 0x3001, 0x3B, 0x2B, 0xD7, 0xF7, 0x3D, 0x3C, 0x3E, 0x2260, 0x2264, 0x2265: return true
    // A lone dash is a cell's “any”, so only a spaced minus goes on.
    case 0x2D: return beforeLast != 0x7C
    case 0x4E14, 0x6216: return true
    default:
      return endsWithWord("and", end) || endsWithWord("or", end)
    }
  }

  private func endsWithWord(_ word: StaticString, _ end: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard end >= count else { return false }
    for index in 0..<count where bytes[end - count + index] != word.utf8Start[index] { return false }
    return end == count || !CharacterClass.isWordASCII(UInt32(bytes[end - count - 1]))
  }

  private func nextBeginsWithConnective(_ start: Int) -> Bool {
    var index = start
    while index < bytes.count {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      if CharacterClass.isSpace(scalar) {
        index += length
        continue
      }
      if scalar == 0x4E14 || scalar == 0x6216 { return true }
      return beginsWithWord("and ", index) || beginsWithWord("or ", index)
    }
    return false
  }

  private func beginsWithWord(_ word: StaticString, _ start: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard start + count <= bytes.count else { return false }
    for index in 0..<count where bytes[start + index] != word.utf8Start[index] { return false }
    return true
  }

  /// Whether a block keyword stands at the margin here.
  private func beginsBlock(_ start: Int) -> Bool {
    guard start < bytes.count else { return false }
    return BlockWords.match(bytes, at: start, end: bytes.count) != nil
  }
}
