import CPlanes
import PolicyEvaluation
import PolicyIR
import PolicyPlans
import PolicyValues

extension Chunk {
  /// Computes a truth step for the rows of the chunk.
  func compute(_ number: Int32, _ step: TruthStep) {
    switch step {
    case .constant(let truth, _):
      fold(number, [], from: (truth == nil ? 0 : .max, truth == true ? .max : 0)) { one, _ in one }
    case .field(let slot): field(number, columns[slot].memory)
    case .option(let slot, let yes, let open, _): option(number, columns[slot], yes, open)
    case .quantity(let slot, let comparison, let literal, let settled):
      let memory = columns[slot].memory
      let (comparison, whole) = comparison.whole(literal)
      let (relation, isTurned) = comparison.relation
      planes_compare_64(memory.numbers + first * 64, count, relation, whole, yes + plane(number))
      compared(number, memory, isTurned, settled)
    case .date(let slot, let comparison, let day):
      let memory = columns[slot].memory
      let (relation, isTurned) = comparison.relation
      planes_compare_32(memory.days + first * 64, count, relation, day.dayNumber, yes + plane(number))
      compared(number, memory, isTurned, false)
    case .dates(let one, let comparison, let two): dates(number, columns[one].memory, columns[two].memory, comparison)
    case .values(let one, let comparison, let two): compare(number, one, two, comparison)
    case .all(let operands):
      fold(number, operands, from: (.max, .max)) { one, two in
        let no = (one.known & ~one.yes) | (two.known & ~two.yes)
        return (no | one.known & two.known, one.yes & two.yes)
      }
    case .any(let operands):
      fold(number, operands, from: (.max, 0)) { one, two in
        let yes = one.yes | two.yes
        return (yes | one.known & two.known, yes)
      }
    case .negation(let operand):
      fold(number, [operand], from: (0, 0)) { _, two in (two.known, two.known & ~two.yes) }
    case .atLeast(let least, let operands): atLeast(number, least, operands)
    case .choose(let test, let then, let otherwise): choose(number, test, then, otherwise)
    case .holds(let object, let conditions): holds(number, object, conditions)
    }
  }

  private func field(_ number: Int32, _ memory: ColumnMemory) {
    let (isKnown, notApplicable, bits) = (memory.known + first, memory.notApplicable + first, memory.bits + first)
    set(number) { word in (isKnown[word] | notApplicable[word], isKnown[word] & bits[word]) }
  }

  private func option(_ number: Int32, _ column: Column, _ values: [Int32], _ open: [Int32]) {
    let memory = column.memory
    let (isKnown, notApplicable) = (memory.known + first, memory.notApplicable + first)
    let (known, yes) = (known + plane(number), yes + plane(number))
    for word in 0..<count { known[word] = isKnown[word] | notApplicable[word] }
    yes.update(repeating: 0, count: count)
    for value in values { rows(of: value, column) { word, rows in yes[word] |= rows } }
    for value in open { rows(of: value, column) { word, rows in known[word] &= ~rows } }
  }

  /// The rows in which an option is known to have a value, word by word.
  @inline(__always)
  func rows(of value: Int32, _ column: Column, _ body: (_ word: Int, _ rows: UInt64) -> Void) {
    let memory = column.memory
    let (isKnown, count, scratch) = (memory.known + first, count, scratch)
    func bits(_ plane: Int) -> (UnsafeMutablePointer<UInt64>, mask: UInt64) {
      // A plane in which the value has a zero counts turned over.
      (memory.bits + plane * memory.words + first, value >> Int32(plane) & 1 == 1 ? 0 : .max)
    }
    // Few planes at once, so that rows stay in registers.
    switch column.planes {
    case 0: for word in 0..<count { body(word, isKnown[word]) }
    case 1:
      let a = bits(0)
      for word in 0..<count { body(word, isKnown[word] & (a.0[word] ^ a.mask)) }
    case 2:
      let (a, b) = (bits(0), bits(1))
      for word in 0..<count { body(word, isKnown[word] & (a.0[word] ^ a.mask) & (b.0[word] ^ b.mask)) }
    case 3:
      let (a, b, c) = (bits(0), bits(1), bits(2))
      for word in 0..<count {
        body(word, isKnown[word] & (a.0[word] ^ a.mask) & (b.0[word] ^ b.mask) & (c.0[word] ^ c.mask))
      }
    default:
      scratch.update(from: isKnown, count: count)
      for plane in 0..<column.planes {
        let some = bits(plane)
        for word in 0..<count { scratch[word] &= some.0[word] ^ some.mask }
      }
      for word in 0..<count { body(word, scratch[word]) }
    }
  }

  /// Ends a comparison of a column's numbers, which stands in the plane of yes.
  private func compared(_ number: Int32, _ memory: ColumnMemory, _ isTurned: Bool, _ settled: Bool) {
    let (isKnown, notApplicable) = (memory.known + first, memory.notApplicable + first)
    let turned: UInt64 = isTurned ? .max : 0
    let (always, yes) = (settled ? UInt64.max : 0, yes + plane(number))
    set(number) { word in
      (isKnown[word] | notApplicable[word] | always, isKnown[word] & (yes[word] ^ turned))
    }
  }

