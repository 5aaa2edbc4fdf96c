/// Collects why a truth is unknown for one row: down the unknown operands to the facts that aren't known.
struct ReasonWalk {
  let program: ColumnProgram
  let chunk: Chunk
  let columns: [Column]
  let row: Int
  private(set) var found: Set<Int32> = []
  private var seen: Set<Int32> = []

  init(program: ColumnProgram, chunk: Chunk, columns: [Column], row: Int) {
    (self.program, self.chunk, self.columns, self.row) = (program, chunk, columns, row)
  }

  private func bit(_ plane: [UInt64], _ step: Int32) -> Bool {
    plane[chunk.plane(step) + row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  /// Adds the reasons of a step; none where it is known.
  mutating func visit(_ step: Int32) {
    if bit(chunk.known, step) || !seen.insert(step).inserted { return }
    switch program.truths[Int(step)] {
    case .constant(_, let reason): if reason >= 0 { found.insert(reason) }
    case .field(let slot), .quantity(let slot, _, _, _), .date(let slot, _, _): add(slot)
    case .option(let slot, _, let open, let reasons):
      let (word, shift) = (chunk.first + row >> 6, UInt64(row & 63))
      guard columns[slot].known[word] >> shift & 1 == 1 else { return add(slot) }
      var value: Int32 = 0
      let planes = columns[slot].planes
      for plane in 0..<planes where columns[slot].bits[word * planes + plane] >> shift & 1 == 1 {
        value |= 1 << Int32(plane)
      }
      if let place = open.firstIndex(of: value) { found.insert(reasons[place]) }
    case .dates(let one, _, let two):
      add(one)
      add(two)
    // Unknown only where the interpreter is asked.
    case .values: break
    case .all(let operands), .any(let operands), .atLeast(_, let operands): for operand in operands { visit(operand) }
    case .negation(let operand): visit(operand)
    case .choose(let test, let then, let otherwise):
      visit(test)
      let isOpen = !bit(chunk.known, test)
      if isOpen || bit(chunk.yes, test) { visit(then) }
      if isOpen || !bit(chunk.yes, test) { visit(otherwise) }
    case .holds(let object, let conditions):
      visit(object)
      visit(conditions)
    }
  }

  /// The reason of a fact that isn't known.
  private mutating func add(_ slot: Int) {
    let (word, shift) = (chunk.first + row >> 6, UInt64(row & 63))
    if (columns[slot].known[word] | columns[slot].notApplicable[word]) >> shift & 1 == 1 { return }
    found.insert(columns[slot].notKnown[word] >> shift & 1 == 1 ? program.notKnown[slot] : program.missing[slot])
  }
}
