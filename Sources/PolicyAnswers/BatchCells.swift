package import PolicyDiagnostics
package import PolicyEvaluation
import PolicyIR

/// What a table says of one decision.
package struct BatchCells: Hashable, Sendable {
  package var label: Label
  package var amount: String
  package var departments: String
  package var lacking: String
  /// The authorities named in `departments`, each once and without its county.
  package var authorities: [String]
}

/// The columns that a batch adds for each measure.
package enum BatchColumn: String, Hashable, Sendable, CaseIterable {
  case answer, amount, clause, quote, departments, lacking

  /// Its head.
  package func name(_ language: Language) -> String {
    let (zh, en) =
      switch self {
      case .answer: ("结论", "answer")
      case .amount: ("金额", "amount")
      case .clause: ("条款", "clause")
      case .quote: ("依据", "quote")
      case .departments: ("责任单位", "departments")
      case .lacking: ("待补", "lacking")
      }
    return language == .zh ? zh : en
  }
}

extension Wording {
  /// What a table says of a decision.
  package func cells(_ decision: Decision) -> BatchCells {
    BatchCells(
      label: decision.label, amount: decision.amount == .none ? "" : amount(decision.amount, of: decision.measure),
      departments: departments(decision) ?? "", lacking: lacking(decision), authorities: authorities(decision))
  }

  /// What a verdict or an amount lacks; empty where it lacks nothing.
  package func lacking(_ decision: Decision) -> String {
    switch decision.verdict {
    case .unknown, .disputed: because(decision) ?? ""
    case .yes:
      unique(decision.amountReasons.map { sentence($0.reason) }).joined(separator: say("；", "; "))
    case .no, .notApplicable: ""
    }
  }

  /// The authorities named in a decision, each once and without its county.
  package func authorities(_ decision: Decision) -> [String] {
    unique(decision.departments.map { program.authorities[$0.authority].name })
  }
}
