import PolicyIR
import PolicyPlans
import PolicyValues

extension SQLCompiler {
  /// The shape in which two values are compared or added.
  func common(_ one: ValueShape, _ two: ValueShape) throws(Refusal.Cause) -> ValueShape {
    if one.isDate || two.isDate {
      if one.isDate != two.isDate { throw .form }
      return ValueShape(isDate: true, low: min(one.low, two.low), high: max(one.high, two.high))
    }
    let parts = try times(
      one.parts / Int128(greatestCommonDivisor(one.parts.magnitude, two.parts.magnitude)), two.parts)
    let (first, second) = (parts / one.parts, parts / two.parts)
    return try fitting(
      ValueShape(
        parts: parts, low: min(try times(one.low, first), try times(two.low, second)),
        high: max(try times(one.high, first), try times(two.high, second))))
  }

  /// The shape of one among several values; nil: there is none.
  func common(of values: [Int32]) throws(Refusal.Cause) -> ValueShape? {
    var result: ValueShape?
    for value in values {
      result = try result.map { known throws(Refusal.Cause) in try common(known, shape(value)) } ?? shape(value)
    }
    return result
  }

  /// The shape, where the dialect has numbers of its size.
  func fitting(_ shape: ValueShape) throws(Refusal.Cause) -> ValueShape {
    if shape.parts > 1_000_000_000_000 || shape.magnitude > dialect.greatest { throw .width }
    return shape
  }

  private func times(_ one: Int128, _ two: Int128) throws(Refusal.Cause) -> Int128 {
    let (product, overflow) = one.multipliedReportingOverflow(by: two)
    if overflow { throw .width }
    return product
  }

  func sum(_ one: ValueShape, _ two: ValueShape) throws(Refusal.Cause) -> ValueShape {
    let parts = try common(one, two).parts
    let (first, second) = (parts / one.parts, parts / two.parts)
    return try fitting(
      ValueShape(
        parts: parts, low: try times(one.low, first) + (try times(two.low, second)),
        high: try times(one.high, first) + (try times(two.high, second))))
  }

  func product(_ one: ValueShape, _ two: ValueShape) throws(Refusal.Cause) -> ValueShape {
    var products: [Int128] = []
    for a in [one.low, one.high] { for b in [two.low, two.high] { products.append(try times(a, b)) } }
    return try fitting(
      ValueShape(parts: try times(one.parts, two.parts), low: products.min() ?? 0, high: products.max() ?? 0))
  }

  func arithmetic(
    _ operation: Expression.Arithmetic, _ one: Int32, _ two: Int32
  ) throws(Refusal.Cause) -> ValueShape {
    let (left, right) = (shape(one), shape(two))
    if left.isDate || right.isDate { throw .form }
    switch operation {
    case .add: return try sum(left, right)
    case .subtract: return try sum(left, ValueShape(parts: right.parts, low: -right.high, high: -right.low))
    case .multiply: return try product(left, right)
    case .divide:
      // A quotient by a fact is no whole number of any unit that is known beforehand; one by a fixed number is a product.
      guard let inverse = inverse(two) else { throw .division }
      return try product(left, ValueShape(inverse))
    }
  }

  /// One divided by a fixed number; nil for any other value.
  func inverse(_ value: Int32) -> Rational? {
    guard case .number(let number) = planner.values[Int(value)], !number.isZero else { return nil }
    return try? Rational.one.divided(by: number)
  }

  func rounded(_ shape: ValueShape, _ rounding: Expression.Rounding) throws(Refusal.Cause) -> ValueShape {
    let unit = rounding.unit
    if shape.isDate || unit <= .zero { throw .form }
    // Twice the operand in units, before it is divided, must fit as well.
    let widest = try times(try times(shape.magnitude, unit.denominator), 2)
    let divisor = try times(shape.parts, unit.numerator)
    if widest + divisor * 2 > dialect.greatest { throw .width }
    // Spark's div gives 64 bits.
    if dialect == .spark, widest + divisor * 2 > Int128(Int64.max) { throw .width }
    let most = try times(widest / 2 / divisor + 1, unit.numerator)
    return try fitting(ValueShape(parts: unit.denominator, low: shape.low < 0 ? -most : 0, high: most))
  }
}

extension Expression.Comparison {
  /// In SQL.
  var sign: String {
    switch self {
    case .equal: "="
    case .notEqual: "<>"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}
