import Foundation
import Glibc
import PolicyStore
import PostgresServer
import SeededRandom
import TerminalDriver
import Testing

/// Stores as programs use them: killed, side by side, with bad files, and with passwords.
@Suite struct StoreTests {
  private static let folder = PromptTests.folder
  private static let server = Result { try PostgresServer() }

  private func store(_ engine: String, _ folder: TemporaryFolder) throws -> String {
    engine == "sqlite" ? folder.path + "/项目.db" : try Self.server.get().newDatabase()
  }

  private static let engines = PostgresServer.isWanted ? ["sqlite", "postgres"] : ["sqlite"]

  private func lines(_ store: String, _ commands: [String], _ more: [String] = []) throws -> Tool.Run {
    try Tool.run(
      ["repl", "规则.tiaoli", "--store", store, "--as-of", "2024-06-01"] + more + commands.flatMap { ["-c", $0] },
      folder: Self.folder)
  }

  private func start(_ store: String, _ commands: String...) throws {
    let run = try lines(store, [":加载 机构.csv", ":保存 \(store) --by 市民政局"] + commands)
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
  }

  private func beds(_ store: String) throws -> [StoredFact] {
    try openStore(StoreAddress(store)).facts(after: 0).filter {
      $0.said.subject == "甲养老院" && $0.said.path.text == "床位数"
    }
  }

  private func check(_ file: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sqlite3")
    process.arguments = [
      file,
      "PRAGMA integrity_check; PRAGMA foreign_key_check; SELECT count(*) - max(编号) FROM 说法; SELECT count(*) - max(保存号) FROM 保存",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(output == "ok\n0\n0\n", "\(output)")
  }

  /// Killed at any moment, a store opens and holds what was reported as saved, at most the saving in flight more, and that whole.
  @Test(arguments: engines) func aKillLosesNothingThatWasReported(_ engine: String) throws {
    let folder = try TemporaryFolder()
    let store = try store(engine, folder)
    try start(store)
    var random = SeededGenerator(seed: 20_241_128)
    var count = 0
    for _ in 0..<30 {
      let script = (count + 1...count + 400).map { "认定 床位数 \($0)张，受理日期 2024年3月\($0 % 31 + 1)日\n保存 --by 第\($0)次\n" }
      try ([":选定 甲养老院\n"] + script).joined().write(
        toFile: folder.path + "/s.txt", atomically: true, encoding: .utf8)
      let process = Process()
      process.executableURL = URL(filePath: Tool.path)
      process.arguments = [
        "repl", "规则.tiaoli", "--store", store, "--as-of", "2024-06-01", "-f", folder.path + "/s.txt",
      ]
      process.currentDirectoryURL = Self.folder
      process.environment = ["PATH": "/usr/bin:/bin", "TZ": "UTC"]
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = FileHandle.nullDevice
      try process.run()
      // From the first saving on, a moment within some.
      var output = Data()
      while output.range(of: Data("已存入".utf8)) == nil {
        let more = pipe.fileHandleForReading.availableData
        if more.isEmpty { break }
        output += more
      }
      usleep(UInt32.random(in: 0..<200_000, using: &random))
      kill(process.processIdentifier, SIGKILL)
      output += pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let reported = String(decoding: output, as: UTF8.self).split(separator: "\n").count { $0.hasPrefix("已存入") }
      if engine == "sqlite" { try check(store) }
      let facts = try openStore(StoreAddress(store)).facts(after: 0)
      let said = facts.filter { $0.saving.number > 1 }
      let now = said.count / 2
      #expect(now == count + reported || now == count + reported + 1, "\(now) after \(count) and \(reported) reports")
      // A prefix of what was said, in its order, every saving whole.
      #expect(
        said.map { "\($0.said.path.text) \($0.said.value) \($0.saving.by ?? "")" }
          == (0..<now).map { $0 + 1 }.flatMap {
            ["床位数 \($0)张 第\($0)次", "受理日期 2024年3月\($0 % 31 + 1)日 第\($0)次"]
          })
      count = now
    }
    #expect(count >= 30, "\(count)")
    let last = try lines(store, [":选定 甲养老院", "床位数"])
    #expect(last.output == "选定：甲养老院\n\(count)张\n", "\(last.output)\(last.errors)")
  }

