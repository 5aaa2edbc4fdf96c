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
  /// The last day for filling a hole; nil where none is stated or the calendar ends before it.
  package func dueDate(of hole: Hole) -> DueDate? {
    switch hole.deadline {
    case .day(let day): .date(day)
    case .after(let start, let length): try? calendar.lastDay(of: length, from: start)
    case nil: nil
    }
  }
}
