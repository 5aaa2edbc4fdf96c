import PolicyIR
import PolicyValues

extension Engine {
  mutating func comparison(_ node: Node, _ frame: Int32) -> Ref<Tri> {
    let comparison = Expression.Comparison.allCases[min(Int(node.detail), 5)]
    return apply(any(node.a, frame), any(node.b, frame)) { engine, one, two in
      engine.compare(one, two, comparison, option: node.c)
    }
  }

  /// A comparison with 不适用 is no; an unknown one is decided where the bounds suffice.
  mutating func compare(
    _ a: Cell, _ b: Cell, _ comparison: Expression.Comparison, option: Int32
  ) -> Tri {
    switch (a, b) {
    case (.quantity(let one), .quantity(let two)): return .of(holds(one, two, comparison))
    case (.notApplicable, _), (_, .notApplicable): return .no
    case (.option(let one), .option(let two)):
      if comparison != .equal, comparison != .notEqual, option >= 0 {
        var reasons = SlotSet.empty
        let values = plan.program.optionTypes[Int(option)].values
        for value in [one, two] where values.indices.contains(Int(value)) && values[Int(value)].unranked {
          let reason = Reason.unranked(OptionTypeID(Int(option)), value: value)
          reasons = registry.spills.union(reasons, because(reason))
        }
        if !reasons.isEmpty { return .unknown(reasons) }
      }
      return .of(holds(one, two, comparison))
    case (.date(let one), .date(let two)): return .of(holds(one, two, comparison))
    case (.text(let one), .text(let two)):
      return comparison == .equal ? .of(one == two) : comparison == .notEqual ? .of(one != two) : malformed()
    case (.duration(let one), .duration(let two)): return durations(one, two, comparison)
    case (.unknown, _), (_, .unknown):
      let (one, two) = (a.bounds, b.bounds)
      let reasons = registry.spills.union(a.reasons, b.reasons)
      switch decided(one, two, comparison) {
      case false?: return .no
      // Where a fact may turn out 不适用, the comparison may still be no.
      case true? where !one.mayVanish && !two.mayVanish: return .yes
      case true?, nil: return .unknown(reasons)
      }
    default: return malformed()
    }
  }

  private mutating func malformed() -> Tri { .unknown(because(.notComputable(.malformed))) }

