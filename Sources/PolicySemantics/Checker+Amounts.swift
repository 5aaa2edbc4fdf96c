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
        .unknownType, view.span, "空缺“\(displayName(view))”应写类型，如“：金额”", "the hole “\(displayName(view))” needs a type, such as “: money”")
      return
    }
    declare(.hole(id), view) { [self] in ruleSpan($0) }
    var hole = Hole(name: displayName(view), type: type, authors: [], origin: origin(of: index, required: true))
    if let line = view.line(.authors) {
      for (number, span, role) in authorityItems(line.items) {
        if let authority = authority(number, span) { hole.authors.append(Department(authority, role ?? .responsible)) }
      }
      for item in line.items {
        for position in item.words.indices where item.kind(position) == .date {
          guard let period = try? LiteralReader.date(item.text(position)) else { continue }
          hole.deadline = period.last
          usedValues.insert(.date(period))
        }
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
    let scope = Scope(kinds: program.kinds.indices.map { KindID($0) })
    program.holes[block.index].lowest = lineExpression(block.view.line(.floor), scope, hole.type)
    program.holes[block.index].highest = lineExpression(block.view.line(.ceiling), scope, hole.type)
    endRule(hole.origin)
  }

  func lineExpression(_ line: LineView?, _ scope: Scope, _ type: ValueType?) -> Expression? {
    guard let line, let content = line.content else { return nil }
    return expression(content, line.file, scope, expecting: type)
  }

  // MARK: 补入

  func readFilling(_ index: Int) {
    let block = blocks[index]
    let view = block.view
    let names = view.headContents.first.map { view.file.items($0) }?.flatMap { item in
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
    let scope = Scope(kinds: program.kinds.indices.map { KindID($0) })
    guard let value = lineExpression(view.line(.value), scope, program.holes[target].type) else {
      if view.line(.value) == nil {
        remark(.missingLine, view.span, "“补入”没有写“值：…”", "a filling needs a line “value: …”")
      }
      return
    }
    let condition = lineExpression(view.line(.condition), scope, .truth)
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

  private func overlap(_ one: Period, _ two: Period) -> Bool {
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
      remark(.unknownType, view.span, "参数“\(displayName(view))”应写类型，如“：金额”", "the parameter “\(displayName(view))” needs a type")
      return
    }
    declare(.parameter(id), view) { [self] in ruleSpan($0) }
    beginRule()
    let origin = origin(of: index, required: true)
    var steps: [Parameter.Step] = []
    for line in view.lines(.from) {
      guard let dateNode = line.file.significant(line.label).last, let from = datePeriod(dateNode, line.file)?.first,
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
        .missingLine, view.span, "参数“\(displayName(view))”没有值，应有“自 某年某月某日：…”", "the parameter “\(displayName(view))” has no value")
    }
    program.parameters.append(Parameter(name: displayName(view), type: type, steps: steps, origin: origin))
    blocks[index].index = id.index
  }

  // MARK: 标准表

  func declareTable(_ index: Int) {
    let view = blocks[index].view
    guard let kind = tableKind(view) else { return markBroken(view) }
    let id = TableID(program.tables.count)
    declare(.table(id), view) { [self] in ruleSpan($0) }
    let rows = view.rows
    let type = resultType(view, rows, kind) ?? .money
    program.tables.append(
      DecisionTable(
        name: displayName(view), kind: kind, type: type, columns: [], rows: [],
        origin: origin(of: index, required: true)))
    blocks[index].index = id.index
  }

  /// The kind in brackets, or the one kind that has all the columns.
  private func tableKind(_ view: BlockView) -> KindID? {
    if view.parameter != nil || program.kinds.count == 1 { return parameterKind(view) }
    let heads = columnNames(view)
    let fitting = program.kinds.indices.filter { kind in
      heads.dropLast().allSatisfy { name in
        symbols.meanings(of: name).contains { belongs($0, to: KindID(kind)) }
      }
    }
    if fitting.count == 1 { return KindID(fitting[0]) }
    remark(
      .missingText, view.span, "标准表“\(displayName(view))”应在括号里写主体，如（项目）",
      "the table “\(displayName(view))” needs its kind in brackets")
    return nil
  }

  private func belongs(_ symbol: Symbol, to kind: KindID) -> Bool {
    switch symbol {
    case .field(let id): program.fields[id].kind == kind
    case .definition(let id): program.definitions[id].kind == kind
    case .classification(let id): program.classifications[id].kind == kind
    default: false
    }
  }

  private func columnNames(_ view: BlockView) -> [String] {
    (view.rows.first?.cells ?? []).map { strip(view.file.text($0)) }
  }

  /// The type of the first row's result, read without remarks.
  private func resultType(_ view: BlockView, _ rows: [(node: Int, cells: [Int])], _ kind: KindID) -> ValueType? {
    guard rows.count > 1, let cell = rows[1].cells.last, let node = cellExpression(cell, view.file) else { return nil }
    let kept = (remarks, literals, usedOrigins)
    defer { (remarks, literals, usedOrigins) = kept }
    return lower(node, view.file, Scope(kinds: [kind]), expecting: nil)?.type
  }

  private func cellContent(_ cell: Int, _ file: SyntaxFile) -> Int? {
    file.significant(cell).first { file.tree[$0].kind == .content }
  }

  private func cellExpression(_ cell: Int, _ file: SyntaxFile) -> Int? {
    cellContent(cell, file).flatMap { content in file.significant(content).first { !file.tree[$0].kind.isToken } }
  }

  func completeTable(_ index: Int) {
    let block = blocks[index]
    guard block.index >= 0 else { return }
    let view = block.view
    let table = program.tables[block.index]
    let scope = Scope(kinds: [table.kind])
    let rows = view.rows
    beginRule()
    guard rows.count >= 2, let heads = rows.first?.cells, heads.count >= 2 else {
      remark(
        .missingLine, view.span, "标准表“\(table.name)”至少要有表头、一列条件和一行标准",
        "the table “\(table.name)” needs a head, a column of tests and a row")
      return
    }
    var inputs: [Expression] = []
    for head in heads.dropLast() {
      guard let node = cellExpression(head, view.file), let input = lower(node, view.file, scope, expecting: nil) else {
        if cellExpression(head, view.file) == nil {
          remark(.missingText, view.file.span(head), "表头应为字段或定义的名称", "a column's head names a fact or definition")
        }
        return
      }
      inputs.append(input)
    }
    program.tables[block.index].columns = heads.dropLast().map { view.file.text($0) }
    for row in rows.dropFirst() {
      guard row.cells.count == heads.count else {
        remark(
          .wrongArguments, view.file.span(row.node), "这一行有\(row.cells.count)格，表头有\(heads.count)格",
          "this row has \(row.cells.count) cells, the head has \(heads.count)")
        continue
      }
      var tests: [Expression?] = []
      for (cell, input) in zip(row.cells, inputs) { tests.append(cellTest(cell, input, view.file, scope)) }
      guard let node = cellExpression(row.cells[heads.count - 1], view.file),
        let result = lower(node, view.file, scope, expecting: table.type)
      else { continue }
      guard result.type == table.type else {
        _ = mismatch(view.file.span(node), expected: table.type, found: result.type)
        continue
      }
      program.tables[block.index].rows.append(
        DecisionTable.Row(tests: tests, result: result, span: view.file.span(row.node)))
    }
    // A row that could not be read would seem to leave a gap.
    if program.tables[block.index].rows.count == rows.count - 1 { analyse(program.tables[block.index], inputs) }
    endRule(table.origin)
  }

  /// The test of a cell on its column's value; nil for — and an empty cell.
  private func cellTest(_ cell: Int, _ input: Expression, _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    guard let content = cellContent(cell, file) else { return nil }
    let nodes = file.significant(content).filter { !file.tree[$0].kind.isToken }
    var tests: [Expression] = []
    for node in nodes {
      if let test = cellTest(node, of: input, file, scope) { tests.append(test) }
    }
    guard let first = tests.first else { return nil }
    return tests.count == 1 ? first : Expression(.conjunction(tests), type: .truth, span: file.span(content))
  }

  private func cellTest(_ node: Int, of input: Expression, _ file: SyntaxFile, _ scope: Scope) -> Expression? {
    let span = file.span(node)
    let operands = file.significant(node).filter { !file.tree[$0].kind.isToken }
    let keyword = Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[node].detail))
    switch file.tree[node].kind {
    case .comparison where operands.count == 1:
      return keyword.flatMap { compare(input, operands[0], relation($0), file, scope, span) }
    case .bound where !operands.isEmpty:
      guard let keyword else { return nil }
      if keyword == .through {
        guard operands.count == 2, let low = compare(input, operands[0], .greaterOrEqual, file, scope, span),
          let high = compare(input, operands[1], .lessOrEqual, file, scope, span)
        else { return nil }
        return Expression(.conjunction([low, high]), type: .truth, span: span)
      }
      return compare(input, operands[0], boundRelation(keyword, inclusion(operands, file)), file, scope, span)
    case .membership:
      let tests = operands.compactMap { compare(input, $0, .equal, file, scope, span) }
      return tests.count == operands.count ? Expression(.disjunction(tests), type: .truth, span: span) : nil
    case .conjunction:
      let tests = operands.compactMap { cellTest($0, of: input, file, scope) }
      return tests.count == operands.count ? Expression(.conjunction(tests), type: .truth, span: span) : nil
    case .truth where input.type == .truth:
      let isYes = [Keyword.trueValue, .yes].contains { file.tree[node].detail == UInt32($0.rawValue) }
      return isYes ? input : Expression(.negation(input), type: .truth, span: span)
    default:
      return compare(input, node, .equal, file, scope, span)
    }
  }

  // MARK: 档次表

  func declareTiers(_ index: Int) {
    let view = blocks[index].view
    guard let kind = parameterKind(view) else { return markBroken(view) }
    let id = TierScheduleID(program.tierSchedules.count)
    declare(.tiers(id), view) { [self] in ruleSpan($0) }
    let sliced = view.headItems.map { view.file.items($0).contains { $0.keyword(0) == .sliced } } ?? false
    let whole = view.headItems.map { view.file.items($0).contains { $0.keyword(0) == .wholeBase } } ?? false
    if sliced == whole {
      remark(
        .missingText, view.span, "档次表“\(displayName(view))”应写“：按全额”或“：按分段”",
        "the tiers “\(displayName(view))” need “: whole” or “: sliced”")
    }
    let placeholder = unknownExpression(.money, view.span)
    program.tierSchedules.append(
      TierSchedule(
        name: displayName(view), kind: kind, base: placeholder, mode: sliced ? .sliced : .whole, type: .money, tiers: [],
        origin: origin(of: index, required: true)))
    blocks[index].index = id.index
  }

  func completeTiers(_ index: Int) {
    let block = blocks[index]
    guard block.index >= 0, let base = tierBase(block.view) else { return }
    let schedule = program.tierSchedules[block.index]
    let view = block.view
    guard case .quantity(let dimension) = base.type else {
      _ = mismatch(base.span, expected: .money, found: base.type)
      return
    }
    beginRule()
    var tiers: [TierSchedule.Tier] = []
    for row in view.rows {
      guard row.cells.count == 2 else {
        remark(.wrongArguments, view.file.span(row.node), "档次表每行两格：范围和标准", "a tier has two cells: the range and the rate")
        continue
      }
      // A first row of plain words is a head.
      if cellExpression(row.cells[0], view.file) == nil || isHead(row.cells, view.file) { continue }
      if let tier = tier(row, base, schedule, view) { tiers.append(tier) }
    }
    for tier in tiers.dropFirst() where tier.rate.type != tiers[0].rate.type {
      _ = mismatch(tier.rate.span, expected: tiers[0].rate.type, found: tier.rate.type)
    }
    tiers.sort { ($0.low ?? .zero, $0.lowIncluded ? 0 : 1) < ($1.low ?? .zero, $1.lowIncluded ? 0 : 1) }
    checkTiers(tiers, schedule.name, dimension, view)
    program.tierSchedules[block.index].base = base
    program.tierSchedules[block.index].tiers = tiers
    if let first = tiers.first {
      program.tierSchedules[block.index].type = resultType(first, base)
    }
    endRule(schedule.origin)
  }

  private func isHead(_ cells: [Int], _ file: SyntaxFile) -> Bool {
    guard let node = cellExpression(cells[0], file) else { return true }
    return file.tree[node].kind == .nameUse || file.tree[node].kind == .unexpected
  }

  /// `（项目 的 投资额）` or `（投资额）`
  private func tierBase(_ view: BlockView) -> Expression? {
    guard let parameter = view.parameter, let kind = parameterKind(view) else { return nil }
    for item in view.file.items(parameter) {
      for position in item.words.indices.reversed() {
        guard let number = item.name(position) else { continue }
        for meaning in symbols.meanings(of: number) {
          switch meaning {
          case .field(let id) where program.fields[id].kind == kind:
            return Expression(.field(id, depth: 0), type: program.fields[id].type, span: item.span(position))
          case .definition(let id) where program.definitions[id].kind == kind:
            return Expression(.definition(id, depth: 0), type: program.definitions[id].type, span: item.span(position))
          default: continue
          }
        }
      }
    }
    remark(
      .missingText, view.span, "档次表“\(displayName(view))”应在括号里写按什么分档，如（项目 的 投资额）",
      "the tiers “\(displayName(view))” need the value that they go by in brackets")
    return nil
  }

  private func tier(
    _ row: (node: Int, cells: [Int]), _ base: Expression, _ schedule: TierSchedule, _ view: BlockView
  ) -> TierSchedule.Tier? {
    let scope = Scope(kinds: [schedule.kind])
    guard let test = cellTest(row.cells[0], base, view.file, scope),
      let node = cellExpression(row.cells[1], view.file),
      let rate = lower(node, view.file, scope, expecting: nil)
    else { return nil }
    var tier = TierSchedule.Tier(
      low: nil, lowIncluded: true, high: nil, highIncluded: true, rate: rate, isRate: isRate(rate, of: base),
      span: view.file.span(row.node))
    var parts = [test]
    if case .conjunction(let all) = test.form { parts = all }
    for part in parts {
      guard case .comparison(let relation, _, let bound) = part.form, case .literal(.quantity(let value)) = bound.form
      else { continue }
      switch relation {
      case .greaterOrEqual: (tier.low, tier.lowIncluded) = (value, true)
      case .greater: (tier.low, tier.lowIncluded) = (value, false)
      case .lessOrEqual: (tier.high, tier.highIncluded) = (value, true)
      case .less: (tier.high, tier.highIncluded) = (value, false)
      default: break
      }
    }
    return tier
  }

  private func resultType(_ tier: TierSchedule.Tier, _ base: Expression) -> ValueType {
    guard tier.isRate, case .quantity(let each) = tier.rate.type, case .quantity(let dimension) = base.type,
      let product = each.times(dimension)
    else { return tier.rate.type }
    return .quantity(product)
  }

  /// Whether a tier's second cell is multiplied by the base (5%, 1000元/张 of 张) rather than an amount of its own.
  private func isRate(_ rate: Expression, of base: Expression) -> Bool {
    guard case .quantity(let each) = rate.type, case .quantity(let dimension) = base.type else { return false }
    return each.isNumber || !dimension.isNumber && each.times(dimension) == .money && each != .money
  }

  /// Gaps, overlaps and boundaries that two tiers claim.
  private func checkTiers(_ tiers: [TierSchedule.Tier], _ name: String, _ dimension: Dimension, _ view: BlockView) {
    for (one, two) in zip(tiers, tiers.dropFirst()) {
      let related = [Diagnostic.Label(span: one.span, message: Bilingual(zh: "前一档", en: "the tier before"))]
      guard let high = one.high, let low = two.low else {
        remark(.overlap, two.span, "两档重叠", "two tiers overlap", related: related)
        continue
      }
      let boundary = QuantityFormat.chinese(low, dimension)
      if high > low || high == low && one.highIncluded && two.lowIncluded {
        remark(
          .overlap, two.span,
          high == low ? "“\(boundary)”同时属于两档" : "两档在“\(boundary)”以上重叠",
          high == low ? "\(boundary) belongs to two tiers" : "two tiers overlap from \(boundary)", related: related,
          help: [
            Bilingual(
              zh: "“以上”“以下”都含本数；不含的写“超过”“不足”或者“（不含）”",
              en: "or-more and or-less include the number; write more-than, less-than or (excluded)")
          ])
      } else if high < low || !one.highIncluded && !two.lowIncluded {
        remark(
          .gap, two.span, "“\(QuantityFormat.chinese(high, dimension))”到“\(boundary)”没有档", "no tier covers \(QuantityFormat.chinese(high, dimension)) to \(boundary)",
          related: related)
      }
    }
  }
}
