import PolicyIR
import PolicyValues

extension Engine {
  /// The one verdict of all readings, or disputed.
  @inline(__always)
  func summary(_ ref: Ref<Tri>) -> Verdict {
    if case .leaf(let tri) = ref { return Verdict(tri) }
    return nodeSummary(ref)
  }

  private func nodeSummary(_ ref: Ref<Tri>) -> Verdict {
    var found: Verdict?
    forEachLeaf(ref) { tri in
      let verdict = Verdict(tri)
      if let known = found, known != verdict { found = .disputed } else if found == nil { found = verdict }
    }
    return found ?? .unknown
  }

  func hasNotApplicable(_ ref: Ref<Tri>) -> Bool {
    if case .leaf(let tri) = ref { return tri.state == .notApplicable }
    var found = false
    forEachLeaf(ref) { if $0.state == .notApplicable { found = true } }
    return found
  }

  func forEachLeaf<Leaf: StoredLeaf>(_ ref: Ref<Leaf>, _ body: (Leaf) -> Void) {
    if case .leaf(let leaf) = ref { return body(leaf) }
    let branches = Leaf.read(stores) { $0.branches(of: ref) }
    for branch in branches { forEachLeaf(branch, body) }
  }

  /// All reasons under any reading.
  mutating func allReasons(_ ref: Ref<Tri>) -> SlotSet {
    if case .leaf(let tri) = ref { return tri.reasons }
    var sets: [SlotSet] = []
    forEachLeaf(ref) { sets.append($0.reasons) }
    var all = SlotSet.empty
    for set in sets { all = registry.spills.union(all, set) }
    return all
  }

  /// The reasons of an unknown, each with the readings under which it stands.
  mutating func reasons<Leaf: StoredLeaf & Reasoned>(_ ref: Ref<Leaf>) -> [DecisionReason] {
    if case .leaf(let leaf) = ref {
      if leaf.reasons.isEmpty { return [] }
      return shared(leaf.reasons)
    }
    var leaves: [(set: SlotSet, path: [ChosenReading])] = []
    var path: [ChosenReading] = []
    collect(ref, &path, &leaves)
    var all = SlotSet.empty
    for leaf in leaves { all = registry.spills.union(all, leaf.set) }
    return registry.list(all).map { reason in
      let set = because(reason)
      let under = leaves.filter { leaf in registry.spills.union(leaf.set, set) == leaf.set }
      return DecisionReason(reason: reason, under: under.count == leaves.count ? [] : under.map(\.path))
    }
  }

  /// The list of a set that holds under all readings; many measures lack the same, so the last lists are kept.
  private mutating func shared(_ set: SlotSet) -> [DecisionReason] {
    for entry in reasonLists where entry.set == set { return entry.list }
    let list = registry.list(set).map { DecisionReason(reason: $0, under: []) }
    reasonLists.append((set, list))
    return list
  }

  private func collect<Leaf: StoredLeaf & Reasoned>(
    _ ref: Ref<Leaf>, _ path: inout [ChosenReading], _ leaves: inout [(set: SlotSet, path: [ChosenReading])]
  ) {
    if case .leaf(let leaf) = ref {
      leaves.append((leaf.reasons, path))
      return
    }
    let (choice, branches) = Leaf.read(stores) { ($0.choice(of: ref), $0.branches(of: ref)) }
    for (reading, branch) in branches.enumerated() {
      path.append(ChosenReading(choice: ChoiceID(Int(choice)), reading: reading))
      collect(branch, &path, &leaves)
      path.removeLast()
    }
  }

  /// The amount that a value is, over its readings.
  func amount(of ref: Ref<Cell>, isDiscretionary: Bool) -> Amount {
    if case .leaf(let cell) = ref { return amount(of: cell, isDiscretionary: isDiscretionary) }
    var found: [Amount] = []
    forEachLeaf(ref) { cell in
      if case .notApplicable = cell { return }
      let amount = self.amount(of: cell, isDiscretionary: isDiscretionary)
      if !found.contains(amount) { found.append(amount) }
    }
    return found.isEmpty ? .none : found.count == 1 ? found[0] : .disputed(found)
  }

  private func amount(of cell: Cell, isDiscretionary: Bool) -> Amount {
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
  func hole(in reasons: SlotSet) -> HoleID? {
    var found: HoleID?
    registry.spills.forEach(reasons) { slot in
      if case .hole(let hole)? = registry.reasons.indices.contains(slot) ? registry.reasons[slot] : nil,
        found.map({ hole < $0 }) ?? true
      {
        found = hole
      }
    }
    return found
  }

  /// Whether money is no whole number of 分.
  func isFractional(_ amount: Amount) -> Bool {
    switch amount {
    case .exact(let number), .atMost(let number?): !number.isInteger && number.decimals(atMost: 2) == nil
    case .disputed(let amounts): amounts.contains { isFractional($0) }
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
