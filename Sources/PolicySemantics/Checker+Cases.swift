import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  func readCase(_ index: Int) {
    let block = blocks[index]
    let view = block.view
    var result = PolicyCase(name: displayName(view), span: view.span)
    for line in view.lines {
      if line.isName {
        readSubjectLine(line, &result)
        continue
      }
      switch line.keyword {
      case .asOf: result.asOf = day(of: line)
      case .reading: readFixedReading(line, &result)
      case .status: result.generated = line.items.contains { $0.keyword(0) == .generated }
      case .expect: readExpectation(line, &result)
      default: break
      }
    }
    // A label that could not be read may be the one that seems to be missing.
    let isWhole = !view.lines.contains { $0.isName && kind(of: $0) == nil }
    if isWhole, result.subject != nil, view.line(.asOf) == nil {
      remark(
        .missingLine, view.span, "案例“\(result.name)”没有写查询日期", "the case “\(result.name)” has no as-of date",
        help: [Bilingual(zh: "写一行“查询日期：2024年6月1日”", en: "add a line “as-of: 2024年6月1日”")])
    }
    if isWhole, view.line(.expect) == nil {
      remark(.missingLine, view.span, "案例“\(result.name)”没有预期，什么也没有检验", "the case “\(result.name)” expects nothing")
    }
    program.cases.append(result)
  }

  private func readSubjectLine(_ line: LineView, _ result: inout PolicyCase) {
    guard let label = line.labelNames.first else { return }
    guard let kind = kind(of: line) else {
      let name = line.file.text(label)
      remark(
        .unknownName, line.file.span(label), "“\(name)”不是主体，也不是案例的标签",
        "“\(name)” is neither a kind nor a label of a case",
        help: didYouMean(nearest(name, in: program.kinds.map(\.name) + ["查询日期", "预期", "读法", "状态", "备注"])))
      return
    }
    let fields = program.kinds[kind].fields.count
    if result.subject == nil {
      var subject = Subject(
        kind: kind, id: result.name, isNamed: false, facts: Array(repeating: .missing, count: fields))
      if let content = line.content { readFacts(content, line.file, into: &subject) }
      result.subject = subject
      return
    }
    guard var owner = result.subject else { return }
    // Taken out while it changes, or each line would copy all facts.
    result.subject = nil
    defer { result.subject = owner }
    if owner.kind == kind {
      if let content = line.content { readFacts(content, line.file, into: &owner) }
      return
    }
    guard let relation = relation(from: owner.kind, to: kind) else {
      remark(
        .wrongMeaning, line.file.span(label),
        "“\(program.kinds[owner.kind].name)”没有类型为“\(program.kinds[kind].name)”的字段",
        "“\(program.kinds[owner.kind].name)” has no field of kind “\(program.kinds[kind].name)”")
      return
    }
    addRelated(line, kind, fields, relation, &owner)
  }

  /// `登记 虚构右玉康养园（项目）：` with lines of facts as in cases.
  func readRecord(_ view: BlockView) -> Subject? {
    guard let kind = parameterKind(view) else { return nil }
    var result = PolicyCase(name: displayName(view), span: view.span)
    result.subject = Subject(
      kind: kind, id: displayName(view), facts: Array(repeating: .missing, count: program.kinds[kind].fields.count))
    for line in view.lines where line.isName { readSubjectLine(line, &result) }
    return result.subject
  }

  /// The kind that a line's label names.
  private func kind(of line: LineView) -> KindID? {
    guard let label = line.labelNames.first, line.file.tree[label].detail != .max else { return nil }
    for case .kind(let id) in symbols.meanings(of: Int(line.file.tree[label].detail)) { return id }
    return nil
  }

  private func addRelated(_ line: LineView, _ kind: KindID, _ count: Int, _ relation: FieldID, _ owner: inout Subject) {
    let slot = program.fields[relation].slot
    var others: [Subject] = []
    var complete = false
    if case .many(let present, let isComplete) = owner.facts[slot] { (others, complete) = (present, isComplete) }
    func saysHowMany(_ item: ItemView) -> Bool {
      item.words.count == 1 && (item.keyword(0) == .complete || item.keyword(0) == .incomplete)
    }
    let items = line.items
    for item in items where saysHowMany(item) { complete = item.keyword(0) == .complete }
    if let content = line.content, !items.allSatisfy(saysHowMany) {
      var subject = Subject(
        kind: kind, id: "\(owner.id)·\(program.kinds[kind].name)\(others.count + 1)", isNamed: false,
        facts: Array(repeating: .missing, count: count))
      readFacts(content, line.file, into: &subject) { !saysHowMany($0) }
      others.append(subject)
    }
    if case .many = program.fields[relation].type {
      owner.facts[slot] = .many(others, complete: complete)
    } else if let first = others.first {
      owner.facts[slot] = .one(first)
    }
  }

  /// The field by which one kind is related to another.
  func relation(from owner: KindID, to kind: KindID) -> FieldID? {
    program.kinds[owner].fields.first { id in
      switch program.fields[id].type {
      case .many(let other), .entity(let other): other == kind
      default: false
      }
    }
  }

  /// `读法：康养项目 广义`
  private func readFixedReading(_ line: LineView, _ result: inout PolicyCase) {
    for item in line.items {
      guard let found = choice(readingWords([item]), item.span) else { continue }
      result.readings.append(PolicyCase.FixedReading(choice: found.choice, reading: found.reading))
    }
  }

  // MARK: 预期

  private func readExpectation(_ line: LineView, _ result: inout PolicyCase) {
    guard let first = line.firstItem, let number = first.name(0), let target = target(number) else {
      let text = line.firstItem.map { $0.file.text($0.node) } ?? ""
      remark(
        .wrongMeaning, line.span, "“预期”后面应为措施或组合的名称", "expected a measure or group after “expect”",
        help: didYouMean(nearest(text, in: program.measures.map(\.name) + program.groups.map(\.name))))
      return
    }
    var expectation = Expectation(target: target, span: line.span)
    var mode: Keyword?
    for (index, item) in line.items.enumerated() {
      var position = index == 0 ? 1 : 0
      if index == 0, item.words.count == 1 { continue }
      if let verdict = verdict(item, position) {
        expectation.verdict = verdict
        continue
      }
      if let keyword = item.keyword(position) {
        mode = keyword
        position += 1
      }
      readDetail(mode, item, position, &expectation)
    }
    if case .measure(let id) = target, program.measures[id].object == nil, expectation.verdict != nil {
      remark(
        .wrongMeaning, line.span, "“\(program.measures[id].name)”没有对象，没有结论可以预期",
        "“\(program.measures[id].name)” has no subject, so no verdict can be expected")
    }
    result.expectations.append(expectation)
  }

  private func target(_ number: Int) -> Expectation.Target? {
    for meaning in symbols.meanings(of: number) {
      if case .measure(let id) = meaning { return .measure(id) }
      if case .group(let id) = meaning { return .group(id) }
    }
    return nil
  }

  private func verdict(_ item: ItemView, _ position: Int) -> Expectation.ExpectedVerdict? {
    guard item.words.count == position + 1 else { return nil }
    switch item.keyword(position) {
    case .holds: return .yes
    case .verdictNo: return .no
    case .verdictUnknown, .unsettled: return .unknown
    case .verdictDisputed: return .disputed
    case .notApplicable: return .notApplicable
    default: return nil
    }
  }

  private func readDetail(_ mode: Keyword?, _ item: ItemView, _ position: Int, _ expectation: inout Expectation) {
    switch mode {
    case .amount, .money:
      let amount = expectedAmount(item, position)
      if expectation.instalments.isEmpty {
        expectation.amount = amount
      } else {
        // Behind an instalment the amount is the instalment's.
        expectation.instalments[expectation.instalments.count - 1].amount = amount
      }
    case .instalments:
      guard let name = item.quoted(position) else {
        remark(
          .missingText, item.span, "应写哪一期，如“分期“竣工” 待定”", "expected which instalment, such as instalment “…” unknown")
        return
      }
      var instalment = Expectation.ExpectedInstalment(name: name)
      instalment.verdict = verdict(item, position + 1)
      expectation.instalments.append(instalment)
    case .payers:
      guard let number = item.name(position), let id = authority(number, item.span(position)),
        let amount = expectedAmount(item, position + 1)
      else { return }
      expectation.shares.append(Expectation.ExpectedShare(authority: id, amount: amount))
    case .tag: expectation.label = item.quoted(position)
    case .owed: expectation.payable = expectedAmount(item, position)
    case .noMoreThan: expectation.amount = quantity(item, position).map { .atMost($0) }
    case .because:
      // A name may have been cut where it holds a reserved word, so the text counts.
      let text = item.words.dropFirst(position).map { item.file.quotedOrText($0) }.joined()
      if !text.isEmpty { expectation.because.append(text) }
    case .clause: expectation.clause = item.kind(position) == .address ? ClauseAddress.parse(item.text(position)) : nil
    case .responsible:
      if let number = item.name(position), let id = authority(number, item.span(position)) {
        expectation.responsible.append(id)
      }
    case .actor:
      if let number = item.name(position), let id = authority(number, item.span(position)) {
        expectation.actors.append(.authority(id))
      } else if let words = item.quoted(position) {
        expectation.actors.append(.described(words))
      }
    case .due:
      var position = position
      if let act = item.quoted(position) {
        expectation.dueAct = act
        position += 1
      }
      expectation.due = item.kind(position) == .date ? (try? LiteralReader.date(item.text(position)))?.day : nil
      if expectation.due == nil { remark(.malformedDate, item.span, "“到期”后面应为日期", "expected a date after “due”") }
    default:
      remark(
        .unexpectedText, item.span, "“\(item.file.text(item.node))”不能放在预期里",
        "“\(item.file.text(item.node))” can't stand in an expectation",
        help: [
          Bilingual(
            zh: "可以写：符合、不符合、待定、解释分歧、不适用，金额 …，应付 …，因 …，条款 …，责任单位 …，承办 …，到期 …",
            en: "it can hold a verdict, amount …, payable …, because …, clause …, responsible …, actor …, due …")
        ])
    }
  }

  private func quantity(_ item: ItemView, _ position: Int) -> Rational? {
    guard item.kind(position) == .numeral else { return nil }
    return (try? LiteralReader.quantity(strip(item.text(position))))?.value
  }

  private func expectedAmount(_ item: ItemView, _ position: Int) -> Expectation.ExpectedAmount? {
    switch item.keyword(position) {
    case .verdictUnknown, .unsettled, .unstated: return .toBeSet
    case .verdictDisputed: return .disputed
    case .noMoreThan: return quantity(item, position + 1).map { .atMost($0) }
    case .falseValue, .no, .nothing: return Expectation.ExpectedAmount.none
    default: break
    }
    if item.kind(position) == .numeral, let length = try? LiteralReader.duration(strip(item.text(position))) {
      return .length(length)
    }
    guard let low = quantity(item, position) else {
      remark(.typeMismatch, item.span, "此处应为金额，如“16万元”“待定”", "expected an amount")
      return nil
    }
    switch item.keyword(position + 1) {
    case .through: return .range(low: low, high: quantity(item, position + 2))
    case .atLeast: return .range(low: low, high: nil)
    case .atMost, .within: return .range(low: nil, high: low)
    default: return .exact(low)
    }
  }
}

extension SyntaxFile {
  func quotedOrText(_ node: Int) -> String { tree[node].kind == .quoted ? quotedText(node) : text(node) }
}
