/// Finds where the clauses of a document begin, by the marks at the starts of its lines.
struct OutlineReader {
  /// The beginning of a clause.
  struct Entry: Sendable {
    /// The key of the clause.
    let address: ClauseAddress
    /// The normalised offset of its first byte.
    let start: Int
    /// The mark that numbers it; nil for 首部, 正文, 尾部 and the later paragraphs of an article.
    let mark: HeadingMark?
    /// The end of its first line.
    let lineEnd: Int
  }

  private let text: NormalizedText
  private let issuer: [UInt8]
  private var entries: [Entry] = []
  private var levels: [(level: HeadingMark.Level, component: ClauseAddress.Component)] = []
  private var chapter: Int?
  private var article: Int?
  private var lastArticle = 0
  private var paragraph = 1
  private var tailStart: Int?

  /// Makes a reader; the issuer's name, if known, tells where the signature begins.
  init(_ text: NormalizedText, issuer: String?) {
    self.text = text
    self.issuer = strippingWhiteSpace(Array((issuer ?? "").utf8))
  }

  /// The clauses in document order; together they are the whole text.
  mutating func read() -> [Entry] {
    let lines = (0..<text.lineCount).filter { !text.range(ofLineAt: $0).isEmpty }
    var last: Range<Int>?
    var lastWasHeading = false
    var lastWasTitle = false
    for line in lines {
      let range = text.range(ofLineAt: line)
      let closed = last.map { endsClosed($0) } ?? true
      if let mark = heading(range, closed: closed || lastWasTitle) {
        add(mark, range)
        tailStart = nil
        lastWasHeading = true
        lastWasTitle = isTitle(range)
      } else {
        if tailStart == nil, !entries.isEmpty {
          tailStart = tail(at: range, after: lastWasHeading ? nil : last, closed: closed)
        }
        if tailStart == nil, let article, let last, lastWasHeading ? endsWithStop(last) : endsSentence(last) {
          paragraph += 1
          levels = []
          append(ClauseAddress([.article(article), .paragraph(paragraph)]), range)
        }
        (lastWasHeading, lastWasTitle) = (false, false)
      }
      last = range
    }
    if entries.isEmpty { readBody(lines.map { text.range(ofLineAt: $0) }) }
    if let first = entries.first, first.start > 0, first.address != .head {
      let head = Entry(address: .head, start: 0, mark: nil, lineEnd: first.start)
      entries.insert(head, at: 0)
    }
    if let tailStart {
      // A signature above its date was first taken for a paragraph.
      entries.removeAll { $0.start >= tailStart }
      entries.append(Entry(address: .tail, start: tailStart, mark: nil, lineEnd: text.bytes.count))
    }
    return entries
  }

  /// Cuts a document without headings: the head ends with the addressees' line, or before the first whole sentence.
  private mutating func readBody(_ lines: [Range<Int>]) {
    let addressees = lines.prefix(12).firstIndex { lastScalar($0) == 0xFF1A || lastScalar($0) == 0x3A }
    let sentence = lines.firstIndex { endsSentence($0) }
    guard let first = addressees.map({ $0 + 1 }) ?? sentence, first < lines.count else {
      if !lines.isEmpty { append(.body, lines[0]) }
      return
    }
    if first > 0 { append(.head, lines[0]) }
    append(.body, lines[first])
    for index in (first + 1)..<max(lines.count, first + 1) where tailStart == nil {
      let last = lines[index - 1]
      tailStart = tail(at: lines[index], after: index - 1 > first ? last : nil, closed: endsClosed(last))
    }
  }

  private mutating func append(_ address: ClauseAddress, _ line: Range<Int>, mark: HeadingMark? = nil) {
    entries.append(Entry(address: address, start: line.lowerBound, mark: mark, lineEnd: line.upperBound))
  }

  // MARK: Headings

