/// Why text that begins like a number is none.
enum NumeralFailure: Error {
  /// No numeral begins here.
  case none
  /// A numeral begins and is not well formed, or has two readings (一万二, 七八).
  case malformed
  /// The number does not fit.
  case tooLarge
}

/// The numerals of official documents: 9,000 · ３亿 · 1.5万 · 三亿五千万 · 叁亿 · 二○二二.
package enum Numerals {
  /// The longest numeral at `start` and the offset behind it; nil where none begins, it is ambiguous or too large.
  ///
  /// ASCII and full-width digits with thousands separators and decimals, Chinese numerals, and digits before
  /// 百 千 万 亿, also behind a space ("3 亿"). Units stay: of "3亿元" the numeral is 3亿.
  package static func parse(
    _ bytes: [UInt8], from start: Int, limit: Int
  ) -> (value: Rational, end: Int)? {
    bytes.withUnsafeBufferPointer { bytes in
      var cursor = ScalarCursor(bytes, from: start, limit: limit)
      guard let value = try? read(&cursor) else { return nil }
      return (value, cursor.offset)
    }
  }

  /// The numeral of the whole text, nil where it is none.
  package static func parse(_ text: String) -> Rational? {
    let bytes = Array(text.utf8)
    guard let (value, end) = parse(bytes, from: 0, limit: bytes.count), end == bytes.count else { return nil }
    return value
  }

  /// The numeral at the cursor, which then stands behind it.
  static func read(_ cursor: inout ScalarCursor) throws(NumeralFailure) -> Rational {
    if cursor.digit == nil {
      guard ChineseNumeral.begins(with: cursor.current) else { throw .none }
      return Rational(try ChineseNumeral.read(&cursor, leading: nil))
    }
    let (coefficient, scale) = try readDigits(&cursor)
    guard ChineseNumeral.multiplierFollows(&cursor) else {
      if ChineseNumeral.continues(cursor.current) { throw .malformed }
      return try ratio(coefficient, scale)
    }
    if scale == 0 { return Rational(try ChineseNumeral.read(&cursor, leading: coefficient)) }
    let factor = try ChineseNumeral.read(&cursor, leading: 1)
    if cursor.digit != nil || !factor.isPowerOfTen { throw .malformed }
    let (product, overflow) = coefficient.multipliedReportingOverflow(by: factor)
    if overflow { throw .tooLarge }
    return try ratio(product, scale)
  }

  /// Digits, with separators between groups of three, and decimals: the digits as a whole number and how many are decimals.
  private static func readDigits(
    _ cursor: inout ScalarCursor
  ) throws(NumeralFailure) -> (coefficient: Int128, scale: Int) {
    var value: Int128 = 0
    var count = 0
    var isGrouped = false
    while true {
      if let digit = cursor.digit {
        value = try appending(digit, to: value)
        count += 1
        cursor.advance()
      } else if cursor.current == 0x2C, count <= 3 || isGrouped, let group = threeDigits(after: cursor) {
        value = try appending(group.value, to: value, factor: 1000)
        cursor = group.end
        isGrouped = true
      } else {
        break
      }
    }
    guard cursor.current == 0x2E else { return (value, 0) }
    var point = cursor
    point.advance()
    guard point.digit != nil else { return (value, 0) }
    var scale = 0
    while let digit = point.digit {
      value = try appending(digit, to: value)
      scale += 1
      point.advance()
    }
    cursor = point
    return (value, scale)
  }

  private static func threeDigits(after separator: ScalarCursor) -> (value: Int128, end: ScalarCursor)? {
    var cursor = separator
    cursor.advance()
    var value: Int128 = 0
    for _ in 0..<3 {
      guard let digit = cursor.digit else { return nil }
      value = value * 10 + digit
      cursor.advance()
    }
    return cursor.digit == nil ? (value, cursor) : nil
  }

  /// The number with further digits behind it, `factor` 10 to the power of their count.
  static func appending(
    _ digits: Int128, to value: Int128, factor: Int128 = 10
  ) throws(NumeralFailure) -> Int128 {
    let (product, first) = value.multipliedReportingOverflow(by: factor)
    let (sum, second) = product.addingReportingOverflow(digits)
    if first || second { throw .tooLarge }
    return sum
  }

  private static func ratio(_ coefficient: Int128, _ scale: Int) throws(NumeralFailure) -> Rational {
    if scale == 0 { return Rational(coefficient) }
    guard let power = try? powerOfTen(scale),
      let value = try? Rational(numerator: coefficient, denominator: power)
    else { throw .tooLarge }
    return value
  }
}

extension Int128 {
  fileprivate var isPowerOfTen: Bool {
    var rest = self
    while rest > 1, rest % 10 == 0 { rest /= 10 }
    return rest == 1
  }
}
