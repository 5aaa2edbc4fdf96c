import Foundation
import PolicyDiagnostics
import PolicyFacts
import PolicyIR
import PolicyText
import PolicyValues
import PolicyWorkspace
import Testing

/// Facts of records: exact, and never guessed.
@Suite struct FactsTests {
  @Test(arguments: Policies.tutorials + [Policies.shuozhou]) func everySubjectIsReadBack(_ path: String) throws {
    let session = try Policies.session(path, facts: [path])
    let subjects = session.subjects + session.program.cases.compactMap(\.subject)
    #expect(!subjects.isEmpty)
    for subject in subjects {
      let (read, misfits) = readRecordedFacts(
        recordedFacts(subject, in: session.program).serialized(), in: session.program)
      #expect(read == subject && misfits.isEmpty)
    }
  }

  private static let vocabulary = """
    选项 类别：甲、乙
    主体 贷款：
        本金：金额
    主体 项目：
        投资：金额
        占地：面积
        种类：类别
        立项：日期
        运营期：期间
        单位：文本
        公办：是否
        比例：比率
        贷款：若干 贷款
    """

  private func program(_ edits: [(String, String)] = []) throws -> Program {
    var text = Self.vocabulary
    for (old, new) in edits {
      try #require(text.contains(old))
      text = text.replacingOccurrences(of: old, with: new)
    }
    let temporary = try TemporaryFile()
    let file = temporary.folder + "/规则.tiaoli"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let policies = try loadPolicies([file])
    let isSound = !policies.hasErrors
    #expect(isSound, "\(policies.remarks.map(\.primary.message.zh))")
    return policies.program
  }

  private func subject(_ program: Program) -> Subject {
    let loan = Subject(
      kind: KindID(program.kinds.firstIndex { $0.name == "贷款" }!), id: "贷款1", isNamed: false,
      facts: [.value(.quantity(try! Rational(numerator: 100, denominator: 3)))])
    return Subject(
      kind: KindID(program.kinds.firstIndex { $0.name == "项目" }!), id: "虚构“甲”\n园",
      facts: [
        .value(.quantity(29999)), .notKnown, .value(.option(1)),
        .value(.date(CivilDate(year: 2024, month: 2, day: 29)!)),
        .value(.duration(Duration(months: 18, days: 3, workingDays: 5))), .value(.text("不知")), .value(.truth(false)),
        .notApplicable, .many([loan, loan], complete: false),
      ])
  }

  @Test func everyKindOfFactIsExact() throws {
    let program = try program()
    let subject = subject(program)
    #expect(readRecordedFacts(recordedFacts(subject, in: program).serialized(), in: program).subject == subject)
  }

  @Test(arguments: [
    (("投资：金额", "总投资：金额"), "“项目”现在没有事实“投资”"),
    (("投资：金额", "投资：面积"), "“项目”的“投资”现在的类型或者取值不同：留痕里是“29999元”"),
    (("甲、乙", "甲、丙"), "“项目”的“种类”现在的类型或者取值不同：留痕里是选项“类别”的“乙”"),
    (("立项：日期", "立项：文本"), "“项目”的“立项”现在的类型或者取值不同：留痕里是“2024-02-29”"),
    (("单位：文本", "单位：类别"), "“项目”的“单位”现在的类型或者取值不同：留痕里是“不知”"),
    (("公办：是否", "公办：文本"), "“项目”的“公办”现在的类型或者取值不同：留痕里是否"),
    (("主体 项目", "主体 工程"), "现在没有主体种类“项目”"),
    (("本金：金额", "本金：面积"), "“贷款”的“本金”现在的类型或者取值不同：留痕里是“100/3元”"),
  ])
  func whatDoesNotFitIsSaid(_ edit: (String, String), _ message: String) throws {
    let old = try program()
    let (read, misfits) = readRecordedFacts(
      recordedFacts(subject(old), in: old).serialized(), in: try program([edit]))
    #expect(read == nil)
    #expect(misfits.map(\.zh).contains(message), "\(misfits.map(\.zh))")
  }

  /// A declared other name is no guess, and a new field or another order of values changes nothing.
  @Test func otherNamesThatAreDeclaredFit() throws {
    let old = try program()
    let new = try program([
      ("投资：金额", "总投资：金额 别名“投资”"), ("甲、乙", "丙、乙、甲"), ("    占地：面积", "    新的：是否\n    占地：面积"),
    ])
    let (read, misfits) = readRecordedFacts(recordedFacts(subject(old), in: old).serialized(), in: new)
    #expect(misfits.isEmpty)
    let facts = try #require(read).facts
    #expect(facts[0] == .value(.quantity(29999)) && facts[1] == .missing && facts[3] == .value(.option(1)))
  }

  @Test(arguments: ["", "{", "[]", "{\"主体\":\"项目\"}", "{\"主体\":\"项目\",\"称呼\":\"甲\",\"事实\":[]}"])
  func brokenFactsAreRefused(_ text: String) throws {
    #expect(readRecordedFacts(text, in: try program()).misfits.count == 1)
  }
}
