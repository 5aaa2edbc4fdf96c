import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

/// A number, date or list item that a rule uses.
struct LiteralUse {
  enum Value: Hashable, Sendable {
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
    if let origin = carriedOrigin(index) { return origin }
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
    noteUnfinished()
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
    guard !isBlank(words) else {
      remark(.missingText, span, "引文是空的", "the quote is empty")
      return nil
    }
    // A clause that the text lacks was remarked; its quotes are looked for everywhere.
    let range = searchRange(document, text, clause)
    guard let match = text.first(words, in: range ?? text.wholeRange, mayCross: range != nil) else {
      reportMissing(words, span, text, document, range == nil ? nil : clause)
      return nil
    }
    cover(match.range, document, text)
    let address = match.sentences.count == 1 ? match.clause.sentence(match.sentences.lowerBound) : match.clause
    return Quote(text: joined(words), document: document, address: address, line: match.line, span: span)
  }

  /// Where the quotes of a clause or sentence stand; nil for none, and for a clause that the text lacks.
  private func searchRange(_ document: DocumentID, _ text: OfficialText, _ clause: ClauseAddress?) -> Range<Int>? {
    if let searched, searched.document == document, searched.clause == clause { return searched.range }
    guard let clause, text.clauseIndex(clause) != nil else { return nil }
    let range = text.searchRange(clause) ?? 0..<0
    searched = (document, clause, range)
    return range
  }

  /// Notes that a rule rests on the sentences that a stretch of the text touches.
  private func cover(_ range: Range<Int>, _ document: DocumentID, _ text: OfficialText) {
    text.eachTouched(by: range) { clause, sentences in
      guard let first = text.clauses[clause].sentences.first?.number else { return }
      for sentence in sentences {
        noteCovered(document, text.sentenceKey(clause: clause, number: first + sentence))
      }
    }
  }

  /// A quote without the line breaks that the rule file's layout put in.
  private func joined(_ words: String) -> String {
    guard mayHaveSpace(words), words.contains(where: \.isNewline) else { return words }
    return words.split(whereSeparator: \.isNewline).map { line in
      String(line.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }.joined()
  }

  private func reportMissing(
    _ words: String, _ span: Span, _ text: OfficialText, _ document: DocumentID, _ clause: ClauseAddress?
  ) {
    let place = clause.map { "条款“\($0)”" } ?? "原文"
    let placeEN = clause.map { "clause \($0)" } ?? "the text"
    if let elsewhere = text.first(words, in: text.wholeRange, mayCross: false) {
      cover(elsewhere.range, document, text)
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
    readings.removeAll(keepingCapacity: true)
    for quote in origin.quotes { readings.append(reading(of: quote)) }
    for used in usedOrigins { for quote in used.quotes { readings.append(reading(of: quote)) } }
    let isUnquoted = unquoted.contains(origin.span) || usedOrigins.contains { unquoted.contains($0.span) }
    // What has the wrong type was remarked already.
    let remarked = remarks.dropFirst(remarksBeforeRule).map(\.primary.span)
    for literal in literals where !isUnquoted && !isBacked(literal.value) {
      if remarked.contains(where: { $0.joined(literal.span) == $0 && $0.file == literal.span.file }) { continue }
      remark(
        .valueNotInQuote, literal.span, "“\(literal.text)”不在规则所引的原文里", "no quote of the rule holds “\(literal.text)”",
        related: origin.quotes.prefix(3).map {
          .init(span: $0.span, message: Bilingual(zh: "规则引用的原文", en: "what the rule quotes"))
        },
        help: [
          Bilingual(
            zh: "原文没有的数字、日期和列举项不能进入规则；补上含有它的引文，或者改成原文的写法",
            en:
              "a value that the text doesn't hold can't enter a rule; quote the passage that holds it, or use the text's value"
          )
        ])
    }
    for literal in literals { noteUsed(literal.value) }
  }

  /// Whether the rule's quotes hold a value.
  private func isBacked(_ value: LiteralUse.Value) -> Bool {
    switch value {
    case .words(let names): return names.contains { isQuoted(strip($0)) }
    // A table can write the refusal of a grant only as 0.
    case .quantity(.zero, _): return ["不予", "不再", "不享受", "不补", "不给", "不奖", "零"].contains { isQuoted($0) }
    default:
      var isThere = false
      for reading in readings {
        quotes[reading.file].eachMeant(by: value, in: reading) { number in
          noteUsed(QuoteNumber(file: Int32(reading.file), number: Int32(number)))
          isThere = true
        }
      }
      return isThere
    }
  }

  /// Whether a word without white space stands in the rule's quotes.
  private func isQuoted(_ word: String) -> Bool { readings.contains { quotes[$0.file].holds(word, in: $0) } }

  // MARK: Unused numbers

  /// The values that rules of a document use, and those that stand in none; what one document uses says nothing of the numbers of
  /// another.
  private func usedValues(in document: DocumentID) -> UsedValues {
    var values = UsedValues()
    for journal in journals {
      for used in journal.usedValues where used.document == nil || used.document == document { values.add(used.value) }
    }
    return values
  }

  /// Warns of each number in a quote that no rule uses.
  func checkUnusedNumbers() {
    if hasBrokenRules { return }
    for journal in journals {
      for number in journal.usedNumbers { quotes[Int(number.file)].mark(Int(number.number)) }
    }
    var reported: [DocumentID: Set<LiteralUse.Value>] = [:]
    // Nearly every number is used by the rule that quotes it; the others may be used by another rule of the document.
    var used: [DocumentID: UsedValues] = [:]
    func isUsed(_ value: LiteralUse.Value, in document: DocumentID) -> Bool {
      let values = used[document] ?? usedValues(in: document)
      used[document] = values
      return values.holds(value)
    }
    func check(_ origin: Origin) {
      for quote in origin.quotes {
        let reading = reading(of: quote)
        for number in quotes[reading.file].unusedNumbers(in: reading)
        where !isUsed(number.value, in: quote.document)
          && reported[quote.document, default: []].insert(number.value).inserted
        {
          remark(
            .numberNotUsed, quote.span, "引文里的“\(number.text)”没有规则用到", "no rule uses “\(number.text)” of the quote")
        }
      }
    }
    for index in program.measures.indices { check(program.measures[index].origin) }
    for index in program.definitions.indices { check(program.definitions[index].origin) }
    for index in program.holes.indices { check(program.holes[index].origin) }
    for index in program.tables.indices { check(program.tables[index].origin) }
    for index in program.tierSchedules.indices { check(program.tierSchedules[index].origin) }
  }
}
