/// When somebody born on 29 February is a year older in a common year; no rule of law settles it, so it is declared.
package enum LeapBirthday: Hashable, Sendable, CaseIterable {
  /// On 1 March: the day after a full year has passed.
  case march1
  /// On 28 February: the month's last day, as a period of 民法典 202 ends.
  case february28
}

extension CivilDate {
  /// The day `count` days later (earlier for a negative count); the day itself is not counted (民法典 201).
  ///
  /// - Throws: `overflow` outside the years 1…9999.
  package func adding(days count: Int) throws(ArithmeticFailure) -> CivilDate {
    let (number, overflow) = Int(dayNumber).addingReportingOverflow(count)
    guard !overflow, let date = CivilDate(dayNumber: number) else { throw .overflow }
    return date
  }

  /// The corresponding day `count` months later, or that month's last day where there is none (民法典 202).
  ///
  /// - Throws: `overflow` outside the years 1…9999.
  package func adding(months count: Int) throws(ArithmeticFailure) -> CivilDate {
    let (year, month, day) = components
    let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(count)
    guard !overflow, total >= 12, total < 120_000 else { throw .overflow }
    let (newYear, newMonth) = (total / 12, total % 12 + 1)
    let newDay = min(day, Self.lastDay(ofMonth: newMonth, year: newYear))
    guard let date = CivilDate(year: newYear, month: newMonth, day: newDay) else { throw .overflow }
    return date
  }

  /// The day a duration of months, then days, later.
  ///
  /// - Requires: the duration has no working days, which need a `WorkCalendar`; they are not counted here.
  /// - Throws: `overflow` outside the years 1…9999.
  package func adding(_ duration: Duration) throws(ArithmeticFailure) -> CivilDate {
    try adding(months: Int(duration.months)).adding(days: Int(duration.days))
  }

  /// The last day of the date's month.
  package var lastDayOfMonth: CivilDate {
    let (year, month, _) = components
    return CivilDate(year: year, month: month, day: Self.lastDay(ofMonth: month, year: year)) ?? self
  }

  /// How many days `end` is later than `start`.
  package static func days(from start: CivilDate, to end: CivilDate) -> Int {
    Int(end.dayNumber) - Int(start.dayNumber)
  }

  /// The age in full years (周岁), reached on the birthday itself; negative before `start`.
  package static func fullYears(
    from start: CivilDate, to end: CivilDate, leapBirthday: LeapBirthday = .march1
  ) -> Int {
    let born = start.components
    let now = end.components
    var reached = (now.month, now.day) >= (born.month, born.day)
    if leapBirthday == .february28, (born.month, born.day) == (2, 29), (now.month, now.day) == (2, 28),
      !isLeap(now.year)
    {
      reached = true
    }
    return now.year - born.year - (reached ? 0 : 1)
  }

  /// The full months passed, the last one full on its corresponding day or month end (民法典 202); negative before `start`.
  package static func fullMonths(from start: CivilDate, to end: CivilDate) -> Int {
    let first = start.components
    let last = end.components
    let months = (last.year - first.year) * 12 + last.month - first.month
    let due = min(first.day, lastDay(ofMonth: last.month, year: last.year))
    return last.day >= due ? months : months - 1
  }
}
