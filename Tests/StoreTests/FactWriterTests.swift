import Foundation
import PolicyDiagnostics
import PolicyFacts
import PolicyIR
import PolicyText
import PolicyValues
import PolicyWorkspace
import SeededRandom
import Testing

/// Facts as texts: what is written is read back as it was, or it isn't written.
@Suite struct FactWriterTests {
  private static let vocabulary = """
    选项 类别：甲、乙、不适用、无
    主体 贷款：
        本金：金额
        机构：类别
    主体 企业：
        等级：类别
        注册：日期
    主体 项目：
        投资：金额
        占地：面积
        床位：数量 张
        补助：金额/张
        种类：类别
        立项：日期
        运营期：期间
        单位：文本
        公办：是否
        比例：比率
        贷款：若干 贷款
        运营方：企业
    """

  private func program() throws -> Program {
    let folder = try TemporaryFolder(["规则.tiaoli": Self.vocabulary])
    let policies = try loadPolicies([folder.path + "/规则.tiaoli"])
    #expect(policies.remarks.filter { $0.severity == .error }.map(\.primary.message.zh) == [])
    return policies.program
  }

  private func value(_ type: ValueType, _ random: inout SeededGenerator, _ program: Program) -> Fact {
    switch random.below(8) {
    case 0: return .missing
    case 1: return .notKnown
    case 2: return .notApplicable
    default: break
    }
    switch type {
    case .truth: return .value(.truth(random.below(2) == 0))
    case .quantity:
      let scale = [1, 10, 100, 3, 7, 10_000][random.below(6)]
      let size = [1, 10_000, 100_000_000][random.below(3)]
      return .value(
        .quantity(try! Rational(numerator: Int128(random.below(100_000) * size), denominator: Int128(scale))))
    case .date: return .value(.date(CivilDate(dayNumber: random.below(60_000))!))
    case .duration:
      return .value(
        .duration(
          Duration(
            months: Int32(random.below(3) * random.below(40)), days: Int32(random.below(3) * 5),
            workingDays: Int32(random.below(2) * 7))))
    case .text:
      return .value(
        .text(["虚构“甲”\n园", "不知", "a,b", " 前后 ", "45000", "", "无", "列全", "甲/乙\\丙", "2024年1月1日"][random.below(10)]))
    case .option(let id): return .value(.option(Int32(random.below(program.optionTypes[id].values.count))))
    case .entity(let kind):
      return .one(subject(kind, ["虚构乙公司", "虚构丙/公司"][random.below(2)], &random, program))
    case .many(let kind):
      let names = ["贷款1", "贷款1", "虚构银行贷款"]
      let items = (0..<random.below(4)).map { subject(kind, names[$0], &random, program) }
      return .many(items, complete: random.below(2) == 0)
    }
  }

  private func subject(_ kind: KindID, _ name: String, _ random: inout SeededGenerator, _ program: Program) -> Subject {
    Subject(
      kind: kind, id: name,
      facts: program.kinds[kind].fields.map { value(program.fields[$0].type, &random, program) })
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let program = try program()
    let kind = KindID(try #require(program.kinds.firstIndex { $0.name == "项目" }))
    var random = SeededGenerator(seed: 20_241_128)
    var (exact, refused) = (0, 0)
    for _ in 0..<2000 {
      var subject = subject(kind, "虚构甲园", &random, program)
      for (slot, fact) in subject.facts.enumerated() {
        // An open list of nothing says nothing.
        if case .many(let items, complete: false) = fact, items.isEmpty { subject.facts[slot] = .missing }
      }
      var writer = FactWriter(program) { _ in false }
      let written = writer.write(subject)
      let misfits = Set(writer.misfits.map(\.path))
      var files = SourceFiles()
      let text = portfolioText([WrittenSubject(kind: "项目", name: "虚构甲园", facts: written)], in: program)
      let read = readFacts(
        [FactsInput(path: "项目.db", bytes: Array(text.utf8), format: .json)], into: &files, program: program)
      #expect(read.remarks.filter { $0.severity != .note }.map(\.primary.message.zh) == [], "\(text)")
      if misfits.isEmpty {
        #expect(read.subjects == [subject], "\(text)")
        exact += 1
      } else {
        refused += 1
        // What can be written comes back.
        for (slot, field) in program.kinds[kind].fields.map({ program.fields[$0] }).enumerated()
        where !misfits.contains(where: { $0.first == field.name }) {
          #expect(read.subjects[0].facts[slot] == subject.facts[slot], "\(field.name) \(text)")
        }
      }
    }
    #expect(exact > 100 && refused > 100, "\(exact) \(refused)")
  }
}
