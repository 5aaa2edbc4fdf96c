package import PolicyEvaluation
package import PolicyIR
import PolicyText
import PolicyValues

extension Wording {
  /// The mark of a truth: ✓ ✗ ? and ≠ where readings differ.
  package func mark(_ outcome: ExpressionOutcome?) -> String {
    guard case .truth(let truth)? = outcome else { return " " }
    guard let leaf = truth.leaf else { return "≠" }
    switch leaf {
    case .yes: return "✓"
    case .no, .notApplicable: return "✗"
    case .unknown: return "?"
    }
  }

  package func mark(_ verdict: Verdict) -> String {
    switch verdict {
    case .yes: "✓"
    case .no, .notApplicable: "✗"
    case .unknown: "?"
    case .disputed: "≠"
    }
  }

  /// The object and the conditions, each with its mark and the facts that it saw.
  package func conditions(_ decision: Decision, _ derivation: Derivation, subject: Subject) -> [String] {
    var lines: [String] = []
    guard let root = derivation.roots.first else { return lines }
    for child in derivation.children(of: root) {
      let step = derivation[child]
      var text: String
      switch step.what {
      case .object:
        text = say(
          "对象“\(program.measures[decision.measure].object?.name ?? "")”",
          "for “\(program.measures[decision.measure].object?.name ?? "")”")
      case .condition(let position, _): text = conditionText(decision, position)
      case .period: text = say("施行与有效期：", "period: ") + period(decision.period)
      case .reference: text = say("参照、依照的规则", "the rule referred to")
      default: continue
      }
      let seen = facts(child, derivation, subject)
      if !seen.isEmpty { text += say("——", " — ") + seen.joined(separator: say("，", ", ")) }
      lines.append("\(inked(markOf(step, decision))) \(text)")
    }
    return lines
  }

  private func inked(_ mark: String) -> String {
    switch mark {
    case "✓": paint(mark, .good)
    case "✗": paint(mark, .bad)
    case " ": mark
    default: paint(mark, .open)
    }
  }

  private func markOf(_ step: Derivation.Step, _ decision: Decision) -> String {
    if case .condition(let position, _) = step.what { return mark(decision.conditions[position]) }
    if case .period = step.what { return decision.period.blocks ? "✗" : "✓" }
    return mark(step.outcome)
  }

  /// `备案总投资 2.8亿元` for each fact read below a step, once.
  private func facts(_ position: Int, _ derivation: Derivation, _ subject: Subject) -> [String] {
    var result: [String] = []
    func add(_ text: String) {
      if !result.contains(text) { result.append(text) }
    }
    // The recorded fact of the subject asked about, where a step stands for it without a step of its own.
    func addRecorded(_ field: FieldID, _ path: SubjectPath) {
      let slot = program.fields[field].slot
      guard path == .root, program.fields[field].kind == subject.kind, subject.facts.indices.contains(slot) else {
        return
      }
      add(program.fields[field].name + " " + fact(subject.facts[slot], program.fields[field].type))
    }
    func walk(_ position: Int, _ depth: Int) {
      guard depth < 64 else { return }
      let step = derivation[position]
      switch step.what {
      case .field(let id): add(factName(id, step.subject) + " " + factText(step, program.fields[id].type))
      case .classification(let id): addRecorded(program.classifications[id].field, step.subject)
      case .hole(let id): add(program.holes[id].name + say(" 待制定", " to be issued"))
      default: break
      }
      if case .aggregate(_, let relation, _, _, _)? = step.expression?.form { addRecorded(relation, step.subject) }
      for child in derivation.children(of: position) { walk(child, depth + 1) }
    }
    walk(position, 0)
    return result
  }

  private func factText(_ step: Derivation.Step, _ type: ValueType) -> String {
    switch step.fact {
    case .missing: say("未提供", "not given")
    case .notKnown: say("不知", "not known")
    case .notApplicable: say("不适用", "not applicable")
    case .value, .none: step.outcome.map { outcome($0, type) } ?? ""
    }
  }

  /// A result, with the readings where it depends on them.
  package func outcome(_ outcome: ExpressionOutcome, _ type: ValueType) -> String {
    switch outcome {
    case .truth(let truth):
      if let leaf = truth.leaf { return self.truth(leaf) }
      return cases(truth) { self.truth($0) }
    case .value(let value):
      if let leaf = value.leaf { return known(leaf, type) }
      return cases(value) { known($0, type) }
    }
  }

  private func cases<Leaf>(_ outcome: Outcome<Leaf>, _ text: (Leaf) -> String) -> String {
    let parts = outcome.cases.prefix(8).map { entry in
      entry.under.map { chosen($0) }.joined(separator: comma) + say("：", ": ") + text(entry.leaf)
    }
    return parts.joined(separator: say("；", "; ")) + (outcome.cases.count > 8 ? "…" : "")
  }

