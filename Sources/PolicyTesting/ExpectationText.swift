package import PolicyAnswers
package import PolicyEvaluation
package import PolicyIR
import PolicyValues

/// Writes answers as expectations of the language, in Chinese.
package struct ExpectationText: Sendable {
  let wording: Wording
  private var program: Program { wording.program }

  /// - Requires: the wording is Chinese.
  package init(_ wording: Wording) { self.wording = wording }

  /// All that can be expected of a decision: verdict, amount, causes, readings, instalments, payers, dates.
  ///
  /// - Parameter isExact: Whether the causes are all that there are.
  package func line(_ decision: Decision, isExact: Bool) -> String {
    let measure = program.measures[decision.measure]
    var parts = ["\(measure.name) \(wording.verdict(decision.verdict))"]
    if decision.amount != .none, let amount = amountPart(decision.amount, decision) { parts.append(amount) }
    if decision.period.blocks { parts.append("标签 “\(decision.label.chinese)”") }
    if let because = because(wording.causes(of: decision), isExact: isExact) { parts.append(because) }
    parts += decision.readings.flatMap { split in split.readings.indices.map { reading(split, $0) } }
    return (parts + payment(decision)).joined(separator: "，")
  }

  /// Whether the line of a decision says something of its amount, payers, instalments or dates.
  package func saysAmount(_ decision: Decision) -> Bool {
    decision.amount != .none && amountPart(decision.amount, decision) != nil || !payment(decision).isEmpty
  }

  private func amountPart(_ amount: Amount, _ decision: Decision) -> String? {
    let type = program.amountType(of: decision.measure)
    guard let expected = amount.expected else { return nil }
    let text = text(expected, type)
    return isReadable(text, type) ? wording.amountWord(type) + " " + text : nil
  }

  /// A fraction of a 分 has no words of its own, nor has less than nothing.
  private func isReadable(_ text: String, _ type: ValueType) -> Bool {
    !(type == .money && text.contains("/")) && !text.contains("-")
  }

  /// Instalments, shares and due dates, as far as they have words.
  private func payment(_ decision: Decision) -> [String] {
    let measure = program.measures[decision.measure]
    let type = program.amountType(of: decision.measure)
    func amount(_ amount: Amount) -> String? {
      guard amount != .none, let text = amount.expected.map({ self.text($0, type) }) else { return nil }
      return isReadable(text, type) ? text : nil
    }
    let shares = measure.payers.filter { _ in decision.amount != .none }.compactMap { declared -> String? in
      let name = program.authorities[declared.authority].name
      guard let payer = decision.payers.first(where: { $0.authority == declared.authority }) else {
        return "出资 \(name) 无"
      }
      guard payer.verdict == .yes else { return nil }
      return (payer.isUnstated ? "待定" : amount(payer.share)).map { "出资 \(name) \($0)" }
    }
    let dates = decision.dueDates.compactMap { entry -> String? in
      guard case .date(let day) = entry.due else { return nil }
      let act = measure.deadlines[entry.deadline].act
      return "到期" + (act.isEmpty ? " " : "“\(act)” ") + wording.date(day)
    }
    let instalments = zip(measure.instalments, decision.instalments).map { declared, found in
      "分期“\(declared.name)” \(wording.verdict(found.verdict))" + (amount(found.amount).map { "，金额 \($0)" } ?? "")
    }
    return shares + dates + instalments
  }

  /// `因 缺事实 所在县区、缺细则 建设补助办法`; nil without causes.
  package func because(_ causes: [Cause], isExact: Bool) -> String? {
    var (items, last): ([String], String?) = ([], nil)
    for cause in causes {
      guard let word = cause.kind.word?.zh else { continue }
      items.append((word == last ? "" : word + " ") + written(cause.name))
      last = word
    }
    return items.isEmpty ? nil : (isExact ? "只因 " : "因 ") + items.joined(separator: "、")
  }

  /// `读法 康养项目 狭义 不适用`
  func reading(_ split: ReadingSplit, _ position: Int) -> String {
    let choice = program.choices[split.choice]
    let name = choice.name.split(separator: "：").joined(separator: " ")
    return "读法 \(name) \(choice.readings[position]) \(wording.verdict(split.readings[position].verdict))"
  }

  /// A name that is declared as it is, anything else between quotes.
  private func written(_ name: String) -> String {
    let isDeclared =
      program.fields.contains { $0.name == name } || program.holes.contains { $0.name == name }
      || program.nameLists.contains { $0.name == name } || program.choices.contains { $0.name == name }
      || program.measures.contains { $0.object?.name == name }
    return isDeclared && !name.contains("：") ? name : "“\(name)”"
  }

  func text(_ amount: Expectation.ExpectedAmount, _ type: ValueType) -> String { written(amount, type, wording) }

  /// An expected amount in the words of a language.
  func written(_ amount: Expectation.ExpectedAmount, _ type: ValueType, _ wording: Wording) -> String {
    func quantity(_ value: Rational) -> String { wording.amount(.exact(value), type) }
    return switch amount {
    case .exact(let value): quantity(value)
    case .length(let length): wording.amount(.length(length), type)
    case .range(let low?, let high?): quantity(low) + wording.say(" 至 ", " through ") + quantity(high)
    case .range(let low?, nil): quantity(low) + wording.say(" 以上", " or-more")
    case .range(nil, let high?): quantity(high) + wording.say(" 以下", " or-less")
    case .atMost(let value): wording.say("最高 ", "capped-at ") + quantity(value)
    case .toBeSet, .range(nil, nil): wording.say("待定", "unknown")
    case .disputed: wording.say("解释分歧", "in-dispute")
    case .none: wording.say("无", "nothing")
    }
  }
}

extension Amount {
  /// What an expectation can say of it; nil where it has no words.
  var expected: Expectation.ExpectedAmount? {
    switch self {
    case .none: Expectation.ExpectedAmount.none
    case .exact(let value): .exact(value)
    case .length(let length): .length(length)
    case .range(nil, nil), .unknown, .toBeSet(_, nil, nil): .toBeSet
    case .range(let low, let high), .toBeSet(_, let low, let high): .range(low: low, high: high)
    case .atMost(let value): value.map { .atMost($0) }
    case .disputed: .disputed
    }
  }

  /// Whether it is what is expected; 待定 is met by whatever is to be set, also within bounds.
  func meets(_ wanted: Expectation.ExpectedAmount) -> Bool {
    if case .toBeSet(_, _, _) = self, wanted == .toBeSet { return true }
    return expected == wanted
  }
}

extension Verdict {
  /// What expectations call it.
  package var expected: Expectation.ExpectedVerdict {
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
  var verdict: Verdict {
    switch self {
    case .yes: .yes
    case .no: .no
    case .unknown: .unknown
    case .disputed: .disputed
    case .notApplicable: .notApplicable
    }
  }
}
