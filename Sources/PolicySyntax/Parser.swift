import PolicyDiagnostics
import PolicyText

/// How the content of a line is read.
enum ContentForm {
  case expression, items(WordContext), shares, table, raw
}

/// The state of reading one file.
struct Parser {
  let bytes: [UInt8]
  let file: FileID
  let vocabulary: Vocabulary
  let labelReader: LabelReader
  var splitter: Splitter
  var builder = TreeBuilder()
  var remarks: [Diagnostic] = []
  var alternatives: [UInt32: [[SyntaxNode]]] = [:]
  /// Everything before this offset stands in the tree.
  var emitted = 0
  /// Whether a bracket or quote of the line being read was never closed.
  var lineIsUnclosed = false
  /// How many rows of the present block were read.
  private var rowCount = 0

  /// - Parameter nodes: How many nodes there may be; by default as many as a file of this length has.
  init(bytes: [UInt8], file: FileID, vocabulary: Vocabulary, nodes: Int? = nil) {
    self.bytes = bytes
    self.file = file
    self.vocabulary = vocabulary
    labelReader = LabelReader(bytes: bytes, vocabulary: vocabulary)
    splitter = Splitter(bytes, vocabulary)
    builder.reserve(nodes ?? bytes.count / 4)
  }

  consuming func finish() -> (tree: SyntaxTree, remarks: [Diagnostic]) {
    var tree = SyntaxTree(file: file)
    tree.nodes = builder.nodes
    tree.alternatives = alternatives
    return (tree, remarks)
  }

  mutating func parseFile() {
    builder.open(.file, at: 0)
    var scanner = LineScanner(bytes: bytes)
    var block: Keyword?
    var isInUnknownBlock = false
    while let line = scanner.next() {
      lineIsUnclosed = line.unclosed != nil
      if let unclosed = line.unclosed { remark(unclosed: unclosed, line) }
      if let head = Head.read(bytes, line, in: block) {
        if block != nil { builder.close() }
        trivia(to: line.range.start)
        block = head.keyword
        isInUnknownBlock = false
        rowCount = 0
        builder.open(.block, detail: UInt32(head.keyword.rawValue), at: line.range.start)
        parseHead(head, line)
      } else {
        trivia(to: line.range.start)
        if line.atMargin, let near = nearestBlock(line, in: block) {
          isInUnknownBlock = true
          report(unknownBlock: line, near)
          skip(line)
        } else if isInUnknownBlock {
          skip(line)
        } else {
          parseLine(line, in: block)
        }
      }
    }
    if block != nil { builder.close() }
    finishFile()
  }

  mutating func parseImports() {
    builder.open(.file, at: 0)
    var scanner = LineScanner(bytes: bytes)
    var block: Keyword?
    while let line = scanner.next() {
      guard let head = Head.read(bytes, line, in: block) else { continue }
      block = head.keyword
      guard head.keyword == .importing else { continue }
      emitted = line.range.start
      builder.open(.block, detail: UInt32(head.keyword.rawValue), at: line.range.start)
      parseHead(head, line)
      builder.close()
    }
    builder.close()
  }

  mutating func finishFile() {
    trivia(to: bytes.count)
    builder.close()
  }

  // MARK: Tokens

  /// Emits white space, line ends and comments up to an offset; anything else there is unexpected text.
  mutating func trivia(to end: Int) {
    while emitted < end {
      let start = emitted
      let (raw, length) = decodedScalar(in: bytes, at: start)
      if raw == 0x0A {
        emitted += 1
        builder.token(.newline, start, emitted)
        continue
      }
      if CharacterClass.isSpace(raw) {
        emitted += length
        while emitted < end {
          let (next, width) = decodedScalar(in: bytes, at: emitted)
          guard CharacterClass.isSpace(next) else { break }
          emitted += width
        }
        emitted = min(emitted, end)
        builder.token(.whitespace, start, emitted)
        continue
      }
      if foldingWidth(raw) == 0x23 {
        while emitted < end, bytes[emitted] != 0x0A { emitted += 1 }
        builder.token(.comment, start, emitted)
        continue
      }
      emitted = end
      builder.token(.unreadable, start, end)
    }
  }

  mutating func token(_ kind: SyntaxKind, detail: UInt32 = 0, _ range: ByteRange) {
    guard range.end > range.start, range.start >= emitted else { return }
    trivia(to: range.start)
    builder.token(kind, detail: detail, range.start, range.end)
    emitted = range.end
  }

  mutating func token(_ word: Word) {
    token(word.kind, detail: word.detail, ByteRange(start: word.start, end: word.end))
  }

  // MARK: Lines

