import PolicyValues
import Testing

@Suite struct WorkCalendarTests {
  private static func dates(_ texts: String...) -> Set<CivilDate> {
    Set(texts.flatMap { $0.split(separator: " ") }.compactMap { try? LiteralReader.date(String($0)).day })
  }

  /// The notices for the days that the check values pass (国务院办公厅, 2022–2025).
  private let calendar = WorkCalendar(
    years: [2022, 2023, 2024, 2025],
    holidays: dates(
      "2022-12-31 2023-01-01 2023-01-02",
      "2024-02-10 2024-02-11 2024-02-12 2024-02-13 2024-02-14 2024-02-15 2024-02-16 2024-02-17",
      "2025-10-01 2025-10-02 2025-10-03 2025-10-04 2025-10-05 2025-10-06 2025-10-07 2025-10-08"),
    workdays: dates("2024-02-04 2024-02-18 2025-09-28 2025-10-11"))

  private func day(_ text: String) throws -> CivilDate {
    try #require(LiteralReader.date(text).day)
  }

  @Test(arguments: [
    ("2022-12-23", 7, "2023-01-04"), ("2024-02-04", 7, "2024-02-19"), ("2025-09-26", 5, "2025-10-10"),
    ("2025-10-10", 1, "2025-10-11"), ("2025-10-10", 0, "2025-10-10"), ("2023-01-04", -7, "2022-12-23"),
  ])
  func counts(_ start: String, _ count: Int, _ end: String) throws {
    #expect(try calendar.date(count, workingDaysAfter: day(start)) == .date(day(end)))
    #expect(
      try calendar.date(Duration(workingDays: Int32(count)), after: day(start)) == .date(day(end)))
  }

  @Test func workingDays() throws {
    #expect(try calendar.isWorkingDay(day("2024-02-04")) == true)
    #expect(try calendar.isWorkingDay(day("2024-02-03")) == false)
    #expect(try calendar.isWorkingDay(day("2025-10-08")) == false)
    #expect(try calendar.isWorkingDay(day("2025-12-31")) == true)
    #expect(try calendar.isWorkingDay(day("2026-01-05")) == nil)
    #expect(try calendar.workingDay(onOrAfter: day("2025-10-01")) == .date(day("2025-10-09")))
    #expect(try calendar.workingDay(onOrAfter: day("2025-12-31")) == .date(day("2025-12-31")))
  }

  @Test func yearNotLoaded() throws {
    #expect(try calendar.date(3, workingDaysAfter: day("2025-12-30")) == .yearNotLoaded(2026))
    #expect(try calendar.date(.max, workingDaysAfter: day("2025-12-30")) == .yearNotLoaded(2026))
    #expect(try calendar.date(.min, workingDaysAfter: day("2022-01-04")) == .yearNotLoaded(2021))
    #expect(try calendar.workingDay(onOrAfter: day("2026-01-01")) == .yearNotLoaded(2026))
    #expect(try WorkCalendar.empty.date(1, workingDaysAfter: day("2025-01-01")) == .yearNotLoaded(2025))
    #expect(WorkCalendar.empty.merging(calendar) == calendar)
    let last = try #require(CivilDate(year: 9999, month: 12, day: 31))
    #expect(calendar.date(1, workingDaysAfter: last) == .yearNotLoaded(10_000))
  }
}
