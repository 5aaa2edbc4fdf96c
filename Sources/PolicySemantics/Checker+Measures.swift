import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  func declareMeasure(_ index: Int) {
    let block = blocks[index]
    let id = MeasureID(program.measures.count)
    declare(.measure(id), block.view) { [self] in ruleSpan($0) }
    program.measures.append(
      Measure(name: displayName(block.view), origin: origin(of: index, required: true)))
    if let object = object(of: block.view) { program.measures[id.index].object = object }
    if isQuantity(block.view.line(.amount)) { grantsOtherwise.insert(id) }
    blocks[index].index = id.index
  }

  /// `对象：康养项目` — a kind, or a class over one; `对象：项目，康养项目 且 …` is a kind with a class written out.
  func object(of view: BlockView) -> Measure.Object? {
    guard let line = view.line(.object), let item = line.firstItem else { return nil }
    guard let number = item.name(0) else {
      remark(.missingText, line.span, "“对象”后面应为主体或者定义的名称", "expected a kind or a class after “for”")
      return nil
    }
    let span = item.span(0)
    let name = item.text(0)
    if line.items.count > 1 {
      remark(
        .wrongArguments, line.span, "一项措施只有一个对象；几种对象写成几项措施，或者定义一个类别",
        "a measure has one object; write a measure for each, or define a class")
    }
    for meaning in symbols.meanings(of: number) {
      switch meaning {
      case .kind(let kind): return Measure.Object(kind: kind, membership: nil, name: name, span: span)
      case .definition(let id) where program.definitions[id].type == .truth:
        let test = Expression(.definition(id, depth: 0), type: .truth, span: span)
        return Measure.Object(kind: program.definitions[id].kind, membership: test, name: name, span: span)
      case .classification(let id):
        let test = Expression(.classification(id, depth: 0), type: .truth, span: span)
        return Measure.Object(kind: program.classifications[id].kind, membership: test, name: name, span: span)
      default: continue
      }
    }
    let classes = program.kinds.map(\.name) + program.definitions.filter { $0.type == .truth }.map(\.name)
    remark(
      .wrongMeaning, span, "“\(name)”不是主体，也不是主体的一类", "“\(name)” is neither a kind nor a class",
      help: didYouMean(nearest(name, in: classes)))
    return nil
  }

  func scope(of measure: Measure) -> Scope { Scope(kinds: measure.object.map { [$0.kind] } ?? []) }

  func completePreconditions(_ index: Int) {
    let block = blocks[index]
    guard block.index >= 0 else { return }
    beginRule()
    let scope = Scope(kinds: program.measures[block.index].object.map { [$0.kind] } ?? [])
    for line in block.view.lines(.precondition) {
      if let test = lineExpression(line, scope, .truth) {
        preconditions[MeasureID(block.index), default: []].append(test)
        program.measures[block.index].conditions.append(Measure.Condition(role: .precondition, test: test))
      }
    }
    if !literals.isEmpty || !usedOrigins.isEmpty {
      preconditionLiterals[MeasureID(block.index)] = (literals, usedOrigins)
    }
    for item in block.view.lines(.prevailing).flatMap(\.items) {
      guard let number = item.name(0), let other = measureNamed(number, item.span(0)) else { continue }
      let test = Expression(.measureHolds(MeasureID(block.index)), type: .truth, span: item.span)
      program.measures[other.index].conditions.append(
        Measure.Condition(role: .precedence, test: test, source: MeasureID(block.index)))
    }
    beginRule()
  }

  func completeMeasure(_ index: Int) {
    let block = blocks[index]
    guard block.index >= 0 else { return }
    let id = MeasureID(block.index)
    let view = block.view
    beginRule()
    if let kept = preconditionLiterals[id] { (literals, usedOrigins) = kept }
    var measure = program.measures[block.index]
    let scope = scope(of: measure)
    if let membership = measure.object?.membership { noteOrigins(membership) }
    readForce(view, &measure)
    readConditions(view, &measure, scope)
    measure.period = period(of: view)
    readTransition(view, &measure, scope)
    readActors(view, &measure)
    readAmount(view, &measure, scope)
    readPayers(view, &measure, scope)
    readInstalments(view, &measure, scope)
    readDeadlines(view, &measure, scope)
    readReference(view, &measure)
    readTotalLimit(view, &measure, scope)
    measure.trigger = text(of: view.line(.trigger))
    measure.materials = view.lines(.materials).flatMap(\.items).compactMap { $0.quoted(0) }
    measure.steps = view.lines(.steps).flatMap(\.items).compactMap { $0.quoted(0) }
    collectDepartments(block.clause, &measure)
    program.measures[block.index] = measure
    endRule(measure.origin)
    lint(measure, view)
  }

  func noteOrigins(_ expression: Expression) {
    switch expression.form {
    case .definition(let id, _): usedOrigins.append(program.definitions[id].origin)
    case .classification(let id, _): usedOrigins.append(program.classifications[id].origin)
    default: break
    }
  }

  // MARK: Strength

  func readForce(_ view: BlockView, _ measure: inout Measure) {
    var hasForce = false
    for line in view.lines where line.isForce {
      hasForce = true
      for claim in claims(line) {
        measure.force.append(claim.0)
        if !measure.origin.quotes.isEmpty, isChinese(claim.0.word), !isQuoted(claim.0.word, measure) {
          remark(
            .valueNotInQuote, claim.1, "“\(claim.0.word)”不在规则所引的原文里", "no quote of the rule holds “\(claim.0.word)”",
            help: [
              Bilingual(
                zh: "力度用原文自己的词；不在词表里的写作 义务“…”、倡导“…”等",
                en: "strength is written in the text's own word, or as obligation “…”, encouragement “…”")
            ])
        }
      }
      if let content = line.content { measure.effect += (measure.effect.isEmpty ? "" : "；") + line.file.text(content) }
    }
    if !hasForce {
      remark(
        .missingLine, view.span, "措施“\(measure.name)”没有写力度和内容，如“给予：…”“支持：…”“应当：…”",
        "the measure “\(measure.name)” has no line of strength, such as “grants: …” or “supports: …”")
    }
  }

  /// Whether a word stands in a quote of the measure.
  func isQuoted(_ word: String, _ measure: Measure) -> Bool {
    measure.origin.quotes.contains { quote in
      let reading = reading(of: quote)
      return quotes[reading.file].holds(word, in: reading)
    }
  }

  func isChinese(_ word: String) -> Bool { word.unicodeScalars.first.map { $0.value > 0x2E80 } ?? false }

  func claims(_ line: LineView) -> [(ForceClaim, Span)] {
    var result: [(ForceClaim, Span)] = []
    var pending: Force?
    for word in line.file.significant(line.label) {
      if line.file.tree[word].kind == .quoted, let force = pending {
        result.append((ForceClaim(force, line.file.quotedText(word)), line.file.span(word)))
        pending = nil
        continue
      }
      guard line.file.tree[word].kind == .keyword else { continue }
      let number = Int(line.file.tree[word].detail)
      if number >= ForceIndex.classBase {
        pending = Force(rawValue: ForceWord.classNames[number - ForceIndex.classBase].strength)
      } else if number < ForceWord.table.count, let force = Force(rawValue: ForceWord.table[number].strength) {
        result.append((ForceClaim(force, ForceWord.table[number].word), line.file.span(word)))
      }
    }
    return result
  }

  // MARK: Conditions

  func readConditions(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    for line in view.lines {
      guard let keyword = line.keyword else { continue }
      if let role = role(keyword) {
        guard measure.object != nil else {
          // An object that could not be understood was remarked.
          if view.line(.object) != nil { continue }
          remark(
            .missingLine, line.span, "没有“对象”的措施不能有“\(keyword.entry.zh[0])”",
            "a measure without “for” can't have “\(keyword.entry.en)”")
          continue
        }
        if let test = lineExpression(line, scope, .truth) {
          measure.conditions.append(Measure.Condition(role: role, test: test))
        }
      } else if keyword == .carry {
        readCarry(line, &measure)
      } else if keyword == .precedence {
        readPrecedence(line, &measure)
      }
    }
  }

  func role(_ keyword: Keyword) -> Measure.Condition.Role? {
    switch keyword {
    case .condition: .condition
    case .exception: .exception
    case .timeLimit: .timeLimit
    case .window: .window
    default: nil
    }
  }

  /// `承接：保障用地 的 前提`
  func readCarry(_ line: LineView, _ measure: inout Measure) {
    for item in line.items {
      guard let number = item.name(0), let source = measureNamed(number, item.span(0)) else { continue }
      let tests = preconditions[source] ?? []
      if tests.isEmpty {
        remark(
          .missingLine, item.span, "“\(nameText(number))”没有“前提”可以承接",
          "“\(nameText(number))” has no precondition to carry on",
          related: [
            .init(span: program.measures[source].origin.span, message: Bilingual(zh: "这项措施", en: "this measure"))
          ])
      }
      usedOrigins.append(program.measures[source].origin)
      for test in tests {
        measure.conditions.append(Measure.Condition(role: .carried, test: test, source: source))
      }
    }
  }

  /// `让位于：特困补助` — this measure gives way where the other's conditions hold.
  func readPrecedence(_ line: LineView, _ measure: inout Measure) {
    for item in line.items {
      guard let number = item.name(0), let other = measureNamed(number, item.span(0)) else { continue }
      let test = Expression(.measureHolds(other), type: .truth, span: item.span)
      measure.conditions.append(Measure.Condition(role: .precedence, test: test, source: other))
    }
  }

  func measureNamed(_ number: Int, _ span: Span) -> MeasureID? {
    for case .measure(let id) in symbols.meanings(of: number) { return id }
    remark(
      .wrongMeaning, span, "“\(nameText(number))”不是措施", "“\(nameText(number))” is not a measure",
      help: didYouMean(nearest(nameText(number), in: program.measures.map(\.name))))
    return nil
  }

  /// `新旧划断：立项日期` — the rule's life, within its document's, is judged on that date of the subject.
  func readTransition(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    guard let line = view.line(.transition), let date = lineExpression(line, scope, .date) else { return }
    measure.isTransitional = true
    let document = measure.origin.clause.map { program.documents[program.clauses[$0].document].period } ?? Period()
    func add(_ relation: Expression.Comparison, _ boundary: Period.Boundary) {
      guard case .date(let day) = boundary else { return }
      let bound = Expression(.literal(.date(day)), type: .date, span: line.span)
      let test = Expression(.comparison(relation, date, bound), type: .truth, span: line.span)
      measure.conditions.append(Measure.Condition(role: .timeLimit, test: test))
    }
    add(.greaterOrEqual, measure.period.start == .unstated ? document.start : measure.period.start)
    add(.lessOrEqual, measure.period.end == .unstated ? document.end : measure.period.end)
  }
}
