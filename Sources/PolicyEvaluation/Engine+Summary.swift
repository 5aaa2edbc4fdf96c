import PolicyIR
import PolicyValues

extension Engine {
  /// The one verdict of all readings, or disputed.
  @inline(__always)
  mutating func summary(_ ref: Ref<Tri>) -> Verdict {
    if case .leaf(let tri) = ref { return Verdict(tri) }
    return summary(ref, under: -1, 0)
  }

  /// The one verdict under one reading of a choice, or disputed.
  mutating func summary(_ ref: Ref<Tri>, under choice: Int32, _ reading: Int) -> Verdict {
    inspect(ref, under: choice, reading).verdict ?? .unknown
  }

  mutating func hasNotApplicable(_ ref: Ref<Tri>) -> Bool {
    if case .leaf(let tri) = ref { return tri.state == .notApplicable }
    return inspect(ref, under: -1, 0).hasNotApplicable
  }

  /// What the leaves under one reading of a choice have in common.
  mutating func inspect(_ ref: Ref<Tri>, under choice: Int32, _ reading: Int) -> Overview {
    var overview = Overview()
    stores.truths.inspect(ref, under: choice, reading, &registry.spills, into: &overview)
    return overview
  }

  /// Puts the leaves into `cellLeaves`.
  mutating func listCells(_ ref: Ref<Cell>, under choice: Int32, _ reading: Int) {
    cellLeaves.removeAll(keepingCapacity: true)
    stores.cells.leaves(ref, under: choice, reading, into: &cellLeaves)
  }

  /// All reasons under any reading.
  mutating func allReasons(_ ref: Ref<Tri>) -> SlotSet {
    if case .leaf(let tri) = ref { return tri.reasons }
    return inspect(ref, under: -1, 0).reasons
  }

  /// The reasons of an unknown, each with the readings under which it stands.
  mutating func reasons<Leaf: StoredLeaf & Reasoned>(_ ref: Ref<Leaf>) -> [DecisionReason] {
    if case .leaf(let leaf) = ref {
      if leaf.reasons.isEmpty { return [] }
      return shared(leaf.reasons)
    }
    let (first, isSame, all) = overview(ref)
    if isSame { return first.isEmpty ? [] : shared(first) }
    var leaves: [(set: SlotSet, path: [ChosenReading])] = []
    var path: [ChosenReading] = []
    collect(ref, &path, &leaves)
    return registry.list(all).map { reason in
      let set = because(reason)
      let under = leaves.filter { leaf in registry.spills.union(leaf.set, set) == leaf.set }
      return DecisionReason(reason: reason, under: under.count == leaves.count ? [] : under.map(\.path))
    }
  }

  /// The first leaf's reasons, whether all leaves have them, and those of all leaves.
  private mutating func overview<Leaf: StoredLeaf & Reasoned>(_ ref: Ref<Leaf>) -> (SlotSet, Bool, SlotSet) {
    if case .leaf(let leaf) = ref { return (leaf.reasons, true, leaf.reasons) }
    let (choice, arity) = Leaf.modify(&stores) { ($0.choice(of: ref), $0.arity(of: ref)) }
    var result = (SlotSet.empty, true, SlotSet.empty)
    for reading in 0..<arity {
      let branch = Leaf.modify(&stores) { $0.restricted(ref, choice, reading) }
      let (first, isSame, all) = overview(branch)
      if reading == 0 { result = (first, isSame, all) }
      result = (result.0, result.1 && isSame && first == result.0, registry.spills.union(result.2, all))
    }
    return result
  }

  /// The list of a set that holds under all readings; many measures lack the same, so the last lists are kept.
  private mutating func shared(_ set: SlotSet) -> [DecisionReason] {
    for entry in reasonLists where entry.set == set { return entry.list }
    let list = registry.list(set).map { DecisionReason(reason: $0, under: []) }
    reasonLists.append((set, list))
    return list
  }

