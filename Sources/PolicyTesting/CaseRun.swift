import PolicyAnswers
package import PolicyDiagnostics
import PolicyEvaluation
package import PolicyIR
package import PolicyText
import PolicyValues

/// How one case went.
package struct CaseResult: Sendable {
  package let name: String
  package let span: Span
  package let generated: Bool
  package let failures: [CaseFailure]

  package var passed: Bool { failures.isEmpty }
}

/// One expectation that the answer did not meet.
package struct CaseFailure: Hashable, Sendable {
  package let span: Span
  /// What was asked about.
  package let target: String
  package let expected: Bilingual
  package let found: Bilingual
}

/// Runs the cases of a program, in their order.
///
/// - Parameters:
///   - filter: Only cases whose name holds this text.
///   - watch: Told before each case how many are done, and of how many; what it throws ends the run.
package func runCases<Stop: Error>(
  _ program: Program, files: SourceFiles, filter: String? = nil,
  watch: (_ done: Int, _ total: Int) throws(Stop) -> Void
) throws(Stop) -> [CaseResult] {
  var runner = CaseRunner(program, files)
  let cases = program.cases.filter { filter.map($0.name.contains) ?? true }
  var results: [CaseResult] = []
  for entry in cases {
    try watch(results.count, cases.count)
    results.append(runner.run(entry))
  }
  return results
}

/// Runs the cases of a program in one go.
package func runCases(_ program: Program, files: SourceFiles, filter: String? = nil) -> [CaseResult] {
  runCases(program, files: files, filter: filter) { (_, _) throws(Never) in }
}

struct CaseRunner {
  let program: Program
  let zh: Wording
  let en: Wording
  /// Evaluations by the readings that cases fix.
  private var evaluations: [[PolicyCase.FixedReading]: Evaluation] = [:]

  init(_ program: Program, _ files: SourceFiles) {
    self.program = program
    zh = Wording(program: program, language: .zh, files: files)
    en = Wording(program: program, language: .en, files: files)
  }

  mutating func run(_ test: PolicyCase) -> CaseResult {
    var failures: [CaseFailure] = []
    var decisions: Decisions?
    if let subject = test.subject, let asOf = test.asOf {
      var evaluation = evaluations[test.readings] ?? Evaluation(prepared(test.readings))
      decisions = evaluation.decisions(for: subject, asOf: asOf)
      evaluations[test.readings] = evaluation
    }
    for expectation in test.expectations {
      switch expectation.target {
      case .measure(let id):
        checkMeasure(id, expectation, &failures)
        let decision = decisions?.decisions.first { $0.measure == id }
        checkDecision(id, decision, expectation, &failures)
      case .group(let id):
        let decision = decisions?.groups.first { $0.group == id }
        checkGroup(id, decision, expectation, &failures)
      }
    }
    return CaseResult(name: test.name, span: test.span, generated: test.generated, failures: failures)
  }

  /// The program with readings fixed, as if by a ruling.
  private func prepared(_ readings: [PolicyCase.FixedReading]) -> PreparedProgram {
    var program = program
    for fixed in readings {
      program.choices[fixed.choice.index].ruling = Ruling(
        reading: fixed.reading, basis: "", date: CivilDate(dayNumber: 0)!,
        span: program.choices[fixed.choice].origin.span)
    }
    return PreparedProgram(program)
  }

  private func fail(
    _ failures: inout [CaseFailure], _ expectation: Expectation, _ target: String, expected: (Wording) -> String,
    found: (Wording) -> String
  ) {
    failures.append(
      CaseFailure(
        span: expectation.span, target: target, expected: Bilingual(zh: expected(zh), en: expected(en)),
        found: Bilingual(zh: found(zh), en: found(en))))
  }

  // MARK: What a measure says of itself

  private func checkMeasure(_ id: MeasureID, _ expectation: Expectation, _ failures: inout [CaseFailure]) {
    let measure = program.measures[id]
    if let clause = expectation.clause {
      let found = measure.origin.clause.map { program.clauses[$0].address }
      if found != clause {
        fail(
          &failures, expectation, measure.name, expected: { $0.say("条款 \(clause)", "clause \(clause)") },
          found: { $0.say("条款 \(found?.description ?? "无")", "clause \(found?.description ?? "none")") })
      }
    }
    if !expectation.responsible.isEmpty {
      let found = measure.departments.filter { [.responsible, .lead, .assist, .general].contains($0.role) }
        .map(\.authority)
      if Array(found.prefix(expectation.responsible.count)) != expectation.responsible {
        fail(
          &failures, expectation, measure.name,
          expected: { $0.say("责任单位 ", "responsible ") + names(expectation.responsible, $0) },
          found: { $0.say("责任单位 ", "responsible ") + names(found, $0) })
      }
    }
    if !expectation.actors.isEmpty, measure.actors != expectation.actors {
      fail(
        &failures, expectation, measure.name,
        expected: { $0.say("承办 ", "actor ") + actors(expectation.actors, $0) },
        found: { $0.say("承办 ", "actor ") + actors(measure.actors, $0) })
    }
  }

