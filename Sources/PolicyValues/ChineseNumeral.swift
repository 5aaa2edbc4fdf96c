/// Reads numerals with 十 百 千 万 亿, from characters or with digits before them (3亿5000万).
enum ChineseNumeral {
  /// The value of a Chinese digit, 两 included.
  static func digit(_ scalar: UInt32) -> Int128? {
    switch scalar {
    case 0x3007, 0x25CB, 0x96F6: 0  // 〇 ○ 零
    case 0x4E00, 0x58F9: 1  // 一 壹
    case 0x4E8C, 0x8D30, 0x4E24: 2  // 二 贰 两
    case 0x4E09, 0x53C1: 3  // 三 叁
    case 0x56DB, 0x8086: 4  // 四 肆
    case 0x4E94, 0x4F0D: 5  // 五 伍
    case 0x516D, 0x9646: 6  // 六 陆
    case 0x4E03, 0x67D2: 7  // 七 柒
    case 0x516B, 0x634C: 8  // 八 捌
    case 0x4E5D, 0x7396: 9  // 九 玖
    default: nil
    }
  }

  /// The value of a multiplier.
  static func multiplier(_ scalar: UInt32) -> Int128? {
    switch scalar {
    case 0x5341, 0x62FE: 10  // 十 拾
    case 0x767E, 0x4F70: 100  // 百 佰
    case 0x5343, 0x4EDF: 1000  // 千 仟
    case 0x4E07, 0x842C: 10_000  // 万 萬
    case 0x4EBF, 0x5104: 100_000_000  // 亿 億
    default: nil
    }
  }

  /// Whether a numeral can begin with this character: a digit or 十.
  static func begins(with scalar: UInt32) -> Bool {
    digit(scalar) != nil || multiplier(scalar) == 10
  }

  /// Whether this character would go on with a numeral.
  static func continues(_ scalar: UInt32) -> Bool {
    digit(scalar) != nil || multiplier(scalar) == 10
  }

  /// Whether 百 千 万 亿 stand here or behind spaces, where the cursor then stands; not in 千瓦, 千米, 千克, 百分.
  static func multiplierFollows(_ cursor: inout ScalarCursor) -> Bool {
    var next = cursor
    next.skipSpaces()
    guard let factor = multiplier(next.current), factor >= 100, !isUnitPrefix(next) else { return false }
    cursor = next
    return true
  }

  /// The numeral at the cursor, or the one that goes on from the digits `leading` already read before it.
  static func read(_ cursor: inout ScalarCursor, leading: Int128?) throws(NumeralFailure) -> Int128 {
    if leading == nil, let value = try readPositional(&cursor) { return value }
    var sum = ChineseSum(pending: leading)
    while true {
      if let digit = digit(cursor.current) {
        try sum.add(digit: digit, isLiang: cursor.current == 0x4E24)
        cursor.advance()
      } else if let factor = multiplier(cursor.current), !isUnitPrefix(cursor) {
        try sum.multiply(by: factor)
        cursor.advance()
      } else if cursor.digit != nil {
        var number: Int128 = 0
        while let digit = cursor.digit {
          number = try Numerals.appending(digit, to: number)
          cursor.advance()
        }
        guard multiplierFollows(&cursor) else { throw .malformed }
        try sum.add(number: number)
      } else {
        return try sum.finished()
      }
    }
  }

  /// Digits one after another (二○二二), nil where a multiplier is among them or only one digit stands here.
  private static func readPositional(_ cursor: inout ScalarCursor) throws(NumeralFailure) -> Int128? {
    var end = cursor
    var value: Int128 = 0
    var count = 0
    var hasZero = false
    while let digit = digit(end.current), end.current != 0x4E24 {
      value = try Numerals.appending(digit, to: value)
      count += 1
      hasZero = hasZero || digit == 0
      end.advance()
    }
    guard count >= 2, multiplier(end.current) == nil || isUnitPrefix(end) else { return nil }
    // Two digits in a row are "seven or eight", not 78.
    if count == 2, !hasZero { throw .malformed }
    if end.digit != nil { throw .malformed }
    cursor = end
    return value
  }

