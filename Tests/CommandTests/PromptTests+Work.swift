import Foundation
import TerminalDriver
import Testing

/// Long work on a terminal, and the user's editor.
extension PromptTests {
  /// The editor gets the rule's line and a terminal as a shell gives it; what it changes is read, and what flips is shown.
  @Test func theEditorAtTheLineOfARule() throws {
    let folder = try TemporaryFolder([
      "editor": Array(
        """
        #!/bin/sh
        echo "$@" >"$HOME/words"
        stty -a >"$HOME/terminal"
        sed -i 's/条件：床位数20张以上/条件：床位数 20张以下/' "$2"

        """.utf8),
      "failing": Array("#!/bin/sh\nsed -i 's/20张以下/20张以上/' \"$2\"\nexit 3\n".utf8),
    ])
    for name in ["editor", "failing"] { chmod(folder.path + "/" + name, 0o755) }
    func prompt(_ editor: String) throws -> PseudoTerminal { try self.terminal([], ["EDITOR": editor], folder: folder) }
    var terminal = try prompt(folder.path + "/editor")
    terminal.send("查询 床位补助 乙养老院\r")
    #expect(terminal.expect("不符合") && terminal.expect("条理> "))
    terminal.send(":编辑 床位补助\r")
    for part in ["措施4项", "处结论改变", "乙养老院  床位补助：不符合 → 符合"] {
      #expect(terminal.expect(part), "\(terminal.output.suffix(400))")
    }
    let rules = try String(contentsOfFile: folder.path + "/规则.tiaoli", encoding: .utf8)
    let line = try #require(rules.split(separator: "\n", omittingEmptySubsequences: false).firstIndex(of: "措施 床位补助："))
    #expect(
      try String(contentsOfFile: folder.path + "/words", encoding: .utf8) == "+\(line + 1) \(folder.path)/规则.tiaoli\n")
    let state = try String(contentsOfFile: folder.path + "/terminal", encoding: .utf8).split { " \n;".contains($0) }
    #expect(state.contains("icanon") && state.contains("echo"), "\(state)")
    #expect(terminal.expect("条理> "))
    terminal.send("查询 床位补助 乙养老院\r")
    #expect(terminal.expect("应付", notAfter: "不符合") && terminal.expect("条理> "))
    terminal.send(":编辑 没有的规则\r")
    #expect(terminal.expect("没有名为“没有的规则”的规则") && terminal.expect("条理> "))
    terminal.send("退出\r")
    #expect(terminal.exitStatus() == 0)

