import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
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
        name: displayName(view), kind: kind, base: placeholder, mode: sliced ? .sliced : .whole, type: .money,
        tiers: [],
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
        remark(
          .wrongArguments, view.file.span(row.node), "档次表每行两格：范围和标准", "a tier has two cells: the range and the rate")
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

  func isHead(_ cells: [Int], _ file: SyntaxFile) -> Bool {
    guard let node = cellExpression(cells[0], file) else { return true }
    return file.tree[node].kind == .nameUse || file.tree[node].kind == .unexpected
  }

  /// `（项目 的 投资额）` or `（投资额）`
  func tierBase(_ view: BlockView) -> Expression? {
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

  func tier(
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

  func resultType(_ tier: TierSchedule.Tier, _ base: Expression) -> ValueType {
    guard tier.isRate, case .quantity(let each) = tier.rate.type, case .quantity(let dimension) = base.type,
      let product = each.times(dimension)
    else { return tier.rate.type }
    return .quantity(product)
  }

  /// Whether a tier's second cell is multiplied by the base (5%, 1000元/张 of 张) rather than an amount of its own.
  func isRate(_ rate: Expression, of base: Expression) -> Bool {
    guard case .quantity(let each) = rate.type, case .quantity(let dimension) = base.type else { return false }
    return each.isNumber || !dimension.isNumber && each.times(dimension) == .money && each != .money
  }

  /// Gaps, overlaps and boundaries that two tiers claim.
  func checkTiers(_ tiers: [TierSchedule.Tier], _ name: String, _ dimension: Dimension, _ view: BlockView) {
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
          .gap, two.span, "“\(QuantityFormat.chinese(high, dimension))”到“\(boundary)”没有档",
          "no tier covers \(QuantityFormat.chinese(high, dimension)) to \(boundary)",
          related: related)
      }
    }
  }
}
