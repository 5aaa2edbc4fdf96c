import PolicyAnswers
import PolicyDiagnostics
import PolicyIR
import PolicyText
import PolicyValues
import PolicyWorkspace
import Testing

/// Rules of which only what a question needs is read, against all of them.
@Suite struct NeedTests {
  static let asOf = CivilDate(year: 2024, month: 6, day: 1)!

  /// All that is said of a measure and a subject.
  private func answer(_ measure: String, _ subject: Subject, _ set: PolicySet) throws -> String {
    let session = Session(policies: set, asOf: Self.asOf, language: .zh)
    let id = try #require(set.program.measures.firstIndex { $0.name == measure })
    guard let (decision, derivation) = session.explain(MeasureID(id), for: subject) else { return "" }
    let wording = session.wording
    return
      ([wording.letter(decision, subject: subject, asOf: Self.asOf)]
      + wording.conditions(decision, derivation, subject: subject) + wording.particulars(decision)
      + wording.tree(derivation)).joined(separator: "\n")
  }

  @Test(arguments: ["policies/shuozhou-2022-36", "policies/tutorial/14-时间与层级", "policies/tutorial/20-两级文件"])
  func answersAsAllRulesDo(_ path: String) throws {
    let whole = try loadPolicies([path])
    let rules = try loadPolicies([path], for: .rules)
    #expect(rules.program.cases.isEmpty && !rules.left.isEmpty && rules.digest == whole.digest)
    #expect(rules.program.measures == whole.program.measures)
    var subjects: [Subject] = []
    for subject in whole.program.cases.compactMap(\.subject)
    where !subjects.contains(where: { $0.facts == subject.facts }) {
      subjects.append(subject)
    }
    var (asked, left) = (0, 0)
    for measure in whole.program.measures {
      let needed = try loadPolicies([path], for: .measure(in: [measure.name]))
      #expect(!needed.hasErrors, "\(measure.name)")
      left += needed.left.count - rules.left.count
      for subject in subjects.filter({ $0.kind == measure.object?.kind }).prefix(6) {
        #expect(try answer(measure.name, subject, needed) == answer(measure.name, subject, whole))
        asked += 1
      }
    }
    print("need, \(path): \(asked) answers, \(left) files left unread beside those of cases")
    #expect(asked > 10)
  }

  private static let vocabulary = """
    选项 县区：右玉县、应县
    主体 项目
        床位：数量（张）
        所在县区：县区
        已领：金额

    机关 市财政局：级别 市

    """

  private static func document(_ number: Int, _ rules: String) -> String {
    """
    文件 虚政发〔2024〕\(number)号：
        标题：“虚构办法”
        成文日期：未规定
        施行日期：未规定
        有效期：未规定
        原文：“原文.txt”

    不入规则 首部：标题

    条款 一 补助：

    \(rules)
    """
  }

  private static func measure(_ name: String, _ words: String, amount: String = "1万元", _ more: String = "") -> String {
    """
    措施 \(name)：
        对象：项目
        原文：“\(words)”
        条件：床位 10张以上
        给予：补助
        金额：\(amount)
        出资：市财政局
    \(more)

    """
  }

  /// Five documents: on the first one's measure rests the second's, the third caps it in a group, the fourth fills its hole and
  /// the fifth has nothing to do with it, and an error.
  private static let files: [String: String] = {
    var files = ["规则/0/主体.tiaoli": vocabulary]
    func add(_ number: Int, _ text: String, _ rules: String) {
      files["规则/\(number)/规则.tiaoli"] = document(number, rules)
      files["规则/\(number)/原文.txt"] = "虚构办法\n\n一、补助。\(text)\n"
    }
    add(
      1, "对床位10张以上的项目给予补助，由市财政局承担，标准由市财政局另行制定。",
      "空缺 甲标准：金额\n    原文：“标准由市财政局另行制定”\n    制定：市财政局，时限 未规定\n\n"
        + measure("甲补助", "对床位10张以上的项目给予补助，由市财政局承担", amount: "甲标准"))
    add(
      2, "对床位10张以上并符合甲补助的项目给予补助1万元，由市财政局承担。",
      measure("乙补助", "对床位10张以上并符合甲补助的项目给予补助1万元，由市财政局承担", "    条件：甲补助 符合"))
    add(
      3, "对床位10张以上的项目给予补助1万元，由市财政局承担。甲补助和丙补助就高不重复。",
      measure("丙补助", "对床位10张以上的项目给予补助1万元，由市财政局承担")
        + "组合 甲丙（项目）：\n    原文：“甲补助和丙补助就高不重复”\n    成员：甲补助、丙补助\n    规则：就高不重复\n")
    add(
      4, "甲标准为2万元。", "补入 虚政发〔2024〕1号 甲标准：\n    原文：“甲标准为2万元”\n    值：2万元\n")
    add(5, "对床位10张以上的项目给予补助1万元，由市财政局承担。", measure("丁补助", "对床位10张以上的项目给予补助9万元", amount: "9万元"))
    files["规则/6/案例.tiaoli"] = "案例 无：\n    查询日期：2024年6月1日\n    项目：床位 10张\n    预期：没有这项 符合\n"
    return files
  }()

  private func load(_ need: PolicyNeed, without: Set<String> = []) throws -> PolicySet {
    try loadPolicies(
      ["规则"], for: need, from: .memory(Self.files.filter { !without.contains($0.key) }.mapValues { Array($0.utf8) }))
  }

  private func left(_ set: PolicySet) -> [String] { set.left.map { String($0.dropFirst(3).prefix(1)) } }

  @Test func whatSpeaksOfAMeasureIsNeeded() throws {
    let whole = try load(.rules, without: ["规则/5/规则.tiaoli"])
    #expect(!whole.hasErrors, "\(whole.remarks.map(\.primary.message.zh))")
    let subject = Subject(
      kind: KindID(0), id: "虚构项目", facts: [.value(.quantity(Rational(10))), .missing, .missing])
    for (measure, unread) in [("甲补助", ["2", "5", "6"]), ("乙补助", ["5", "6"]), ("丙补助", ["2", "5", "6"])] {
      let needed = try load(.measure(in: [measure, "虚构项目"]))
      #expect(left(needed) == unread, "\(measure)")
      #expect(!needed.hasErrors, "\(needed.remarks.map(\.primary.message.zh))")
      #expect(try answer(measure, subject, needed) == answer(measure, subject, whole))
    }
    #expect(try answer("甲补助", subject, load(.measure(in: ["甲补助"]))).contains("2万元"))
  }

  /// What may mean several measures is decided by all names, and a file in which a line may be meant to open a rule is read.
  @Test func whatIsUnclearNeedsAll() throws {
    #expect(left(try load(.measure(in: ["补助"]))) == ["6"])
    #expect(left(try load(.measure(in: ["甲补助", "乙补"]))) == ["6"])
    #expect(try load(.measure(in: ["丁补助"])).hasErrors)
    #expect(try load(.rules).hasErrors)
    var files = Self.files.mapValues { Array($0.utf8) }
    files["规则/6/案例.tiaoli"]! += Array("\n措拖 戊补助：\n    对象：项目\n".utf8)
    let set = try loadPolicies(["规则"], for: .rules, from: .memory(files))
    #expect(set.left.isEmpty)
  }
}
