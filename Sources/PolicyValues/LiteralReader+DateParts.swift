extension LiteralReader {
  /// Four digits of one script with no fifth, nil for anything else.
  static func readYear(_ cursor: inout ScalarCursor) -> Int? {
    var end = cursor
    if cursor.digit != nil {
      guard let year = readDigits(&end, atMost: 4), year >= 1000, end.digit == nil else { return nil }
      cursor = end
      return year
    }
    var year = 0
    for _ in 0..<4 {
      guard end.current != 0x4E24, let digit = ChineseNumeral.digit(end.current) else { return nil }
      year = year * 10 + Int(digit)
      end.advance()
    }
    guard year >= 1000, ChineseNumeral.digit(end.current) == nil else { return nil }
    cursor = end
    return year
  }

  /// A month, quarter or day: one or two digits, or a Chinese numeral below 100.
  static func readSmallNumber(_ cursor: inout ScalarCursor) -> Int? {
    if cursor.digit != nil {
      var end = cursor
      guard let number = readDigits(&end, atMost: 2), end.digit == nil else { return nil }
      cursor = end
      return number
    }
    var end = cursor
    guard let value = try? Numerals.read(&end), value.isInteger, value.numerator < 100 else { return nil }
    cursor = end
    return Int(value.numerator)
  }

  /// Up to `count` digits as a number, nil where none stands here.
  static func readDigits(_ cursor: inout ScalarCursor, atMost count: Int) -> Int? {
    guard cursor.digit != nil else { return nil }
    var number = 0
    var left = count
    while left > 0, let digit = cursor.digit {
      number = number * 10 + Int(digit)
      left -= 1
      cursor.advance()
    }
    return number
  }

  /// Steps over a time of day that is midnight, which spreadsheets write behind dates.
  static func skipMidnight(_ cursor: inout ScalarCursor) {
    var end = cursor
    end.skipSpaces()
    _ = end.advance(over: "t")
    guard readDigits(&end, atMost: 2) == 0, end.advance(over: ":"), readDigits(&end, atMost: 2) == 0 else {
      return
    }
    if end.advance(over: ":"), readDigits(&end, atMost: 2) != 0 { return }
    cursor = end
  }
}

extension ScalarCursor {
  /// The text from here to a later place.
  func text(to end: ScalarCursor) -> String {
    String(decoding: bytes[offset..<max(offset, end.offset)], as: UTF8.self)
  }
}
