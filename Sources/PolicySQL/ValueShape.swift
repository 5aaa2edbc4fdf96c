import PolicyPlans
import PolicyValues

/// How a value is held: a date, of which the first and the last year are known, or whole numbers of a fraction of the base unit, of which
/// the least and the greatest are.
struct ValueShape: Hashable {
  var isDate = false
  /// A value is a whole number of so many parts of the base unit.
  var parts: Int128 = 1
  var low: Int128 = 0
  var high: Int128 = 0

  var magnitude: Int128 { max(high, -low) }
  var isWide: Bool { magnitude > Int128(Int64.max) }
}

extension ValueShape {
  /// The shape of one number.
  init(_ number: Rational) { self.init(parts: number.denominator, low: number.numerator, high: number.numerator) }
}
