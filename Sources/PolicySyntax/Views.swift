package import PolicyText

/// A rule file with its tree, and typed views of what is in it.
///
/// A class, because every view of it holds it: copying a view then costs one count.
package final class SyntaxFile: Sendable {
  package let id: FileID
  package let source: SourceFile
  package let tree: SyntaxTree
  private let outline: [BlockOutline]

  package init(id: FileID, source: SourceFile, tree: SyntaxTree) {
    self.id = id
    self.source = source
    self.tree = tree
    outline = tree.outline
  }

  /// The blocks in written order.
  package var blocks: [BlockView] { outline.map { BlockView(file: self, outline: $0) } }

  /// The text of a node without the white space around it.
  package func text(_ node: Int) -> String { String(decoding: bytes(node), as: UTF8.self) }

  /// The bytes of a node.
  package func bytes(_ node: Int) -> ArraySlice<UInt8> {
    let entry = tree[node]
    return source.bytes[Int(entry.start)..<Int(entry.end)]
  }

  package func span(_ node: Int) -> Span { tree.span(node) }

  /// A node's children without trivia.
  package func significant(_ node: Int) -> Significant { Significant(tree.children(of: node)) }

  /// Siblings without trivia, in order; going over them allocates nothing.
  package struct Significant: Sequence, IteratorProtocol {
    private var siblings: SyntaxTree.Children

    init(_ siblings: SyntaxTree.Children) { self.siblings = siblings }

    package mutating func next() -> Int? {
      while let sibling = siblings.next() {
        if !siblings.nodes[sibling].kind.isTrivia { return sibling }
      }
      return nil
    }
  }

  /// A node's children of one kind.
  package func children(_ node: Int, _ kind: SyntaxKind) -> [Int] {
    var result: [Int] = []
    var last: Int?
    while let child = self.child(node, kind, after: last) {
      result.append(child)
      last = child
    }
    return result
  }

  /// A node's first child of a kind, or the next one after a child.
  package func child(_ node: Int, _ kind: SyntaxKind, after last: Int? = nil) -> Int? {
    let nodes = tree.nodes
    var child = last.map { Int(nodes[$0].next) } ?? node + 1
    let end = Int(nodes[node].next)
    while child < end {
      if nodes[child].kind == kind { return child }
      child = Int(nodes[child].next)
    }
    return nil
  }

  /// A node's first child without trivia.
  package func firstSignificant(_ node: Int) -> Int? {
    let nodes = tree.nodes
    var child = node + 1
    let end = Int(nodes[node].next)
    while child < end, nodes[child].kind.isTrivia { child = Int(nodes[child].next) }
    return child < end ? child : nil
  }

  /// The words inside a quote token, its marks left out.
  package func quotedText(_ node: Int) -> String {
    var words = bytes(node)
    if words.starts(with: "“".utf8) {
      words = words.dropFirst(3)
    } else if words.first == 0x22 {
      words = words.dropFirst()
    }
    if words.suffix(3).elementsEqual("”".utf8) {
      words = words.dropLast(3)
    } else if words.last == 0x22 {
      words = words.dropLast()
    }
    return String(decoding: words, as: UTF8.self)
  }
}

/// A block of a tree, and a bit for the labels of its lines, by their number modulo 64: most labels that are asked for are not
/// there.
private struct BlockOutline: Sendable {
  let node: Int
  let labels: UInt64
}

extension SyntaxTree {
  fileprivate var outline: [BlockOutline] {
    guard let root = nodes.first else { return [] }
    var outline: [BlockOutline] = []
    var block = 1
    while block < Int(root.next) {
      if nodes[block].kind == .block {
        var labels: UInt64 = 0
        var child = block + 1
        while child < Int(nodes[block].next) {
          if nodes[child].kind == .line { labels |= 1 << UInt64(nodes[child].detail & 63) }
          child = Int(nodes[child].next)
        }
        outline.append(BlockOutline(node: block, labels: labels))
      }
      block = Int(nodes[block].next)
    }
    return outline
  }
}

