/// The indices of some nodes; up to four, which nearly all lists have, take no memory of their own.
package struct NodeList: RandomAccessCollection, Sendable {
  private var first = SIMD4<UInt32>()
  private var others: [Int] = []
  package private(set) var endIndex = 0
  package var startIndex: Int { 0 }

  init(_ nodes: SyntaxFile.Significant) {
    for node in nodes { append(node) }
  }

  private mutating func append(_ node: Int) {
    if endIndex < 4 { first[endIndex] = UInt32(node) } else { others.append(node) }
    endIndex += 1
  }

  /// The children of a node that are no tokens.
  package init(operandsOf node: Int, in file: SyntaxFile) {
    for child in file.tree.children(of: node) where !file.tree[child].kind.isToken { append(child) }
  }

  package subscript(position: Int) -> Int {
    precondition(position < endIndex)
    return position < 4 ? Int(first[position]) : others[position - 4]
  }
}
