/// A day of the proleptic Gregorian calendar in the years 1…9999, without a time or a zone.
package struct CivilDate: Hashable, Sendable {
  /// Days since 1970-01-01.
  package let dayNumber: Int32

  private static let firstDay: Int32 = -719_162
  private static let lastDay: Int32 = 2_932_896

  /// The day `dayNumber` days after 1970-01-01, nil outside the years 1…9999.
  package init?(dayNumber: Int) {
    guard let number = Int32(exactly: dayNumber), number >= Self.firstDay, number <= Self.lastDay else {
      return nil
    }
    self.dayNumber = number
  }

  /// The day of this year, month and day; nil where there is none (2月30日).
  package init?(year: Int, month: Int, day: Int) {
    guard year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1,
      day <= Self.lastDay(ofMonth: month, year: year)
    else { return nil }
    self.init(validYear: year, month: month, day: day)
  }

  /// - Requires: the day exists.
  private init(validYear year: Int, month: Int, day: Int) {
    // Years from March, so that the leap day is a year's last.
    let shifted = month > 2 ? year : year - 1
    let era = (shifted + 400) / 400 - 1
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    dayNumber = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Year, month and day.
  package var components: (year: Int, month: Int, day: Int) {
    let shifted = Int(dayNumber) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
  }

  /// The year, 1…9999.
  package var year: Int { components.year }
  /// The month, 1…12.
  package var month: Int { components.month }
  /// The day of the month, 1…31.
  package var day: Int { components.day }
  /// The day of the week, 1 for Monday … 7 for Sunday.
  package var weekday: Int { (Int(dayNumber) + 719_162) % 7 + 1 }
  /// Whether it is a Saturday or Sunday.
  package var isWeekend: Bool { weekday > 5 }

  /// Whether the year has a 29 February.
  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The number of days of a month, 0 for no month of the year.
  package static func lastDay(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    case 1, 3, 5, 7, 8, 10, 12: 31
    default: 0
    }
  }
}

extension CivilDate: Comparable {
  /// Whether the first day is earlier.
  package static func < (left: CivilDate, right: CivilDate) -> Bool { left.dayNumber < right.dayNumber }
}

extension CivilDate: CustomStringConvertible {
  /// "2025-12-31".
  package var isoDescription: String {
    let (year, month, day) = components
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// "2025年12月31日", without leading zeros (GB/T 9704).
  package var chineseDescription: String {
    let (year, month, day) = components
    return "\(year)年\(month)月\(day)日"
  }

  /// The ISO form.
  package var description: String { isoDescription }

  private func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
