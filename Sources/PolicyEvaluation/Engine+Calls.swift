import PolicyIR
import PolicyValues

extension Engine {
  mutating func call(_ node: Node, _ frame: Int32) -> Ref<Cell> {
    guard Int(node.detail) < Builtin.allCases.count, node.b > 0 else { return .leaf(failed(.malformed)) }
    let builtin = Builtin.allCases[Int(node.detail)]
    let first = value(plan.operands[Int(node.a)], frame)
    switch builtin {
    case .least, .greatest:
      if plan.expressions[Int(node.source)].type == .duration {
        let items = (0..<Int(node.b)).map { value(plan.operands[Int(node.a) + $0], frame) }
        return applyAll([], items) { engine, _, cells in engine.extreme(ofDurations: cells, builtin) }
      }
      var result = first
      for offset in 1..<max(1, Int(node.b)) {
        result = apply(result, value(plan.operands[Int(node.a) + offset], frame)) { engine, one, two in
          engine.extreme(one, two, greatest: builtin == .greatest)
        }
      }
      return result
    case .endOfYear, .year, .monthDay:
      return map(first) { engine, cell in engine.ofDate(cell, builtin) }
    case .fullYears, .fullMonths, .days, .workingDaysAfter:
      guard node.b == 2 else { return .leaf(failed(.malformed)) }
      return apply(first, value(plan.operands[Int(node.a) + 1], frame)) { engine, one, two in
        engine.ofDates(one, two, builtin)
      }
    }
  }

  /// The smaller or the greater of two quantities or dates; a known one bounds an unknown.
  mutating func extreme(_ a: Cell, _ b: Cell, greatest: Bool) -> Cell {
    switch (a, b) {
    case (.quantity(let one), .quantity(let two)): return .quantity(greatest ? max(one, two) : min(one, two))
    case (.date(let one), .date(let two)): return .date(greatest ? max(one, two) : min(one, two))
    case (.notApplicable, _), (_, .notApplicable): return .notApplicable
    case (.unknown, _), (_, .unknown):
      let reasons = registry.sets.union(a.reasons, b.reasons)
      let (one, two) = (a.bounds, b.bounds)
      var bounds = Bounds.none
      bounds.mayVanish = one.mayVanish || two.mayVanish
      bounds.mayFail = one.mayFail || two.mayFail
      if greatest {
        bounds.low = known(one.low, two.low) { max($0, $1) }
        bounds.high = both(one.high, two.high) { max($0, $1) }
      } else {
        bounds.low = both(one.low, two.low) { min($0, $1) }
        bounds.high = known(one.high, two.high) { min($0, $1) }
      }
      return .unknown(reasons, bounds)
    default: return failed(.malformed)
    }
  }

  /// The shortest or the longest of several lengths, where one is it whatever the calendar.
  private mutating func extreme(ofDurations cells: [Cell], _ builtin: Builtin) -> Cell {
    if cells.contains(.notApplicable) { return .notApplicable }
    let reasons = cells.reduce(SlotSet.empty) { registry.sets.union($0, $1.reasons) }
    // Which is longer may turn out not to be computable.
    if !reasons.isEmpty { return .unknown(reasons, .none) }
    let lengths: [Duration] = cells.compactMap { if case .duration(let length) = $0 { length } else { nil } }
    guard lengths.count == cells.count else { return failed(.malformed) }
    let extreme = lengths.first { length in
      lengths.allSatisfy { other in
        builtin == .greatest ? length.order(to: other).lowerBound >= 0 : length.order(to: other).upperBound <= 0
      }
    }
    return extreme.map { .duration($0) } ?? failed(.unlikeDurations)
  }

  private mutating func ofDate(_ cell: Cell, _ builtin: Builtin) -> Cell {
    switch cell {
    case .date(let date):
      if builtin == .year { return .quantity(Rational(date.year)) }
      if builtin == .monthDay { return .quantity(Rational(date.month * 100 + date.day)) }
      return CivilDate(year: date.year, month: 12, day: 31).map { .date($0) } ?? failed(Reason.Failure.overflow)
    case .unknown(let reasons, _): return .unknown(reasons, .none)
    case .notApplicable: return .notApplicable
    case .quantity, .duration, .text, .option: return failed(.malformed)
    }
  }

  private mutating func ofDates(_ a: Cell, _ b: Cell, _ builtin: Builtin) -> Cell {
    switch (a, b) {
    case (.notApplicable, _), (_, .notApplicable): return .notApplicable
    case (.unknown, _), (_, .unknown): return .unknown(registry.sets.union(a.reasons, b.reasons), .none)
    case (.date(let start), .date(let end)):
      switch builtin {
      case .fullYears: return .quantity(Rational(CivilDate.fullYears(from: start, to: end)))
      case .fullMonths: return .quantity(Rational(CivilDate.fullMonths(from: start, to: end)))
      case .days: return .quantity(Rational(CivilDate.days(from: start, to: end)))
      case .least, .greatest, .workingDaysAfter, .endOfYear, .year, .monthDay: return failed(.malformed)
      }
    case (.date(let start), .quantity(let count)) where builtin == .workingDaysAfter && count.isInteger:
      switch plan.program.calendar.date(Int(clamping: count.numerator), workingDaysAfter: start) {
      case .date(let date): return .date(date)
      case .yearNotLoaded(let year): return failed(.calendarYear(year))
      }
    default: return failed(.malformed)
    }
  }
}