  /// Programs that save at once: each is either taken or told what another said, and nothing is lost.
  @Test(arguments: engines) func severalProgramsAtOnce(_ engine: String) throws {
    let folder = try TemporaryFolder()
    let store = try store(engine, folder)
    try start(store)
    nonisolated(unsafe) var runs = [Tool.Run?](repeating: nil, count: 4)
    let lock = NSLock()
    DispatchQueue.concurrentPerform(iterations: 4) { position in
      // Two say the same fact, two others their own.
      let (subject, fact) = [("甲养老院", "床位数 60张"), ("甲养老院", "床位数 70张"), ("乙养老院", "床位数 80张"), ("丁养老院", "举办者 企业")][
        position]
      let run = try? lines(store, [":选定 \(subject)", "认定 \(fact)", "保存 --by 会话\(position)"])
      lock.withLock { runs[position] = run }
    }
    let all = runs.compactMap { $0 }
    #expect(all.count == 4)
    for run in all { #expect(run.code == 0 || run.code == 1 && run.errors.contains("另有人记过"), "\(run.errors)") }
    #expect(all[2].code == 0 && all[3].code == 0)
    let beds = try beds(store)
    let taken = all[..<2].count { $0.code == 0 }
    #expect(taken >= 1 && beds.count == 1 + taken, "\(beds)")
    if engine == "sqlite" { try check(store) }
  }

  @Test(arguments: engines) func whatOthersWroteIsShown(_ engine: String) throws {
    let folder = try TemporaryFolder()
    let store = try store(engine, folder)
    let shown = StoreAddress(store).shown
    try start(store)
    let terminal = try PromptTests().terminal(["--store", store], folder: folder)
    defer { terminal.send(":退出\r:退出\r") }
    terminal.send(":加载 \(store)\r")
    #expect(terminal.expect("载入主体4个") && terminal.expect("条理> "), "\(terminal.output)")
    terminal.send(":选定 甲养老院\r认定 床位数 60张\r")
    #expect(terminal.expect("认定：甲养老院的床位数 60张"))
    let run = try lines(store, [":选定 甲养老院", "认定 床位数 70张", "保存 --by 市财政局"])
    #expect(run.code == 0, "\(run.errors)")
    terminal.send("床位数\r")
    #expect(terminal.expect("\(shown) 已更改；:重载 重新载入"), "\(terminal.output.suffix(500))")
    terminal.send("保存 --by 市民政局\r")
    for part in ["没有保存", "甲养老院的床位数：市财政局于", "记为70张（2024年6月1日起），本会话要记60张"] {
      #expect(terminal.expect(part), "\(part): \(terminal.output.suffix(500))")
    }
    // Leaving with what isn't saved takes a second word.
    terminal.send(":退出\r")
    #expect(terminal.expect("有1处认定没有保存"))
    terminal.send(":重载\r")
    #expect(terminal.expect("措施4项"))
    terminal.send("床位数\r")
    #expect(terminal.expect("60张"))
    terminal.send("保存 --by 市民政局\r")
    #expect(terminal.expect("已存入"), "\(terminal.output.suffix(500))")
    #expect(try beds(store).map(\.said.value) == ["50张", "70张", "60张"])
  }

  /// Where the system refuses to write further, nothing of the saving is kept, and what was there stays.
  @Test func aFullDiskKeepsWhatWasThere() throws {
    let folder = try TemporaryFolder()
    let store = folder.path + "/项目.db"
    try start(store)
    let table = folder.path + "/多.csv"
    try ("名称,床位数_张\n" + (0..<5000).map { "虚构院\($0),20\n" }.joined()).write(
      toFile: table, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c",
      "trap '' XFSZ; ulimit -f 100; exec '\(Tool.path)' repl 规则.tiaoli --facts '\(table)' --as-of 2024-06-01 -c ':保存 \(store)'",
    ]
    process.currentDirectoryURL = Self.folder
    process.environment = ["PATH": "/usr/bin:/bin", "TZ": "UTC"]
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 3 && output.hasSuffix("\(store)：系统读写失败，没有写入\n"), "\(output)")
    try check(store)
    #expect(try lines(store, [":主体"]).output.split(separator: "\n").count == 4)
  }

