/// Cuts normalised text into sentences: they end at 。！？ outside quotes and brackets.
struct SentenceCutter {
  private let text: NormalizedText
  private var open: [UInt32] = []

  /// Makes a cutter for a text.
  init(_ text: NormalizedText) { self.text = text }

  /// The sentences of a range; together they are the range.
  mutating func sentences(in range: Range<Int>) -> [Range<Int>] {
    let bytes = text.bytes
    var result: [Range<Int>] = []
    var start = range.lowerBound
    var offset = start
    var line = text.lineIndex(of: start)
    open.removeAll(keepingCapacity: true)
    while offset < range.upperBound {
      let scalar = decodedScalar(in: bytes, at: offset)
      let isEnd = SentenceCutter.isEnd(scalar.value)
      offset += scalar.length
      guard isEnd else {
        if scalar.value > 0x7F || !SentenceCutter.isWordByte(scalar.value) { note(scalar.value) }
        continue
      }
      // A quote or bracket that was never closed ends with its paragraph.
      while line + 1 < text.lineStarts.count, text.lineStarts[line + 1] < offset { line += 1 }
      if text.lineStarts[line + 1] == offset { open.removeAll(keepingCapacity: true) }
      guard open.isEmpty else { continue }
      while offset < range.upperBound {
        let next = decodedScalar(in: bytes, at: offset)
        guard SentenceCutter.isEnd(next.value) else { break }
        offset += next.length
      }
      result.append(start..<offset)
      start = offset
    }
    if start < range.upperBound { result.append(start..<range.upperBound) }
    return result
  }

  /// Whether a scalar ends a sentence.
  static func isEnd(_ scalar: UInt32) -> Bool { scalar == 0x3002 || scalar == 0xFF01 || scalar == 0xFF1F }

  private static func isWordByte(_ value: UInt32) -> Bool { value >= 0x30 && value != 0x5B && value != 0x5D }

  private mutating func note(_ scalar: UInt32) {
    if let closer = SentenceCutter.closer(of: scalar) {
      open.append(closer)
    } else if let last = open.last, SentenceCutter.isCloser(scalar) {
      // A closer without its opener, such as an apostrophe, is no closer.
      if last == scalar {
        open.removeLast()
      } else if let index = open.lastIndex(of: scalar) {
        open.removeSubrange(index...)
      }
    }
  }

  /// The closing counterpart of a quote or bracket that opens, or nil.
  static func closer(of scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0x201C, 0x2018, 0x300A, 0x3008, 0x300C, 0x300E, 0x3010, 0x3014: scalar + 1
    case 0xFF08, 0x28: scalar + 1
    case 0xFF3B, 0x5B: scalar + 2
    default: nil
    }
  }

  /// Whether a scalar closes a quote or bracket.
  static func isCloser(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x201D, 0x2019, 0x300B, 0x3009, 0x300D, 0x300F, 0x3011, 0x3015, 0xFF09, 0x29, 0xFF3D, 0x5D: true
    default: false
    }
  }
}
