import PolicyIR
package import PolicyValues

extension Expression.Comparison {
  /// Whether the comparison holds between two values.
  @inline(__always)
  package func holds<Number: Comparable>(_ a: Number, _ b: Number) -> Bool {
    switch self {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }

  /// What the ends of two unknowns decide; nil where they decide nothing.
  func decided(_ a: Bounds, _ b: Bounds) -> Bool? {
    /// Whether `a` is surely below, and whether it surely is not, by the ends.
    func less(_ a: Bounds, _ b: Bounds) -> Bool? {
      if let high = a.high, let low = b.low, high < low { return true }
      if let low = a.low, let high = b.high, low >= high { return false }
      return nil
    }
    switch self {
    case .less: return less(a, b)
    case .greater: return less(b, a)
    case .greaterOrEqual: return less(a, b).map { !$0 }
    case .lessOrEqual: return less(b, a).map { !$0 }
    case .equal, .notEqual:
      if less(a, b) == true || less(b, a) == true { return self == .notEqual }
      // Neither less nor greater.
      return less(a, b) == false && less(b, a) == false ? self == .equal : nil
    }
  }
}

extension Expression.Arithmetic {
  /// The exact result.
  @inline(__always)
  package func exact(_ a: Rational, _ b: Rational) throws(ArithmeticFailure) -> Rational {
    switch self {
    case .add: try a.adding(b)
    case .subtract: try a.subtracting(b)
    case .multiply: try a.multiplied(by: b)
    case .divide: try a.divided(by: b)
    }
  }

  /// The ends of a result between the ends of its operands; none where a factor may be below zero.
  func ends(_ a: Bounds, _ b: Bounds) -> Bounds {
    var result = Bounds(
      low: nil, high: nil, mayVanish: a.mayVanish || b.mayVanish, mayFail: a.mayFail || b.mayFail)
    func end(_ one: Rational?, _ two: Rational?) -> Rational? {
      both(one, two) { one, two in
        do throws(ArithmeticFailure) { return try exact(one, two) } catch { return nil }
      }
    }
    switch self {
    case .add: (result.low, result.high) = (end(a.low, b.low), end(a.high, b.high))
    case .subtract: (result.low, result.high) = (end(a.low, b.high), end(a.high, b.low))
    case .multiply, .divide:
      let isDivision = self == .divide
      // The divisor may be zero.
      if isDivision, b.low.map({ $0 <= .zero }) ?? true, b.high.map({ $0 >= .zero }) ?? true { result.mayFail = true }
      guard let one = a.low, let two = b.low, !one.isNegative, !two.isNegative else { return result }
      if !isDivision {
        (result.low, result.high) = (end(one, two), end(a.high, b.high))
      } else {
        // A quotient grows as its divisor falls; an unbounded divisor takes it as near to zero as one likes.
        result.low = b.high == nil ? .zero : end(one, b.high)
        result.high = two.isZero ? nil : end(a.high, two)
      }
    }
    return result
  }
}

extension Duration {
  /// The same length backwards.
  package func negated() throws(ArithmeticFailure) -> Duration {
    guard months > .min, days > .min, workingDays > .min else { throw .overflow }
    return Duration(months: -months, days: -days, workingDays: -workingDays)
  }
}

extension TierSchedule.Tier {
  /// Whether the tier is the one of a value.
  func contains(_ base: Rational) -> Bool {
    if let low, lowIncluded ? base < low : base <= low { return false }
    if let high, highIncluded ? base > high : base >= high { return false }
    return true
  }
}

extension Period {
  /// Whether a date lies in the period, ends included; an unstated end is open.
  package func contains(_ date: CivilDate) -> Bool {
    if case .date(let start) = start, date < start { return false }
    if case .date(let end) = end, end < date { return false }
    return true
  }

  /// Where a date lies in the period.
  func state(on date: CivilDate) -> PeriodState {
    if case .date(let start) = start, date < start { return .notYet }
    // A start says nothing about how long.
    guard case .date(let end) = end else { return .unstated }
    return end < date ? .expired : .inForce
  }
}

/// The function of two numbers where both are known.
@inline(__always)
func both(_ a: Rational?, _ b: Rational?, _ body: (Rational, Rational) -> Rational?) -> Rational? {
  guard let a, let b else { return nil }
  return body(a, b)
}

/// The function of two numbers, or the one that is known.
@inline(__always)
func known(_ a: Rational?, _ b: Rational?, _ body: (Rational, Rational) -> Rational) -> Rational? {
  guard let a else { return b }
  guard let b else { return a }
  return body(a, b)
}
