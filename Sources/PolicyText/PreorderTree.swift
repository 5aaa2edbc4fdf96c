/// A tree as a pre-order array whose entries know where their subtree ends.
package struct PreorderTree<Element: Sendable>: Sendable {
  private struct Entry: Sendable {
    var element: Element
    var end: Int
  }

  private var entries: [Entry] = []
  private var path: [Int] = []

  /// Makes an empty tree.
  package init() {}

  /// The number of elements.
  package var count: Int { entries.count }

  /// All indexes in pre-order.
  package var indices: Range<Int> { entries.indices }

  /// The number of elements that are open.
  package var depth: Int { path.count }

  /// Adds an element whose children follow until `close()`, and returns its index.
  package mutating func open(_ element: Element) -> Int {
    let index = entries.count
    entries.append(Entry(element: element, end: -1))
    path.append(index)
    return index
  }

  /// Ends the innermost open element; without one nothing happens.
  package mutating func close() {
    guard let index = path.popLast() else { return }
    entries[index].end = entries.count
  }

  /// Adds an element without children and returns its index.
  @discardableResult
  package mutating func leaf(_ element: Element) -> Int {
    entries.append(Entry(element: element, end: entries.count + 1))
    return entries.count - 1
  }

  /// The element at an index.
  /// - Requires: `index` is in `indices`.
  package subscript(_ index: Int) -> Element {
    get { entries[index].element }
    set { entries[index].element = newValue }
  }

  /// The index behind the last descendant; for an open element, behind the last element.
  /// - Requires: `index` is in `indices`.
  package func end(of index: Int) -> Int {
    let end = entries[index].end
    return end < 0 ? entries.count : end
  }

  /// Whether an element has no children.
  /// - Requires: `index` is in `indices`.
  package func isLeaf(_ index: Int) -> Bool { end(of: index) == index + 1 }

  /// The indexes of the direct children in order.
  /// - Requires: `index` is in `indices`.
  package func children(of index: Int) -> Siblings {
    Siblings(tree: self, current: index + 1, end: end(of: index))
  }

  /// The indexes of the elements without a parent in order.
  package var roots: Siblings { Siblings(tree: self, current: 0, end: entries.count) }

  /// The indexes of elements with one parent, each found by jumping over the one before.
  package struct Siblings: Sequence, IteratorProtocol {
    fileprivate let tree: PreorderTree
    fileprivate var current: Int
    fileprivate let end: Int

    /// The next index, or nil behind the last.
    package mutating func next() -> Int? {
      guard current < end else { return nil }
      defer { current = tree.end(of: current) }
      return current
    }
  }
}
