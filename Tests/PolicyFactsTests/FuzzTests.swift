import Foundation
import PolicyDiagnostics
import PolicyFacts
import PolicyText
import SeededRandom
import Testing

@Suite struct FuzzTests {
  /// Reads bytes in every format and checks that all places lie in their files.
  private func check(_ bytes: [UInt8], _ name: String) {
    for path in [name, "甲.csv", "甲.json", "甲.yaml", "甲"] {
      var files = SourceFiles()
      let result = readFacts([FactsInput(path: path, bytes: bytes)], into: &files, program: Sample.program)
      #expect(result.subjects.count == result.places.count)
      for remark in result.remarks {
        for span in [remark.primary.span] + remark.related.map(\.span) {
          #expect(Int(span.end) <= files[span.file].bytes.count)
          #expect(span.start <= span.end)
        }
      }
      _ = render(result.remarks, files: files, format: .text, language: .en, width: 80)
    }
  }

  private var seeds: [[UInt8]] {
    FixtureTests.names.flatMap { name -> [[UInt8]] in
      let folder = FixtureTests.folder.appending(path: name)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
      return names.filter { $0 != "expected.txt" }.compactMap { file in
        (try? Data(contentsOf: folder.appending(path: file))).map { Array($0) }
      }
    }
  }

  @Test func randomBytes() {
    var random = SeededGenerator(seed: 20_221_223)
    let alphabet = Array("\"\"',，;\t\n\r{}[]:*&-?|>!%#~ 项目名称备案总投资贷款1_本金万元3亿约是否\u{FEFF}\u{85}\u{2028}".utf8)
    for _ in 0..<150 {
      let count = Int.random(in: 0...200, using: &random)
      check((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }, "甲.csv")
      check((0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }, "甲.csv")
    }
  }

  @Test func cutsAndChanges() {
    var random = SeededGenerator(seed: 3_0000_0000)
    for seed in seeds where seed.count < 20_000 {
      for _ in 0..<20 {
        var bytes = Array(seed.prefix(Int.random(in: 0...seed.count, using: &random)))
        check(bytes, "甲.csv")
        if let place = bytes.indices.randomElement(using: &random) {
          bytes[place] = UInt8.random(in: 0...255, using: &random)
          bytes.remove(at: Int.random(in: bytes.indices, using: &random))
        }
        check(bytes, "甲.csv")
      }
    }
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: ["[", "{\"a\":", "- ", "a: &a [*a,", "? ", "\"", ",", "贷款1_", "\n\"", "[[{", "{? "])
  func deepOrLong(_ piece: String) {
    check(Array(String(repeating: piece, count: 20_000).utf8), "甲.csv")
  }

  @Test(.timeLimit(.minutes(15))) func aliasBomb() {
    var text = "a0: &a0 [x, x]\n"
    for level in 1..<30 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    check(Array(text.utf8), "甲.yaml")
    var nested = "- &b [x]\n"
    for level in 1..<8 { nested += "- ? &c\(level) [*b, *b]\n  : 1\n" }
    check(Array(nested.utf8), "甲.yaml")
  }
}