  /// Keeps a line of which nothing is made.
  private mutating func skip(_ line: LogicalLine) {
    builder.open(.unexpected, at: line.range.start)
    token(.text, line.range)
    builder.close()
  }

  /// The block words that the first word of a line at the margin was probably meant to be.
  private func nearestBlock(_ line: LogicalLine, in block: Keyword?) -> [String]? {
    guard let colon = line.colon else { return nil }
    let head = bytes.string(ByteRange(start: line.range.start, end: colon.offset))
    guard let word = head.split(whereSeparator: \.isWhitespace).first, word.count < head.count else { return nil }
    let near = nearest(String(word), in: Keyword.blockRows.flatMap { $0.zh + [$0.en] })
    guard !near.isEmpty else { return nil }
    if let block {
      let label = labelReader.read(bytes.trimmed(ByteRange(start: line.range.start, end: colon.offset)), in: block)
      if label.words.allSatisfy({ $0.kind != .unreadable }) { return nil }
    }
    return near
  }

  private mutating func report(unknownBlock line: LogicalLine, _ near: [String]) {
    let end = line.colon?.offset ?? line.range.end
    let head = bytes.string(ByteRange(start: line.range.start, end: end))
    let word = head.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? head
    let list = near.map { "“\($0)”" }.joined(separator: "、")
    remark(
      .unknownKeyword, ByteRange(start: line.range.start, end: line.range.start + word.utf8.count),
      Bilingual(
        zh: "没有叫“\(word)”的块，到下一个块为止都没有读", en: "no block is called “\(word)”; nothing is read up to the next block"),
      help: Bilingual(zh: "是不是\(list)？", en: "did you mean \(list)?"))
  }

  private mutating func parseLine(_ line: LogicalLine, in block: Keyword?) {
    guard let block else {
      remark(
        .unexpectedText, line.range,
        Bilingual(zh: "这一行不在任何块里", en: "this line stands outside every block"),
        help: Bilingual(
          zh: "块以“文件”“条款”“措施”等关键词开头", en: "a block begins with a keyword such as document, clause or measure"))
      builder.open(.unexpected, at: line.range.start)
      token(.text, line.range)
      builder.close()
      return
    }
    if foldingWidth(decodedScalar(in: bytes, at: line.range.start).value) == 0x7C {
      parseRow(line.range, in: block)
      return
    }
    guard let colon = line.colon else {
      remark(
        .missingText, ByteRange(start: line.range.end, end: line.range.end),
        Bilingual(zh: "这一行应写作“标签：内容”，缺少冒号", en: "expected “label: content”, but there is no colon"),
        help: nearestLabelHelp(bytes.string(line.range), in: block))
      builder.open(.unexpected, at: line.range.start)
      token(.text, line.range)
      builder.close()
      return
    }
    let labelRange = bytes.trimmed(ByteRange(start: line.range.start, end: colon.offset))
    let content = ByteRange(start: colon.offset + colon.length, end: line.range.end)
    let label = labelReader.read(labelRange, in: block)
    builder.open(.line, detail: label.detail, at: line.range.start)
    builder.open(.label, at: labelRange.start)
    for word in label.words { token(word) }
    builder.close()
    token(.punctuation, detail: 0x3A, ByteRange(start: colon.offset, end: colon.offset + colon.length))
    if label.words.contains(where: { $0.kind == .unreadable }) {
      remark(
        .unknownKeyword, labelRange,
        Bilingual(
          zh: "“\(bytes.string(labelRange))”不是“\(block.entry.zh[0])”块里的标签",
          en: "“\(bytes.string(labelRange))” is not a label of a \(block.entry.en) block"),
        help: nearestLabelHelp(bytes.string(labelRange), in: block))
      builder.open(.unexpected, at: content.start)
      token(.text, bytes.trimmed(content))
      builder.close()
    } else {
      parseContent(content, form(of: label, in: block))
    }
    builder.close()
  }

  private mutating func parseRow(_ range: ByteRange, in block: Keyword) {
    builder.open(.row, at: range.start)
    let headed = headedCells(range, in: block)
    rowCount += 1
    var start: Int?
    var index = range.start
    while index <= range.end {
      let atEnd = index == range.end
      let (raw, length) = atEnd ? (0x7C, 0) : decodedScalar(in: bytes, at: index)
      if foldingWidth(raw) == 0x7C {
        if let begun = start {
          let cell = bytes.trimmed(ByteRange(start: begun, end: index))
          if !(atEnd && cell.isEmpty) {
            builder.open(.cell, at: cell.start)
            let isLast = bytes.trimmed(ByteRange(start: index + length, end: range.end)).isEmpty
            parseContent(cell, headed == .all || headed == .last && isLast ? .raw : .table)
            builder.close()
          }
        }
        if !atEnd { token(.punctuation, detail: 0x7C, ByteRange(start: index, end: index + length)) }
        start = index + length
      }
      if atEnd { break }
      index += length
    }
    builder.close()
  }

