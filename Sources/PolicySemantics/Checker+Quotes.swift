import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

/// A number, date or list item that a rule uses.
struct LiteralUse {
  enum Value: Hashable {
    case quantity(Rational, Dimension)
    case date(DatePeriod)
    case duration(Duration)
    /// A day of every year, as month × 100 + day.
    case monthDay(Int)
    /// Names under which a list item may stand in the text.
    case words([String])
  }

  var value: Value
  var span: Span
  var text: String
}

extension Checker {
  /// The origin of a block's declaration, its quotes checked against the text.
  func origin(of index: Int, required: Bool) -> Origin {
    let block = blocks[index]
    var origin = Origin(span: block.view.span, clause: block.clause)
    let lines = block.view.lines(.quote)
    for line in lines {
      var address: ClauseAddress?
      for item in line.items {
        for position in item.words.indices {
          if item.kind(position) == .address { address = ClauseAddress.parse(item.text(position)) }
          guard let words = item.quoted(position) else { continue }
          if let quote = quote(words, item.span(position), block, address) {
            origin.quotes.append(quote)
          } else {
            noteUnquoted(block)
          }
        }
      }
    }
    if lines.isEmpty { noteUnquoted(block) }
    if required, lines.isEmpty, !input.sessionFiles.contains(block.view.file.id) {
      remark(
        .missingQuote, block.view.span, "“\(displayName(block.view))”没有引用原文",
        "“\(displayName(block.view))” quotes nothing",
        help: [
          Bilingual(zh: "写一行“原文：“…””，引用条款里的原话", en: "add a line “quote: “…”” with the words of the clause")
        ])
    }
    let needsClause = block.document == nil || block.view.keyword == .measure
    if required, block.clause == nil, needsClause, !input.sessionFiles.contains(block.view.file.id) {
      remark(
        .missingClause, block.view.span, "“\(displayName(block.view))”不在任何条款里",
        "“\(displayName(block.view))” stands in no clause",
        help: [
          Bilingual(zh: "在它前面写“条款 三（三） …：”", en: "put a clause block before it")
        ])
    }
    return origin
  }

  /// A rule without its words: neither its numbers nor its sentence can be held against the text.
  private func noteUnquoted(_ block: DeclaredBlock) {
    unquoted.insert(block.view.span)
    if let document = block.document {
      uncertain[document, default: []].insert(block.clause.map { program.clauses[$0].address })
    }
  }

  private func quote(_ words: String, _ span: Span, _ block: DeclaredBlock, _ address: ClauseAddress?) -> Quote? {
    guard let document = block.document else { return nil }
    let clause = address ?? block.clause.map { program.clauses[$0].address }
    return resolveQuote(words, span, document: document, clause: clause)
  }

  /// Finds a quote in its clause and marks the sentences that it touches as covered.
  func resolveQuote(_ words: String, _ span: Span, document: DocumentID, clause: ClauseAddress?) -> Quote? {
    guard let text = texts[document]?.text else {
      if program.documents[document].textFile == nil, !lostTexts.contains(document) {
        remark(
          .textNotOnFile, span, "“\(program.documents[document].key)”的文本未取得，不能引用它的原话",
          "the text of “\(program.documents[document].key)” is not on file, so its words can't be quoted")
      }
      return nil
    }
    guard !strip(words).isEmpty else {
      remark(.missingText, span, "引文是空的", "the quote is empty")
      return nil
    }
    // A clause that the text lacks was remarked; its quotes are looked for everywhere.
    let clause = clause.flatMap { text.clause($0.clause) == nil ? nil : $0 }
    guard let match = text.find(words, in: clause).first else {
      reportMissing(words, span, text, document, clause)
      return nil
    }
    for address in match.touched { covered[document, default: []].insert(address) }
    let words = joined(words)
    let address = match.sentences.count == 1 ? match.clause.sentence(match.sentences.lowerBound) : match.clause
    return Quote(text: words, document: document, address: address, line: match.line, span: span)
  }

