package import PolicyEvaluation
package import PolicyIR
import PolicyValues

extension Session {
  /// The measures that may hold for a subject, with their decisions and those of their groups.
  ///
  /// - Parameter usesIndex: whether measures are left out by what they need of single facts; the answers are the same.
  package func possible(
    for subject: Subject, usesIndex: Bool
  ) -> (measures: PossibleMeasures, decisions: Decisions) {
    _ = prepared
    let measures = state.evaluation!.possible(for: subject, asOf: asOf, usesIndex: usesIndex)
    return (measures, state.evaluation!.decisions(for: subject, asOf: asOf, possible: measures))
  }

  /// Why each of some measures that don't hold doesn't.
  package func causes(for subject: Subject, _ measures: [MeasureID]) -> [SkipCause] {
    _ = prepared
    return state.evaluation!.causes(for: subject, asOf: asOf, measures)
  }

  /// The verdict of one measure alone; nil where it has no object.
  package func verdict(of measure: MeasureID, for subject: Subject) -> Verdict? {
    _ = prepared
    return state.evaluation!.verdicts(for: subject, asOf: asOf, measures: [measure]).first ?? nil
  }

  /// The label of one measure, from its verdict where that is enough; nil where it has no object.
  package func label(of measure: MeasureID, for subject: Subject) -> Label? {
    guard let verdict = verdict(of: measure, for: subject) else { return nil }
    return Label(verdict, prepared.periodState(of: measure, on: asOf))
      ?? decisions(for: subject, measures: [measure]).decisions.first?.label
  }
}
