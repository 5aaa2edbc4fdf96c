import PolicyIR
import PolicyValues

extension Encoder {
  // MARK: Parameters

  func parameter(_ id: ParameterID, _ at: SymbolicCell) throws(Unsupported) -> SymbolicCell {
    var open = solver.bounds(of: at)
    open.mayFail = solver.yes
    guard case .date(let day) = at.value else {
      guard case .nothing = at.value else { throw .malformed }
      return SymbolicCell(unknown: at.unknown, notApplicable: at.notApplicable, value: .nothing, bounds: open)
    }
    var result = solver.failed
    for step in program.parameters[id].steps {
      result = try solver.choose(
        solver.lessOrEqual(self.day(step.from), day), solver.known(space.constant(step.value)), result)
    }
    result.notApplicable = at.notApplicable
    result.bounds = solver.choose(at.unknown, open, result.bounds)
    result.unknown = solver.and(solver.not(at.notApplicable), solver.or(at.unknown, result.unknown))
    return result
  }

  // MARK: Tables

  /// When each row of a table holds for a subject.
  func rows(of id: TableID, _ subject: SymbolicSubject) throws(Unsupported) -> [SymbolicTruth] {
    var rows: [SymbolicTruth] = []
    for row in program.tables[id].rows {
      var tests: [SymbolicTruth] = []
      for test in row.tests {
        if let test { tests.append(try truth(test, [subject])) }
      }
      rows.append(solver.and(tests))
    }
    return rows
  }

  func table(_ id: TableID, _ subject: SymbolicSubject) throws(Unsupported) -> SymbolicCell {
    let rows = try rows(of: id, subject)
    var results: [SymbolicCell] = []
    for row in program.tables[id].rows { results.append(try cell(row.result, [subject])) }
    // Which unknown results are the same is a matter of their reasons, which no term has.
    if rows.count > 1, results.contains(where: { $0.unknown != solver.yes && mayHold($0.unknown) }) {
      throw .openTable(program.tables[id].name)
    }
    if results.filter({ $0.unknown == solver.yes }).count > 1 { throw .openTable(program.tables[id].name) }
    let possible = rows.map { solver.not($0.no) }
    var (conflicts, differences, first): ([Term], [Term], SymbolicCell) = ([], [], solver.failed)
    for index in rows.indices.reversed() { first = try solver.choose(possible[index], results[index], first) }
    for index in rows.indices {
      for other in rows.indices where other > index {
        let both = solver.and(possible[index], possible[other])
        if both == solver.no { continue }
        let differ = solver.not(try solver.same(results[index], results[other]))
        differences.append(solver.and(both, differ))
        conflicts.append(
          solver.and([
            rows[index].yes, rows[other].yes, solver.not(results[index].unknown), solver.not(results[other].unknown),
            differ,
          ]))
      }
    }
    let differs = solver.or(differences)
    let isSure = solver.and(rows.indices.map { solver.implies(possible[$0], rows[$0].yes) })
    let noneHolds = solver.and(rows.map { solver.not($0.yes) })
    let isGap = solver.and(possible.map { solver.not($0) })
    let settled = solver.and(isSure, solver.not(differs))
    var result = first
    if settled != solver.yes {
      let open = try either(Array(zip(possible, results)), mayFail: solver.or(noneHolds, differs))
      result = try solver.choose(settled, first, open)
    }
    return try solver.choose(solver.or([isGap] + conflicts), solver.failed, result)
  }

  // MARK: Tiers

  func tiers(_ id: TierScheduleID, _ subject: SymbolicSubject) throws(Unsupported) -> SymbolicCell {
    let schedule = program.tierSchedules[id]
    let base = try cell(schedule.base, [subject])
    var rates: [Rational] = []
    for tier in schedule.tiers {
      guard case .quantity(let rate) = try cell(tier.rate, [subject]).value, let number = solver.number(rate) else {
        throw .rates(schedule.name)
      }
      rates.append(number)
    }
    var result = base
    if case .quantity(let number) = base.value {
      let (value, isGap) = tiered(schedule, rates, number)
      result.value = .quantity(value)
      result = try solver.choose(solver.and(solver.known(base), isGap), solver.failed, result)
    } else if case .nothing = base.value {
    } else {
      throw .malformed
    }
    if base.unknown != solver.no {
      result.bounds = solver.choose(base.unknown, tieredBounds(schedule, rates, base.bounds), result.bounds)
    }
    return result
  }

  /// What the schedule gives for a base, and when no tier holds it.
  private func tiered(_ schedule: TierSchedule, _ rates: [Rational], _ base: Term) -> (value: Term, isGap: Term) {
    var value = solver.real(.zero)
    var isGap = solver.yes
    for position in schedule.tiers.indices.reversed() {
      let tier = schedule.tiers[position]
      var tests: [Term] = []
      if let low = tier.low.map({ solver.real($0) }) {
        tests.append(tier.lowIncluded ? solver.lessOrEqual(low, base) : solver.less(low, base))
      }
      if let high = tier.high.map({ solver.real($0) }) {
        tests.append(tier.highIncluded ? solver.lessOrEqual(base, high) : solver.less(base, high))
      }
      let holds = solver.and(tests)
      var amount: Term
      if schedule.mode == .whole {
        amount = tier.isRate ? solver.multiply(solver.real(rates[position]), base)! : solver.real(rates[position])
      } else {
        amount = solver.real(.zero)
        for (place, slice) in schedule.tiers.enumerated() where place <= position {
          guard slice.isRate else {
            amount = solver.add(amount, solver.real(rates[place]))
            continue
          }
          let end = place == position ? base : solver.minimum(solver.real(slice.high ?? .zero), base)
          let length = solver.subtract(
            place < position && slice.high == nil ? base : end, solver.real(slice.low ?? .zero))
          amount = solver.add(amount, solver.multiply(solver.real(rates[place]), length)!)
        }
      }
      value = solver.choose(holds, amount, value)
      isGap = solver.and(isGap, solver.not(holds))
    }
    return (value, isGap)
  }

  private func tieredBounds(_ schedule: TierSchedule, _ rates: [Rational], _ base: SymbolicBounds) -> SymbolicBounds {
    guard schedule.isMonotone(rates) else { return solver.noBounds }
    var ends = base
    let (low, lowGap) = tiered(schedule, rates, base.low)
    let (high, highGap) = tiered(schedule, rates, base.high)
    let hasLow = solver.and(base.hasLow, solver.not(lowGap))
    let hasHigh = solver.and(base.hasHigh, solver.not(highGap))
    if schedule.tiers.first?.low != nil { ends.mayFail = solver.or(ends.mayFail, solver.not(hasLow)) }
    if schedule.tiers.last?.high != nil { ends.mayFail = solver.or(ends.mayFail, solver.not(hasHigh)) }
    (ends.hasLow, ends.low) = (solver.yes, solver.choose(hasLow, low, solver.real(.zero)))
    (ends.hasHigh, ends.high) = (hasHigh, high)
    if let last = schedule.tiers.last, !last.isRate, last.high == nil, schedule.mode == .whole, let most = rates.last {
      ends.high = solver.choose(base.hasHigh, ends.high, solver.real(most))
      ends.hasHigh = solver.or(ends.hasHigh, solver.not(base.hasHigh))
    }
    return ends
  }
}
