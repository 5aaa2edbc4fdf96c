import PolicyIR
import PolicyValues

/// The bounds of a quantity; nil: none.
struct Range: Hashable {
  var low: Rational?
  var high: Rational?
  /// Further facts may show that there is no such thing (不适用).
  var mayNotApply = false
  /// Further facts may show that it can't be computed.
  var mayFail = false

  static let zero = Range(low: .zero, high: .zero)

  /// What a comparison gives for every pair of numbers within the bounds; nil where they differ.
  func decides(_ comparison: Expression.Comparison, _ other: Range) -> Bool? {
    func less(_ a: Range, _ b: Range) -> Bool? {
      if let high = a.high, let low = b.low, high < low { return true }
      if let low = a.low, let high = b.high, low >= high { return false }
      return nil
    }
    switch comparison {
    case .less: return less(self, other)
    case .greater: return less(other, self)
    case .greaterOrEqual: return less(self, other).map { !$0 }
    case .lessOrEqual: return less(other, self).map { !$0 }
    case .notEqual: return decides(.equal, other).map { !$0 }
    case .equal:
      let (below, above) = (less(self, other), less(other, self))
      return below == true || above == true ? false : below == false && above == false ? true : nil
    }
  }

  /// The bounds of a result, none where a factor may be below zero.
  func combined(_ operation: Expression.Arithmetic, _ b: Range) -> Range {
    func end(_ one: Rational?, _ two: Rational?) -> Rational? {
      guard let one, let two else { return nil }
      return computed(operation, one, two)
    }
    var range = Range(mayNotApply: mayNotApply || b.mayNotApply, mayFail: mayFail || b.mayFail)
    let isPositive = low.map { $0 >= .zero } == true && b.low.map { $0 >= .zero } == true
    switch operation {
    case .add: (range.low, range.high) = (end(low, b.low), end(high, b.high))
    case .subtract: (range.low, range.high) = (end(low, b.high), end(high, b.low))
    case .multiply: if isPositive { (range.low, range.high) = (end(low, b.low), end(high, b.high)) }
    case .divide:
      // The divisor may be zero.
      if (b.low ?? .zero) <= .zero, (b.high ?? .zero) >= .zero { range.mayFail = true }
      if isPositive { (range.low, range.high) = (b.high == nil ? .zero : end(low, b.high), end(high, b.low)) }
    }
    return range
  }
}

extension Range {
  /// From the least to the greatest of several ranges.
  static func hull(_ ranges: [Range]) -> Range {
    Range(
      low: outermost(ranges.map(\.low), <), high: outermost(ranges.map(\.high), >),
      mayNotApply: ranges.contains { $0.mayNotApply }, mayFail: ranges.contains { $0.mayFail })
  }

  /// The range of the least or the greatest of several.
  static func extreme(_ isLeast: Bool, _ ranges: [Range]) -> Range {
    var range = hull(ranges)
    if isLeast { range.high = ranges.compactMap(\.high).min() } else { range.low = ranges.compactMap(\.low).max() }
    return range
  }
}

extension Reference {
  /// A comparison of two lengths of time; nil for other values.
  func compareLengths(_ comparison: Expression.Comparison, _ one: Known, _ two: Known) -> Known? {
    guard case .value(.duration(let one)) = one, case .value(.duration(let two)) = two else { return nil }
    let decided = one.excess(over: two).decides(comparison, .zero)
    return decided.map { $0 ? .yes : .no } ?? failed(.unlikeDurations)
  }
}

extension Duration {
  /// By how many days it is longer, counted from every month of a leap cycle; working days may be any number of days.
  func excess(over other: Duration) -> Range {
    let (months, rest) = (Int(self.months - other.months), Int(self.days - other.days))
    let working = Int(workingDays - other.workingDays)
    if working != 0, months * working < 0 || rest * working < 0 { return Range() }
    let days = (0..<48).map { first in
      let start = day(2021 + first / 12, first % 12 + 1, 1)
      return Rational(CivilDate.days(from: start, to: try! start.adding(months: months)) + rest + working)
    }
    return Range(low: days.min(), high: days.max())
  }
}

extension Program {
  /// Whether a value is surely not below zero and computable, as far as the form shows it.
  func onlyAdds(_ expression: Expression) -> Bool {
    switch expression.form {
    case .literal(.quantity(let number)): number >= .zero
    case .field, .fieldOf, .aggregate(.count, _, _, _, _): true
    case .definition(let id, _): definitions[id].bodies.allSatisfy(onlyAdds)
    case .conditional(_, let yes, let no): onlyAdds(yes) && onlyAdds(no)
    case .arithmetic(.add, let a, let b), .arithmetic(.multiply, let a, let b): onlyAdds(a) && onlyAdds(b)
    case .call(.least, let items), .call(.greatest, let items): items.allSatisfy(onlyAdds)
    case .rounded(let operand, _), .aggregate(.sum, _, _, _, let operand?): onlyAdds(operand)
    default: false
    }
  }
}

/// The exact result; nil where there is none.
func computed(_ operation: Expression.Arithmetic, _ a: Rational, _ b: Rational) -> Rational? {
  switch operation {
  case .add: try? a.adding(b)
  case .subtract: try? a.subtracting(b)
  case .multiply: try? a.multiplied(by: b)
  case .divide: try? a.divided(by: b)
  }
}

/// The end that lies farthest out; nil where one has none.
func outermost(_ ends: [Rational?], _ isFarther: (Rational, Rational) -> Bool) -> Rational? {
  ends.contains(nil) ? nil : ends.compactMap { $0 }.min { isFarther($0, $1) }
}