  private func holds<Number: Comparable>(_ a: Number, _ b: Number, _ comparison: Expression.Comparison) -> Bool {
    switch comparison {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }

  /// Months and days are not converted into one another: an order needs one to be longer part by part.
  private mutating func durations(_ a: Duration, _ b: Duration, _ comparison: Expression.Comparison) -> Tri {
    if a == b || comparison == .equal || comparison == .notEqual {
      return .of(a == b ? [.equal, .lessOrEqual, .greaterOrEqual].contains(comparison) : comparison == .notEqual)
    }
    let less = a.months <= b.months && a.days <= b.days && a.workingDays <= b.workingDays
    let greater = a.months >= b.months && a.days >= b.days && a.workingDays >= b.workingDays
    guard less || greater else { return malformed() }
    return .of(less == (comparison == .less || comparison == .lessOrEqual))
  }

  private func decided(_ a: Bounds, _ b: Bounds, _ comparison: Expression.Comparison) -> Bool? {
    /// Whether `a` is surely below, and whether it surely is not, by the ends.
    func less(_ a: Bounds, _ b: Bounds) -> Bool? {
      if let high = a.high, let low = b.low, high < low { return true }
      if let low = a.low, let high = b.high, low >= high { return false }
      return nil
    }
    switch comparison {
    case .less: return less(a, b)
    case .greater: return less(b, a)
    case .greaterOrEqual: return less(a, b).map { !$0 }
    case .lessOrEqual: return less(b, a).map { !$0 }
    case .equal, .notEqual:
      guard less(a, b) == true || less(b, a) == true else { return nil }
      return comparison == .notEqual
    }
  }

  mutating func arithmetic(_ node: Node, _ frame: Int32) -> Ref<Cell> {
    let operation = Expression.Arithmetic.allCases[min(Int(node.detail), 3)]
    return apply(value(node.a, frame), value(node.b, frame)) { engine, one, two in
      engine.compute(one, two, operation)
    }
  }

  mutating func compute(_ a: Cell, _ b: Cell, _ operation: Expression.Arithmetic) -> Cell {
    do throws(ArithmeticFailure) {
      switch (a, b) {
      case (.quantity(let one), .quantity(let two)): return .quantity(try exact(one, two, operation))
      case (.notApplicable, _), (_, .notApplicable): return .notApplicable
      case (.unknown, _), (_, .unknown):
        let reasons = registry.spills.union(a.reasons, b.reasons)
        return .unknown(reasons, ends(a.bounds, b.bounds, operation))
      case (.date(let date), .duration(let duration)): return try shifted(date, duration, operation)
      case (.duration(let duration), .date(let date)) where operation == .add: return try shifted(date, duration, .add)
      case (.date(let one), .date(let two)) where operation == .subtract:
        return .duration(Duration(days: Int32(clamping: CivilDate.days(from: two, to: one))))
      case (.duration(let one), .duration(let two)):
        if operation == .add { return .duration(try one.adding(two)) }
        if operation == .subtract { return .duration(try one.adding(try negated(two))) }
        return failed(.malformed)
      default: return failed(.malformed)
      }
    } catch { return failed(error) }
  }

  private func exact(_ a: Rational, _ b: Rational, _ operation: Expression.Arithmetic) throws(ArithmeticFailure) -> Rational {
    switch operation {
    case .add: try a.adding(b)
    case .subtract: try a.subtracting(b)
    case .multiply: try a.multiplied(by: b)
    case .divide: try a.divided(by: b)
    }
  }

  /// The ends of a result between the ends of its operands; none where a factor may be below zero.
  private func ends(_ a: Bounds, _ b: Bounds, _ operation: Expression.Arithmetic) -> Bounds {
    let mayVanish = a.mayVanish || b.mayVanish
    func end(_ one: Rational?, _ two: Rational?) -> Rational? {
      both(one, two) { one, two in
        do throws(ArithmeticFailure) { return try exact(one, two, operation) } catch { return nil }
      }
    }
    switch operation {
    case .add: return Bounds(low: end(a.low, b.low), high: end(a.high, b.high), mayVanish: mayVanish)
    case .subtract: return Bounds(low: end(a.low, b.high), high: end(a.high, b.low), mayVanish: mayVanish)
    case .multiply, .divide:
      guard let one = a.low, let two = b.low, !one.isNegative, !two.isNegative else {
        return Bounds(low: nil, high: nil, mayVanish: mayVanish)
      }
      if operation == .multiply {
        return Bounds(low: end(one, two), high: end(a.high, b.high), mayVanish: mayVanish)
      }
      // A quotient grows as its divisor falls; an unbounded divisor takes it as near to zero as one likes.
      let high = two.isZero ? nil : end(a.high, two)
      return Bounds(low: b.high == nil ? .zero : end(one, b.high), high: high, mayVanish: mayVanish)
    }
  }

  private mutating func shifted(
    _ date: CivilDate, _ duration: Duration, _ operation: Expression.Arithmetic
  ) throws(ArithmeticFailure) -> Cell {
    guard operation == .add || operation == .subtract else { return failed(.malformed) }
    let signed = operation == .add ? duration : try negated(duration)
    switch try plan.program.calendar.date(signed, after: date) {
    case .date(let result): return .date(result)
    case .yearNotLoaded(let year): return failed(.calendarYear(year))
    }
  }

  private func negated(_ duration: Duration) throws(ArithmeticFailure) -> Duration {
    guard duration.months > .min, duration.days > .min, duration.workingDays > .min else { throw .overflow }
    return Duration(months: -duration.months, days: -duration.days, workingDays: -duration.workingDays)
  }

  mutating func sum(_ a: Cell, _ b: Cell) -> Cell { compute(a, b, .add) }
}
