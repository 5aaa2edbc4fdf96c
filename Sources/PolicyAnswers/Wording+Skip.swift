package import PolicyEvaluation
package import PolicyIR

extension Wording {
  /// Why a measure is left out of those that may hold: `所在县区 为 朔城区：不成立（所在县区 应县）`.
  ///
  /// - Parameter decision: gives the decision where no single fact says it.
  package func sentence(
    _ cause: SkipCause, of measure: MeasureID, subject: Subject, _ decision: () -> Decision?
  ) -> String {
    switch cause {
    case .kind: return say("对象是别的主体", "it is for another kind of subject")
    case .period(let state): return say("施行与有效期：", "period: ") + period(state)
    case .object(let failed):
      return say("对象“\(program.measures[measure].object?.name ?? "")”：", "class: ") + sentence(failed, subject)
    case .condition(_, let failed): return sentence(failed, subject)
    case .reference(let other):
      return say(
        "参照、依照的“\(program.measures[other].name)”：不成立",
        "“\(program.measures[other].name)”, which it follows, doesn't hold")
    case .decided:
      guard let decision = decision() else { return say("逐项判断", "decided one by one") }
      return because(decision) ?? label(decision.label)
    }
  }

  private func sentence(_ failed: FailedTest, _ subject: Subject) -> String {
    let text = ruleText(failed.expression.span)
    let verdict =
      failed.isNegated ? say("：成立，而应不成立", ": holds, and should not") : say("：不成立", ": doesn't hold")
    guard let field = failed.field, subject.facts.indices.contains(program.fields[field].slot) else {
      return text + verdict
    }
    let entry = program.fields[field]
    let value = fact(subject.facts[entry.slot], entry.type)
    // A test that is a fact says no more than the fact.
    if text == entry.name { return say("\(text)：\(value)", "\(text): \(value)") }
    return text + verdict + say("（\(entry.name) \(value)）", " (\(entry.name) \(value))")
  }
}
