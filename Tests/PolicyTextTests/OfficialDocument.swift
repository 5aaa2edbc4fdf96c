import Foundation
import PolicyText

/// The source of 朔政办发〔2022〕36号 from the policies of this repository.
enum OfficialDocument {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func shuozhou() throws -> OfficialText {
    let url = root.appendingPathComponent("policies/shuozhou-2022-36/原文.txt")
    let file = SourceFile(path: "原文.txt", bytes: Array(try Data(contentsOf: url)))
    return OfficialText(file: file, issuer: "朔州市人民政府办公室")
  }

  static func phrases() throws -> [(id: String, clause: String, phrase: String)] {
    let url = root.appendingPathComponent("Tests/PolicyTextTests/Fixtures/phrases.tsv")
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { line in
      let fields = line.split(separator: "\t").map(String.init)
      return (fields[0], fields[1], fields[2])
    }
  }

  static func text(_ lines: String, issuer: String? = nil) -> OfficialText {
    OfficialText(file: SourceFile(path: "原文.txt", text: lines), issuer: issuer)
  }
}
