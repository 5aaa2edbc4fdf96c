package import PolicyIR
import PolicyValues

/// Subjects of one kind in columns: a bit plane or an array for each field, with planes for what is known and 不适用.
///
/// A fact that a column can't hold (a related subject, a text, a number finer than a ten-thousandth) is marked odd; whoever reads such a row
/// asks the interpreter.
package struct ColumnTable: Sendable {
  package let kind: KindID
  /// The number of subjects.
  package private(set) var count = 0
  private(set) var columns: [Column]

  /// An empty table for subjects of a kind.
  package init(_ kind: KindID, in program: Program) {
    self.kind = kind
    columns = program.kinds[kind].fields.map { Column(program.fields[$0].type, in: program) }
  }

  /// Adds a subject.
  ///
  /// - Requires: it is of the table's kind.
  package mutating func append(_ subject: Subject) {
    for slot in columns.indices {
      columns[slot].makeRoom(rows: count + 1)
      columns[slot].set(slot < subject.facts.count ? subject.facts[slot] : .missing, at: count)
    }
    count += 1
  }

  /// Takes the first rows of vectors, one for each slot, in place of its own subjects.
  package mutating func take(_ vectors: [FactVector], rows: Int) {
    for slot in columns.indices { columns[slot].take(vectors[slot], rows: rows) }
    count = rows
  }

  /// Forgets the subjects and keeps the memory.
  package mutating func removeAll() {
    count = 0
    for slot in columns.indices { columns[slot].removeAll() }
  }
}
