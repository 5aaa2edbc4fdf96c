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
      let path = quote.items.first?.quoted(0) ?? ""
      if let loaded = input.texts[.init(ruleFile: view.file.id, path: path)] {
        document.textFile = loaded.file
        texts[id] = loaded
      } else {
        remark(
          .textNotFound, quote.span, "找不到原文“\(path)”", "the official text “\(path)” is not there",
          help: [
            Bilingual(
              zh: "路径相对于本规则文件；没有文本的写“文本：未取得”",
              en: "paths are relative to this rule file; write “text: not-on-file” where there is none")
          ])
      }
    } else if view.line(.textState) == nil {
      remark(
        .missingLine, view.span, "文件“\(document.key)”没有写原文，也没有写“文本：未取得”",
        "document “\(document.key)” has neither a text nor “text: not-on-file”")
    }
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

  /// `本数：以下 不含` — a bound that this document reads without the number.
  private func readBounds(_ view: BlockView, _ id: DocumentID) {
    for item in view.line(.bounds)?.items ?? [] {
      if let word = item.keyword(0), item.keyword(1) == .excludes { exclusiveBounds[id, default: []].insert(word) }
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
    if let clause = text.clause(address) {
      if let title, !title.isEmpty, strip(title) != strip(clause.title) {
        remark(
          .quoteNotFound, view.span, "条款“\(address)”在原文中的标题是“\(clause.title)”，不是“\(title)”",
          "the title of clause \(address) in the text is “\(clause.title)”, not “\(title)”")
      }
      covered[owner, default: []].insert(address.sentence(0))
    } else {
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

  func strip(_ text: String) -> String { text.filter { !$0.isWhitespace } }

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
    guard let block = blocks.first(where: { $0.clause == id && $0.view.keyword == .clause }) else { return }
    currentClause = id
    defer { currentClause = nil }
    var departments: [Department] = []
    if let line = block.view.line(.responsible) {
      for (number, span, role) in authorityItems(line.items) {
        guard let authority = authority(number, span) else { continue }
        departments.append(Department(authority, role ?? .responsible))
        checkInUnitNote(authority, span, clause)
      }
      if let text = texts[clause.document]?.text.clause(clause.address), text.unitNote != nil,
        let last = text.sentences.last
      {
        covered[clause.document, default: []].insert(last.address)
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
    let words = text.text(of: found.range)
    let authority = program.authorities[id]
    guard !([authority.name] + authority.aliases).contains(where: { words.contains(strip($0)) }) else { return }
    remark(
      .quoteNotFound, span, "条款“\(clause.address)”的原文里没有“\(authority.name)”",
      "the text of clause \(clause.address) does not name “\(authority.name)”")
  }

  /// The names of a list of authorities, with the roles in brackets behind them.
  func authorityItems(_ items: [ItemView]) -> [(number: Int, span: Span, role: Department.Role?)] {
    items.compactMap { item in
      guard let number = item.name(0) else { return nil }
      var role: Department.Role?
      for word in item.words where item.file.tree[word].kind == .group {
        for inner in item.file.groupItems(word) {
          if inner.keyword(0) == .lead { role = .lead }
          if inner.keyword(0) == .assist { role = .assist }
        }
      }
      return (number, item.span(0), role)
    }
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
    guard let item = line?.items.first else { return nil }
    return item.quoted(0) ?? (item.words.isEmpty ? nil : item.file.text(item.node))
  }

  /// A day that a line names; 未规定 is nil.
  func day(of line: LineView) -> CivilDate? {
    guard let item = line.items.first, !item.words.isEmpty else { return nil }
    if item.keyword(0) == .unstated { return nil }
    guard item.kind(0) == .date, let period = try? LiteralReader.date(item.text(0)), let day = period.day else {
      remark(
        .malformedDate, item.span, "此处应为某年某月某日，或者“未规定”", "expected a day, or “unstated”")
      return nil
    }
    return day
  }

  /// 施行 and 有效期 of a document, a rule or a filling.
  func period(of view: BlockView) -> Period {
    var period = Period()
    if let line = view.line(.inForce), let day = day(of: line) { period.start = .date(day) }
    if let line = view.line(.validity), let day = day(of: line) { period.end = .date(day) }
    return period
  }
}
