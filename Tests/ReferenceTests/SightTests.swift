import PolicyColumns
import PolicyEvaluation
import PolicyIR
import PolicyValues
import PolicyWorkspace
import Testing

/// What measures see of subjects against the interpreter: subjects that look alike get the same answers.
@Suite struct SightTests {
  static let programs = setting("TIAOLI_SIGHT_PROGRAMS", 800)
  static let shards = 4

  /// What an answer says in a table.
  private struct Said: Hashable {
    var verdict: Verdict
    var label: Label
    var reasons: [DecisionReason]
    var readings: [ReadingSplit]
    var disputed: DisputedAxes
    var amount: Amount
    var amountReasons: [DecisionReason]
    var departments: [DepartmentEntry]
    var unstated: [Bool]

    init(_ decision: Decision, withCounties: Bool) {
      (verdict, label, amount) = (decision.verdict, decision.label, decision.amount)
      (reasons, amountReasons) = (decision.reasons, decision.amountReasons)
      (readings, disputed) = (decision.readings, decision.disputed)
      unstated = decision.payers.map(\.isUnstated)
      departments = decision.departments
      if !withCounties { for place in departments.indices { departments[place].county = .whole } }
    }
  }

  private struct Tally {
    var alike = 0, open = 0, odd = 0
  }

  /// Subjects that look alike and are answered differently; nil where there are none.
  private func difference(
    _ prepared: PreparedProgram, _ subjects: [Subject], asOf: CivilDate, withCounties: Bool, _ tally: inout Tally
  ) -> (measure: MeasureID, subjects: [Subject])? {
    let measures = prepared.program.measures.indices.map { MeasureID($0) }.filter {
      prepared.program.measures[$0].object != nil
    }
    let sights = measures.map { Sight(of: $0, in: prepared, asOf: asOf, counties: withCounties) }
    var evaluation = Evaluation(prepared)
    var known = [[[Int64]: (said: Said, subject: Subject)]](repeating: [:], count: measures.count)
    for subject in subjects {
      let decisions = evaluation.decisions(for: subject, asOf: asOf, measures: measures).decisions
      for (place, decision) in decisions.enumerated() {
        var list: [Int64] = []
        guard sights[place].add(subject, to: &list) else {
          tally.odd += 1
          continue
        }
        let said = Said(decision, withCounties: withCounties)
        guard let other = known[place][list] else {
          known[place][list] = (said, subject)
          continue
        }
        tally.alike += 1
        if said.verdict == .unknown || said.verdict == .disputed { tally.open += 1 }
        if other.said != said { return (measures[place], [other.subject, subject]) }
      }
    }
    return nil
  }

  @Test(arguments: 0..<shards) func subjectsThatLookAlikeAreAnsweredAlike(shard: Int) {
    var tally = Tally()
    for number in stride(from: shard, to: Self.programs, by: Self.shards) {
      let features: [RandomProgram.Features] = [
        .all, [.readings, .gaps, .amounts], [.readings, .relations], [.readings],
      ]
      var random = RandomProgram(
        seed: runSeed &* 1_000_003 &+ UInt64(number), features[number / Self.shards % features.count])
      let prepared = PreparedProgram(random.program)
      let subjects = (0..<80).map { place in
        random.subject(of: place % 16 == 0 ? random.loan : random.project, open: [0, 1, 2, 4][place % 4])
      }
      let asOf = random.random.oneIn(2) ? RandomProgram.asOf : random.random.pick(RandomProgram.dates)
      if let wrong = difference(prepared, subjects, asOf: asOf, withCounties: number % 3 == 0, &tally) {
        Issue.record(
          "TIAOLI_SEED=\(runSeed), program \(number), \(asOf)\n\(wrong.subjects.map { random.program.dump(wrong.measure, $0) })"
        )
        return
      }
    }
    print("sights, part \(shard): \(tally)")
    #expect(tally.alike > 0 && tally.open > 0, "nothing looks alike: \(tally)")
  }

  /// Every policy of the repository, with subjects mixed from its own.
  @Test func subjectsOfPoliciesToo() throws {
    var random = Random(seed: runSeed)
    var tally = Tally()
    for policy in try RepositoryPolicy.all() {
      let prepared = PreparedProgram(policy.set.program)
      for asOf in [day(2024, 6, 1), day(2022, 1, 1)] {
        let subjects = policy.set.program.kinds.indices.flatMap { policy.subjects(KindID($0), mixed: 200, &random) }
        let wrong = difference(prepared, subjects, asOf: asOf, withCounties: false, &tally)
        #expect(wrong == nil, "\(policy.name): \(String(describing: wrong?.measure))")
      }
    }
    #expect(tally.open > 0, "\(tally)")
  }
}
