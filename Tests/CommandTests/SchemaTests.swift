import Foundation
import Testing

/// The schemas of docs/reference describe what the verbs write, to the last member.
@Suite struct SchemaTests {
  private func validator(_ name: String) throws -> SchemaValidator {
    try SchemaValidator(Repository.root.appending(path: "docs/reference/\(name).schema.json"))
  }

  private func holds(
    _ name: String, _ arguments: [String], folder: URL = Repository.root,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try Tool.run([name] + arguments + ["--format", "json"], folder: folder)
    #expect(run.code == 0, "\(run.errors)", sourceLocation: sourceLocation)
    let problems = try validator(name).problems(run.output)
    #expect(problems.isEmpty, "\(problems.prefix(5))", sourceLocation: sourceLocation)
  }

  @Test func shuozhou() throws {
    try holds("measures", [Tool.policy])
    try holds("analyze", [Tool.policy])
    try holds("analyze", ["Tests/Fixtures/analyze/各种发现"])
    try holds("analyze", ["policies/tutorial/20-两级文件"])
    try holds("query", [Tool.policy] + Tool.facts)
    try holds("query", [Tool.policy, "--facts", "policies/shuozhou-2022-36/项目", "--as-of", "2026-06-01"])
    for subject in ["虚构待填项目", "虚构右玉康养园", "虚构怀仁康复器械公司"] { try holds("missing", [Tool.policy, subject] + Tool.facts) }
    for measure in ["市县一次性建设补助", "一企一策一事一议", "抵押质押信贷支持"] {
      for subject in ["虚构右玉康养园", "虚构待填项目"] { try holds("explain", [Tool.policy, measure, subject] + Tool.facts) }
    }
  }

  @Test func everyFormOfAnswer() throws {
    let folder = Repository.root.appending(path: "Tests/Fixtures/policy")
    let facts = ["规则.tiaoli", "--facts", "机构.csv", "--as-of"]
    try holds("measures", ["规则.tiaoli"], folder: folder)
    for day in ["2024-06-01", "2026-06-01"] { try holds("query", facts + [day], folder: folder) }
    for subject in ["甲养老院", "乙养老院", "丁养老院"] {
      try holds("missing", facts + ["2024-06-01", subject], folder: folder)
      for measure in ["床位补助", "开办补助", "运营补贴", "闲置厂房使用"] {
        try holds("explain", facts + ["2024-06-01", measure, subject], folder: folder)
      }
    }
  }

  @Test func everyResultOfAReplay() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/记录.sqlite"
    #expect(try Tool.run(["record", Tool.policy, "--to", file] + Tool.facts).code == 0)
    try holds("replay", [file])
    try FileManager.default.copyItem(
      at: Repository.root.appending(path: "policies"), to: URL(filePath: folder.path + "/新版"))
    let new = folder.path + "/新版/shuozhou-2022-36"
    for name in try FileManager.default.contentsOfDirectory(atPath: new) where name.hasSuffix(".tiaoli") {
      try String(contentsOfFile: new + "/" + name, encoding: .utf8)
        .replacingOccurrences(of: "投资额3亿元以上且前提继承", with: "前提继承")
        .replacingOccurrences(of: "融资租赁", with: "设备租赁")
        .write(toFile: new + "/" + name, atomically: true, encoding: .utf8)
    }
    let run = try Tool.run(["replay", file, new, "--format", "json"])
    #expect(run.code == 1, "\(run.errors)")
    #expect(try validator("replay").problems(run.output) == [])
    for word in ["flipped", "failed", "unused", "changed"] { #expect(run.output.contains("\"\(word)\""), "\(word)") }
  }

  @Test func histories() throws {
    let folder = try TemporaryFolder()
    let store = folder.path + "/项目.db"
    for words in [
      ["--facts", "policies/shuozhou-2022-36/项目", "-c", "保存 \(store)"],
      ["--store", store, "-c", ":选定 怀仁医养", "-c", "认定 备案总投资 3亿元", "-c", "保存 --by 某局 --from 2024-06-01"],
    ] { #expect(try Tool.run(["repl", Tool.policy] + words).code == 0) }
    try holds("timeline", [Tool.policy, "怀仁医养", "--facts", store])
  }

  @Test func theValidatorFindsWhatIsWrong() throws {
    let run = try Tool.run(["measures", Tool.policy, "--format", "json"])
    let schema = try validator("measures")
    for (old, new) in [
      ("\"clause\":", "\"klause\":"), ("\"entitlement\"", "\"gift\""), ("\"line\": ", "\"line\": \"\", \"nr\": "),
      ("\"actor\": [", "\"actor\": [1, "),
      ("\"role\": \"general\"", "\"role\": null"),
    ] {
      #expect(try !schema.problems(run.output.replacingOccurrences(of: old, with: new)).isEmpty, "\(old)")
    }
  }

  /// JSON keeps one value a name, so a doubled name would lose the other.
  @Test func noNameIsDoubled() throws {
    let folder = Repository.root.appending(path: "Tests/Fixtures/policy")
    let run = try Tool.run(["query", "规则.tiaoli", "--facts", "机构.csv", "--format", "json"], folder: folder)
    var open: [Set<String>] = []
    for line in run.output.split(separator: "\n") {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.hasPrefix("\""), let end = text.dropFirst().firstIndex(of: "\""), text[end...].hasPrefix("\":") {
        let name = String(text[..<end])
        #expect(open.last?.contains(name) != true, "\(name)")
        if !open.isEmpty { open[open.count - 1].insert(name) }
      }
      if text.hasSuffix("{") || text.hasSuffix("[") { open.append([]) }
      if text.hasPrefix("}") || text.hasPrefix("]") { _ = open.popLast() }
    }
  }
}
