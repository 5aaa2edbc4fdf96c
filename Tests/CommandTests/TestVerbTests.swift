import Foundation
import Testing

/// `test` and what it can do besides running cases.
@Suite struct TestVerbTests {
  private let policy = "policies/tutorial/02-事实与未知"

  /// Options that don't go together, or are off.
  @Test(arguments: [
    ["--coverage", "--mutate"], ["--threshold", "95"], ["--coverage", "--threshold", "101"], ["--output", "甲.tiaoli"],
    ["--generate", "--filter", "奖励"], ["--coverage", "--format", "junit"], ["--mutate", "--format", "lcov"],
    ["--generate", "没有这项措施"],
  ])
  func refused(_ options: [String]) throws {
    let run = try Tool.run(["test", policy] + options)
    #expect(run.code == 2)
    #expect(run.output.isEmpty && !run.errors.isEmpty)
  }

  @Test(arguments: [("80", 0), ("88", 0), ("89", 1)])
  func threshold(_ percent: String, _ code: Int32) throws {
    #expect(try Tool.run(["test", policy, "--coverage", "--threshold", percent]).code == code)
    #expect(try Tool.run(["test", policy, "--mutate", "--threshold", "100", "--as-of", "2024-06-01"]).code == 1)
  }

  @Test func formatsOfCoverage() throws {
    func output(_ format: String) throws -> String {
      try Tool.run(["test", policy, "--coverage", "--format", format]).output
    }
    let lines = try output("lcov").split(separator: "\n")
    #expect(lines.first == "TN:tiaoli" && lines.last == "end_of_record")
    #expect(lines.contains("BRF:9") && lines.contains("BRH:8"))
    #expect(lines.count { $0.hasPrefix("BRDA:") } == 9 && lines.count { $0.hasSuffix(",-") } == 1)
    let json = try JSONSerialization.jsonObject(with: Data(try output("json").utf8)) as? [String: Any]
    #expect(json?["items"] as? Int == 9 && json?["covered"] as? Int == 8)
    // One page that needs nothing else, with the one item that is missing in it.
    let page = try output("html")
    #expect(page.contains("条件“服务规范”：为否") && page.contains("class=\"part\""))
    #expect(!page.contains("http") && !page.contains("<script"))
  }

  /// The report is the same in both languages but for its words.
  @Test func english() throws {
    let run = try Tool.run(["test", policy, "--coverage", "--lang", "en"])
    #expect(run.output.contains("8 of 9 covered (88%)"))
    let mutation = try Tool.run(["test", policy, "--mutate", "--lang", "en", "--as-of", "2024-06-01"])
    #expect(mutation.output.contains("this case would notice it:"))
  }

  /// A case file that can't be written stays as it is, and so does one that is updated twice.
  @Test func updateIsWholeOrNotAtAll() throws {
    let folder = try TemporaryFolder()
    let copy = folder.path + "/policies"
    try FileManager.default.copyItem(
      atPath: Repository.root.appending(path: "policies").path(percentEncoded: false), toPath: copy)
    let file = URL(filePath: copy + "/tutorial/02-事实与未知/奖励.tiaoli")
    let right = try String(contentsOf: file, encoding: .utf8)
    try right.replacing("金额 5000元", with: "金额 4000元").write(to: file, atomically: true, encoding: .utf8)
    let update = ["test", copy + "/tutorial/02-事实与未知", "--update"]
    #expect(try Tool.run(update).code == 0)
    #expect(try String(contentsOf: file, encoding: .utf8) == right)
    #expect(try Tool.run(update).output == "改写了0个案例的预期，还有0个不能改写\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: copy + "/tutorial/02-事实与未知").count == 2)
  }
}
