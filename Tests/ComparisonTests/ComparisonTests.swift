import PolicyAnalysis
import PolicyAnswers
import PolicyComparison
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
import PolicyWorkspace
import SeededRandom
import Testing

/// What a comparison says against what both versions answer to many subjects.
@Suite struct ComparisonTests {
  static let asOf = CivilDate(year: 2024, month: 6, day: 1)!
  static let policies = [
    "policies/shuozhou-2022-36", "policies/tutorial/01-条款与原文", "policies/tutorial/02-事实与未知",
    "policies/tutorial/03-数量与本数", "policies/tutorial/04-日期与期限", "policies/tutorial/05-读法与归类",
    "policies/tutorial/06-金额空缺补入", "policies/tutorial/07-标准表", "policies/tutorial/08-档次与封顶",
    "policies/tutorial/09-组合与限额", "policies/tutorial/10-分期出资时限", "policies/tutorial/11-若干主体",
    "policies/tutorial/12-例外让位参照", "policies/tutorial/13-参数与新旧划断", "policies/tutorial/14-时间与层级",
    "policies/tutorial/20-两级文件",
  ]

  private func compared(_ before: PolicySet, _ after: PolicySet) throws -> Comparison {
    let comparison = try compare(
      Version(program: before.program, files: before.files), Version(program: after.program, files: after.files),
      asOf: Self.asOf, language: .zh)
    return try #require(comparison)
  }

  @Test(arguments: policies) func withItselfIsUnchanged(_ path: String) throws {
    let policies = try loadPolicies([path])
    let comparison = try compared(policies, policies)
    #expect(comparison.measures.count == policies.program.measures.count)
    #expect(comparison.measures.allSatisfy { $0.state == .unchanged })
  }

  /// Each seed makes one edit that checks; 210 of them in all.
  @Test(arguments: 0..<15) func namesExactlyTheMeasuresThatChange(_ part: Int) throws {
    var tried = 0
    var made = 0
    var generator = SeededGenerator(seed: UInt64(part))
    let wanted = 14
    var loaded: [String: PolicySet] = [:]
    while made < wanted {
      tried += 1
      try #require(tried < 4000, "too few edits check")
      // Every second edit is one of the Shuozhou policy.
      let path = tried % 2 == 0 ? Self.policies[0] : Self.policies[1 + (part + tried) % (Self.policies.count - 1)]
      let base = try loaded[path] ?? loadPolicies([path])
      loaded[path] = base
      guard let (edit, after) = SeededEdit.made(on: base, &generator) else { continue }
      made += 1
      try check(base, after, edit, seed: UInt64(part * 1000 + made))
    }
  }

  private func check(_ before: PolicySet, _ after: PolicySet, _ edit: SeededEdit, seed: UInt64) throws {
    let comparison = try compared(before, after)
    let what = "\(edit.path):\(edit.line): \(edit.old) → \(edit.new)"
    var grid = Grid(before, after, asOf: Self.asOf, seed: seed)
    var (old, new) = (Evaluation(PreparedProgram(before.program)), Evaluation(PreparedProgram(after.program)))
    var changed: Set<String> = []
    let pair = ProgramPair(before.program, after.program)
    for kind in after.program.kinds.indices {
      for _ in 0..<120 {
        let subject = grid.subject(KindID(kind))
        let one = pair.earlier(pair.admit(subject)).map { old.decisions(for: $0, asOf: Self.asOf).decisions } ?? []
        changed.formUnion(grid.differing(one, new.decisions(for: subject, asOf: Self.asOf).decisions))
      }
    }
    let told = Set(
      comparison.measures.filter { $0.state != .unchanged && $0.state != .equivalent && $0.state != .text }.map(\.name))
    let open = Set(comparison.measures.filter { !$0.notCompared.isEmpty }.map(\.name))
    #expect(changed.subtracting(told).sorted() == [], "not told: \(what)")
    // What is told has a subject of its own, whom the two versions answer otherwise.
    for measure in comparison.measures where told.contains(measure.name) && !open.contains(measure.name) {
      guard measure.before != nil, measure.after != nil else { continue }
      #expect(!measure.changes.isEmpty, "\(what): \(measure.name)")
      for change in measure.changes where change.aspect != .source {
        for example in change.examples {
          var replay = PairReplay(pair)
          var witness = example.witness
          witness.subject = pair.admit(witness.subject)
          let answers = replay.allAnswers(witness)
          let differing = grid.differing(answers.before?.decisions ?? [], answers.after.decisions)
          #expect(differing.contains(measure.name), "\(what): \(measure.name) \(change.aspect)")
        }
      }
    }
  }
}
