/// Cuts bytes into lines and decodes them strictly: a byte order mark at the start is dropped, CRLF ends a line too.
package struct LineAssembler {
  /// A line with its number from 1, or the place where it is not UTF-8.
  package enum Line: Hashable {
    /// The line's text.
    case text(String, number: Int)
    /// The number, the byte within the line from 1, and the offset of that byte in the whole input.
    case invalid(number: Int, byte: Int, offset: Int)
  }

  private var pending: [UInt8] = []
  private var start = 0
  private var scanned = 0
  private var offset = 0
  private var number = 0

  package init() {}

  /// Takes the next bytes of the input.
  package mutating func append(_ bytes: [UInt8]) {
    if start > 0 {
      pending.removeFirst(start)
      scanned -= start
      start = 0
    }
    pending += bytes
  }

  /// The next whole line; nil if more bytes are needed.
  package mutating func next() -> Line? {
    while scanned < pending.count {
      if pending[scanned] == 0x0A {
        defer {
          offset += scanned + 1 - start
          start = scanned + 1
          scanned = start
        }
        return line(pending[start..<scanned])
      }
      scanned += 1
    }
    return nil
  }

  /// The last line if the input ended without a line break; nil if nothing is left.
  package mutating func finish() -> Line? {
    guard start < pending.count else { return nil }
    defer {
      offset += pending.count - start
      pending = []
      start = 0
      scanned = 0
    }
    return line(pending[start...])
  }

  private mutating func line(_ bytes: ArraySlice<UInt8>) -> Line {
    number += 1
    var bytes = bytes
    let whole = bytes.startIndex
    if bytes.last == 0x0D { bytes.removeLast() }
    if number == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if let text = String(validating: bytes, as: UTF8.self) { return .text(text, number: number) }
    let bad = firstInvalidByte(bytes) - whole
    return .invalid(number: number, byte: bad + 1, offset: offset + bad)
  }
}

/// The index where the longest well-formed beginning ends.
package func firstInvalidByte(_ bytes: ArraySlice<UInt8>) -> Int {
  var index = bytes.startIndex
  while index < bytes.endIndex {
    let first = bytes[index]
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard index + length <= bytes.endIndex, String(validating: bytes[index..<index + length], as: UTF8.self) != nil
    else { return index }
    index += length
  }
  return index
}
