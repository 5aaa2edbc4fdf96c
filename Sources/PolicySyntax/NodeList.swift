/// The indices of some nodes; up to four, which nearly all lists have, take no memory of their own.
package struct NodeList: RandomAccessCollection, Sendable {
  private var first = SIMD4<UInt32>()
  private var others: [Int] = []
  package private(set) var endIndex = 0
  package var startIndex: Int { 0 }

  package init(_ nodes: some Sequence<Int>) {
    for node in nodes {
      if endIndex < 4 { first[endIndex] = UInt32(node) } else { others.append(node) }
      endIndex += 1
    }
  }

  package subscript(position: Int) -> Int {
    precondition(position < endIndex)
    return position < 4 ? Int(first[position]) : others[position - 4]
  }
}
