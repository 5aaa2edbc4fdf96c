package import PolicyText

/// What a node or a token of the tree is.
package enum SyntaxKind: UInt8, Hashable, Sendable, CaseIterable {
  // Tokens.
  case whitespace, newline, comment, punctuation, keyword, name, quotedName, numeral, unit, date, quoted, text, address
  case unreadable
  // Structure.
  case file, block, head, line, label, content, row, cell
  // Items.
  case item, group
  // Expressions.
  case disjunction, conjunction, negation, comparison, bound, membership, dateTest, elapsed, additive, multiplicative
  case adjustment, clamp, path, pointInTime, call, conditional, quantity, dateValue, nameUse, textValue, truth, holds
  case onList, rounded, parenthesised
  /// Something was expected here; always empty.
  case missing
  /// Tokens that nothing could be made of.
  case unexpected

  /// Whether leaves of this kind are part of the text and have no children.
  package var isToken: Bool { rawValue <= SyntaxKind.unreadable.rawValue }
  /// White space, line ends and comments.
  package var isTrivia: Bool { rawValue <= SyntaxKind.comment.rawValue }
}

/// One entry of the tree.
package struct SyntaxNode: Hashable, Sendable {
  package var kind: SyntaxKind
  /// For a keyword its raw value, for a name its number in the vocabulary, for a block or line the keyword that opens it.
  package var detail: UInt32
  /// UTF-8 offsets in the file.
  package var start: UInt32
  package var end: UInt32
  /// The index after the node's last descendant.
  package var next: UInt32
}

/// A lossless tree: the texts of its tokens, in order, are the file.
///
/// Nodes stand in pre-order; a node's children begin at the following index.
package struct SyntaxTree: Sendable {
  package let file: FileID
  package internal(set) var nodes: [SyntaxNode] = []
  /// Other trees for an expression that can be split into words in several ways, by the node that they could replace.
  package internal(set) var alternatives: [UInt32: [[SyntaxNode]]] = [:]

  init(file: FileID) { self.file = file }

  /// A tree of one content alone, from nodes that could replace those inside `content`.
  package init(file: FileID, contentNodes: [SyntaxNode], of content: SyntaxNode) {
    self.file = file
    var root = content
    root.next = UInt32(contentNodes.count + 1)
    nodes =
      [root]
      + contentNodes.map { node in
        var node = node
        node.next += 1
        return node
      }
  }

  /// The same tree of the same content under another number of its file.
  package init(_ other: SyntaxTree, of file: FileID) {
    self.file = file
    nodes = other.nodes
    alternatives = other.alternatives
  }

  package subscript(index: Int) -> SyntaxNode { nodes[index] }

  /// The indices of a node's children, tokens and trivia included.
  package func children(of index: Int) -> Children {
    Children(nodes: nodes, from: index + 1, to: Int(nodes[index].next))
  }

  /// The place of a node in the file.
  package func span(_ index: Int) -> Span { Span(file: file, start: nodes[index].start, end: nodes[index].end) }

  /// The indices of siblings, in order.
  package struct Children: Sequence, IteratorProtocol {
    let nodes: [SyntaxNode]
    var from: Int
    let to: Int

    package mutating func next() -> Int? {
      guard from < to else { return nil }
      defer { from = Int(nodes[from].next) }
      return from
    }
  }
}

/// Builds a tree from front to back; a node can be opened before nodes that stand already.
struct TreeBuilder {
  private(set) var nodes: [SyntaxNode] = []
  private var path: [Int] = []

  /// Where the next node will stand.
  var checkpoint: Int { nodes.count }

  mutating func open(_ kind: SyntaxKind, detail: UInt32 = 0, at offset: Int) {
    path.append(nodes.count)
    nodes.append(SyntaxNode(kind: kind, detail: detail, start: UInt32(offset), end: UInt32(offset), next: 0))
  }

  /// Opens a node that takes in everything since a checkpoint of the same parent.
  mutating func open(_ kind: SyntaxKind, detail: UInt32 = 0, before checkpoint: Int) {
    let start = checkpoint < nodes.count ? nodes[checkpoint].start : nodes.last?.end ?? 0
    nodes.insert(SyntaxNode(kind: kind, detail: detail, start: start, end: start, next: 0), at: checkpoint)
    for index in (checkpoint + 1)..<nodes.count { nodes[index].next += 1 }
    path.append(checkpoint)
  }

  mutating func token(_ kind: SyntaxKind, detail: UInt32 = 0, _ start: Int, _ end: Int) {
    nodes.append(
      SyntaxNode(kind: kind, detail: detail, start: UInt32(start), end: UInt32(end), next: UInt32(nodes.count + 1)))
  }

  mutating func close() {
    let index = path.removeLast()
    nodes[index].next = UInt32(nodes.count)
    if index + 1 < nodes.count { nodes[index].end = max(nodes[index].start, nodes[nodes.count - 1].end) }
  }

  mutating func setDetail(_ detail: UInt32, of index: Int) { nodes[index].detail = detail }

  /// The finished nodes since a checkpoint, as a tree of their own.
  func nodes(from checkpoint: Int) -> [SyntaxNode] {
    nodes[checkpoint...].map { node in
      var node = node
      node.next -= UInt32(checkpoint)
      return node
    }
  }

  /// Takes back the finished nodes since a checkpoint.
  mutating func removeNodes(from checkpoint: Int) { nodes.removeLast(nodes.count - checkpoint) }

  mutating func reserve(_ count: Int) { nodes.reserveCapacity(count) }

  /// Takes over finished nodes that were built apart.
  mutating func append(_ other: [SyntaxNode]) {
    let shift = UInt32(nodes.count)
    for var node in other {
      node.next += shift
      nodes.append(node)
    }
  }
}