  private func names(_ ids: [AuthorityID], _ wording: Wording) -> String {
    ids.map { program.authorities[$0].name }.joined(separator: wording.comma)
  }

  private func actors(_ actors: [Measure.Actor], _ wording: Wording) -> String {
    let names = actors.map { actor in
      switch actor {
      case .authority(let id): program.authorities[id].name
      case .described(let words): "“\(words)”"
      }
    }
    return names.isEmpty ? wording.say("未写明", "not named") : names.joined(separator: wording.comma)
  }

  // MARK: Decisions

  private func checkDecision(
    _ id: MeasureID, _ decision: Decision?, _ expectation: Expectation, _ failures: inout [CaseFailure]
  ) {
    guard
      expectation.verdict != nil || expectation.amount != nil || expectation.payable != nil || expectation.due != nil
        || !expectation.because.isEmpty || !expectation.instalments.isEmpty || !expectation.shares.isEmpty
        || expectation.label != nil
    else { return }
    let name = program.measures[id].name
    guard let decision else {
      return fail(
        &failures, expectation, name, expected: { $0.say("一个结论", "a decision") },
        found: { $0.say("没有结论（措施没有对象，或者案例没有主体）", "none (no subject)") })
    }
    if let wanted = expectation.verdict, wanted != decision.verdict.expected {
      fail(
        &failures, expectation, name, expected: { $0.verdict(wanted.verdict) },
        found: { wording in
          wording.label(decision.label) + (wording.because(decision).map { wording.say("：", ": ") + $0 } ?? "")
        })
    }
    let type = program.amountType(of: id)
    if let wanted = expectation.amount, !matches(decision.amount, wanted) {
      fail(
        &failures, expectation, name, expected: { $0.amountWord(type) + " " + text(wanted, type, $0) },
        found: { $0.amountWord(type) + " " + $0.amount(decision.amount, type) })
    }
    if let wanted = expectation.payable, !(decision.payable.map { matches($0.amount, wanted) } ?? false) {
      fail(
        &failures, expectation, name, expected: { $0.say("应付 ", "payable ") + text(wanted, type, $0) },
        found: { wording in
          decision.payable.map { wording.say("应付 ", "payable ") + wording.amount($0.amount, of: id) }
            ?? wording.say("没有组合调整应付额", "no group sets what is payable")
        })
    }
    if let wanted = expectation.label, wanted != decision.label.chinese {
      fail(
        &failures, expectation, name, expected: { $0.say("标签 ", "label ") + wanted },
        found: { $0.label(decision.label) })
    }
    checkInstalments(decision, expectation, name, &failures)
    checkShares(decision, expectation, name, &failures)
    checkDue(decision, expectation, name, &failures)
    checkBecause(decision, expectation, name, &failures)
  }

  private func strip(_ text: String) -> String { text.filter { !$0.isWhitespace } }

  private func checkInstalments(
    _ decision: Decision, _ expectation: Expectation, _ name: String, _ failures: inout [CaseFailure]
  ) {
    let type = program.amountType(of: decision.measure)
    let declared = program.measures[decision.measure].instalments
    for wanted in expectation.instalments {
      guard let position = declared.firstIndex(where: { $0.name == wanted.name }),
        decision.instalments.indices.contains(position)
      else {
        fail(
          &failures, expectation, name, expected: { $0.say("分期 ", "instalment ") + wanted.name },
          found: { $0.say("没有这一期", "no such instalment") })
        continue
      }
      let found = decision.instalments[position]
      if let verdict = wanted.verdict, verdict != found.verdict.expected {
        fail(
          &failures, expectation, name, expected: { "\(wanted.name) " + $0.verdict(verdict.verdict) },
          found: { "\(wanted.name) " + $0.verdict(found.verdict) })
      }
      if let amount = wanted.amount, !matches(found.amount, amount) {
        fail(
          &failures, expectation, name, expected: { "\(wanted.name) " + text(amount, type, $0) },
          found: { "\(wanted.name) " + $0.amount(found.amount, of: decision.measure) })
      }
    }
  }

  private func checkShares(
    _ decision: Decision, _ expectation: Expectation, _ name: String, _ failures: inout [CaseFailure]
  ) {
    let type = program.amountType(of: decision.measure)
    for wanted in expectation.shares {
      let payer = program.authorities[wanted.authority].name
      let found = decision.payers.first { $0.authority == wanted.authority && $0.verdict != .no }
      if found.map({ matches($0.isUnstated ? .unknown : $0.share, wanted.amount) }) != true {
        fail(
          &failures, expectation, name,
          expected: { $0.say("出资 ", "payer ") + payer + " " + text(wanted.amount, type, $0) },
          found: { wording in
            found.map { payer + " " + wording.amount($0.share, of: decision.measure) }
              ?? wording.say("不出资", "does not pay")
          })
      }
    }
  }

