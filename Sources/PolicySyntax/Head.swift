import PolicyText

/// The head line of a block, cut into its parts.
struct Head {
  var keyword: Keyword
  var keywordRange: ByteRange
  /// The name, or for blocks without one everything before the colon.
  var name: ByteRange
  /// The bracket after the name, brackets included.
  var parameter: ByteRange?
  var colon: (offset: Int, length: Int)?
  /// What follows the colon.
  var items: ByteRange?

  /// Reads a line as a head; nil for any other line.
  ///
  /// A block word stands first in its line. Without white space after it the line must begin at the margin, and inside
  /// 主体, where lines begin with free names, it always needs the white space.
  static func read(_ bytes: [UInt8], _ line: LogicalLine, in block: Keyword?) -> Head? {
    guard let (keyword, after, separated) = BlockWords.match(bytes, at: line.range.start, end: line.range.end) else {
      return nil
    }
    if !separated, block == .kind || !line.atMargin { return nil }
    // An indented “引入：…” inside a block is a line, and 引入 as a block names a path in quotes.
    if let colon = line.colon, colon.offset == after, block != nil, !line.atMargin || isLabelToo(keyword) { return nil }
    if keyword == .importing, block != nil, !beginsQuote(bytes, after, line.range.end) { return nil }
    let end = line.colon?.offset ?? line.range.end
    var head = Head(
      keyword: keyword, keywordRange: ByteRange(start: line.range.start, end: after),
      name: bytes.trimmed(ByteRange(start: after, end: max(after, end))), parameter: nil, colon: line.colon, items: nil)
    if let colon = line.colon {
      let rest = bytes.trimmed(ByteRange(start: colon.offset + colon.length, end: line.range.end))
      if !rest.isEmpty { head.items = rest }
    }
    if takesParameter(keyword), let bracket = bytes.lastBracket(head.name) {
      head.parameter = bracket
      head.name = bytes.trimmed(ByteRange(start: head.name.start, end: bracket.start))
    }
    return head
  }

  private static func beginsQuote(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
    let rest = bytes.trimmed(ByteRange(start: start, end: end))
    guard !rest.isEmpty else { return false }
    let scalar = decodedScalar(in: bytes, at: rest.start).value
    return scalar == 0x201C || scalar == 0x22
  }

  private static func isLabelToo(_ keyword: Keyword) -> Bool { keyword == .clause || keyword == .ruling }

  private static func takesParameter(_ keyword: Keyword) -> Bool {
    switch keyword {
    case .option, .definition, .record, .classification, .decisionTable, .tiers, .group, .nameList: true
    default: false
    }
  }
}

extension [UInt8] {
  /// The bracket that ends a range, with what is in it; nil if the range does not end in one.
  func lastBracket(_ range: ByteRange) -> ByteRange? {
    var depth = 0
    var open: Int?
    var result: ByteRange?
    var index = range.start
    while index < range.end {
      let (raw, length) = decodedScalar(in: self, at: index)
      switch foldingWidth(raw) {
      case 0x28:
        if depth == 0 { open = index }
        depth += 1
      case 0x29:
        depth -= 1
        if depth == 0, let open { result = ByteRange(start: open, end: index + length) }
      default: break
      }
      index += length
    }
    guard let result, result.end == range.end, result.start > range.start else { return nil }
    return result
  }

  /// The parts of a range between 、 and ， outside brackets and quotes.
  func listItems(_ range: ByteRange) -> [ByteRange] {
    var items: [ByteRange] = []
    var depth = 0
    var start = range.start
    var index = range.start
    while index < range.end {
      let (raw, length) = decodedScalar(in: self, at: index)
      let scalar = foldingWidth(raw)
      switch scalar {
      case 0x28, 0x201C, 0x300C, 0x3014: depth += 1
      case 0x29, 0x201D, 0x300D, 0x3015: depth -= 1
      case 0x3001, 0x2C:
        if depth <= 0 {
          items.append(trimmed(ByteRange(start: start, end: index)))
          start = index + length
        }
      default: break
      }
      index += length
    }
    items.append(trimmed(ByteRange(start: start, end: range.end)))
    return items.filter { !$0.isEmpty }
  }

  /// The range inside 「」, or the range itself.
  func unquoted(_ range: ByteRange) -> ByteRange {
    guard range.end - range.start > 6, self[range.start] == 0xE3, self[range.start + 1] == 0x80,
      self[range.start + 2] == 0x8C, self[range.end - 1] == 0x8D
    else { return range }
    return ByteRange(start: range.start + 3, end: range.end - 3)
  }
}