  @Test func badCallsAreAnswered() throws {
    let folder = try TemporaryFolder(["甲.csv": Array("名称\n甲\n".utf8)])
    let store = folder.path + "/项目.db"
    func expect(_ run: Tool.Run, _ code: Int32, _ message: String) {
      #expect(run.code == code && run.errors.contains(message), "\(run.code) \(run.errors)")
    }
    let plain = ["repl", "规则.tiaoli", "--facts", "机构.csv"]
    func repl(_ command: String) throws -> Tool.Run { try Tool.run(plain + ["-c", command], folder: Self.folder) }
    expect(try repl("保存"), 2, "没有说保存到哪里；写出如“:保存 项目.db”")
    expect(try repl(":保存 \(folder.path)/甲.csv"), 3, "不是 SQLite 文件")
    expect(try repl(":保存 \(folder.path)/没有/项目.db"), 3, "打不开：所在文件夹不存在，或者没有权限")
    expect(try repl(":保存 甲.db 乙.db"), 2, "看不懂“乙.db”")
    expect(try repl(":保存 \(store) --by"), 2, "“--by”后面应有内容")
    expect(try repl(":保存 \(store) --by “” --insist"), 2, "“--by”后面应有内容")
    expect(try repl(":保存 \(store) --from 某天"), 2, "某天")
    expect(try repl("履历 甲养老院"), 2, "没有载入项目库")
    expect(try repl("认定"), 2, "没有假设可以认定")
    expect(try repl(":加载 \(store)"), 3, "没有这个文件或文件夹")
    #expect(!FileManager.default.fileExists(atPath: store))
    try start(store)
    expect(
      try Tool.run(["timeline", "规则.tiaoli", "--facts", store, "甲养老院", "床位树"], folder: Self.folder), 2, "是不是“床位数”")
    expect(
      try Tool.run(["repl", "规则.tiaoli", "--store", folder.path, "-c", ":状态"], folder: Self.folder), 3, "是文件夹，不是文件")
    expect(try lines(folder.path + "/甲.csv", [":状态"]), 3, "不是 SQLite 文件")
    // A file that can't be written to can be read.
    chmod(store, 0o444)
    if geteuid() != 0 {
      expect(try lines(store, [":选定 甲养老院", "认定 床位数 60张", "保存"]), 3, "不能写入")
    }
    #expect(try lines(store, [":主体"]).code == 0)
  }

  @Test func otherVerbsTakeAStore() throws {
    let folder = try TemporaryFolder()
    let store = folder.path + "/项目.db"
    try start(store, ":选定 乙养老院", "认定 床位数 20张", "保存 --by 市民政局 --from 2024-05-01")
    func query(_ more: String...) throws -> Tool.Run {
      try Tool.run(["query", "规则.tiaoli", "床位补助", "乙养老院", "--facts", store] + more, folder: Self.folder)
    }
    #expect(try query("--as-of", "2024-06-01").output.contains("应付"))
    #expect(try query("--as-of", "2024-04-30").output.contains("不符合"))
    #expect(try query("--as-of", "2024-06-01", "--known", "2000-01-01").errors.contains("没有载入主体"))
    let history = try Tool.run(
      ["履历", "规则.tiaoli", "乙养老院", "床位数", "--facts", store, "--as-of", "2024-06-01", "--format", "json"],
      folder: Self.folder)
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(history.output.utf8)) as? [[String: Any]], "\(history.output)")
    #expect(rows.map { $0["value"] as? String } == ["19张", "20张"])
    #expect(rows.map { $0["since"] as? String } == [nil, "2024-05-01"])
    #expect(rows.map { $0["holds"] as? Bool } == [false, true])
  }

  /// A password is neither in a message nor in the history, whatever goes wrong.
  @Test func passwordsAreNotShown() throws {
    let folder = try TemporaryFolder()
    let address = "postgres://u:geheim%40wort@/d?host=\(folder.path)"
    for run in [
      try lines(address, [":状态"]), try Tool.run(["repl", "规则.tiaoli", address], folder: Self.folder),
      try Tool.run(
        ["repl", "规则.tiaoli", "-c", ":加载 \(address)", "--keep-going", "-c", ":保存 \(address)"], folder: Self.folder),
      try Tool.run(["query", "规则.tiaoli", address], folder: Self.folder),
      try Tool.run(["query", "规则.tiaoli", "--facts", address, "床位补助"], folder: Self.folder),
      try Tool.run(["repl", "规则.tiaoli", "-c", "查询 床位补助 --facts \(address)"], folder: Self.folder),
      try Tool.run(["repl", "规则.tiaoli", "-c", ":保存 甲 \(address)"], folder: Self.folder),
    ] {
      #expect(run.code != 0 && !(run.output + run.errors).contains("geheim"), "\(run.errors)")
    }
    #expect(try lines(address, [":状态"]).errors.contains("postgres://u:***@/d?host=\(folder.path)：连不上服务器："))
    let terminal = try PromptTests().terminal(folder: folder)
    terminal.send(":加载 \(address)\r")
    #expect(terminal.expect("没有载入，仍用原来的事实"), "\(terminal.output)")
    terminal.send("退出\r")
    #expect(terminal.exitStatus() == 0)
    let history = try String(contentsOfFile: folder.path + "/.local/state/tiaoli/history", encoding: .utf8)
    #expect(history.contains("postgres://u:***@") && !history.contains("geheim"), "\(history)")
  }
}
