import PolicyColumns
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyValues
import PolicyWorkspace

/// Prints what all measures of a policy with their readings cost for its 项目, each figure as its name, a tab and a number: one project
/// in nanoseconds of the processor, and many in columns, in nanoseconds a project.
func measureMeasures(_ path: String) {
  guard let set = try? loadPolicies([path]) else { fail("can't read \(path)") }
  let asOf = CivilDate(year: 2024, month: 6, day: 1)!
  let session = Session(policies: set, asOf: asOf, language: .zh)
  do { try session.loadFacts([path + "/项目"]) } catch { fail("can't read the subjects of \(path)") }
  guard let kind = set.program.kinds.firstIndex(where: { $0.name == "项目" }) else { fail("no 项目 in \(path)") }
  let subjects = session.subjects.filter { $0.kind == KindID(kind) }
  let prepared = PreparedProgram(set.program)
  print("measures\t\(set.program.measures.count)")
  oneProject(prepared, subjects, asOf)
  manyProjects(prepared, KindID(kind), recombined(subjects, 20_000), asOf)
}

private func oneProject(_ prepared: PreparedProgram, _ subjects: [Subject], _ asOf: CivilDate) {
  var evaluation = Evaluation(prepared)
  var explanation = Explanation(prepared)
  for subject in subjects {
    let decisions = evaluation.decisions(for: subject, asOf: asOf)
    require(explanation.decisions(for: subject, asOf: asOf).0 == decisions, "explain differs for \(subject.id)")
  }
  let others = recombined(subjects, 2000)
  var (next, sink) = (0, 0)
  let times = interleavedMedians(
    rounds: 11, calls: 20,
    [
      { for subject in subjects { sink += read(evaluation.decisions(for: subject, asOf: asOf)) } },
      {
        for subject in subjects {
          let (decisions, derivation) = explanation.decisions(for: subject, asOf: asOf)
          sink += read(decisions) + derivation.count
        }
      },
    ])
  let once = interleavedMedians(
    rounds: 10,
    [
      {
        for _ in 0..<100 {
          sink += read(evaluation.decisions(for: others[next % others.count], asOf: asOf))
          next += 1
        }
      }
    ])
  require(sink > 0, "nothing was done")
  print("decisions\t\(decimals(times[0] / Double(subjects.count)))")
  print("derivation\t\(decimals(times[1] / Double(subjects.count)))")
  print("once\t\(decimals(once[0] / 100))")
}

private func manyProjects(_ prepared: PreparedProgram, _ kind: KindID, _ subjects: [Subject], _ asOf: CivilDate) {
  let all = ColumnProgram(prepared, kind: kind, asOf: asOf)
  let compiled = ColumnProgram(
    prepared, kind: kind, asOf: asOf,
    measures: all.measures.indices.filter { all.refusal(of: $0) == nil }.map { all.measures[$0] })
  var table = ColumnTable(kind, in: prepared.program)
  for subject in subjects { table.append(subject) }
  let full = table
  print("columns-measures\t\(all.measures.count)")
  print("columns-compiled\t\(compiled.measures.count)")
  var evaluation = Evaluation(prepared)
  for (name, program) in [("columns", all), ("compiled", compiled)] {
    var verdicts = ColumnVerdicts()
    let times = interleavedMedians(
      rounds: 3, [{ decideAll(program, full, threads: 1, into: &verdicts) { subjects[$0] } }])
    for row in 0..<1000 {
      let expected = evaluation.verdicts(for: subjects[row], asOf: asOf)
      for (place, measure) in program.measures.enumerated() {
        require(verdicts.verdict(of: place, at: row) == expected[measure.index], "\(measure) of \(row)")
      }
    }
    print("\(name)\t\(decimals(times[0] / Double(subjects.count)))")
    print("\(name)-interpreted\t\(decimals(Double(verdicts.interpreted) / Double(subjects.count), 2))")
  }
}
