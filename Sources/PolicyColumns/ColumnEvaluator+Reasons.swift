import PolicyPlans

extension ColumnEvaluator {
  /// Collects why a truth is unknown for a row of the chunk: down the unknown operands to the facts that aren't known; nothing where it
  /// is known.
  func collectReasons(_ step: Int32, _ row: Int, into found: inout [Int32]) {
    if isSet(chunk.known, step, row) { return }
    switch program.truths[Int(step)] {
    case .constant(_, let reason): if reason >= 0 { note(reason, &found) }
    case .field(let slot), .quantity(let slot, _, _, _), .date(let slot, _, _): note(slot: slot, row, &found)
    case .option(let slot, _, let open, let reasons):
      guard let value = option(slot, row) else { return note(slot: slot, row, &found) }
      if let place = open.firstIndex(of: value) { note(reasons[place], &found) }
    case .dates(let one, _, let two):
      note(slot: one, row, &found)
      note(slot: two, row, &found)
    // Unknown only where the interpreter is asked.
    case .values: break
    case .all(let operands), .any(let operands), .atLeast(_, let operands):
      for operand in operands { collectReasons(operand, row, into: &found) }
    case .negation(let operand): collectReasons(operand, row, into: &found)
    case .choose(let test, let then, let otherwise):
      collectReasons(test, row, into: &found)
      let isOpen = !isSet(chunk.known, test, row)
      if isOpen || isSet(chunk.yes, test, row) { collectReasons(then, row, into: &found) }
      if isOpen || !isSet(chunk.yes, test, row) { collectReasons(otherwise, row, into: &found) }
    case .holds(let object, let conditions):
      collectReasons(object, row, into: &found)
      collectReasons(conditions, row, into: &found)
    }
  }

  private func isSet(_ plane: UnsafeMutablePointer<UInt64>, _ step: Int32, _ row: Int) -> Bool {
    plane[chunk.plane(step) + row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  private func note(_ number: Int32, _ found: inout [Int32]) {
    let reason = program.ranks[Int(number)]
    if !found.contains(reason) { found.append(reason) }
  }

  /// The value of an option; nil where it isn't known.
  private func option(_ slot: Int, _ row: Int) -> Int32? {
    let (word, shift) = (chunk.first + row >> 6, UInt64(row & 63))
    let (memory, planes) = (chunk.columns[slot].memory, chunk.columns[slot].planes)
    guard memory.known[word] >> shift & 1 == 1 else { return nil }
    var value: Int32 = 0
    for plane in 0..<planes where memory.bits[plane * memory.words + word] >> shift & 1 == 1 {
      value |= 1 << Int32(plane)
    }
    return value
  }

  /// Notes the reason of a fact that isn't known.
  private func note(slot: Int, _ row: Int, _ found: inout [Int32]) {
    let (word, shift) = (chunk.first + row >> 6, UInt64(row & 63))
    let memory = chunk.columns[slot].memory
    if (memory.known[word] | memory.notApplicable[word]) >> shift & 1 == 1 { return }
    note(memory.notKnown[word] >> shift & 1 == 1 ? program.notKnown[slot] : program.missing[slot], &found)
  }
}