  private mutating func collect<Leaf: StoredLeaf & Reasoned>(
    _ ref: Ref<Leaf>, _ path: inout [ChosenReading], _ leaves: inout [(set: SlotSet, path: [ChosenReading])]
  ) {
    if case .leaf(let leaf) = ref {
      leaves.append((leaf.reasons, path))
      return
    }
    let (choice, arity) = Leaf.modify(&stores) { ($0.choice(of: ref), $0.arity(of: ref)) }
    for reading in 0..<arity {
      let branch = Leaf.modify(&stores) { $0.restricted(ref, choice, reading) }
      path.append(ChosenReading(choice: ChoiceID(Int(choice)), reading: reading))
      collect(branch, &path, &leaves)
      path.removeLast()
    }
  }

  /// The amount that a value is, over its readings, or over those under one reading of a choice. Where all readings grant
  /// it (`countsAbsent`), 不适用 under one is another amount: none; elsewhere it is where nothing is granted.
  mutating func amount(
    of ref: Ref<Cell>, isDiscretionary: Bool, countsAbsent: Bool = false, under choice: Int32 = -1, _ reading: Int = 0
  ) -> Amount {
    if case .leaf(let cell) = ref { return amount(of: cell, isDiscretionary: isDiscretionary) }
    listCells(ref, under: choice, reading)
    var first: Amount?
    var found: [Amount] = []
    var last: Cell?
    for place in cellLeaves.indices {
      let cell = cellLeaves[place]
      if case .notApplicable = cell, !countsAbsent { continue }
      if cell == last { continue }
      last = cell
      let amount = self.amount(of: cell, isDiscretionary: isDiscretionary)
      guard let known = first else {
        first = amount
        continue
      }
      if amount == known { continue }
      if found.isEmpty { found.append(known) }
      if !found.contains(amount) { found.append(amount) }
    }
    return found.isEmpty ? first ?? .none : .disputed(found)
  }

  private mutating func amount(of cell: Cell, isDiscretionary: Bool) -> Amount {
    switch cell {
    case .quantity(let number): return isDiscretionary ? .atMost(number) : .exact(number)
    case .notApplicable: return .none
    case .date, .duration, .text, .option: return .unknown
    case .unknown(let reasons, let bounds):
      if isDiscretionary { return .atMost(bounds.high) }
      if let hole = hole(in: reasons) { return .toBeSet(hole, low: bounds.low, high: bounds.high) }
      if bounds.high == nil, bounds.low.map({ $0 <= .zero }) ?? true { return .unknown }
      return .range(low: bounds.low, high: bounds.high)
    }
  }

  /// The first hole among reasons.
  mutating func hole(in reasons: SlotSet) -> HoleID? {
    var found: HoleID?
    var bits = reasons.bits
    while bits != 0 {
      if case .hole(let hole) = registry.reasons[bits.trailingZeroBitCount], found.map({ hole < $0 }) ?? true {
        found = hole
      }
      bits &= bits - 1
    }
    if reasons.spill < 0 { return found }
    for reason in registry.list(reasons) {
      if case .hole(let hole) = reason { return hole }
    }
    return nil
  }
}

extension Amount {
  /// Whether money is no whole number of 分.
  var isFractional: Bool {
    switch self {
    case .exact(let number), .atMost(let number?): !number.isInteger && number.decimals(atMost: 2) == nil
    case .disputed(let amounts): amounts.contains { $0.isFractional }
    case .none, .range, .toBeSet, .atMost, .unknown: false
    }
  }
}

/// A leaf that can be unknown for reasons.
protocol Reasoned {
  var reasons: SlotSet { get }
}

extension Tri: Reasoned {}
extension Cell: Reasoned {}

extension Verdict {
  @inline(__always)
  init(_ tri: Tri) {
    switch tri.state {
    case .no: self = .no
    case .yes: self = .yes
    case .unknown: self = .unknown
    case .notApplicable: self = .notApplicable
    }
  }
}
