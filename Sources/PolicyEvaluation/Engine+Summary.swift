import PolicyIR
import PolicyValues

extension Engine {
  /// The one verdict of all readings, or disputed.
  @inline(__always)
  mutating func summary(_ ref: Ref<Tri>) -> Verdict {
    if case .leaf(let tri) = ref { return Verdict(tri) }
    return overview(ref).verdict ?? .unknown
  }

  mutating func hasNotApplicable(_ ref: Ref<Tri>) -> Bool {
    if case .leaf(let tri) = ref { return tri.state == .notApplicable }
    return overview(ref).hasNotApplicable
  }

  /// What the leaves have in common.
  mutating func overview(_ ref: Ref<Tri>) -> Overview { stores.overview(of: ref, &registry.sets) }

  /// Puts the leaves into `cellLeaves`.
  mutating func listCells(_ ref: Ref<Cell>, under choice: Int32, _ reading: Int) {
    cellLeaves.removeAll(keepingCapacity: true)
    stores.cells.leaves(ref, under: choice, reading, into: &cellLeaves)
  }

  /// All reasons under any reading.
  mutating func allReasons(_ ref: Ref<Tri>) -> SlotSet {
    if case .leaf(let tri) = ref { return tri.reasons }
    return overview(ref).reasons
  }

  /// The reasons of an unknown, each with the readings under which it stands.
  mutating func reasons<Leaf: StoredLeaf>(_ ref: Ref<Leaf>) -> [DecisionReason] {
    if case .leaf(let leaf) = ref { return registry.list(leaf.reasons).map { DecisionReason(reason: $0, under: []) } }
    var leaves: [(set: SlotSet, path: [ChosenReading])] = []
    var path: [ChosenReading] = []
    collect(ref, &path, &leaves)
    var all = SlotSet.empty
    for leaf in leaves { all = registry.sets.union(all, leaf.set) }
    // Asked through `self` in the closure, the registry would be copied for each leaf.
    let (sets, reasons) = (registry.sets, registry.reasons)
    return registry.ordered(all).map { slot in
      let under = leaves.filter { sets.contains(slot, in: $0.set) }
      return DecisionReason(
        reason: reasons[Int(slot)], under: under.count == leaves.count ? [] : under.map(\.path))
    }
  }

  private mutating func collect<Leaf: StoredLeaf>(
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

  /// The first hole among reasons.
  func hole(in reasons: SlotSet) -> HoleID? {
    var found: HoleID?
    for slot in registry.sets[reasons] {
      if case .hole(let hole) = registry.reasons[Int(slot)], found.map({ hole < $0 }) ?? true { found = hole }
    }
    return found
  }
}

extension Amount {
  /// Whether money is no whole number of 分.
  var isFractional: Bool {
    switch self {
    case .exact(let number), .atMost(let number?): !number.isInteger && number.decimals(atMost: 2) == nil
    case .disputed(let amounts): amounts.contains { $0.isFractional }
    case .none, .length, .range, .toBeSet, .atMost, .unknown: false
    }
  }
}

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
