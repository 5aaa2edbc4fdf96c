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
      { for subject in subjects { sink += read(evaluation.decisions(for: subject, asOf: asOf)) } },
      {
        for subject in subjects {
          let (decisions, derivation) = explanation.decisions(for: subject, asOf: asOf)
          sink += read(decisions) + derivation.count
        }
      },
    ]
  ).map { $0 / 1e3 / Double(subjects.count) }
  // Subjects that the engine meets for the first time, and an engine that has met none.
  let others = recombined(subjects, 41 * 100)
  var next = 0
  let once = interleavedMedians(
    rounds: 40,
    [
      {
        for _ in 0..<100 {
          sink += read(evaluation.decisions(for: others[next % others.count], asOf: asOf))
          next += 1
        }
      },
      {
        for place in 0..<10 {
          var fresh = Evaluation(prepared)
          sink += read(fresh.decisions(for: subjects[place % subjects.count], asOf: asOf))
        }
      },
    ])
  print("\n\(name): \(program.measures.count) measures, \(program.choices.count) choices of readings")
  row("verdicts", decimals(times[0], 2) + " µs")
  row("decisions", decimals(times[1], 2) + " µs")
  row("decisions with derivation", decimals(times[2], 2) + " µs  × " + decimals(times[2] / times[1], 2))
  row("decisions, each subject asked once", decimals(once[0] / 1e5, 2) + " µs")
  row("the first decisions of a new engine", decimals(once[1] / 1e4, 2) + " µs")
  require(sink > 0, "nothing was done")
}

/// Reads all that a list of answers shows of each decision.
func read(_ decisions: Decisions) -> Int {
  var sum = 0
  for decision in decisions.decisions {
    sum += Int(decision.verdict.rawValue) + decision.reasons.count + decision.readings.count
    sum += decision.departments.count + decision.payers.count + decision.amountReasons.count
    if case .none = decision.amount { continue }
    sum += 1
  }
  return sum
}

/// New subjects whose facts are each taken from one of the given ones.
func recombined(_ subjects: [Subject], _ count: Int) -> [Subject] {
  var state: UInt64 = 1
  return (0..<count).map { _ in
    var subject = subjects[0]
    for slot in subject.facts.indices {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let other = subjects[Int(state >> 33) % subjects.count]
      if slot < other.facts.count { subject.facts[slot] = other.facts[slot] }
    }
    return subject
  }
}
