import Foundation
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
import PolicyWorkspace
import Testing

/// A small policy in which a test changes what it is about.
struct Rules {
  var rules = """
    机关 市财政局：级别 市
        别名：“市财政”
    机关 县级财政：级别 县
        别名：“县财政”

    选项 举办方式：公办、民办、公建民营
    选项 机构等级（有序）：一级、二级、三级
        不排序：未定级

    主体 养老机构：
        机构名称：文本
        床位数：数量（张）
        占地：面积
        资产：金额
        收住率：比率
        开业日期、备案日期：日期
        停业期间：期间
        举办主体：举办方式
        等级：机构等级
        连锁：是否
        分部：若干 网点

    主体 网点：
        床数：数量（张）

    文件 养老机构补助办法：
        施行日期：未规定
        有效期：未规定
        原文：“原文.txt”

    不入规则 首部第1句：标题

    条款 一 补助：
    条款 一（一） 床位补助：
        责任单位：市财政局

    措施 床位补助：
        对象：养老机构
        原文：“床位20张以上的养老机构，给予一次性补助5万元，由市财政承担”
        条件：床位数20张以上
        给予：一次性补助
        出资：市财政局
        金额：5万元

    """
  var text = """
    养老机构补助办法

    一、补助
    （一）床位补助。床位20张以上的养老机构，给予一次性补助5万元，由市财政承担。（责任单位：市财政局）

    """

  /// These rules with a part of them replaced; the part must stand there once.
  func changing(_ old: String, to new: String, sourceLocation: SourceLocation = #_sourceLocation) -> Rules {
    var result = self
    #expect(rules.components(separatedBy: old).count == 2, "“\(old)” stands there once", sourceLocation: sourceLocation)
    result.rules = rules.replacingOccurrences(of: old, with: new)
    return result
  }

  /// The same of the official text, and of the quote of the measure.
  func quoting(_ old: String, as new: String) -> Rules {
    var result = self
    result.rules = rules.replacingOccurrences(of: old, with: new)
    result.text = text.replacingOccurrences(of: old, with: new)
    return result
  }

  /// More of the official text.
  func appending(_ words: String) -> Rules {
    var result = self
    result.text += words.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n") + "\n"
    return result
  }

  /// Rules before the measure.
  func adding(_ block: String) -> Rules { changing("措施 床位补助：", to: block + "\n\n措施 床位补助：") }

  /// The condition of the measure.
  func when(_ condition: String) -> Rules { changing("    条件：床位数20张以上", to: "    条件：床位数20张以上\n    条件：" + condition) }

  func checked() throws -> PolicySet {
    let folder = try TemporaryFolder(["规则.tiaoli": rules, "原文.txt": text])
    return try loadPolicies([folder.path + "/规则.tiaoli"])
  }

  /// `T0207 养老机构…` for each remark, in order.
  func remarks() throws -> [String] {
    try checked().remarks.map { "\($0.id.rawValue) \($0.primary.message.zh)" + $0.help.map { "｜" + $0.zh }.joined() }
  }

  /// Holds the remarks against ids, each with a part of its message or help.
  func yields(_ wanted: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let found = try remarks()
    let fits =
      found.count == wanted.count
      && zip(found, wanted).allSatisfy { found, wanted in
        let parts = wanted.split(separator: " ", maxSplits: 1)
        return found.hasPrefix(parts[0]) && (parts.count == 1 || found.contains(parts[1]))
      }
    #expect(fits, "\(found)", sourceLocation: sourceLocation)
  }

  /// The outcomes of an expression for one institution whose facts are written as in cases.
  func value(_ expression: String, _ facts: String) throws -> String {
    let day = try #require(CivilDate(year: 2024, month: 6, day: 1))
    let session = Session(policies: try checked(), asOf: day, language: .zh)
    try #require(!session.policies.hasErrors)
    var subject = Subject(
      kind: KindID(0), id: "甲", facts: Array(repeating: .missing, count: session.program.kinds[0].fields.count))
    let problems = session.readFacts(facts, into: &subject)
    #expect(problems.isEmpty, "\(problems.map(\.primary.message.zh))")
    let (found, remarks) = session.expression(expression, kind: KindID(0))
    guard let found else { return remarks.map(\.id.rawValue).joined(separator: " ") }
    return session.wording.outcome(session.value(of: found, for: subject).0, found.type)
  }
}
