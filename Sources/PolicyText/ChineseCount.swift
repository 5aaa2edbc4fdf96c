/// Chinese numerals as they number clauses, from 1 to 9999.
package enum ChineseCount {
  private static let digits: [Unicode.Scalar] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]

  /// The numeral of a count, 一 to 九千九百九十九; Arabic digits for anything else.
  package static func text(_ count: Int) -> String {
    guard (1...9999).contains(count) else { return String(count) }
    var result = String.UnicodeScalarView()
    var needsZero = false
    for (unit, scale) in [("千" as Unicode.Scalar?, 1000), ("百", 100), ("十", 10), (nil, 1)] {
      let digit = count / scale % 10
      if digit == 0 {
        needsZero = !result.isEmpty
        continue
      }
      if needsZero { result.append("零") }
      needsZero = false
      // Ten to nineteen are written without 一.
      if !(scale == 10 && digit == 1 && result.isEmpty) { result.append(digits[digit]) }
      if let unit { result.append(unit) }
    }
    return String(result)
  }

  /// The digit that a scalar writes, or nil.
  static func digit(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0x3007, 0x96F6: 0  // 〇 零
    case 0x4E00: 1
    case 0x4E8C: 2
    case 0x4E09: 3
    case 0x56DB: 4
    case 0x4E94: 5
    case 0x516D: 6
    case 0x4E03: 7
    case 0x516B: 8
    case 0x4E5D: 9
    default: nil
    }
  }

  /// The power of ten that a scalar writes, or nil.
  static func unit(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0x5341: 10
    case 0x767E: 100
    case 0x5343: 1000
    default: nil
    }
  }

  /// The count that a sequence of numeral scalars writes, or nil if it is not in the normal form.
  static func count(_ scalars: some Sequence<UInt32>) -> Int? {
    var total = 0
    var pending: Int?
    var lastUnit = 10_000
    for scalar in scalars {
      if let digit = digit(scalar) {
        guard pending == nil || pending == 0 else { return nil }
        pending = digit
      } else if let unit = unit(scalar), unit < lastUnit {
        guard pending != 0 || unit == 10 else { return nil }
        // 十二 has no digit before its unit.
        if pending == nil, total > 0 { return nil }
        total += (pending.map { $0 == 0 ? 1 : $0 } ?? 1) * unit
        pending = nil
        lastUnit = unit
      } else {
        return nil
      }
    }
    total += pending ?? 0
    return total > 0 ? total : nil
  }
}