  private func checkDue(
    _ decision: Decision, _ expectation: Expectation, _ name: String, _ failures: inout [CaseFailure]
  ) {
    guard let wanted = expectation.due else { return }
    let dates: [CivilDate] = decision.dueDates.compactMap { entry in
      let act = program.measures[decision.measure].deadlines[entry.deadline].act
      if let wantedAct = expectation.dueAct, act != wantedAct { return nil }
      if case .date(let date) = entry.due { return date }
      return nil
    }
    if !dates.contains(wanted) {
      fail(
        &failures, expectation, name, expected: { $0.say("到期 ", "due ") + $0.date(wanted) },
        found: { wording in
          dates.isEmpty
            ? wording.say("没有到期日", "no due date")
            : wording.say("到期 ", "due ") + dates.map { wording.date($0) }.joined(separator: wording.comma)
        })
    }
  }

  /// Each cause must be a reason, a definition with readings, or a condition that blocks.
  private func checkBecause(
    _ decision: Decision, _ expectation: Expectation, _ name: String, _ failures: inout [CaseFailure]
  ) {
    guard !expectation.because.isEmpty else { return }
    var causes =
      (decision.reasons + decision.amountReasons + decision.paymentReasons).map { zh.what($0.reason) }
      + decision.readings.map { program.choices[$0.choice].name }
    causes += decision.blockedBy.map { zh.ruleText(program.measures[decision.measure].conditions[$0].test.span) }
    if decision.verdict == .notApplicable { causes.append(program.measures[decision.measure].object?.name ?? "") }
    if decision.period.blocks { causes.append(zh.period(decision.period)) }
    for cause in expectation.because {
      let wanted = strip(cause)
      let isNamed = causes.contains { cause in
        let cause = strip(cause)
        return cause == wanted || cause.hasPrefix(wanted + "：") || decision.verdict == .no && cause.contains(wanted)
      }
      if isNamed { continue }
      fail(
        &failures, expectation, name, expected: { $0.say("因 \(wanted)", "because \(wanted)") },
        found: {
          $0.say("因 ", "because ") + (causes.isEmpty ? $0.say("无", "none") : causes.joined(separator: $0.comma))
        })
    }
  }

  private func checkGroup(
    _ id: GroupID, _ decision: GroupDecision?, _ expectation: Expectation, _ failures: inout [CaseFailure]
  ) {
    let name = program.groups[id].name
    guard let decision else {
      return fail(
        &failures, expectation, name, expected: { $0.say("组合的结论", "a group's decision") },
        found: { $0.say("没有结论", "none") })
    }
    if let wanted = expectation.verdict, wanted != decision.verdict.expected {
      fail(
        &failures, expectation, name, expected: { $0.verdict(wanted.verdict) },
        found: { wording in
          wording.verdict(decision.verdict)
            + decision.reasons.map { wording.say("：", ": ") + wording.sentence($0) }.joined()
        })
    }
    if let wanted = expectation.amount, !matches(decision.amount, wanted) {
      let type = program.amountType(of: decision.group)
      fail(
        &failures, expectation, name, expected: { $0.amountWord(type) + " " + text(wanted, type, $0) },
        found: { $0.amountWord(type) + " " + $0.amount(decision.amount, type) })
    }
  }

  private func matches(_ found: Amount, _ wanted: Expectation.ExpectedAmount) -> Bool {
    switch (wanted, found) {
    case (.exact(let one), .exact(let two)): one == two
    case (.length(let one), .length(let two)): one == two
    case (.range(let low, let high), .range(let foundLow, let foundHigh)): low == foundLow && high == foundHigh
    case (.range(let low, let high), .toBeSet(_, let foundLow, let foundHigh)):
      low == foundLow && high == foundHigh
    case (.atMost(let one), .atMost(let two)): one == two
    case (.toBeSet, .toBeSet), (.toBeSet, .unknown), (.disputed, .disputed), (.none, .none): true
    default: false
    }
  }

  private func text(_ amount: Expectation.ExpectedAmount, _ type: ValueType, _ wording: Wording) -> String {
    switch amount {
    case .exact(let value): wording.amount(.exact(value), type)
    case .length(let length): wording.amount(.length(length), type)
    case .range(let low, let high): wording.amount(.range(low: low, high: high), type)
    case .atMost(let value): wording.amount(.atMost(value), type)
    case .toBeSet: wording.say("待定", "to be set")
    case .disputed: wording.say("解释分歧", "disputed")
    case .none: wording.say("无", "none")
    }
  }
}

extension Verdict {
  fileprivate var expected: Expectation.ExpectedVerdict {
    switch self {
    case .yes: .yes
    case .no: .no
    case .unknown: .unknown
    case .disputed: .disputed
    case .notApplicable: .notApplicable
    }
  }
}

extension Expectation.ExpectedVerdict {
  fileprivate var verdict: Verdict {
    switch self {
    case .yes: .yes
    case .no: .no
    case .unknown: .unknown
    case .disputed: .disputed
    case .notApplicable: .notApplicable
    }
  }
}
