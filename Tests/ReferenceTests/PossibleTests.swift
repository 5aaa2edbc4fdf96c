import PolicyEvaluation
import PolicyIR
import PolicyValues
import PolicyWorkspace
import Testing

/// The circuit, its traces and the index of measures against decisions and the recorder, on random programs and on the
/// repository's policies.
@Suite struct PossibleTests {
  static let programs = setting("TIAOLI_INDEX_PROGRAMS", 200)
  static let shards = 4

  /// What was compared, so that a run in which nothing was left out or compiled is no success.
  private struct Tally {
    var subjects = 0, measures = 0, asked = 0, possible = 0, steps = 0, causes = 0
  }

  /// The first thing that differs for a subject, as a sentence.
  private func difference(
    _ evaluation: inout Evaluation, _ explanation: inout Explanation, _ subject: Subject, asOf: CivilDate,
    _ tally: inout Tally
  ) -> String? {
    let whole = evaluation.decisions(for: subject, asOf: asOf)
    let decisions = whole.decisions
    let expected = decisions.filter { $0.verdict != .no && $0.verdict != .notApplicable }
    let scanned = evaluation.possible(for: subject, asOf: asOf, usesIndex: false)
    let found = evaluation.possible(for: subject, asOf: asOf)
    guard scanned.measures == expected.map(\.measure), scanned.verdicts == expected.map(\.verdict) else {
      return "without index \(scanned.measures), should be \(expected.map(\.measure))"
    }
    guard found.measures == scanned.measures, found.verdicts == scanned.verdicts else {
      return "with index \(found.measures), should be \(scanned.measures)"
    }
    let some = evaluation.decisions(for: subject, asOf: asOf, possible: found)
    guard some.decisions == expected else { return "decisions of the possible ones" }
    guard some.groups.allSatisfy({ whole.groups.contains($0) }) else { return "groups \(some.groups)" }
    let members = Set(found.measures)
    for group in whole.groups
    where evaluation.prepared.program.groups[group.group].members.contains(where: { members.contains($0) }) {
      guard some.groups.contains(group) else { return "group \(group.group) is left out" }
    }
    tally.subjects += 1
    tally.measures += decisions.count
    tally.asked += found.asked
    tally.possible += found.measures.count
    var verdicts: [Verdict?] = []
    let trace = evaluation.tracedVerdicts(for: subject, asOf: asOf, into: &verdicts)
    guard verdicts.compactMap({ $0 }) == decisions.map(\.verdict) else { return "verdicts \(verdicts)" }
    let others = decisions.map(\.measure).filter { !members.contains($0) }
    return difference(&evaluation, &explanation, trace, others, &tally)
  }

  /// What the trace, or the causes of measures that are left out, say otherwise than the recorder.
  private func difference(
    _ evaluation: inout Evaluation, _ explanation: inout Explanation, _ trace: VerdictTrace, _ others: [MeasureID],
    _ tally: inout Tally
  ) -> String? {
    let derivation = explanation.derivation(of: trace)
    let recorded = explanation.decisions(for: trace.subject, asOf: trace.asOf).1
    guard derivation.count == recorded.count, derivation.roots == recorded.roots else { return "another tree" }
    var outcomes: [Expression: TracedTruth] = [:]
    for position in 0..<recorded.count {
      let (one, two) = (derivation[position], recorded[position])
      guard one.what == two.what, one.outcome == two.outcome, one.fact == two.fact, one.sameAs == two.sameAs else {
        return "step \(position)"
      }
      guard let expression = two.expression, case .truth(.leaf(let truth))? = two.outcome else { continue }
      switch truth {
      case .yes: outcomes[expression] = .yes
      case .no, .notApplicable: outcomes[expression] = .no
      case .unknown: outcomes[expression] = .unknown
      }
    }
    for (measure, cause) in zip(others, evaluation.causes(for: trace.subject, asOf: trace.asOf, others)) {
      switch cause {
      case .object(let failed), .condition(_, let failed):
        // An expression that says the same as an earlier one stands in the tree under the other's place.
        guard let outcome = outcomes[failed.expression] else { continue }
        tally.causes += 1
        guard outcome == (failed.isNegated ? .yes : .no) else { return "\(measure) for \(cause), which is \(outcome)" }
      case .kind, .period, .reference, .decided: break
      }
    }
    for (expression, truth) in evaluation.results(in: trace) {
      guard let other = outcomes[expression] else { continue }
      tally.steps += 1
      if other != truth { return "\(expression) is \(truth) in the trace, \(other) in the tree" }
    }
    return nil
  }

  @Test(arguments: 0..<shards) func randomProgramsAgree(shard: Int) {
    var tally = Tally()
    for number in stride(from: shard, to: Self.programs, by: Self.shards) {
      let features: [RandomProgram.Features] = [.all, [.readings, .gaps, .amounts], [.readings], []]
      var random = RandomProgram(
        seed: runSeed &* 1_000_033 &+ UInt64(number), features[number / Self.shards % features.count])
      for index in 0..<(8 + random.random.below(12)) {
        random.measure(random.program.measures.count, of: index % 7 == 6 ? random.loan : random.project)
      }
      let prepared = PreparedProgram(random.program)
      var (evaluation, explanation) = (Evaluation(prepared), Explanation(prepared))
      for place in 0..<32 {
        let asOf = random.random.oneIn(2) ? RandomProgram.asOf : random.random.pick(RandomProgram.dates)
        let kind = place % 8 == 7 ? random.loan : random.project
        let subject = random.subject(of: kind, open: [0, 1, 2, 4][place % 4])
        if let wrong = difference(&evaluation, &explanation, subject, asOf: asOf, &tally) {
          Issue.record("TIAOLI_SEED=\(runSeed), program \(number), \(asOf): \(wrong)\n\(subject)")
          return
        }
      }
    }
    print("possible, part \(shard): \(tally)")
    #expect(tally.asked < tally.measures * 9 / 10, "too little is left out: \(tally)")
    #expect(tally.steps > tally.subjects && tally.causes > tally.subjects, "too little is compiled: \(tally)")
  }

  @Test func repositoryPoliciesAgree() throws {
    var random = Random(seed: runSeed)
    for policy in try RepositoryPolicy.all() {
      let prepared = PreparedProgram(policy.set.program)
      var (evaluation, explanation) = (Evaluation(prepared), Explanation(prepared))
      var tally = Tally()
      for kind in policy.set.program.kinds.indices {
        for subject in policy.subjects(KindID(kind), mixed: 60, &random) {
          for asOf in [day(2024, 6, 1), day(2022, 1, 1), day(2030, 6, 1)] {
            let wrong = difference(&evaluation, &explanation, subject, asOf: asOf, &tally)
            #expect(wrong == nil, "\(policy.name) \(asOf): \(wrong ?? "") \(subject)")
            if wrong != nil { return }
          }
        }
      }
      print("possible, \(policy.name): \(tally)")
    }
  }
}