  private func dates(_ number: Int32, _ one: ColumnMemory, _ two: ColumnMemory, _ comparison: Expression.Comparison) {
    let (left, right, first) = (one.days + first * 64, two.days + first * 64, first)
    set(number) { word in
      let known = one.known[first + word] & two.known[first + word]
      let yes = known & packed(word * 64) { comparison.holds(left[$0], right[$0]) }
      return (known | one.notApplicable[first + word] | two.notApplicable[first + word], yes)
    }
  }

  private func compare(_ number: Int32, _ one: Int32, _ two: Int32, _ comparison: Expression.Comparison) {
    let (left, right) = (numbers + Int(one) * Self.size, numbers + Int(two) * Self.size)
    let (leftPlane, rightPlane) = (exact + plane(one), exact + plane(two))
    set(number) { word in
      let known = leftPlane[word] & rightPlane[word]
      return (known, known & packed(word * 64) { comparison.holds(left[$0], right[$0]) })
    }
    for word in 0..<count {
      var rows = wanted[word] & ~known[plane(number) + word]
      while rows != 0 {
        let bit = rows.trailingZeroBitCount
        rows &= rows - 1
        decide(number, one, two, comparison, word, bit)
      }
    }
  }

  /// Decides a comparison for a row by what is known of its sides.
  private func decide(
    _ number: Int32, _ one: Int32, _ two: Int32, _ comparison: Expression.Comparison, _ word: Int, _ bit: Int
  ) {
    let mask = UInt64(1) << UInt64(bit)
    reasoning.isUnsure = false
    let (one, two) = (cell(one, word * 64 + bit), cell(two, word * 64 + bit))
    let tri = reasoning.compare(one, two, comparison, option: -1)
    if reasoning.isUnsure {
      unsure[word] |= mask
    } else if tri.state != .unknown {
      known[plane(number) + word] |= mask
      if tri.state == .yes { yes[plane(number) + word] |= mask }
    }
  }

  /// For each count up to the least: the rows that surely reach it, and those that may.
  private func atLeast(_ number: Int32, _ least: Int, _ operands: [Int32]) {
    if least <= 0 || least > operands.count { return compute(number, .constant(least <= 0, reason: -1)) }
    let starts = operands.map { plane($0) }
    set(number) { word in
      var sure = [UInt64](repeating: 0, count: least + 1)
      var possible = sure
      (sure[0], possible[0]) = (.max, .max)
      for start in starts {
        let holds = yes[start + word]
        let may = holds | ~known[start + word]
        for count in stride(from: least, to: 0, by: -1) {
          sure[count] |= sure[count - 1] & holds
          possible[count] |= possible[count - 1] & may
        }
      }
      return (sure[least] | ~possible[least], sure[least])
    }
  }

  private func choose(_ number: Int32, _ test: Int32, _ then: Int32, _ otherwise: Int32) {
    let (a, b, c, known, yes) = (plane(test), plane(then), plane(otherwise), known, yes)
    set(number) { word in
      let (holds, fails, open) = (yes[a + word], known[a + word] & ~yes[a + word], ~known[a + word])
      let (one, two) = (yes[b + word], yes[c + word])
      let (noOne, noTwo) = (known[b + word] & ~one, known[c + word] & ~two)
      let result = holds & one | fails & two | open & one & two
      return (result | holds & noOne | fails & noTwo | open & noOne & noTwo, result)
    }
  }

  private func holds(_ number: Int32, _ object: Int32, _ conditions: Int32) {
    let (a, b, known, yes) = (plane(object), plane(conditions), known, yes)
    set(number) { word in
      let (isObject, isNone) = (yes[a + word], known[a + word] & ~yes[a + word])
      return (isNone | isObject & known[b + word], isObject & yes[b + word])
    }
  }
}

extension Expression.Comparison {
  /// The comparison as one of the three that are computed, and whether its result is turned over.
  fileprivate var relation: (PlanesRelation, isTurned: Bool) {
    switch self {
    case .equal: (PlanesEqual, false)
    case .notEqual: (PlanesEqual, true)
    case .less: (PlanesLess, false)
    case .lessOrEqual: (PlanesGreater, true)
    case .greater: (PlanesGreater, false)
    case .greaterOrEqual: (PlanesLess, true)
    }
  }
}

/// 64 tests in a word, the first in its lowest bit.
@inline(__always)
func packed(_ start: Int, _ holds: (Int) -> Bool) -> UInt64 {
  var word: UInt64 = 0
  var row = start
  // By eights, so that shifts are by constants.
  for byte in 0..<8 {
    var bits: UInt64 = holds(row) ? 1 : 0
    bits |= holds(row &+ 1) ? 2 : 0
    bits |= holds(row &+ 2) ? 4 : 0
    bits |= holds(row &+ 3) ? 8 : 0
    bits |= holds(row &+ 4) ? 16 : 0
    bits |= holds(row &+ 5) ? 32 : 0
    bits |= holds(row &+ 6) ? 64 : 0
    bits |= holds(row &+ 7) ? 128 : 0
    word |= bits &<< UInt64(truncatingIfNeeded: byte &* 8)
    row &+= 8
  }
  return word
}
