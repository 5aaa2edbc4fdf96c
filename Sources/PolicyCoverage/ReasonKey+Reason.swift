import PolicyEvaluation
import PolicyIR

extension ReasonKey {
  /// nil for conflicts and what can't be computed: which of those a rule can have isn't said by its form.
  init?(_ reason: Reason) {
    switch reason {
    case .missingFact(let field, _, _), .finding(let field, _, _, _): self = .field(field)
    case .danglingReference(_, let finding?): self = .field(finding.field)
    case .danglingReference(let text, nil): self = .text(text)
    case .openList(let field, _): self = .openList(field)
    case .listIncomplete(let field, _): self = .listIncomplete(field)
    case .hole(let hole): self = .hole(hole)
    case .listNotOnFile(let list): self = .listNotOnFile(list)
    case .unnamed(let list): self = .unnamed(list)
    case .notOnIncompleteList(let list): self = .notOnIncompleteList(list)
    case .unsettled(let classification, let value): self = .unsettled(classification, value)
    case .unranked(let option, let value): self = .unranked(option, value)
    case .discretion(let measure): self = .discretion(measure)
    case .notComputable(.beforeFirstPeriod(let parameter)): self = .beforeFirstPeriod(parameter)
    case .conflict, .notComputable: return nil
    }
  }
}
