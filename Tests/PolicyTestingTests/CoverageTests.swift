import PolicyCoverage
import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyTesting
import PolicyText
import PolicyWorkspace
import Testing

private let rules = """
  主体 项目：
      投资额：金额
      有贷款、公益：是否
  措施 奖励：
      对象：项目
      条件：投资额 100万元以上
      条件：有贷款 或 公益
      支持：奖励

  """

@Suite struct CoverageTests {
  private func report(_ cases: String, _ criterion: CoverageCriterion = .standard) throws -> CoverageReport {
    let set = try Policies.typed(rules + cases)
    #expect(!set.hasErrors)
    return coverage(of: set.program, criterion)
  }

  private let measure = MeasureID(0)

  @Test func itemsOfASmallRule() throws {
    let report = try report("")
    let items = Set(report.plan.items)
    // Three sides; the whole 或 and two tests, each both ways; three missing facts.
    #expect(items.count == 3 + 6 + 3)
    #expect(items.contains(CoverageItem(.condition(measure, 0), [], .side(.equal))))
    #expect(items.contains(CoverageItem(.condition(measure, 1), [1], .outcome(false))))
    #expect(report.covered == 0)
    #expect(report.reaches(0) && !report.reaches(1))
    let boundaries = try self.report("", .boundaries)
    #expect(boundaries.plan.items.count == 12 + 2 + 4)
  }

  @Test func aCaseShowsWhatItsAnswerRestsOn() throws {
    let report = try report(
      """
      案例 刚好：
          查询日期：2024年6月1日
          项目：投资额 100万元，有贷款 是，公益 否
          预期：奖励 符合

      """, .boundaries)
    func isShown(_ position: Int, _ path: [Int], _ aspect: CoverageItem.Aspect) -> Bool {
      report.hits[CoverageItem(.condition(measure, position), path, aspect)] != nil
    }
    #expect(isShown(0, [], .side(.equal)))
    #expect(!isShown(0, [], .side(.above)))
    #expect(isShown(1, [], .outcome(true)))
    #expect(isShown(1, [0], .outcome(true)) && isShown(1, [1], .outcome(false)))
    // With a loan, being of public benefit changes nothing.
    #expect(isShown(1, [0], .decides(true)) && !isShown(1, [1], .decides(false)))
  }

  @Test func oneUnitNextToAThreshold() throws {
    let item = CoverageItem(.condition(measure, 0), [], .next(.below))
    for (amount, isNext) in [("999999元", true), ("999998元", false), ("100万元", false)] {
      let report = try report(
        "案例 一：\n    查询日期：2024年6月1日\n    项目：投资额 \(amount)，公益 是\n    预期：奖励 \(amount == "100万元" ? "符合" : "不符合")\n",
        .boundaries)
      #expect((report.hits[item] != nil) == isNext, "\(amount)")
    }
  }

  @Test func whatNothingExpectsIsNotShown() throws {
    let report = try report(
      "案例 一：\n    查询日期：2024年6月1日\n    项目：投资额 100万元\n    预期：奖励，条款 三（一）\n")
    #expect(report.covered == 0)
  }

  @Test func reasonsOfAnUnknown() throws {
    let report = try report(
      "案例 一：\n    查询日期：2024年6月1日\n    项目：投资额 100万元\n    预期：奖励 待定\n")
    let reasons = report.hits.keys.filter { if case .reason = $0.aspect { true } else { false } }
    #expect(reasons.count == 2)
  }

  /// Another layout of the files gives the same report.
  @Test(arguments: ["shuozhou-2022-36"] + Policies.tutorials)
  func layoutDoesNotMatter(_ name: String) throws {
    let set = try loadPolicies([Policies.path(name)])
    var draft = Draft()
    for file in set.syntax {
      // Everything on other lines, then laid out anew.
      let shifted =
        "# 另一种排版\n\n" + file.source.text.replacing("\n    ", with: "\n        ").replacing("\n案例", with: "\n\n\n案例")
      draft.replaced[file.source.path] = Array(shifted.utf8)
    }
    let other = try loadPolicies([Policies.path(name)], draft: draft)
    guard !other.hasErrors else {
      Issue.record("\(other.remarks.first { $0.severity == .error }!.primary.message.zh)")
      return
    }
    let (one, two) = (coverage(of: set.program, .boundaries), coverage(of: other.program, .boundaries))
    #expect(one.plan.items == two.plan.items)
    #expect(one.hits == two.hits)
    #expect(one.plan.items.count > 2)
  }
}
