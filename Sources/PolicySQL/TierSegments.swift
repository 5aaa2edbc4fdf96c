import PolicyIR
import PolicyValues

extension TierSchedule {
  /// A tier's result as a multiple of the base and a fixed number.
  struct Segment: Hashable, Sendable {
    var tier: Tier
    var factor: Rational
    var offset: Rational
  }

  /// The tiers under these rates or fixed amounts.
  func segments(_ rates: [Rational]) throws(ArithmeticFailure) -> [Segment] {
    var result: [Segment] = []
    var total = Rational.zero
    for (tier, rate) in zip(tiers, rates) {
      var (factor, offset) = (tier.isRate ? rate : .zero, tier.isRate ? .zero : rate)
      if mode == .sliced {
        let low = tier.low ?? .zero
        offset = tier.isRate ? try total.subtracting(try low.multiplied(by: rate)) : try total.adding(rate)
        if let high = tier.high {
          total = tier.isRate ? try total.adding(try high.subtracting(low).multiplied(by: rate)) : offset
        }
      }
      result.append(Segment(tier: tier, factor: factor, offset: offset))
    }
    return result
  }
}
