import Foundation
import PolicyFacts
import PolicyText
import Testing

/// Every folder of Fixtures holds the files of one reading and `expected.txt`, which UPDATE_GOLDEN=1 rewrites.
@Suite struct FixtureTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
  static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []

  @Test(arguments: names)
  func fixture(_ name: String) throws {
    let folder = Self.folder.appending(path: name)
    var inputs: [FactsInput] = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() where file != "expected.txt" {
      inputs.append(FactsInput(path: file, bytes: Array(try Data(contentsOf: folder.appending(path: file)))))
    }
    var files = SourceFiles()
    let result = readFacts(inputs, into: &files, program: Sample.program)
    let text = describe(result, files)
    let golden = folder.appending(path: "expected.txt")
    let expected = (try? String(contentsOf: golden, encoding: .utf8)) ?? ""
    if text != expected, ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try text.write(to: golden, atomically: true, encoding: .utf8)
    }
    #expect(text == expected)
  }

  @Test func thereAreFixtures() { #expect(Self.names.count >= 10) }
}
