import Foundation
import Testing

/// The built program as a process: names, languages, exit codes, files and lines that are wrong.
@Suite struct VerbTests {
  static let folder = Repository.root.appending(path: "Tests/Fixtures/policy")
  static let facts = ["--facts", "机构.csv", "--as-of", "2024-06-01"]

  private func small(_ words: [String], input: String = "", environment: [String: String] = [:]) throws -> Tool.Run {
    try Tool.run(words, input: input, environment: environment, folder: Self.folder)
  }

  @Test(arguments: [
    (["check", "检查"], ["规则.tiaoli"]), (["query", "查询"], ["规则.tiaoli"] + facts),
    (["explain", "为何", "为何不", "why", "why-not"], ["规则.tiaoli", "床位补助", "乙养老院"] + facts),
    (["missing", "还缺", "lacks"], ["规则.tiaoli", "丁养老院"] + facts), (["ask", "问", "interview"], ["规则.tiaoli", "床位补助"]),
    (["measures", "措施"], ["规则.tiaoli"]), (["clause", "条款"], ["规则.tiaoli", "一（二）"]),
    (["department", "部门"], ["规则.tiaoli", "市财政局"]), (["test", "测试"], ["规则.tiaoli"]), (["diagnostic", "诊断"], ["T0303"]),
  ])
  func everyNameOfAVerb(_ names: [String], _ words: [String]) throws {
    let runs = try names.map { try small([$0] + words) }
    #expect(Set(runs.map(\.output)).count == 1 && runs.allSatisfy { $0.code == 0 }, "\(runs.map(\.errors))")
    #expect(!runs[0].output.isEmpty)
  }

