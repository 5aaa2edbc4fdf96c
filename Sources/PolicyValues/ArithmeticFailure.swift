/// Why exact arithmetic has no result; an answer shows either as 不可计算.
package enum ArithmeticFailure: Error, Hashable, Sendable {
  /// A numerator, denominator, exponent or date leaves its range.
  case overflow
  /// The divisor is zero.
  case divisionByZero
}
