extension ClauseAddress {
  /// Reads a whole text as an address, in any of its spellings and with or without quotes around it.
  package static func parse(_ text: some StringProtocol) -> ClauseAddress? {
    var bytes = strippingWhiteSpace(Array(text.utf8))
    for (open, close) in [("“", "”"), ("「", "」"), ("\"", "\""), ("『", "』")] {
      if bytes.starts(with: open.utf8), bytes.count >= open.utf8.count + close.utf8.count,
        bytes.suffix(close.utf8.count).elementsEqual(close.utf8)
      {
        bytes = Array(bytes.dropFirst(open.utf8.count).dropLast(close.utf8.count))
      }
    }
    guard let found = scan(bytes, from: 0, limit: bytes.count), found.end == bytes.count else { return nil }
    return found.address
  }

  /// The longest address at the start of `bytes[from..<limit]` and the offset behind it, or nil; spaces end an address.
  ///
  /// 一 is an address too, so ask only where an address is expected. A 、 behind a part belongs to it when a lower level, a space or
  /// the end follows, and separates otherwise (`一、二（一）` starts with the address 一).
  package static func scan(
    _ bytes: [UInt8], from: Int, limit: Int
  ) -> (address: ClauseAddress, end: Int)? {
    let limit = min(limit, bytes.count)
    guard from >= 0, from < limit, mayBegin(foldingWidth(decodedScalar(in: bytes, at: from).value)) else { return nil }
    var cursor = MarkCursor(bytes, from: from, limit: limit)
    guard let components = cursor.components() else { return nil }
    let sentence = cursor.sentence()
    return (ClauseAddress(components, sentence: sentence), cursor.offset)
  }

  /// Whether some address begins with a folded scalar; most text is left by this.
  private static func mayBegin(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x28, 0x30...0x39, 0x7B2C, 0x9996, 0x6B63, 0x5C3E: true  // ( 0–9 第 首 正 尾
    default: ChineseCount.digit(scalar) != nil || ChineseCount.unit(scalar) != nil
    }
  }
}

extension MarkCursor {
  /// 第2句, and 第0句 for the title.
  fileprivate mutating func sentence() -> Int? {
    ordinal("句") ?? (word("第0句") ? 0 : nil)
  }

  /// The levels of an address, or nil.
  fileprivate mutating func components() -> [ClauseAddress.Component]? {
    if word("首部") { return [.head] }
    if word("正文") { return [.body] }
    if word("尾部") { return [.tail] }
    if let count = attempt({ $0.ordinal("部分") }) {
      return [.part(count)] + belowPart(word: true)
    }
    if let count = attempt({ $0.ordinal("章") }) {
      let section = attempt { $0.ordinal("节") }
      return [.chapter(count)] + (section.map { [.section($0)] } ?? [])
    }
    if let count = attempt({ $0.ordinal("节") }) { return [.section(count)] }
    if let count = attempt({ $0.ordinal("条") }) { return [.article(count)] + belowArticle() }
    if let count = attempt({ $0.chinese() }) {
      _ = attempt { $0.comma() }
      return [.part(count)] + belowPart(word: false)
    }
    if let dotted = attempt({ $0.dotted() }) { return dotted }
    let below = belowPart(word: false)
    return below.isEmpty ? nil : below
  }

  /// A 、 that belongs to the number before it.
  private mutating func comma() -> Bool? {
    guard take("、") else { return nil }
    guard let next = peek else { return true }
    return next == 0x28 || next == 0x20 || next < 0x20 || MarkCursor.isDigit(next) ? true : nil
  }

  /// 3.3 or 3.3.1: part, item, number.
  private mutating func dotted() -> [ClauseAddress.Component]? {
    guard let part = arabic(), take("."), let item = arabic() else { return nil }
    let number = attempt { cursor -> Int? in cursor.take(".") ? cursor.arabic() : nil }
    return [.part(part), .item(item)] + (number.map { [.number($0)] } ?? [])
  }

  private mutating func belowPart(word: Bool) -> [ClauseAddress.Component] {
    var result: [ClauseAddress.Component] = []
    if let item = attempt({ $0.bracketedItem() }) {
      result.append(.item(item))
    } else if word, let item = attempt({ $0.ordinal("条") ?? $0.ordinal("项") }) {
      result.append(.item(item))
    }
    let isRoot = result.isEmpty && !hasMoved
    if let number = attempt({ $0.number(needsDot: isRoot) }) { result.append(.number(number)) }
    if let subnumber = attempt({ $0.bracketedArabic() }) { result.append(.subnumber(subnumber)) }
    return result
  }

  private mutating func belowArticle() -> [ClauseAddress.Component] {
    var result: [ClauseAddress.Component] = []
    if let count = attempt({ $0.ordinal("款") }) { result.append(.paragraph(count)) }
    guard let item = attempt({ $0.bracketedItem() ?? $0.bracketedArabic() ?? $0.ordinal("项") }) else { return result }
    result.append(.articleItem(item))
    if let subitem = attempt({ $0.ordinal("目") }) ?? attempt({ $0.number(needsDot: false) }) {
      result.append(.subitem(subitem))
      if let subnumber = attempt({ $0.bracketedArabic() }) { result.append(.subnumber(subnumber)) }
    }
    return result
  }

  /// 第（一）项 or （一）, and also （1） as 第（1）项.
  private mutating func bracketedItem() -> Int? {
    if let count = attempt({ $0.bracketedChinese() }) { return count }
    return attempt { cursor -> Int? in
      guard cursor.take("第"), let count = cursor.bracketed(), cursor.take("项") else { return nil }
      return count
    }
  }
}
