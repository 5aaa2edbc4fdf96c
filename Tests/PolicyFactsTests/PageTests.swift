import Foundation
import PolicyDiagnostics
import PolicyFacts
import PolicyText
import Testing

/// Every T06xx has a page; its first example yields that id, and its second does not.
@Suite struct PageTests {
  static let ids = DiagnosticID.allCases.filter { $0.rawValue.hasPrefix("T06") }

  @Test(arguments: ids) func page(_ id: DiagnosticID) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/diagnostics")
    let text = try String(contentsOf: folder.appending(path: "\(id.rawValue).md").standardizedFileURL, encoding: .utf8)
    #expect(text.hasPrefix("# \(id.rawValue) \(id.title.zh)\n"))
    let blocks = text.components(separatedBy: "```")
    let examples = stride(from: 1, to: blocks.count - 1, by: 2).map { blocks[$0] }
    #expect(examples.isEmpty || examples.count == 2)
    for (number, example) in examples.enumerated() {
      let lines = example.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      var files = SourceFiles()
      let input = FactsInput(path: "例.\(lines[0])", bytes: Array(lines[1].utf8))
      let result = readFacts([input], into: &files, program: Sample.program)
      #expect(result.remarks.map(\.id) == (number == 0 ? [id] : []), "\(lines[1])")
    }
  }

  @Test func manyRemarksAreCut() {
    var text = "名称,备案总投资_万元\n"
    for row in 0..<1500 { text += "\(row),约\(row)\n" }
    var files = SourceFiles()
    let result = readFacts(
      [FactsInput(path: "甲.csv", bytes: Array(text.utf8))], into: &files, program: Sample.program)
    #expect(result.remarks.count == 1001)
    #expect(result.remarks.last?.id == .factsRemarksCut)
    #expect(result.subjects.count == 1500)
  }

  /// Every row of a long table is read; a slow way of reading it would be seen at once.
  @Test func longTables() {
    let rows = 16_000
    var text = "项目名称,备案总投资_万元,所在县区,属康养产业,开工日期,运营方\n"
    for row in 0..<rows { text += "项目\(row),\"\(row % 9 + 1),000\",右玉,是,2023.6.1,公司\(row % 10)\n" }
    var files = SourceFiles()
    let result = readFacts([FactsInput(path: "甲.csv", bytes: Array(text.utf8))], into: &files, program: Sample.program)
    #expect(result.subjects.map(\.id) == (0..<rows).map { "项目\($0)" })
  }
}
