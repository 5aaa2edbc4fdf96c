package import PolicyIR
import PolicyValues

extension Reasoning {
  /// One of several values, not known which: the value on which all agree, else unknown between the least and the greatest.
  ///
  /// `mayFail`: perhaps it is none of them.
  package mutating func either(_ reasons: SlotSet, _ cells: [Cell], mayFail: Bool = false) -> Cell {
    guard let first = cells.first else { return .unknown(reasons, .none) }
    var all = reasons
    var ends: Bounds?
    var mayVanish = false
    var mayFail = mayFail
    var agree = !mayFail
    for cell in cells {
      if cell != first || cell.isUnknown { agree = false }
      all = union(all, cell.reasons)
      let other = cell.bounds
      mayVanish = mayVanish || other.mayVanish
      mayFail = mayFail || other.mayFail
      if case .notApplicable = cell { continue }
      ends = Bounds(
        low: ends.map { both($0.low, other.low) { min($0, $1) } } ?? other.low,
        high: ends.map { both($0.high, other.high) { max($0, $1) } } ?? other.high, mayVanish: false)
    }
    if agree { return first }
    return .unknown(all, Bounds(low: ends?.low, high: ends?.high, mayVanish: mayVanish, mayFail: mayFail))
  }

  /// A quantity as a multiple of a unit.
  package mutating func rounded(_ cell: Cell, _ rounding: Expression.Rounding) -> Cell {
    switch cell {
    case .quantity(let number):
      do throws(ArithmeticFailure) {
        return .quantity(try number.rounded(toMultipleOf: rounding.unit, mode: rounding.mode))
      } catch { return failed(error) }
    case .unknown(let reasons, var bounds):
      // Rounding keeps order, so the rounded ends are ends.
      bounds.low = bounds.low.flatMap { try? $0.rounded(toMultipleOf: rounding.unit, mode: rounding.mode) }
      bounds.high = bounds.high.flatMap { try? $0.rounded(toMultipleOf: rounding.unit, mode: rounding.mode) }
      return .unknown(reasons, bounds)
    case .notApplicable: return .notApplicable
    case .date, .duration, .text, .option: return failed(.malformed)
    }
  }

  /// The result of the one row of a table that holds, as far as it is known; `rows` are the places of those that may.
  package mutating func selected(_ tests: [Tri], _ results: [Cell], _ rows: [Int], _ table: TableID) -> Cell {
    var holding: [Int] = []
    var possible: [Cell] = []
    var reasons = SlotSet.empty
    for index in tests.indices {
      switch tests[index].state {
      case .no, .notApplicable: continue
      case .yes: holding.append(index)
      case .unknown: reasons = union(reasons, tests[index].reasons)
      }
      possible.append(results[index])
    }
    let known = holding.filter { !results[$0].isUnknown }
    if let first = known.first, known.contains(where: { results[$0] != results[first] }) {
      return .unknown(because(.conflict(.rows(table, holding.map { rows[$0] }))), .failed)
    }
    if possible.isEmpty { return failed(.tableGap(table)) }
    let differs = possible.contains { $0 != possible[0] }
    if possible.count == holding.count, !differs { return possible[0] }
    // Perhaps no row holds, or two with different results.
    return either(reasons, possible, mayFail: holding.isEmpty || differs)
  }

  /// The first cell is the base, the others are the tiers' rates.
  package mutating func tiered(_ id: TierScheduleID, _ cells: [Cell]) -> Cell {
    let schedule = program.tierSchedules[id]
    guard let base = cells.first, cells.count == schedule.tiers.count + 1 else { return failed(.malformed) }
    switch base {
    case .quantity(let number): return tiered(id, number, cells)
    case .notApplicable: return .notApplicable
    case .date, .duration, .text, .option: return failed(.malformed)
    case .unknown(let reasons, let bounds):
      let rates = cells.dropFirst().compactMap { if case .quantity(let rate) = $0 { rate } else { nil } }
      guard rates.count == schedule.tiers.count, schedule.isMonotone(rates) else { return .unknown(reasons, .none) }
      var ends = bounds
      (ends.low, ends.high) = (nil, nil)
      if let low = bounds.low, case .quantity(let end) = tiered(id, low, cells) { ends.low = end }
      if let high = bounds.high, case .quantity(let end) = tiered(id, high, cells) { ends.high = end }
      // Between the tiers there is no gap, but there may be one below the first or above the last.
      if ends.low == nil, schedule.tiers.first?.low != nil { ends.mayFail = true }
      if ends.high == nil, schedule.tiers.last?.high != nil { ends.mayFail = true }
      if ends.low == nil { ends.low = .zero }
      if bounds.high == nil, let last = schedule.tiers.last, !last.isRate, last.high == nil,
        case .quantity(let most)? = cells.last, schedule.mode == .whole
      {
        ends.high = most
      }
      return .unknown(reasons, ends)
    }
  }

  private mutating func tiered(_ id: TierScheduleID, _ base: Rational, _ cells: [Cell]) -> Cell {
    let schedule = program.tierSchedules[id]
    guard let found = schedule.tiers.firstIndex(where: { $0.contains(base) }) else { return failed(.tierGap(id)) }
    let one = Cell.quantity(base)
    if schedule.mode == .whole {
      return schedule.tiers[found].isRate ? compute(one, cells[found + 1], .multiply) : cells[found + 1]
    }
    var total = Cell.quantity(.zero)
    for (position, tier) in schedule.tiers.enumerated() where position <= found {
      if tier.isRate {
        let end = position == found ? base : min(tier.high ?? base, base)
        let slice = compute(.quantity(end), .quantity(tier.low ?? .zero), .subtract)
        total = sum(total, compute(slice, cells[position + 1], .multiply))
      } else {
        total = sum(total, cells[position + 1])
      }
    }
    return total
  }
}
