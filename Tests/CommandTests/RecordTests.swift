import Foundation
import Glibc
import PolicyRecords
import Testing

/// `record` and `replay` as programs: killed, side by side, with bad files.
@Suite struct RecordTests {
  private static let subject = "虚构怀仁医养综合体"
  private static let question = ["标准地供地探索", subject]

  private func record(_ words: [String], to file: String) throws -> Tool.Run {
    try Tool.run(["record", Tool.policy] + words + ["--to", file] + Tool.facts)
  }

  private func shell(_ command: String, input: String = "") throws -> (output: String, code: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = Repository.root
    process.environment = ["PATH": "/usr/bin:/bin", "TZ": "UTC"]
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (output, process.terminationStatus)
  }

  /// The file is whole, seen by SQLite's own shell.
  private func check(_ file: String) throws {
    let (output, code) = try shell(
      "sqlite3 '\(file)' 'PRAGMA integrity_check; PRAGMA foreign_key_check; SELECT count(*) - max(编号) FROM 留痕;"
        + " SELECT count(*) FROM 留痕 WHERE 编号 NOT IN (SELECT 编号 FROM 方面) OR 编号 NOT IN (SELECT 编号 FROM 参与);'")
    #expect(output == "ok\n0\n0\n" && code == 0, "\(output)")
  }

  /// Killed at any moment, the file opens, holds every record that was reported and at most the one statement in flight more,
  /// and every record is whole.
  @Test func aKillLosesNothingThatWasReported() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/记录.sqlite"
    let perStatement = 20
    let statements = Array(repeating: "留痕 \(Self.subject) --to \(file)", count: 400).joined(separator: "\n")
    try statements.write(toFile: folder.path + "/s.txt", atomically: true, encoding: .utf8)
    var random = SplitMix64(seed: 20_241_129)
    // Some statements' time, in microseconds; nothing is expected of how many there are.
    #if DEBUG
      let span: UInt64 = 500_000
    #else
      let span: UInt64 = 80_000
    #endif
    var count = 0
    var whole: [AnswerRecord] = []
    for _ in 0..<30 {
      let process = Process()
      process.executableURL = URL(filePath: Tool.path)
      process.arguments = ["repl", Tool.policy, "-f", folder.path + "/s.txt"] + Tool.facts
      process.currentDirectoryURL = Repository.root
      process.environment = ["PATH": "/usr/bin:/bin", "TZ": "UTC"]
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = FileHandle.nullDevice
      try process.run()
      // From the first report on, a moment within some statements.
      var output = pipe.fileHandleForReading.availableData
      usleep(UInt32(random.next() % span))
      kill(process.processIdentifier, SIGKILL)
      output += pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let reported = String(decoding: output, as: UTF8.self).split(separator: "\n").count { $0.hasPrefix("已留痕") }
      let records = try RecordFile(path: file)
      let now = try records.count()
      let expected = count + reported * perStatement
      #expect(now == expected || now == expected + perStatement, "\(now) after \(count) and \(reported) reports")
      try check(file)
      if whole.isEmpty, now > 0 { whole = try (1...perStatement).map { try records.record($0) } }
      for number in (count..<now).map({ $0 + 1 }) {
        #expect(try records.record(number) == whole[(number - 1) % perStatement])
      }
      count = now
    }
    #expect(count >= 30 * perStatement)
    let replay = try Tool.run(["replay", file])
    #expect(replay.code == 0 && replay.output.hasPrefix("留痕\(count)条：相同\(count)条，"), "\(replay.output)\(replay.errors)")
  }

  /// Two programs that write at once both get their numbers.
  @Test func twoWritersAtOnce() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/记录.sqlite"
    // Threads, as each waits for its program.
    nonisolated(unsafe) var runs = [Tool.Run?](repeating: nil, count: 3)
    let lock = NSLock()
    DispatchQueue.concurrentPerform(iterations: 3) { position in
      let run = try? Tool.run(["record", Tool.policy, "--to", file] + Tool.facts)
      lock.withLock { runs[position] = run }
    }
    let output = runs.compactMap { $0?.output }.joined()
    let lines = output.split(separator: "\n").sorted()
    #expect(
      lines.map { $0.prefix { $0 != "：" } }.sorted() == [
        "已留痕474条（编号1—474）", "已留痕474条（编号475—948）", "已留痕474条（编号949—1422）",
      ], "\(output)")
    try check(file)
  }

  /// Where the system refuses to write further, nothing of the call is kept, and what was there stays.
  @Test func aFullDiskKeepsWhatWasThere() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/记录.sqlite"
    #expect(try record(Self.question, to: file).code == 0)
    let command = "'\(Tool.path)' record \(Tool.policy) --to '\(file)' " + Tool.facts.joined(separator: " ")
    let (output, code) = try shell("trap '' XFSZ; ulimit -f 200; \(command)")
    #expect(code == 3 && output == "\(file)：系统读写失败，没有写入\n", "\(output)")
    try check(file)
    #expect(try RecordFile(path: file).count() == 1)
    #expect(try record(Self.question, to: file).output.hasPrefix("已留痕1条（编号2）："))
  }

  @Test func badCallsAreAnswered() throws {
    let folder = try TemporaryFolder(["甲.csv": Array("名称\n虚构甲\n".utf8)])
    let file = folder.path + "/记录.sqlite"
    func expect(_ run: Tool.Run, _ code: Int32, _ message: String) {
      #expect(run.code == code && run.errors.contains(message), "\(run.code) \(run.errors)")
    }
    expect(try Tool.run(["record", Tool.policy] + Self.question + Tool.facts), 2, "没有说存到哪个文件；写出如“--to 记录.sqlite”")
    expect(try record(Self.question, to: folder.path), 3, "\(folder.path)：是文件夹，不是文件")
    expect(try record(Self.question, to: folder.path + "/甲.csv"), 3, "不是 SQLite 文件")
    expect(try record(Self.question, to: folder.path + "/没有/记录.sqlite"), 3, "打不开：所在文件夹不存在，或者没有权限")
    expect(try record(["没有的措施"], to: file), 2, "没有名为“没有的措施”的措施")
    #expect(!FileManager.default.fileExists(atPath: file))
    expect(try Tool.run(["replay"]), 2, "没有给出留痕文件")
    expect(try Tool.run(["replay", file]), 3, "没有这个文件或文件夹")
    expect(try Tool.run(["replay", folder.path + "/甲.csv"]), 3, "不是 SQLite 文件")
    #expect(try record(Self.question, to: file).code == 0)
    expect(try Tool.run(["replay", file, "没有的文件夹"]), 3, "没有文件或文件夹“没有的文件夹”")
  }

  /// At another date the rules are the same and the answer isn't; the exit code says so.
  @Test func replayAtAnotherDate() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/记录.sqlite"
    #expect(try record(["市县一次性建设补助", Self.subject], to: file).code == 0)
    let same = try Tool.run(["replay", file])
    #expect(same.code == 0 && same.output == "留痕1条：相同1条，改变0条，不能重放0条\n")
    let later = try Tool.run(["replay", file, Tool.policy, "--as-of", "2026-06-01"])
    #expect(later.code == 1)
    #expect(later.output.contains("  结论：符合 → 解释分歧；"))
    #expect(later.output.contains("参与的规则没有改动；查询日期由2024-06-01改为2026-06-01"))
  }
}

/// Numbers that look random and are the same in every run.
private struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
