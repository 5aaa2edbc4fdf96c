import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  func documentNamed(_ name: Int, in file: SyntaxFile) -> DocumentID? {
    let detail = file.tree[name].detail
    guard detail != .max else { return nil }
    for case .document(let id) in symbols.meanings(of: Int(detail)) { return id }
    return nil
  }

  func declareDocument(_ view: BlockView) -> DocumentID? {
    let id = DocumentID(program.documents.count)
    guard view.name != nil else { return nil }
    let known = program.documents
    declare(.document(id), view) { symbol in
      if case .document(let other) = symbol { return known[other].span }
      return nil
    }
    var document = Document(key: displayName(view), span: view.span)
    document.title = text(of: view.line(.title))
    document.issuer = text(of: view.line(.issuer))
    document.adopted = view.line(.adopted).flatMap { day(of: $0) }
    document.period = period(of: view)
    if let quote = view.line(.quote) {
      let path = quote.firstItem?.quoted(0) ?? ""
      if let loaded = input.texts[.init(ruleFile: view.file.id, path: path)] {
        document.textFile = loaded.file
        texts[id] = loaded
      } else {
        lostTexts.insert(id)
        let isAbsolute = path.hasPrefix("/")
        remark(
          .textNotFound, quote.span,
          isAbsolute ? "原文“\(path)”是绝对路径，换一台机器就找不到" : "找不到原文“\(path)”",
          isAbsolute
            ? "“\(path)” is an absolute path, which another machine won't have"
            : "the official text “\(path)” is not there",
          help: [
            Bilingual(
              zh: "路径相对于本规则文件；没有文本的写“文本：未取得”",
              en: "paths are relative to this rule file; write “text: not-on-file” where there is none")
          ])
      }
    } else if let state = view.line(.textState) {
      if state.items.first?.keyword(0) != .notOnFile {
        remark(.missingText, state.span, "“文本”后面只能写“未取得”", "“text” takes “not-on-file” only")
      }
    } else {
      remark(
        .missingLine, view.span, "文件“\(document.key)”没有写原文，也没有写“文本：未取得”",
        "document “\(document.key)” has neither a text nor “text: not-on-file”")
    }
    checkDates(view, texts[id]?.text)
    program.documents.append(document)
    readBounds(view, id)
    for line in [Keyword.inForce, .validity, .bounds, .adopted].compactMap({ view.line($0) }) {
      quoteLife(line, id)
    }
    return id
  }

  /// `施行日期：2024年1月1日，原文“自2024年1月1日起施行”` — the words that a line of a document's own rests on.
  private func quoteLife(_ line: LineView, _ id: DocumentID) {
    for item in line.items where item.keyword(0) == .quote {
      guard let quote = item.quoted(1) else { continue }
      _ = resolveQuote(quote, item.span(1), document: id, clause: nil)
    }
  }

  /// The days that a document block states must stand in the document.
  private func checkDates(_ view: BlockView, _ text: OfficialText?) {
    guard let text else { return }
    for line in [view.line(.adopted), view.line(.inForce), view.line(.validity)].compactMap({ $0 }) {
      guard let item = line.firstItem, item.kind(0) == .date,
        let day = (try? LiteralReader.date(item.text(0)))?.day
      else { continue }
      let spellings = [strip(item.text(0)), day.chineseDescription]
      // A term that the text gives as a length of time is worked out by hand.
      let isWorkedOut = line.keyword == .validity && line.items.contains { $0.keyword(0) == .quote }
      if !isWorkedOut, !spellings.contains(where: { !text.find($0).isEmpty }) {
        remark(
          .valueNotInQuote, item.span, "原文里没有“\(item.text(0))”", "the text does not hold “\(item.text(0))”",
          help: [
            Bilingual(zh: "原文没有规定的写“未规定”", en: "write “unstated” for what the text does not state")
          ])
      }
    }
  }

  /// `本数：以下 不含，不足 含` — bounds that this document reads in its own way.
  private func readBounds(_ view: BlockView, _ id: DocumentID) {
    for item in view.line(.bounds)?.items ?? [] {
      if item.keyword(0) == .quote { continue }
      guard let word = item.keyword(0), word.entry.role == .test,
        item.keyword(1) == .excludes || item.keyword(1) == .includes
      else {
        remark(
          .missingText, item.span, "应写一个表示界限的词和“含”或“不含”，如“以下 不含”",
          "expected a word of bounds and included or excluded, such as “or-less excluded”")
        continue
      }
      statedBounds[id, default: [:]][word] = item.keyword(1) == .includes
    }
  }

  func declareClause(_ view: BlockView, in document: DocumentID?) -> (ClauseID, DocumentID)? {
    var owner = document
    var address: ClauseAddress?
    var title: String?
    for child in view.file.significant(view.head) {
      switch view.file.tree[child].kind {
      case .name, .quotedName: owner = documentNamed(child, in: view.file) ?? owner
      case .address: address = ClauseAddress.parse(view.file.text(child))
      case .text: title = view.file.text(child)
      default: break
      }
    }
    guard let address else { return nil }
    guard let owner else {
      remark(
        .missingLine, view.span, "条款“\(address)”前面没有“文件”块，不知道属于哪份文件",
        "clause “\(address)” stands before any document block")
      return nil
    }
    let id = ClauseID(program.clauses.count)
    program.clauses.append(Clause(document: owner, address: address, title: title, departments: [], span: view.span))
    guard let text = texts[owner]?.text else { return (id, owner) }
    if let index = text.clauseIndex(address) {
      let clause = text.clauses[index]
      if let title, !title.isEmpty, strip(title) != strip(clause.title) {
        remark(
          .quoteNotFound, view.span, "条款“\(address)”在原文中的标题是“\(clause.title)”，不是“\(title)”",
          "the title of clause \(address) in the text is “\(clause.title)”, not “\(title)”")
      }
      // The first paragraph of an article is the article's own text, but not its number.
      if clause.address == address, clause.sentences.first?.number == 0 {
        noteCovered(owner, text.sentenceKey(clause: index, number: 0))
      }
    } else {
      uncertain[owner, default: []].insert(nil)
      let near = nearest(address.description, in: text.clauses.map(\.address.description))
      remark(
        .unknownClause, view.span, "原文没有条款“\(address)”", "the text has no clause “\(address)”",
        help: near.isEmpty
          ? []
          : [
            Bilingual(
              zh: "原文有：\(near.joined(separator: "、"))", en: "the text has \(near.joined(separator: ", "))")
          ])
    }
    return (id, owner)
  }

  func strip(_ text: String) -> String { strippingSpaces(text) }

  /// Reads general duties and every clause's departments, now that authorities are known.
  func completeClauses() {
    for block in blocks where block.view.keyword == .document {
      guard let name = block.view.name, let id = documentNamed(name, in: block.view.file) else { continue }
      readGeneralDuty(block.view, id)
    }
    for index in program.clauses.indices { completeClause(ClauseID(index)) }
  }

  private func readGeneralDuty(_ view: BlockView, _ id: DocumentID) {
    guard let line = view.line(.generalDuty) else { return }
    var from: ClauseAddress?
    var authorities: [AuthorityID] = []
    for item in line.items {
      if let number = item.name(0) {
        if let authority = authority(number, item.span(0)) { authorities.append(authority) }
      } else if item.keyword(0) == .from, item.kind(1) == .address {
        from = ClauseAddress.parse(item.text(1))
      } else if item.keyword(0) == .quote, let quote = item.quoted(1) {
        _ = resolveQuote(quote, item.span(1), document: id, clause: nil)
      }
    }
    guard let from else {
      remark(
        .missingLine, line.span, "普遍责任没有写从哪一条款起", "the general duty does not say from which clause it holds",
        help: [Bilingual(zh: "例如“自 二（二） 起”", en: "for example “from 二（二） onwards”")])
      return
    }
    for authority in authorities { generalDuties[id, default: []].append((authority, from)) }
  }

  private func completeClause(_ id: ClauseID) {
    let clause = program.clauses[id]
    let block = blocks[clauseBlocks[id.index]]
    currentClause = id
    defer { currentClause = nil }
    var departments: [Department] = []
    if let line = block.view.line(.responsible) {
      for (number, span, role) in authorityItems(line.items) {
        guard let authority = authority(number, span) else { continue }
        departments.append(Department(authority, role ?? .responsible))
        checkInUnitNote(authority, span, clause)
      }
      if let text = texts[clause.document]?.text, let index = text.clauseIndex(clause.address),
        text.clauses[index].unitNote != nil, let last = text.clauses[index].sentences.last
      {
        noteCovered(clause.document, text.sentenceKey(clause: index, number: last.number))
      }
    }
    for duty in generalDuties[clause.document] ?? [] {
      guard duty.from <= clause.address, !departments.contains(where: { $0.authority == duty.authority }) else {
        continue
      }
      departments.append(Department(duty.authority, .general))
    }
    program.clauses[index(id)].departments = departments
  }

  private func index<Entry>(_ id: ID<Entry>) -> Int { id.index }

  /// The clause's own note must hold each department, by its name or an alias.
  private func checkInUnitNote(_ id: AuthorityID, _ span: Span, _ clause: Clause) {
    guard let text = texts[clause.document]?.text, let found = text.clause(clause.address) else { return }
    let authority = program.authorities[id]
    let names = [authority.name] + authority.aliases
    guard !names.contains(where: { stands(strip($0), in: text.normalized.bytes, found.range) }) else { return }
    remark(
      .quoteNotFound, span, "条款“\(clause.address)”的原文里没有“\(authority.name)”",
      "the text of clause \(clause.address) does not name “\(authority.name)”")
  }

  /// The names of a list of authorities, with the roles in brackets behind them.
  func authorityItems(_ items: [ItemView]) -> [(number: Int, span: Span, role: Department.Role?)] {
    items.compactMap { item in
      item.name(0).map { ($0, item.span(0), writtenRole(item)) }
    }
  }

  /// The role that an item writes in brackets behind a name: `市财政局（牵头）`.
  func writtenRole(_ item: ItemView) -> Department.Role? {
    for word in item.words where item.file.tree[word].kind == .group {
      for inner in item.file.groupItems(word) {
        if inner.keyword(0) == .lead { return .lead }
        if inner.keyword(0) == .assist { return .assist }
      }
    }
    return nil
  }

  /// The authority that a name means.
  func authority(_ number: Int, _ span: Span) -> AuthorityID? {
    for case .authority(let id) in symbols.meanings(of: number) { return id }
    let near = nearest(nameText(number), in: program.authorities.map(\.name))
    remark(
      .wrongMeaning, span, "“\(nameText(number))”不是机关", "“\(nameText(number))” is not an authority",
      help: near.isEmpty ? [] : didYouMean(near))
    return nil
  }

  func didYouMean(_ names: [String]) -> [Bilingual] {
    guard !names.isEmpty else { return [] }
    let list = names.map { "“\($0)”" }.joined(separator: "、")
    return [Bilingual(zh: "是不是\(list)？", en: "did you mean \(list)?")]
  }

  // MARK: Lines of one value

  func text(of line: LineView?) -> String? {
    guard let item = line?.firstItem else { return nil }
    return item.quoted(0) ?? (item.words.isEmpty ? nil : item.file.text(item.node))
  }

  /// A day that a line names; 未规定 is nil.
  func day(of line: LineView) -> CivilDate? {
    guard let item = line.firstItem, !item.words.isEmpty else { return nil }
    if item.keyword(0) == .unstated { return nil }
    guard item.kind(0) == .date, let period = try? LiteralReader.date(item.text(0)), let day = period.day else {
      remark(
        .malformedDate, item.span, "此处应为某年某月某日，或者“未规定”", "expected a day, or “unstated”")
      return nil
    }
    literals.append(LiteralUse(value: .date(period), span: item.span(0), text: item.text(0)))
    return day
  }

  /// 施行 and 有效期 of a document, a rule or a filling.
  func period(of view: BlockView) -> Period {
    var period = Period()
    if let line = view.line(.inForce), let day = day(of: line) { period.start = .date(day) }
    if let line = view.line(.validity) {
      if let item = line.firstItem, item.kind(0) == .numeral {
        period.end = lastDay(item, from: period.start)
      } else if let day = day(of: line) {
        period.end = .date(day)
      }
    }
    return period
  }

  /// `有效期：3年` runs from the day of 施行, which counts, to the day before the same day three years later.
  private func lastDay(_ item: ItemView, from start: Period.Boundary) -> Period.Boundary {
    guard case .date(let first) = start else {
      remark(
        .missingLine, item.span, "有效期写作一段时间的，要先写施行日期", "a term of validity needs the day of entry into force")
      return .unstated
    }
    guard let length = try? LiteralReader.duration(strip(item.text(0))), let day = try? first.adding(length),
      let last = try? day.adding(days: -1)
    else {
      remark(.malformedDate, item.span, "此处应为日期或者一段时间，如“3年”", "expected a date or a length of time")
      return .unstated
    }
    return .date(last)
  }
}
