/// The day that a count of working days reaches.
package enum DueDate: Hashable, Sendable {
  /// The day.
  case date(CivilDate)
  /// The count enters a year whose holiday notice is not loaded, so there is no answer yet.
  case yearNotLoaded(Int)
}

/// Which days are worked, from the yearly notices of the 国务院办公厅 that policy files load.
package struct WorkCalendar: Hashable, Sendable {
  /// The calendar years that the loaded notices settle.
  package let years: Set<Int>
  /// Days off (放假日).
  package let holidays: Set<CivilDate>
  /// Saturdays and Sundays that are worked (调休上班日).
  package let workdays: Set<CivilDate>

  /// A calendar with no year loaded.
  package static let empty = WorkCalendar(years: [], holidays: [], workdays: [])

  /// A calendar of these years; a day in both sets is worked.
  package init(years: Set<Int>, holidays: Set<CivilDate>, workdays: Set<CivilDate>) {
    self.years = years
    self.holidays = holidays
    self.workdays = workdays
  }

  /// Both calendars' years and days together.
  package func merging(_ other: WorkCalendar) -> WorkCalendar {
    WorkCalendar(
      years: years.union(other.years), holidays: holidays.union(other.holidays),
      workdays: workdays.union(other.workdays))
  }

  /// Whether the day is worked (行政许可法 82); nil where its year is not loaded.
  package func isWorkingDay(_ date: CivilDate) -> Bool? {
    guard years.contains(date.year) else { return nil }
    if workdays.contains(date) { return true }
    return !date.isWeekend && !holidays.contains(date)
  }

  /// The `count`-th working day after `start`, which is not counted itself (民法典 201); backwards for a negative count.
  package func date(_ count: Int, workingDaysAfter start: CivilDate) -> DueDate {
    let step = count < 0 ? -1 : 1
    var remaining = count.magnitude
    var day = start
    while remaining > 0 {
      guard let next = CivilDate(dayNumber: Int(day.dayNumber) + step) else {
        return .yearNotLoaded(day.year + step)
      }
      day = next
      guard let isWorked = isWorkingDay(day) else { return .yearNotLoaded(day.year) }
      if isWorked { remaining -= 1 }
    }
    return .date(day)
  }

  /// The day itself where it is worked, else the next working day (民法典 203).
  package func workingDay(onOrAfter date: CivilDate) -> DueDate {
    guard let isWorked = isWorkingDay(date) else { return .yearNotLoaded(date.year) }
    return isWorked ? .date(date) : self.date(1, workingDaysAfter: date)
  }

  /// The day a duration after `start`: months, then days, then working days; not moved off a holiday.
  ///
  /// - Throws: `overflow` outside the years 1…9999.
  package func date(_ duration: Duration, after start: CivilDate) throws(ArithmeticFailure) -> DueDate {
    date(Int(duration.workingDays), workingDaysAfter: try start.adding(duration))
  }

  /// The last day of a time limit; one in 日 that would end on a day of rest ends on the next working day (民法典 203).
  ///
  /// - Throws: `overflow` outside the years 1…9999.
  package func lastDay(of length: Duration, from start: CivilDate) throws(ArithmeticFailure) -> DueDate {
    let last = try date(length, after: start)
    guard case .date(let day) = last, length.days > 0, length.workingDays == 0 else { return last }
    return workingDay(onOrAfter: day)
  }
}
