import PolicyIR

/// A result over reading choices: a leaf, or a node of the evaluation's `Diagrams`.
///
/// - Invariant: along every path the choices ascend, and no node's branches are all equal.
enum Ref<Leaf: Equatable & Sendable>: Sendable {
  case leaf(Leaf)
  case node(Int32)
}

/// A node of a diagram.
struct DiagramNode: Sendable {
  var choice: Int32
  var first: Int32
  var arity: Int32
  /// How many leaves stand under it.
  var paths: Int32
}

/// The nodes of one evaluation's diagrams over one kind of leaf, in arrays that the next evaluation reuses.
///
/// Reading is `mutating` too, as a method that isn't would be given a copy of the arrays' references.
struct Diagrams<Leaf: Equatable & Sendable>: Sendable {
  fileprivate var nodes: [DiagramNode] = []
  fileprivate var branches: [Ref<Leaf>] = []
  private var pending: [Ref<Leaf>] = []

  mutating func removeAll() {
    nodes.removeAll(keepingCapacity: true)
    branches.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  mutating func choice(of ref: Ref<Leaf>) -> Int32 {
    if case .node(let index) = ref { return nodes[Int(index)].choice }
    return Int32.max
  }

  @inline(__always)
  mutating func arity(of ref: Ref<Leaf>) -> Int {
    if case .node(let index) = ref { return Int(nodes[Int(index)].arity) }
    return 0
  }

  /// The diagram under one reading of a choice that is not below its root's.
  @inline(__always)
  mutating func restricted(_ ref: Ref<Leaf>, _ choice: Int32, _ reading: Int) -> Ref<Leaf> {
    guard case .node(let index) = ref else { return ref }
    let node = nodes[Int(index)]
    return node.choice == choice && reading < Int(node.arity) ? branches[Int(node.first) + reading] : ref
  }

  /// The branches in order of readings; empty for a leaf.
  mutating func branches(of ref: Ref<Leaf>) -> ArraySlice<Ref<Leaf>> {
    guard case .node(let index) = ref else { return [] }
    let node = nodes[Int(index)]
    return branches[Int(node.first)..<Int(node.first + node.arity)]
  }

  mutating func paths(of ref: Ref<Leaf>) -> Int {
    guard case .node(let index) = ref else { return 1 }
    return Int(nodes[Int(index)].paths)
  }

  mutating func equal(_ a: Ref<Leaf>, _ b: Ref<Leaf>) -> Bool {
    switch (a, b) {
    case (.leaf(let one), .leaf(let two)): return one == two
    case (.node(let one), .node(let two)):
      if one == two { return true }
      let (first, second) = (nodes[Int(one)], nodes[Int(two)])
      guard first.choice == second.choice, first.arity == second.arity, first.paths == second.paths else {
        return false
      }
      for offset in 0..<Int(first.arity)
      where !equal(branches[Int(first.first) + offset], branches[Int(second.first) + offset]) {
        return false
      }
      return true
    default: return false
    }
  }

  /// Where the branches of a node to come begin; pass it to `node`.
  @inline(__always)
  var mark: Int { pending.count }

  /// Adds the next branch of the node to come.
  @inline(__always)
  mutating func push(_ ref: Ref<Leaf>) { pending.append(ref) }

  /// The node of the branches pushed since the mark, reduced.
  mutating func node(_ choice: Int32, from mark: Int) -> Ref<Leaf> {
    let count = pending.count - mark
    guard count > 0 else { return .node(-1) }
    var same = true
    var paths = self.paths(of: pending[mark])
    for index in (mark + 1)..<max(pending.count, mark + 1) {
      paths += self.paths(of: pending[index])
      if same, !equal(pending[mark], pending[index]) { same = false }
    }
    if same {
      let only = pending[mark]
      pending.removeLast(count)
      return only
    }
    let first = branches.count
    for index in mark..<pending.count { branches.append(pending[index]) }
    pending.removeLast(count)
    nodes.append(
      DiagramNode(
        choice: choice, first: Int32(first), arity: Int32(count),
        paths: Int32(clamping: paths)))
    return .node(Int32(nodes.count - 1))
  }

  /// The choices that a diagram depends on, ascending, and the number of combinations of their readings.
  mutating func support(of ref: Ref<Leaf>) -> (choices: [Int32], combinations: Int) {
    var found: [(choice: Int32, arity: Int32)] = []
    walk(ref, &found)
    found.sort { $0.choice < $1.choice }
    var combinations = 1
    for entry in found {
      combinations = min(combinations.multipliedReportingOverflow(by: Int(entry.arity)).partialValue, 1 << 40)
    }
    return (found.map(\.choice), combinations)
  }

  private mutating func walk(_ ref: Ref<Leaf>, _ found: inout [(choice: Int32, arity: Int32)]) {
    guard case .node(let index) = ref else { return }
    let node = nodes[Int(index)]
    if !found.contains(where: { $0.choice == node.choice }) { found.append((node.choice, node.arity)) }
    for offset in 0..<Int(node.arity) { walk(branches[Int(node.first) + offset], &found) }
  }

  /// Appends the leaves, or only those under one reading of a choice (−1: of none).
  mutating func leaves(_ ref: Ref<Leaf>, under choice: Int32, _ reading: Int, into list: inout [Leaf]) {
    switch ref {
    case .leaf(let leaf): list.append(leaf)
    case .node(let index):
      let node = nodes[Int(index)]
      if node.choice == choice {
        if reading < Int(node.arity) {
          leaves(branches[Int(node.first) + reading], under: choice, reading, into: &list)
        }
        return
      }
      for offset in 0..<Int(node.arity) {
        leaves(branches[Int(node.first) + offset], under: choice, reading, into: &list)
      }
    }
  }
}

/// What the leaves of a diagram of verdicts have in common.
struct Overview {
  /// nil before the first leaf.
  var verdict: Verdict?
  /// Some leaf is yes or may become so.
  var grants = false
  var hasNotApplicable = false
  /// The reasons of all leaves.
  var reasons = SlotSet.empty
}

extension Diagrams<Tri> {
  /// Looks at the leaves, or only at those under one reading of a choice (−1: of none).
  mutating func inspect(
    _ ref: Ref<Tri>, under choice: Int32, _ reading: Int, _ spills: inout Spills, into overview: inout Overview
  ) {
    switch ref {
    case .leaf(let tri):
      let verdict = Verdict(tri)
      if let known = overview.verdict {
        if known != verdict { overview.verdict = .disputed }
      } else {
        overview.verdict = verdict
      }
      switch tri.state {
      case .no: break
      case .yes: overview.grants = true
      case .notApplicable: overview.hasNotApplicable = true
      case .unknown:
        overview.grants = true
        overview.reasons = spills.union(overview.reasons, tri.reasons)
      }
    case .node(let index):
      let node = nodes[Int(index)]
      if node.choice == choice {
        guard reading < Int(node.arity) else { return }
        return inspect(branches[Int(node.first) + reading], under: choice, reading, &spills, into: &overview)
      }
      for offset in 0..<Int(node.arity) {
        inspect(branches[Int(node.first) + offset], under: choice, reading, &spills, into: &overview)
      }
    }
  }
}
