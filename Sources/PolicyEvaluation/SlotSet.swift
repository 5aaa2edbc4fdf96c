/// A set of slots of an engine's registry, by its number among the registry's `SlotSets`: equal sets are equal numbers.
package struct SlotSet: Hashable, Sendable {
  var number: Int32

  /// The empty set.
  @inline(__always)
  package static var empty: SlotSet { SlotSet(number: 0) }

  @inline(__always)
  package var isEmpty: Bool { number == 0 }
}

/// The sets of slots that an engine has met, each once, with the unions that were asked for last.
///
/// A set stays valid from subject to subject, so that what was joined once is found by two numbers.
package struct SlotSets: Sendable {
  /// The slots of each set, ascending.
  private(set) var lists: [[Int32]] = [[]]
  private var numbers: [[Int32]: Int32] = [[]: 0]
  /// The set of each slot alone; −1 where nobody asked.
  private var singles: [Int32] = []
  private var unions = [Union](repeating: Union(), count: Self.remembered)

  package init() {}

  /// How many unions are remembered; a later one takes the place of an earlier one.
  private static var remembered: Int { 1024 }

  private struct Union: Sendable {
    var first: Int32 = -1
    var second: Int32 = -1
    var union: Int32 = 0
  }

  /// The number of sets.
  package var count: Int { lists.count }

  /// The slots of a set, ascending.
  package subscript(set: SlotSet) -> [Int32] { lists[Int(set.number)] }

  /// Whether a slot is in a set.
  func contains(_ slot: Int32, in set: SlotSet) -> Bool { lists[Int(set.number)].contains(slot) }

  /// The set with one slot.
  package mutating func single(_ slot: Int32) -> SlotSet {
    while singles.count <= Int(slot) { singles.append(-1) }
    if singles[Int(slot)] < 0 { singles[Int(slot)] = number(of: [slot]) }
    return SlotSet(number: singles[Int(slot)])
  }

  /// Both sets together.
  @inline(__always)
  package mutating func union(_ a: SlotSet, _ b: SlotSet) -> SlotSet {
    if a == b || b.isEmpty { return a }
    return a.isEmpty ? b : remembered(min(a.number, b.number), max(a.number, b.number))
  }

  private mutating func remembered(_ first: Int32, _ second: Int32) -> SlotSet {
    let mixed = UInt32(bitPattern: first) &* 0x9E37_79B1 &+ UInt32(bitPattern: second) &* 0x85EB_CA77
    let place = Int(mixed >> 22) & (Self.remembered - 1)
    let known = unions[place]
    if known.first == first, known.second == second { return SlotSet(number: known.union) }
    let union = number(of: merged(lists[Int(first)], lists[Int(second)]))
    unions[place] = Union(first: first, second: second, union: union)
    return SlotSet(number: union)
  }

  private func merged(_ one: [Int32], _ two: [Int32]) -> [Int32] {
    var merged: [Int32] = []
    merged.reserveCapacity(one.count + two.count)
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
    return merged
  }

  private mutating func number(of slots: [Int32]) -> Int32 {
    if let number = numbers[slots] { return number }
    let number = Int32(lists.count)
    lists.append(slots)
    numbers[slots] = number
    return number
  }
}
