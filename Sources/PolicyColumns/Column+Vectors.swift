import CPlanes
package import PolicyIR

extension Column {
  /// Takes the facts of the first rows of a vector in place of its own.
  ///
  /// - Requires: the rows behind them up to a multiple of 64 are missing.
  mutating func take(_ vector: FactVector, rows: Int) {
    removeAll()
    makeRoom(rows: rows)
    let words = (rows + 63) / 64
    let memory = memory
    /// Where a state stands, or nowhere.
    func mark(_ state: FactVector.State, _ plane: UnsafeMutablePointer<UInt64>) {
      if vector.isWide {
        planes_compare_64(vector.wide, words, PlanesEqual, state.wide, plane)
      } else {
        planes_compare_32(vector.small, words, PlanesEqual, state.small, plane)
      }
    }
    if vector.isWide {
      planes_compare_64(vector.wide, words, PlanesGreater, FactVector.leastWide - 1, memory.known)
    } else {
      planes_compare_32(vector.small, words, PlanesGreater, FactVector.leastSmall - 1, memory.known)
    }
    var isWhole = true
    for word in 0..<words where memory.known[word] != .max { isWhole = false }
    if !isWhole {
      mark(.notKnown, memory.notKnown)
      mark(.notApplicable, memory.notApplicable)
      mark(.odd, memory.odd)
      for word in 0..<words where memory.odd[word] != 0 { noteOdd() }
    }
    switch form {
    case .truth, .option:
      for plane in 0..<planes { planes_bit_32(vector.small, words, Int32(plane), memory.bits + plane * memory.words) }
    case .date: memory.days.update(from: vector.small, count: rows)
    case .quantity: memory.numbers.update(from: vector.wide, count: rows)
    // A vector has no values of it.
    case .none: break
    }
  }
}
