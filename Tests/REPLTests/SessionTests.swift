import Foundation
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyTesting
import PolicyText
import PolicyValues
import PolicyWorkspace
import Testing

/// What a session adds to its files, takes back and reads again.
@Suite struct SessionTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  private static let rule = """
    措施 标准地供地探索：
        对象：康养项目
        条件：投资额2亿元以上且前提继承
        探索 实行：标准地供地方式
    """

  /// A copy of the Shuozhou document in a folder of its own.
  private final class Copy {
    let folder = NSTemporaryDirectory() + UUID().uuidString
    var path: String { folder + "/shuozhou-2022-36" }

    init() throws {
      try FileManager.default.copyItem(atPath: root + "/policies", toPath: folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func session() throws -> Session {
      let session = Session(
        policies: try loadPolicies([path]), asOf: CivilDate(year: 2024, month: 6, day: 1)!, language: .zh)
      try session.loadFacts([path + "/项目"])
      return session
    }

    func edit(_ name: String, _ old: String, _ new: String) throws {
      let file = path + "/" + name
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try #require(text.contains(old))
      try text.replacingOccurrences(of: old, with: new).write(toFile: file, atomically: true, encoding: .utf8)
    }
  }

  /// Every answer of every subject, in words.
  private func answers(_ session: Session) -> [String] {
    session.subjects.flatMap { subject in
      session.decisions(for: subject).decisions.map {
        "\(subject.id) \(session.program.measures[$0.measure].name) \(session.wording.label($0.label)) \($0.amount)"
      }
    }
  }

  private func flips(_ adoption: Adoption) -> [Flip]? {
    if case .adopted(let flips) = adoption { return flips }
    return nil
  }

  @Test func undoRestoresEveryAnswer() throws {
    let copy = try Copy()
    let session = try copy.session()
    defer { withExtendedLifetime(copy) {} }
    let first = answers(session)
    let index = try #require(session.subjects.firstIndex { $0.id == "虚构怀仁医养综合体" })
    session.suppose("备案总投资 3亿元，投资主体 央企", of: index)
    let second = answers(session)
    #expect(second != first)
    let changed = try #require(flips(try session.declare(Self.rule)))
    #expect(!changed.isEmpty)
    let third = answers(session)
    session.suppose("备案总投资 1亿元", of: index)
    #expect(answers(session) != third)
    // A new parameter is a block that no file has.
    #expect(flips(try session.declare("参数 测试数：金额\n    自2020年1月1日：3亿元")) == [])
    _ = try session.undo()
    _ = try session.undo()
    #expect(answers(session) == third)
    _ = try session.undo()
    #expect(answers(session) == second)
    _ = try session.undo()
    #expect(answers(session) == first)
    #expect(try session.undo() == nil)
  }

  /// Random suppositions on random subjects, taken back one by one: after each the answers are those that were there before.
  @Test func undoRestoresEveryAnswerOfRandomSuppositions() throws {
    let session = try Copy().session()
    var state: UInt64 = 7
    func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    for round in 0..<12 {
      var before: [[String]] = []
      for _ in 0...below(4) {
        let index = below(session.subjects.count)
        let facts = session.program.kinds[session.subjects[index].kind].fields.compactMap { id -> String? in
          let field = session.program.fields[id]
          let values: [String]
          switch field.type {
          case .truth: values = ["是", "否"]
          case .option(let option): values = session.program.optionTypes[option].values.map(\.name)
          case .quantity(.money): values = ["3亿元", "29999.99万元"]
          case .date: values = ["2025年12月31日", "2026年1月1日"]
          default: return nil
          }
          return below(3) == 0 ? "\(field.name) \((values + ["不知", "不适用"])[below(values.count + 2)])" : nil
        }
        if facts.isEmpty { continue }
        before.append(answers(session))
        let remarks = session.suppose(facts.joined(separator: "，"), of: index)
        try #require(remarks.isEmpty, "round \(round): \(facts) \(remarks.map(\.primary.message.zh))")
      }
      while let wanted = before.popLast() {
        _ = try session.undo()
        #expect(answers(session) == wanted, "round \(round)")
      }
      #expect(session.steps.isEmpty)
    }
  }

  /// What was on the screen is what the saved case expects: read back with the rules, every one passes.
  @Test func savedCasesReproduceTheAnswers() throws {
    let copy = try Copy()
    let session = try copy.session()
    for (index, subject) in session.subjects.enumerated() where index % 3 == 0 {
      if session.program.kinds[subject.kind].name == "项目" {
        let remarks = session.suppose("备案总投资 3亿元，省建设补助 已获，完工日期 不知", of: index)
        #expect(remarks.isEmpty)
      }
    }
    let file = copy.path + "/存下的案例.tiaoli"
    for (index, subject) in session.subjects.enumerated() {
      _ = try session.saveCase(session.caseText(named: "存\(index)", subject: subject), to: file)
    }
    let policies = try loadPolicies([copy.path])
    try #require(!policies.hasErrors, "\(policies.remarks.first { $0.severity == .error }?.primary.message.zh ?? "")")
    let results = runCases(policies.program, files: policies.files, filter: "存").filter { $0.name.hasPrefix("存") }
    #expect(results.count == session.subjects.count)
    for result in results { #expect(result.passed, "\(result)") }
    // And they say something: under other facts they fail.
    let other = policies.program.cases.filter { $0.name.hasPrefix("存") }
    #expect(other.allSatisfy { !$0.expectations.isEmpty })
  }

  /// The flips are those that a comparison of all decisions in full finds.
  @Test func flipsAreThoseOfFullDecisions() throws {
    let copy = try Copy()
    let session = try copy.session()
    defer { withExtendedLifetime(copy) {} }
    func labels() -> [[String]] {
      session.subjects.map { subject in
        session.decisions(for: subject).decisions.map { session.wording.label($0.label) }
      }
    }
    for text in [
      Self.rule, Self.rule.replacingOccurrences(of: "2亿元", with: "100亿元"),
      Self.rule.replacingOccurrences(of: "投资额2亿元以上且", with: ""),
    ] {
      let before = labels()
      let found = try #require(flips(try session.declare(text)))
      let after = labels()
      var expected = 0
      for (old, new) in zip(before, after) { expected += zip(old, new).count { $0 != $1 } }
      #expect(found.count { $0.before.prefix { $0 != "，" } != $0.after.prefix { $0 != "，" } } == expected)
    }
  }

  @Test func reloadEqualsAFreshStart() throws {
    let copy = try Copy()
    let session = try copy.session()
    #expect(session.changedFiles() == [])
    let before = answers(session)
    try copy.edit("32-用地政策.tiaoli", "条件：列入点状供地试点 且 前提继承", "条件：列入点状供地试点")
    try copy.edit("项目/projects.csv", "29999.99,29000,29999.99", "31000,31000,31000")
    try "主体 新：\n    甲：是否\n".write(toFile: copy.path + "/99.tiaoli", atomically: true, encoding: .utf8)
    #expect(
      session.changedFiles().map { ($0 as NSString).lastPathComponent }.sorted() == [
        "32-用地政策.tiaoli", "99.tiaoli", "projects.csv",
      ])
    #expect(answers(session) == before, "nothing changes before the reload")
    session.suppose("备案总投资 9亿元", of: 1)
    #expect(flips(try session.reload()) != nil)
    #expect(answers(session) == answers(try copy.session()))
    #expect(session.changedFiles() == [] && session.steps == [])
    // Declarations are made again on the new rules.
    _ = try session.declare(Self.rule)
    try copy.edit("32-用地政策.tiaoli", "条件：列入点状供地试点", "条件：列入点状供地试点 且 前提继承")
    #expect(flips(try session.reload()) != nil)
    let fresh = try copy.session()
    _ = try fresh.declare(Self.rule)
    #expect(answers(session) == answers(fresh))
  }

  @Test func reloadOfBrokenFilesChangesNothing() throws {
    let copy = try Copy()
    let session = try copy.session()
    let before = answers(session)
    try copy.edit("32-用地政策.tiaoli", "条件：列入点状供地试点 且 前提继承", "条件：列入点状供地试点 且")
    guard case .refused = try session.reload() else {
      Issue.record("rules with errors were taken over")
      return
    }
    #expect(answers(session) == before)
    try copy.edit("32-用地政策.tiaoli", "条件：列入点状供地试点 且", "条件：列入点状供地试点 且 前提继承")
    let count = session.subjects.count
    try FileManager.default.removeItem(atPath: copy.path + "/项目/projects.csv")
    _ = try session.reload()
    #expect(session.subjects.count != count)
    try FileManager.default.removeItem(atPath: copy.path + "/原文.txt")
    let rest = answers(session)
    if case .adopted? = try? session.reload() { Issue.record("a policy without its text was taken over") }
    #expect(answers(session) == rest)
  }

  /// A declaration does not take over what was changed on the disk in silence.
  @Test func declarationRestsOnWhatWasRead() throws {
    let copy = try Copy()
    let session = try copy.session()
    let before = answers(session)
    try copy.edit("32-用地政策.tiaoli", "条件：列入点状供地试点 且 前提继承", "条件：列入点状供地试点")
    _ = try session.declare("参数 测试数：金额\n    自2020年1月1日：3亿元")
    #expect(answers(session) == before && !session.changedFiles().isEmpty)
  }

  @Test func longSessionsDoNotGrow() throws {
    let copy = try Copy()
    let session = try copy.session()
    defer { withExtendedLifetime(copy) {} }
    let count = session.files.count
    for number in 0..<200 { _ = session.expression("备案总投资 \(number)万元以上", kind: session.subjects[0].kind) }
    #expect(session.files.count <= count + 1)
  }

  @Test func subjectsOfOneNameAreToldApart() throws {
    let copy = try Copy()
    try copy.edit("项目/医疗机构.csv", "虚构应县医院", "虚构右玉康养园")
    let session = try copy.session()
    guard case .several(let names) = session.subject(named: "虚构右玉康养园") else {
      Issue.record("one of two subjects was taken")
      return
    }
    #expect(names.count == 2 && Set(names).count == 2 && names[0].contains("序号"))
    let number = try #require(names[1].split(separator: "序号").last?.prefix { $0.isNumber })
    guard case .one(let index) = session.subject(named: String(number)) else {
      Issue.record("the number is not taken")
      return
    }
    #expect(session.subjects[index].id == "虚构右玉康养园")
  }

  /// Two rows of one name in one table: neither is taken for the other, and both places are told.
  @Test func rowsOfOneNameAreToldApart() throws {
    let copy = try Copy()
    try copy.edit("项目/projects.csv", "虚构威远福寿院", "虚构右玉康养园")
    let session = try copy.session()
    #expect(session.factRemarks.contains { $0.id == .duplicateSubject && !$0.related.isEmpty })
    guard case .several(let names) = session.subject(named: "虚构右玉康养园") else {
      Issue.record("one of two subjects was taken")
      return
    }
    #expect(names.count == 2 && names.allSatisfy { $0.contains("projects.csv:") } && Set(names).count == 2, "\(names)")
    guard case .one(let second) = session.subject(named: "虚构右玉康养园#2") else {
      Issue.record("the second can't be named")
      return
    }
    #expect(session.subjects[second].id == "虚构右玉康养园#2")
  }

  /// What an interview found out is kept as a supposition, texts with marks in them too, and made again after a declaration.
  @Test func interviewedTextsAreKept() throws {
    let folder = NSTemporaryDirectory() + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "主体 甲：\n    备注语：文本\n    数：数量（个）\n".write(toFile: folder + "/规则.tiaoli", atomically: true, encoding: .utf8)
    try "名称,备注语,数\n一,,\n".write(toFile: folder + "/甲.csv", atomically: true, encoding: .utf8)
    let session = Session(
      policies: try loadPolicies([folder]), asOf: CivilDate(year: 2024, month: 6, day: 1)!, language: .zh)
    try session.loadFacts([folder + "/甲.csv"])
    for text in ["普通", "有“引号”，有逗号", "3亿元、不知", "a \"b\" c", "「角」；：", "# 井号"] {
      var subject = session.subjects[0]
      subject.facts[0] = .value(.text(text))
      session.record(subject, at: 0)
      #expect(session.subjects[0].facts[0] == .value(.text(text)), "\(text)")
      // Another field moves the subject's facts, so that every supposition is made again.
      guard case .adopted = try session.declare("主体 甲：\n    备注语：文本\n    数：数量（个）\n    另：是否\n") else {
        Issue.record("not adopted")
        return
      }
      #expect(session.subjects[0].facts[0] == .value(.text(text)), "\(text) after a declaration")
      _ = try session.undo()
      _ = try session.undo()
      #expect(session.subjects[0].facts[0] == .missing, "\(text) taken back")
    }
  }

  /// Who supposes what follows from facts is told the facts.
  @Test func aDefinitionCannotBeSupposed() throws {
    let copy = try Copy()
    let session = try copy.session()
    let remarks = session.suppose("投资额 = 3亿元", of: 1)
    #expect(remarks.contains { $0.help.contains { $0.zh.contains("“备案总投资”、“固定资产投资”") } }, "\(remarks)")
    #expect(session.steps.isEmpty)
  }

  /// Whatever is stopped at whichever step leaves the session as it was, and can be done afterwards.
  @Test func stoppedWorkChangesNothing() throws {
    let copy = try Copy()
    let works: [(name: String, run: (Session) throws -> Bool)] = [
      (
        "load",
        {
          try $0.loadFacts([copy.path + "/项目"]); return true
        }
      ),
      ("reload", { if case .interrupted = try $0.reload() { false } else { true } }),
      ("declare", { if case .interrupted = try $0.declare(Self.rule) { false } else { true } }),
      (
        "analysis",
        {
          _ = try $0.analysis(); return true
        }
      ),
      (
        "changes",
        { session in
          let measure = MeasureID(session.program.measures.firstIndex { $0.name == "标准地供地探索" }!)
          let subject = session.subjects[session.subjects.firstIndex { $0.id == "虚构怀仁医养综合体" }!]
          _ = try session.changesThatMakeHold(measure, subject: subject)
          return true
        }
      ),
    ]
    for (name, run) in works {
      let session = try copy.session()
      session.suppose("备案总投资 3亿元", of: 1)
      let before = answers(session)
      let steps = session.steps
      var stopped = 0
      for limit in [0, 1, 2, 3, 9, 60] {
        var asked = 0
        session.watch = { _, _ in
          asked += 1
          return asked <= limit
        }
        let isDone: Bool
        do { isDone = try run(session) } catch let failure as FileFailure {
          #expect(failure.cause == .interrupted, "\(name)")
          isDone = false
        } catch { isDone = false }
        session.watch = { _, _ in true }
        if isDone { break }
        stopped += 1
        #expect(answers(session) == before && session.steps == steps, "\(name) stopped at \(limit)")
      }
      #expect(stopped > 0, "\(name) can't be stopped")
    }
  }

  @Test func stoppedComparisonChangesNothing() throws {
    let copy = try Copy()
    let session = try copy.session()
    defer { withExtendedLifetime(copy) {} }
    let before = answers(session)
    var count = 0
    session.watch = { _, _ in
      count += 1
      return count < 70
    }
    guard case .interrupted = try session.declare(Self.rule) else {
      Issue.record("the rule was adopted")
      return
    }
    session.watch = { _, _ in true }
    #expect(answers(session) == before && session.steps == [])
  }
}