  /// The mark of a line that is a heading. A line that goes on with a sentence of the page before is none.
  private func heading(_ range: Range<Int>, closed: Bool) -> HeadingMark? {
    guard let mark = HeadingMark.scan(text, range) else { return nil }
    let startsSeries = mark.count == 1 && [.part, .article, .chapter].contains(mark.level)
    if tailStart != nil { return startsSeries ? mark : nil }
    guard closed || entries.isEmpty && startsSeries else { return nil }
    switch mark.level {
    case .article, .chapter, .section:
      // 第五条规定的 may begin a line of prose.
      let isNext = mark.level == .article ? mark.count == lastArticle + 1 : mark.count == 1
      return isNext || mark.end == range.upperBound || text.hasSpace(before: mark.end) ? mark : nil
    case .subnumber: return mark.count < 100 ? mark : nil
    case .part, .item, .number: return mark
    }
  }

  private mutating func add(_ mark: HeadingMark, _ line: Range<Int>) {
    var address: [ClauseAddress.Component]
    switch mark.level {
    case .chapter:
      (chapter, article, levels) = (mark.count, nil, [])
      address = [.chapter(mark.count)]
    case .section:
      (article, levels) = (nil, [])
      address = (chapter.map { [.chapter($0)] } ?? []) + [.section(mark.count)]
    case .article:
      (article, lastArticle, paragraph, levels) = (mark.count, mark.count, 1, [])
      address = [.article(mark.count)]
    case .part, .item, .number, .subnumber:
      if mark.level == .part { article = nil }
      levels.removeAll { $0.level.rawValue >= mark.level.rawValue }
      levels.append((mark.level, component(mark)))
      address = levels.map(\.component)
      if let article {
        address = [.article(article)] + (paragraph > 1 ? [.paragraph(paragraph)] : []) + address
      }
    }
    append(ClauseAddress(address), line, mark: mark)
  }

  private func component(_ mark: HeadingMark) -> ClauseAddress.Component {
    if article != nil {
      // An article's items are 项 and 目, whatever marks number them.
      return levels.isEmpty
        ? .articleItem(mark.count) : levels.count == 1 ? .subitem(mark.count) : .subnumber(mark.count)
    }
    switch mark.level {
    case .item: return .item(mark.count)
    case .number: return .number(mark.count)
    case .subnumber: return .subnumber(mark.count)
    default: return .part(mark.count)
    }
  }

  // MARK: The end of the document

  /// The offset at which the tail begins if this line shows that it has begun.
  private func tail(at line: Range<Int>, after last: Range<Int>?, closed: Bool) -> Int? {
    let bytes = text.bytes[line]
    if !issuer.isEmpty, bytes.elementsEqual(issuer) { return line.lowerBound }
    if closed {
      for word in ["附件：", "附件:", "抄送：", "抄送:", "主办：", "主办:", "（此件", "(此件"] where bytes.starts(with: word.utf8) {
        return line.lowerBound
      }
      if bytes.starts(with: "附件".utf8), bytes.count <= 8 { return line.lowerBound }
    }
    guard isDate(bytes) else { return nil }
    // A short line above the date is a signature.
    if let last, last.count <= 120, !endsClosed(last) { return last.lowerBound }
    return line.lowerBound
  }

  private func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count <= 40, bytes.starts(with: [0x32]) || bytes.starts(with: "二".utf8) else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    let date = text.hasSuffix("印发") ? text.dropLast(2) : text[...]
    return date.hasSuffix("日") && date.allSatisfy { "0123456789年月日一二三四五六七八九十〇○零".contains($0) }
      && date.contains("年") && date.contains("月")
  }

  private func lastScalar(_ range: Range<Int>) -> UInt32 {
    var start = range.upperBound - 1
    while start > range.lowerBound, text.bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return decodedScalar(in: text.bytes, at: start).value
  }

  /// Whether a heading's line is nothing but a title.
  private func isTitle(_ range: Range<Int>) -> Bool {
    range.count <= 120 && !text.text(of: range).contains { "。！？，；".contains($0) }
  }

  private func endsWithStop(_ range: Range<Int>) -> Bool { SentenceCutter.isEnd(lastScalar(range)) }

  private func endsSentence(_ range: Range<Int>) -> Bool {
    endsWithStop(range) || SentenceCutter.isCloser(lastScalar(range))
  }

  private func endsClosed(_ range: Range<Int>) -> Bool {
    endsSentence(range) || [0xFF1B, 0x3B, 0xFF1A, 0x3A].contains(lastScalar(range))
      || startsWithUnits(text.text(of: range.lowerBound..<min(range.upperBound, range.lowerBound + 36)))
  }
}
