import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

/// 预期: what a case expects of a measure or group.
extension Checker {
  func readExpectation(_ line: LineView, _ result: inout PolicyCase) {
    guard let first = line.firstItem, let number = first.name(0), let target = target(number) else {
      let text = line.firstItem.map { $0.file.text($0.node) } ?? ""
      remark(
        .wrongMeaning, line.span, "“预期”后面应为措施或组合的名称", "expected a measure or group after “expect”",
        help: didYouMean(nearest(text, in: program.measures.map(\.name) + program.groups.map(\.name))))
      return
    }
    var expectation = Expectation(target: target, span: line.span)
    var mode: Keyword?
    var cause: (isOpen: Bool, kind: ExpectedCause.Kind?) = (false, nil)
    for (index, item) in line.items.enumerated() {
      var position = index == 0 ? 1 : 0
      guard item.words.count > position else { continue }
      let span = item.span(position).joined(item.span(item.words.count - 1))
      if let verdict = verdict(item, position) {
        expectation.verdict = verdict
        expectation.note(.verdict, span)
        continue
      }
      if readReading(item, position, &expectation, span) { continue }
      if let keyword = item.keyword(position) {
        // Behind 因 a kind of cause says only what kind the causes behind it are.
        if cause.isOpen, let kind = Checker.causeKinds[keyword] {
          cause.kind = kind
        } else {
          mode = keyword
          cause = (keyword == .because || keyword == .onlyBecause, nil)
        }
        position += 1
        if cause.isOpen, let next = item.keyword(position), let kind = Checker.causeKinds[next] {
          cause.kind = kind
          position += 1
        }
      }
      readDetail(mode, item, position, cause.kind, &expectation)
      if let axis = axis(of: mode, expectation) { expectation.note(axis, span) }
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

  /// The words that say what kind a cause is.
  private static let causeKinds: [Keyword: ExpectedCause.Kind] = [
    .factMissing: .missingFact, .findingOpen: .finding, .listOpen: .openList, .incomplete: .incomplete,
    .ruleMissing: .hole, .textMissing: .dangling, .nameListMissing: .listNotOnFile, .nameMissing: .unnamed,
    .unsorted: .unsettled, .unranked: .unranked, .discretionary: .discretion, .ruleConflict: .conflict,
    .notComputable: .notComputable, .unmet: .unmet, .isNotValue: .notOfClass, .reading: .reading,
  ]

  /// `读法 康养项目 狭义 不适用`: what one reading gives.
  private func readReading(_ item: ItemView, _ position: Int, _ expectation: inout Expectation, _ span: Span) -> Bool {
    let last = item.words.count - 1
    guard item.keyword(position) == .reading, last > position + 1, let verdict = verdict(item, last) else {
      return false
    }
    let words = (position + 1..<last).compactMap { readingWord(item, $0) }
    if let (choice, reading) = choice(words, item.span) {
      expectation.readings.append(.init(choice: choice, reading: reading, verdict: verdict))
      expectation.note(.reading(expectation.readings.count - 1), span)
    }
    return true
  }

  /// What a part that was read last is about.
  private func axis(of mode: Keyword?, _ expectation: Expectation) -> Expectation.Axis? {
    switch mode {
    case .noMoreThan: .amount
    case .amount, .money:
      expectation.instalments.isEmpty ? .amount : .instalment(expectation.instalments.count - 1)
    case .instalments: .instalment(expectation.instalments.count - 1)
    case .payers: .share(expectation.shares.count - 1)
    case .tag: .label
    case .owed: .payable
    case .because, .onlyBecause: .because
    case .clause: .clause
    case .responsible: .responsible
    case .actor: .actor
    case .strength: .strength
    case .due: .due
    default: nil
    }
  }

  private func readDetail(
    _ mode: Keyword?, _ item: ItemView, _ position: Int, _ kind: ExpectedCause.Kind?, _ expectation: inout Expectation
  ) {
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
    case .because, .onlyBecause:
      // A name may have been cut where it holds a reserved word, so the text counts.
      let text = item.words.dropFirst(position).map { item.file.quotedOrText($0) }.joined()
      if mode == .onlyBecause { expectation.isOnlyBecause = true }
      if kind != nil || !text.isEmpty { expectation.because.append(ExpectedCause(kind: kind, name: text)) }
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
    case .strength:
      let word = item.quoted(position) ?? ""
      guard let row = ForceWord.classNames.first(where: { $0.zh == word || $0.en == word }),
        let force = Force(rawValue: row.strength)
      else {
        remark(
          .unknownName, item.span, "“\(word)”不是强度的类别", "“\(word)” is no class of strength",
          help: didYouMean(nearest(word, in: ForceWord.classNames.map(\.zh))))
        return
      }
      expectation.strengths.append(force)
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
            zh: "可以写：符合、不符合、待定、解释分歧、不适用，金额 …，应付 …，因 …，只因 …，读法 …，条款 …，责任单位 …，承办 …，强度 …，到期 …",
            en:
              "it can hold a verdict, amount …, payable …, because …, only-because …, reading …, clause …, responsible …, actor …, strength …, due …"
          )
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
