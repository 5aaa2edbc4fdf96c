import PolicyText

/// The names that a file declares.
package func declaredNames(in bytes: [UInt8]) -> [String] { FileHeads(of: bytes).names }

/// What a rule file declares, found from the heads of its declarations without reading any expression.
package struct FileHeads: Sendable {
  /// All names that it declares.
  package private(set) var names: [String] = []
  /// Those of measures.
  package private(set) var measures: [String] = []
  /// Those of rules of every kind and of documents; the others are of what facts are recorded by.
  package private(set) var rules: [String] = []
  /// Whether it declares what facts are recorded by.
  package private(set) var declaresFacts = false
  /// Whether it holds cases and nothing else.
  package private(set) var holdsOnlyCases = true
  /// Where it may say something of rules that stand elsewhere: 组合, 补入, 口径, 优先于, and the heads of 条款.
  package private(set) var sayings: [Range<Int>] = []
  private let bytes: [UInt8]
  private var block: Keyword?

  package init(of bytes: [UInt8]) {
    self.bytes = bytes
    var scanner = LineScanner(bytes: bytes)
    while let line = scanner.next() {
      if let head = Head.read(bytes, line, in: block) {
        block = head.keyword
        if head.keyword != .policyCase { holdsOnlyCases = false }
        add(head)
        noteSaying(head, line)
      } else {
        // A line at the margin that opens no block may be meant to open one.
        if line.atMargin { holdsOnlyCases = false }
        addLine(line)
        noteSaying(line)
      }
    }
    if block == nil { holdsOnlyCases = false }
  }

  private mutating func noteSaying(_ head: Head, _ line: LogicalLine) {
    switch head.keyword {
    case .clause, .group, .filling, .ruling, .unruled: sayings.append(line.range.start..<line.range.end)
    default: break
    }
  }

  private mutating func noteSaying(_ line: LogicalLine) {
    switch block {
    case .group, .filling, .ruling: break
    case .measure:
      guard let colon = line.colon,
        case let label = bytes.nameKey(ByteRange(start: line.range.start, end: colon.offset)),
        Keyword.prevailing.entry.zh.contains(label) || Keyword.prevailing.entry.en == label
      else { return }
    default: return
    }
    sayings.append(line.range.start..<line.range.end)
  }

  private mutating func add(_ head: Head) {
    switch head.keyword {
    // Nothing refers to a case or a record, so its name must not win over the words of an expression.
    case .clause, .unruled, .ruling, .importing, .filling, .policyCase, .record: break
    case .calendar: declaresFacts = true
    case .kind:
      declaresFacts = true
      addName(head.name)
    case .option:
      declaresFacts = true
      addName(head.name)
      if let items = head.items { addList(items) }
    case .authority: addName(head.name)
    default:
      guard let name = addName(head.name) else { return }
      rules.append(name)
      if head.keyword == .measure { measures.append(name) }
    }
  }

  private mutating func addLine(_ line: LogicalLine) {
    guard let colon = line.colon else { return }
    let label = bytes.trimmed(ByteRange(start: line.range.start, end: colon.offset))
    let content = ByteRange(start: colon.offset + colon.length, end: line.range.end)
    switch block {
    case .kind:
      addList(label)
    case .option:
      if isLabel(label, .values) || isLabel(label, .unranked) {
        addList(content)
      } else {
        addQuoted(content)
      }
    case .authority where isLabel(label, .alias):
      addQuoted(content)
    case .definition:
      let reading = Keyword.reading.entry
      for word in reading.zh + [reading.en] where starts(label, with: word) {
        addName(bytes.trimmed(ByteRange(start: label.start + word.utf8.count, end: label.end)))
        return
      }
    default: break
    }
  }

  private func starts(_ range: ByteRange, with word: String) -> Bool {
    range.end - range.start > word.utf8.count && bytes[range.start...].starts(with: word.utf8)
  }

  private func isLabel(_ range: ByteRange, _ keyword: Keyword) -> Bool {
    let text = bytes.string(range)
    return keyword.entry.zh.contains(text) || keyword.entry.en == text
  }

  @discardableResult
  private mutating func addName(_ range: ByteRange) -> String? {
    let key = bytes.nameKey(bytes.unquoted(range))
    guard !key.isEmpty else { return nil }
    names.append(key)
    return key
  }

  /// Names between 、 or ，, without what stands in brackets behind them.
  private mutating func addList(_ range: ByteRange) {
    for item in bytes.listItems(range) {
      var item = item
      if let bracket = bytes.lastBracket(item) { item.end = bracket.start }
      addName(bytes.trimmed(item))
    }
  }

  private mutating func addQuoted(_ range: ByteRange) {
    var index = range.start
    var start: Int?
    while index < range.end {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      switch scalar {
      case 0x201C: start = index + length
      case 0x22:
        if let begun = start { addName(ByteRange(start: begun, end: index)); start = nil } else { start = index + 1 }
      case 0x201D:
        if let begun = start { addName(ByteRange(start: begun, end: index)) }
        start = nil
      default: break
      }
      index += length
    }
  }
}
