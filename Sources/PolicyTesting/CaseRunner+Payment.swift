import PolicyAnswers
import PolicyEvaluation
import PolicyIR
import PolicyValues

/// Instalments, payers and due dates of a decision.
extension CaseRunner {
  func checkInstalments(
    _ decision: Decision, _ expectation: Expectation, _ name: String, _ failures: inout [CaseFailure]
  ) {
    let type = program.amountType(of: decision.measure)
    let declared = program.measures[decision.measure].instalments
    for (number, wanted) in expectation.instalments.enumerated() {
      guard let position = declared.firstIndex(where: { $0.name == wanted.name }),
        decision.instalments.indices.contains(position)
      else {
        fail(
          &failures, expectation, name, .instalment(number), correction: "",
          expected: { $0.say("分期 ", "instalment ") + wanted.name },
          found: { $0.say("没有这一期", "no such instalment") })
        continue
      }
      let found = decision.instalments[position]
      let verdict = wanted.verdict == nil ? "" : " " + zh.verdict(found.verdict)
      let amount = wanted.amount == nil ? "" : found.amount.expected.map { "，金额 " + text.text($0, type) } ?? ""
      let correction = "分期“\(wanted.name)”" + verdict + amount
      if let verdict = wanted.verdict, verdict != found.verdict.expected {
        fail(
          &failures, expectation, name, .instalment(number), correction: correction,
          expected: { "\(wanted.name) " + $0.verdict(verdict.verdict) },
          found: { "\(wanted.name) " + $0.verdict(found.verdict) })
      }
      if let amount = wanted.amount, !found.amount.meets(amount) {
        fail(
          &failures, expectation, name, .instalment(number), correction: correction,
          expected: { "\(wanted.name) " + text.written(amount, type, $0) },
          found: { "\(wanted.name) " + $0.amount(found.amount, of: decision.measure) })
      }
    }
  }

  func checkShares(
    _ decision: Decision, _ expectation: Expectation, _ name: String, _ failures: inout [CaseFailure]
  ) {
    let type = program.amountType(of: decision.measure)
    for (number, wanted) in expectation.shares.enumerated() {
      let payer = program.authorities[wanted.authority].name
      let found = decision.payers.first { $0.authority == wanted.authority && $0.verdict != .no }
      let share = found.map { $0.isUnstated ? .unknown : $0.share }
      // 无: it doesn't pay.
      if share?.meets(wanted.amount) ?? (wanted.amount == .none) { continue }
      fail(
        &failures, expectation, name, .share(number),
        correction: share.map { $0.expected.map { "出资 \(payer) " + text.text($0, type) } } ?? "出资 \(payer) 无",
        expected: { $0.say("出资 ", "payer ") + payer + " " + text.written(wanted.amount, type, $0) },
        found: { wording in
          found.map { payer + " " + wording.amount($0.share, of: decision.measure) }
            ?? wording.say("不出资", "does not pay")
        })
    }
  }

  func checkDue(
    _ decision: Decision, _ expectation: Expectation, _ name: String, _ failures: inout [CaseFailure]
  ) {
    guard let wanted = expectation.due else { return }
    let dates: [CivilDate] = decision.dueDates.compactMap { entry in
      let act = program.measures[decision.measure].deadlines[entry.deadline].act
      if let wantedAct = expectation.dueAct, act != wantedAct { return nil }
      if case .date(let date) = entry.due { return date }
      return nil
    }
    if dates.contains(wanted) { return }
    let act = expectation.dueAct.map { "“\($0)” " } ?? " "
    fail(
      &failures, expectation, name, .due, correction: dates.first.map { "到期\(act)\(zh.date($0))" } ?? "",
      expected: { $0.say("到期 ", "due ") + $0.date(wanted) },
      found: { wording in
        dates.isEmpty
          ? wording.say("没有到期日", "no due date")
          : wording.say("到期 ", "due ") + dates.map { wording.date($0) }.joined(separator: wording.comma)
      })
  }
}
