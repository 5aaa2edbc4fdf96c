/// Reads literals: whole cells for the facts readers, and the longest literal at a place for the lexer.
///
/// Full-width digits, letters and signs count as their ASCII twins; spaces at the ends of a cell are skipped.
package enum LiteralReader {
  /// 是/否 in one of its spellings 是 否 √ ✓ × ✗ Y N true false 1 0 (any case); nil for every other text.
  package static func yesNo(_ text: String) -> Bool? {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var cursor = ScalarCursor(bytes)
      cursor.skipSpaces()
      for (word, value) in yesNoWords {
        var end = cursor
        guard end.advance(over: word) else { continue }
        end.skipSpaces()
        if end.isAtEnd { return value }
      }
      return nil
    }
  }

  private static let yesNoWords: [(String, Bool)] = [
    ("是", true), ("否", false), ("√", true), ("✓", true), ("×", false), ("✗", false), ("y", true),
    ("n", false), ("true", true), ("false", false), ("1", true), ("0", false),
  ]

  /// Whether a date, a duration or a quantity can begin with a folded scalar; most text is left by this.
  package static func mayBegin(with scalar: UInt32) -> Bool {
    switch scalar {
    case 0x30...0x39, 0x534A, 0x767E, 0x5343, 0x4E07: true  // digits, 半, and 百分之 千分之 万分之
    default: ChineseNumeral.begins(with: scalar) || scalar.isSpace
    }
  }

  /// What `read` makes of the whole text between the offsets.
  static func whole<Value>(
    _ bytes: [UInt8], from start: Int, limit: Int, _ read: (inout ScalarCursor) throws(LiteralFailure) -> Value
  ) throws(LiteralFailure) -> Value {
    try bytes.withUnsafeBufferPointer { bytes throws(LiteralFailure) in
      var cursor = ScalarCursor(bytes, from: start, limit: limit)
      cursor.skipSpaces()
      if cursor.isAtEnd { throw .empty }
      let value = try read(&cursor)
      cursor.skipSpaces()
      if !cursor.isAtEnd { throw .trailing(cursor.rest) }
      return value
    }
  }
}
