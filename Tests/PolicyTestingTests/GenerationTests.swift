import PolicyAnalysis
import PolicyCoverage
import PolicyDiagnostics
import PolicyIR
import PolicyTesting
import PolicyText
import PolicyValues
import PolicyWorkspace
import Testing

private let day = CivilDate(year: 2024, month: 6, day: 1)!

@Suite struct GenerationTests {
  /// Generated cases read back give their answers, show all that was said to be reached, and none can be left out.
  @Test(arguments: Policies.tutorials.filter { !$0.contains("20-") } + ["shuozhou-2022-36"])
  func casesAreSoundAndIrredundant(_ name: String) throws {
    let session = Session(policies: try loadPolicies([Policies.path(name)]), asOf: day, language: .zh)
    let generated = try session.generatedCases(of: nil, limits: .init(time: 60_000, steps: 4_000_000))
    let text = session.text(of: generated)
    #expect(!generated.cases.isEmpty)
    var draft = Draft()
    draft.added = text
    let set = try loadPolicies([Policies.path(name)], draft: draft)
    #expect(set.remarks.filter { $0.severity == .error }.map(\.primary.message.zh) == [])
    let results = runCases(set.program, files: set.files)
    #expect(results.filter { !$0.passed }.map(\.name) == [])
    #expect(results.count(where: \.generated) == generated.cases.count)

    let report = coverage(of: set.program, .boundaries)
    let open = report.plan.items.filter { report.hits[$0] == nil }
    #expect(Set(open).isSubset(of: generated.unreached.map(\.item)))
    var collector = CoverageCollector(set.program)
    let shown = set.program.cases.map { collector.items(of: $0).intersection(report.plan.items) }
    for (place, test) in set.program.cases.enumerated() where test.generated {
      let isNeeded = shown[place].contains { report.hits[$0] == 1 }
      #expect(isNeeded, "\(test.name) shows nothing of its own")
    }
  }

  @Test func isTheSameEachTime() throws {
    let texts = try (0..<2).map { _ in
      let session = Session(
        policies: try loadPolicies([Policies.path("tutorial/12-例外让位参照")]), asOf: day, language: .zh)
      return session.text(of: try session.generatedCases(of: nil, limits: .init(time: 60_000, steps: 4_000_000)))
    }
    #expect(texts[0] == texts[1])
  }

  /// Generated once and added, nothing is left to be generated.
  @Test func nothingIsLeftAfterwards() throws {
    let path = Policies.path("tutorial/07-标准表")
    let session = Session(policies: try loadPolicies([path]), asOf: day, language: .zh)
    var draft = Draft()
    draft.added = session.text(of: try session.generatedCases(of: nil, limits: .init()))
    let again = Session(policies: try loadPolicies([path], draft: draft), asOf: day, language: .zh)
    let left = try again.generatedCases(of: nil, limits: .init())
    #expect(left.cases.isEmpty)
  }

  @Test func whatNoSubjectCanShowIsProved() throws {
    let set = try Policies.typed(
      """
      主体 项目：
          投资额：金额
      措施 奖励：
          对象：项目
          条件：投资额 超过 200万元 且 投资额 不足 100万元
          支持：奖励

      """)
    let session = Session(policies: set, asOf: day, language: .zh)
    let generated = try session.generatedCases(of: nil, limits: .init())
    let impossible = generated.unreached.filter { $0.why == .impossible }.map(\.item)
    #expect(impossible.contains(CoverageItem(.condition(MeasureID(0), 0), [], .outcome(true))))
    #expect(generated.unreached.allSatisfy { $0.why == .impossible })
  }
}
