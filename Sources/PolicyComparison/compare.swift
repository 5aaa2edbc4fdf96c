package import PolicyAnalysis
import PolicyAnswers
package import PolicyDiagnostics
import PolicyEvaluation
package import PolicyIR
package import PolicyText
package import PolicyValues

/// One version of a policy: its rules, and the files that they were read from.
package struct Version: Sendable {
  package var program: Program
  package var files: SourceFiles

  package init(program: Program, files: SourceFiles) {
    self.program = program
    self.files = files
  }
}

/// Compares two versions of a policy on every side of their answers.
///
/// Measures are matched by name. Those whose rules are word for word the same, with everything that they refer to, are
/// unchanged; the others are put to the solver, and what is said to differ is shown on a subject whose answers by both versions
/// are the evaluator's.
///
/// - Parameter history: Tells which edits cause a difference; nil where that isn't asked.
/// - Parameter watch: Told before each measure how many are done, and of how many; false stops the comparison.
/// - Returns: nil where it was stopped.
/// - Throws: `libraryMissing` where Z3 isn't installed and a rule has changed.
package func compare(
  _ before: Version, _ after: Version, asOf: CivilDate, language: Language, history: History? = nil,
  limits: Solver.Limits = .init(), watch: (Int, Int) -> Bool = { _, _ in true }
) throws(SolverFailure) -> Comparison? {
  let pair = ProgramPair(before.program, after.program)
  var comparer = Comparer(pair, before, after, asOf, language, limits, history)
  var results: [MeasureComparison] = []
  let matches = comparer.matches()
  for (index, match) in matches.enumerated() {
    guard watch(index, matches.count) else { return nil }
    results.append(try comparer.compare(match.before, match.after))
  }
  for index in results.indices { comparer.comparePayable(&results[index]) }
  let edits = history?.edits ?? []
  var told = Set(results.flatMap { $0.causes + $0.changes.flatMap(\.examples).flatMap(\.causes) })
  // Of what was not compared, nothing says that an edit is without effect.
  for result in results where !result.notCompared.isEmpty {
    if let new = result.after { told.formUnion(history?.order(result.before, new) ?? []) }
  }
  return Comparison(
    pair: pair, measures: results, edits: edits, silentEdits: edits.indices.filter { !told.contains($0) },
    memberLimit: FactSpace.Domain().memberLimit)
}
