import Foundation
import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

/// The seed of a run, from TIAOLI_SEED or new; printed, so that a failure can be repeated.
let runSeed: UInt64 = {
  let seed =
    ProcessInfo.processInfo.environment["TIAOLI_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1_000_000_000)
  print("TIAOLI_SEED=\(seed)")
  return seed
}()

/// A number from the environment, for longer or shorter runs.
func setting(_ name: String, _ usual: Int) -> Int {
  ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
}

@Suite struct ReferenceTests {
  /// Random programs, and subjects for each: 100 000 comparisons.
  static let programs = setting("TIAOLI_PROGRAMS", 10_000), subjects = 10
  /// The run is shared among as many tests, which run at one time.
  static let shards = 4

  @Test(arguments: 0..<shards) func decisionsEqualTheReference(shard: Int) {
    let start = ContinuousClock.now
    var (comparisons, decisions, cases, failures) = (0, 0, 0, 0)
    programs: for number in stride(from: shard, to: Self.programs, by: Self.shards) {
      var random = RandomProgram(seed: runSeed &* 1_000_003 &+ UInt64(number))
      var evaluation = Evaluation(PreparedProgram(random.program))
      for turn in 0..<Self.subjects {
        let subject = random.subject(of: random.random.oneIn(12) ? random.loan : nil, open: [0, 1, 2, 4][turn % 4])
        comparisons += 1
        for decision in evaluation.decisions(for: subject, asOf: RandomProgram.asOf).decisions {
          let expected = Reference.cases(random.program, decision.measure, subject, asOf: RandomProgram.asOf)
          (decisions, cases) = (decisions + 1, cases + expected.count)
          guard difference(decision, expected, random.program, asOf: RandomProgram.asOf) != nil else { continue }
          report(random.program, subject, decision.measure, number)
          failures += 1
          if failures == setting("TIAOLI_FAILURES", 1) { return }
          continue programs
        }
      }
    }
    print(
      "reference, part \(shard): \(comparisons) comparisons, \(decisions) decisions, \(cases) combinations of readings in \(start.duration(to: .now))"
    )
  }

  /// Records the smallest program and subject on which the two still differ.
  private func report(_ program: Program, _ subject: Subject, _ measure: MeasureID, _ number: Int) {
    func wrong(_ failing: Failing) -> String? {
      let decisions = evaluate(failing.program, subject: failing.subject, asOf: RandomProgram.asOf, measures: [measure])
      guard let decision = decisions.decisions.first else { return nil }
      let cases = Reference.cases(failing.program, measure, failing.subject, asOf: RandomProgram.asOf)
      return difference(decision, cases, failing.program, asOf: RandomProgram.asOf)
    }
    var failing = Failing(program: program, subject: subject)
    failing.shrink { wrong($0) != nil }
    Issue.record(
      "TIAOLI_SEED=\(runSeed), program \(number): \(wrong(failing) ?? "")\n\(failing.program.dump(measure, failing.subject))"
    )
  }
}
