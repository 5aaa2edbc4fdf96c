import Foundation
import PolicyDiagnostics
import PolicyIR
import PolicyText
import PolicyWorkspace
import Testing

/// Checking never fails: whatever is cut out of rules, there are remarks and places in them.
@Suite struct RobustnessTests {
  private func rules() throws -> [String] {
    let root = Repository.root.appending(path: "Tests/Fixtures")
    let names = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "check").path).sorted()
    let paths =
      ["policy/规则.tiaoli"] + names.filter { $0 != "T0001" && !$0.hasPrefix(".") }.map { "check/\($0)/input.tiaoli" }
    return try paths.map { try String(contentsOf: root.appending(path: $0), encoding: .utf8) }
  }

  @Test func cuts() throws {
    let seed = UInt64.random(in: 0..<1_000_000)
    print("seed of the cuts: \(seed)")
    var state = seed
    func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(max(1, limit)))
    }
    let texts = try rules()
    let official = try String(
      contentsOf: Repository.root.appending(path: "Tests/Fixtures/policy/原文.txt"), encoding: .utf8)
    for round in 0..<400 {
      var scalars = Array(texts[round % 4 == 0 ? 0 : below(texts.count)].unicodeScalars)
      for _ in 0...below(3) {
        let start = below(scalars.count)
        let length = below(round % 2 == 0 ? 12 : 200)
        let piece = Array(scalars[start..<min(scalars.count, start + length)])
        if below(3) > 0 { scalars.removeSubrange(start..<min(scalars.count, start + length)) }
        if below(3) == 0 { scalars.insert(contentsOf: piece, at: below(scalars.count)) }
      }
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars)
      let folder = try TemporaryFolder(["规则.tiaoli": text, "原文.txt": official])
      let policies = try loadPolicies([folder.path + "/规则.tiaoli"])
      for remark in policies.remarks {
        let size = policies.files[remark.primary.span.file].bytes.count
        if Int(remark.primary.span.end) > size {
          Issue.record("seed \(seed), round \(round): \(remark.id) lies outside its file")
        }
      }
      _ = render(policies.remarks, files: policies.files, format: .text, language: .zh, width: 80)
    }
  }

  /// The order of files and of rules in them changes no remark and no rule.
  @Test func theOrderOfRules() throws {
    let rules = try String(
      contentsOf: Repository.root.appending(path: "Tests/Fixtures/policy/规则.tiaoli"), encoding: .utf8)
    let text = try String(contentsOf: Repository.root.appending(path: "Tests/Fixtures/policy/原文.txt"), encoding: .utf8)
    // Everything before the document, which the rest of the file needs not to follow.
    let start = try #require(rules.range(of: "文件 石政发"))
    let reordered = rules[start.lowerBound...] + "\n" + rules[..<start.lowerBound]
    let first = try TemporaryFolder(["规则.tiaoli": rules, "原文.txt": text])
    let one = try loadPolicies([first.path])
    let folder = try TemporaryFolder(["规则.tiaoli": String(reordered), "原文.txt": text])
    let two = try loadPolicies([folder.path])
    #expect(two.remarks.isEmpty, "\(two.remarks.map(\.primary.message.zh))")
    #expect(one.program.measures.map(\.name) == two.program.measures.map(\.name))
  }
}
