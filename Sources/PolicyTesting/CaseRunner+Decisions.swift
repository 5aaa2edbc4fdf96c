import PolicyAnswers
import PolicyEvaluation
import PolicyIR
import PolicyValues

/// What a measure or a group decides for the case's subject.
extension CaseRunner {
  func checkDecision(
    _ id: MeasureID, _ decision: Decision?, _ expectation: Expectation, _ failures: inout [CaseFailure]
  ) {
    guard expectation.asksForDecision else { return }
    let name = program.measures[id].name
    guard let decision else {
      return fail(
        &failures, expectation, name, .verdict, correction: nil, expected: { $0.say("一个结论", "a decision") },
        found: { $0.say("没有结论（措施没有对象，或者案例没有主体）", "none (no subject)") })
    }
    checkVerdict(
      decision.verdict, expectation, name, &failures,
      found: { wording in
        wording.label(decision.label) + (wording.because(decision).map { wording.say("：", ": ") + $0 } ?? "")
      })
    let type = program.amountType(of: id)
    checkAmount(decision.amount, expectation, type, name, &failures)
    checkPayable(decision, expectation, type, name, &failures)
    if let wanted = expectation.label, wanted != decision.label.chinese {
      fail(
        &failures, expectation, name, .label, correction: "标签 “\(decision.label.chinese)”",
        expected: { $0.say("标签 ", "label ") + wanted }, found: { $0.label(decision.label) })
    }
    checkInstalments(decision, expectation, name, &failures)
    checkShares(decision, expectation, name, &failures)
    checkDue(decision, expectation, name, &failures)
    checkReadings(decision, expectation, name, &failures)
    checkCauses(zh.causes(of: decision), expectation, name, &failures)
  }

  func checkGroup(
    _ id: GroupID, _ decision: GroupDecision?, _ expectation: Expectation, _ failures: inout [CaseFailure]
  ) {
    let name = program.groups[id].name
    guard let decision else {
      return fail(
        &failures, expectation, name, .verdict, correction: nil, expected: { $0.say("组合的结论", "a group's decision") },
        found: { $0.say("没有结论", "none") })
    }
    checkVerdict(
      decision.verdict, expectation, name, &failures,
      found: { wording in
        wording.verdict(decision.verdict)
          + decision.reasons.map { wording.say("：", ": ") + wording.sentence($0) }.joined()
      })
    checkAmount(decision.amount, expectation, program.amountType(of: id), name, &failures)
    checkCauses(
      decision.reasons.map { Cause(kind: $0.expectedKind, name: zh.what($0)) }, expectation, name, &failures)
  }

  private func checkVerdict(
    _ verdict: Verdict, _ expectation: Expectation, _ name: String, _ failures: inout [CaseFailure],
    found: (Wording) -> String
  ) {
    guard let wanted = expectation.verdict, wanted != verdict.expected else { return }
    fail(
      &failures, expectation, name, .verdict, correction: zh.verdict(verdict),
      expected: { $0.verdict(wanted.verdict) }, found: found)
  }

  private func checkAmount(
    _ amount: Amount, _ expectation: Expectation, _ type: ValueType, _ name: String, _ failures: inout [CaseFailure]
  ) {
    guard let wanted = expectation.amount, !amount.meets(wanted) else { return }
    fail(
      &failures, expectation, name, .amount,
      correction: amount.expected.map { zh.amountWord(type) + " " + text.text($0, type) },
      expected: { $0.amountWord(type) + " " + text.written(wanted, type, $0) },
      found: { $0.amountWord(type) + " " + $0.amount(amount, type) })
  }

  private func checkPayable(
    _ decision: Decision, _ expectation: Expectation, _ type: ValueType, _ name: String,
    _ failures: inout [CaseFailure]
  ) {
    guard let wanted = expectation.payable, decision.payable?.amount.meets(wanted) != true else { return }
    fail(
      &failures, expectation, name, .payable,
      correction: decision.payable.map { $0.amount.expected.map { "应付 " + text.text($0, type) } } ?? "",
      expected: { $0.say("应付 ", "payable ") + text.written(wanted, type, $0) },
      found: { wording in
        decision.payable.map { wording.say("应付 ", "payable ") + wording.amount($0.amount, type) }
          ?? wording.say("没有组合调整应付额", "no group sets what is payable")
      })
  }

  /// Each cause that is expected must be there, and with 只因 no other.
  private func checkCauses(
    _ causes: [Cause], _ expectation: Expectation, _ name: String, _ failures: inout [CaseFailure]
  ) {
    guard !expectation.because.isEmpty else { return }
    let missing = expectation.because.filter { wanted in !causes.contains { $0.isMeant(by: wanted) } }
    let further =
      expectation.isOnlyBecause
      ? causes.filter { cause in !expectation.because.contains { cause.isMeant(by: $0) } } : []
    if missing.isEmpty, further.isEmpty { return }
    let isExact = expectation.isOnlyBecause
    fail(
      &failures, expectation, name, .because, correction: text.because(causes, isExact: isExact) ?? "",
      expected: { wording in
        wording.say(isExact ? "只因 " : "因 ", isExact ? "only because " : "because ")
          + (missing.isEmpty ? expectation.because : missing).map { wanted in
            [wanted.kind?.word.map { wording.say($0.zh, $0.en) }, wanted.name].compactMap { $0 }.joined(separator: " ")
          }.joined(separator: wording.comma)
      },
      found: { wording in
        wording.say("因 ", "because ")
          + (causes.isEmpty
            ? wording.say("无", "none")
            : causes.map { cause in
              [cause.kind.word.map { wording.say($0.zh, $0.en) }, cause.name].compactMap { $0 }.joined(separator: " ")
            }.joined(separator: wording.comma))
      })
  }

  /// What single readings give.
  private func checkReadings(
    _ decision: Decision, _ expectation: Expectation, _ name: String, _ failures: inout [CaseFailure]
  ) {
    for (position, wanted) in expectation.readings.enumerated() {
      let split = decision.readings.first { $0.choice == wanted.choice }
      // Where the choice doesn't matter, every reading gives the one verdict.
      let found = split.map { $0.readings[wanted.reading].verdict } ?? decision.verdict
      if found.expected == wanted.verdict { continue }
      let chosen = ChosenReading(choice: wanted.choice, reading: wanted.reading)
      fail(
        &failures, expectation, name, .reading(position),
        correction: split.map { text.reading($0, wanted.reading) } ?? "",
        expected: { $0.chosen(chosen) + $0.say("则", ": ") + $0.verdict(wanted.verdict.verdict) },
        found: { $0.chosen(chosen) + $0.say("则", ": ") + $0.verdict(found) })
    }
  }
}
