import PolicyEvaluation
import PolicyIR

extension Chunk {
  /// Computes a truth step for the rows of the chunk.
  mutating func compute(_ number: Int32, _ step: TruthStep, _ columns: [Column]) {
    switch step {
    case .constant(let truth, _):
      let planes: (UInt64, UInt64) = (truth == nil ? 0 : .max, truth == true ? .max : 0)
      fold(number, [], from: planes) { one, _ in one }
    case .field(let slot): field(number, columns[slot])
    case .option(let slot, let yes, let open, _): option(number, columns[slot], yes, open)
    case .quantity(let slot, let comparison, let literal, let settled):
      compare(number, columns[slot], columns[slot].numbers, comparison, literal, settled: settled)
    case .date(let slot, let comparison, let day):
      compare(number, columns[slot], columns[slot].days, comparison, day, settled: false)
    case .dates(let one, let comparison, let two): dates(number, columns[one], columns[two], comparison)
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

  private mutating func field(_ number: Int32, _ column: Column) {
    let first = first
    set(number) { word, _, _ in
      let known = column.known[first + word]
      return (known | column.notApplicable[first + word], known & column.bits[first + word])
    }
  }

  private mutating func option(_ number: Int32, _ column: Column, _ yes: [Int32], _ open: [Int32]) {
    let (first, planes) = (first, column.planes)
    // A plane where a value has a zero bit counts turned over.
    func masks(_ values: [Int32]) -> [UInt64] {
      values.flatMap { value in (0..<planes).map { value >> Int32($0) & 1 == 1 ? 0 : .max } }
    }
    let (yes, open) = ((masks(yes), yes.count), (masks(open), open.count))
    column.bits.withUnsafeBufferPointer { bits in
      column.known.withUnsafeBufferPointer { known in
        column.notApplicable.withUnsafeBufferPointer { notApplicable in
          yes.0.withUnsafeBufferPointer { yesMasks in
            open.0.withUnsafeBufferPointer { openMasks in
              set(number) { word, _, _ in
                let start = (first + word) * planes
                let known = known[first + word]
                let unsettled = rows(openMasks, open.1, bits, start, planes, known)
                return (
                  known & ~unsettled | notApplicable[first + word],
                  rows(yesMasks, yes.1, bits, start, planes, known)
                )
              }
            }
          }
        }
      }
    }
  }

  private mutating func compare<Number: FixedWidthInteger>(
    _ number: Int32, _ column: Column, _ numbers: [Number], _ comparison: Expression.Comparison, _ literal: Number,
    settled: Bool
  ) {
    switch comparison {
    case .equal: compare(number, column, numbers, settled) { $0 == literal }
    case .notEqual: compare(number, column, numbers, settled) { $0 != literal }
    case .less: compare(number, column, numbers, settled) { $0 < literal }
    case .lessOrEqual: compare(number, column, numbers, settled) { $0 <= literal }
    case .greater: compare(number, column, numbers, settled) { $0 > literal }
    case .greaterOrEqual: compare(number, column, numbers, settled) { $0 >= literal }
    }
  }

  @inline(__always)
  private mutating func compare<Number: FixedWidthInteger>(
    _ number: Int32, _ column: Column, _ numbers: [Number], _ settled: Bool, _ holds: (Number) -> Bool
  ) {
    let first = first
    numbers.withUnsafeBufferPointer { numbers in
      column.known.withUnsafeBufferPointer { known in
        column.notApplicable.withUnsafeBufferPointer { notApplicable in
          set(number) { word, _, _ in
            let known = known[first + word]
            let yes = known & packed((first + word) * 64) { holds(numbers[$0]) }
            return (settled ? .max : known | notApplicable[first + word], yes)
          }
        }
      }
    }
  }

  private mutating func dates(_ number: Int32, _ one: Column, _ two: Column, _ comparison: Expression.Comparison) {
    let first = first
    set(number) { word, _, _ in
      let known = one.known[first + word] & two.known[first + word]
      let yes = known & packed((first + word) * 64) { comparison.holds(one.days[$0], two.days[$0]) }
      return (known | one.notApplicable[first + word] | two.notApplicable[first + word], yes)
    }
  }

  private mutating func compare(_ number: Int32, _ one: Int32, _ two: Int32, _ comparison: Expression.Comparison) {
    let (left, right) = (Int(one) * Self.size, Int(two) * Self.size)
    let (leftPlane, rightPlane) = (plane(one), plane(two))
    let (numbers, exact) = (numbers, exact)
    set(number) { word, _, _ in
      let known = exact[leftPlane + word] & exact[rightPlane + word]
      return (known, known & packed(word * 64) { comparison.holds(numbers[left + $0], numbers[right + $0]) })
    }
  }

  /// For each count up to the least: the rows that surely reach it, and those that may.
  private mutating func atLeast(_ number: Int32, _ least: Int, _ operands: [Int32]) {
    if least <= 0 || least > operands.count { return compute(number, .constant(least <= 0, reason: -1), []) }
    let starts = operands.map { plane($0) }
    set(number) { word, known, yes in
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

  private mutating func choose(_ number: Int32, _ test: Int32, _ then: Int32, _ otherwise: Int32) {
    let (a, b, c) = (plane(test), plane(then), plane(otherwise))
    set(number) { word, known, yes in
      let (holds, fails, open) = (yes[a + word], known[a + word] & ~yes[a + word], ~known[a + word])
      let (one, two) = (yes[b + word], yes[c + word])
      let (noOne, noTwo) = (known[b + word] & ~one, known[c + word] & ~two)
      let result = holds & one | fails & two | open & one & two
      return (result | holds & noOne | fails & noTwo | open & noOne & noTwo, result)
    }
  }

  private mutating func holds(_ number: Int32, _ object: Int32, _ conditions: Int32) {
    let (a, b) = (plane(object), plane(conditions))
    set(number) { word, known, yes in
      let (isObject, isNone) = (yes[a + word], known[a + word] & ~yes[a + word])
      return (isNone | isObject & known[b + word], isObject & yes[b + word])
    }
  }
}

/// Of 64 rows those whose value, in planes from `start` on, is one of some, each given by a mask a plane.
@inline(__always)
private func rows(
  _ masks: UnsafeBufferPointer<UInt64>, _ values: Int, _ bits: UnsafeBufferPointer<UInt64>, _ start: Int, _ planes: Int,
  _ known: UInt64
) -> UInt64 {
  var result: UInt64 = 0
  var mask = 0
  for _ in 0..<values {
    var rows = known
    for plane in 0..<planes {
      rows &= bits[start &+ plane] ^ masks[mask]
      mask &+= 1
    }
    result |= rows
  }
  return result
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
