package import PolicyIR
import PolicyValues

extension Reasoning {
  /// A comparison with 不适用 is no; an unknown one is decided where the bounds suffice.
  package mutating func compare(
    _ a: Cell, _ b: Cell, _ comparison: Expression.Comparison, option: Int32
  ) -> Tri {
    switch (a, b) {
    case (.quantity(let one), .quantity(let two)): return .of(comparison.holds(one, two))
    case (.notApplicable, _), (_, .notApplicable): return .no
    case (.option(let one), .option(let two)):
      let reasons = unranked(a, b, comparison, option)
      return reasons.isEmpty ? .of(comparison.holds(one, two)) : .unknown(reasons)
    case (.date(let one), .date(let two)): return .of(comparison.holds(one, two))
    case (.text(let one), .text(let two)):
      return comparison == .equal ? .of(one == two) : comparison == .notEqual ? .of(one != two) : malformed()
    case (.duration(let one), .duration(let two)): return compare(one, two, comparison)
    case (.unknown, _), (_, .unknown):
      let (one, two) = (a.bounds, b.bounds)
      var reasons = union(a.reasons, b.reasons)
      if option >= 0 { reasons = union(reasons, unranked(a, b, comparison, option)) }
      if one.mayFail || two.mayFail { return .unknown(reasons) }
      switch comparison.decided(one, two) {
      case false?: return .no
      // Where a fact may turn out 不适用, the comparison may still be no.
      case true? where !one.mayVanish && !two.mayVanish: return .yes
      case true?, nil: return .unknown(reasons)
      }
    default: return malformed()
    }
  }

  /// The reasons of values outside the order of their option, of which no order is known.
  private mutating func unranked(
    _ a: Cell, _ b: Cell, _ comparison: Expression.Comparison, _ option: Int32
  ) -> SlotSet {
    var reasons = SlotSet.empty
    guard comparison != .equal, comparison != .notEqual, option >= 0 else { return reasons }
    let values = program.optionTypes[Int(option)].values
    for case .option(let value) in [a, b] where values.indices.contains(Int(value)) && values[Int(value)].unranked {
      reasons = union(reasons, because(.unranked(OptionTypeID(Int(option)), value: value)))
    }
    return reasons
  }

  private mutating func malformed() -> Tri { .unknown(because(.notComputable(.malformed))) }

  /// Lengths of unlike units are compared where the bounds of their days decide it.
  mutating func compare(_ a: Duration, _ b: Duration, _ comparison: Expression.Comparison) -> Tri {
    let order = a.order(to: b)
    let bounds = Bounds(low: Rational(order.lowerBound), high: Rational(order.upperBound), mayVanish: false)
    let zero = Bounds(low: .zero, high: .zero, mayVanish: false)
    return comparison.decided(bounds, zero).map { .of($0) } ?? .unknown(because(.notComputable(.unlikeDurations)))
  }

  package mutating func compute(_ a: Cell, _ b: Cell, _ operation: Expression.Arithmetic) -> Cell {
    do throws(ArithmeticFailure) {
      switch (a, b) {
      case (.quantity(let one), .quantity(let two)): return .quantity(try operation.exact(one, two))
      case (.notApplicable, _), (_, .notApplicable): return .notApplicable
      case (.unknown, _), (_, .unknown):
        let reasons = union(a.reasons, b.reasons)
        return .unknown(reasons, operation.ends(a.bounds, b.bounds))
      case (.date(let date), .duration(let duration)): return try shifted(date, duration, operation)
      case (.duration(let duration), .date(let date)) where operation == .add: return try shifted(date, duration, .add)
      case (.date(let one), .date(let two)) where operation == .subtract:
        return .duration(Duration(days: Int32(clamping: CivilDate.days(from: two, to: one))))
      case (.duration(let one), .duration(let two)):
        if operation == .add { return .duration(try one.adding(two)) }
        if operation == .subtract { return .duration(try one.adding(try two.negated())) }
        return failed(.malformed)
      default: return failed(.malformed)
      }
    } catch { return failed(error) }
  }

  private mutating func shifted(
    _ date: CivilDate, _ duration: Duration, _ operation: Expression.Arithmetic
  ) throws(ArithmeticFailure) -> Cell {
    guard operation == .add || operation == .subtract else { return failed(.malformed) }
    let signed = operation == .add ? duration : try duration.negated()
    switch try program.calendar.date(signed, after: date) {
    case .date(let result): return .date(result)
    case .yearNotLoaded(let year): return failed(.calendarYear(year))
    }
  }

  mutating func sum(_ a: Cell, _ b: Cell) -> Cell { compute(a, b, .add) }
}