  private enum HeadedCells { case none, last, all }

  /// Which cells of a row are heads in free words: the result's column of a 标准表, and both of a 档次表 without numbers.
  private func headedCells(_ range: ByteRange, in block: Keyword) -> HeadedCells {
    guard rowCount == 0 else { return .none }
    if block == .decisionTable { return .last }
    guard block == .tiers else { return .none }
    var index = range.start
    while index < range.end {
      let (raw, length) = decodedScalar(in: bytes, at: index)
      if CharacterClass.beginsNumeral(foldingWidth(raw)) { return .none }
      index += length
    }
    return .all
  }

  private func form(of label: Label, in block: Keyword) -> ContentForm {
    switch label.keyword {
    case .condition, .exception, .timeLimit, .precondition, .amount, .body, .reading, .value, .floor, .ceiling,
      .received, .cap, .window, .transition:
      if block == .policyCase { return .items(.addressItems) }
      return .expression
    case .title, .note, .trigger, .basis, .number, .materials, .steps, .textState, .quote, .actor:
      return .items(.addressItems)
    case .payers: return .shares
    case .generalDuty, .analogy, .accordance, .deference, .expect, .responsible, .date: return .items(.addressItems)
    case .from: return .expression
    case nil where label.isForce: return .raw
    default: return .items(.items)
    }
  }

  // MARK: Content

  /// Reads a content; where it can be cut into words in several ways that all parse, the others are kept beside it.
  mutating func parseContent(_ range: ByteRange, _ form: ContentForm) {
    let range = ByteRange(start: range.start, end: max(range.start, range.end))
    let trimmed = bytes.trimmed(range)
    builder.open(.content, at: trimmed.isEmpty ? range.start : trimmed.start)
    defer { builder.close() }
    guard !trimmed.isEmpty else { return }
    let context: WordContext
    switch form {
    case .raw:
      token(.text, trimmed)
      return
    case .expression, .table: context = .expression
    case .items(let items): context = items
    case .shares: context = .items
    }
    splitter.cut(from: trimmed.start, to: trimmed.end, context)
    guard splitter.ambiguous.isEmpty else {
      readBest(of: choices(), form, trimmed)
      return
    }
    let words = splitter.words
    if let problem = read(words, form, trimmed) { report(problem, words) }
  }

  /// Keeps the first cut that parses in the tree and every other that parses beside it.
  private mutating func readBest(of choices: [[Word]], _ form: ContentForm, _ range: ByteRange) {
    let start = (nodes: builder.checkpoint, emitted: emitted)
    var first: [Word]?
    var others: [[SyntaxNode]] = []
    for words in choices {
      let problem = read(words, form, range)
      if problem == nil {
        if first == nil {
          first = words
        } else {
          others.append(builder.nodes(from: start.nodes))
        }
      }
      builder.removeNodes(from: start.nodes)
      emitted = start.emitted
    }
    let problem = read(first ?? choices[0], form, range)
    if let problem, first == nil { report(problem, choices[0]) }
    if !others.isEmpty { alternatives[UInt32(start.nodes - 1)] = others }
  }

  /// All choices of one cut a run, the first cuts first; at most 64.
  private func choices() -> [[Word]] {
    let words = splitter.words
    var result: [[Word]] = [[]]
    var done = 0
    for (place, cuts) in splitter.ambiguous {
      var next: [[Word]] = []
      for prefix in result {
        for cut in cuts where next.count < 64 { next.append(prefix + words[done..<place.lowerBound] + cut) }
      }
      result = next
      done = place.upperBound
    }
    return result.map { $0 + words[done...] }
  }

  private mutating func read(_ words: [Word], _ form: ContentForm, _ range: ByteRange) -> SyntaxProblem? {
    var reader = WordReader(words: words, end: range.end)
    switch form {
    case .items: readItems(&reader)
    case .shares: readItems(&reader, withShares: true)
    case .table: readCell(&reader)
    case .expression: readWholeExpression(&reader)
    case .raw: break
    }
    if reader.problem == nil, let word = reader.current { reader.fail(.unexpected(word)) }
    if reader.current != nil {
      builder.open(.unexpected, at: reader.current!.start)
      while let word = reader.take() { token(word) }
      builder.close()
    }
    return reader.problem
  }
}
