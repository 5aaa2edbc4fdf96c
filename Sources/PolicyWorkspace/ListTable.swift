/// Numbers found again by lists of numbers, at most so many: what doesn't fit isn't remembered until all is forgotten.
struct ListTable {
  private let capacity: Int
  /// The lists, one behind another.
  private var words: [Int64] = []
  private var entries: [Entry] = []
  /// Entries by the hash of their list; −1: none.
  private var slots: [Int32]

  private struct Entry {
    var start: Int32
    var count: Int32
    var number: Int32
  }

  /// How long lists are on the average, at most.
  private static var length: Int { 32 }

  init(capacity: Int) {
    self.capacity = capacity
    // A power of two, of which at most half are taken.
    slots = Array(repeating: -1, count: 2 << (Int.bitWidth - max(1, capacity - 1).leadingZeroBitCount))
  }

  var isFull: Bool { entries.count >= capacity || words.count >= capacity * Self.length }

  /// The number that was remembered with a list.
  func number(of list: [Int64]) -> Int32? {
    var place = slot(list)
    while slots[place] >= 0 {
      let entry = entries[Int(slots[place])]
      if isSame(entry, list) { return entry.number }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Remembers a number.
  ///
  /// - Requires: none is remembered with the list.
  mutating func remember(_ list: [Int64], _ number: Int32) {
    if isFull { return }
    var place = slot(list)
    while slots[place] >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = Int32(entries.count)
    entries.append(Entry(start: Int32(words.count), count: Int32(list.count), number: number))
    words += list
  }

  mutating func removeAll() {
    words.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    for place in slots.indices { slots[place] = -1 }
  }

  private func isSame(_ entry: Entry, _ list: [Int64]) -> Bool {
    guard Int(entry.count) == list.count else { return false }
    let start = Int(entry.start)
    for place in list.indices where words[start &+ place] != list[place] { return false }
    return true
  }

  private func slot(_ list: [Int64]) -> Int {
    var hash: UInt64 = 0
    for word in list {
      hash = (hash ^ UInt64(bitPattern: word)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash &>> 29
    }
    return Int(truncatingIfNeeded: (hash &* 0xBF58_476D_1CE4_E5B9) &>> 20) & (slots.count - 1)
  }
}