    terminal = try prompt(folder.path + "/failing")
    terminal.send(":编辑 床位补助\r")
    #expect(terminal.expect("编辑器没有正常结束（3）") && terminal.expect("条理> "), "\(terminal.output)")
    terminal.send("查询 床位补助 乙养老院\r")
    #expect(terminal.expect("已更改；:重载 重新载入") && terminal.expect("应付"))
    terminal = try prompt("/no/such/editor -x")
    terminal.send(":编辑 床位补助\r")
    #expect(terminal.expect("不能启动编辑器“/no/such/editor -x”"), "\(terminal.output)")
  }

  /// A question about many subjects says how far it is, and takes the figure away before it answers.
  @Test func howFarALongQuestionIs() throws {
    let rows = "名称,床位数_张\n" + (0..<150_000).map { "院\($0),\($0 % 50)\n" }.joined()
    let terminal = try terminal(
      ["--no-pager"], folder: try TemporaryFolder(["机构.csv": Array(rows.utf8)]), rows: 100, seconds: 120)
    terminal.send("统计 床位补助 按 床位数\r")
    for part in ["/150000\u{1B}[K", "\r\u{1B}[K", "合计", "条理> "] {
      #expect(terminal.expect(part, seconds: 120), "\(part): \(terminal.output.suffix(300))")
    }
    terminal.send("退出\r")
    #expect(terminal.exitStatus() == 0)
  }

  /// Ctrl-C stops the loops in which 还缺 and 问 try answers (12 open facts of a measure) and ask the solver (14 are more than
  /// can be tried); nothing is kept of what was stopped.
  @Test(arguments: [12, 14]) func interruptStopsInquiries(count: Int) throws {
    let (rules, block) = try Self.rulesAndBlock()
    let names = (0..<120).map { group in (0..<count).map { "第\(group)组事实\($0)" } }
    let facts = names.joined().map { "    \($0)：是否\n" }.joined()
    let measures = names.enumerated().map { group, names in
      block.replacing("措施 床位补助", with: "措施 附加\(group)")
        .replacing("条件：床位数20张以上", with: "条件：床位数20张以上且" + names.joined(separator: "且"))
    }
    let text = rules.replacing("    受理日期、", with: facts + "    受理日期、", maxReplacements: 1)
      .replacing("条款 一（二）", with: measures.joined() + "条款 一（二）", maxReplacements: 1)
    let terminal = try terminal(folder: try TemporaryFolder(["规则.tiaoli": Array(text.utf8)]))
    for entry in ["还缺 甲养老院", "问 --subject 甲养老院", "问 --statistics"] {
      try interrupt(entry, terminal)
      terminal.send("撤销\r")
      #expect(terminal.expect("没有可以撤销的") && terminal.expect("条理> "), "\(entry)")
    }
    // At a question Ctrl-C drops the answers before it.
    terminal.send("问 --subject 丁养老院 床位补助\r")
    #expect(terminal.expect("有多少张床位？"))
    terminal.send("\u{3}")
    #expect(terminal.expect("已中断") && terminal.expect("条理> "), "\(terminal.output.suffix(300))")
    terminal.send("撤销\r")
    #expect(terminal.expect("没有可以撤销的") && terminal.expect("条理> "))
    terminal.send("退出\r")
    #expect(terminal.exitStatus() == 0)
  }

  /// Ctrl-C stops the listing of sentences that 检查 makes.
  @Test func interruptStopsChecking() throws {
    let (rules, block) = try Self.rulesAndBlock()
    let measures = (0..<2000).map { block.replacing("措施 床位补助", with: "措施 附加\($0)") }.joined()
    let text = rules.replacing("条款 一（二）", with: measures + "条款 一（二）", maxReplacements: 1)

    let official = try String(contentsOf: Self.folder.appending(path: "原文.txt"), encoding: .utf8)
    let sentences = (0..<4000).map { "第\($0)件事另行安排。\n" }.joined()
    let folder = try TemporaryFolder([
      "规则.tiaoli": Array(text.utf8),
      "原文.txt": Array(official.replacing("二、", with: "（五）其他。\n\(sentences)\n二、", maxReplacements: 1).utf8),
    ])
    let terminal = try terminal(folder: folder)
    // The sentences that no rule covers are errors, so that only the session itself can be asked.
    try interrupt("检查 --coverage", terminal, then: ":主体", "丁养老院")
    terminal.send("退出\r")
    #expect(terminal.exitStatus() == 0)
  }

  /// Sends an entry, Ctrl-C in the midst of its answer, and a question that has to be answered as ever.
  private func interrupt(
    _ entry: String, _ terminal: PseudoTerminal, then question: String = "查询 床位补助 甲养老院", _ answer: String = "应付5万元"
  ) throws {
    terminal.send(entry + "\r")
    usleep(400_000)
    terminal.send("\u{3}")
    #expect(
      terminal.expect("已中断", notAfter: "查询日期：") && terminal.expect("条理> "), "\(entry): \(terminal.output.suffix(300))")
    terminal.send(question + "\r")
    #expect(terminal.expect(answer) && terminal.expect("条理> "), "\(entry): \(terminal.output.suffix(300))")
  }

  /// The rules of the fixture, and the block of one measure of them.
  private static func rulesAndBlock() throws -> (rules: String, block: String) {
    let rules = try String(contentsOf: folder.appending(path: "规则.tiaoli"), encoding: .utf8)
    let start = try #require(rules.range(of: "措施 床位补助："))
    let end = try #require(rules.range(of: "条款 一（二）"))
    return (rules, String(rules[start.lowerBound..<end.lowerBound]))
  }
}
