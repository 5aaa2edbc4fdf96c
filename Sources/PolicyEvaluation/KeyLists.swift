/// Entries that are found by one fact each: whoever isn't found surely doesn't hold.
///
/// Of the facts that an entry asks something of, the one that leaves it the fewest values is its key. The lists of all facts stand in
/// tables one behind the other.
struct KeyLists: Sendable {
  /// One fact by which entries are found.
  private struct Key: Sendable {
    var slot: Int32
    /// Where its numbers begin among `bounds`, and how many they are; of options none.
    var bounds: Int32 = 0
    var boundCount: Int32 = 0
    /// Where its lists begin among `starts`: of an option one for each value, of a number one for each node of its tree.
    var lists: Int32 = 0
    var listCount: Int32 = 0
    /// The list of what 不适用 lies inside of, and that of all.
    var none: Int32 = 0
    var all: Int32 = 0
    var isOption: Bool
  }

  private var keys: [Key] = []
  /// The ends of intervals, ascending for each key; between two of them is a leaf of the key's segment tree, in which an interval stands
  /// at the few nodes that make it up, and a number finds its own on the way from a leaf to the root.
  private var bounds: [Int64] = []
  /// Where each list begins among `entries`, and behind the last the end.
  private var starts: [Int32] = [0]
  private var entries: [Int32] = []
  /// Entries that ask nothing of any fact.
  private var always: [Int32] = []

  /// How few entries are not worth an index.
  private static var few: Int { 4 }
  /// In how many parts the values of a fact are counted.
  private static var whole: Int { 1_000_000 }

  init(_ list: [(id: Int32, regions: Regions)]) {
    let possible = list.filter { !$0.regions.isNever }
    if possible.count <= Self.few {
      always = possible.map(\.id)
      return
    }
    var ends: [Int32: [Int64]] = [:]
    for entry in possible { for region in entry.regions.list { ends[region.slot, default: []] += region.ends } }
    for slot in ends.keys { ends[slot] = ascending(ends[slot] ?? []) }
    var byKey: [Int32: [(id: Int32, region: Region)]] = [:]
    for entry in possible {
      var best: (share: Int, region: Region)?
      for region in entry.regions.list {
        let share = Self.share(region, ends[region.slot] ?? [])
        if share < best?.share ?? Self.whole { best = (share, region) }
      }
      if let key = best?.region {
        byKey[key.slot, default: []].append((entry.id, key))
      } else {
        always.append(entry.id)
      }
    }
    for slot in byKey.keys.sorted() { add(slot, byKey[slot] ?? []) }
  }

  /// Which part of a fact's values lies in a region; of numbers, of the stretches between all ends that rules name.
  private static func share(_ region: Region, _ ends: [Int64]) -> Int {
    switch region.values {
    case .options(let bits, let count): return bits.reduce(0) { $0 + $1.nonzeroBitCount } * whole / max(count, 1)
    case .between(let low, let high):
      let (first, last) = (stretch(low, in: ends[...]), stretch(high, in: ends[...]))
      return max(last - first + 1, 0) * whole / (ends.count + 1)
    }
  }

  private mutating func add(_ slot: Int32, _ list: [(id: Int32, region: Region)]) {
    var key = Key(slot: slot, lists: Int32(starts.count - 1), isOption: false)
    var lists: [[Int32]]
    if case .options(_, let count)? = list.first?.region.values {
      key.isOption = true
      lists = Array(repeating: [], count: count)
      for (id, region) in list {
        for value in 0..<count where region.contains(Int64(value)) { lists[value].append(id) }
      }
    } else {
      let ends = ascending(list.flatMap(\.region.ends))
      (key.bounds, key.boundCount) = (Int32(bounds.count), Int32(ends.count))
      bounds += ends
      lists = Self.tree(list, ends)
    }
    key.listCount = Int32(lists.count)
    (key.none, key.all) = (key.lists + key.listCount, key.lists + key.listCount + 1)
    lists.append(list.filter(\.region.admitsNone).map(\.id))
    lists.append(list.map(\.id))
    for list in lists {
      entries += list
      starts.append(Int32(entries.count))
    }
    keys.append(key)
  }

  /// The entries at each node of a tree over the stretches between ends: leaf n of so many stands at their number + n, and above a node
  /// stands its half.
  private static func tree(_ list: [(id: Int32, region: Region)], _ ends: [Int64]) -> [[Int32]] {
    let leaves = ends.count + 1
    var nodes = [[Int32]](repeating: [], count: 2 * leaves)
    for (id, region) in list {
      guard case .between(let low, let high) = region.values, low <= high else { continue }
      var first = stretch(low, in: ends[...]) + leaves
      var end = stretch(high, in: ends[...]) + 1 + leaves
      while first < end {
        if first & 1 == 1 {
          nodes[first].append(id)
          first += 1
        }
        if end & 1 == 1 {
          end -= 1
          nodes[end].append(id)
        }
        first >>= 1
        end >>= 1
      }
    }
    return nodes
  }

  /// Adds the entries that may hold; each once.
  func find(_ facts: [FactRegister], into found: inout [Int32]) {
    found.append(contentsOf: always)
    starts.withUnsafeBufferPointer { starts in
      entries.withUnsafeBufferPointer { entries in
        func add(_ list: Int32) {
          for place in Int(starts[Int(list)])..<Int(starts[Int(list) + 1]) { found.append(entries[place]) }
        }
        for key in keys {
          let fact = facts[Int(key.slot)]
          switch fact.state {
          case .none, .missing, .notKnown: add(key.all)
          case .notApplicable: add(key.none)
          case .value:
            if key.isOption {
              if fact.number >= 0, fact.number < key.listCount { add(key.lists + Int32(fact.number)) }
              continue
            }
            let first = Int(key.bounds)
            var node =
              stretch(fact.number, in: bounds[first..<first + Int(key.boundCount)]) - first + Int(key.boundCount) + 1
            while node > 0 {
              add(key.lists + Int32(node))
              node >>= 1
            }
          }
        }
      }
    }
  }

  /// What it holds in memory.
  var bytes: Int { (always.count + starts.count + entries.count) * 4 + bounds.count * 8 + keys.count * 36 }
}

extension Region {
  /// The numbers at which it begins, and behind which it is over.
  fileprivate var ends: [Int64] {
    guard case .between(let low, let high) = values, low <= high else { return [] }
    return high < .max ? [low, high + 1] : [low]
  }
}

/// The first place behind all bounds that a number has reached.
@inline(__always)
private func stretch(_ number: Int64, in bounds: ArraySlice<Int64>) -> Int {
  var (low, high) = (bounds.startIndex, bounds.endIndex)
  while low < high {
    let middle = (low + high) / 2
    if bounds[middle] <= number { low = middle + 1 } else { high = middle }
  }
  return low
}

/// Each number once, ascending.
private func ascending(_ numbers: [Int64]) -> [Int64] {
  var result: [Int64] = []
  for number in numbers.sorted() where number != result.last { result.append(number) }
  return result
}
