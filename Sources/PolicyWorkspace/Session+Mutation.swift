package import PolicyAnalysis
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
package import PolicyIR
package import PolicyTesting
import PolicyValues

extension Session {
  /// What the cases notice of single mistakes in the rules.
  ///
  /// - Parameter measures: Only mistakes that these measures rest on; nil: all.
  /// - Throws: `libraryMissing` where Z3 isn't installed.
  package func mutationReport(of measures: Set<MeasureID>?) throws(SolverFailure) -> MutationReport {
    try mutate(
      program, files: policies.files, asOf: asOf,
      where: { mutant in
        measures.map { !$0.isDisjoint(with: mutant.measures) } ?? true
      }, goOn: { watch($0, $1) })
  }

  /// The case that notices a mistake, with the answers of the rules as they are; nil where none is known.
  package func caseText(noticing survivor: MutationReport.Survivor, numbered number: Int) -> String? {
    let chinese = Wording(program: program, language: .zh, files: policies.files)
    switch survivor.notice {
    case .unknown: return nil
    case .statement(let id):
      return "案例 变异\(number) \(program.measures[id].name)：\n    预期：" + statement(of: id, chinese) + "\n"
    case .answers(let witness, let measures):
      var replay = Replay(program)
      let writer = ExpectationText(chinese)
      return caseText(
        named: "变异\(number) " + measures.map { program.measures[$0].name }.joined(separator: " "), witness, status: nil,
        expectations: replay.decisions(witness, measures).decisions.map { writer.line($0, isExact: true) })
    }
  }

  /// What a measure says of itself, as an expectation.
  private func statement(of id: MeasureID, _ wording: Wording) -> String {
    let measure = program.measures[id]
    var parts = [measure.name]
    if let clause = measure.origin.clause { parts.append("条款 \(program.clauses[clause].address)") }
    let responsible = measure.departments.filter { [.responsible, .lead, .assist, .general].contains($0.role) }
      .map { program.authorities[$0.authority].name }
    if !responsible.isEmpty { parts.append("责任单位 " + responsible.joined(separator: "、")) }
    let actors = measure.actors.map { actor in
      switch actor {
      case .authority(let id): program.authorities[id].name
      case .described(let words): "“\(words)”"
      }
    }
    if !actors.isEmpty { parts.append("承办 " + actors.joined(separator: "、")) }
    let classes = measure.force.map { "“\($0.strength.className)”" }
    if !classes.isEmpty { parts.append("强度 " + classes.joined(separator: "、")) }
    return parts.joined(separator: "，")
  }
}
