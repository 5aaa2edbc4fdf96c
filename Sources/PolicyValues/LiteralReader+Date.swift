extension LiteralReader {
  /// The date or period of a whole cell: 2023-06-01, 2023.6.1, 20230601, 二○二二年十二月二十三日, 2025年年底; a time of 0:00 may follow.
  ///
  /// - Throws: `empty`, `notADate`, `invalidDate` or `trailing`.
  package static func date(_ text: String) throws(LiteralFailure) -> DatePeriod {
    let bytes = Array(text.utf8)
    return try date(bytes, from: 0, limit: bytes.count)
  }

  /// The date or period that fills the bytes between two offsets.
  ///
  /// - Throws: As for a whole cell.
  package static func date(_ bytes: [UInt8], from start: Int, limit: Int) throws(LiteralFailure) -> DatePeriod {
    try whole(bytes, from: start, limit: limit) { cursor throws(LiteralFailure) in
      let start = cursor
      let reading = readDate(&cursor) ?? readCompactDate(&cursor)
      guard let reading else { throw .notADate }
      guard let period = reading.period else { throw .invalidDate(start.text(to: cursor)) }
      if period.granularity == .day { skipMidnight(&cursor) }
      return period
    }
  }

  /// The longest date or period at `start` and the offset behind it, `invalidDate` where the calendar lacks it; nil where none begins.
  package static func datePrefix(
    _ bytes: [UInt8], from start: Int, limit: Int
  ) -> (value: Result<DatePeriod, LiteralFailure>, end: Int)? {
    bytes.withUnsafeBufferPointer { bytes in
      let begin = ScalarCursor(bytes, from: start, limit: limit)
      var cursor = begin
      guard let reading = readDate(&cursor) else { return nil }
      guard let period = reading.period else {
        return (.failure(.invalidDate(begin.text(to: cursor))), cursor.offset)
      }
      return (.success(period), cursor.offset)
    }
  }

  /// The day of a spreadsheet serial of the 1900 system (45383 is 2024-04-01); nil below 1, for 60 (a 29 February that was none) and after the year 9999.
  package static func excelSerial(_ serial: Int) -> CivilDate? {
    guard serial >= 1, serial != 60, serial <= 2_958_465 else { return nil }
    return CivilDate(dayNumber: serial - (serial < 60 ? 25_568 : 25_569))
  }

  /// A reading of the form of a date: its period, or nil where the calendar lacks it.
  private struct Reading {
    let period: DatePeriod?
  }

  private static func readDate(_ cursor: inout ScalarCursor) -> Reading? {
    var end = cursor
    guard let year = readYear(&end) else { return nil }
    let separator = end.current
    if [0x2D, 0x2E, 0x2F].contains(separator) {
      end.advance()
      guard let month = readDigits(&end, atMost: 2), end.advance(over: separator),
        let day = readDigits(&end, atMost: 2), end.digit == nil
      else { return nil }
      cursor = end
      return Reading(period: CivilDate(year: year, month: month, day: day).map { DatePeriod($0) })
    }
    end.skipSpaces()
    guard end.advance(over: "年") else { return nil }
    _ = end.advance(over: "度")
    cursor = end
    return readPartOfYear(year, &cursor)
  }

  /// 20230601, with no ninth digit.
  private static func readCompactDate(_ cursor: inout ScalarCursor) -> Reading? {
    var end = cursor
    guard let number = readDigits(&end, atMost: 8), number >= 10_000_000, end.digit == nil else { return nil }
    cursor = end
    let date = CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    return Reading(period: date.map { DatePeriod($0) })
  }

  /// Whether a word for a part of a year or month begins with a scalar; behind most years and months none does.
  private static func beginsPart(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x5E74, 0x6708, 0x5E95, 0x672B, 0x4E0A, 0x4E2D, 0x4E0B: true  // 年 月 底 末 上 中 下
    default: false
    }
  }

  /// What follows 2025年; the cursor stays where nothing does.
  private static func readPartOfYear(_ year: Int, _ cursor: inout ScalarCursor) -> Reading {
    var end = cursor
    end.skipSpaces()
    let words = beginsPart(end.current)
    for word in words ? ["年底", "年末", "底", "末"] : [] where end.advance(over: word) {
      cursor = end
      return Reading(period: DatePeriod(year: year, month: 12, days: 31...31, granularity: .day))
    }
    for (word, months) in words ? [("上半年", 1...6), ("下半年", 7...12)] : [] where end.advance(over: word) {
      cursor = end
      return Reading(period: DatePeriod(year: year, months: months, granularity: .half))
    }
    let isOrdinal = end.advance(over: "第")
    if let number = readSmallNumber(&end) {
      end.skipSpaces()
      if end.advance(over: "季度") {
        cursor = end
        guard (1...4).contains(number) else { return Reading(period: nil) }
        return Reading(
          period: DatePeriod(year: year, months: number * 3 - 2...number * 3, granularity: .quarter))
      }
      if !isOrdinal, end.advance(over: "月") {
        cursor = end
        return readPartOfMonth(number, year, &cursor)
      }
    }
    return Reading(period: DatePeriod(year: year, months: 1...12, granularity: .year))
  }

  /// What follows 2025年6月; the cursor stays where nothing does.
  private static func readPartOfMonth(_ month: Int, _ year: Int, _ cursor: inout ScalarCursor) -> Reading {
    let last = max(1, CivilDate.lastDay(ofMonth: month, year: year))
    var end = cursor
    end.skipSpaces()
    let words = beginsPart(end.current)
    for word in words ? ["月底", "月末", "底", "末"] : [] where end.advance(over: word) {
      cursor = end
      return Reading(period: DatePeriod(year: year, month: month, days: last...last, granularity: .day))
    }
    for (word, days) in words ? [("上旬", 1...10), ("中旬", 11...20), ("下旬", 21...max(21, last))] : []
    where end.advance(over: word) {
      cursor = end
      return Reading(period: DatePeriod(year: year, month: month, days: days, granularity: .tenDays))
    }
    if let day = readSmallNumber(&end) {
      end.skipSpaces()
      if end.advance(over: "日") || end.advance(over: "号") {
        cursor = end
        return Reading(period: CivilDate(year: year, month: month, day: day).map { DatePeriod($0) })
      }
    }
    return Reading(period: DatePeriod(year: year, months: month...month, granularity: .month))
  }
}
