/// The mark that numbers a heading at the start of a line.
struct HeadingMark: Hashable, Sendable {
  /// The kinds of marks.
  enum Level: Int, Sendable {
    /// 第一章
    case chapter
    /// 第一节
    case section
    /// 第一条
    case article
    /// 一、
    case part
    /// （一）
    case item
    /// 1.
    case number
    /// （1）
    case subnumber
  }

  /// The kind of the mark.
  let level: Level
  /// The number in it.
  let count: Int
  /// The offset behind it.
  let end: Int

  /// The mark at the start of a range of normalised text, or nil.
  static func scan(_ text: NormalizedText, _ range: Range<Int>) -> HeadingMark? {
    var cursor = MarkCursor(text.bytes, from: range.lowerBound, limit: range.upperBound)
    func mark(_ level: Level, _ count: Int?) -> HeadingMark? {
      count.map { HeadingMark(level: level, count: $0, end: cursor.offset) }
    }
    if let found = mark(.article, cursor.ordinal("条")) { return found }
    if let found = mark(.chapter, cursor.ordinal("章")) { return found }
    if let found = mark(.section, cursor.ordinal("节")) { return found }
    if let found = mark(.item, cursor.bracketedChinese()) { return found }
    if let found = mark(.subnumber, cursor.bracketedArabic()) { return found }
    if let found = mark(
      .part,
      cursor.attempt { cursor -> Int? in
        guard let count = cursor.chinese(), cursor.take("、") else { return nil }
        return count
      })
    {
      return found
    }
    return mark(
      .number,
      cursor.attempt { cursor -> Int? in
        guard let count = cursor.arabic(), count < 1000, cursor.take(".") || cursor.take("、") else { return nil }
        // 1.5亿元 is an amount, and 1. 5亿元 a heading.
        if let next = cursor.peek, MarkCursor.isDigit(next), !text.hasSpace(before: cursor.offset) { return nil }
        return count
      })
  }
}
