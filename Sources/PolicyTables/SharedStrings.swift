/// The texts that the cells of a workbook share: the one part of it that is held in memory whole.
final class SharedStrings: XMLHandler {
  /// The most bytes that they may unpack to: 1 GiB.
  static let limit = 1 << 30

  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var isInText = false
  private var isReading = false

  var count: Int { ends.count }

  /// The bytes of a text, with escapes undone; nil where there is none of this number.
  subscript(number: Int) -> ArraySlice<UInt8>? {
    guard ends.indices.contains(number) else { return nil }
    return bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
  }

  func begin(_ element: XMLName, _ attributes: XMLAttributes) {
    switch element {
    case "t": isInText = !isReading
    // How a Japanese or Chinese text is read aloud is no part of it.
    case "rPh": isReading = true
    default: break
    }
  }

  func end(_ element: XMLName) {
    switch element {
    case "t": isInText = false
    case "rPh": isReading = false
    case "si":
      let start = ends.last ?? 0
      bytes.undoEscapes(from: start)
      ends.append(bytes.count)
    default: break
    }
  }

  func text(_ piece: UnsafeBufferPointer<UInt8>) {
    if isInText { bytes.append(contentsOf: piece) }
  }
}

extension [UInt8] {
  /// Undoes `_x000D_`, by which workbooks write characters that XML has not, behind a place.
  mutating func undoEscapes(from start: Int) {
    guard count - start >= 7, let first = self[start...].firstIndex(of: 0x5F) else { return }
    var (read, write) = (first, first)
    while read < count {
      if let unit = escape(at: read) {
        var text = ""
        text.unicodeScalars.append(unit)
        for byte in text.utf8 {
          self[write] = byte
          write += 1
        }
        read += 7
      } else {
        self[write] = self[read]
        (read, write) = (read + 1, write + 1)
      }
    }
    removeSubrange(write...)
  }

  private func escape(at place: Int) -> Unicode.Scalar? {
    guard place + 6 < count, self[place] == 0x5F, self[place + 1] == 0x78, self[place + 6] == 0x5F else { return nil }
    var value: UInt32 = 0
    for byte in self[(place + 2)..<(place + 6)] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x57)
      default: return nil
      }
    }
    return Unicode.Scalar(value)
  }
}