  /// Whether 百 or 千 here belongs to the unit behind the number.
  private static func isUnitPrefix(_ cursor: ScalarCursor) -> Bool {
    guard let factor = multiplier(cursor.current), factor == 100 || factor == 1000 else { return false }
    var next = cursor
    next.advance()
    switch next.current {
    case 0x74E6, 0x7C73, 0x514B: return factor == 1000  // 瓦 米 克
    case 0x5206: return factor == 100  // 分
    default: return false
    }
  }
}

/// The parts of a numeral so far: 亿s, 万s, the section below 万, and a digit that waits for its multiplier.
private struct ChineseSum {
  private var hundredMillions: Int128 = 0
  private var myriads: Int128 = 0
  private var section: Int128 = 0
  private var pending: Int128?
  private var lastFactor: Int128 = .max
  private var lastSection: Int128 = 10_000
  private var afterZero = false
  private var afterTen = false
  private var mustMultiply = false

  init(pending: Int128?) { self.pending = pending }

  mutating func add(digit: Int128, isLiang: Bool) throws(NumeralFailure) {
    if pending != nil || mustMultiply { throw .malformed }
    if digit == 0 {
      // A lone 零 is the number; elsewhere it stands for skipped places, once.
      if afterZero { throw .malformed }
      if isEmpty { pending = 0 } else { afterZero = true }
      afterTen = false
      return
    }
    pending = digit
    mustMultiply = isLiang && !isEmpty
  }

  mutating func add(number: Int128) throws(NumeralFailure) {
    if pending != nil || isEmpty { throw .malformed }
    pending = number
  }

  mutating func multiply(by factor: Int128) throws(NumeralFailure) {
    mustMultiply = false
    if factor < 10_000 {
      // 十 alone is 10, at the beginning or of a section (一百一十 needs its 一).
      guard factor < lastSection, let digit = pending ?? (factor == 10 && section == 0 ? 1 : nil), digit >= 0
      else { throw .malformed }
      section = try sum(section, product(digit, factor))
      lastSection = factor
      afterTen = factor == 10
    } else if factor == 10_000 {
      let part = try sum(section, pending ?? 0)
      guard part > 0 || pending == 0, myriads == 0, factor < lastFactor else { throw .malformed }
      myriads = try product(part, factor)
      endSection(factor)
    } else {
      let part = try sum(myriads, sum(section, pending ?? 0))
      guard part > 0 || pending == 0, hundredMillions == 0 else { throw .malformed }
      hundredMillions = try product(part, factor)
      myriads = 0
      endSection(.max)
    }
    pending = nil
    afterZero = false
  }

  func finished() throws(NumeralFailure) -> Int128 {
    if mustMultiply { throw .malformed }
    // 一万二 and 三百五 drop a multiplier, so a last digit needs 十 or 零 before it.
    if pending != nil, !isEmpty, !afterTen, !afterZero { throw .malformed }
    if pending == nil, afterZero { throw .malformed }
    return try sum(hundredMillions, sum(myriads, sum(section, pending ?? 0)))
  }

  private var isEmpty: Bool { hundredMillions == 0 && myriads == 0 && section == 0 }

  private mutating func endSection(_ factor: Int128) {
    section = 0
    lastSection = 10_000
    lastFactor = factor
    afterTen = false
  }

  private func sum(_ left: Int128, _ right: Int128) throws(NumeralFailure) -> Int128 {
    let (value, overflow) = left.addingReportingOverflow(right)
    if overflow { throw .tooLarge }
    return value
  }

  private func product(_ left: Int128, _ right: Int128) throws(NumeralFailure) -> Int128 {
    let (value, overflow) = left.multipliedReportingOverflow(by: right)
    if overflow { throw .tooLarge }
    return value
  }
}
