import PolicyEvaluation
import PolicyIR
import PolicyValues

/// A schedule of tiers over bases in ten-thousandths.
struct ScaledTiers {
  private let mode: TierSchedule.Mode
  private let tiers: [Tier]

  private struct Tier {
    var isRate: Bool
    /// What a base of the tier is not below, and not above.
    var from: (comparison: Expression.Comparison, number: Int64)?
    var to: (comparison: Expression.Comparison, number: Int64)?
    /// The ends of its slice; nil: it has none, or none that is whole.
    var low: Int64?
    var high: Int64?
  }

  init(_ schedule: TierSchedule) {
    mode = schedule.mode
    tiers = schedule.tiers.map { tier in
      Tier(
        isRate: tier.isRate,
        from: tier.low.map { (tier.lowIncluded ? Expression.Comparison.greaterOrEqual : .greater).whole($0) },
        to: tier.high.map { (tier.highIncluded ? Expression.Comparison.lessOrEqual : .less).whole($0) },
        low: tier.low.map { FactVector.scaled($0) } ?? 0, high: tier.high.flatMap { FactVector.scaled($0) })
    }
  }

  /// The result for a base under rates or fixed amounts by tier; nil: no tier holds it, or the result isn't exact.
  func result(_ base: Int64, rate: (Int) -> Int64?) -> Int64? {
    let found = tiers.firstIndex { tier in
      tier.from.map { $0.comparison.holds(base, $0.number) } ?? true
        && tier.to.map { $0.comparison.holds(base, $0.number) } ?? true
    }
    guard let found else { return nil }
    if mode == .whole {
      return rate(found).flatMap { tiers[found].isRate ? Expression.Arithmetic.multiply.scaledResult(base, $0) : $0 }
    }
    var total: Int64 = 0
    for place in 0...found {
      let tier = tiers[place]
      guard var part = rate(place) else { return nil }
      if tier.isRate {
        guard let low = tier.low, let high = place == found ? base : tier.high,
          let slice = Expression.Arithmetic.subtract.scaledResult(high, low),
          let product = Expression.Arithmetic.multiply.scaledResult(slice, part)
        else { return nil }
        part = product
      }
      guard let sum = Expression.Arithmetic.add.scaledResult(total, part) else { return nil }
      total = sum
    }
    return total
  }
}

extension Expression.Comparison {
  /// The same test of numbers in ten-thousandths against a whole one.
  func whole(_ number: Rational) -> (comparison: Expression.Comparison, number: Int64) {
    if let whole = FactVector.scaled(number) { return (self, whole) }
    // Between two whole numbers, or beyond them all.
    let floor = (try? number.scaled(by: Int128(FactVector.scale)).floor) ?? (number.isNegative ? .min : .max)
    let below = Int64(clamping: floor)
    return switch self {
    // No fact is the least number.
    case .equal, .notEqual: (self, .min)
    case .less, .lessOrEqual: (.lessOrEqual, below)
    case .greater, .greaterOrEqual: (.greater, below)
    }
  }
}
