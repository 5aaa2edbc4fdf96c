import Foundation
import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyTesting
import PolicyValues
import PolicyWorkspace
import Testing

private let rules = """
  选项 县区：临江县、望山县
  主体 项目：
      所在县区：县区
      有贷款、公益：是否
      投资额：金额
  定义 康养（项目）：是否
      读法 广义：公益
      读法 狭义：公益 且 有贷款
  名单 重点名单（项目）：未取得
  措施 重点服务：
      对象：项目
      条件：所在县区 为 临江县
      条件：项目 在名单 重点名单
      条件：康养
      支持：重点服务
  案例 一：
      查询日期：2024年6月1日

  """

@Suite struct ExpectationTests {
  /// What a case expects, and whether its expectation is met.
  @Test(arguments: [
    ("公益 是，有贷款 是", "待定，只因 缺事实 所在县区、名单未取得 重点名单", true),
    ("公益 是，有贷款 是", "待定，因 缺事实 所在县区", true),
    ("公益 是，有贷款 是", "待定，只因 缺事实 所在县区", false),
    ("公益 是，有贷款 是", "待定，因 待认定 所在县区", false),
    ("公益 是，有贷款 是", "待定，因 名单未取得", true),
    ("公益 是，有贷款 是", "待定，因 缺细则", false),
    ("所在县区 望山县", "不符合，因 未满足 “为 临江县”", true),
    ("所在县区 望山县", "不符合，因 未满足 康养", false),
    ("所在县区 临江县，公益 是，有贷款 否", "解释分歧，因 读法 康养，读法 康养 广义 待定，读法 康养 狭义 不符合", true),
    ("所在县区 临江县，公益 是，有贷款 否", "解释分歧，读法 康养 狭义 待定", false),
    ("所在县区 望山县，公益 是", "不符合，读法 康养 狭义 不符合", true),
  ])
  func causesAndReadings(_ facts: String, _ expected: String, _ passes: Bool) throws {
    let set = try Policies.typed(rules + "    项目：\(facts)\n    预期：重点服务 \(expected)\n")
    #expect(set.remarks.filter { $0.severity == .error }.map(\.primary.message.zh) == [])
    let results = runCases(set.program, files: set.files)
    #expect(results.map(\.passed) == [passes], "\(results.flatMap(\.failures).map(\.found.zh))")
  }

  /// The words of the language are those of the keyword table.
  @Test(arguments: ExpectedCause.Kind.allCases)
  func wordsAreKeywords(_ kind: ExpectedCause.Kind) {
    guard let word = kind.word else {
      #expect(kind == .period)
      return
    }
    let row = Keyword.table.first { $0.zh.contains(word.zh) && $0.enWords.contains(word.en) }
    #expect(row != nil, "\(word)")
  }

  /// The classes of strength are those of the language.
  @Test(arguments: Force.allCases)
  func classesAreThoseOfTheTable(_ force: Force) {
    #expect(ForceWord.classNames.contains { $0.zh == force.className && $0.strength == force.rawValue })
  }

  @Test(arguments: [("“倡导”", true), ("“义务”", false), ("“义务”、“倡导”", false)])
  func strength(_ expected: String, _ passes: Bool) throws {
    let set = try Policies.typed(rules + "    预期：重点服务，强度 \(expected)\n")
    #expect(!set.hasErrors)
    #expect(runCases(set.program, files: set.files).map(\.passed) == [passes])
  }

  @Test func confirmingIsOneWord() throws {
    func generated(_ status: String) throws -> Bool {
      let set = try Policies.typed(rules + "    项目：公益 是\n    预期：重点服务 待定\n\(status)")
      #expect(!set.hasErrors)
      return runCases(set.program, files: set.files)[0].generated
    }
    let found = try ["    状态：生成待确认\n", "    状态：已确认\n", ""].map(generated)
    #expect(found == [true, false, false])
  }

  @Test func filterLooksAtMeasuresToo() throws {
    let set = try loadPolicies([Policies.path("shuozhou-2022-36")])
    let named = runCases(set.program, files: set.files, filter: "市级贷款贴息")
    #expect(!named.isEmpty)
    #expect(named.count < set.program.cases.count)
    #expect(runCases(set.program, files: set.files, filter: "没有这样的案例").isEmpty)
  }
}

@Suite struct CorrectionTests {
  /// Expectations that were made wrong come back exactly as they were, and nothing else changes.
  @Test func updateRestoresWhatWasWrong() throws {
    let folder = try Policies.copy("shuozhou-2022-36")
    defer { try? FileManager.default.removeItem(at: folder) }
    let policy = folder.appending(path: "shuozhou-2022-36")
    let names = try FileManager.default.contentsOfDirectory(atPath: policy.path(percentEncoded: false)).filter {
      $0.contains("案例")
    }.sorted()
    var originals: [String: String] = [:]
    for name in names {
      let file = policy.appending(path: name)
      let text = try String(contentsOf: file, encoding: .utf8)
      originals[name] = text
      let wrong = text.replacing(" 不符合\n", with: " 待定\n").replacing(" 符合，条款", with: " 不适用，条款")
        .replacing("金额 待定\n", with: "金额 3万元\n").replacing("条款 二（二），", with: "条款 三（一），")
      try wrong.write(to: file, atomically: true, encoding: .utf8)
    }
    let path = policy.path(percentEncoded: false)
    let session = Session(
      policies: try loadPolicies([path]), asOf: CivilDate(year: 2024, month: 6, day: 1)!, language: .zh)
    let results = runCases(session.program, files: session.files)
    #expect(results.count { !$0.passed } > 50)
    let corrected = try session.corrections(of: results)
    #expect(corrected.left == [])
    #expect(corrected.corrected.count == results.count { !$0.passed })
    try session.write(corrected)
    for name in names {
      let now = try String(contentsOf: policy.appending(path: name), encoding: .utf8)
      #expect(now == originals[name], "\(name)")
    }
    #expect(runCases(session.program, files: session.files).filter { !$0.passed }.map(\.name) == [])
  }

  @Test func rulesAndFoldersNotAskedForStay() throws {
    var draft = Draft()
    draft.added = "案例 一：\n    查询日期：2024年6月1日\n    老年人：居家养老 否\n    预期：居家养老上门服务 符合\n"
    let set = try loadPolicies([Policies.path("shuozhou-2022-36")], draft: draft)
    let session = Session(policies: set, asOf: CivilDate(year: 2024, month: 6, day: 1)!, language: .zh)
    let corrected = try session.corrections(of: runCases(set.program, files: set.files))
    // What was typed is in no file.
    #expect(corrected.lines.isEmpty)
    #expect(corrected.left == ["一"])
  }
}
