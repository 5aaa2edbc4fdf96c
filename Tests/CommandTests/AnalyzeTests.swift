import Foundation
import Testing

/// `analyze` on a small policy that has one of each finding.
@Suite struct AnalyzeTests {
  static let folder = Repository.root.appending(path: "Tests/Fixtures/analyze/各种发现")
  static let arguments = ["analyze", folder.path, "--as-of", "2024-06-01"]

  private func findings(_ output: String) throws -> [[String: Any]] {
    let object = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    return try #require(object?["findings"] as? [[String: Any]])
  }

  /// Without the cases, which depend on the version of the solver.
  @Test func findings() throws {
    let run = try Tool.run(Self.arguments + ["--format", "json"])
    #expect(run.code == 0, "\(run.errors)")
    let lines = try findings(run.output).map { finding -> String in
      let measures = (finding["measures"] as? [[String: Any]] ?? []).map {
        "\($0["name"] ?? "") \($0["verdict"] ?? "")"
      }
      let causes = (finding["causes"] as? [[String: Any]] ?? []).map { "\($0["text"] ?? "")" }
      return "\(finding["kind"] ?? ""): \(measures.joined(separator: ", ")) | \(causes.joined(separator: " | "))\n"
    }
    try expectGolden(lines.joined(), Self.folder.appending(path: "expected.txt"))
  }

  /// Each case is pasted into the rules and holds there.
  @Test func casesArePasteable() throws {
    let run = try Tool.run(Self.arguments + ["--format", "json"])
    let cases = try findings(run.output).compactMap { $0["case"] as? String }
    #expect(cases.count == 9)
    let copy = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: copy) }
    try FileManager.default.copyItem(at: Self.folder, to: copy)
    try cases.joined(separator: "\n").write(to: copy.appending(path: "案例.tiaoli"), atomically: true, encoding: .utf8)
    let rules = copy.appending(path: "规则.tiaoli")
    let text = try String(contentsOf: rules, encoding: .utf8)
    try (text + "\n" + cases.joined(separator: "\n")).write(to: rules, atomically: true, encoding: .utf8)
    try FileManager.default.removeItem(at: copy.appending(path: "案例.tiaoli"))
    let test = try Tool.run(["test", copy.path])
    #expect(test.code == 0 && test.output.contains("案例9个：通过9个"), "\(test.output)\(test.errors)")
  }

  @Test func exitCodes() throws {
    #expect(try Tool.run(Self.arguments + ["--exit-status"]).code == 1)
    #expect(try Tool.run(Self.arguments + ["没有的措施"]).code == 2)
    let english = try Tool.run(Self.arguments + ["--lang", "en"])
    #expect(english.code == 0 && english.output.contains("never holds") && english.output.contains("9 findings"))
  }

  /// A solver that gives up says so of each measure, and finds nothing.
  @Test func timeLimit() throws {
    let run = try Tool.run(Self.arguments + ["--steps", "1"])
    #expect(run.code == 0 && run.output.contains("不能分析") && !run.output.contains("恒不符合"), "\(run.output)")
  }
}