/// A block: its head and its lines.
package struct BlockView: Sendable {
  package let file: SyntaxFile
  private let outline: BlockOutline

  fileprivate init(file: SyntaxFile, outline: BlockOutline) {
    self.file = file
    self.outline = outline
  }

  package var node: Int { outline.node }

  package var keyword: Keyword { Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[node].detail))! }

  /// The head node.
  package var head: Int { file.firstSignificant(node) ?? node }

  /// The name token of the head; nil where it is missing.
  package var name: Int? { file.child(head, .name) }

  /// The content in brackets after the name.
  package var parameter: Int? {
    file.child(head, .group).flatMap { file.child($0, .content) }
  }

  /// The contents of the head: what stands in place of a name, and what follows the colon.
  package var headContents: [Int] { file.children(head, .content) }

  /// The content after the head's colon.
  package var headItems: Int? {
    file.child(head, .punctuation).flatMap { file.child(head, .content, after: $0) }
  }

  package var lines: Lines { Lines(block: self) }

  /// The lines of a block, in order.
  package struct Lines: Sequence, IteratorProtocol {
    private let file: SyntaxFile
    private var child: Int
    private let end: Int

    init(block: BlockView) {
      file = block.file
      child = block.node + 1
      end = Int(file.tree[block.node].next)
    }

    package mutating func next() -> LineView? {
      while child < end {
        let node = child
        let entry = file.tree[node]
        child = Int(entry.next)
        if entry.kind == .line { return LineView(file: file, node: node) }
      }
      return nil
    }
  }

  /// Table rows, each with its cells' contents; nil for an empty or — cell.
  package var rows: [(node: Int, cells: [Int])] {
    file.children(node, .row).map { ($0, file.children($0, .cell)) }
  }

  package func line(_ keyword: Keyword) -> LineView? { line(keyword, after: nil) }

  package func lines(_ keyword: Keyword) -> [LineView] {
    var result: [LineView] = []
    guard mayHold(keyword) else { return result }
    while let line = line(keyword, after: result.last?.node) { result.append(line) }
    return result
  }

  private func mayHold(_ keyword: Keyword) -> Bool { outline.labels >> UInt64(keyword.rawValue & 63) & 1 == 1 }

  /// The first line with a label behind a child of the block.
  private func line(_ keyword: Keyword, after last: Int?) -> LineView? {
    guard mayHold(keyword) else { return nil }
    let nodes = file.tree.nodes
    var child = last.map { Int(nodes[$0].next) } ?? node + 1
    let end = Int(nodes[node].next)
    while child < end {
      let entry = nodes[child]
      if entry.kind == .line, entry.detail == UInt32(keyword.rawValue) { return LineView(file: file, node: child) }
      child = Int(entry.next)
    }
    return nil
  }

  package var span: Span { file.span(head) }

  /// Whether a line of it could not be read, so that what seems to be missing may stand there misspelt.
  package var hasUnreadableLines: Bool {
    file.significant(node).contains { child in
      if file.tree[child].kind == .unexpected { return true }
      guard file.tree[child].kind == .line, let label = file.firstSignificant(child) else { return false }
      return file.significant(label).contains { file.tree[$0].kind == .unreadable }
    }
  }
}

/// A labelled line.
package struct LineView: Sendable {
  package let file: SyntaxFile
  package let node: Int

  package var keyword: Keyword? {
    let detail = file.tree[node].detail
    return detail < 256 ? Keyword(rawValue: UInt8(detail)) : nil
  }
  package var isForce: Bool { file.tree[node].detail == SyntaxTree.forceLine }
  package var isName: Bool { file.tree[node].detail == SyntaxTree.nameLine }

  package var label: Int { file.firstSignificant(node)! }
  package var content: Int? { file.child(node, .content) }
  package var span: Span { file.span(node) }

  /// The items of the content.
  package var items: [ItemView] { content.map { file.items($0) } ?? [] }

  /// The first item of the content.
  package var firstItem: ItemView? {
    content.flatMap { content in
      file.child(content, .item).map { item in
        ItemView(
          file: file, node: item, words: NodeList(file.significant(item)),
          separator: file.separator(before: item, in: content))
      }
    }
  }

  /// The name tokens of the label.
  package var labelNames: [Int] { file.children(label, .name) }
}

/// One item: a row of words between separators.
package struct ItemView: Sendable {
  package let file: SyntaxFile
  package let node: Int
  /// Token and node indices without trivia.
  package let words: NodeList
  /// The punctuation before it (，、；), 0 for the first.
  package let separator: UInt32

  package var span: Span { file.span(node) }
  package func kind(_ index: Int) -> SyntaxKind? { index < words.count ? file.tree[words[index]].kind : nil }
  package func keyword(_ index: Int) -> Keyword? {
    guard index < words.count, file.tree[words[index]].kind == .keyword else { return nil }
    return Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[words[index]].detail))
  }
  /// The vocabulary number of a name.
  package func name(_ index: Int) -> Int? {
    guard index < words.count else { return nil }
    let word = file.tree[words[index]]
    guard word.kind == .name || word.kind == .quotedName, word.detail != .max else { return nil }
    return Int(word.detail)
  }
  package func quoted(_ index: Int) -> String? { kind(index) == .quoted ? file.quotedText(words[index]) : nil }
  package func text(_ index: Int) -> String { file.text(words[index]) }
  /// Whether the parser could make nothing of one of its words, and said so.
  package var isUnreadable: Bool { words.contains { file.tree[$0].kind == .unreadable } }
  package func span(_ index: Int) -> Span { file.span(words[index]) }
}

extension SyntaxFile {
  /// The items of a content.
  package func items(_ content: Int) -> [ItemView] {
    var items: [ItemView] = []
    var separator: UInt32 = 0
    for child in significant(content) {
      if tree[child].kind == .item {
        items.append(ItemView(file: self, node: child, words: NodeList(significant(child)), separator: separator))
      } else if tree[child].kind == .punctuation {
        separator = tree[child].detail
      }
    }
    return items
  }

  /// The last punctuation before an item of a content, 0 for none.
  func separator(before item: Int, in content: Int) -> UInt32 {
    var separator: UInt32 = 0
    var last: Int?
    while let mark = child(content, .punctuation, after: last), mark < item {
      separator = tree[mark].detail
      last = mark
    }
    return separator
  }

  /// The items inside a bracket.
  package func groupItems(_ group: Int) -> [ItemView] { items(group) }
}
