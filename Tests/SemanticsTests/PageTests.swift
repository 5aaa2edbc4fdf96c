import Foundation
import PolicyDiagnostics
import Testing

/// docs/diagnostics holds a page for every id, whose examples are those of its fixture, and the program prints it.
@Suite struct PageTests {
  static let folder = Repository.root.appending(path: "docs/diagnostics")

  private func page(_ id: DiagnosticID) throws -> String {
    try String(contentsOf: Self.folder.appending(path: "\(id.rawValue).md"), encoding: .utf8)
  }

  @Test(arguments: DiagnosticID.allCases) func page(of id: DiagnosticID) throws {
    let text = try page(id)
    #expect(text.hasPrefix("# \(id.rawValue) \(id.title.zh)\n"))
    #expect(text.lowercased().contains(id.title.en.lowercased()))
    guard !id.rawValue.hasPrefix("T06"), id != .invalidEncoding else { return }
    let blocks = text.components(separatedBy: "```")
    try #require(blocks.count == 5)
    for (block, file) in [(blocks[1], "input.tiaoli"), (blocks[3], "repaired.tiaoli")] {
      let fixture = Repository.root.appending(path: "Tests/Fixtures/check/\(id.rawValue)/\(file)")
      let rules = try String(contentsOf: fixture, encoding: .utf8)
      try #require(block.hasPrefix("tiaoli\n"))
      #expect(rules.contains(block.dropFirst(7)), "the example of \(id.rawValue) is not in \(file)")
    }
    #expect(blocks[1] != blocks[3])
  }

  @Test func noPageIsOrphaned() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0 != "README.md" }
    #expect(Set(names) == Set(DiagnosticID.allCases.map { $0.rawValue + ".md" }))
  }

  @Test func idsDiffer() {
    let titles = DiagnosticID.allCases.map(\.title)
    #expect(Set(titles).count == titles.count)
    #expect(DiagnosticID.allCases.allSatisfy { $0.rawValue.count == 5 && $0.rawValue.hasPrefix("T") })
  }

  /// The pages as the program carries them, so that it needs no file to show them.
  @Test func pagesOfTheProgram() throws {
    var text = """
      // swift-format-ignore-file
      // Derived from docs/diagnostics by Tests/SemanticsTests/PageTests.swift, which rewrites it with UPDATE_GOLDEN=1.

      /// The page of each diagnostic, by its id.
      package let diagnosticPages: [String: String] = [

      """
    for id in DiagnosticID.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
      let page = try page(id)
      #expect(!page.contains("\"\"\"#"))
      text += "  \"\(id.rawValue)\": #\"\"\"\n"
      for line in page.split(separator: "\n", omittingEmptySubsequences: false).dropLast(page.hasSuffix("\n") ? 1 : 0) {
        text += line.isEmpty ? "\n" : "    \(line)\n"
      }
      text += "    \"\"\"#,\n"
    }
    text += "]\n"
    try expectGolden(text, Repository.root.appending(path: "Sources/PolicyDiagnostics/DiagnosticPages.swift"))
    #expect(try DiagnosticID.allCases.allSatisfy { diagnosticPages[$0.rawValue].map { $0 + "\n" } == (try page($0)) })
  }
}