  /// What would need a stack of its own is a remark and no crash; what is within the limits is answered.
  @Test func deepAndLongExpressions() throws {
    let policy = Repository.root.appending(path: "Tests/Fixtures/policy")
    let rules = try String(contentsOf: policy.appending(path: "规则.tiaoli"), encoding: .utf8)
    let text = try Data(contentsOf: policy.appending(path: "原文.txt"))
    func check(_ condition: String) throws -> Tool.Run {
      let changed = rules.replacingOccurrences(of: "条件：床位数20张以上", with: "条件：" + condition)
      try #require(changed != rules)
      let folder = try TemporaryFolder(["规则.tiaoli": Array(changed.utf8), "原文.txt": Array(text)])
      return try Tool.run(["check", folder.path + "/规则.tiaoli", "--format", "gnu", "--as-of", "2024-06-01"])
    }
    let long = 30_000
    for condition in [
      "床位数 ＋ " + Array(repeating: "1张", count: long).joined(separator: " ＋ ") + " 20张以上",
      Array(repeating: "2", count: long).joined(separator: " × ") + " 等于 1",
      String(repeating: "（", count: long) + "床位数20张以上" + String(repeating: "）", count: long),
      String(repeating: "非 ", count: long) + "床位数20张以上",
      "床位数" + String(repeating: " 的 床位数", count: long) + " 20张以上",
      "床位数" + String(repeating: " 提高 1%", count: long) + " 20张以上",
    ] {
      let run = try check(condition)
      #expect(
        run.code == 1 && run.output.contains("最多500个运算"),
        "\(condition.prefix(20)): \(run.code) \(run.output.prefix(300)) \(run.errors.prefix(300))")
    }
    let within = Array(repeating: "1张", count: 490).joined(separator: " ＋ ")
    let run = try check("床位数 ＋ \(within) 20张以上")
    #expect([0, 1].contains(run.code) && !run.output.contains("最多500个运算"), "\(run.code) \(run.errors.prefix(300))")
  }

  @Test func help() throws {
    for verb in [
      "check", "query", "explain", "missing", "ask", "measures", "clause", "department", "test", "repl", "diagnostic",
    ] {
      let chinese = try small([verb, "--help"])
      let english = try small([verb, "--help"], environment: ["LC_ALL": "en_US.UTF-8"])
      #expect(chinese.code == 0 && english.code == 0 && chinese.errors.isEmpty && english.errors.isEmpty)
      #expect(chinese.output.hasPrefix("概述：") && english.output.hasPrefix("OVERVIEW: "), "\(verb)")
      #expect(!chinese.output.contains("USAGE") && !english.output.contains("用法"))
    }
    let root = try small(["--help"])
    for name in ["检查", "查询", "为何", "还缺", "问", "措施", "条款", "部门", "测试"] { #expect(root.output.contains(name), "\(name)") }
    #expect(try small(["--version"]).output.hasPrefix("tiaoli "))
  }

  @Test func languages() throws {
    let words = ["query", "规则.tiaoli"] + Self.facts
    let chinese = try small(words).output
    #expect(chinese.contains("不符合") && chinese.contains("查询日期：2024年6月1日"))
    let english = try small(words + ["--lang", "en"]).output
    #expect(english.contains("as of 2024-06-01") && !english.contains("查询日期"))
    #expect(try small(words + ["--lang=en"]).output == english)
    #expect(try small(words, environment: ["LANG": "en_GB.UTF-8"]).output == english)
    #expect(try small(words + ["--lang", "zh"], environment: ["LANG": "en_GB.UTF-8"]).output == chinese)
    let wrong = try small(words + ["--lang", "fr"])
    #expect(wrong.code == 2 && wrong.errors.contains("zh 或 en"))
  }

  /// What is asked of an index and of every rule is the same, and a measure's name has no place in the question.
  @Test func possibleWithAndWithoutIndex() throws {
    let words = ["query", Tool.policy] + Tool.facts + ["--possible"]
    let (with, without) = (try Tool.run(words), try Tool.run(words + ["--no-index"]))
    #expect(with.code == 0 && with.output == without.output)
    #expect(with.output.contains("不列的") && with.output.contains("：不成立"))
    #expect(try Tool.run(["查询", Tool.policy, "可能符合"] + Tool.facts).output == with.output)
    #expect(try Tool.run(words + ["市县一次性建设补助"]).code == 2)
  }

  @Test func exitCodes() throws {
    #expect(try small(["check", "规则.tiaoli"]).code == 0)
    let broken = try Tool.run(["check", "Tests/Fixtures/check/T0303/input.tiaoli"])
    #expect(broken.code == 1 && broken.output.contains("T0303") && broken.output.contains("1 个错误"))
    let warned = try Tool.run(["check", "Tests/Fixtures/check/T0501/input.tiaoli"])
    #expect(warned.code == 0 && warned.output.contains("1 个警告"))
    let refused = try Tool.run(["measures", "Tests/Fixtures/check/T0303/input.tiaoli"])
    #expect(refused.code == 1 && refused.output.isEmpty && refused.errors.contains("先运行“检查”"))
    for (measure, subject, code) in [
      ("床位补助", "甲养老院", 0), ("床位补助", "乙养老院", 1), ("床位补助", "丁养老院", 1), ("开办补助", "乙养老院", 1),
    ] {
      let words = ["query", "规则.tiaoli", "--measure", measure, "--subject", subject] + Self.facts
      #expect(try small(words + ["--exit-status"]).code == Int32(code), "\(measure) \(subject)")
      #expect(try small(words).code == 0)
    }
    #expect(try small(["nonsense"]).code == 2)
    #expect(try small(["check", "规则.tiaoli", "--nonsense"]).code == 2)
    #expect(try small(["check"]).code == 2)
    #expect(try small(["check", "规则.tiaoli", "--format", "xml"]).code == 2)
    #expect(try small(["query", "规则.tiaoli", "--as-of", "2024-02-30"]).code == 2)
    #expect(try small(["query", "规则.tiaoli"]).code == 2)
    #expect(try small(["query", "规则.tiaoli", "--facts", "没有.csv"]).code == 3)
    #expect(try small(["repl", "没有.tiaoli", "-c", "1"]).code == 3)
    #expect(try small([]).code == 0)
  }

  @Test func failedCases() throws {
    let rules = try String(contentsOf: Self.folder.appending(path: "规则.tiaoli"), encoding: .utf8)
    let text = try Data(contentsOf: Self.folder.appending(path: "原文.txt"))
    let cases = """

      案例 刚好二十张：
          查询日期：2024年6月1日
          养老机构：床位数 20张
          预期：床位补助 符合，金额 2万元

      案例 写错的预期：
          查询日期：2024年6月1日
          养老机构：床位数 19张
          预期：床位补助 符合

      """
    let folder = try TemporaryFolder(["规则.tiaoli": Array((rules + cases).utf8), "原文.txt": Array(text)])
    let run = try Tool.run(["test", folder.path])
    #expect(run.code == 1 && run.output.contains("✗ 写错的预期") && run.output.contains("通过1个，失败1个"))
    #expect(try Tool.run(["test", folder.path, "--filter", "刚好"]).code == 0)
    let junit = try Tool.run(["test", folder.path, "--format", "junit"])
    #expect(junit.code == 1 && junit.output.contains("tests=\"2\" failures=\"1\""))
    let json = try Tool.run(["test", folder.path, "--format", "json"])
    #expect(json.output.contains("\"passed\": false"))
  }

  @Test func filesThatCannotBeRead() throws {
    let missing = try small(["check", "没有.tiaoli"])
    #expect(missing.code == 2 || missing.code == 3)
    #expect(missing.errors.contains("没有.tiaoli"))
    let folder = try TemporaryFolder(["规则.tiaoli": Array("机关 甲：级别 市\n".utf8), "坏.csv": [0x50, 0x4B, 3, 4, 0, 0]])
    let path = folder.path + "/规则.tiaoli"
    if geteuid() != 0 {
      chmod(path, 0)
      let closed = try Tool.run(["check", path])
      #expect(closed.code == 3 && closed.errors.contains("没有权限"))
      chmod(path, 0o644)
    }
    let broken = try Tool.run(["query", Self.folder.path + "/规则.tiaoli", "--facts", folder.path + "/坏.csv"])
    #expect(broken.code == 3 && broken.errors.contains("坏.csv：不是完整的 XLSX 文件"))
    mkdir(folder.path + "/夹.tiaoli", 0o755)
    #expect(try Tool.run(["check", folder.path]).code == 0)
  }

  /// Where several documents have a clause of one address, each is shown with its own departments, or the one named alone.
  @Test func clausesOfSeveralDocuments() throws {
    let policy = "policies/tutorial/20-两级文件"
    let all = try Tool.run(["clause", policy, "二（一）"])
    let one = try Tool.run(["clause", policy, "虚市政发〔2024〕8号", "二（一）"])
    let (province, city) = ("虚政办发〔2024〕20号", "虚市政发〔2024〕8号")
    #expect(all.code == 0 && all.output.contains("（\(province)）二（一）") && all.output.contains("（\(city)）二（一）"))
    #expect(one.code == 0 && !one.output.contains("（\(province)）二（一）") && one.output.contains("（\(city)）二（一）"))
    func departments(_ run: Tool.Run) -> [Substring] {
      run.output.split(separator: "\n").filter { $0.hasPrefix("责任单位：") }
    }
    #expect(
      departments(all).count == 2 && departments(one).count == 1 && departments(all).contains(departments(one)[0]))
    #expect(Set(departments(all)).count == 2)
  }

  @Test func namesThatAreNearlyRight() throws {
    for (words, near) in [
      (["query", "规则.tiaoli", "--measure", "床位补贴"] + Self.facts, "是不是“床位补助”"),
      (["query", "规则.tiaoli", "--subject", "甲养劳院"] + Self.facts, "是不是“甲养老院”"),
      (["explain", "规则.tiaoli", "床位补助", "甲养"] + Self.facts, ""),
      (["explain", "规则.tiaoli", "补助", "甲养老院"] + Self.facts, "可以是几个措施"),
      (["department", "规则.tiaoli", "市财证局"], "是不是“市财政局”"), (["clause", "规则.tiaoli", "一（九）"], "没有名为"),
      (["diagnostic", "T0304x"], "没有名为"),
      (["query", "规则.tiaoli", "--where", "床味数20张以上"] + Self.facts, "是不是“床位数”"), (["chekc", "规则.tiaoli"], ""),
    ] {
      let run = try small(words)
      if near.isEmpty { continue }
      #expect(run.code == 2 && run.errors.contains(near) && run.output.isEmpty, "\(words): \(run.errors)")
    }
    #expect(try small(["explain", "规则.tiaoli", "床位补助", "甲养"] + Self.facts).code == 0)
  }

  /// The same table in UTF-8, with a mark in front, and in GB18030.
  @Test func encodingsOfFacts() throws {
    let table = try Data(contentsOf: Self.folder.appending(path: "机构.csv"))
    let text = try #require(String(data: table, encoding: .utf8))
    let encoding = String.Encoding(rawValue: CFStringEncodingGB18030)
    var files: [String: [UInt8]] = ["标记.csv": [0xEF, 0xBB, 0xBF] + Array(table)]
    if let bytes = text.data(using: encoding) { files["国标.csv"] = Array(bytes) }
    files["国标.csv"] = files["国标.csv"] ?? gb18030(text)
    let folder = try TemporaryFolder(files)
    let plain = try small(["query", "规则.tiaoli"] + Self.facts)
    for name in files.keys.sorted() {
      let run = try small(["query", "规则.tiaoli", "--facts", folder.path + "/" + name, "--as-of", "2024-06-01"])
      #expect(run.output == plain.output && run.code == 0, "\(name): \(run.errors)")
    }
  }

  private let CFStringEncodingGB18030: UInt = 0x8000_0632

  /// By iconv, where Foundation has no GB18030.
  private func gb18030(_ text: String) -> [UInt8] {
    guard let descriptor = iconv_open("GB18030", "UTF-8"), descriptor != iconv_t(bitPattern: -1) else { return [] }
    defer { iconv_close(descriptor) }
    var input = Array(text.utf8).map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 2)
    var (left, room) = (input.count, output.count)
    input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        var (from, to): (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?) = (
          source.baseAddress, target.baseAddress
        )
        iconv(descriptor, &from, &left, &to, &room)
      }
    }
    return output.prefix(output.count - room).map { UInt8(bitPattern: $0) }
  }

  @Test func theSameBytesAlways() throws {
    let words = ["query", Tool.policy, "--format", "json"] + Tool.facts
    let first = try Tool.run(words)
    #expect(first.code == 0 && first.output.utf8.count > 100_000)
    for environment in [
      ["TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8"], ["TZ": "America/New_York", "LC_ALL": "C"], ["LANG": "POSIX"],
    ] {
      #expect(try Tool.run(words, environment: environment).output == first.output)
    }
    let text = ["query", Tool.policy] + Tool.facts
    #expect(
      try Tool.run(text).output == Tool.run(text, environment: ["LC_ALL": "zh_TW.Big5", "TZ": "Asia/Tokyo"]).output)
  }

  @Test func everyAnswerNamesItsClauseAndDepartment() throws {
    let run = try Tool.run(["query", Tool.policy, "--format", "json"] + Tool.facts)
    let root = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let decisions = try #require(root?["decisions"] as? [[String: Any]])
    #expect(decisions.count > 1000)
    for decision in decisions {
      let name = "\(decision["measure"] ?? "")"
      #expect(decision["clause"] is String, "\(name)")
      #expect((decision["departments"] as? [[String: Any]])?.isEmpty == false, "\(name)")
      #expect(
        (decision["sources"] as? [[String: Any]])?.allSatisfy { $0["clause"] is String && $0["line"] is Int } == true,
        "\(name)")
    }
    let table = try Tool.run(["query", Tool.policy, "--format", "markdown"] + Tool.facts).output
    for line in table.split(separator: "\n") where line.hasPrefix("| 虚构") {
      let cells = line.components(separatedBy: " | ")
      #expect(cells.count == 9 && !cells[1].isEmpty && !cells[6].isEmpty, "\(line)")
    }
  }

  @Test func formatsOfChecks() throws {
    let path = "Tests/Fixtures/check/T0303/input.tiaoli"
    let gnu = try Tool.run(["check", path, "--format", "gnu"]).output
    #expect(gnu.hasPrefix(path + ":20:8: error: ") && gnu.contains("[T0303]"))
    for format in ["json", "sarif"] {
      let run = try Tool.run(["check", path, "--format", format])
      #expect(run.code == 1)
      _ = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    }
  }

  @Test func everyDiagnosticHasItsPage() throws {
    let page = try small(["诊断", "t0303"])
    #expect(page.code == 0 && page.output.hasPrefix("# T0303 原文没有这些文字\n") && page.output.contains("```tiaoli"))
  }

  @Test func interview() throws {
    let run = try small(["ask", "规则.tiaoli", "床位补助", "--as-of", "2024-06-01"], input: "很多\n二十张\n")
    #expect(run.code == 0 && run.output.contains("问了1个问题。") && run.output.contains("符合"), "\(run.output) \(run.errors)")
    #expect(run.errors.contains("有多少张床位？"))
    let unknown = try small(["ask", "规则.tiaoli", "床位补助", "--as-of", "2024-06-01"], input: "不知\n")
    #expect(unknown.code == 0 && unknown.output.contains("待定"))
  }
}
