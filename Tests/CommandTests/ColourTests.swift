import Foundation
import PolicyAnswers
import TerminalDriver
import Testing

/// Answers in colours: only where they are wanted, and never in place of words or columns.
@Suite(.serialized) struct ColourTests {
  private static let questions: [[String]] = [
    ["查询"], ["查询", "床位补助"], ["查询", "床位补助", "乙养老院"], ["为何不", "床位补助", "乙养老院"], ["为何", "--tree", "床位补助", "甲养老院"],
    ["哪些", "符合", "床位补助"], ["统计", "床位补助", "按", "举办者"], ["还缺", "丁养老院"], ["措施"], ["措施", "床位补助"], ["条款", "一（一）"],
    ["怎样才能", "床位补助", "乙养老院"], ["测试"],
  ]

  private func run(
    _ question: [String], _ options: [String] = [], _ environment: [String: String] = [:]
  ) throws -> Tool.Run {
    let facts = question == ["测试"] ? ["--as-of", "2024-06-01"] : VerbTests.facts
    return try Tool.run(
      [question[0], "规则.tiaoli"] + question.dropFirst() + options + facts, environment: environment,
      folder: VerbTests.folder)
  }

  /// Whoever takes the escapes away has the plain answer to the last blank: no width counts them.
  @Test(arguments: questions) func columnsAreThoseOfThePlainAnswer(_ question: [String]) throws {
    let plain = try run(question)
    #expect(plain.code == 0 && !plain.output.contains("\u{1B}"), "\(plain.errors)")
    for wide in [[], ["--ambiguous-width", "2"]] {
      let plain = try run(question, wide).output
      let coloured = try run(question, ["--color", "always"] + wide).output
      #expect(Ink.plain(coloured) == plain)
    }
  }

  @Test func eachConclusionInItsInk() throws {
    let output = try run(["查询", "床位补助"], ["--color", "always"]).output
    for text in [
      Ink.good.paint("符合"), Ink.bad.paint("不符合"), Ink.open.paint("待定（缺事实）"), Ink.head.paint("床位补助"),
    ] { #expect(output.contains(text), "\(output)") }
    let letter = try run(["查询", "床位补助", "乙养老院"], ["--color", "always"]).output
    #expect(letter.contains("：" + Ink.bad.paint("不符合") + "。") && letter.contains("\u{1B}[2m“床位20张以上"))
    let counts = try run(["统计", "床位补助", "按", "举办者"], ["--color", "always"]).output
    #expect(counts.contains(Ink.bad.paint("不符合")) && counts.contains(Ink.head.paint("举办者")))
    let why = try run(["为何不", "床位补助", "乙养老院"], ["--color", "always"]).output
    #expect(why.contains(Ink.bad.paint("✗") + " 条件"))
  }

  @Test func onlyWhereColoursAreWanted() throws {
    func isColoured(_ options: [String], _ environment: [String: String]) throws -> Bool {
      try run(["查询", "床位补助"], options, environment).output.contains("\u{1B}")
    }
    #expect(try !isColoured([], [:]))
    #expect(try isColoured(["--color", "always"], ["NO_COLOR": "1", "TERM": "dumb"]))
    #expect(try !isColoured(["--color", "never"], ["FORCE_COLOR": "1"]))
    #expect(try isColoured([], ["CLICOLOR_FORCE": "1"]))
    #expect(try !isColoured([], ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]))
    for format in ["json", "csv", "markdown"] {
      #expect(try !isColoured(["--color", "always", "--format", format], [:]), "\(format)")
    }
    let json = try run(["为何", "床位补助", "甲养老院"], ["--color", "always", "--format", "json"])
    #expect(!json.output.contains("\u{1B}") && !json.output.contains("\\u001b"))
  }

  @Test func atATerminal() throws {
    let entry = "查询 床位补助 甲养老院"
    for (environment, isColoured) in [
      ([:], true), (["NO_COLOR": "1"], false), (["TERM": "dumb"], false),
    ] as [([String: String], Bool)] {
      let home = try TemporaryFolder()
      let terminal = PseudoTerminal(
        Tool.path,
        arguments: ["repl", VerbTests.folder.path + "/规则.tiaoli", "--facts", VerbTests.folder.path + "/机构.csv"]
          + ["--as-of", "2024-06-01"],
        environment: ["LANG": "C.UTF-8", "TZ": "UTC"].merging(environment) { _, new in new }, columns: 100, rows: 40,
        home: home.path)
      try #require(terminal.expect("条理"))
      terminal.settle()
      terminal.send(entry + "\r")
      #expect(terminal.expect(isColoured ? "“床位补助”：\u{1B}[32m符合\u{1B}[0m。" : "“床位补助”：符合。"), "\(environment)")
      terminal.send(entry + " --color never\r")
      #expect(terminal.expect("“床位补助”：符合。"))
      terminal.send("退出\r")
      #expect(terminal.exitStatus() == 0)
    }
  }

  /// Where “ and ─ take two cells, rules are half as many and columns begin where the head's begin.
  @Test func tablesWhereAmbiguousCharactersAreWide() throws {
    let narrow = try run(["查询", "床位补助"]).output.split(separator: "\n").map(String.init)
    let wide = try run(["查询", "床位补助"], ["--ambiguous-width", "2"]).output.split(separator: "\n").map(String.init)
    func rule(_ lines: [String]) throws -> Int { try #require(lines.first { $0.hasPrefix("─") }).count { $0 == "─" } }
    #expect(try abs(rule(narrow) - 2 * rule(wide)) <= 24)
    #expect(wide.contains { $0.contains("不满足：条件“床位数20张以上”") })
    let wrong = try Tool.run(["查询", "规则.tiaoli", "--ambiguous-width", "3"], folder: VerbTests.folder)
    #expect(wrong.code == 2)
  }
}
