import PolicyText
import PolicyValues

/// A day of the year without the year: `3月1日`.
package struct MonthDay: Hashable, Sendable {
  package let month: Int
  package let day: Int

  /// Month × 100 + day, by which such days are compared.
  package var number: Int { month * 100 + day }

  /// The day that begins at an offset, and the offset behind it; nil where none does or no year has it.
  package static func read(_ bytes: [UInt8], from start: Int, limit: Int) -> (day: MonthDay, end: Int)? {
    var index = start
    guard let month = number(bytes, &index, limit), skip("月", bytes, &index, limit),
      let day = number(bytes, &index, limit), skip("日", bytes, &index, limit),
      // 2024 is a leap year, so that 29 February is a day.
      CivilDate(year: 2024, month: month, day: day) != nil
    else { return nil }
    return (MonthDay(month: month, day: day), index)
  }

  /// The offset behind 每年 or its English twin; nil where neither stands.
  static func afterEveryYear(_ bytes: [UInt8], from start: Int, limit: Int) -> Int? {
    for word in ["每年" as StaticString, "every-year"] where start + word.utf8CodeUnitCount < limit {
      let fits = (0..<word.utf8CodeUnitCount).allSatisfy { bytes[start + $0] == word.utf8Start[$0] }
      if fits { return start + word.utf8CodeUnitCount }
    }
    return nil
  }

  /// The day of a text such as `每年3月1日`, without white space.
  package init?(_ text: String) {
    var bytes = Array(text.utf8)
    if let start = MonthDay.afterEveryYear(bytes, from: 0, limit: bytes.count) { bytes.removeFirst(start) }
    guard let (day, end) = MonthDay.read(bytes, from: 0, limit: bytes.count), end == bytes.count else { return nil }
    self = day
  }

  private init(month: Int, day: Int) {
    self.month = month
    self.day = day
  }

  private static func number(_ bytes: [UInt8], _ index: inout Int, _ limit: Int) -> Int? {
    guard let (value, end) = Numerals.parse(bytes, from: index, limit: limit), value.isInteger,
      let number = Int(exactly: value.numerator)
    else { return nil }
    index = end
    return number
  }

  private static func skip(_ word: Unicode.Scalar, _ bytes: [UInt8], _ index: inout Int, _ limit: Int) -> Bool {
    guard index < limit else { return false }
    let (scalar, length) = decodedScalar(in: bytes, at: index)
    guard scalar == word.value, index + length <= limit else { return false }
    index += length
    return true
  }
}
