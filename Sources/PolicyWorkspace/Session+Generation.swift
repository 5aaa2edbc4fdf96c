package import PolicyAnalysis
import PolicyAnswers
import PolicyCoverage
import PolicyDiagnostics
import PolicyEvaluation
package import PolicyIR
package import PolicyTesting
import PolicyValues

extension Session {
  /// Makes cases for what the cases at hand don't show.
  ///
  /// - Throws: `libraryMissing` where Z3 isn't installed.
  package func generatedCases(of measures: Set<MeasureID>?, limits: Solver.Limits) throws(SolverFailure)
    -> GeneratedCases
  {
    try generateCases(
      program, files: policies.files, asOf: asOf, measures: measures, limits: limits, goOn: { watch($0, $1) })
  }

  /// Generated cases as a rule file, each marked as to be confirmed.
  package func text(of generated: GeneratedCases) -> String {
    let chinese = Wording(program: program, language: .zh, files: policies.files)
    let (writer, names) = (ExpectationText(chinese), CoverageText(CoveragePlan(program, .boundaries), chinese))
    var taken = Set(program.cases.map(\.name))
    var texts: [String] = []
    for test in generated.cases {
      let name = self.name(of: test, names, &taken)
      texts.append(
        caseText(
          named: name, test.witness, status: "生成待确认",
          expectations: test.decisions.map { writer.line($0, isExact: true) }))
    }
    return texts.joined(separator: "\n")
  }

  /// What a generated case shows first; a number where another case has the name.
  private func name(of test: GeneratedCase, _ names: CoverageText, _ taken: inout Set<String>) -> String {
    var name = program.measures[test.decisions[0].measure].name
    if let first = test.shows.first { name += "，" + names.sentence(first) }
    // A head ends at a colon, and # begins a comment.
    name = String(name.map { "：:#\n".contains($0) ? " " : $0 }.filter { !"“”\"「」".contains($0) }).replacingRuns()
    var number = 2
    var result = name
    while !taken.insert(result).inserted {
      result = "\(name) \(number)"
      number += 1
    }
    return result
  }
}

extension String {
  /// Without spaces in a row.
  fileprivate func replacingRuns() -> String { split(separator: " ").joined(separator: " ") }
}
