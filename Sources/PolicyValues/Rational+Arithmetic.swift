extension Rational {
  /// The sum.
  ///
  /// - Throws: `overflow` where the sum over the least common denominator leaves `Int128`.
  package func adding(_ other: Rational) throws(ArithmeticFailure) -> Rational {
    if denominator == 1, other.denominator == 1 { return Rational(try plus(numerator, other.numerator)) }
    return try combining(other, with: plus)
  }

  /// The difference.
  ///
  /// - Throws: `overflow` where the difference over the least common denominator leaves `Int128`.
  package func subtracting(_ other: Rational) throws(ArithmeticFailure) -> Rational {
    if denominator == 1, other.denominator == 1 { return Rational(try minus(numerator, other.numerator)) }
    return try combining(other, with: minus)
  }

  /// The product.
  ///
  /// - Throws: `overflow` where the reduced product does not fit.
  package func multiplied(by other: Rational) throws(ArithmeticFailure) -> Rational {
    if denominator == 1, other.denominator == 1 { return Rational(try times(numerator, other.numerator)) }
    if isZero || other.isZero { return .zero }
    let first = Int128(greatestCommonDivisor(numerator.magnitude, other.denominator.magnitude))
    let second = Int128(greatestCommonDivisor(other.numerator.magnitude, denominator.magnitude))
    return Rational(
      reduced: try times(numerator / first, other.numerator / second),
      try times(denominator / second, other.denominator / first))
  }

  /// The exact quotient.
  ///
  /// - Throws: `divisionByZero`, or `overflow` where the reduced quotient does not fit.
  package func divided(by other: Rational) throws(ArithmeticFailure) -> Rational {
    if other.numerator == 0 { throw .divisionByZero }
    if denominator == 1, other.denominator == 1 {
      return try Rational(numerator: numerator, denominator: other.numerator)
    }
    if isZero { return .zero }
    let first = greatestCommonDivisor(numerator.magnitude, other.numerator.magnitude)
    let second = greatestCommonDivisor(denominator.magnitude, other.denominator.magnitude)
    let top = try times(numerator.magnitude / first, other.denominator.magnitude / second)
    let bottom = try times(denominator.magnitude / second, other.numerator.magnitude / first)
    return Rational(
      reduced: try signed(top, negative: isNegative != other.isNegative),
      try signed(bottom, negative: false))
  }

  /// The number with its sign turned.
  ///
  /// - Throws: `overflow` for the least `Int128` only.
  package func negated() throws(ArithmeticFailure) -> Rational {
    Rational(reduced: try minus(0, numerator), denominator)
  }

  /// The distance from zero.
  ///
  /// - Throws: `overflow` for the least `Int128` only.
  package func absolute() throws(ArithmeticFailure) -> Rational {
    isNegative ? try negated() : self
  }

  /// The number times a whole number.
  ///
  /// - Throws: `overflow` where the product does not fit.
  package func scaled(by factor: Int128) throws(ArithmeticFailure) -> Rational {
    try multiplied(by: Rational(factor))
  }

  /// The number times 10 to the `exponent`, which may be negative.
  ///
  /// - Throws: `overflow` where the product or the power does not fit.
  package func scaled(byPowerOfTen exponent: Int) throws(ArithmeticFailure) -> Rational {
    let power = try Rational(powerOfTen(exponent < 0 ? 0 - Swift.max(exponent, -39) : exponent))
    return exponent < 0 ? try divided(by: power) : try multiplied(by: power)
  }

  private func combining(
    _ other: Rational, with operation: (Int128, Int128) throws(ArithmeticFailure) -> Int128
  ) throws(ArithmeticFailure) -> Rational {
    let common = Int128(greatestCommonDivisor(denominator.magnitude, other.denominator.magnitude))
    let own = denominator / common
    let top = try operation(
      try times(numerator, other.denominator / common), try times(other.numerator, own))
    if top == 0 { return .zero }
    let rest = greatestCommonDivisor(top.magnitude, common.magnitude)
    return Rational(
      reduced: try signed(top.magnitude / rest, negative: top < 0),
      try times(own, other.denominator / Int128(rest)))
  }
}

/// 10 to the `exponent`.
///
/// - Throws: `overflow` for a negative exponent or one above 38.
func powerOfTen(_ exponent: Int) throws(ArithmeticFailure) -> Int128 {
  guard exponent >= 0, exponent <= 38 else { throw .overflow }
  var power: Int128 = 1
  for _ in 0..<exponent { power *= 10 }
  return power
}

private func plus(_ left: Int128, _ right: Int128) throws(ArithmeticFailure) -> Int128 {
  let (value, overflow) = left.addingReportingOverflow(right)
  if overflow { throw .overflow }
  return value
}

private func minus(_ left: Int128, _ right: Int128) throws(ArithmeticFailure) -> Int128 {
  let (value, overflow) = left.subtractingReportingOverflow(right)
  if overflow { throw .overflow }
  return value
}

private func times<Number: FixedWidthInteger>(
  _ left: Number, _ right: Number
) throws(ArithmeticFailure) -> Number {
  let (value, overflow) = left.multipliedReportingOverflow(by: right)
  if overflow { throw .overflow }
  return value
}
