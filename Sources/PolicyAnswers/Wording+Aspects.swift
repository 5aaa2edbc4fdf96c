package import PolicyEvaluation
import PolicyIR
import PolicyValues

extension Wording {
  /// What a decision says on each side, in words without the places of rules; sides of which it says nothing are left out.
  package func aspects(_ decision: Decision) -> [Aspect: String] {
    var result: [Aspect: String] = [:]
    for aspect in Aspect.allCases {
      let text = text(aspect, decision)
      if !text.isEmpty { result[aspect] = text }
    }
    return result
  }

  private func text(_ aspect: Aspect, _ decision: Decision) -> String {
    let measure = program.measures[decision.measure]
    switch aspect {
    case .name: return measure.name
    case .conclusion: return conclusion(decision)
    case .amount: return amountWithReasons(decision)
    case .payable:
      guard let payable = decision.payable else { return "" }
      return program.groups[payable.group].name + say("：", ": ") + amount(payable.amount, of: decision.measure)
    case .payers: return payers(decision)
    case .instalments: return decision.wouldBe == .no ? "" : instalments(decision)
    case .deadlines: return deadlines(decision)
    case .departments: return departments(decision) ?? ""
    case .period: return period(decision, measure)
    case .force: return measure.force.map { "\($0.word)（\(forceClass($0.strength))）" }.joined(separator: comma)
    case .effect:
      let actors = actors(measure)
      return
        ([measure.effect] + (actors.isEmpty ? [] : [say("承办：", "actor: ") + actors.joined(separator: comma)])
        + (measure.trigger.map { [say("触发：", "trigger: ") + $0] } ?? [])).joined(separator: say("；", "; "))
    case .procedure:
      let materials =
        measure.materials.isEmpty ? [] : [say("材料：", "materials: ") + measure.materials.joined(separator: comma)]
      let steps = measure.steps.isEmpty ? [] : [say("步骤：", "steps: ") + measure.steps.joined(separator: comma)]
      return (materials + steps).joined(separator: say("；", "; "))
    case .total: return totalLimit(decision.measure) ?? ""
    case .rulings: return decision.rulings.map { ruling($0) }.joined(separator: say("；", "; "))
    case .source:
      return (measure.isUnbacked ? say("未引条款；", "not backed by the text; ") : "") + clause(measure.origin)
        + say("：", ": ")
        + measure.origin.quotes.map { "\(citation($0))“\($0.text.filter { !$0.isWhitespace })”" }.joined(
          separator: comma)
    }
  }

  private func conclusion(_ decision: Decision) -> String {
    var parts = [verdict(decision.wouldBe)]
    switch decision.wouldBe {
    case .unknown: parts += decision.reasons.map { sentence($0.reason) }
    case .disputed: parts.append(disputes(decision))
    case .yes, .no, .notApplicable: break
    }
    return unique(parts)
  }

  private func amountWithReasons(_ decision: Decision) -> String {
    guard decision.amount != .none else { return "" }
    let reasons: [String] =
      switch decision.amount {
      case .none, .exact, .length: []
      case .range, .toBeSet, .atMost, .unknown, .disputed: decision.amountReasons.map { sentence($0.reason) }
      }
    return unique(
      [amount(decision.amount, of: decision.measure)] + reasons
        + (decision.unrounded ? [say("取整未规定", "no rounding is stated")] : []))
  }

  private func payers(_ decision: Decision) -> String {
    decision.payers.map { payer in
      var parts = [authority(payer.authority, payer.county)]
      if payer.verdict != .yes { parts.append(verdict(payer.verdict)) }
      if payer.share != .none { parts.append(amount(payer.share, of: decision.measure)) }
      if payer.isUnstated { parts.append(say("比例未规定", "share unstated")) }
      return parts.joined(separator: say("，", ", "))
    }.joined(separator: say("；", "; "))
      + unique(decision.paymentReasons.map { say("；", "; ") + sentence($0.reason) }, separator: "")
  }

  private func instalments(_ decision: Decision) -> String {
    zip(program.measures[decision.measure].instalments, decision.instalments).map { instalment, answer in
      var parts = [instalment.name, verdict(answer.verdict)]
      if answer.amount != .none { parts.append(amount(answer.amount, of: decision.measure)) }
      if let date = answer.date { parts.append(due(date)) }
      return (parts + answer.reasons.map { sentence($0) }).joined(separator: say("，", ", "))
    }.joined(separator: say("；", "; "))
  }

  private func deadlines(_ decision: Decision) -> String {
    decision.dueDates.map { entry in
      let deadline = program.measures[decision.measure].deadlines[entry.deadline]
      return [deadline.act, deadline.words.filter { !$0.isWhitespace }, due(entry.due)].filter { !$0.isEmpty }.joined(
        separator: say("，", ", "))
    }.joined(separator: say("；", "; "))
  }

  private func due(_ due: Due) -> String {
    switch due {
    case .date(let day): date(day)
    case .unstated: say("未规定", "unstated")
    case .notApplicable: say("不适用", "not applicable")
    case .unknown(let reasons): say("待定", "unknown") + reasons.map { sentence($0) }.joined(separator: comma)
    case .disputed(let days): days.map { date($0) }.joined(separator: say("或", " or "))
    }
  }

  private func period(_ decision: Decision, _ measure: Measure) -> String {
    let document = measure.origin.clause.map { program.documents[program.clauses[$0].document].period } ?? Period()
    func text(_ own: Period.Boundary, _ other: Period.Boundary) -> String {
      if case .date(let day) = own { return date(day) }
      if case .date(let day) = other { return date(day) }
      return say("未规定", "unstated")
    }
    return text(measure.period.start, document.start) + say("至", " to ") + text(measure.period.end, document.end)
      + (measure.isTransitional ? say("（新旧划断）", " (transitional)") : "")
      + (decision.period.blocks ? say("，", ", ") + period(decision.period) : "")
  }

  private func unique(_ parts: [String], separator: String? = nil) -> String {
    var seen: Set<String> = []
    return parts.filter { seen.insert($0).inserted }.joined(separator: separator ?? say("；", "; "))
  }
}
