import Foundation
import PolicyDiagnostics
import PolicySyntax
import PolicyText

/// The rule files of this repository: policies, and the broken ones of the fixtures.
enum RuleFiles {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Paths below the root, in order.
  static let paths: [String] = ["policies", "Tests/Fixtures"].flatMap { folder in
    (FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.allObjects ?? [])
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".tiaoli") }.map { folder + "/" + $0 }
  }.sorted()

  static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: root.appending(path: path))) }
}

/// Reads bytes with the names that they declare themselves, and others.
func tree(_ bytes: [UInt8], names: [String] = []) -> (tree: SyntaxTree, remarks: [Diagnostic]) {
  parse(
    SourceFile(path: "例.tiaoli", bytes: bytes), id: FileID(rawValue: 0),
    vocabulary: Vocabulary(declaredNames(in: bytes) + names))
}

/// Reads a text as one expression.
func expression(_ text: String, names: [String]) -> (tree: SyntaxTree, remarks: [Diagnostic]) {
  parseExpression(SourceFile(path: "例", text: text), id: FileID(rawValue: 0), vocabulary: Vocabulary(names))
}

/// Why a tree does not hold a file whole and in order; nil if it does.
func flaw(in tree: SyntaxTree, of count: Int) -> String? {
  var offset: UInt32 = 0
  for (index, node) in tree.nodes.enumerated() {
    if node.kind.isToken {
      if node.start != offset { return "token \(index) begins at \(node.start), not at \(offset)" }
      if node.end <= node.start { return "token \(index) is empty" }
      if Int(node.next) != index + 1 { return "token \(index) has children" }
      offset = node.end
    }
    if Int(node.next) <= index || Int(node.next) > tree.nodes.count { return "node \(index) ends at \(node.next)" }
    for child in tree.children(of: index) where tree[child].next > node.next { return "node \(child) leaves \(index)" }
  }
  return Int(offset) == count ? nil : "the tokens end at \(offset) of \(count)"
}

/// The tree without white space, comments, offsets and widths: one line a node.
func shape(_ tree: SyntaxTree, _ text: String) -> String {
  let bytes = Array(text.utf8)
  func show(_ index: Int, _ depth: Int) -> String {
    let node = tree[index]
    if node.kind.isTrivia { return "" }
    var line = String(repeating: " ", count: depth) + "\(node.kind)"
    if node.kind.isToken {
      line += " " + bytes.nameKey(ByteRange(start: Int(node.start), end: Int(node.end)))
    } else {
      line += " \(node.detail)"
    }
    return line + "\n" + tree.children(of: index).map { show($0, depth + 1) }.joined()
  }
  return tree.nodes.isEmpty ? "" : show(0, 0)
}

/// Reproducible numbers for tests.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 to `limit` − 1.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }
}
