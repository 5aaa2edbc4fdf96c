import Foundation
import TerminalDriver
import Testing

/// Scripts for the prompt, and one whole conversation on a pseudo-terminal.
@Suite(.serialized) struct PromptTests {
  static let folder = Repository.root.appending(path: "Tests/Fixtures/policy")
  static let repl = ["repl", "规则.tiaoli", "--facts", "机构.csv", "--as-of", "2024-06-01"]

  private func script(_ input: String) throws -> Tool.Run { try Tool.run(Self.repl, input: input, folder: Self.folder) }

  private func lines(_ commands: String...) throws -> Tool.Run {
    try Tool.run(Self.repl + commands.flatMap { ["-c", $0] }, folder: Self.folder)
  }

  @Test func questionsAsStatements() throws {
    let run = try script("# 说明\n\n为何 床位补助 甲养老院\nwhy-not 床位补助 乙养老院\n措施 开办补助\n条款 一（二）\n部门 市财政局\n")
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
    for part in ["5万元", "19张", "开办补助", "受理申请后20个工作日内拨付", "市财政局"] { #expect(run.output.contains(part), "\(part)") }
    #expect(!run.output.contains("条理>"))
  }

  @Test func theSameAnswersAsTheCommandLine() throws {
    let direct = try Tool.run(
      ["为何", "规则.tiaoli", "床位补助", "甲养老院", "--facts", "机构.csv", "--as-of", "2024-06-01"], folder: Self.folder)
    #expect(try lines("为何 床位补助 甲养老院").output == direct.output)
    #expect(try lines("为何床位补助 甲养老院").output == direct.output)
    #expect(try lines(":选定 甲养老院", "为何 床位补助").output.hasSuffix(direct.output))
  }

  @Test func expressionsAndSuppositions() throws {
    let run = try lines(":选定 乙养老院", "床位数20张以上", "床位数 × 1000元/张", "假设 床位数 20张", "床位数20张以上", "撤销", "床位数20张以上")
    #expect(run.code == 0, "\(run.errors)")
    let output = run.output.split(separator: "\n").map(String.init)
    #expect(output.contains("否") && output.contains("是") && output.contains("1.9万元"), "\(run.output)")
    #expect(run.output.contains("床位补助：不符合 → 符合"))
    #expect(output.last == "否")
  }

  @Test func aScriptStopsAtItsFirstError() throws {
    let run = try script("措施 床位补助\n为何 没有的措施 甲养老院\n条款 一（二）\n")
    #expect(run.code == 2 && run.errors.contains(":2: ") && run.errors.contains("没有名为“没有的措施”的措施"), "\(run.errors)")
    #expect(run.output.contains("床位补助") && !run.output.contains("受理申请"))
    let kept = try Tool.run(Self.repl + ["--keep-going"], input: "为何 没有的措施 甲养老院\n条款 一（二）\n", folder: Self.folder)
    #expect(kept.code == 2 && kept.output.contains("受理申请"))
    #expect(try lines("没有的名称20张以上").code == 2)
    #expect(try lines(":没有的命令").errors.contains("没有命令“:没有的命令”"))
    #expect(try lines(":加在 甲.csv").errors.contains("是不是“:加载”"))
    #expect(try lines(":加载 没有.csv").code == 3)
  }

  @Test func tooLongOrTooDeep() throws {
    for entry in [
      Array(repeating: "1", count: 20_000).joined(separator: " ＋ "),
      String(repeating: "（", count: 30_000) + "1" + String(repeating: "）", count: 30_000),
    ] {
      let run = try script(entry + "\n")
      #expect(run.code == 2 && run.errors.contains("最多500个运算"), "\(run.code) \(run.errors.prefix(300))")
    }
  }

  @Test func scriptFiles() throws {
    let folder = try TemporaryFolder([
      "好.txt": Array("措施 床位补助\n为何 床位补助\n    甲养老院\n退出\n没有读到\n".utf8.filter { $0 != 0 }), "坏.txt": [0xB4, 0xB2, 0x0A],
    ])
    let bad = try Tool.run(Self.repl + ["-f", folder.path + "/坏.txt"], folder: Self.folder)
    #expect(bad.code == 3 && bad.errors.contains("不是 UTF-8"), "\(bad.errors)")
    #expect(try Tool.run(Self.repl + ["-f", folder.path + "/没有.txt"], folder: Self.folder).code == 3)
    let quit = try script("退出\n没有读到\n")
    #expect(quit.code == 0 && quit.output.isEmpty)
    #expect(try script("").code == 0)
    #expect(try script("\u{FEFF}条款 一（二）\r\n").code == 0)
  }

  @Test func englishAtThePrompt() throws {
    let run = try Tool.run(
      Self.repl + ["--lang", "en"], input: "measures\n:subjects\n:status\nundo\n", folder: Self.folder)
    #expect(
      run.code == 2 && run.output.contains("4 measures") && run.errors.contains("no supposition to undo"),
      "\(run.errors)")
  }

