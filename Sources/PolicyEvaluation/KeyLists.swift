/// Entries that are found by one fact each: whoever isn't found surely doesn't hold.
///
/// Of the facts that an entry asks something of, the one that leaves it the fewest values is its key.
struct KeyLists: Sendable {
  /// Entries that ask nothing of any fact.
  private(set) var always: [Int32] = []
  private(set) var options: [OptionLists] = []
  private(set) var intervals: [IntervalLists] = []

  /// How few entries are not worth an index.
  private static var few: Int { 4 }

  init(_ entries: [(id: Int32, regions: Regions)]) {
    let possible = entries.filter { !$0.regions.isNever }
    if possible.count <= Self.few {
      always = possible.map(\.id)
      return
    }
    var bounds: [Int32: [Int64]] = [:]
    for entry in possible {
      for region in entry.regions.list {
        guard case .between(let low, let high) = region.values else { continue }
        bounds[region.slot, default: []].append(low)
        if high < .max { bounds[region.slot, default: []].append(high + 1) }
      }
    }
    for slot in bounds.keys { bounds[slot] = ascending(bounds[slot] ?? []) }
    var ofOptions: [Int32: [(Int32, Region)]] = [:]
    var ofNumbers: [Int32: [(Int32, Region)]] = [:]
    for entry in possible {
      var best: (share: Int, region: Region)?
      for region in entry.regions.list {
        let share = Self.share(region, bounds[region.slot] ?? [])
        if share < best?.share ?? Self.whole { best = (share, region) }
      }
      guard let key = best?.region else {
        always.append(entry.id)
        continue
      }
      switch key.values {
      case .options: ofOptions[key.slot, default: []].append((entry.id, key))
      case .between: ofNumbers[key.slot, default: []].append((entry.id, key))
      }
    }
    options = ofOptions.keys.sorted().map { OptionLists(slot: $0, ofOptions[$0] ?? []) }
    intervals = ofNumbers.keys.sorted().map { IntervalLists(slot: $0, ofNumbers[$0] ?? []) }
  }

  private static var whole: Int { 1_000_000 }

  /// Which part of a fact's values lies in a region, in millionths; of numbers, of the stretches between all ends that rules name.
  private static func share(_ region: Region, _ bounds: [Int64]) -> Int {
    switch region.values {
    case .options(let bits, let count): return bits.reduce(0) { $0 + $1.nonzeroBitCount } * whole / max(count, 1)
    case .between(let low, let high):
      let first = stretch(low, in: bounds)
      let last = stretch(high, in: bounds)
      return max(last - first + 1, 0) * whole / (bounds.count + 1)
    }
  }

  /// Adds the entries that may hold; each once.
  @inline(__always)
  func find(_ facts: [FactRegister], into found: inout [Int32]) {
    found.append(contentsOf: always)
    for list in options { list.find(facts[Int(list.slot)], into: &found) }
    for list in intervals { list.find(facts[Int(list.slot)], into: &found) }
  }

  /// What it holds in memory.
  var bytes: Int {
    always.count * 4 + options.reduce(0) { $0 + $1.bytes } + intervals.reduce(0) { $0 + $1.bytes }
  }
}

/// Entries by the values of one option.
struct OptionLists: Sendable {
  let slot: Int32
  /// Where the entries of each value begin, then those of 不适用, then the end.
  private var starts: [Int32] = []
  private var entries: [Int32] = []
  /// Where nothing is known.
  private let all: [Int32]

  init(slot: Int32, _ list: [(id: Int32, region: Region)]) {
    self.slot = slot
    all = list.map(\.id)
    var count = 0
    for case (_, let region) in list {
      if case .options(_, let values) = region.values { count = max(count, values) }
    }
    var rows = [[Int32]](repeating: [], count: count + 1)
    for (id, region) in list {
      guard case .options(let bits, _) = region.values else { continue }
      for (word, var rest) in bits.enumerated() {
        while rest != 0 {
          rows[word * 64 + rest.trailingZeroBitCount].append(id)
          rest &= rest - 1
        }
      }
      if region.admitsNone { rows[count].append(id) }
    }
    for row in rows {
      starts.append(Int32(entries.count))
      entries.append(contentsOf: row)
    }
    starts.append(Int32(entries.count))
  }

  @inline(__always)
  func find(_ fact: FactRegister, into found: inout [Int32]) {
    let row: Int
    switch fact.state {
    case .none, .missing, .notKnown:
      found.append(contentsOf: all)
      return
    case .notApplicable: row = starts.count - 2
    case .value: row = Int(fact.number)
    }
    guard row >= 0, row < starts.count - 1 else { return }
    for place in Int(starts[row])..<Int(starts[row + 1]) { found.append(entries[place]) }
  }

  var bytes: Int { (starts.count + entries.count + all.count) * 4 }
}

/// Entries by intervals of one number: a segment tree, in which an interval stands at the few nodes that make it up, and a number
/// finds its own on the way from a leaf to the root.
struct IntervalLists: Sendable {
  let slot: Int32
  /// The ends, ascending; a leaf for each stretch between two of them.
  private let bounds: [Int64]
  /// Where the entries of each node begin, and the end.
  private var starts: [Int32] = []
  private var entries: [Int32] = []
  /// Those that 不适用 is inside of.
  private let none: [Int32]
  /// Where nothing is known.
  private let all: [Int32]

  init(slot: Int32, _ list: [(id: Int32, region: Region)]) {
    self.slot = slot
    all = list.map(\.id)
    none = list.filter(\.region.admitsNone).map(\.id)
    var ends: [Int64] = []
    for case (_, let region) in list {
      guard case .between(let low, let high) = region.values, low <= high else { continue }
      ends.append(low)
      if high < .max { ends.append(high + 1) }
    }
    bounds = ascending(ends)
    let leaves = bounds.count + 1
    var nodes = [[Int32]](repeating: [], count: 2 * leaves)
    for (id, region) in list {
      guard case .between(let low, let high) = region.values, low <= high else { continue }
      var first = stretch(low, in: bounds) + leaves
      var end = stretch(high, in: bounds) + 1 + leaves
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
    for node in nodes {
      starts.append(Int32(entries.count))
      entries.append(contentsOf: node)
    }
    starts.append(Int32(entries.count))
  }

  @inline(__always)
  func find(_ fact: FactRegister, into found: inout [Int32]) {
    switch fact.state {
    case .none, .missing, .notKnown: found.append(contentsOf: all)
    case .notApplicable: found.append(contentsOf: none)
    case .value:
      var node = stretch(fact.number, in: bounds) + bounds.count + 1
      while node > 0 {
        for place in Int(starts[node])..<Int(starts[node + 1]) { found.append(entries[place]) }
        node >>= 1
      }
    }
  }

  var bytes: Int { bounds.count * 8 + (starts.count + entries.count + all.count + none.count) * 4 }
}

/// In how many bounds a number lies at or above: its stretch between them.
@inline(__always)
private func stretch(_ number: Int64, in bounds: [Int64]) -> Int {
  var (low, high) = (0, bounds.count)
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
