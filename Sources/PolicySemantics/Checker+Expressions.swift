import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  /// The expression of a content; an expression that can be cut into words in several ways is read in the one way that
  /// type-checks.
  func expression(_ content: Int, _ file: SyntaxFile, _ scope: Scope, expecting type: ValueType?) -> Expression? {
    guard let others = file.tree.alternatives[UInt32(content)], !others.isEmpty else {
      let result = wholeExpression(content, file, scope, expecting: type)
      if result == nil { hasBrokenRules = true }
      return result
    }
    let trees = [file] + others.map { file.replacing(content, with: $0) }
    var readable: [(Expression, SyntaxFile)] = []
    var firstRemarks: [Diagnostic]?
    let (before, uses, origins) = (remarks, literals, usedOrigins)
    var kept: ([Diagnostic], [LiteralUse], [Origin])?
    for tree in trees {
      (remarks, literals, usedOrigins) = (before, uses, origins)
      let root = tree.tree[0].kind == .content && tree.tree.nodes.count != file.tree.nodes.count ? 0 : content
      let result = wholeExpression(root, tree, scope, expecting: type)
      if let result, remarks.count == before.count {
        if !readable.contains(where: { $0.0.form == result.form }) { readable.append((result, tree)) }
        if kept == nil { kept = (remarks, literals, usedOrigins) }
      } else if firstRemarks == nil {
        firstRemarks = remarks
      }
    }
    if let kept { (remarks, literals, usedOrigins) = kept } else { remarks = firstRemarks ?? before }
    guard readable.count > 1 else { return readable.first?.0 }
    remarkSeveralCuts(
      file.span(content),
      readable.map { pair in pair.1.wordTexts(pair.1.tree.nodes.count == file.tree.nodes.count ? content : 0) })
    return nil
  }

  private func wholeExpression(
    _ content: Int, _ file: SyntaxFile, _ scope: Scope, expecting type: ValueType?
  ) -> Expression? {
    // What stands before something unexpected is only a part of what was meant.
    guard let node = file.significant(content).first(where: { !file.tree[$0].kind.isToken }),
      file.child(content, .unexpected) == nil
    else { return nil }
    if type == .truth { return truth(node, file, scope) }
    guard let result = lower(node, file, scope, expecting: type) else { return nil }
    if let type, !matches(result.type, type) {
      return mismatch(file.span(node), expected: type, found: result.type)
    }
    return result
  }

  func matches(_ found: ValueType, _ expected: ValueType) -> Bool {
    if found == expected { return true }
    if case .entity = found, case .text = expected { return true }
    return false
  }

  func mismatch(_ span: Span, expected: ValueType, found: ValueType) -> Expression? {
    remark(
      .typeMismatch, span, "此处应为\(name(of: expected).zh)，却是\(name(of: found).zh)",
      "expected \(name(of: expected).en), found \(name(of: found).en)")
    return nil
  }

  func name(of type: ValueType) -> Bilingual {
    switch type {
    case .truth: Bilingual(zh: "是否", en: "yes-no")
    case .quantity(let dimension) where dimension != .number && dimension == .count(dimension.counter):
      Bilingual(zh: "数量（\(dimension.chineseName)）", en: "a number of \(dimension.englishName)")
    case .quantity(let dimension): Bilingual(zh: dimension.chineseName, en: dimension.englishName)
    case .date: Bilingual(zh: "日期", en: "a date")
    case .duration: Bilingual(zh: "期间", en: "a duration")
    case .text: Bilingual(zh: "文本", en: "a text")
    case .option(let id):
      Bilingual(zh: "选项“\(program.optionTypes[id].name)”的值", en: "a value of option “\(program.optionTypes[id].name)”")
    case .entity(let id): Bilingual(zh: "一个\(program.kinds[id].name)", en: "a \(program.kinds[id].name)")
    case .many(let id): Bilingual(zh: "若干\(program.kinds[id].name)", en: "many \(program.kinds[id].name)")
    }
  }

  // MARK: Lowering

  /// The expression of a node; nil when something in it was remarked.
  func lower(_ node: Int, _ file: SyntaxFile, _ scope: Scope, expecting type: ValueType?) -> Expression? {
    let span = file.span(node)
    switch file.tree[node].kind {
    case .quantity: return quantity(node, file)
    case .dateValue: return dateLiteral(node, file)
    case .truth: return Expression(.literal(.truth(isYes(node, file))), type: .truth, span: span)
    case .textValue:
      return Expression(
        .literal(.text(file.quotedText(file.firstSignificant(node) ?? node))), type: .text, span: span)
    case .nameUse: return nameUse(node, file, scope, expecting: type)
    default: break
    }
    let parts = file.significant(node)
    let operands = NodeList(operandsOf: node, in: file)
    switch file.tree[node].kind {
    case .parenthesised:
      guard let inner = operands.first else { return nil }
      return lower(inner, file, scope, expecting: type)
    case .disjunction, .conjunction:
      var all: [Expression] = []
      all.reserveCapacity(operands.count)
      for operand in operands { if let test = truth(operand, file, scope) { all.append(test) } }
      guard all.count == operands.count else { return nil }
      return Expression(
        file.tree[node].kind == .conjunction ? .conjunction(all) : .disjunction(all), type: .truth, span: span)
    case .negation:
      guard let inner = operands.first.flatMap({ truth($0, file, scope) }) else { return nil }
      return Expression(.negation(inner), type: .truth, span: span)
    case .comparison: return comparison(node, operands, file, scope)
    case .bound: return bound(node, operands, parts, file, scope)
    case .membership: return membership(node, operands, parts, file, scope)
    case .elapsed: return elapsed(node, operands, file, scope)
    case .holds: return holds(operands, file, scope, span)
    case .onList: return onList(operands, file, scope, span)
    case .additive, .multiplicative: return arithmetic(node, parts, file, scope)
    case .adjustment: return adjustment(node, operands, file, scope)
    case .clamp: return clamp(node, operands, file, scope)
    case .rounded: return rounded(node, operands, file, scope)
    case .path: return path(operands, parts, file, scope, span)
    case .pointInTime: return pointInTime(operands, file, scope, span)
    case .call: return call(node, parts, operands, file, scope)
    case .conditional: return conditional(operands, file, scope, type, span)
    default:
      remark(.unexpectedText, span, "“\(file.text(node))”不能放在这里", "“\(file.text(node))” cannot stand here")
      return nil
    }
  }

  private func isYes(_ node: Int, _ file: SyntaxFile) -> Bool {
    let keyword = Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[node].detail))
    return keyword == .trueValue || keyword == .yes
  }

  /// A node that must be a truth value.
  func truth(_ node: Int, _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    guard let result = lower(node, file, scope, expecting: .truth) else { return nil }
    guard result.type == .truth else {
      var help: [Bilingual] = []
      if case .measureAmount = result.form {
        help = [Bilingual(zh: "写“… 符合”", en: "write “… holds”")]
      } else if case .option = result.type {
        help = [Bilingual(zh: "写“\(file.text(node)) 为 …”", en: "write “\(file.text(node)) is …”")]
      } else if case .quantity = result.type {
        help = [Bilingual(zh: "写“\(file.text(node)) …以上”等", en: "write “\(file.text(node)) … or-more”")]
      }
      remark(
        .typeMismatch, file.span(node), "此处应为条件（是否），却是\(name(of: result.type).zh)",
        "expected a condition, found \(name(of: result.type).en)", help: help)
      return nil
    }
    return result
  }

  // MARK: Literals

  private func quantity(_ node: Int, _ file: SyntaxFile) -> Expression? {
    let text = strip(file.text(node))
    let span = file.span(node)
    if file.tree[node].detail == 1 {
      guard let duration = try? LiteralReader.duration(text) else { return nil }
      literals.append(LiteralUse(value: .duration(duration), span: span, text: text))
      return Expression(.literal(.duration(duration)), type: .duration, span: span)
    }
    // The file's own bytes need no copy.
    let isWhole = text.utf8.count == file.bytes(node).count
    let literal =
      isWhole
      ? try? LiteralReader.quantity(file.source.bytes, from: Int(span.start), limit: Int(span.end))
      : try? LiteralReader.quantity(text)
    guard let literal else {
      remark(.malformedNumber, span, "“\(text)”不是能计算的数", "“\(text)” is not a number that can be computed with")
      return nil
    }
    literals.append(LiteralUse(value: .quantity(literal.value, literal.dimension), span: span, text: text))
    return Expression(.literal(.quantity(literal.value)), type: .quantity(literal.dimension), span: span)
  }

  func datePeriod(_ node: Int, _ file: SyntaxFile) -> DatePeriod? {
    let text = strip(file.text(node))
    do {
      let period = try LiteralReader.date(text)
      literals.append(LiteralUse(value: .date(period), span: file.span(node), text: text))
      return period
    } catch {
      remark(.malformedDate, file.span(node), "日历上没有“\(text)”", "the calendar has no “\(text)”")
      return nil
    }
  }

  private func dateLiteral(_ node: Int, _ file: SyntaxFile) -> Expression? {
    guard let period = datePeriod(node, file) else { return nil }
    guard let day = period.day else {
      remark(
        .typeMismatch, file.span(node), "此处应为某一天，“\(file.text(node))”是一段时间",
        "expected a day; “\(file.text(node))” is a stretch of time")
      return nil
    }
    return Expression(.literal(.date(day)), type: .date, span: file.span(node))
  }

  // MARK: Names

  /// A name as a value; behind 的 only what belongs to the subject counts.
  func nameUse(
    _ node: Int, _ file: SyntaxFile, _ scope: Scope, expecting type: ValueType?, isOwned: Bool = false
  ) -> Expression? {
    let number = Int(file.tree[node].detail)
    let span = file.span(node)
    let meanings = symbols.meanings(of: number)
    if case .option(let option) = type {
      for case .optionValue(option, let value) in meanings {
        return Expression(.literal(.option(value)), type: .option(option), span: span)
      }
    }
    var found: [Expression] = []
    for (depth, kind) in scope.kinds.enumerated() {
      for meaning in meanings {
        if let use = use(meaning, of: kind, depth: depth, span) { found.append(use) }
      }
      if !found.isEmpty { break }
    }
    if !isOwned { for meaning in meanings { if let use = globalUse(meaning, scope, span) { found.append(use) } } }
    if found.isEmpty {
      for case .optionValue(let option, let value) in meanings {
        found.append(Expression(.literal(.option(value)), type: .option(option), span: span))
      }
      // An option value without its field is settled by the type that is expected, or not at all.
      if found.count > 1 { found = [] }
    }
    if found.count > 1, let type { found = found.filter { $0.type == type } }
    guard let result = found.first, found.count == 1 else {
      reportName(number, span, meanings, scope, several: found.count > 1)
      return nil
    }
    checkRestriction(number, span)
    return result
  }

  private func use(_ meaning: Symbol, of kind: KindID, depth: Int, _ span: Span) -> Expression? {
    switch meaning {
    case .field(let id) where program.fields[id].kind == kind:
      return Expression(.field(id, depth: depth), type: program.fields[id].type, span: span)
    case .definition(let id) where program.definitions[id].kind == kind:
      usedOrigins.append(program.definitions[id].origin)
      return Expression(.definition(id, depth: depth), type: program.definitions[id].type, span: span)
    case .classification(let id) where program.classifications[id].kind == kind:
      usedOrigins.append(program.classifications[id].origin)
      return Expression(.classification(id, depth: depth), type: .truth, span: span)
    case .table(let id) where program.tables[id].kind == kind && depth == 0:
      usedOrigins.append(program.tables[id].origin)
      return Expression(.table(id), type: program.tables[id].type, span: span)
    case .tiers(let id) where program.tierSchedules[id].kind == kind && depth == 0:
      usedOrigins.append(program.tierSchedules[id].origin)
      return Expression(.tiers(id), type: program.tierSchedules[id].type, span: span)
    default: return nil
    }
  }

  private func globalUse(_ meaning: Symbol, _ scope: Scope, _ span: Span) -> Expression? {
    switch meaning {
    case .hole(let id):
      noteUse(of: id, scope)
      usedOrigins.append(program.holes[id].origin)
      return Expression(.hole(id), type: program.holes[id].type, span: span)
    default: return nil
    }
  }

  private func reportName(_ number: Int, _ span: Span, _ meanings: SymbolTable.Meanings, _ scope: Scope, several: Bool)
  {
    if brokenNames.contains(number) { return }
    let name = nameText(number)
    let kinds = scope.kinds.map { program.kinds[$0].name }.joined(separator: "、")
    if several {
      remark(
        .ambiguousName, span, "“\(name)”在这里有几个意思", "“\(name)” has several meanings here",
        related: meanings.compactMap { meaning in
          declarationSpan(meaning).map { .init(span: $0, message: Bilingual(zh: "一个意思", en: "one meaning")) }
        },
        help: [Bilingual(zh: "用“… 的 \(name)”说明是谁的", en: "say whose with “… of \(name)”")])
      return
    }
    for case .measure(let id) in meanings {
      _ = id
      remark(
        .wrongMeaning, span, "“\(name)”是措施，用在条件里应写“\(name) 符合”",
        "“\(name)” is a measure; in a condition write “\(name) holds”")
      return
    }
    for case .parameter in meanings {
      remark(
        .wrongMeaning, span, "“\(name)”是参数，应写明哪一天的值：“\(name) 于 某日期”",
        "“\(name)” is a parameter; say at which date: “\(name) as-at …”")
      return
    }
    for case .field(let id) in meanings {
      let owner = program.kinds[program.fields[id].kind].name
      remark(
        .wrongMeaning, span, "“\(name)”是“\(owner)”的字段，这里的主体是“\(kinds)”",
        "“\(name)” is a field of “\(owner)”; the subject here is “\(kinds)”",
        related: [.init(span: program.fields[id].span, message: Bilingual(zh: "声明在这里", en: "declared here"))])
      return
    }
    let near = nearest(name, in: fieldNames(scope))
    remark(
      .wrongMeaning, span, "“\(name)”不能用作“\(kinds)”的条件或数值", "“\(name)” is no fact or value of “\(kinds)”",
      help: didYouMean(near.filter { $0 != name }))
  }

  private func fieldNames(_ scope: Scope) -> [String] {
    program.fields.filter { scope.kinds.contains($0.kind) }.map(\.name)
      + program.definitions.filter { scope.kinds.contains($0.kind) }.map(\.name)
      + program.classifications.filter { scope.kinds.contains($0.kind) }.map(\.name)
  }

  private func checkRestriction(_ number: Int, _ span: Span) {
    guard let allowed = restrictions[number], let clause = currentClause else { return }
    let here = program.clauses[clause].address
    if !allowed.contains(where: { $0.contains(here) }) {
      let list = allowed.map(\.description).joined(separator: "、")
      remark(
        .wrongMeaning, span, "“\(nameText(number))”只在 \(list) 中使用，这里是 \(here)",
        "“\(nameText(number))” is for use in \(list) only; this is \(here)")
    }
  }
}

extension SyntaxFile {
  /// The same file with another tree for one content, whose root is then node 0.
  func replacing(_ content: Int, with nodes: [SyntaxNode]) -> SyntaxFile {
    SyntaxFile(id: id, source: source, tree: SyntaxTree(file: tree.file, contentNodes: nodes, of: tree[content]))
  }

  /// Where the words under a node end.
  func wordEnds(_ node: Int) -> Set<UInt32> {
    Set((node..<Int(tree[node].next)).filter { tree[$0].kind.isToken && !tree[$0].kind.isTrivia }.map { span($0).end })
  }

  /// The words under a node.
  func wordTexts(_ node: Int) -> [String] {
    (node..<Int(tree[node].next)).filter { tree[$0].kind.isToken && !tree[$0].kind.isTrivia }.map { text($0) }
  }
}
