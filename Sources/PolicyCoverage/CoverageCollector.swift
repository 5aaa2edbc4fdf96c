import PolicyEvaluation
package import PolicyIR
package import PolicyValues

/// Tells which items the answers to cases show.
package struct CoverageCollector {
  package let program: Program
  private var explanations: [[PolicyCase.FixedReading]: Explanation] = [:]

  package init(_ program: Program) { self.program = program }

  /// The items that a case shows: only what it expects of a measure is looked at, amounts only where one is expected.
  package mutating func items(of test: PolicyCase) -> Set<CoverageItem> {
    guard let subject = test.subject, let asOf = test.asOf else { return [] }
    var asked: [(measure: MeasureID, withAmount: Bool)] = []
    for expectation in test.expectations {
      let withAmount =
        expectation.amount != nil || expectation.payable != nil || expectation.due != nil
        || !expectation.instalments.isEmpty || !expectation.shares.isEmpty
      switch expectation.target {
      case .measure(let id) where expectation.asksForDecision: asked.append((id, withAmount))
      case .measure: break
      case .group(let id): asked += members(of: id).map { ($0, true) }
      }
    }
    return items(asked, subject: subject, asOf: asOf, readings: test.readings)
  }

  /// The items that answers of measures for a subject show.
  package mutating func items(
    _ asked: [(measure: MeasureID, withAmount: Bool)], subject: Subject, asOf: CivilDate,
    readings: [PolicyCase.FixedReading]
  ) -> Set<CoverageItem> {
    var explanation = explanations[readings] ?? Explanation(PreparedProgram(settled(readings)))
    // Kept in one place only, or each answer would copy the engine.
    explanations[readings] = nil
    var items: Set<CoverageItem> = []
    for (measure, withAmount) in asked {
      guard let (decision, derivation) = explanation.decision(of: measure, for: subject, asOf: asOf) else { continue }
      var walk = CoverageWalk(program, derivation, subject, asOf: asOf)
      walk.visit(decision, withAmount: withAmount)
      items.formUnion(walk.items)
      for fixed in readings where decision.rulings.contains(fixed.choice) {
        items.insert(CoverageItem(.choice(fixed.choice), [], .reading(fixed.reading)))
      }
    }
    explanations[readings] = explanation
    return items
  }

  private func members(of group: GroupID) -> [MeasureID] {
    program.groups[group].members + program.groups[group].subgroups.flatMap { members(of: $0) }
  }

  private func settled(_ readings: [PolicyCase.FixedReading]) -> Program {
    var program = program
    for fixed in readings { program.settle(fixed.choice, fixed.reading) }
    return program
  }
}
