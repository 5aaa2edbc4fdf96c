import Foundation
import Testing

/// Every folder below Fixtures/measures, query, explain… holds a command line and what the program answers, run beside
/// the small policy of Fixtures/policy.
@Suite struct CommandFixtureTests {
  static let root = Repository.root.appending(path: "Tests/Fixtures")
  static let verbs = ["measures", "query", "explain", "missing", "clause", "department", "ask"]
  static let names = verbs.flatMap { verb in
    ((try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: verb).path)) ?? []).sorted().map {
      "\(verb)/\($0)"
    }
  }

  @Test(arguments: names) func fixture(_ name: String) throws {
    let folder = Self.root.appending(path: name)
    let command = try String(contentsOf: folder.appending(path: "command.txt"), encoding: .utf8)
    let words = command.split(whereSeparator: \.isWhitespace).map(String.init)
    let run = try Tool.run(words, folder: Self.root.appending(path: "policy"))
    #expect(run.errors.isEmpty && run.code == 0, "\(run.errors)")
    try expectGolden(run.output, folder.appending(path: "expected.txt"))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }
    #expect(Set(files) == ["command.txt", "expected.txt"])
  }

  @Test func noFixtureIsOrphaned() throws {
    let kinds = try FileManager.default.contentsOfDirectory(atPath: Self.root.path).filter { !$0.hasPrefix(".") }
    #expect(Set(kinds) == Set(Self.verbs + ["analyze", "batch", "check", "conversations", "diff", "policy"]))
    #expect(Self.names.count >= 30)
  }
}
