import PolicyEvaluation
import PolicyPlans

extension Chunk {
  /// The set with a step's reason.
  func because(_ number: Int32) -> SlotSet { reasoning.single(program.ranks[Int(number)]) }

  /// Why a truth is unknown for a row: down the unknown operands to the facts that aren't known; empty where it is known.
  func reasons(of step: Int32, _ row: Int) -> SlotSet {
    if isSet(known, step, row) { return .empty }
    switch program.truths[Int(step)] {
    case .constant(_, let reason): return reason < 0 ? .empty : because(reason)
    case .field(let slot), .quantity(let slot, _, _, _), .date(let slot, _, _): return lacking(slot, row)
    case .option(let slot, _, let open, let reasons):
      guard let value = option(slot, row) else { return lacking(slot, row) }
      return open.firstIndex(of: value).map { because(reasons[$0]) } ?? .empty
    case .dates(let one, _, let two):
      let (one, two) = (lacking(one, row), lacking(two, row))
      return reasoning.union(one, two)
    case .values(let one, _, let two): return reasons(ofValues: one, two, row)
    case .all(let operands), .any(let operands), .atLeast(_, let operands): return reasons(of: operands, row)
    case .negation(let operand): return reasons(of: operand, row)
    case .choose(let test, let then, let otherwise):
      let isOpen = !isSet(known, test, row)
      let isYes = isSet(yes, test, row)
      return reasons(of: [test] + (isOpen || isYes ? [then] : []) + (isOpen || !isYes ? [otherwise] : []), row)
    case .holds(let object, let conditions): return reasons(of: [object, conditions], row)
    }
  }

  /// Why two values aren't known.
  func reasons(ofValues one: Int32, _ two: Int32, _ row: Int) -> SlotSet {
    let (one, two) = (cell(one, row), cell(two, row))
    return reasoning.union(one.reasons, two.reasons)
  }

  private func reasons(of steps: [Int32], _ row: Int) -> SlotSet {
    var all = SlotSet.empty
    for step in steps {
      let own = reasons(of: step, row)
      all = reasoning.union(all, own)
    }
    return all
  }

  /// Whether a row is set in the plane of a step.
  func isSet(_ plane: UnsafeMutablePointer<UInt64>, _ step: Int32, _ row: Int) -> Bool {
    plane[self.plane(step) + row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  /// The value of an option; nil where it isn't known.
  private func option(_ slot: Int, _ row: Int) -> Int32? {
    let (word, shift) = (first + row >> 6, UInt64(row & 63))
    let (memory, planes) = (columns[slot].memory, columns[slot].planes)
    guard memory.known[word] >> shift & 1 == 1 else { return nil }
    var value: Int32 = 0
    for plane in 0..<planes where memory.bits[plane * memory.words + word] >> shift & 1 == 1 {
      value |= 1 << Int32(plane)
    }
    return value
  }

  /// Why a fact isn't known; empty where it is.
  func lacking(_ slot: Int, _ row: Int) -> SlotSet {
    let (memory, word, shift) = (columns[slot].memory, first + row >> 6, UInt64(row & 63))
    if (memory.known[word] | memory.notApplicable[word]) >> shift & 1 == 1 { return .empty }
    return because(memory.notKnown[word] >> shift & 1 == 1 ? program.notKnown[slot] : program.missing[slot])
  }
}
