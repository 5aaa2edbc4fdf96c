/// Reads the marks that number clauses, with full-width and half-width forms alike.
struct MarkCursor {
  private let bytes: [UInt8]
  private let limit: Int
  private let start: Int
  /// The offset of the next byte.
  private(set) var offset: Int

  /// Makes a cursor over `bytes[from..<limit]`.
  init(_ bytes: [UInt8], from: Int, limit: Int) {
    self.bytes = bytes
    self.limit = min(limit, bytes.count)
    start = from
    offset = from
  }

  /// Whether something has been read.
  var hasMoved: Bool { offset > start }

  /// The next scalar with full-width forms folded to ASCII, or nil at the limit.
  var peek: UInt32? { next?.value }

  private var next: (value: UInt32, length: Int)? {
    guard offset < limit else { return nil }
    let scalar = decodedScalar(in: bytes, at: offset)
    guard offset + scalar.length <= limit else { return nil }
    return (foldingWidth(scalar.value), scalar.length)
  }

  /// Whether a folded scalar is an Arabic digit.
  static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

  /// Runs a reader and takes everything back if it finds nothing.
  mutating func attempt<Result>(_ read: (inout MarkCursor) -> Result?) -> Result? {
    var copy = self
    guard let result = read(&copy) else { return nil }
    self = copy
    return result
  }

  /// Reads one scalar if it is next.
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard let next, next.value == scalar.value else { return false }
    offset += next.length
    return true
  }

  /// Reads a word if it is next.
  mutating func word(_ text: String) -> Bool {
    attempt { cursor -> Bool? in
      for scalar in text.unicodeScalars where !cursor.take(scalar) { return nil }
      return true
    } ?? false
  }

  /// Arabic digits, 1 to 9999.
  mutating func arabic() -> Int? {
    var value = 0
    var digits = 0
    while let next, MarkCursor.isDigit(next.value), digits < 5 {
      value = value * 10 + Int(next.value - 0x30)
      offset += next.length
      digits += 1
    }
    return (1...4).contains(digits) && value > 0 ? value : nil
  }

  /// A Chinese numeral.
  mutating func chinese() -> Int? {
    var scalars: [UInt32] = []
    while let next, scalars.count < 8,
      ChineseCount.digit(next.value) != nil || ChineseCount.unit(next.value) != nil
    {
      scalars.append(next.value)
      offset += next.length
    }
    return ChineseCount.count(scalars)
  }

  /// A numeral of either kind.
  mutating func numeral() -> Int? { attempt { $0.chinese() } ?? attempt { $0.arabic() } }

  /// 第N and a unit, such as 第五条.
  mutating func ordinal(_ unit: String) -> Int? {
    attempt { cursor -> Int? in
      guard cursor.take("第"), let count = cursor.numeral(), cursor.word(unit) else { return nil }
      return count
    }
  }

  /// （一）
  mutating func bracketedChinese() -> Int? {
    attempt { cursor -> Int? in
      guard cursor.take("("), let count = cursor.chinese(), cursor.take(")") else { return nil }
      return count
    }
  }

  /// （1）
  mutating func bracketedArabic() -> Int? {
    attempt { cursor -> Int? in
      guard cursor.take("("), let count = cursor.arabic(), cursor.take(")") else { return nil }
      return count
    }
  }

  /// A bracketed numeral of either kind.
  mutating func bracketed() -> Int? { bracketedChinese() ?? bracketedArabic() }

  /// 1 or 1. or 1、 of at most three digits, not followed by a further digit.
  mutating func number(needsDot: Bool) -> Int? {
    guard let count = arabic(), count < 1000 else { return nil }
    let dotted = attempt { cursor -> Bool? in
      guard cursor.take(".") || needsDot && cursor.take("、") else { return nil }
      if let next = cursor.peek, MarkCursor.isDigit(next) { return nil }
      return true
    }
    return dotted != nil || !needsDot ? count : nil
  }
}
