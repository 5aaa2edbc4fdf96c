/// A place in UTF-8 text that reads one scalar at a time, with full-width ASCII (U+FF01…FF5E) folded to ASCII.
///
/// It is copied at every attempt to read something, so it counts no reference: it lives inside
/// `withUnsafeBufferPointer` of the text.
struct ScalarCursor {
  let bytes: UnsafeBufferPointer<UInt8>
  let limit: Int
  private(set) var offset: Int
  /// The folded scalar at `offset`; 0 at the end, U+FFFD for a broken sequence.
  private(set) var current: UInt32 = 0
  private var length = 0
  /// Whether the scalar just passed is an ASCII letter.
  private(set) var previousIsLetter = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0, limit: Int? = nil) {
    self.bytes = bytes
    self.limit = max(0, min(limit ?? bytes.count, bytes.count))
    offset = max(0, min(start, self.limit))
    decode()
  }

  var isAtEnd: Bool { offset >= limit }

  /// The value of the ASCII or full-width digit here, nil for anything else.
  var digit: Int128? { current >= 0x30 && current <= 0x39 ? Int128(current - 0x30) : nil }

  mutating func advance() {
    previousIsLetter = current.isASCIILetter
    offset += length
    decode()
  }

  /// Steps over `scalar` (a lower-case letter stands for both cases); stays and says false where another stands here.
  mutating func advance(over scalar: UInt32) -> Bool {
    guard !isAtEnd, current == scalar || current.loweredASCII == scalar else { return false }
    advance()
    return true
  }

  /// Steps over all of `text`, or stays and says false.
  mutating func advance(over text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return true }
    guard current == first.value || current.loweredASCII == first.value else { return false }
    var end = self
    for scalar in text.unicodeScalars where !end.advance(over: scalar.value) { return false }
    self = end
    return true
  }

  /// Steps over spaces: ASCII space and tab, U+00A0, U+3000, U+FEFF.
  mutating func skipSpaces() {
    while !isAtEnd, current.isSpace { advance() }
  }

  /// The text from here to the limit, without spaces at its ends.
  var rest: String {
    var end = limit
    while end > offset, bytes[end - 1] <= 0x20 { end -= 1 }
    return String(decoding: bytes[offset..<end], as: UTF8.self)
  }

  private mutating func decode() {
    guard offset < limit else {
      (current, length) = (0, 0)
      return
    }
    let lead = bytes[offset]
    if lead < 0x80 {
      (current, length) = (UInt32(lead), 1)
      return
    }
    let count = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead < 0xF5, offset + count <= limit else {
      (current, length) = (0xFFFD, 1)
      return
    }
    var scalar = UInt32(lead) & (0x7F >> UInt32(count))
    for index in offset + 1..<offset + count {
      scalar = scalar << 6 | UInt32(bytes[index] & 0x3F)
    }
    (current, length) = (scalar >= 0xFF01 && scalar <= 0xFF5E ? scalar - 0xFEE0 : scalar, count)
  }
}

extension UInt32 {
  var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  var loweredASCII: UInt32 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
  var isSpace: Bool {
    self == 0x20 || self == 0x09 || self == 0xA0 || self == 0x3000 || self == 0xFEFF || self == 0x0A || self == 0x0D
  }
}
