/// A number with its unit as it was written, in base units.
package struct QuantityLiteral: Hashable, Sendable {
  /// The value in the base unit of its dimension (3亿元 is 300000000).
  package let value: Rational
  /// What it measures; a bare number is `.number`.
  package let dimension: Dimension
  /// Whether a unit or % was written.
  package let hadUnit: Bool

  /// A literal of these parts.
  package init(value: Rational, dimension: Dimension, hadUnit: Bool) {
    self.value = value
    self.dimension = dimension
    self.hadUnit = hadUnit
  }
}

extension LiteralReader {
  /// The quantity of a whole cell: 3亿元, 30,000万元, 5％, 1.5个百分点, 500元/人/月, −3元, ¥800, 三分之一.
  ///
  /// - Throws: `empty`, `approximate`, `notANumber`, `outOfRange`, `unknownUnit` or `trailing`.
  package static func quantity(_ text: String) throws(LiteralFailure) -> QuantityLiteral {
    let bytes = Array(text.utf8)
    return try quantity(bytes, from: 0, limit: bytes.count)
  }

  /// The quantity that fills the bytes between two offsets.
  ///
  /// - Throws: As for a whole cell.
  package static func quantity(
    _ bytes: [UInt8], from start: Int, limit: Int
  ) throws(LiteralFailure) -> QuantityLiteral {
    try whole(bytes, from: start, limit: limit) { cursor throws(LiteralFailure) in
      let value = try readCell(&cursor)
      cursor.skipSpaces()
      if cursor.isAtEnd { return value }
      if let word = approximateWord(after: cursor) { throw .approximate(word) }
      if cursor.current == slash || !value.hadUnit && cursor.beginsWord { throw .unknownUnit(cursor.rest) }
      return value
    }
  }

  /// The longest unsigned quantity at `start`, with its unit if one follows, and the offset behind it; nil where none begins.
  package static func quantityPrefix(
    _ bytes: [UInt8], from start: Int, limit: Int
  ) -> (value: QuantityLiteral, end: Int)? {
    bytes.withUnsafeBufferPointer { bytes in
      var cursor = ScalarCursor(bytes, from: start, limit: limit)
      guard let value = try? readQuantity(&cursor) else { return nil }
      return (value, cursor.offset)
    }
  }

  private static func readCell(_ cursor: inout ScalarCursor) throws(LiteralFailure) -> QuantityLiteral {
    if cursor.digit != nil { return try readQuantity(&cursor) }
    for word in approximatePrefixes {
      var end = cursor
      if end.advance(over: word) { throw .approximate(word) }
    }
    let isNegative = cursor.advance(over: 0x2D) || cursor.advance(over: 0x2212) || cursor.advance(over: "负")
    let hasSign = cursor.advance(over: "¥") || cursor.advance(over: "￥")
    cursor.skipSpaces()
    var literal = try readQuantity(&cursor)
    if hasSign, !literal.hadUnit {
      literal = QuantityLiteral(value: literal.value, dimension: .money, hadUnit: true)
    }
    guard isNegative else { return literal }
    guard let value = try? literal.value.negated() else { throw .outOfRange }
    return QuantityLiteral(value: value, dimension: literal.dimension, hadUnit: literal.hadUnit)
  }

  private static func readQuantity(_ cursor: inout ScalarCursor) throws(LiteralFailure) -> QuantityLiteral {
    if cursor.digit == nil {
      for (words, divisor) in parts where cursor.advance(over: words) {
        let value = try readNumber(&cursor)
        return try scaled(value, by: divisor, .number, hadUnit: true)
      }
    }
    var value = try readNumber(&cursor)
    if let fraction = readFraction(of: value, &cursor) { value = fraction }
    var end = cursor
    end.skipSpaces()
    guard !end.isAtEnd, let unit = Unit.index.longestMatch(&end) else {
      return QuantityLiteral(value: value, dimension: .number, hadUnit: false)
    }
    cursor = end
    var dimension = unit.dimension
    var factor = unit.factor
    while let below = denominator(&end) {
      guard let next = dimension.dividedBy(below.dimension), let quotient = try? factor.divided(by: below.factor)
      else { break }
      (dimension, factor, cursor) = (next, quotient, end)
    }
    return try scaled(value, by: factor, dimension, hadUnit: true)
  }

  /// The unit behind /, ·, or 每 (元/人·月); nil leaves the cursor anywhere.
  private static func denominator(_ cursor: inout ScalarCursor) -> Unit? {
    cursor.skipSpaces()
    guard cursor.advance(over: slash) || cursor.advance(over: "·") || cursor.advance(over: "每") else { return nil }
    cursor.skipSpaces()
    _ = cursor.advance(over: "每")
    return Unit.index.longestMatch(&cursor) ?? Unit.timeIndex.longestMatch(&cursor)
  }

  private static func readFraction(of denominator: Rational, _ cursor: inout ScalarCursor) -> Rational? {
    var end = cursor
    guard end.advance(over: "分之"), let numerator = try? Numerals.read(&end),
      let value = try? numerator.divided(by: denominator)
    else { return nil }
    cursor = end
    return value
  }

  private static func readNumber(_ cursor: inout ScalarCursor) throws(LiteralFailure) -> Rational {
    do {
      return try Numerals.read(&cursor)
    } catch .tooLarge {
      throw .outOfRange
    } catch {
      throw .notANumber
    }
  }

  private static func scaled(
    _ value: Rational, by factor: Rational, _ dimension: Dimension, hadUnit: Bool
  ) throws(LiteralFailure) -> QuantityLiteral {
    guard let product = try? value.multiplied(by: factor) else { throw .outOfRange }
    return QuantityLiteral(value: product, dimension: dimension, hadUnit: hadUnit)
  }

  private static func approximateWord(after cursor: ScalarCursor) -> String? {
    approximateSuffixes.first { word in
      var end = cursor
      return end.advance(over: word)
    }
  }

  private static let slash: UInt32 = 0x2F
  private static let parts: [(String, Rational)] = [
    ("百分之", Rational(reduced: 1, 100)), ("千分之", Rational(reduced: 1, 1000)),
    ("万分之", Rational(reduced: 1, 10_000)),
  ]
  private static let approximatePrefixes = [
    "大约", "大概", "约", "将近", "接近", "近", "好几", "几", "数", "若干", "上百", "上千", "上万", "不到",
  ]
  private static let approximateSuffixes = ["左右", "上下", "余", "多", "来", "几"]
}

extension ScalarCursor {
  /// Whether a letter or character stands here rather than a sign, digit or space.
  fileprivate var beginsWord: Bool {
    current.isASCIILetter
      || current >= 0x80 && !(0x3000...0x3020).contains(current)
        && !(0x2010...0x203F).contains(current)
  }
}
