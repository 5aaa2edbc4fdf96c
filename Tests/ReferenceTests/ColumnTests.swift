import PolicyColumns
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyPlans
import PolicyValues
import PolicyWorkspace
import Testing

/// Columns against the interpreter: every verdict, amount and reason of random programs and of the repository's policies.
@Suite struct ColumnTests {
  static let programs = setting("TIAOLI_COLUMN_PROGRAMS", 1_200)
  static let shards = 4

  /// What was compared, so that a run in which the interpreter answered everything is no success.
  private struct Tally {
    var verdicts = 0, interpreted = 0, amounts = 0, reasons = 0
    var refusals: [Refusal.Cause: Int] = [:]
    var compiled = 0
  }

  /// Compares all measures for subjects of one kind at one date; the first difference as a sentence.
  private func difference(
    _ prepared: PreparedProgram, _ subjects: [Subject], asOf: CivilDate, threads: Int, _ tally: inout Tally
  ) -> (text: String, subject: Subject, measure: MeasureID)? {
    guard let kind = subjects.first?.kind else { return nil }
    let program = ColumnProgram(prepared, kind: kind, asOf: asOf)
    var table = ColumnTable(kind, in: prepared.program)
    for subject in subjects { table.append(subject) }
    for measure in program.measures.indices {
      if let refusal = program.refusal(of: measure) {
        tally.refusals[refusal.cause, default: 0] += 1
      } else {
        tally.compiled += 1
      }
    }
    var all = ColumnVerdicts()
    decideAll(program, table, threads: threads, into: &all) { subjects[$0] }
    tally.interpreted += all.interpreted
    let evaluator = ColumnEvaluator(program)
    var evaluation = Evaluation(prepared)
    for first in stride(from: 0, to: subjects.count, by: ColumnEvaluator.chunkSize) {
      evaluator.decide(table, from: first) { subjects[$0] }
      if let wrong = reasonRowsDiffer(evaluator, rows: min(ColumnEvaluator.chunkSize, subjects.count - first)) {
        return (wrong.text, subjects[first + wrong.row], program.measures[wrong.measure])
      }
      for row in first..<min(first + ColumnEvaluator.chunkSize, subjects.count) {
        let decisions = evaluation.decisions(for: subjects[row], asOf: asOf, measures: program.measures).decisions
        for (measure, decision) in decisions.enumerated() {
          func failed(_ what: String) -> (String, Subject, MeasureID) { (what, subjects[row], decision.measure) }
          tally.verdicts += 1
          let verdict = evaluator.verdict(of: measure, at: row - first)
          guard verdict == decision.verdict, all.verdict(of: measure, at: row) == verdict else {
            return failed("verdict \(verdict), should be \(decision.verdict)")
          }
          guard evaluator.period(of: measure) == decision.period else { return failed("period") }
          if let amount = evaluator.amount(of: measure, at: row - first) {
            tally.amounts += amount == .none ? 0 : 1
            if amount != decision.amount { return failed("amount \(amount), should be \(decision.amount)") }
          }
          if let reasons = evaluator.reasons(of: measure, at: row - first) {
            tally.reasons += reasons.isEmpty ? 0 : 1
            let found = reasons.map { DecisionReason(reason: program.reasons[Int($0)], under: []) }
            if found != decision.reasons { return failed("reasons \(found), should be \(decision.reasons)") }
          }
        }
      }
    }
    return nil
  }

  /// The reasons of all rows at once against those of each row; nil where they agree.
  private func reasonRowsDiffer(
    _ evaluator: ColumnEvaluator, rows: Int
  ) -> (text: String, row: Int, measure: Int)? {
    for measure in evaluator.program.measures.indices {
      var found = [[Int32]](repeating: [], count: rows)
      let isCollected = evaluator.reasonRows(of: measure) { reason, planes in
        for row in 0..<rows where planes[row >> 6] >> UInt64(row & 63) & 1 == 1 { found[row].append(reason) }
      }
      for row in 0..<rows {
        let single = evaluator.reasons(of: measure, at: row)
        if single != nil && isCollected && found[row] != single || single == nil && !found[row].isEmpty
          || !isCollected && single?.isEmpty == false
        {
          return ("reasons of all rows \(found[row]), of the row \(String(describing: single))", row, measure)
        }
      }
    }
    return nil
  }

  @Test(arguments: 0..<shards) func columnsEqualTheInterpreter(shard: Int) {
    var tally = Tally()
    for number in stride(from: shard, to: Self.programs, by: Self.shards) {
      // Small languages are compiled, large ones fall back: both are asked.
      let features: [RandomProgram.Features] = [
        .all, [.readings, .gaps, .amounts], [.computing, .amounts, .tables], [.readings],
        [.computing, .amounts, .gaps, .tables, .tiers], [.computing, .amounts, .tables, .tiers, .readings],
      ]
      var random = RandomProgram(
        seed: runSeed &* 1_000_003 &+ UInt64(number), features[number / Self.shards % features.count])
      let prepared = PreparedProgram(random.program)
      let kind =
        number % 12 == 0 && features[number / Self.shards % features.count].contains(.relations)
        ? random.loan : random.project
      let subjects = (0..<(40 + random.random.below(60))).map { random.subject(of: kind, open: [0, 1, 2, 4][$0 % 4]) }
      let asOf = random.random.oneIn(2) ? RandomProgram.asOf : random.random.pick(RandomProgram.dates)
      if let wrong = difference(prepared, subjects, asOf: asOf, threads: 1, &tally) {
        Issue.record(
          "TIAOLI_SEED=\(runSeed), program \(number), \(asOf): \(wrong.text)\n\(random.program.dump(wrong.measure, wrong.subject))"
        )
        return
      }
    }
    print("columns, part \(shard): \(tally)")
    #expect(tally.interpreted < tally.verdicts * 3 / 4, "too little is compiled: \(tally)")
    // A short run may meet none.
    if Self.programs >= 400 { #expect(tally.amounts > 0 && tally.reasons > 0, "\(tally)") }
  }

  /// Several chunks, a last one that isn't full, on several threads: the seams.
  @Test func chunksAndThreadsMeet() {
    var tally = Tally()
    for number in 0..<4 {
      var random = RandomProgram(seed: runSeed &+ UInt64(number), [.readings, .gaps, .amounts])
      let count = 2 * ColumnEvaluator.chunkSize + 65 + number * 64
      let subjects = (0..<count).map { _ in random.subject(of: random.project, open: 1) }
      let wrong = difference(
        PreparedProgram(random.program), subjects, asOf: RandomProgram.asOf, threads: 1 + number, &tally)
      #expect(wrong == nil, "\(wrong?.text ?? "")")
    }
  }

  /// Every policy of the repository with its sample subjects, and subjects mixed from them with facts taken out.
  @Test func policiesEqualTheInterpreter() throws {
    var random = Random(seed: runSeed)
    for policy in try RepositoryPolicy.all() {
      let prepared = PreparedProgram(policy.set.program)
      var tally = Tally()
      for asOf in [day(2024, 6, 1), day(2022, 1, 1), day(2026, 6, 1)] {
        for kind in policy.set.program.kinds.indices {
          let subjects = policy.subjects(KindID(kind), mixed: 100, &random)
          let wrong = difference(prepared, subjects, asOf: asOf, threads: 1, &tally)
          #expect(wrong == nil, "\(policy.name) \(asOf): \(wrong.map { "\($0)" } ?? "")")
          if wrong != nil { return }
        }
      }
      print("columns, \(policy.name): \(tally)")
    }
  }
}
