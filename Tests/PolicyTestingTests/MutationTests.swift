import PolicyAnalysis
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyTesting
import PolicyText
import PolicyValues
import PolicyWorkspace
import Testing

private let day = CivilDate(year: 2024, month: 6, day: 1)!

@Suite struct MutationTests {
  private func session(_ name: String, adding text: String = "") throws -> Session {
    var draft = Draft()
    draft.added = text
    return Session(policies: try loadPolicies([Policies.path(name)], draft: draft), asOf: day, language: .zh)
  }

  /// What no case notices is noticed once the cases that the report gives are added.
  @Test(arguments: [
    "tutorial/02-事实与未知", "tutorial/04-日期与期限", "tutorial/07-标准表", "tutorial/10-分期出资时限", "tutorial/12-例外让位参照",
  ])
  func survivorsComeWithTheCaseThatNotices(_ name: String) throws {
    let session = try session(name)
    let report = try session.mutationReport(of: nil)
    #expect(report.killed > 0 && !report.survivors.isEmpty)
    let texts = report.survivors.enumerated().compactMap { session.caseText(noticing: $1, numbered: $0 + 1) }
    let added = try self.session(name, adding: texts.joined(separator: "\n"))
    #expect(added.policies.remarks.filter { $0.severity == .error }.map(\.primary.message.zh) == [])
    #expect(runCases(added.program, files: added.files).filter { !$0.passed }.map(\.name) == [])
    let again = try added.mutationReport(of: nil)
    #expect(again.total == report.total)
    #expect(again.survivors.count <= report.survivors.count - texts.count)
  }

  /// What the solver calls equivalent changes no verdict and no amount of any subject at hand, also of generated ones.
  @Test(arguments: ["tutorial/08-档次与封顶", "tutorial/12-例外让位参照", "tutorial/14-时间与层级", "shuozhou-2022-36"])
  func equivalentMeansNoOtherAnswer(_ name: String) throws {
    let session = try session(name)
    let program = session.program
    let report = try session.mutationReport(of: nil)
    var subjects = program.cases.compactMap { test in test.subject.map { ($0, test.asOf ?? day) } }
    for test in try session.generatedCases(of: nil, limits: .init()).cases {
      subjects.append((test.witness.subject, test.witness.asOf))
    }
    var evaluation = Evaluation(PreparedProgram(program))
    for mutant in report.equivalent {
      var other = Evaluation(PreparedProgram(mutant.mutated(program)))
      for (subject, asOf) in subjects {
        for measure in mutant.measures {
          let one = evaluation.decision(of: measure, for: subject, asOf: asOf)
          let two = other.decision(of: measure, for: subject, asOf: asOf)
          #expect(one?.verdict == two?.verdict && one?.amount == two?.amount, "\(mutant.change.zh)")
        }
      }
    }
  }

  @Test func shuozhouNoticesNearlyEverything() throws {
    let report = try session("shuozhou-2022-36").mutationReport(of: nil)
    #expect(report.percent >= 95)
    #expect(report.total > 800)
    #expect(report.equivalent.count < 30)
  }

  @Test func worstComeFirst() throws {
    let report = try session("tutorial/09-组合与限额").mutationReport(of: nil)
    let weights = report.survivors.map(\.mutant.weight)
    #expect(weights == weights.sorted())
    #expect(Set(weights).count > 1)
  }

  /// The kinds of mistakes in a small rule.
  @Test func mistakesOfASmallRule() throws {
    let set = try Policies.typed(
      """
      机关 市财政局：级别 市
      主体 项目：
          投资额：金额
          公益、停业：是否
      措施 奖励：
          对象：项目
          条件：投资额 100万元以上 且 公益
          除外：停业
          给予：奖励
          出资：市财政局
          金额：投资额 × 5%，最高 20万元

      """)
    let changes = mutants(of: set.program, files: set.files).map(\.change.zh)
    for change in [
      "不小于（不早于）改为大于（晚于）", "界值100万元改为99.9999万元", "界值100万元改为100.0001万元", "且改为或", "去掉“公益”", "改为非", "去掉“停业”",
      "除外改为条件", "“给予”由给付改为准许", "去掉出资人市财政局", "乘改为除", "取小改为取大", "20万元改为19.9999万元", "改为由机关确定",
    ] {
      #expect(changes.contains(change), "\(change)")
    }
    #expect(Set(changes).count > 15)
  }
}
