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
    guard case .quantity(let dimension) = value.type, dimension.money == 1 || dimension.isNumber else {
      _ = mismatch(line.file.span(content), expected: .money, found: value.type)
      return
    }
    let discretionary = line.file.significant(content).contains {
      line.file.tree[$0].kind == .keyword && line.file.tree[$0].detail == UInt32(Keyword.discretionary.rawValue)
    }
    measure.amount = AmountRule(value: value, discretionary: discretionary)
  }

  func readPayers(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
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
            .unexpectedText, item.span, "“\(item.file.text(item.node))”不能放在出资里",
            "“\(item.file.text(item.node))” can't stand among payers",
            help: [
              Bilingual(
                zh: "写“机关 30%”“机关 其余”“机关 100万元”，或者“比例 未规定”",
                en: "write “authority 30%”, “authority rest”, “authority 100万元” or “share unstated”")
            ])
        }
      }
      checkShares(measure.payers[first...], line)
    }
  }

  func readShare(_ item: ItemView, from start: Int, _ payer: inout Payer, _ scope: Scope) {
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

  func checkShares(_ payers: ArraySlice<Payer>, _ line: LineView) {
    var sum = Rational.zero
    for payer in payers {
      guard case .rate(let share) = payer.share, case .literal(.quantity(let value)) = share.form,
        payer.condition == nil, let next = try? sum.adding(value)
      else { return }
      sum = next
    }
    if !payers.isEmpty, sum != .one {
      remark(
        .sharesOff, line.span, "出资比例合计是\(QuantityFormat.rate(sum))，不是100%",
        "the shares add up to \(QuantityFormat.rate(sum)), not 100%")
    }
  }

  func readInstalments(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
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
  func documentDate(_ keyword: Keyword, _ measure: Measure, _ span: Span) -> Expression? {
    guard let document = measure.origin.clause.map({ program.documents[program.clauses[$0].document] }) else {
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
    return Expression(.literal(.date(day)), type: .date, span: span)
  }

  func readReference(_ view: BlockView, _ measure: inout Measure) {
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

  func readTotalLimit(_ view: BlockView, _ measure: inout Measure, _ scope: Scope) {
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
          .unexpectedText, item.span, "“\(item.file.text(item.node))”不能放在总额里",
          "“\(item.file.text(item.node))” can't stand in a total limit",
          help: [
            Bilingual(zh: "写“1000万元，先到先得”（或按比例、按排名）", en: "write an amount and first-come, proportional or ranked")
          ])
      }
    }
    measure.totalLimit = limit
  }

  /// The clause's departments in the document's order, then payers and actors of the measure's own.
  func collectDepartments(_ clause: ClauseID?, _ measure: inout Measure) {
    let acting = measure.departments
    measure.departments = clause.map { program.clauses[$0].departments } ?? []
    for payer in measure.payers where !measure.departments.contains(Department(payer.authority, .payer)) {
      measure.departments.append(Department(payer.authority, .payer))
    }
    measure.departments += acting
  }
}
