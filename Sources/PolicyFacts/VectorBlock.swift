package import PolicyDiagnostics
package import PolicyIR

/// The rows between two places of a table, their facts in vectors; its memory serves one block after another.
package final class VectorBlock {
  /// The text of the block, which rows point into, with bytes behind its end that nothing points to.
  package internal(set) var text: [UInt8] = []
  package internal(set) var rows: [Row] = []
  /// What the rows say of subjects of the table's kind.
  package let facts: RowVectors
  /// By slot of the table's kind.
  package var vectors: [FactVector] { facts.vectors }
  /// What is to be said of rows that are not plain.
  package internal(set) var apart: [TableBlock.Row] = []
  /// Subjects that vectors don't hold whole, by row.
  var subjects: [Int: Subject] = [:]
  /// Warnings and errors, by place.
  package internal(set) var remarks: [TableBlock.Remark] = []
  /// The line of a quote that never ends.
  package internal(set) var openQuote: Int?

  /// One record.
  package struct Row {
    /// Where it stands in `text`, without its line end.
    package var start: Int32
    package var end: Int32
    /// The place in `apart`; −1 of a plain row, which has a subject and as many cells as the header.
    package var apart: Int32 = -1
  }

  init(_ facts: RowVectors) { self.facts = facts }

  func begin() {
    rows.removeAll(keepingCapacity: true)
    apart.removeAll(keepingCapacity: true)
    subjects.removeAll(keepingCapacity: true)
    remarks.removeAll(keepingCapacity: true)
    openQuote = nil
  }

  /// Puts the facts of a subject into the vectors.
  func set(_ subject: Subject, at row: Int) {
    for (slot, vector) in vectors.enumerated() {
      let fact = slot < subject.facts.count ? subject.facts[slot] : .missing
      vector.set(FactVector.number(for: fact, vector.type), at: row)
    }
    subjects[row] = subject
  }

  /// What is to be said of a row; nil where it is plain.
  package func other(_ row: Int) -> TableBlock.Row? {
    let place = rows[row].apart
    return place < 0 ? nil : apart[Int(place)]
  }

  /// The subject of a row that is not plain; nil where it has none, or stands in the vectors.
  package func apartSubject(_ row: Int) -> Subject? { rows[row].apart < 0 ? nil : subjects[row] }

  /// Says of a row that is not plain that something of it could not be read.
  package func mark(_ row: Int, _ message: Bilingual) {
    guard rows.indices.contains(row), rows[row].apart >= 0 else { return }
    let place = Int(rows[row].apart)
    apart[place].remarks.append(message)
    apart[place].isFaulty = true
  }

  /// Whether a row has a subject.
  package func hasSubject(_ row: Int) -> Bool { rows[row].apart < 0 || subjects[row] != nil }

  /// Whether a row has a subject of a kind.
  ///
  /// - Requires: plain rows are of this kind.
  package func hasSubject(_ row: Int, of kind: KindID) -> Bool { rows[row].apart < 0 || subjects[row]?.kind == kind }
}
