/// A text without its white space, with the way back to the original lines.
package struct NormalizedText: Sendable {
  /// The file before normalisation.
  package let file: SourceFile
  /// The bytes without white space.
  package let bytes: [UInt8]
  /// Per line of the file, the offset in `bytes` at which it begins; one more entry closes the last line.
  let lineStarts: [Int]

  /// Normalises a file in one pass.
  package init(_ file: SourceFile) {
    self.file = file
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.bytes.count)
    var lineStarts: [Int] = []
    lineStarts.reserveCapacity(file.lineCount + 1)
    for line in 1...file.lineCount {
      lineStarts.append(bytes.count)
      appendStripped(file.bytes, file.lineRange(line), to: &bytes)
    }
    lineStarts.append(bytes.count)
    self.bytes = bytes
    self.lineStarts = lineStarts
  }

  /// The number of lines.
  var lineCount: Int { lineStarts.count - 1 }

  /// The bytes of a line, counted from zero.
  func range(ofLineAt index: Int) -> Range<Int> { lineStarts[index]..<lineStarts[index + 1] }

  /// The index from zero of the line that holds a normalised offset.
  func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while low < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return min(max(low - 1, 0), lineCount - 1)
  }

  /// The line, from 1, that holds the byte at a normalised offset.
  package func line(of offset: Int) -> Int {
    // An offset behind the last byte belongs to the last byte's line, not to blank lines after it.
    lineIndex(of: min(offset, bytes.count - 1)) + 1
  }

  /// The offset in the file of the byte at a normalised offset; the file's end for an offset behind the last byte.
  package func originalOffset(of offset: Int) -> Int {
    guard offset < bytes.count, offset >= 0 else { return offset < 0 ? 0 : file.bytes.count }
    let line = lineIndex(of: offset)
    let end = file.lineRange(line + 1).upperBound
    var missing = offset - lineStarts[line]
    return file.bytes.withUnsafeBufferPointer { buffer in
      var index = Int(file.lineStarts[line])
      while index < end {
        let skipped = whiteSpaceLength(in: buffer, at: index)
        if skipped > 0 {
          index += skipped
        } else if missing == 0 {
          return index
        } else {
          missing -= 1
          index += 1
        }
      }
      return end
    }
  }

  /// The text of a normalised range, clamped.
  package func text(of range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// Whether the original has white space before the byte at a normalised offset.
  func hasSpace(before offset: Int) -> Bool {
    guard offset > 0, offset < bytes.count else { return true }
    return originalOffset(of: offset) - originalOffset(of: offset - 1) > 1
  }
}
