package import PolicyValues

/// The resolved, well-typed rules of all loaded policies; every interpretation reads this and nothing else.
///
/// - Invariant: every id indexes its table; definitions, tables and holes never refer to one another in a circle.
package struct Program: Sendable {
  package var documents: [Document] = []
  package var clauses: [Clause] = []
  package var authorities: [Authority] = []
  package var optionTypes: [OptionType] = []
  package var kinds: [Kind] = []
  package var fields: [Field] = []
  package var definitions: [Definition] = []
  package var classifications: [Classification] = []
  package var choices: [Choice] = []
  package var holes: [Hole] = []
  package var parameters: [Parameter] = []
  package var tables: [DecisionTable] = []
  package var tierSchedules: [TierSchedule] = []
  package var nameLists: [NameList] = []
  package var measures: [Measure] = []
  package var groups: [Group] = []
  package var cases: [PolicyCase] = []
  package var calendar = WorkCalendar(years: [], holidays: [], workdays: [])

  package init() {}
}

extension Program {
  /// What a measure grants, or the rule that it follows; money where neither names an amount.
  package func amountType(of measure: MeasureID) -> ValueType {
    var measure = measures[measure]
    for _ in measures.indices {
      if let amount = measure.amount { return amount.type }
      guard case .measure(let target)? = measure.reference?.target, measures.indices.contains(target.index) else {
        break
      }
      measure = measures[target]
    }
    return .money
  }

  /// What a group's members grant, which is of one dimension.
  package func amountType(of group: GroupID) -> ValueType {
    if let member = groups[group].members.first(where: { measures[$0].amount != nil }) { return amountType(of: member) }
    return groups[group].subgroups.first.map { amountType(of: $0) } ?? .money
  }

  /// The last day for filling a hole; nil where none is stated or the calendar ends before it.
  package func dueDate(of hole: Hole) -> DueDate? {
    switch hole.deadline {
    case .day(let day): .date(day)
    case .after(let start, let length): try? calendar.lastDay(of: length, from: start)
    case nil: nil
    }
  }
}

extension Program {
  /// Settles a reading for one question, as if by a ruling.
  package mutating func settle(_ choice: ChoiceID, _ reading: Int) {
    choices[choice.index].ruling = Ruling(
      reading: reading, basis: "", date: CivilDate(dayNumber: 0)!, span: choices[choice].origin.span)
  }
}
