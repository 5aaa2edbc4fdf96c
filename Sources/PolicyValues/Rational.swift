/// An exact ratio of two `Int128` in lowest terms.
///
/// - Invariant: `denominator > 0` and the greatest common divisor of both is 1, so that equal numbers are equal values.
package struct Rational: Hashable, Sendable {
  /// The numerator, which carries the sign.
  package let numerator: Int128
  /// The denominator, at least 1.
  package let denominator: Int128

  /// The number 0.
  package static let zero = Rational(0 as Int128)
  /// The number 1.
  package static let one = Rational(1 as Int128)

  /// The whole number `value`.
  package init(_ value: Int128) {
    numerator = value
    denominator = 1
  }

  /// The whole number `value`.
  package init(_ value: Int) {
    self.init(Int128(value))
  }

  /// The ratio of two whole numbers, reduced.
  ///
  /// - Throws: `divisionByZero` for a denominator of 0, `overflow` where the reduced ratio does not fit.
  package init(numerator: Int128, denominator: Int128) throws(ArithmeticFailure) {
    if denominator == 1 {
      self.init(numerator)
      return
    }
    if denominator == 0 { throw .divisionByZero }
    let divisor = greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    self.init(
      reduced: try signed(
        numerator.magnitude / divisor, negative: (numerator < 0) != (denominator < 0)),
      try signed(denominator.magnitude / divisor, negative: false))
  }

  /// - Requires: the two are in lowest terms and `reducedDenominator` is positive.
  init(reduced numerator: Int128, _ reducedDenominator: Int128) {
    self.numerator = numerator
    self.denominator = reducedDenominator
  }

  /// Whether the number is whole.
  package var isInteger: Bool { denominator == 1 }
  /// Whether the number is below zero.
  package var isNegative: Bool { numerator < 0 }
  /// Whether the number is zero.
  package var isZero: Bool { numerator == 0 }
}

extension Rational: ExpressibleByIntegerLiteral {
  /// The whole number written in the program text.
  package init(integerLiteral value: Int) {
    self.init(Int128(value))
  }
}

extension Rational: Comparable {
  /// Whether the first is smaller, decided in full width, so that it holds up to the limits of `Int128`.
  package static func < (left: Rational, right: Rational) -> Bool {
    if left.denominator == right.denominator { return left.numerator < right.numerator }
    let (leftHigh, leftLow) = left.numerator.multipliedFullWidth(by: right.denominator)
    let (rightHigh, rightLow) = right.numerator.multipliedFullWidth(by: left.denominator)
    return leftHigh == rightHigh ? leftLow < rightLow : leftHigh < rightHigh
  }
}

/// The greatest common divisor; 64-bit steps as soon as both numbers fit.
///
/// - Requires: not both are 0.
package func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
  var larger = first
  var smaller = second
  while smaller != 0 {
    if larger <= UInt128(UInt64.max), smaller <= UInt128(UInt64.max) {
      return UInt128(
        greatestCommonDivisor(UInt64(truncatingIfNeeded: larger), UInt64(truncatingIfNeeded: smaller)))
    }
    (larger, smaller) = (smaller, larger % smaller)
  }
  return larger
}

private func greatestCommonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
  var larger = first
  var smaller = second
  while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
  return larger
}

/// The `Int128` with this sign and magnitude.
///
/// - Throws: `overflow` where there is none.
func signed(_ magnitude: UInt128, negative: Bool) throws(ArithmeticFailure) -> Int128 {
  if let value = Int128(exactly: magnitude) { return negative ? -value : value }
  if negative, magnitude == Int128.min.magnitude { return .min }
  throw .overflow
}
