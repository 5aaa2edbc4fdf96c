import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
import PolicyWorkspace

/// Prints the time of all decisions for one subject, warm, with and without their derivation.
func measureEvaluation(_ path: String) {
  print("all measures for one subject, warm, readings included (CPU time)")
  guard let set = try? loadPolicies([path]) else { fail("can't read \(path)") }
  let asOf = CivilDate(year: 2024, month: 6, day: 1)!
  let session = Session(policies: set, asOf: asOf, language: .zh)
  do { try session.loadFacts([path + "/项目"]) } catch { fail("can't read the subjects of \(path)") }
  let kinds = set.program.kinds
  for kind in kinds.indices {
    let subjects = session.subjects.filter { $0.kind == KindID(kind) }
    guard !subjects.isEmpty else { continue }
    measure("\(path) \(kinds[kind].name), mean of \(subjects.count)", set.program, subjects, asOf)
  }
  for disputed in [false, true] {
    let world = SyntheticPolicy(disputed: disputed)
    measure(
      disputed ? "synthetic, class disputed" : "synthetic, class settled", world.program, [world.subject], world.asOf)
  }
}

private func measure(_ name: String, _ program: Program, _ subjects: [Subject], _ asOf: CivilDate) {
  let prepared = PreparedProgram(program)
  var evaluation = Evaluation(prepared)
  var explanation = Explanation(prepared)
  for subject in subjects {
    let decisions = evaluation.decisions(for: subject, asOf: asOf)
    require(
      explanation.decisions(for: subject, asOf: asOf).0 == decisions, "\(name): explain differs for \(subject.id)")
  }
  var sink = 0
  let times = interleavedMedians(
    rounds: 41, calls: max(1, 500 / subjects.count),
    [
      { for subject in subjects { sink += evaluation.verdicts(for: subject, asOf: asOf).count } },
      { for subject in subjects { sink += evaluation.decisions(for: subject, asOf: asOf).decisions.count } },
      { for subject in subjects { sink += explanation.decisions(for: subject, asOf: asOf).1.count } },
    ]
  ).map { $0 / 1e3 / Double(subjects.count) }
  print("\n\(name): \(program.measures.count) measures, \(program.choices.count) choices of readings")
  row("verdicts", decimals(times[0], 2) + " µs")
  row("decisions", decimals(times[1], 2) + " µs")
  row("decisions with derivation", decimals(times[2], 2) + " µs  × " + decimals(times[2] / times[1], 2))
  require(sink > 0, "nothing was done")
}
