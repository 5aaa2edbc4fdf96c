/// A small set of slots of one evaluation's registry: the first 64 as bits, more in a spill that the registry holds.
package struct SlotSet: Hashable, Sendable {
  /// Slots 0…63.
  var bits: UInt64 = 0
  /// The position of the further slots in the registry's spills; −1 for none.
  var spill: Int32 = -1

  /// The empty set.
  static let empty = SlotSet()

  @inline(__always)
  var isEmpty: Bool { bits == 0 && spill < 0 }
}

/// The sets that don't fit in 64 bits; each set of slots stands here once, so that equal sets are equal values.
struct Spills: Sendable {
  private var sets: [[Int32]] = []

  mutating func removeAll() {
    if !sets.isEmpty { sets.removeAll(keepingCapacity: true) }
  }

  /// The set with one slot.
  @inline(__always)
  mutating func single(_ slot: Int) -> SlotSet {
    slot < 64 ? SlotSet(bits: 1 << UInt64(slot)) : SlotSet(bits: 0, spill: intern([Int32(slot)]))
  }

  /// Both sets together.
  @inline(__always)
  mutating func union(_ a: SlotSet, _ b: SlotSet) -> SlotSet {
    let bits = a.bits | b.bits
    if a.spill == b.spill || b.spill < 0 { return SlotSet(bits: bits, spill: a.spill) }
    if a.spill < 0 { return SlotSet(bits: bits, spill: b.spill) }
    return SlotSet(bits: bits, spill: merge(a.spill, b.spill))
  }

  /// Calls the body with each slot, ascending.
  func forEach(_ set: SlotSet, _ body: (Int) -> Void) {
    var rest = set.bits
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
    if set.spill >= 0 {
      for slot in sets[Int(set.spill)] { body(Int(slot)) }
    }
  }

  @inline(never)
  private mutating func merge(_ a: Int32, _ b: Int32) -> Int32 {
    var merged: [Int32] = []
    let (one, two) = (sets[Int(a)], sets[Int(b)])
    var (i, j) = (0, 0)
    while i < one.count || j < two.count {
      if j == two.count || (i < one.count && one[i] < two[j]) {
        merged.append(one[i])
        i += 1
      } else {
        if i < one.count, one[i] == two[j] { i += 1 }
        merged.append(two[j])
        j += 1
      }
    }
    return intern(merged)
  }

  private mutating func intern(_ slots: [Int32]) -> Int32 {
    if let index = sets.firstIndex(of: slots) { return Int32(index) }
    sets.append(slots)
    return Int32(sets.count - 1)
  }
}
