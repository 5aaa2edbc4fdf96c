import Foundation
import Testing

/// `diff` on two versions of a small policy, on revisions of git, and on what can't be compared.
@Suite struct DiffTests {
  static let folder = Repository.root.appending(path: "Tests/Fixtures/diff")
  static let day = ["--as-of", "2024-06-01"]

  private func diff(_ words: [String]) throws -> Tool.Run {
    try Tool.run(["diff", "旧", "新"] + words + Self.day, folder: Self.folder)
  }

  /// The old version twice, as 旧 and 新, with words of one of them replaced.
  private func versions(editing name: String, _ edits: [(old: String, new: String)]) throws -> TemporaryFolder {
    let copy = try TemporaryFolder()
    for name in ["旧", "新"] {
      try FileManager.default.copyItem(atPath: Self.folder.path + "/旧", toPath: copy.path + "/" + name)
    }
    let rules = URL(filePath: "\(copy.path)/\(name)/规则.tiaoli")
    var text = try String(contentsOf: rules, encoding: .utf8)
    for edit in edits {
      #expect(text.contains(edit.old), "\(edit.old)")
      text = text.replacingOccurrences(of: edit.old, with: edit.new)
    }
    try text.write(to: rules, atomically: true, encoding: .utf8)
    return copy
  }

  private func object(_ run: Tool.Run) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  /// The subjects of examples depend on the version of the solver; what is said of them doesn't.
  @Test(arguments: [
    ("措施.csv", ["--format", "csv"]), ("主体.csv", ["--facts", "机构.csv", "--format", "csv"]),
    ("起草说明.txt", ["--facts", "机构.csv", "--format", "note"]),
    ("比较.md", ["--facts", "机构.csv", "--format", "markdown"]),
  ]) func forms(_ name: String, _ words: [String]) throws {
    let run = try diff(words)
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
    try expectGolden(run.output, Self.folder.appending(path: name))
  }

  @Test func jsonHoldsTheSchema() throws {
    let validator = try SchemaValidator(Repository.root.appending(path: "docs/reference/diff.schema.json"))
    for words in [[], ["--facts", "机构.csv"]] {
      let run = try diff(words + ["--format", "json"])
      let problems = try validator.problems(run.output)
      #expect(run.code == 0 && problems.isEmpty, "\(problems.prefix(5))")
    }
  }

  @Test func theNoteIsShort() throws {
    let run = try diff(["--facts", "机构.csv", "--format", "note"])
    let lines = run.output.split(separator: "\n")
    #expect((5...15).contains(lines.count))
  }

  /// The page holds everything that it shows, and no text of a policy becomes markup.
  @Test func thePageStandsAlone() throws {
    let run = try diff(["--facts", "机构.csv", "--format", "html"])
    #expect(run.code == 0 && run.output.contains("<svg") && run.output.hasSuffix("</html>\n"))
    #expect(!run.output.contains("<script") && !run.output.contains("src=") && !run.output.contains("href="))
    let count = { (tag: String) in run.output.components(separatedBy: tag).count }
    for tag in ["table", "tr", "td", "pre", "svg", "details"] {
      #expect(count("<\(tag)") == count("</\(tag)>"), "\(tag)")
    }
    #expect(run.output.contains("床位数30张以上"))
  }

