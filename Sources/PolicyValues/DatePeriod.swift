/// A day, or a stretch of the calendar that a text names (2025年第三季度), from its first to its last day.
package struct DatePeriod: Hashable, Sendable {
  /// How much of the calendar was named.
  package enum Granularity: Hashable, Sendable, CaseIterable {
    /// One day, also 年底 and 月底.
    case day
    /// 上旬, 中旬, 下旬.
    case tenDays
    /// A month.
    case month
    /// A quarter.
    case quarter
    /// 上半年, 下半年.
    case half
    /// A year.
    case year
  }

  /// The first day.
  package let first: CivilDate
  /// The last day, which 前 and 以前 include.
  package let last: CivilDate
  /// How much of the calendar was named.
  package let granularity: Granularity

  /// The period of one day.
  package init(_ day: CivilDate) {
    (first, last, granularity) = (day, day, .day)
  }

  /// The months `months` of a year as a whole; nil outside the calendar.
  package init?(year: Int, months: ClosedRange<Int>, granularity: Granularity) {
    let end = CivilDate.lastDay(ofMonth: months.upperBound, year: year)
    guard let first = CivilDate(year: year, month: months.lowerBound, day: 1),
      let last = CivilDate(year: year, month: months.upperBound, day: end)
    else { return nil }
    (self.first, self.last, self.granularity) = (first, last, granularity)
  }

  /// The days `days` of a month; nil where the month lacks one of them.
  package init?(year: Int, month: Int, days: ClosedRange<Int>, granularity: Granularity) {
    guard let first = CivilDate(year: year, month: month, day: days.lowerBound),
      let last = CivilDate(year: year, month: month, day: days.upperBound)
    else { return nil }
    (self.first, self.last, self.granularity) = (first, last, granularity)
  }

  /// The day, where the period is one.
  package var day: CivilDate? { first == last ? first : nil }

  /// Whether the day lies in the period.
  package func contains(_ day: CivilDate) -> Bool { first <= day && day <= last }
}
