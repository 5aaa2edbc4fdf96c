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
    blocks[index].index = id.index
  }

  /// `对象：康养项目` — a kind, or a class over one; `对象：项目，康养项目 且 …` is a kind with a class written out.
  private func object(of view: BlockView) -> Measure.Object? {
    guard let line = view.line(.object), let item = line.firstItem else { return nil }
    guard let number = item.name(0) else {
      remark(.missingText, line.span, "“对象”后面应为主体或者定义的名称", "expected a kind or a class after “for”")
      return nil
    }
    let span = item.span(0)
    let name = item.text(0)
    if line.items.count > 1 {
      remark(
        .wrongArguments, line.span, "一项措施只有一个对象；几种对象写成几项措施，或者定义一个类别", "a measure has one object; write a measure for each, or define a class")
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

  private func scope(of measure: Measure) -> Scope { Scope(kinds: measure.object.map { [$0.kind] } ?? []) }

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

  private func readForce(_ view: BlockView, _ measure: inout Measure) {
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
  private func isQuoted(_ word: String, _ measure: Measure) -> Bool {
    measure.origin.quotes.contains { reading(of: $0).holds(word) }
  }

  private func isChinese(_ word: String) -> Bool { word.unicodeScalars.first.map { $0.value > 0x2E80 } ?? false }

  private func claims(_ line: LineView) -> [(ForceClaim, Span)] {
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

  private func readConditions(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    for line in view.lines {
      guard let keyword = line.keyword else { continue }
      if let role = role(keyword) {
        guard measure.object != nil else {
          // An object that could not be understood was remarked.
          if view.line(.object) != nil { continue }
          remark(
            .missingLine, line.span, "没有“对象”的措施不能有“\(keyword.entry.zh[0])”", "a measure without “for” can't have “\(keyword.entry.en)”")
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

  private func role(_ keyword: Keyword) -> Measure.Condition.Role? {
    switch keyword {
    case .condition: .condition
    case .exception: .exception
    case .timeLimit: .timeLimit
    case .window: .window
    default: nil
    }
  }

  /// `承接：保障用地 的 前提`
  private func readCarry(_ line: LineView, _ measure: inout Measure) {
    for item in line.items {
      guard let number = item.name(0), let source = measureNamed(number, item.span(0)) else { continue }
      let tests = preconditions[source] ?? []
      if tests.isEmpty {
        remark(
          .missingLine, item.span, "“\(nameText(number))”没有“前提”可以承接", "“\(nameText(number))” has no precondition to carry on",
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
  private func readPrecedence(_ line: LineView, _ measure: inout Measure) {
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
  private func readTransition(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
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

  // MARK: Who and how much

  private func readActors(_ view: BlockView, _ measure: inout Measure) {
    for line in view.lines(.actor) {
      for item in line.items {
        if let number = item.name(0) {
          guard let authority = authority(number, item.span(0)) else { continue }
          measure.actors.append(.authority(authority))
          measure.departments.append(Department(authority, writtenRole(item) ?? .actor))
        } else if let words = item.quoted(0) {
          measure.actors.append(.described(words))
          if !measure.origin.quotes.isEmpty, !isQuoted(strip(words), measure) {
            remark(
              .valueNotInQuote, item.span, "“\(words)”不在规则所引的原文里", "no quote of the rule holds “\(words)”")
          }
        } else if item.keyword(0) != .unstated {
          remark(.missingText, item.span, "此处应为机关的名称，或者原文的说法“…”", "expected an authority, or the text's own words in quotes")
        }
      }
    }
  }

  private func readAmount(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    guard let line = view.line(.amount), let content = line.content else { return }
    guard let value = expression(content, line.file, scope, expecting: nil) else { return }
    guard case .quantity(let dimension) = value.type, dimension.money == 1 || dimension.isNumber else {
      _ = mismatch(line.file.span(content), expected: .money, found: value.type)
      return
    }
    let discretionary = line.file.significant(content).contains {
      line.file.tree[$0].kind == .keyword && line.file.tree[$0].detail == UInt32(Keyword.discretionary.rawValue)
    }
    measure.amount = AmountRule(value: value, discretionary: discretionary)
  }

  private func readPayers(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    for line in view.lines(.payers) {
      let first = measure.payers.count
      for item in line.items {
        if let number = item.name(0) {
          guard let authority = authority(number, item.span(0)) else { continue }
          var payer = Payer(authority: authority, share: .unstated, span: item.span)
          readShare(item, from: 1, &payer, scope)
          measure.payers.append(payer)
        } else if item.keyword(0) == .given, measure.payers.count > first {
          measure.payers[measure.payers.count - 1].condition = condition(in: item, scope)
        } else if item.keyword(0) != .unstated, item.keyword(0) != .share || item.keyword(1) != .unstated {
          remark(
            .unexpectedText, item.span, "“\(item.file.text(item.node))”不能放在出资里", "“\(item.file.text(item.node))” can't stand among payers",
            help: [
              Bilingual(
                zh: "写“机关 30%”“机关 其余”“机关 100万元”，或者“比例 未规定”", en: "write “authority 30%”, “authority rest”, “authority 100万元” or “share unstated”")
            ])
        }
      }
      checkShares(measure.payers[first...], line)
    }
  }

  private func readShare(_ item: ItemView, from start: Int, _ payer: inout Payer, _ scope: Scope) {
    for position in item.words.indices.dropFirst(start) {
      switch item.kind(position) {
      case .numeral:
        guard let literal = try? LiteralReader.quantity(strip(item.text(position))) else { continue }
        let span = item.span(position)
        literals.append(
          LiteralUse(value: .quantity(literal.value, literal.dimension), span: span, text: strip(item.text(position))))
        let value = Expression(.literal(.quantity(literal.value)), type: .quantity(literal.dimension), span: span)
        payer.share = literal.dimension.isNumber ? .rate(value) : .amount(value)
      case .keyword where item.keyword(position) == .rest: payer.share = .rest
      case .keyword where item.keyword(position) == .given: payer.condition = condition(in: item, scope)
      default: continue
      }
    }
  }

  /// The expression behind 当.
  func condition(in item: ItemView, _ scope: Scope) -> Expression? {
    guard let node = item.words.first(where: { !item.file.tree[$0].kind.isToken && item.file.tree[$0].kind != .group })
    else { return nil }
    return truth(node, item.file, scope)
  }

  private func checkShares(_ payers: ArraySlice<Payer>, _ line: LineView) {
    var sum = Rational.zero
    for payer in payers {
      guard case .rate(let share) = payer.share, case .literal(.quantity(let value)) = share.form,
        payer.condition == nil, let next = try? sum.adding(value)
      else { return }
      sum = next
    }
    if !payers.isEmpty, sum != .one {
      remark(
        .sharesOff, line.span, "出资比例合计是\(QuantityFormat.rate(sum))，不是100%", "the shares add up to \(QuantityFormat.rate(sum)), not 100%")
    }
  }

  private func readInstalments(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    let lines = view.lines(.instalments)
    for line in lines {
      guard let item = line.firstItem else { continue }
      var instalment = Instalment(name: "", share: .zero, condition: nil, span: line.span)
      for position in item.words.indices {
        if let name = item.quoted(position) { instalment.name = name }
        if item.kind(position) == .numeral, let literal = try? LiteralReader.quantity(strip(item.text(position))) {
          instalment.share = literal.value
          literals.append(
            LiteralUse(
              value: .quantity(literal.value, literal.dimension), span: item.span(position),
              text: strip(item.text(position))))
        }
      }
      for item in line.items {
        if item.words.indices.contains(where: { item.keyword($0) == .given }) {
          instalment.condition = condition(in: item, scope)
        }
        if item.keyword(0) == .from || item.keyword(0) == .pointInTime, item.name(1) != nil {
          instalment.date = dateField(item, 1, scope)
        }
      }
      if line.items.contains(where: { item in item.words.indices.contains { item.keyword($0) == .rest } }) {
        let others = measure.instalments.reduce(Rational.zero) { (try? $0.adding($1.share)) ?? $0 }
        instalment.share = (try? Rational.one.subtracting(others)) ?? .zero
      }
      measure.instalments.append(instalment)
    }
    guard !lines.isEmpty else { return }
    let sum = measure.instalments.reduce(Rational.zero) { (try? $0.adding($1.share)) ?? $0 }
    if sum != .one {
      remark(
        .sharesOff, lines[0].span, "各期比例合计是\(QuantityFormat.rate(sum))，不是100%",
        "the instalments add up to \(QuantityFormat.rate(sum)), not 100%")
    }
  }

  private func dateField(_ item: ItemView, _ position: Int, _ scope: Scope) -> Expression? {
    guard let number = item.name(position) else { return nil }
    for (depth, kind) in scope.kinds.enumerated() {
      for meaning in symbols.meanings(of: number) {
        if case .field(let id) = meaning, program.fields[id].kind == kind, program.fields[id].type == .date {
          return Expression(.field(id, depth: depth), type: .date, span: item.span(position))
        }
        if case .definition(let id) = meaning, program.definitions[id].kind == kind,
          program.definitions[id].type == .date
        {
          return Expression(.definition(id, depth: depth), type: .date, span: item.span(position))
        }
      }
    }
    remark(
      .wrongMeaning, item.span(position), "“\(nameText(number))”不是主体的日期", "“\(nameText(number))” is no date of the subject")
    return nil
  }

  /// `时限：“拨付” 公示结束日期 起 20个工作日 内`, `时限：“处置” “及时”`, `时限：未规定`
  private func readDeadlines(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    for line in view.lines(.dutyDeadline) {
      guard let item = line.firstItem else { continue }
      var deadline = DutyDeadline(act: "", start: nil, length: nil, words: item.file.text(item.node), span: line.span)
      if let act = item.quoted(0) { deadline.act = act }
      for position in item.words.indices {
        if item.name(position) != nil { deadline.start = dateField(item, position, scope) }
        if let keyword = item.keyword(position), keyword == .adopted || keyword == .inForce {
          deadline.start = documentDate(keyword, measure, item.span(position))
        }
        if item.kind(position) == .numeral {
          let text = strip(item.text(position))
          deadline.length = try? LiteralReader.duration(text)
          if let length = deadline.length {
            literals.append(LiteralUse(value: .duration(length), span: item.span(position), text: text))
          }
        }
      }
      if (deadline.start == nil) != (deadline.length == nil) {
        remark(
          .missingText, line.span, "时限应写明从哪一天起、多长时间，如“受理日期 起 20个工作日 内”",
          "a deadline needs its start and its length, such as “accepted onwards 20个工作日 inside”")
      }
      measure.deadlines.append(deadline)
    }
  }

  /// 成文日期 or 施行日期 of the measure's own document.
  private func documentDate(_ keyword: Keyword, _ measure: Measure, _ span: Span) -> Expression? {
    guard let document = measure.origin.clause.map({ program.documents[program.clauses[$0].document] }) else {
      return nil
    }
    var day = keyword == .adopted ? document.adopted : nil
    if keyword == .inForce, case .date(let start) = document.period.start { day = start }
    guard let day else {
      remark(
        .missingLine, span, "文件没有规定\(keyword.entry.zh[0])，不能从它起算", "the document states no \(keyword.entry.en) to count from")
      return nil
    }
    return Expression(.literal(.date(day)), type: .date, span: span)
  }

  private func readReference(_ view: BlockView, _ measure: inout Measure) {
    let manners: [(Keyword, Reference.Manner)] = [
      (.analogy, .analogy), (.accordance, .accordance), (.deference, .deference),
    ]
    for (keyword, manner) in manners {
      guard let line = view.line(keyword), let item = line.firstItem else { continue }
      if let number = item.name(0) {
        for case .measure(let id) in symbols.meanings(of: number) {
          measure.reference = Reference(manner: manner, target: .measure(id), span: line.span)
        }
        if measure.reference == nil {
          measure.reference = Reference(manner: manner, target: .text(nameText(number)), span: line.span)
        }
      } else {
        let words = item.quoted(0) ?? item.file.text(item.node)
        measure.reference = Reference(manner: manner, target: .text(words), span: line.span)
      }
    }
  }

  private func readTotalLimit(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    guard let line = view.line(.totalLimit) else { return }
    var limit = TotalLimit(limit: nil, order: .unstated, span: line.span)
    for item in line.items {
      if item.kind(0) == .numeral, let literal = try? LiteralReader.quantity(strip(item.text(0))) {
        literals.append(
          LiteralUse(value: .quantity(literal.value, literal.dimension), span: item.span, text: strip(item.text(0))))
        limit.limit = Expression(
          .literal(.quantity(literal.value)), type: .quantity(literal.dimension), span: item.span)
      }
      switch item.keyword(0) {
      case .firstCome: limit.order = .firstCome
      case .proportional: limit.order = .proportional
      case .ranked: limit.order = .ranked
      case nil where limit.limit != nil && item.kind(0) == .numeral: break
      default:
        remark(
          .unexpectedText, item.span, "“\(item.file.text(item.node))”不能放在总额里", "“\(item.file.text(item.node))” can't stand in a total limit",
          help: [
            Bilingual(zh: "写“1000万元，先到先得”（或按比例、按排名）", en: "write an amount and first-come, proportional or ranked")
          ])
      }
    }
    measure.totalLimit = limit
  }

  /// The clause's departments in the document's order, then payers and actors of the measure's own.
  private func collectDepartments(_ clause: ClauseID?, _ measure: inout Measure) {
    let acting = measure.departments
    measure.departments = clause.map { program.clauses[$0].departments } ?? []
    for payer in measure.payers { measure.departments.append(Department(payer.authority, .payer)) }
    measure.departments += acting
  }
}
