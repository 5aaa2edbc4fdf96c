import PolicyText

/// What a character means outside quotes; full-width and half-width forms are one.
enum CharacterClass {
  /// White space within a line.
  static func isSpace(_ scalar: UInt32) -> Bool {
    scalar == 0x20 || scalar == 0x09 || scalar == 0x0D || scalar == 0xA0 || scalar == 0x3000 || scalar == 0xFEFF
      || scalar == 0x200B || scalar == 0x0C
  }

  /// Punctuation that ends a run of words, after folding; names may hold some of it (县（市、区）) all the same.
  static func isSeparator(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0A, 0x22, 0x23, 0x28, 0x29, 0x2B, 0x2C, 0x2D, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x5B, 0x5D, 0x7C, 0x2A: true
    case 0x2F, 0x7B, 0x7D, 0xD7, 0xF7, 0x2260, 0x2264, 0x2265, 0x201C, 0x201D, 0x2018, 0x2019, 0x2014: true
    case 0x3001, 0x3002, 0x300A, 0x300B, 0x300C, 0x300D, 0x3014, 0x3015: true
    default: isSpace(scalar)
    }
  }

  /// Letters, digits and marks of words in Latin script.
  static func isWordASCII(_ scalar: UInt32) -> Bool {
    (0x61...0x7A).contains(scalar) || (0x41...0x5A).contains(scalar) || (0x30...0x39).contains(scalar) || scalar == 0x5F
  }

  /// A digit, or a Chinese character that begins a numeral.
  static func beginsNumeral(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x30...0x39: true
    // 一二三四五六七八九十百千两〇零半 and the forms of accounts
    case 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E, 0x5343, 0x4E24: true
    case 0x3007, 0x96F6, 0x25CB, 0x534A: true
    case 0x58F9, 0x8D30, 0x53C1, 0x8086, 0x4F0D, 0x9646, 0x67D2, 0x634C, 0x7396, 0x62FE, 0x4F70, 0x4EDF: true
    default: false
    }
  }
}

/// A byte range.
package struct ByteRange: Hashable, Sendable {
  package var start: Int
  package var end: Int

  package init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }

  var isEmpty: Bool { start >= end }
}

extension [UInt8] {
  /// The range without white space at its ends.
  func trimmed(_ range: ByteRange) -> ByteRange {
    var range = range
    while range.start < range.end {
      let (scalar, length) = decodedScalar(in: self, at: range.start)
      guard CharacterClass.isSpace(scalar) || scalar == 0x0A else { break }
      range.start += length
    }
    while range.end > range.start {
      var last = range.end - 1
      while last > range.start, self[last] & 0xC0 == 0x80 { last -= 1 }
      let scalar = decodedScalar(in: self, at: last).value
      guard CharacterClass.isSpace(scalar) || scalar == 0x0A else { break }
      range.end = last
    }
    return range
  }

  /// The text of a range.
  package func string(_ range: ByteRange) -> String { String(decoding: self[range.start..<range.end], as: UTF8.self) }

  /// Whether a range is its own key: well-formed, nothing to fold and no white space.
  private func isNameKey(_ range: ByteRange) -> Bool {
    var index = range.start
    while index < range.end {
      let (scalar, length) = decodedScalar(in: self, at: index)
      index += length
      guard foldingWidth(scalar) == scalar, scalar != 0xFFFD, scalar != 0x0A, !CharacterClass.isSpace(scalar) else {
        return false
      }
    }
    return index == range.end
  }

  /// The word in Latin letters, digits and hyphens at a place, full-width forms folded, and the offset behind it.
  func latinWord(from start: Int, limit: Int) -> (word: String, end: Int) {
    var word: [UInt8] = []
    var index = start
    while index < limit {
      let (raw, length) = decodedScalar(in: self, at: index)
      let scalar = foldingWidth(raw)
      guard CharacterClass.isWordASCII(scalar) || scalar == 0x2D && index > start else { break }
      word.append(UInt8(scalar))
      index += length
    }
    return (String(decoding: word, as: UTF8.self), index)
  }

  /// The text of a range with full-width forms folded, without white space: how names are compared.
  package func nameKey(_ range: ByteRange) -> String {
    if isNameKey(range) { return string(range) }
    var key = ""
    var index = range.start
    while index < range.end {
      let (scalar, length) = decodedScalar(in: self, at: index)
      index += length
      let folded = foldingWidth(scalar)
      if CharacterClass.isSpace(folded) || folded == 0x0A { continue }
      key.unicodeScalars.append(Unicode.Scalar(folded) ?? "\u{FFFD}")
    }
    return key
  }
}
