import PolicyDiagnostics
import PolicyText

extension Parser {
  /// Reads a head line into a `.head` node: the keyword, the name, the bracket after it, the items after the colon.
  mutating func parseHead(_ head: Head, _ line: LogicalLine) {
    builder.open(.head, at: head.keywordRange.start)
    defer { builder.close() }
    token(.keyword, detail: UInt32(head.keyword.rawValue), head.keywordRange)
    switch head.keyword {
    case .clause: parseClauseHead(head.name)
    case .unruled, .filling: parseContent(head.name, .items(.addressItems))
    case .ruling, .calendar, .importing: parseContent(head.name, .items(.items))
    default:
      if head.name.isEmpty {
        let place = ByteRange(start: head.keywordRange.end, end: head.keywordRange.end)
        remark(
          .missingText, place,
          Bilingual(
            zh: "“\(head.keyword.entry.zh[0])”后面应有名称", en: "expected a name after “\(head.keyword.entry.en)”"))
      } else {
        let number = vocabulary.number(of: bytes.unquoted(head.name), in: bytes)
        token(.name, detail: number.map(UInt32.init) ?? .max, head.name)
      }
      if let parameter = head.parameter { parseParameter(parameter) }
    }
    guard let colon = head.colon else {
      token(.text, bytes.trimmed(ByteRange(start: emitted, end: line.range.end)))
      return
    }
    token(.punctuation, detail: 0x3A, ByteRange(start: colon.offset, end: colon.offset + colon.length))
    if let items = head.items { parseContent(items, .items(.addressItems)) }
  }

  /// `三（三） 财政政策`: an address, and a title as it stands; before them the document where a file has several.
  private mutating func parseClauseHead(_ range: ByteRange) {
    var start = range.start
    var names: [Word] = []
    if ClauseAddress.scan(bytes, from: start, limit: range.end) == nil {
      // A document's number first.
      splitter.cut(from: start, to: range.end, .items)
      if let word = splitter.words.first, word.kind == .name || word.kind == .quotedName {
        names.append(word)
        start = bytes.trimmed(ByteRange(start: word.end, end: range.end)).start
      }
    }
    for word in names { token(word) }
    guard start < range.end, let (_, end) = ClauseAddress.scan(bytes, from: start, limit: range.end) else {
      remark(
        .missingText, range,
        Bilingual(zh: "“条款”后面应有条款号，如 三（三）", en: "expected the address of a clause, such as 三（三）"))
      token(.text, range)
      return
    }
    token(.address, ByteRange(start: start, end: end))
    token(.text, bytes.trimmed(ByteRange(start: end, end: range.end)))
  }

  /// `（项目）`, `（项目 的 投资主体）`, `（同一机构）`, `（有序）`
  private mutating func parseParameter(_ range: ByteRange) {
    let inner = bytes.trimmed(
      ByteRange(
        start: range.start + decodedScalar(in: bytes, at: range.start).length,
        end: range.end - (bytes[range.end - 1] == 0x29 ? 1 : 3)))
    builder.open(.group, at: range.start)
    token(
      .punctuation, detail: 0x28,
      ByteRange(start: range.start, end: range.start + decodedScalar(in: bytes, at: range.start).length))
    parseContent(inner, .items(.items))
    token(
      .punctuation, detail: 0x29, ByteRange(start: range.end - (bytes[range.end - 1] == 0x29 ? 1 : 3), end: range.end))
    builder.close()
  }
}
