package import PolicyEvaluation
import PolicyIR

extension Wording {
  /// Who pays how much, each instalment, each deadline of an authority, and what is to be handed in: one line each.
  package func particulars(_ decision: Decision) -> [String] {
    guard decision.verdict != .no, decision.verdict != .notApplicable else { return [] }
    return payerLines(decision) + instalmentLines(decision) + deadlineLines(decision)
      + papers(of: program.measures[decision.measure])
  }

  /// Who pays how much.
  func payerLines(_ decision: Decision) -> [String] {
    decision.payers.filter { $0.share != .none || $0.verdict != .yes }.map { payer in
      line(
        "出资", "payer", authority(payer.authority, payer.county), particular(payer.verdict, payer.share, [], decision))
    }
  }

  func instalmentLines(_ decision: Decision) -> [String] {
    zip(program.measures[decision.measure].instalments, decision.instalments).map { instalment, answer in
      var text = particular(answer.verdict, answer.amount, answer.reasons, decision, showsYes: true)
      if answer.verdict != .no, let date = answer.date, let day = due(date) {
        if case .date = date {
          text += say("，自\(day)", ", from \(day)")
        } else {
          text += say("，日期\(day)", ", date \(day)")
        }
      }
      return line("分期", "instalment", instalment.name, text)
    }
  }

  /// By when an authority has to act.
  func deadlineLines(_ decision: Decision) -> [String] {
    decision.dueDates.map { entry in
      let deadline = program.measures[decision.measure].deadlines[entry.deadline]
      let day = due(entry.due).map { say("，即\($0)", ", that is \($0)") } ?? ""
      return line("时限", "deadline", deadline.act, words(deadline) + day)
    }
  }

  /// What is to be handed in, and the steps.
  func papers(of measure: Measure) -> [String] {
    var lines: [String] = []
    if !measure.materials.isEmpty {
      lines.append(say("材料：", "materials: ") + measure.materials.joined(separator: comma))
    }
    if !measure.steps.isEmpty { lines.append(say("步骤：", "steps: ") + measure.steps.joined(separator: comma)) }
    return lines
  }

  /// As written, without the act that the line names already.
  private func words(_ deadline: DutyDeadline) -> String {
    let act = "“\(deadline.act)”"
    guard deadline.words.hasPrefix(act) else { return deadline.words }
    let rest = deadline.words.dropFirst(act.count)
    return String(rest.drop { $0.isWhitespace })
  }

  private func line(_ zh: String, _ en: String, _ name: String, _ text: String) -> String {
    name.isEmpty ? say("\(zh)：\(text)", "\(en): \(text)") : say("\(zh)“\(name)”：\(text)", "\(en) “\(name)”: \(text)")
  }

  private func particular(
    _ verdict: Verdict, _ amount: Amount, _ reasons: [Reason], _ decision: Decision, showsYes: Bool = false
  ) -> String {
    var parts: [String] = []
    if verdict != .yes || showsYes { parts.append(self.verdict(verdict)) }
    if amount != .none { parts.append(self.amount(amount, of: decision.measure)) }
    if !reasons.isEmpty { parts.append(reasons.map { sentence($0) }.joined(separator: comma)) }
    return parts.joined(separator: say("，", ", "))
  }

  /// A day that follows from another; nil where none is stated.
  private func due(_ due: Due) -> String? {
    switch due {
    case .date(let day): date(day)
    case .unstated: nil
    case .notApplicable: say("不适用", "not applicable")
    case .unknown(let reasons):
      say("待定（", "unknown (") + reasons.map { sentence($0) }.joined(separator: comma) + say("）", ")")
    case .disputed(let days):
      say("有分歧：", "disputed: ") + days.map { date($0) }.joined(separator: say("或", " or "))
    }
  }
}
