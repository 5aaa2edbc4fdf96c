/// The facts of rows about subjects of one kind, a vector for each slot, with the related subjects that the rows describe.
package final class RowVectors {
  package let vectors: [FactVector]
  /// By slot; nil where no related subject is described.
  package let related: [RelatedRows?]
  /// The numbers of the vectors, valid as long as this.
  package let numbers: UnsafeMutablePointer<FactNumbers>

  package init(_ vectors: [FactVector], related: [RelatedRows?]) {
    (self.vectors, self.related) = (vectors, related)
    numbers = .allocate(capacity: max(1, vectors.count))
    for (slot, vector) in vectors.enumerated() { (numbers + slot).initialize(to: vector.numbers) }
  }

  deinit { numbers.deallocate() }

  /// Whether anything is said of a row.
  package func isThere(at row: Int) -> Bool {
    vectors.contains { $0.number(at: row) != FactVector.State.missing.wide }
  }

  /// Forgets what is said of rows, related subjects included.
  package func clear(_ rows: Range<Int>) {
    for vector in vectors { vector.clear(rows) }
    for case let other? in related {
      other.complete?.clear(rows)
      for item in other.items { item.facts.clear(rows) }
    }
  }

  /// The related subjects of a row in one slot, as the places of those that it describes, and whether they are all; nil where it says
  /// nothing of any, or that nothing is known.
  package func members(in slot: Int, at row: Int) -> (places: [Int], isComplete: Bool)? {
    let own = vectors[slot].number(at: row)
    // 无
    if own >= FactVector.leastWide { return own == 0 ? ([], true) : nil }
    guard let others = related[slot] else { return nil }
    let places = others.items.indices.filter { others.items[$0].facts.isThere(at: row) }
    return places.isEmpty ? nil : (places, others.complete?.number(at: row) == 1)
  }
}

/// The related subjects of one field that rows describe.
package struct RelatedRows {
  package let kind: KindID
  package let isMany: Bool
  /// By number.
  package let items: [Item]
  /// Whether they are all, where a column says so.
  package let complete: FactVector?

  package init(kind: KindID, isMany: Bool, items: [Item], complete: FactVector?) {
    (self.kind, self.isMany, self.items, self.complete) = (kind, isMany, items, complete)
  }

  /// One related subject of each row, or none.
  package struct Item {
    package let number: Int
    /// What it is called.
    package let name: String
    package let facts: RowVectors

    package init(number: Int, name: String, facts: RowVectors) {
      (self.number, self.name, self.facts) = (number, name, facts)
    }
  }

  /// The facts of the subject of a number.
  package func item(_ number: Int) -> RowVectors? { items.first { $0.number == number }?.facts }
}