  /// A quote without the line breaks that the rule file's layout put in.
  private func joined(_ words: String) -> String {
    guard words.contains(where: \.isNewline) else { return words }
    return words.split(whereSeparator: \.isNewline).map { line in
      String(line.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }.joined()
  }

  private func reportMissing(
    _ words: String, _ span: Span, _ text: OfficialText, _ document: DocumentID, _ clause: ClauseAddress?
  ) {
    let place = clause.map { "条款“\($0)”" } ?? "原文"
    let placeEN = clause.map { "clause \($0)" } ?? "the text"
    if let elsewhere = text.find(words, in: nil).first {
      for address in elsewhere.touched { covered[document, default: []].insert(address) }
      remark(
        .quoteInOtherClause, span, "引文不在\(place)，而在条款“\(elsewhere.clause)”（原文第\(elsewhere.line)行）",
        "the quote stands not in \(placeEN) but in clause \(elsewhere.clause) (line \(elsewhere.line) of the text)")
      return
    }
    var help: [Bilingual] = []
    if let near = text.nearestPassage(to: Array(words.utf8), in: clause) {
      help = [
        Bilingual(
          zh: "原文第\(near.line)行写的是“\(near.text)”", en: "line \(near.line) of the text reads “\(near.text)”")
      ]
    }
    remark(
      .quoteNotFound, span, "\(place)里没有这句话", "\(placeEN) does not hold these words", help: help)
  }

  // MARK: Numbers

  func beginRule() {
    remarksBeforeRule = remarks.count
    literals.removeAll(keepingCapacity: true)
    usedOrigins.removeAll(keepingCapacity: true)
  }

  /// Holds every number, date and list item used since `beginRule` against the rule's quotes and those of what it names.
  func endRule(_ origin: Origin) {
    defer { beginRule() }
    if literals.isEmpty { return }
    if origin.clause == nil, origin.quotes.isEmpty { return }
    var numbers: [LiteralUse.Value] = []
    var words = ""
    for quote in origin.quotes + usedOrigins.flatMap(\.quotes) {
      let text = strip(quote.text)
      words += text + "\n"
      numbers += QuoteNumbers(text).all.map(\.value)
    }
    let isUnquoted = unquoted.contains(origin.span) || usedOrigins.contains { unquoted.contains($0.span) }
    // What has the wrong type was remarked already.
    let remarked = remarks.dropFirst(remarksBeforeRule).map(\.primary.span)
    for literal in literals where !isUnquoted && !holds(literal, numbers, words) {
      if remarked.contains(where: { $0.joined(literal.span) == $0 && $0.file == literal.span.file }) { continue }
      remark(
        .valueNotInQuote, literal.span, "“\(literal.text)”不在规则所引的原文里", "no quote of the rule holds “\(literal.text)”",
        related: origin.quotes.prefix(3).map {
          .init(span: $0.span, message: Bilingual(zh: "规则引用的原文", en: "what the rule quotes"))
        },
        help: [
          Bilingual(
            zh: "原文没有的数字、日期和列举项不能进入规则；补上含有它的引文，或者改成原文的写法",
            en: "a value that the text doesn't hold can't enter a rule; quote the passage that holds it, or use the text's value")
        ])
    }
    for literal in literals { usedValues.insert(literal.value) }
  }

  private func holds(_ literal: LiteralUse, _ numbers: [LiteralUse.Value], _ words: String) -> Bool {
    if case .words(let names) = literal.value { return names.contains { words.contains(strip($0)) } }
    if case .quantity(let value, _) = literal.value, value.isZero { return saysNothing(words) }
    return numbers.contains { same($0, literal.value) }
  }

  /// Whether the words refuse a grant, which a table can only write as 0.
  private func saysNothing(_ words: String) -> Bool {
    ["不予", "不再", "不享受", "不补", "不给", "不奖", "零"].contains { words.contains($0) }
  }

  private func same(_ quoted: LiteralUse.Value, _ used: LiteralUse.Value) -> Bool {
    switch (quoted, used) {
    case (.quantity(let one, let dimension), .quantity(let two, let other)):
      guard one == two else { return false }
      // The text may put the “per” elsewhere (每张补助8000元), or count by another word (两个以上 for 两项).
      let isMoney = dimension.money != 0 || other.money != 0
      return dimension == other || isMoney && dimension.money == other.money || !isMoney && dimension.area == other.area
    case (.date(let one), .date(let two)): return one.last == two.last && one.first == two.first || one.last == two.last && two.day != nil
    case (.duration(let one), .duration(let two)): return one == two
    case (.monthDay(let one), .monthDay(let two)): return one == two
    default: return false
    }
  }

  // MARK: Unused numbers

  /// Warns of each number in a quote that no rule uses.
  func checkUnusedNumbers() {
    if hasBrokenRules { return }
    var reported: Set<LiteralUse.Value> = []
    let quotes =
      program.measures.flatMap(\.origin.quotes) + program.definitions.flatMap(\.origin.quotes)
      + program.holes.flatMap(\.origin.quotes) + program.tables.flatMap(\.origin.quotes)
      + program.tierSchedules.flatMap(\.origin.quotes)
    for quote in quotes {
      for number in QuoteNumbers(strip(quote.text)).plain where !usedValues.contains(where: { same(number.value, $0) }) {
        guard reported.insert(number.value).inserted else { continue }
        remark(
          .numberNotUsed, quote.span, "引文里的“\(number.text)”没有规则用到", "no rule uses “\(number.text)” of the quote")
      }
    }
  }
}

/// The numbers of a quoted text, white space removed.
struct QuoteNumbers {
  struct Found {
    var value: LiteralUse.Value
    var text: String
  }

