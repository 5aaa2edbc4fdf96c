import PolicyAnalysis
import PolicyIR
import PolicyTesting
import PolicyText
import PolicyValues
import PolicyWorkspace

/// Prints the time of the analysis of a policy, and of generated measures from 10 to 1 000.
func measureAnalysis(_ path: String, folder: String) {
  print("analysis of rules (CPU time; every finding replayed by the evaluator)")
  guard let set = try? loadPolicies([path]) else { fail("can't read \(path)") }
  measure(path, set.program, rounds: 5, expecting: 0)
  for count in [10, 100, 1000] {
    GeneratedPolicy(measures: count).write(to: folder)
    guard let set = try? loadPolicies([folder]) else { fail("can't read \(folder)") }
    // All but the first measure of each of six counties meet one before them with another amount.
    measure("\(count) generated measures", set.program, rounds: count < 1000 ? 3 : 1, expecting: max(0, count - 6))
  }
  measureMutation(path, set)
}

/// Prints the time of making every single mistake in a policy and looking for the case that notices it.
private func measureMutation(_ path: String, _ set: PolicySet) {
  var report: MutationReport?
  let asOf = CivilDate(year: 2024, month: 6, day: 1)!
  let time = interleavedMedians(rounds: 3, [{ report = try? mutate(set.program, files: set.files, asOf: asOf) }])[0]
  guard let report else { fail("the solver is not installed") }
  require(report.percent >= 95, "\(path): \(report.percent)% noticed")
  row(
    "every single mistake in \(path)",
    "\(decimals(time / 1e9, 2)) s, \(report.total) mistakes, \(report.equivalent.count) without effect")
}

private func measure(_ name: String, _ program: Program, rounds: Int, expecting: Int) {
  let asOf = CivilDate(year: 2024, month: 6, day: 1)!
  var report: AnalysisReport?
  let time = interleavedMedians(rounds: rounds, [{ report = try? analyze(program, asOf: asOf) }])[0]
  guard let report else { fail("the solver is not installed") }
  let findings = report.findings.count { $0.kind != .unreadFact }
  require(findings == expecting && report.notAnalysed.isEmpty, "\(name): \(findings) findings")
  row(name, "\(decimals(time / 1e9, 2)) s, \(report.analysed) measures, \(findings) findings")
}
