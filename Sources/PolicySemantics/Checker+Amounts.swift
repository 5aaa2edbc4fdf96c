import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  // MARK: 空缺

  func declareHole(_ index: Int) {
    let view = blocks[index].view
    let id = HoleID(program.holes.count)
    guard let type = valueType(view.headItems.map { view.file.items($0) } ?? []) else {
      markBroken(view)
      remark(
        .unknownType, view.span, "空缺“\(displayName(view))”应写类型，如“：金额”",
        "the hole “\(displayName(view))” needs a type, such as “: money”")
      return
    }
    declare(.hole(id), view) { [self] in ruleSpan($0) }
    var hole = Hole(name: displayName(view), type: type, authors: [], origin: origin(of: index, required: true))
    if let line = view.line(.authors) {
      for (number, span, role) in authorityItems(line.items) {
        if let authority = authority(number, span) { hole.authors.append(Department(authority, role ?? .responsible)) }
      }
    } else {
      remark(
        .missingLine, view.span, "空缺“\(hole.name)”没有写由谁制定", "the hole “\(hole.name)” does not say who fills it")
    }
    program.holes.append(hole)
    blocks[index].index = id.index
  }

  func completeHole(_ index: Int) {
    let block = blocks[index]
    guard block.index >= 0 else { return }
    beginRule()
    let hole = program.holes[block.index]
    let id = HoleID(block.index)
    program.holes[block.index].deadline = deadline(of: block)
    program.holes[block.index].lowest = expression(of: block.view.line(.floor), for: id, hole.type)
    program.holes[block.index].highest = expression(of: block.view.line(.ceiling), for: id, hole.type)
    endRule(hole.origin)
  }

  /// `制定：市财政局，时限 2024年12月31日`, `时限 成文日期 起 30日 内`
  private func deadline(of block: DeclaredBlock) -> Hole.Deadline? {
    for item in block.view.line(.authors)?.items ?? [] where item.keyword(0) == .dutyDeadline {
      var start: CivilDate?
      for position in item.words.indices.dropFirst() {
        if item.kind(position) == .date {
          guard let period = try? LiteralReader.date(item.text(position)) else { continue }
          noteUsed(.date(period))
          return .day(period.last)
        }
        if let keyword = item.keyword(position), keyword == .adopted || keyword == .inForce {
          start = documentDate(keyword, program.holes[block.index].origin.clause, item.span(position))
        }
        if item.kind(position) == .numeral, let length = durationLiteral(item, position) {
          if let start { return .after(start, length) }
          if item.words.indices.contains(where: { item.keyword($0) == .onwards }) { return nil }
        }
      }
      if item.keyword(1) != .unstated {
        remark(
          .missingText, item.span, "时限应写某年某月某日、“成文日期 起 30日 内”或者“未规定”",
          "a time limit is a day, “adopted onwards 30日 inside”, or “unstated”")
      }
    }
    return nil
  }

  func lineExpression(_ line: LineView?, _ scope: Scope, _ type: ValueType?) -> Expression? {
    guard let line, let content = line.content else { return nil }
    return expression(content, line.file, scope, expecting: type)
  }

  /// What bounds or fills a hole, seen from where the hole is used: the same names mean the same there, or it is remarked.
  /// Of a hole that nothing uses, from the first kind that it can be said of.
  private func expression(of line: LineView?, for hole: HoleID, _ type: ValueType) -> Expression? {
    guard let line, let content = line.content else { return nil }
    if let scopes = holeScopes[hole]?.sorted() {
      let readings = scopes.map { expression(content, line.file, $0, expecting: type) }
      guard let first = readings.first, let first, !readings.contains(nil) else { return nil }
      if readings.allSatisfy({ $0?.form == first.form }) { return first }
      let kinds = scopes.compactMap(\.kinds.first).map { program.kinds[$0].name }.joined(separator: "、")
      remark(
        .ambiguousName, line.file.span(content), "空缺“\(program.holes[hole].name)”用于\(kinds)，这里的名称在其中各有所指",
        "the hole “\(program.holes[hole].name)” is used for \(kinds), where these names mean different things",
        help: [Bilingual(zh: "为每种主体各声明一个空缺", en: "declare one hole for each kind of subject")])
      return nil
    }
    let (before, uses, origins, broken) = (remarks, literals, usedOrigins, hasBrokenRules)
    for kind in program.kinds.indices {
      let result = expression(content, line.file, Scope(kinds: [KindID(kind)]), expecting: type)
      if let result, remarks.count == before.count { return result }
      (remarks, literals, usedOrigins, hasBrokenRules) = (before, uses, origins, broken)
    }
    return expression(content, line.file, Scope(kinds: program.kinds.indices.map { KindID($0) }), expecting: type)
  }

  // MARK: 补入

  func readFilling(_ index: Int) {
    let block = blocks[index]
    let view = block.view
    let names =
      view.headContents.first.map { view.file.items($0) }?.flatMap { item in
        item.words.indices.compactMap { item.name($0) }
      } ?? []
    var target: HoleID?
    for number in names { for case .hole(let id) in symbols.meanings(of: number) { target = id } }
    guard let target else {
      let text = view.headContents.first.map { view.file.text($0) } ?? ""
      remark(
        .unknownName, view.span, "“\(text)”里没有空缺的名称", "“\(text)” names no hole",
        help: didYouMean(nearest(text, in: program.holes.map(\.name))))
      return
    }
    for number in names {
      for case .document(let id) in symbols.meanings(of: number) {
        let owner = program.holes[target].origin.clause.map { program.clauses[$0].document }
        if let owner, owner != id {
          remark(
            .wrongMeaning, view.span, "空缺“\(program.holes[target].name)”属于\(program.documents[owner].key)",
            "the hole “\(program.holes[target].name)” belongs to \(program.documents[owner].key)")
        }
      }
    }
    beginRule()
    let origin = origin(of: index, required: true)
    guard let value = expression(of: view.line(.value), for: target, program.holes[target].type) else {
      if view.line(.value) == nil {
        remark(.missingLine, view.span, "“补入”没有写“值：…”", "a filling needs a line “value: …”")
      }
      return
    }
    let condition = expression(of: view.line(.condition), for: target, .truth)
    endRule(origin)
    let filling = Hole.Filling(value: value, period: period(of: view), origin: origin)
    if let condition {
      partialFillings[target, default: []].append((condition, filling))
    } else {
      program.holes[target.index].fillings.append(filling)
    }
  }

  /// Fillings for some subjects only (one county's) that are in force together become one, in written order; where none
  /// of them applies the hole is still open.
  func joinPartialFillings() {
    for hole in partialFillings.keys.sorted() {
      var rest = partialFillings[hole] ?? []
      while let first = rest.first {
        let together = rest.filter { $0.filling.period == first.filling.period }
        rest.removeAll { $0.filling.period == first.filling.period }
        let open = HoleID(program.holes.count)
        var unfilled = program.holes[hole]
        unfilled.fillings = []
        program.holes.append(unfilled)
        var value = Expression(.hole(open), type: unfilled.type, span: first.filling.origin.span)
        for (condition, filling) in together.reversed() {
          value = Expression(
            .conditional(condition, filling.value, value), type: unfilled.type, span: filling.value.span)
        }
        var origin = first.filling.origin
        origin.quotes = together.flatMap(\.filling.origin.quotes)
        program.holes[hole.index].fillings.append(
          Hole.Filling(value: value, period: first.filling.period, origin: origin))
      }
    }
  }

  /// Two fillings of one hole in force on one day conflict.
  func checkConflictingFillings() {
    for hole in program.holes {
      for (index, one) in hole.fillings.enumerated() {
        for other in hole.fillings.dropFirst(index + 1) where overlap(one.period, other.period) {
          remark(
            .conflict, other.origin.span, "“\(hole.name)”在同一时间有两个补入", "“\(hole.name)” is filled twice at one time",
            related: [
              .init(span: one.origin.span, message: Bilingual(zh: "另一个补入", en: "the other filling"))
            ])
        }
      }
    }
  }

  func overlap(_ one: Period, _ two: Period) -> Bool {
    func before(_ end: Period.Boundary, _ start: Period.Boundary) -> Bool {
      if case .date(let last) = end, case .date(let first) = start { return last < first }
      return false
    }
    return !before(one.end, two.start) && !before(two.end, one.start)
  }

  // MARK: 参数

  func declareParameter(_ index: Int) {
    let view = blocks[index].view
    let id = ParameterID(program.parameters.count)
    guard let type = valueType(view.headItems.map { view.file.items($0) } ?? []) else {
      markBroken(view)
      remark(
        .unknownType, view.span, "参数“\(displayName(view))”应写类型，如“：金额”",
        "the parameter “\(displayName(view))” needs a type")
      return
    }
    declare(.parameter(id), view) { [self] in ruleSpan($0) }
    beginRule()
    let origin = origin(of: index, required: true)
    var steps: [Parameter.Step] = []
    for line in view.lines(.from) {
      guard let dateNode = Array(line.file.significant(line.label)).last,
        let from = datePeriod(dateNode, line.file)?.first,
        let value = lineExpression(line, Scope(kinds: []), type), case .literal(let literal) = value.form
      else { continue }
      steps.append(Parameter.Step(from: from, value: literal, span: line.span))
    }
    endRule(origin)
    steps.sort { $0.from < $1.from }
    for (one, two) in zip(steps, steps.dropFirst()) where one.from == two.from {
      remark(
        .duplicateName, two.span, "“\(displayName(view))”同一天有两个值", "“\(displayName(view))” has two values from one day",
        related: [.init(span: one.span, message: Bilingual(zh: "另一个值", en: "the other value"))])
    }
    if steps.isEmpty {
      remark(
        .missingLine, view.span, "参数“\(displayName(view))”没有值，应有“自 某年某月某日：…”",
        "the parameter “\(displayName(view))” has no value")
    }
    program.parameters.append(Parameter(name: displayName(view), type: type, steps: steps, origin: origin))
    blocks[index].index = id.index
  }
}
