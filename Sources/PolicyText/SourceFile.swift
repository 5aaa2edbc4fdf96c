/// A place in a text as people and editors count it.
package struct Position: Hashable, Sendable {
  /// The line, from 1.
  package let line: Int
  /// The column in Characters, from 1.
  package let column: Int
  /// The column in UTF-16 code units, from 1.
  package let utf16Column: Int

  /// Makes a place.
  package init(line: Int, column: Int, utf16Column: Int) {
    self.line = line
    self.column = column
    self.utf16Column = utf16Column
  }
}

/// The bytes of one file with its line starts; lines end at LF, and a CR before it belongs to the line end.
package struct SourceFile: Sendable {
  /// The path as it is to be printed.
  package let path: String
  /// The content, which need not be valid UTF-8.
  package let bytes: [UInt8]
  /// The offset of the first byte of every line; never empty.
  package let lineStarts: [UInt32]

  /// Makes a file and finds its lines in one pass.
  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts: [UInt32] = [0]
    bytes.withUnsafeBufferPointer { buffer in
      for index in buffer.indices where buffer[index] == 0x0A {
        starts.append(UInt32(truncatingIfNeeded: index + 1))
      }
    }
    lineStarts = starts
  }

  /// Makes a file from a string.
  package init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }

  /// The whole content, with ill-formed UTF-8 repaired.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The number of lines; an empty file has one.
  package var lineCount: Int { lineStarts.count }

  /// The line that holds an offset, from 1; offsets behind the end count as the end.
  package func line(of offset: UInt32) -> Int {
    var low = 0
    var high = lineStarts.count
    while low < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return max(low, 1)
  }

  /// Line and columns of an offset; one inside a scalar counts as the scalar's start.
  package func position(of offset: UInt32) -> Position {
    let end = scalarStart(atOrBefore: min(Int(offset), bytes.count))
    let line = line(of: UInt32(truncatingIfNeeded: end))
    let prefix = String(decoding: bytes[Int(lineStarts[line - 1])..<end], as: UTF8.self)
    return Position(line: line, column: prefix.count + 1, utf16Column: prefix.utf16.count + 1)
  }

  /// The byte offsets of a line without its line end; empty for lines that do not exist.
  package func lineRange(_ line: Int) -> Range<Int> {
    guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
    let start = Int(lineStarts[line - 1])
    guard line < lineStarts.count else { return start..<bytes.count }
    var end = Int(lineStarts[line]) - 1
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// The text of a line (from 1) without its line end; empty for lines that do not exist.
  package func lineText(_ line: Int) -> String {
    String(decoding: bytes[lineRange(line)], as: UTF8.self)
  }

  /// The text of a span, clamped to the file; the span's file id is not looked at.
  package func text(of span: Span) -> String {
    let end = min(Int(span.end), bytes.count)
    return String(decoding: bytes[min(Int(span.start), end)..<end], as: UTF8.self)
  }

  /// The greatest scalar start that is not behind an offset.
  package func scalarStart(atOrBefore offset: Int) -> Int {
    var offset = min(max(offset, 0), bytes.count)
    guard offset < bytes.count else { return offset }
    var steps = 0
    while offset > 0, steps < 3, bytes[offset] & 0xC0 == 0x80 {
      offset -= 1
      steps += 1
    }
    return offset
  }
}
