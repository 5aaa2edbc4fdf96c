extension Rational {
  /// The number rounded to `decimals` places (negative: to tens, hundreds …).
  ///
  /// - Throws: `overflow` where the result does not fit or `decimals` is not in −38…38.
  package func rounded(toDecimals decimals: Int, mode: RoundingMode) throws(ArithmeticFailure) -> Rational {
    if denominator == 1, decimals >= 0 { return self }
    guard decimals >= -38, decimals <= 38 else { throw .overflow }
    if decimals < 0 {
      return try rounded(toMultipleOf: Rational(powerOfTen(-decimals)), mode: mode)
    }
    let power = try powerOfTen(decimals)
    let (whole, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    // The rest is below the denominator, so the quotient of the wide product is below the power and fits.
    let (high, low) = rest.magnitude.multipliedFullWidth(by: power.magnitude)
    let (quotient, remainder) = denominator.magnitude.dividingFullWidth((high, low))
    let places = Int128(quotient) + (roundsAway(remainder, mode: mode) ? 1 : 0)
    let fraction = try Rational(numerator: isNegative ? -places : places, denominator: power)
    return try Rational(whole).adding(fraction)
  }

  /// The multiple of `step` that the mode picks (按百元取整: a step of 100).
  ///
  /// - Throws: `divisionByZero` for a step of 0, `overflow` where a result does not fit.
  package func rounded(toMultipleOf step: Rational, mode: RoundingMode) throws(ArithmeticFailure) -> Rational {
    try divided(by: step).rounded(toDecimals: 0, mode: mode).multiplied(by: step)
  }

  /// The greatest whole number that is not above the number.
  package var floor: Int128 {
    // A denominator of 2 or more halves the quotient, so there is room for the step down.
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder < 0 ? quotient - 1 : quotient
  }

  private func roundsAway(_ remainder: UInt128, mode: RoundingMode) -> Bool {
    switch mode {
    case .down: false
    case .up: remainder > 0
    case .halfUp: remainder >= denominator.magnitude - remainder
    }
  }
}
