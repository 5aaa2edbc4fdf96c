extension Rational: CustomStringConvertible {
  /// The finite decimal text ("0.05", "300000000"), or nil where the expansion does not end.
  package var decimalDescription: String? {
    if denominator == 1 { return String(numerator) }
    guard denominator.hasFiniteDecimals else { return nil }
    let (whole, first) = numerator.magnitude.quotientAndRemainder(dividingBy: denominator.magnitude)
    var text = (isNegative ? "-" : "") + String(whole) + "."
    var remainder = first
    while remainder != 0 {
      let wide = remainder.multipliedFullWidth(by: 10)
      let (digit, rest) = denominator.magnitude.dividingFullWidth((wide.high, wide.low))
      text += String(digit)
      remainder = rest
    }
    return text
  }

  /// The ratio as text: "1/3", and "5" for a whole number.
  package var exactDescription: String {
    isInteger ? String(numerator) : "\(numerator)/\(denominator)"
  }

  /// The decimal text where it ends, else the ratio; always exact.
  package var description: String { decimalDescription ?? exactDescription }

  /// How many decimals the finite expansion needs, at most `limit`; nil where it needs more or does not end.
  package func decimals(atMost limit: Int) -> Int? {
    var rest = denominator
    var tens = 0
    while rest > 1 {
      tens += 1
      if tens > limit { return nil }
      let next = rest / Int128(greatestCommonDivisor(rest.magnitude, 10))
      if next == rest { return nil }
      rest = next
    }
    return tens
  }
}

extension Int128 {
  fileprivate var hasFiniteDecimals: Bool {
    var rest = self
    while rest % 2 == 0, rest != 0 { rest /= 2 }
    while rest % 5 == 0, rest != 0 { rest /= 5 }
    return rest == 1
  }
}
