import Foundation
import TerminalDriver
import Testing

/// Whole conversations of officials and drafters with the built program on a pseudo-terminal: what is typed stands in
/// `input.txt`, what the screen then shows in `transcript.txt` beside it.
@Suite(.serialized) struct ConversationTests {
  static let root = Repository.root.appending(path: "Tests/Fixtures/conversations")
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? [])
    .filter { !$0.hasPrefix(".") }.sorted()

  @Test(arguments: names) func conversation(_ name: String) throws {
    let folder = Self.root.appending(path: name)
    func text(_ file: String) throws -> String { try String(contentsOf: folder.appending(path: file), encoding: .utf8) }
    let home = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: Repository.root.appending(path: "policies").path, toPath: home.path + "/policies")
    let words = try text("command.txt").split(whereSeparator: \.isWhitespace).map(String.init)
    let terminal = PseudoTerminal(
      "/bin/sh", arguments: ["-c", "cd \"$0\" && exec \"$@\"", home.path, Tool.path, "repl", "--plain"] + words,
      environment: ["LANG": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"], columns: 100, rows: 200, home: home.path)
    let ready = ["> ", "  … "]
    var shown = try #require(terminal.take(untilSuffix: ready), "\(terminal.output)")
    for line in try text("input.txt").split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      terminal.send(line + "\n")
      shown += try #require(terminal.take(untilSuffix: ready), "\(line): \(terminal.output)")
    }
    terminal.send("\u{4}")
    #expect(terminal.exitStatus() != nil)
    let lines = shown.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    try expectGolden(lines.joined(separator: "\n") + "\n", folder.appending(path: "transcript.txt"))
  }

  /// What the conversations are about, held against what they show.
  @Test func theyShowWhatOfficialsMeet() throws {
    let transcripts = try Self.names.map { name in
      try String(contentsOf: Self.root.appending(path: "\(name)/transcript.txt"), encoding: .utf8)
    }
    func count(_ parts: String...) -> Int {
      transcripts.count { text in parts.contains { text.contains($0) } }
    }
    #expect(transcripts.count >= 20)
    #expect(count("解释分歧") >= 5)
    #expect(count("待市财政局制定", "（待制定）", "金额待定") >= 5)
    #expect(count("错误[T0207]", "没有名为") >= 3)
  }
}
