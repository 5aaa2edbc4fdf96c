import Foundation
import Testing

/// What the pages show is what the program says; UPDATE_GOLDEN=1 rewrites blocks without … and still fails the run.
@Suite struct DocsTests {
  @Test(arguments: DocumentPage.blocks(tagged: "console"))
  func transcript(_ block: DocumentPage.Block) throws {
    let transcript = Transcript(block.lines)
    let answers = try transcript.run { try Shell() }
    var lines: [String] = []
    var isRight = true
    for (exchange, answer) in zip(transcript.exchanges, answers) {
      let shown = exchange.answer.reversed().drop { $0.isEmpty }.reversed()
      let fits = Transcript.matches(Array(shown), answer)
      if !fits { isRight = false }
      lines += exchange.typed + (fits ? Array(shown) : answer)
      let blanks = exchange.answer.count - shown.count
      lines += Array(repeating: "", count: blanks)
      #expect(
        fits,
        "\(block): “\(exchange.command)” now answers\n\(answer.joined(separator: "\n"))")
    }
    if !isRight, ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil { try DocumentPage.rewrite(block, lines) }
  }

  /// Rules that a page shows stand in `policies/`, word for word.
  @Test(arguments: DocumentPage.blocks(tagged: "tiaoli"))
  func rules(_ block: DocumentPage.Block) throws {
    let folder = DocumentPage.root.appending(path: "policies")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    let found = try paths.filter { $0.hasSuffix(".tiaoli") }.contains { path in
      try String(contentsOf: folder.appending(path: path), encoding: .utf8).contains(block.text)
    }
    #expect(found, "\(block) is in no file of policies/")
  }

  /// Pages that may still be missing.
  private static let optional: Set<String> = [
    "language.md", "tutorial.md", "performance.md", "diagnostics", "reference",
  ]

  /// Relative links lead somewhere.
  @Test(arguments: DocumentPage.covered)
  func links(_ page: String) throws {
    let folder = DocumentPage.root.appending(path: page).deletingLastPathComponent()
    let text = try String(contentsOf: DocumentPage.root.appending(path: page), encoding: .utf8)
    for match in text.matches(of: #/\]\(([^)#:]+)(#[^)]*)?\)/#) {
      if Self.optional.contains(where: { match.1.split(separator: "/").contains(Substring($0)) }) { continue }
      let target = folder.appending(path: String(match.1).removingPercentEncoding ?? String(match.1))
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(match.1) is not there")
    }
  }

  @Test func thereAreTranscripts() { #expect(DocumentPage.blocks(tagged: "console").count >= 10) }
}