  /// Every numeral, Chinese ones too.
  private(set) var all: [Found] = []
  /// Those that a reader takes for a number: digits, or a numeral with a unit of money, area or rate; outside document
  /// numbers, 《》 and quoted labels.
  private(set) var plain: [Found] = []

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var index = 0
    var quoteDepth = 0
    while index < bytes.count {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      switch scalar {
      case 0x201C, 0x300A, 0x3014: quoteDepth += 1
      case 0x201D, 0x300B, 0x3015: quoteDepth = max(0, quoteDepth - 1)
      default: break
      }
      guard let (found, end) = read(bytes, index) else {
        index += length
        continue
      }
      let isDigit = (0x30...0x39).contains(foldingWidth(scalar))
      let text = String(decoding: bytes[index..<end], as: UTF8.self)
      for value in found { all.append(Found(value: value, text: text)) }
      // A document's number stands between 〕 and 号.
      let isDocumentNumber = bytes[..<index].suffix(3).elementsEqual("〕".utf8) && bytes[end...].starts(with: "号".utf8)
      if quoteDepth == 0, !isDocumentNumber, let value = found.first, isDigit || isUnmistakable(value) {
        plain.append(Found(value: value, text: text))
      }
      index = end
    }
  }

  private func isUnmistakable(_ value: LiteralUse.Value) -> Bool {
    if case .quantity(_, let dimension) = value { return dimension.money != 0 || dimension.area != 0 }
    return false
  }

  /// What begins at a place, in every way that it can be read.
  private func read(_ bytes: [UInt8], _ index: Int) -> ([LiteralUse.Value], Int)? {
    var values: [LiteralUse.Value] = []
    var end = index
    if let (value, stop) = LiteralReader.datePrefix(bytes, from: index, limit: bytes.count), case .success(let period) = value {
      return ([.date(period)], stop)
    }
    if let (day, stop) = MonthDay.read(bytes, from: index, limit: bytes.count) { return ([.monthDay(day.number)], stop) }
    if let (value, stop) = LiteralReader.durationPrefix(bytes, from: index, limit: bytes.count) {
      values.append(.duration(value))
      end = max(end, stop)
    }
    if let (value, stop) = LiteralReader.quantityPrefix(bytes, from: index, limit: bytes.count) {
      values.append(.quantity(value.value, value.dimension))
      end = max(end, stop)
    }
    return values.isEmpty ? nil : (values, end)
  }
}
