import PolicyIR
import PolicyValues

extension Engine {
  /// The result of the one row that holds; several with different results are a conflict, none is a gap.
  mutating func table(_ table: Int32, _ frame: Int32) -> Ref<Cell> {
    let plan = self.plan.tables[Int(table)]
    let id = TableID(Int(table))
    var tests: [Ref<Tri>] = []
    var results: [Ref<Cell>] = []
    var positions: [Int] = []
    for row in plan.results.indices {
      if Tracer.isOn { recorder.open(RawStep(.row(id, row))) }
      var test: Ref<Tri> = .leaf(.yes)
      for column in plan.tests[row] {
        if case .leaf(let tri) = test, tri.state == .no {
          if !Tracer.isOn { break }
          unattended(column, frame)
        } else {
          test = and(test, truth(column, frame))
        }
      }
      if case .leaf(let tri) = test, tri.state == .no {
        if Tracer.isOn { unattended(plan.results[row], frame) }
      } else {
        tests.append(test)
        results.append(any(plan.results[row], frame))
        positions.append(row)
      }
      if Tracer.isOn { recorder.close(.truth(test)) }
    }
    if tests.count == 1, case .leaf(let tri) = tests[0], tri.state == .yes { return results[0] }
    return applyAll(tests, results) { engine, tests, results in engine.selected(tests, results, positions, id) }
  }

  private mutating func selected(_ tests: [Tri], _ results: [Cell], _ rows: [Int], _ table: TableID) -> Cell {
    var holding: [Int] = []
    var possible: [Cell] = []
    var reasons = SlotSet.empty
    for index in tests.indices {
      switch tests[index].state {
      case .no, .notApplicable: continue
      case .yes: holding.append(index)
      case .unknown: reasons = registry.sets.union(reasons, tests[index].reasons)
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

  /// The amount that a tier schedule gives for its base.
  mutating func tiers(_ schedule: Int32, _ frame: Int32) -> Ref<Cell> {
    let plan = self.plan.tierSchedules[Int(schedule)]
    let base = value(plan.base, frame)
    var rates: [Ref<Cell>] = [base]
    for (position, rate) in plan.rates.enumerated() {
      if Tracer.isOn { recorder.open(RawStep(.tier(TierScheduleID(Int(schedule)), position))) }
      let result = value(rate, frame)
      if Tracer.isOn { recorder.close(.value(result)) }
      rates.append(result)
    }
    return applyAll([], rates) { engine, _, cells in
      engine.tiered(TierScheduleID(Int(schedule)), cells)
    }
  }

  /// The first cell is the base, the others are the tiers' rates.
  private mutating func tiered(_ id: TierScheduleID, _ cells: [Cell]) -> Cell {
    let schedule = plan.program.tierSchedules[id]
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
    let schedule = plan.program.tierSchedules[id]
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
