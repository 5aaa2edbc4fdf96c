import Foundation

/// A page of the documentation with its fenced blocks.
struct DocumentPage {
  /// One fenced block: its tag, the line of its fence, and its lines.
  struct Block: CustomStringConvertible {
    var page: String
    var tag: String
    /// The line of the opening fence, from 1.
    var line: Int
    var lines: [String]

    var description: String { "\(page):\(line)" }
    var text: String { lines.joined(separator: "\n") }
  }

  /// The folder that holds `Package.swift`, in which commands run.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The pages whose blocks are run.
  static let covered: [String] =
    ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"]
    + ["architecture", "command-line", "contributing", "language", "repl", "tutorial"].map { "docs/\($0).md" }
    + decisions

  private static let decisions: [String] = {
    let folder = root.appending(path: "docs/decisions")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/decisions/" + $0 }
  }()

  let path: String
  private(set) var lines: [String]
  let blocks: [Block]

  init(_ path: String) throws {
    self.path = path
    lines = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8).components(separatedBy: "\n")
    var blocks: [Block] = []
    var open: Block?
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(block)
          open = nil
        } else {
          open = Block(page: path, tag: String(line.dropFirst(3)), line: index + 1, lines: [])
        }
      } else {
        open?.lines.append(line)
      }
    }
    self.blocks = blocks
  }

  /// Every block with a tag, of all covered pages.
  static func blocks(tagged tag: String) -> [Block] {
    covered.flatMap { page in (try? DocumentPage(page))?.blocks.filter { $0.tag == tag } ?? [] }
  }

  /// Puts other lines into a block on disk.
  static func rewrite(_ block: Block, _ lines: [String]) throws {
    let url = root.appending(path: block.page)
    let old = "```\(block.tag)\n" + block.text + "\n```"
    let new = "```\(block.tag)\n" + lines.joined(separator: "\n") + "\n```"
    let text = try String(contentsOf: url, encoding: .utf8)
    try text.replacing(old, with: new, maxReplacements: 1).write(to: url, atomically: true, encoding: .utf8)
  }
}
