package import PolicyText

/// A rule file with its tree, and typed views of what is in it.
package struct SyntaxFile: Sendable {
  package let id: FileID
  package let source: SourceFile
  package let tree: SyntaxTree

  package init(id: FileID, source: SourceFile, tree: SyntaxTree) {
    self.id = id
    self.source = source
    self.tree = tree
  }

  /// The blocks in written order.
  package var blocks: [BlockView] {
    guard !tree.nodes.isEmpty else { return [] }
    return tree.children(of: 0).filter { tree[$0].kind == .block }.map { BlockView(file: self, node: $0) }
  }

  /// The text of a node without the white space around it.
  package func text(_ node: Int) -> String {
    let entry = tree[node]
    return String(decoding: source.bytes[Int(entry.start)..<Int(entry.end)], as: UTF8.self)
  }

  package func span(_ node: Int) -> Span { tree.span(node) }

  /// A node's children without trivia.
  package func significant(_ node: Int) -> [Int] { tree.children(of: node).filter { !tree[$0].kind.isTrivia } }

  /// The words inside a quote token, its marks left out.
  package func quotedText(_ node: Int) -> String {
    var text = Substring(text(node))
    if text.first == "“" || text.first == "\"" { text.removeFirst() }
    if text.last == "”" || text.last == "\"" { text.removeLast() }
    return String(text)
  }
}

/// A block: its head and its lines.
package struct BlockView: Sendable {
  package let file: SyntaxFile
  package let node: Int

  package var keyword: Keyword { Keyword(rawValue: UInt8(truncatingIfNeeded: file.tree[node].detail))! }

  /// The head node.
  package var head: Int { file.significant(node).first ?? node }

  /// The name token of the head; nil where it is missing.
  package var name: Int? { file.significant(head).first { file.tree[$0].kind == .name } }

  /// The content in brackets after the name.
  package var parameter: Int? {
    guard let group = file.significant(head).first(where: { file.tree[$0].kind == .group }) else { return nil }
    return file.significant(group).first { file.tree[$0].kind == .content }
  }

  /// The contents of the head: what stands in place of a name, and what follows the colon.
  package var headContents: [Int] { file.significant(head).filter { file.tree[$0].kind == .content } }

  /// The content after the head's colon.
  package var headItems: Int? {
    var afterColon = false
    for child in file.significant(head) {
      if file.tree[child].kind == .punctuation { afterColon = true }
      if afterColon, file.tree[child].kind == .content { return child }
    }
    return nil
  }

  package var lines: [LineView] {
    file.significant(node).filter { file.tree[$0].kind == .line }.map { LineView(file: file, node: $0) }
  }

  /// Table rows, each with its cells' contents; nil for an empty or — cell.
  package var rows: [(node: Int, cells: [Int])] {
    file.significant(node).filter { file.tree[$0].kind == .row }.map { row in
      (row, file.significant(row).filter { file.tree[$0].kind == .cell })
    }
  }

  package func line(_ keyword: Keyword) -> LineView? { lines.first { $0.keyword == keyword } }
  package func lines(_ keyword: Keyword) -> [LineView] { lines.filter { $0.keyword == keyword } }

  package var span: Span { file.span(head) }

  /// Whether a line of it could not be read, so that what seems to be missing may stand there misspelt.
  package var hasUnreadableLines: Bool {
    file.significant(node).contains { child in
      if file.tree[child].kind == .unexpected { return true }
      guard file.tree[child].kind == .line, let label = file.significant(child).first else { return false }
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

  package var label: Int { file.significant(node)[0] }
  package var content: Int? { file.significant(node).first { file.tree[$0].kind == .content } }
  package var span: Span { file.span(node) }

  /// The items of the content.
  package var items: [ItemView] { content.map { file.items($0) } ?? [] }

  /// The name tokens of the label.
  package var labelNames: [Int] { file.significant(label).filter { file.tree[$0].kind == .name } }
}

/// One item: a row of words between separators.
package struct ItemView: Sendable {
  package let file: SyntaxFile
  package let node: Int
  /// Token and node indices without trivia.
  package let words: [Int]
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
    guard index < words.count, [.name, .quotedName].contains(file.tree[words[index]].kind),
      file.tree[words[index]].detail != .max
    else { return nil }
    return Int(file.tree[words[index]].detail)
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
        items.append(ItemView(file: self, node: child, words: significant(child), separator: separator))
      } else if tree[child].kind == .punctuation {
        separator = tree[child].detail
      }
    }
    return items
  }

  /// The items inside a bracket.
  package func groupItems(_ group: Int) -> [ItemView] { items(group) }
}