  /// Each case is pasted into the rules of the later version and holds there.
  @Test func casesArePasteable() throws {
    let measures = try #require(try object(diff(["--format", "json"]))["measures"] as? [[String: Any]])
    let cases = measures.flatMap { ($0["changes"] as? [[String: Any]] ?? []).compactMap { $0["case"] as? String } }
    #expect(cases.count >= 5)
    let copy = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: copy) }
    try FileManager.default.copyItem(at: Self.folder.appending(path: "新"), to: copy)
    let rules = copy.appending(path: "规则.tiaoli")
    let text = try String(contentsOf: rules, encoding: .utf8)
    try (text + "\n" + cases.joined(separator: "\n")).write(to: rules, atomically: true, encoding: .utf8)
    let test = try Tool.run(["test", copy.path])
    #expect(test.code == 0, "\(test.output)\(test.errors)")
  }

  /// Who is named in a difference is named with the edit that causes it, and with no other.
  @Test func causesAreTheEdits() throws {
    let report = try object(diff(["--format", "json", "--facts", "机构.csv"]))
    let edits = try #require(report["edits"] as? [[String: Any]])
    let measures = try #require(report["measures"] as? [[String: Any]])
    func removed(_ measure: String, _ aspect: String) throws -> [String] {
      let entry = try #require(measures.first { $0["name"] as? String == measure })
      let change = try #require((entry["changes"] as? [[String: Any]])?.first { $0["aspect"] as? String == aspect })
      return try #require(change["causes"] as? [Int]).flatMap { edits[$0]["removed"] as? [String] ?? [] }.map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
    #expect(try removed("床位补助", "conclusion") == ["条件：床位数20张以上"])
    #expect(try removed("床位补助", "amount") == ["金额：床位数 × 1000元/张，最高 10万元"])
    #expect(try removed("床位补助", "payers") == ["金额：床位数 × 1000元/张，最高 10万元"])
    #expect(try removed("开办补助", "deadlines") == ["时限：“拨付” 受理日期 起 20个工作日 内"])
    #expect(try removed("开办补助", "conclusion") == ["是：企业、个人", "分歧：公建民营"])
    let silent = try #require(report["silentEdits"] as? [Int])
    let files = Set(silent.compactMap { edits[$0]["file"] as? String })
    // What groups leave of 开办补助 is not compared, so no edit that can reach it is called silent.
    #expect(files == ["原文.txt"])
  }

  @Test func exitCodes() throws {
    #expect(try diff(["--fail-on", "放宽"]).code == 0)
    #expect(try diff(["--fail-on", "改变,收窄"]).code == 1)
    #expect(try diff(["--fail-on", "loses", "--facts", "机构.csv"]).code == 1)
    #expect(try diff(["--fail-on", "loses"]).code == 0)
    let unknown = try diff(["--fail-on", "narower"])
    #expect(unknown.code == 2 && unknown.errors.contains("narrower"), "\(unknown.errors)")
    let form = try diff(["--format", "xml"])
    #expect(form.code == 2 && form.errors.contains("html"))
    let english = try Tool.run(["diff", "旧", "新", "--lang", "en"] + Self.day, folder: Self.folder)
    #expect(english.code == 0 && english.output.contains("床位补助 (一（一）): changed"), "\(english.output.prefix(300))")
  }

  @Test func versionsThatCannotBeCompared() throws {
    func run(_ words: [String], in folder: URL = Self.folder) throws -> Tool.Run {
      try Tool.run(["diff"] + words, folder: folder)
    }
    #expect(try run([]).code == 2)
    let single = try run(["新"])
    #expect(single.code == 2 && single.errors.contains("HEAD~1"), "\(single.errors)")
    let nowhere = try run(["没有的版本", "新"])
    #expect(nowhere.code == 3 && nowhere.errors.contains("没有的版本"), "\(nowhere.errors)")
    // A version with errors is refused with the place of its error.
    let copy = try versions(editing: "旧", [("条件：床位数20张以上", "条件：床位数 20公里 以上")])
    let broken = try run(["旧", "新"], in: URL(filePath: copy.path))
    #expect(
      broken.code == 1 && broken.errors.contains("版本“旧”") && broken.errors.contains("规则.tiaoli:34"), "\(broken.errors)")
  }

  /// A fact of another type is no fact of both: what rests on it is not compared, and says why.
  @Test func factsOfAnotherSchema() throws {
    let copy = try versions(
      editing: "新",
      [
        ("验收日期、开业日期：日期", "验收日期：日期\n    开业日期：文本"), ("期限：开业日期 在 2025年底 前", "条件：开业日期 为 “2025年底前”"),
      ])
    let run = try Tool.run(["diff", "旧", "新"] + Self.day, folder: URL(filePath: copy.path))
    #expect(run.code == 0 && run.output.contains("未能比较：结论（事实“开业日期”的类型不同）"), "\(run.output)\(run.errors)")
  }

  /// What the old version can't read of the facts is told with its place, and the old answers lack it.
  @Test func factsThatOnlyTheNewVersionReads() throws {
    let copy = try versions(
      editing: "新", [("企业、个人、公办、公建民营\n", "企业、个人、公办、公建民营、合作社\n"), ("    是：企业、个人\n", "    是：企业、个人、合作社\n")])
    try "名称,床位数_张,举办者\n甲养老院,50,合作社\n"
      .write(toFile: copy.path + "/机构.csv", atomically: true, encoding: .utf8)
    let run = try Tool.run(["diff", "旧", "新", "--facts", "机构.csv"] + Self.day, folder: URL(filePath: copy.path))
    #expect(run.code == 0 && run.output.contains("得到1项次"), "\(run.output)")
    #expect(
      run.errors.contains("旧版不能这样读取事实") && run.errors.contains("机构.csv:2:9") && run.errors.contains("合作社"),
      "\(run.errors)")
  }

  @Test func aSolverThatGivesUpProvesNothing() throws {
    let run = try diff(["--steps", "1"])
    #expect(run.code == 0 && run.output.contains("未能比较：结论") && !run.output.contains("改写而等价"), "\(run.output)")
  }

  // MARK: git

  private func git(_ words: [String], in folder: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["git", "-C", folder, "-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
      + words
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "git \(words)")
  }

  /// A repository whose last commit turned the old version into the new one.
  private func repository() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try git(["init", "-q"], in: folder.path)
    let policy = folder.path + "/规则库/补助"
    try FileManager.default.createDirectory(atPath: policy, withIntermediateDirectories: true)
    for name in ["旧", "新"] {
      for file in ["规则.tiaoli", "原文.txt"] {
        let target = policy + "/" + file
        if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
        try FileManager.default.copyItem(atPath: Self.folder.path + "/\(name)/\(file)", toPath: target)
      }
      try git(["add", "-A"], in: folder.path)
      try git(["commit", "-q", "-m", name], in: folder.path)
    }
    return folder
  }

  @Test func revisions() throws {
    let repository = try repository()
    let root = URL(filePath: repository.path)
    let policy = root.appending(path: "规则库/补助")
    let expected = "措施5项：仅引文不同1项，改变2项，新增1项，删去1项；修改16处"
    for (words, folder) in [
      (["HEAD~1"], policy), (["HEAD~1", "."], policy), (["HEAD~1", "规则库/补助"], root),
      (["HEAD~1", "HEAD", "规则库/补助"], root), (["HEAD~1:规则库/补助", "HEAD:规则库/补助"], root),
      (["HEAD~1:./", "HEAD:./"], policy), ([Self.folder.path + "/旧", "HEAD:规则库/补助"], root),
    ] {
      let run = try Tool.run(["diff"] + words + Self.day, folder: folder)
      #expect(run.code == 0 && run.output.contains(expected), "\(words): \(run.output.prefix(300))\(run.errors)")
    }
    let misspelt = try Tool.run(["diff", "HAED~1", "规则库/补助"], folder: root)
    #expect(misspelt.code == 3 && misspelt.errors.contains("是不是“HEAD"), "\(misspelt.errors)")
    let nothing = try Tool.run(["diff", "HEAD~1:没有的文件夹", "规则库/补助"], folder: root)
    #expect(nothing.code == 3 && nothing.errors.contains("没有的文件夹"), "\(nothing.errors)")
    let outside = try TemporaryFolder()
    let nowhere = try Tool.run(["diff", "HEAD~1"], folder: URL(filePath: outside.path))
    #expect(nowhere.code == 3 && nowhere.errors.contains("不在 git 仓库里"), "\(nowhere.errors)")
  }

  // MARK: The prompt

  @Test func atThePrompt() throws {
    let run = try Tool.run(
      ["repl", "旧", "--facts", "机构.csv"] + Self.day,
      input:
        "措施 床位补助：\n    对象：养老机构\n    条件：床位数 30张以上\n    补助：每张床位1000元\n    出资：市财政局 60%、县级财政 40%\n    金额：床位数 × 1000元/张，最高 10万元\n\n比较\n比较 新 --format note\n撤销\n比较\n",
      folder: Self.folder)
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.contains("床位补助（一（一））：收窄") || run.output.contains("床位补助（未引条款）：收窄"), "\(run.output)")
    #expect(run.output.contains("起草说明（草稿）"))
    #expect(run.output.contains("措施5项：不变5项；修改0处") || run.output.contains("措施4项：不变4项；修改0处"), "\(run.output)")
  }
}
