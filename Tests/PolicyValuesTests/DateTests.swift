import PolicyValues
import Testing

@Suite struct DateTests {
  private func day(_ year: Int, _ month: Int, _ day: Int) throws -> CivilDate {
    try #require(CivilDate(year: year, month: month, day: day))
  }

  @Test func everyDayFrom1900To2100() throws {
    var expected = try day(1900, 1, 1)
    #expect(expected.weekday == 1)
    var weekday = 1
    for year in 1900...2100 {
      var length = 0
      for month in 1...12 {
        for number in 1...CivilDate.lastDay(ofMonth: month, year: year) {
          let date = try day(year, month, number)
          #expect(date == expected)
          #expect(date.components == (year, month, number))
          #expect(date.weekday == weekday)
          #expect(date.lastDayOfMonth.day == CivilDate.lastDay(ofMonth: month, year: year))
          #expect(try LiteralReader.date(date.chineseDescription).day == date)
          #expect(try LiteralReader.date(date.isoDescription).day == date)
          let later = try date.adding(months: 1)
          #expect(later.components.month == month % 12 + 1)
          #expect(later.day == number || later == later.lastDayOfMonth)
          #expect(CivilDate.fullMonths(from: date, to: later) == 1)
          #expect(CivilDate.fullMonths(from: date, to: try later.adding(days: -1)) == 0)
          let birthday = try date.adding(months: 12)
          let leap = month == 2 && number == 29
          #expect(CivilDate.fullYears(from: date, to: birthday) == (leap ? 0 : 1))
          #expect(CivilDate.fullYears(from: date, to: birthday, leapBirthday: .february28) == 1)
          #expect(CivilDate.fullYears(from: date, to: try birthday.adding(days: -1)) == 0)
          expected = try expected.adding(days: 1)
          weekday = weekday % 7 + 1
          length += 1
        }
      }
      #expect(length == (CivilDate.isLeap(year) ? 366 : 365))
    }
  }

  @Test func limits() throws {
    let first = try day(1, 1, 1)
    let last = try day(9999, 12, 31)
    #expect(try day(1970, 1, 1).dayNumber == 0)
    #expect(first.isoDescription == "0001-01-01" && last.isoDescription == "9999-12-31")
    #expect(first.weekday == 1)
    #expect(throws: ArithmeticFailure.overflow) { try first.adding(days: -1) }
    #expect(throws: ArithmeticFailure.overflow) { try last.adding(days: 1) }
    #expect(throws: ArithmeticFailure.overflow) { try last.adding(days: .max) }
    #expect(throws: ArithmeticFailure.overflow) { try last.adding(months: .max) }
    #expect(throws: ArithmeticFailure.overflow) { try last.adding(months: 1) }
    #expect(throws: ArithmeticFailure.overflow) { try first.adding(months: -1) }
    #expect(throws: ArithmeticFailure.overflow) { try first.adding(months: .min) }
    #expect(CivilDate(dayNumber: .max) == nil)
    for (year, month, number) in [
      (2023, 2, 29), (2024, 2, 30), (2023, 13, 1), (2023, 0, 1), (2023, 4, 31), (0, 1, 1), (10_000, 1, 1), (2023, 1, 0),
    ] {
      #expect(CivilDate(year: year, month: month, day: number) == nil)
    }
  }

  @Test func lawOfPeriods() throws {
    #expect(try day(2024, 1, 31).adding(months: 1) == day(2024, 2, 29))
    #expect(try day(2023, 1, 31).adding(months: 1) == day(2023, 2, 28))
    #expect(try day(2024, 2, 29).adding(months: 12) == day(2025, 2, 28))
    #expect(try day(2024, 3, 31).adding(months: -1) == day(2024, 2, 29))
    #expect(try day(2022, 12, 23).adding(Duration(months: 36)) == day(2025, 12, 23))
    #expect(try day(2025, 12, 31).weekday == 3)
    let born = try day(1944, 2, 29)
    #expect(try CivilDate.fullYears(from: born, to: day(2025, 2, 28)) == 80)
    #expect(try CivilDate.fullYears(from: born, to: day(2025, 3, 1)) == 81)
    #expect(try CivilDate.fullYears(from: born, to: day(2025, 2, 28), leapBirthday: .february28) == 81)
    #expect(try CivilDate.fullYears(from: born, to: day(2024, 2, 28), leapBirthday: .february28) == 79)
    #expect(try CivilDate.fullYears(from: day(1943, 6, 1), to: day(2023, 6, 1)) == 80)
    #expect(try CivilDate.fullYears(from: day(1943, 6, 1), to: day(2023, 5, 31)) == 79)
    #expect(try CivilDate.fullYears(from: day(2023, 6, 1), to: day(2023, 5, 31)) == -1)
    #expect(try CivilDate.days(from: day(2023, 1, 1), to: day(2024, 1, 1)) == 365)
  }
}
