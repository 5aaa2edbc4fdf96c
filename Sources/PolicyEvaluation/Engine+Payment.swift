import PolicyIR
import PolicyValues

extension Engine {
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

  mutating func due(_ ref: Ref<Cell>) -> Due {
    listCells(ref, under: -1, 0)
    var days: [CivilDate] = []
    var reasons: SlotSet?
    for place in cellLeaves.indices {
      if case .date(let day) = cellLeaves[place], !days.contains(day) { days.append(day) }
      if case .unknown(let set, _) = cellLeaves[place] { reasons = registry.sets.union(reasons ?? .empty, set) }
    }
    if let reasons { return .unknown(registry.list(reasons)) }
    guard let first = days.first else { return .notApplicable }
    return days.count == 1 ? .date(first) : .disputed(days.sorted())
  }
}
