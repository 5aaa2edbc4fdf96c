import PolicyIR
import PolicyValues

extension SQLCompiler {
  /// The shape in which two values are compared or added.
  func common(_ one: Int32, _ two: Int32) throws(Obstacle) -> ValueShape {
    try common(shapes[Int(one)], shapes[Int(two)])
  }

  func common(_ one: ValueShape, _ two: ValueShape) throws(Obstacle) -> ValueShape {
    if one.isDate || two.isDate {
      if one.isDate != two.isDate { throw .refused(.form) }
      return ValueShape(isDate: true, low: min(one.low, two.low), high: max(one.high, two.high))
    }
    let parts = try times(one.parts / greatestCommonDivisor(one.parts, two.parts), two.parts)
    let (first, second) = (parts / one.parts, parts / two.parts)
    return try fitting(
      ValueShape(
        parts: parts, low: min(try times(one.low, first), try times(two.low, second)),
        high: max(try times(one.high, first), try times(two.high, second))))
  }

  /// The shape, where the dialect has numbers of its size.
  func fitting(_ shape: ValueShape) throws(Obstacle) -> ValueShape {
    if shape.parts > 1_000_000_000_000 || shape.magnitude > dialect.greatest { throw .refused(.width) }
    return shape
  }

  private func times(_ one: Int128, _ two: Int128) throws(Obstacle) -> Int128 {
    let (product, overflow) = one.multipliedReportingOverflow(by: two)
    if overflow { throw .refused(.width) }
    return product
  }

  mutating func arithmetic(
    _ operation: Expression.Arithmetic, _ one: Int32, _ two: Int32
  ) throws(Obstacle) -> Int32 {
    let (left, right) = (shapes[Int(one)], shapes[Int(two)])
    if left.isDate || right.isDate { throw .refused(.form) }
    // Two numbers are one, which also spares the databases a product of their smallest integers.
    if case .number(let one) = values[Int(one)], case .number(let two) = values[Int(two)],
      let result = try? operation.result(one, two)
    {
      return try self.number(result)
    }
    switch operation {
    case .add, .subtract:
      let shape = try common(left, right)
      let (first, second) = (shape.parts / left.parts, shape.parts / right.parts)
      let (low, high) = (try times(right.low, second), try times(right.high, second))
      let isSum = operation == .add
      return add(
        .arithmetic(operation, one, two),
        try fitting(
          ValueShape(
            parts: shape.parts, low: try times(left.low, first) + (isSum ? low : -high),
            high: try times(left.high, first) + (isSum ? high : -low))))
    case .multiply:
      var products: [Int128] = []
      for a in [left.low, left.high] { for b in [right.low, right.high] { products.append(try times(a, b)) } }
      return add(
        .arithmetic(.multiply, one, two),
        try fitting(
          ValueShape(parts: try times(left.parts, right.parts), low: products.min() ?? 0, high: products.max() ?? 0)))
    case .divide:
      // A quotient by a fact is no whole number of any unit that is known beforehand; one by a fixed number is a product.
      guard case .number(let number) = values[Int(two)], !number.isZero,
        let inverse = try? Rational.one.divided(by: number)
      else { throw .refused(.division) }
      return try arithmetic(.multiply, one, try self.number(inverse))
    }
  }

  /// The step of a number.
  mutating func number(_ number: Rational) throws(Obstacle) -> Int32 {
    add(
      .number(number),
      try fitting(ValueShape(parts: number.denominator, low: number.numerator, high: number.numerator)))
  }

  mutating func rounded(_ operand: Int32, _ rounding: Expression.Rounding) throws(Obstacle) -> Int32 {
    let shape = shapes[Int(operand)]
    let unit = rounding.unit
    if shape.isDate || unit <= .zero { throw .refused(.form) }
    // Twice the operand in units, before it is divided, must fit as well.
    let widest = try times(try times(shape.magnitude, unit.denominator), 2)
    let divisor = try times(shape.parts, unit.numerator)
    if widest + divisor * 2 > dialect.greatest { throw .refused(.width) }
    // Spark's div gives 64 bits.
    if dialect == .spark, widest + divisor * 2 > Int128(Int64.max) { throw .refused(.width) }
    let most = try times(widest / 2 / divisor + 1, unit.numerator)
    return add(
      .rounded(operand, rounding),
      try fitting(ValueShape(parts: unit.denominator, low: shape.low < 0 ? -most : 0, high: most)))
  }
}

/// The greatest common divisor of two positive numbers.
func greatestCommonDivisor(_ one: Int128, _ two: Int128) -> Int128 {
  var (larger, smaller) = (one, two)
  while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
  return larger
}

extension Expression.Arithmetic {
  fileprivate func result(_ one: Rational, _ two: Rational) throws(ArithmeticFailure) -> Rational {
    switch self {
    case .add: try one.adding(two)
    case .subtract: try one.subtracting(two)
    case .multiply: try one.multiplied(by: two)
    case .divide: try one.divided(by: two)
    }
  }
}