  @Test func anInterviewInAScript() throws {
    let run = try script("查询 --subject 甲养老院\n:日期 2026-01-02\n查询 --subject 甲养老院\n")
    #expect(run.code == 0 && run.output.contains("查询日期：2024年6月1日") && run.output.contains("查询日期：2026年1月2日"))
  }

  /// A newcomer's first quarter of an hour: look around, ask, suppose, take back, change the rules, read them again, leave.
  @Test func wholeConversation() throws {
    let folder = try TemporaryFolder()
    for name in ["规则.tiaoli", "原文.txt", "机构.csv"] {
      try Data(contentsOf: Self.folder.appending(path: name)).write(to: URL(filePath: folder.path + "/" + name))
    }
    // The date stands at the right of every new prompt, before the cursor goes back.
    let ready = "2024年6月1日\r\u{1B}["
    let terminal = PseudoTerminal(
      Tool.path,
      arguments: ["repl", folder.path + "/规则.tiaoli", "--facts", folder.path + "/机构.csv", "--as-of", "2024-06-01"],
      environment: ["LANG": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"], columns: 100, rows: 60, home: folder.path)
    try #require(terminal.expect("措施4项，主体4个") && terminal.expect(ready), "\(terminal.output)")
    func says(_ entry: String, _ parts: String...) {
      terminal.send(entry + "\r")
      for part in parts { #expect(terminal.expect(part), "\(entry) → \(part): \(terminal.output.suffix(400))") }
      #expect(terminal.expect(ready), "\(entry)")
    }
    says("：帮助", "问题", ":选定 :select")
    says(":主体", "甲养老院", "丁养老院")
    says("查询 --subject 甲养老院", "床位补助", "5万元", "查询日期")
    says(":选定 乙养老院", "选定：乙养老院", "条理〔乙养老院〕")
    says("为何不 床位补助", "不符合", "床位数", "1张")
    says("床位数20张以上", "否")
    says("假设 床位数 20张", "床位补助：不符合 → 符合")
    says("为何 床位补助", "2万元")
    says("撤销", "余下0个")
    says("床位数20张以上 且\r开业日期 在 2025年底 前", "否")
    says("床味数20张以上", "床位数")
    says("还缺 丁养老院", "床位数", "养老机构")
    // A drafter lowers the bound and reads the rules again; a broken edit leaves the old ones in use.
    let rules = try String(contentsOfFile: folder.path + "/规则.tiaoli", encoding: .utf8)
    try rules.replacingOccurrences(of: "条件：床位数20张以上", with: "条件：床位数").write(
      toFile: folder.path + "/规则.tiaoli", atomically: true, encoding: .utf8)
    says(":重载", "T0207", "仍用原来的规则")
    try rules.replacingOccurrences(of: "条件：床位数20张以上", with: "条件：床位数 20张以下").write(
      toFile: folder.path + "/规则.tiaoli", atomically: true, encoding: .utf8)
    says(":重载", "措施4项")
    says("为何 床位补助", "符合")
    // The history gives the last question back.
    terminal.send("\u{1B}[A\r")
    #expect(terminal.expect("符合") && terminal.expect(ready))
    terminal.send("半行\u{3}")
    #expect(terminal.expect(ready))
    terminal.send("问 床位补助 --kind 养老机构\r")
    #expect(terminal.expect("有多少张床位？"))
    terminal.send("18张\r")
    #expect(terminal.expect("问了1个问题") && terminal.expect(ready))
    terminal.send("退出\r")
    #expect(terminal.exitStatus() == 0)
  }

  // MARK: What is typed wrong

  @Test func wrongInputIsAnsweredInItsLanguage() throws {
    let cases: [(entry: String, errors: [String])] = [
      ("查巡 床位补助", ["“查巡”", "是不是“查询”"]), ("qurey 床位补助", ["did you mean", "“query”"]), (":slect 甲", ["“:select”"]),
      (":选丁 甲", ["“:选定”"]), ("查询 “床位", ["引号““”没有结束"]), (":选定 \"甲", ["引号“\"”没有结束"]),
      ("为何 床位补助 --facts 没有.csv", [":加载 没有.csv"]), ("查询 --lang fr", ["zh 或 en"]),
      ("假设 床位数 很多", ["床位数"]), (":选定 养老院", ["“养老院”可以是几个主体"]), ("还缺 床味补助", ["没有名为“床味补助”的主体或者措施；是不是“床位补助”"]),
      (":编辑 床味补助", ["没有名为“床味补助”的规则；是不是“床位补助”"]), (":输出 xml", ["text、json、csv、markdown"]),
    ]
    for (entry, errors) in cases {
      let language = errors.contains("did you mean") ? "en" : "zh"
      let run = try Tool.run(
        Self.repl + ["--lang", language, "-c", ":选定 乙养老院", "-c", entry], folder: Self.folder)
      #expect(run.code == 2, "\(entry): \(run.code)")
      for part in errors { #expect(run.errors.contains(part), "\(entry): \(run.errors)") }
    }
  }

  /// Whether a question was meant is asked only where the first word is none of the rules' own.
  @Test func noQuestionIsGuessedBehindAName() throws {
    let folder = try TemporaryFolder([
      "规则.tiaoli": Array("主体 问卷：\n    查巡：数量（份）\n".utf8), "问卷.csv": Array("名称,查巡\n甲,3\n".utf8),
    ])
    func errors(_ entry: String) throws -> String {
      try Tool.run(
        ["repl", "规则.tiaoli", "--facts", "问卷.csv", "-c", entry], folder: URL(filePath: folder.path)
      ).errors
    }
    let known = try errors("查巡 3")
    #expect(!known.isEmpty && !known.contains("如果要问问题"), "\(known)")
    #expect(try errors("查寻 3").contains("是不是“查询”"))
    #expect(try lines("查寻床位补助").errors.contains("是不是“查询”"))
  }

  @Test func subjectsOfOneNameAreNotGuessed() throws {
    let folder = try TemporaryFolder(["重.csv": Array("名称,床位数_张\n甲院,20\n甲院,10\n".utf8)])
    let path = folder.path + "/重.csv"
    let run = try lines(":加载 \(path)", "查询 床位补助 甲院")
    #expect(run.code == 2 && run.errors.contains("T0613"), "\(run.errors)")
    for place in ["（序号1，\(path):2）", "（序号2，\(path):3）"] { #expect(run.errors.contains(place), "\(run.errors)") }
    let told = try lines(":加载 \(path)", "查询 床位补助 甲院#2", "查询 床位补助 1")
    #expect(told.code == 0 && told.output.contains("不符合") && told.output.contains("应付"), "\(told.errors)")
  }

  @Test func aClauseBehindTheNumberOfItsDocument() throws {
    let plain = try lines("条款 一（二）")
    for entry in [
      "条款 石政发〔2024〕3号 一（二）", "条款 石政发〔2024〕3号一（二）", "条款石政发〔2024〕3号 一（二）", "条 石政发[2024]3号 一（二）", "c 石政发(2024)3号 1.2",
      "条款 石政发（２０２４）３号 第一部分第（二）项",
    ] { #expect(try lines(entry).output == plain.output, "\(entry)") }
    #expect(try lines("条款 石政发〔2024〕4号 一（二）").code == 2)
  }

  @Test func namesWinOverStatements() throws {
    let folder = try TemporaryFolder([
      "规则.tiaoli": Array("主体 问卷：\n    问卷数：数量（份）\n    q：是否\n".utf8), "问卷.csv": Array("名称,问卷数,q\n甲,3,是\n".utf8),
    ])
    let run = try Tool.run(
      ["repl", "规则.tiaoli", "--facts", "问卷.csv", "-c", "问卷数", "-c", "q", "-c", "查询日期 在 2000年 以后"],
      folder: URL(filePath: folder.path))
    #expect(run.output == "3份\n是\n是\n", "\(run.output)\(run.errors)")
  }

  @Test func linesOfAnyLength() throws {
    for line in [
      String(repeating: "长", count: 65_536), String(repeating: "（", count: 65_536),
      "查询 " + String(repeating: "a ", count: 32_768),
      String(repeating: "1+", count: 32_768) + "1",
    ] {
      let run = try script(line + "\n\n")
      #expect(run.code == 2 || run.code == 0, "\(line.prefix(5)): \(run.code)")
    }
  }

  @Test func formatsOfAnswers() throws {
    #expect(try lines(":输出 json", "措施 床位补助").output.contains("\"name\": \"床位补助\""))
    #expect(try lines(":输出 csv", "部门", "为何 床位补助 甲养老院").output.contains("5万元"))
    #expect(try lines("为何 床位补助 甲养老院 --lang en", ":语言").output.contains("语言：zh"))
  }

  // MARK: On a terminal

  func terminal(
    _ arguments: [String] = [], _ environment: [String: String] = [:], folder: TemporaryFolder, rows: Int = 40,
    seconds: Double = 20
  ) throws -> PseudoTerminal {
    for name in ["规则.tiaoli", "原文.txt", "机构.csv"]
    where !FileManager.default.fileExists(atPath: folder.path + "/" + name) {
      try Data(contentsOf: Self.folder.appending(path: name)).write(to: URL(filePath: folder.path + "/" + name))
    }
    let variables = ["LANG": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"].merging(environment) { _, new in new }
    let terminal = PseudoTerminal(
      Tool.path,
      arguments: ["repl", folder.path + "/规则.tiaoli", "--facts", folder.path + "/机构.csv", "--as-of", "2024-06-01"]
        + arguments, environment: variables, columns: 100, rows: rows, home: folder.path)
    try #require(terminal.expect("条理> ", seconds: seconds), "\(terminal.output)")
    return terminal
  }

  @Test func longAnswersGoThroughThePager() throws {
    let folder = try TemporaryFolder(["pager": Array("#!/bin/sh\necho PAGED\ncat\n".utf8)])
    chmod(folder.path + "/pager", 0o755)
    let pager = ["PAGER": folder.path + "/pager"]
    for (arguments, environment, isPaged) in [
      ([], pager, true), (["--no-pager"], pager, false), ([], pager.merging(["TERM": "dumb"]) { _, new in new }, false),
      ([], ["PAGER": "cat"], false), ([], ["PAGER": "/no/such/pager"], false),
    ] as [([String], [String: String], Bool)] {
      let terminal = try terminal(arguments, environment, folder: folder, rows: 10)
      terminal.send(":帮助\r")
      if isPaged { #expect(terminal.expect("PAGED")) }
      #expect(terminal.expect("问题（不用前缀", notAfter: "PAGED"), "\(arguments) \(environment)")
      #expect(terminal.expect(":语言"), "\(environment)")
      terminal.send("床位数\r")
      #expect(terminal.expect("床位数"))
      terminal.send("退出\r")
      #expect(terminal.exitStatus() == 0)
    }
    let terminal = try terminal([], pager, folder: folder, rows: 10)
    terminal.send(":帮助\r")
    #expect(terminal.expect("PAGED"))
    terminal.send("\r条款 一（二）\r")
    #expect(terminal.expect("受理申请"))
  }

  @Test func beginningsAndCompletionOnATerminal() throws {
    let terminal = try terminal(folder: try TemporaryFolder())
    terminal.send(":xd jia\t")
    #expect(!terminal.expect("甲养老院", seconds: 1))
    terminal.send("\u{15}:选定 jyly\t\r")
    #expect(terminal.expect("选定：甲养老院"))
    terminal.send("cou 床位补助 by 床位数\r")
    #expect(terminal.expect("合计"))
    terminal.send("为何 cwbz\t\r")
    #expect(terminal.expect("5万元"))
    terminal.send("退出\r")
    #expect(terminal.exitStatus() == 0)
  }

  @Test func changedFilesAreNoticed() throws {
    let folder = try TemporaryFolder()
    let terminal = try terminal(folder: folder)
    terminal.send("条款 一（二）\r")
    #expect(terminal.expect("受理申请"))
    let path = folder.path + "/规则.tiaoli"
    let rules = try String(contentsOfFile: path, encoding: .utf8)
    try (rules + "\n# 说明\n").write(toFile: path, atomically: true, encoding: .utf8)
    terminal.send("条款 一（二）\r")
    #expect(terminal.expect("已更改；:重载 重新载入") && terminal.expect("受理申请"))
    terminal.send(":重载\r")
    #expect(terminal.expect("措施4项"))
  }

  /// Ctrl-C stops a question about many subjects; the prompt stays.
  @Test func interruptStopsAQuestion() throws {
    let header = "名称,床位数_张\n"
    let rows = (0..<60_000).map { "院\($0),\($0 % 50)\n" }.joined()
    let folder = try TemporaryFolder(["机构.csv": Array((header + rows).utf8)])
    let terminal = try terminal(folder: folder)
    terminal.send("统计 床位补助 按 床位数\r")
    usleep(300_000)
    terminal.send("\u{3}")
    #expect(terminal.expect("已中断"), "\(terminal.output.suffix(300))")
    terminal.send("条款 一（二）\r")
    #expect(terminal.expect("受理申请"))
    terminal.send("退出\r")
    #expect(terminal.exitStatus() == 0)
  }

  /// Ctrl-C stops loading, the cases and the solver too; what was in force stays, and the prompt says so.
  @Test func interruptStopsLoadingCasesAndTheSolver() throws {
    let rules = try String(contentsOf: Self.folder.appending(path: "规则.tiaoli"), encoding: .utf8)
    let start = try #require(rules.range(of: "措施 床位补助："))
    let end = try #require(rules.range(of: "条款 一（二）"))
    let measure = String(rules[start.lowerBound..<end.lowerBound])
    let measures = (0..<1500).map { measure.replacing("措施 床位补助", with: "措施 附加\($0)") }.joined()
    let cases = (0..<20_000).map {
      "案例 例\($0)：\n    养老机构：床位数 \($0 % 40)张\n    查询日期：2024年6月1日\n    预期：床位补助 \($0 % 40 < 20 ? "不符合" : "符合")\n\n"
    }.joined()
    let text = rules.replacing("条款 一（二）", with: measures + "条款 一（二）", maxReplacements: 1)
    let rows = "名称,床位数_张\n" + (0..<400_000).map { "院\($0),\($0 % 50)\n" }.joined()
    let folder = try TemporaryFolder([
      "规则.tiaoli": Array((text + "\n" + cases).utf8), "多.csv": Array(rows.utf8),
    ])
    let terminal = try terminal(folder: folder)
    for (entry, said) in [
      (":加载 \(folder.path)/多.csv", "已中断；没有载入，仍用原来的事实"), (":重载", "已中断；没有重载，仍用原来的规则和事实"), ("测试", "已中断"), ("分析", "已中断"),
    ] {
      // A fast machine may be through before the key comes: then it comes sooner.
      let isStopped = [UInt32](arrayLiteral: 300_000, 100_000, 50_000, 25_000, 12_000).contains { wait in
        terminal.send(entry + "\r")
        usleep(wait)
        terminal.send("\u{3}")
        return terminal.expect(said, seconds: 5)
      }
      #expect(isStopped && terminal.expect("条理> "), "\(entry): \(terminal.output.suffix(300))")
      terminal.send("查询 床位补助 甲养老院\r")
      #expect(terminal.expect("应付5万元") && terminal.expect("条理> "), "\(entry): \(terminal.output.suffix(300))")
    }
    terminal.send("退出\r")
    #expect(terminal.exitStatus() == 0)
  }
}
