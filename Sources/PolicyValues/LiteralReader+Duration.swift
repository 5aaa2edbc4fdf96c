extension LiteralReader {
  /// The duration of a whole cell: 3年, 半年, 一年半, 18个月, 30日, 5个工作日, 1年6个月.
  ///
  /// - Throws: `empty`, `notADuration`, `outOfRange` or `trailing`.
  package static func duration(_ text: String) throws(LiteralFailure) -> Duration {
    let bytes = Array(text.utf8)
    return try duration(bytes, from: 0, limit: bytes.count)
  }

  /// The duration that fills the bytes between two offsets.
  ///
  /// - Throws: As for a whole cell.
  package static func duration(
    _ bytes: [UInt8], from start: Int, limit: Int
  ) throws(LiteralFailure) -> Duration {
    try whole(bytes, from: start, limit: limit) { cursor throws(LiteralFailure) in
      try readDuration(&cursor)
    }
  }

  /// The longest duration at `start` and the offset behind it; nil where none begins (2025年 is a date, 6月 a month).
  package static func durationPrefix(
    _ bytes: [UInt8], from start: Int, limit: Int
  ) -> (value: Duration, end: Int)? {
    bytes.withUnsafeBufferPointer { bytes in
      var cursor = ScalarCursor(bytes, from: start, limit: limit)
      guard let value = try? readDuration(&cursor) else { return nil }
      return (value, cursor.offset)
    }
  }

  private enum Part: Int {
    case months12, months, days, workingDays
  }

  private static func readDuration(_ cursor: inout ScalarCursor) throws(LiteralFailure) -> Duration {
    if cursor.advance(over: "半年") { return Duration(months: 6) }
    var total = Duration()
    var lastPart = -1
    while let (part, length, end) = try readPart(cursor, joined: lastPart >= 0), part.rawValue > lastPart {
      guard let sum = try? total.adding(length) else { throw .outOfRange }
      (total, lastPart, cursor) = (sum, part.rawValue, end)
    }
    if lastPart < 0 { throw .notADuration }
    return total
  }

  /// The next part of a duration and the place behind it.
  private static func readPart(
    _ start: ScalarCursor, joined: Bool
  ) throws(LiteralFailure) -> (Part, Duration, ScalarCursor)? {
    var cursor = start
    cursor.skipSpaces()
    if joined {
      var zero = cursor
      if zero.advance(over: "零"), zero.digit != nil { cursor = zero }
    }
    guard let number = try? Numerals.read(&cursor) else { return nil }
    cursor.skipSpaces()
    guard beginsDurationWord(cursor.current.loweredASCII) else { return nil }
    for (words, part, factor) in durationWords {
      var end = cursor
      guard end.advance(over: words), !(end.previousIsLetter && end.current.isASCIILetter) else { continue }
      // 3周岁 is an age, and four digits before 年 are a year.
      if words == "周", end.current == 0x5C81 || end.current == 0x5E74 { continue }
      if words == "年", number >= 1000 { return nil }
      guard let scaled = try? number.scaled(by: factor), scaled.isInteger else { return nil }
      guard let count = Int32(exactly: scaled.numerator) else { throw .outOfRange }
      return (part, duration(count, part, &end), end)
    }
    return nil
  }

  private static func duration(_ count: Int32, _ part: Part, _ cursor: inout ScalarCursor) -> Duration {
    switch part {
    case .months12:
      let isHalfMore = count % 12 == 0 && count < Int32.max - 6 && cursor.advance(over: "半")
      return Duration(months: isHalfMore ? count + 6 : count)
    case .months: return Duration(months: count)
    case .days: return Duration(days: count)
    case .workingDays: return Duration(workingDays: count)
    }
  }

  /// Whether one of the words of durations begins with a lower-case scalar; most numbers are left by this.
  private static func beginsDurationWord(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x5E74, 0x4E2A, 0x5DE5, 0x65E5, 0x5929, 0x81EA, 0x5468, 0x661F: true  // 年 个 工 日 天 自 周 星
    case 0x79, 0x6D, 0x77, 0x64: true  // y m w d
    default: false
    }
  }

  /// Longer words before their beginnings.
  private static let durationWords: [(String, Part, Int128)] = [
    ("年", .months12, 12), ("个月", .months, 1), ("个季度", .months, 3),
    ("个工作日", .workingDays, 1), ("工作日", .workingDays, 1), ("个工作天", .workingDays, 1),
    ("日", .days, 1), ("天", .days, 1), ("个自然日", .days, 1), ("自然日", .days, 1),
    ("周", .days, 7), ("个星期", .days, 7), ("星期", .days, 7),
    ("years", .months12, 12), ("year", .months12, 12), ("months", .months, 1), ("month", .months, 1),
    ("working days", .workingDays, 1), ("working day", .workingDays, 1), ("days", .days, 1),
    ("day", .days, 1), ("weeks", .days, 7), ("week", .days, 7),
  ]
}
