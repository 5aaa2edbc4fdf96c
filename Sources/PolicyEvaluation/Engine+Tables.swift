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
}
