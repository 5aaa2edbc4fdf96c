package import PolicyDiagnostics
package import PolicyEvaluation
import PolicyIR

/// What of an answer can differ between two versions of the rules, each apart from the others.
package enum AnswerAxis: String, Hashable, Sendable, CaseIterable {
  case verdict, reasons, amount, payers, instalments, deadlines, period, force, departments, sources

  /// What it is called.
  package var name: Bilingual {
    switch self {
    case .verdict: Bilingual(zh: "结论", en: "answer")
    case .reasons: Bilingual(zh: "理由", en: "reasons")
    case .amount: Bilingual(zh: "金额", en: "amount")
    case .payers: Bilingual(zh: "出资", en: "payers")
    case .instalments: Bilingual(zh: "分期", en: "instalments")
    case .deadlines: Bilingual(zh: "时限", en: "deadlines")
    case .period: Bilingual(zh: "效力", en: "period")
    case .force: Bilingual(zh: "力度", en: "force")
    case .departments: Bilingual(zh: "部门", en: "departments")
    case .sources: Bilingual(zh: "原文", en: "sources")
    }
  }
}

extension Wording {
  /// A decision on one axis as an exact text that names things by their names; equal texts are equal answers, whatever the ids
  /// and the layout of the rules. Empty where there is nothing to say.
  package func text(_ decision: Decision, on axis: AnswerAxis) -> String {
    let measure = program.measures[decision.measure]
    let text: String =
      switch axis {
      case .verdict: label(decision.label)
      case .reasons:
        ([because(decision) ?? ""] + decision.paymentReasons.map { sentence($0.reason) }
          + decision.rulings.map { ruling($0) })
          .filter { !$0.isEmpty }.joined(separator: say("；", "; "))
      case .amount:
        decision.amount == .none && decision.payable == nil
          ? "" : amountSentence(decision) + (totalLimit(decision.measure).map { say("；总额", "; limit ") + $0 } ?? "")
      case .payers: payerLines(decision).joined(separator: say("；", "; "))
      case .instalments: instalmentLines(decision).joined(separator: say("；", "; "))
      case .deadlines: (deadlineLines(decision) + papers(of: measure)).joined(separator: say("；", "; "))
      case .period: period(decision.period)
      case .force:
        measure.force.map { "\($0.word)\(say("（", " ("))\(forceClass($0.strength))\(say("）", ")"))" }
          .joined(separator: comma) + say("：", ": ") + measure.effect
      case .departments: departments(decision) ?? ""
      case .sources: source(measure)
      }
    return text.filter { !$0.isWhitespace }
  }
}