  private func truth(_ truth: Truth) -> String {
    switch truth {
    case .yes: say("是", "yes")
    case .no: say("否", "no")
    case .notApplicable: say("不适用", "not applicable")
    case .unknown(let reasons):
      say("未知（", "unknown (") + reasons.map { sentence($0) }.joined(separator: comma) + say("）", ")")
    }
  }

  private func known(_ value: KnownValue, _ type: ValueType) -> String {
    switch value {
    case .value(let value): return self.value(value, type)
    case .notApplicable: return say("不适用", "not applicable")
    case .unknown(let reasons, let low, let high):
      var text = say("未知（", "unknown (") + reasons.map { sentence($0) }.joined(separator: comma) + say("）", ")")
      if case .quantity(let dimension) = type {
        if let low { text += say("，不少于\(quantity(low, dimension))", ", \(quantity(low, dimension)) or more") }
        if let high { text += say("，不超过\(quantity(high, dimension))", ", \(quantity(high, dimension)) or less") }
      }
      return text
    }
  }

  // MARK: The whole tree

  /// Every step, indented, with its result, its place in the rule files and the words that it rests on.
  package func tree(_ derivation: Derivation) -> [String] {
    var lines: [String] = []
    func walk(_ position: Int, _ depth: Int) {
      let step = derivation[position]
      let indent = String(repeating: "  ", count: depth)
      lines.append(indent + line(step))
      if case .definition = step.what { lines += quotes(step, indent) }
      if case .classification = step.what { lines += quotes(step, indent) }
      if case .measure = step.what { lines += quotes(step, indent) }
      guard depth < 64, step.sameAs == nil else { return }
      for child in derivation.children(of: position) { walk(child, depth + 1) }
    }
    for root in derivation.roots { walk(root, 0) }
    return lines
  }

  private func quotes(_ step: Derivation.Step, _ indent: String) -> [String] {
    guard let origin = step.origin else { return [] }
    return origin.quotes.map { "\(indent)  “\($0.text)” —— \(citation($0))" }
  }

  private func line(_ step: Derivation.Step) -> String {
    var text = inked(mark(step.outcome)) + " " + stepText(step)
    // A literal says its value itself.
    if let outcome = step.outcome, !step.isLiteral {
      text += say("：", ": ") + self.outcome(outcome, type(of: step))
    }
    if step.sameAs != nil { text += say("（同前）", " (as above)") }
    if let span = step.expression?.span ?? step.origin?.span, span.end > span.start {
      let file = files[span.file]
      text += "  [\(file.path):\(file.line(of: span.start))]"
    }
    return text
  }

  /// The type of what a step gives.
  package func type(of step: Derivation.Step) -> ValueType {
    switch step.what {
    case .field(let id): program.fields[id].type
    case .definition(let id): program.definitions[id].type
    case .row(let id, _): program.tables[id].type
    case .tier(let id, _): program.tierSchedules[id].type
    case .hole(let id), .filling(let id, _): program.holes[id].type
    case .reading(let id, _), .settled(let id, _): program.definitions.first { $0.choice == id }?.type ?? .truth
    case .deadline: .date
    case .amount: .money
    default: step.expression?.type ?? .truth
    }
  }

  /// What a step is, in a few words.
  package func stepText(_ step: Derivation.Step) -> String {
    switch step.what {
    case .measure(let id): return say("措施 ", "measure ") + program.measures[id].name
    case .object(let kind): return say("对象 ", "for ") + program.kinds[kind].name
    case .condition(_, let role): return roleName(role)
    case .reference: return say("参照、依照", "reference")
    case .period: return say("施行与有效期", "period")
    case .definition(let id): return say("定义 ", "definition ") + program.definitions[id].name
    case .reading(let id, let reading), .settled(let id, let reading):
      return say("读法 ", "reading ") + program.choices[id].readings[reading]
    case .classification(let id): return say("归类 ", "classification ") + program.classifications[id].name
    case .field(let id): return factName(id, step.subject)
    case .expression: return step.expression.map { ruleText($0.span) } ?? ""
    case .element(let id, let position): return program.fields[id].name + say("第\(position + 1)项", " \(position + 1)")
    case .row(let id, let row): return program.tables[id].name + say("第\(row + 1)行", " row \(row + 1)")
    case .tier(let id, let tier): return program.tierSchedules[id].name + say("第\(tier + 1)档", " tier \(tier + 1)")
    case .hole(let id): return say("空缺 ", "hole ") + program.holes[id].name
    case .filling(let id, _): return say("补入 ", "filling ") + program.holes[id].name
    case .amount: return say("金额", "amount")
    case .payer: return say("出资", "payer")
    case .instalment: return say("分期", "instalment")
    case .deadline: return say("时限", "deadline")
    case .department(let id): return say("出资 ", "payer ") + program.authorities[id].name
    }
  }
}

extension Derivation.Step {
  fileprivate var isLiteral: Bool {
    if case .expression = what, case .literal? = expression?.form { return true }
    return false
  }
}
