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

  /// All that can be expected of a decision: verdict, causes, readings, amount, label.
  ///
  /// - Parameter isExact: Whether the causes are all that there are.
  package func line(_ decision: Decision, isExact: Bool) -> String {
    let measure = program.measures[decision.measure]
    var parts = ["\(measure.name) \(wording.verdict(decision.verdict))"]
    let type = program.amountType(of: decision.measure)
    if decision.amount != .none, let amount = decision.amount.expected {
      parts.append(wording.amountWord(type) + " " + text(amount, type))
    }
    if decision.period.blocks { parts.append("标签 “\(decision.label.chinese)”") }
    if let because = because(wording.causes(of: decision), isExact: isExact) { parts.append(because) }
    parts += decision.readings.flatMap { split in split.readings.indices.map { reading(split, $0) } }
    return parts.joined(separator: "，")
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
