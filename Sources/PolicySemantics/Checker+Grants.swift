import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  func readActors(_ view: BlockView, _ measure: inout Measure) {
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
          remark(
            .missingText, item.span, "此处应为机关的名称，或者原文的说法“…”", "expected an authority, or the text's own words in quotes")
        }
      }
    }
  }

  func readAmount(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    guard let line = view.line(.amount), let content = line.content else { return }
    guard let value = expression(content, line.file, scope, expecting: nil) else { return }
    let isQuantity = isQuantity(line)
    var type = value.type
    switch value.type {
    case .quantity(let dimension) where isQuantity && dimension.money == 0: break
    case .duration where isQuantity: break
    case .quantity(let dimension) where !isQuantity && (dimension.money == 1 || dimension.isNumber):
      if dimension.isNumber { type = .money }
    default:
      remark(
        .typeMismatch, line.file.span(content),
        isQuantity
          ? "“数额”后面应为面积、数量、比率或期间，却是\(name(of: value.type).zh)" : "“金额”后面应为金额，却是\(name(of: value.type).zh)",
        isQuantity
          ? "expected an area, a count, a rate or a length of time behind “quantity”, found \(name(of: value.type).en)"
          : "expected money behind “amount”, found \(name(of: value.type).en)",
        help: [Bilingual(zh: "给钱的写“金额：”，给别的写“数额：”", en: "write “amount:” for money and “quantity:” for anything else")])
      return
    }
    let discretionary = line.file.significant(content).contains {
      line.file.tree[$0].kind == .keyword && line.file.tree[$0].detail == UInt32(Keyword.discretionary.rawValue)
    }
    measure.amount = AmountRule(value: value, discretionary: discretionary, type: type)
  }

  /// Whether a line of an amount is written 数额, for what is no money.
  func isQuantity(_ line: LineView?) -> Bool {
    guard let line else { return false }
    return Checker.quantityLabels.contains(strip(line.file.text(line.label)))
  }

  private static let quantityLabels = [Keyword.amount.entry.zh[1], Keyword.amount.entry.enWords[1]]

  func readPayers(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    for line in view.lines(.payers) {
      let first = measure.payers.count
      for item in line.items {
        if let number = item.name(0) {
          guard let authority = authority(number, item.span(0)) else { continue }
          var payer = Payer(authority: authority, share: .unstated, span: item.span)
          readShare(item, &payer, measure, scope)
          measure.payers.append(payer)
        } else if item.keyword(0) == .given, measure.payers.count > first {
          measure.payers[measure.payers.count - 1].condition = condition(in: item, scope)
        } else if item.keyword(0) != .unstated, item.keyword(0) != .share || item.keyword(1) != .unstated {
          remark(
            .unexpectedText, item.span, "“\(item.file.text(item.node))”不能放在出资里",
            "“\(item.file.text(item.node))” can't stand among payers",
            help: [
              Bilingual(
                zh: "写“机关 30%”“机关 省级比例”“机关 其余”“机关 100万元”，或者“比例 未规定”",
                en: "write “authority 30%”, “authority rest”, “authority 100万元” or “share unstated”")
            ])
        }
      }
      checkShares(measure.payers[first...], of: measure, line)
    }
  }

  private func readShare(_ item: ItemView, _ payer: inout Payer, _ measure: Measure, _ scope: Scope) {
    for position in item.words.indices.dropFirst() {
      switch item.kind(position) {
      case .numeral:
        guard let literal = quantityLiteral(item, position) else { continue }
        payer.share = share(literal, measure)
      case .keyword where item.keyword(position) == .rest: payer.share = .rest
      case .keyword where item.keyword(position) == .given:
        payer.condition = condition(in: item, scope)
        return
      case .keyword, .punctuation, .group, nil: continue
      default:
        if let value = lower(item.words[position], item.file, scope, expecting: .quantity(.number)) {
          payer.share = share(value, measure)
        }
      }
    }
  }

  /// A rate of the amount, or a part of it in its own dimension.
  private func share(_ value: Expression, _ measure: Measure) -> Payer.Share {
    if measure.amount?.type == .duration {
      remark(.wrongArguments, value.span, "期间不能分摊、不能分期", "a length of time has no shares and no instalments")
      return .unstated
    }
    if value.type == .quantity(.number) { return .rate(value) }
    if value.type != measure.amount?.value.type ?? .money {
      _ = mismatch(value.span, expected: measure.amount?.value.type ?? .money, found: value.type)
      return .unstated
    }
    return .amount(value)
  }

  /// A number among the words of an item.
  func quantityLiteral(_ item: ItemView, _ position: Int) -> Expression? {
    let text = strip(item.text(position))
    guard let literal = try? LiteralReader.quantity(text) else { return nil }
    let span = item.span(position)
    literals.append(LiteralUse(value: .quantity(literal.value, literal.dimension), span: span, text: text))
    return Expression(.literal(.quantity(literal.value)), type: .quantity(literal.dimension), span: span)
  }

  /// The expression behind 当.
  func condition(in item: ItemView, _ scope: Scope) -> Expression? {
    guard let given = item.words.indices.first(where: { item.keyword($0) == .given }),
      let node = item.words[given...].first(where: {
        !item.file.tree[$0].kind.isToken && item.file.tree[$0].kind != .group
      })
    else { return nil }
    return truth(node, item.file, scope)
  }

  /// Shares that no fact can change must come to the whole; others are verified in each answer.
  private func checkShares(_ payers: ArraySlice<Payer>, of measure: Measure, _ line: LineView) {
    let amount = measure.amount.flatMap { constant($0.value) }
    let hasAmounts = payers.contains { if case .amount = $0.share { true } else { false } }
    guard !payers.isEmpty, let whole = hasAmounts ? amount : .one else { return }
    var sum = Rational.zero
    var hasRest = false
    for payer in payers {
      var part: Rational?
      switch payer.share {
      case .rest: hasRest = true
      case .rate(let share): part = constant(share).flatMap { try? $0.multiplied(by: whole) }
      case .amount(let share): part = constant(share)
      case .unstated: return
      }
      if payer.share == .rest { continue }
      guard payer.condition == nil, let part, let next = try? sum.adding(part) else { return }
      sum = next
    }
    guard hasRest ? sum > whole : sum != whole else { return }
    var dimension = Dimension.money
    if case .quantity(let granted)? = measure.amount?.type { dimension = granted }
    let (found, wanted) =
      hasAmounts
      ? (QuantityFormat.chinese(sum, dimension), QuantityFormat.chinese(whole, dimension))
      : (QuantityFormat.rate(sum), "100%")
    remark(
      .sharesOff, line.span, hasRest ? "出资比例合计是\(found)，超过\(wanted)" : "出资比例合计是\(found)，不是\(wanted)",
      hasRest ? "the shares add up to \(found), more than \(wanted)" : "the shares add up to \(found), not \(wanted)")
  }

  /// The value of an expression that no fact and no date can change.
  func constant(_ expression: Expression) -> Rational? {
    switch expression.form {
    case .literal(.quantity(let number)): return number
    case .definition(let id, _):
      return program.definitions[id].bodies.count == 1 ? constant(program.definitions[id].bodies[0]) : nil
    case .arithmetic(let operation, let left, let right):
      guard let left = constant(left), let right = constant(right) else { return nil }
      switch operation {
      case .add: return try? left.adding(right)
      case .subtract: return try? left.subtracting(right)
      case .multiply: return try? left.multiplied(by: right)
      case .divide: return try? left.divided(by: right)
      }
    case .call(let builtin, let items) where builtin == .least || builtin == .greatest:
      let values = items.compactMap { constant($0) }
      guard values.count == items.count else { return nil }
      return builtin == .least ? values.min() : values.max()
    default: return nil
    }
  }

  func readInstalments(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    let lines = view.lines(.instalments)
    for line in lines {
      guard let item = line.firstItem else { continue }
      var instalment = Instalment(name: "", share: .rate(.zero), condition: nil, span: line.span)
      for position in item.words.indices {
        if let name = item.quoted(position) { instalment.name = name }
        guard item.kind(position) == .numeral, let literal = quantityLiteral(item, position),
          case .literal(.quantity(let number)) = literal.form
        else { continue }
        switch share(literal, measure) {
        case .amount: instalment.share = .amount(number)
        case .rate: instalment.share = .rate(number)
        case .rest, .unstated: break
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
        instalment.share = .rest
      }
      measure.instalments.append(instalment)
    }
    if let first = lines.first { checkInstalments(measure, first) }
  }

  /// Instalments must come to the whole; with fixed sums that is known here where the amount is.
  private func checkInstalments(_ measure: Measure, _ line: LineView) {
    let plan = InstalmentSums(measure.instalments)
    let found: String
    var wanted = "100%"
    if plan.hasAmounts {
      guard let amount = measure.amount.flatMap({ constant($0.value) }),
        case .quantity(let dimension)? = measure.amount?.value.type, let left = try? amount.multiplied(by: plan.left),
        plan.hasRest ? plan.amounts > left : plan.amounts != left
      else { return }
      let sum = (try? amount.subtracting(left).adding(plan.amounts)) ?? plan.amounts
      found = QuantityFormat.chinese(sum, dimension)
      wanted = QuantityFormat.chinese(amount, dimension)
    } else {
      guard plan.hasRest ? plan.left < .zero : plan.left != .zero else { return }
      found = QuantityFormat.rate((try? Rational.one.subtracting(plan.left)) ?? .zero)
    }
    remark(
      .sharesOff, line.span, "各期合计是\(found)，\(plan.hasRest ? "超过" : "不是")\(wanted)",
      "the instalments add up to \(found), \(plan.hasRest ? "more than" : "not") \(wanted)")
  }

  func dateField(_ item: ItemView, _ position: Int, _ scope: Scope) -> Expression? {
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
      .wrongMeaning, item.span(position), "“\(nameText(number))”不是主体的日期",
      "“\(nameText(number))” is no date of the subject")
    return nil
  }

  /// `时限：“拨付” 公示结束日期 起 20个工作日 内`, `时限：“处置” “及时”`, `时限：未规定`
  func readDeadlines(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
    for line in view.lines(.dutyDeadline) {
      guard let item = line.firstItem else { continue }
      var deadline = DutyDeadline(act: "", start: nil, length: nil, words: item.file.text(item.node), span: line.span)
      if let act = item.quoted(0) { deadline.act = act }
      for position in item.words.indices {
        if item.name(position) != nil { deadline.start = dateField(item, position, scope) }
        if let keyword = item.keyword(position), keyword == .adopted || keyword == .inForce {
          deadline.start = documentDate(keyword, measure.origin.clause, item.span(position)).map {
            Expression(.literal(.date($0)), type: .date, span: item.span(position))
          }
        }
        if item.kind(position) == .numeral { deadline.length = durationLiteral(item, position) }
      }
      if (deadline.start == nil) != (deadline.length == nil) {
        remark(
          .missingText, line.span, "时限应写明从哪一天起、多长时间，如“受理日期 起 20个工作日 内”",
          "a deadline needs its start and its length, such as “accepted onwards 20个工作日 inside”")
      }
      measure.deadlines.append(deadline)
    }
  }

  /// A length of time among the words of an item.
  func durationLiteral(_ item: ItemView, _ position: Int) -> Duration? {
    let text = strip(item.text(position))
    guard let length = try? LiteralReader.duration(text) else { return nil }
    literals.append(LiteralUse(value: .duration(length), span: item.span(position), text: text))
    return length
  }

  /// 成文日期 or 施行日期 of the document in which a rule stands.
  func documentDate(_ keyword: Keyword, _ clause: ClauseID?, _ span: Span) -> CivilDate? {
    guard let document = clause.map({ program.documents[program.clauses[$0].document] }) else {
      remark(
        .missingClause, span, "不在条款里的规则没有文件，不能从\(keyword.entry.zh[0])起算",
        "a rule that stands in no clause has no document to count from")
      return nil
    }
    var day = keyword == .adopted ? document.adopted : nil
    if keyword == .inForce, case .date(let start) = document.period.start { day = start }
    guard let day else {
      remark(
        .missingLine, span, "文件没有规定\(keyword.entry.zh[0])，不能从它起算",
        "the document states no \(keyword.entry.en) to count from")
      return nil
    }
    return day
  }

  /// The clause's departments in the document's order, then payers and actors of the measure's own.
  func collectDepartments(_ clause: ClauseID?, _ measure: inout Measure) {
    let acting = measure.departments
    measure.departments = clause.map { program.clauses[$0].departments } ?? []
    measure.departments.reserveCapacity(measure.departments.count + measure.payers.count + acting.count)
    for payer in measure.payers where !measure.departments.contains(Department(payer.authority, .payer)) {
      measure.departments.append(Department(payer.authority, .payer))
    }
    measure.departments += acting
  }
}
