import PolicyIR
import PolicyValues

extension Engine {
  /// What each payer pays of an amount; `conditions` receives whether each does.
  mutating func payers(_ measure: Int32, _ amount: Ref<Cell>, _ conditions: inout [Ref<Tri>]) -> [PayerDecision] {
    let isDiscretionary = plan.measures[Int(measure)].isDiscretionary
    let payers = plan.program.measures[Int(measure)].payers
    var shares: [Ref<Cell>?] = []
    for (position, payer) in payers.enumerated() {
      let entry = plan.measures[Int(measure)].payers[position]
      if Tracer.isOn { recorder.open(RawStep(.payer(position))) }
      let condition: Ref<Tri> = entry.condition < 0 ? .leaf(.yes) : truth(entry.condition, 0)
      conditions.append(condition)
      var share: Ref<Cell>?
      switch payer.share {
      case .unstated, .rest: share = nil
      case .amount: share = value(entry.share, 0)
      case .rate:
        share = apply(amount, value(entry.share, 0)) { engine, one, two in engine.compute(one, two, .multiply) }
      }
      shares.append(share)
      if Tracer.isOn { recorder.close(.truth(condition)) }
    }
    var decisions: [PayerDecision] = []
    for (position, payer) in payers.enumerated() {
      let condition = conditions[position]
      var share = shares[position]
      if case .rest = payer.share { share = rest(of: amount, besides: position, shares, conditions) }
      let verdict = summary(condition)
      if verdict == .no { continue }
      let paid: Ref<Cell>? = share.map { share in
        apply(condition, share) { _, tri, cell in tri.state == .no ? .notApplicable : cell }
      }
      decisions.append(
        PayerDecision(
          authority: payer.authority, county: county(of: payer.authority), verdict: verdict,
          share: paid.map { self.amount(of: $0, isDiscretionary: isDiscretionary) } ?? .none,
          isUnstated: payer.share == .unstated))
    }
    return decisions
  }

  /// 其余: the amount without the others' stated shares; unknown while one of them is unstated.
  private mutating func rest(
    of amount: Ref<Cell>, besides position: Int, _ shares: [Ref<Cell>?], _ conditions: [Ref<Tri>]
  ) -> Ref<Cell>? {
    var rest = amount
    for other in shares.indices where other != position {
      guard let share = shares[other] else { return nil }
      let paid: Ref<Cell> = apply(conditions[other], share) { engine, tri, cell in
        switch tri.state {
        case .yes: return cell
        case .no, .notApplicable: return .quantity(.zero)
        case .unknown:
          var bounds = cell.bounds
          bounds.low = .zero
          return .unknown(engine.registry.spills.union(tri.reasons, cell.reasons), bounds)
        }
      }
      rest = apply(rest, paid) { engine, one, two in engine.compute(one, two, .subtract) }
    }
    return rest
  }

  /// Each instalment's own verdict, amount and date; `dates` receives the dates.
  mutating func instalments(
    _ measure: Int32, _ verdict: Ref<Tri>, _ amount: Ref<Cell>, _ dates: inout [Ref<Cell>]
  ) -> [InstalmentDecision] {
    let isDiscretionary = plan.measures[Int(measure)].isDiscretionary
    var decisions: [InstalmentDecision] = []
    for (position, instalment) in plan.program.measures[Int(measure)].instalments.enumerated() {
      let entry = plan.measures[Int(measure)].instalments[position]
      if Tracer.isOn { recorder.open(RawStep(.instalment(position))) }
      let condition: Ref<Tri> = entry.condition < 0 ? .leaf(.yes) : truth(entry.condition, 0)
      let own = and(verdict, condition)
      let share = map(amount) { engine, cell in engine.compute(cell, .quantity(instalment.share), .multiply) }
      var due: Due?
      if entry.date >= 0 {
        let date = value(entry.date, 0)
        dates.append(date)
        due = self.due(date)
      }
      if Tracer.isOn { recorder.close(.truth(own)) }
      let state = summary(own)
      let lacking = allReasons(own)
      decisions.append(
        InstalmentDecision(
          verdict: state, reasons: registry.list(lacking),
          amount: state == .no ? .none : self.amount(of: share, isDiscretionary: isDiscretionary), date: due))
    }
    return decisions
  }

  /// The last day of each deadline; `dates` receives the days.
  mutating func dueDates(_ measure: Int32, _ dates: inout [Ref<Cell>]) -> [DueDateDecision] {
    var decisions: [DueDateDecision] = []
    for (position, deadline) in plan.program.measures[Int(measure)].deadlines.enumerated() {
      let start = plan.measures[Int(measure)].starts[position]
      guard start >= 0, let length = deadline.length else {
        decisions.append(DueDateDecision(deadline: position, due: .unstated))
        continue
      }
      if Tracer.isOn { recorder.open(RawStep(.deadline(position))) }
      let last = map(value(start, 0)) { engine, cell in engine.lastDay(cell, length) }
      if Tracer.isOn { recorder.close(.value(last)) }
      dates.append(last)
      decisions.append(DueDateDecision(deadline: position, due: due(last)))
    }
    return decisions
  }

  /// The last day of a length from a start.
  private mutating func lastDay(_ start: Cell, _ length: Duration) -> Cell {
    guard case .date(let date) = start else {
      if case .unknown = start { return start }
      if case .notApplicable = start { return start }
      return failed(.malformed)
    }
    do throws(ArithmeticFailure) {
      switch try plan.program.calendar.lastDay(of: length, from: date) {
      case .date(let day): return .date(day)
      case .yearNotLoaded(let year): return failed(.calendarYear(year))
      }
    } catch { return failed(error) }
  }

  private mutating func due(_ ref: Ref<Cell>) -> Due {
    listCells(ref, under: -1, 0)
    var days: [CivilDate] = []
    var reasons: SlotSet?
    for place in cellLeaves.indices {
      if case .date(let day) = cellLeaves[place], !days.contains(day) { days.append(day) }
      if case .unknown(let set, _) = cellLeaves[place] { reasons = registry.spills.union(reasons ?? .empty, set) }
    }
    if let reasons { return .unknown(registry.list(reasons)) }
    guard let first = days.first else { return .notApplicable }
    return days.count == 1 ? .date(first) : .disputed(days.sorted())
  }
}
