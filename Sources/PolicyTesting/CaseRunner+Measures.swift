import PolicyAnswers
package import PolicyIR
import PolicyText

/// What a measure says of itself, without a subject.
extension CaseRunner {
  func checkMeasure(_ id: MeasureID, _ expectation: Expectation, _ failures: inout [CaseFailure]) {
    let measure = program.measures[id]
    if let clause = expectation.clause {
      let found = measure.origin.clause.map { program.clauses[$0].address }
      if found != clause {
        fail(
          &failures, expectation, measure.name, .clause, correction: found.map { "条款 \($0)" } ?? "",
          expected: { $0.say("条款 \(clause)", "clause \(clause)") },
          found: { $0.say("条款 \(found?.description ?? "无")", "clause \(found?.description ?? "none")") })
      }
    }
    if !expectation.responsible.isEmpty {
      let found = measure.departments.filter { [.responsible, .lead, .assist, .general].contains($0.role) }
        .map(\.authority)
      if Array(found.prefix(expectation.responsible.count)) != expectation.responsible {
        fail(
          &failures, expectation, measure.name, .responsible,
          correction: found.isEmpty ? "" : "责任单位 " + names(found, zh),
          expected: { $0.say("责任单位 ", "responsible ") + names(expectation.responsible, $0) },
          found: { $0.say("责任单位 ", "responsible ") + names(found, $0) })
      }
    }
    checkStrength(measure, expectation, &failures)
    if !expectation.actors.isEmpty, measure.actors != expectation.actors {
      fail(
        &failures, expectation, measure.name, .actor,
        correction: measure.actors.isEmpty ? "" : "承办 " + actors(measure.actors, zh),
        expected: { $0.say("承办 ", "actor ") + actors(expectation.actors, $0) },
        found: { $0.say("承办 ", "actor ") + actors(measure.actors, $0) })
    }
  }

  func checkStrength(_ measure: Measure, _ expectation: Expectation, _ failures: inout [CaseFailure]) {
    let found = measure.force.map(\.strength)
    guard !expectation.strengths.isEmpty, expectation.strengths != found else { return }
    func words(_ forces: [Force]) -> String { forces.map { "“\($0.className)”" }.joined(separator: "、") }
    fail(
      &failures, expectation, measure.name, .strength, correction: "强度 " + words(found),
      expected: { $0.say("强度 ", "strength ") + words(expectation.strengths) },
      found: { $0.say("强度 ", "strength ") + words(found) })
  }

  private func names(_ ids: [AuthorityID], _ wording: Wording) -> String {
    ids.map { program.authorities[$0].name }.joined(separator: wording.comma)
  }

  private func actors(_ actors: [Measure.Actor], _ wording: Wording) -> String {
    let names = actors.map { actor in
      switch actor {
      case .authority(let id): program.authorities[id].name
      case .described(let words): "“\(words)”"
      }
    }
    return names.isEmpty ? wording.say("未写明", "not named") : names.joined(separator: wording.comma)
  }
}

extension Force {
  /// The word of the language for the class.
  package var className: String {
    switch self {
    case .obligation: "义务"
    case .prohibition: "禁止性"
    case .entitlement: "给付"
    case .procedure: "程序"
    case .permission: "准许"
    case .priority: "次序"
    case .encouragement: "倡导"
    case .trial: "试行"
    case .delegation: "授权"
    case .goal: "宣示"
    }
  }
}
