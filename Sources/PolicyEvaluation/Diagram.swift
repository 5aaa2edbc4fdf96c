import PolicyIR

/// A result over reading choices: a leaf, or a node of the engine's `Diagrams`.
///
/// - Invariant: along every path the choices ascend, no node's branches are all equal, and equal diagrams are equal references.
enum Ref<Leaf: StoredLeaf>: Equatable, Sendable {
  case leaf(Leaf)
  case node(Int32)

  /// Whether no choice matters.
  @inline(__always)
  var isLeaf: Bool {
    if case .leaf = self { return true }
    return false
  }

  /// A number that equal references share.
  @inline(__always)
  var digest: UInt64 {
    switch self {
    case .leaf(let leaf): leaf.digest &* 2
    case .node(let index): UInt64(UInt32(bitPattern: index)) &* 2 &+ 1
    }
  }

  @inline(__always)
  static func == (a: Ref, b: Ref) -> Bool {
    switch (a, b) {
    case (.leaf(let one), .leaf(let two)): one == two
    case (.node(let one), .node(let two)): one == two
    default: false
    }
  }
}

/// A leaf that the engine's stores keep diagrams of.
protocol StoredLeaf: Equatable, Sendable {
  static func modify<Result>(_ stores: inout Stores, _ body: (inout Diagrams<Self>) -> Result) -> Result
  /// The leaf that is unknown for these reasons.
  static func unknownLeaf(_ reasons: SlotSet) -> Self
  /// Why it is unknown.
  var reasons: SlotSet { get }
  /// A number that equal leaves share.
  var digest: UInt64 { get }
}

/// A node of a diagram.
struct DiagramNode: Sendable {
  var choice: Int32
  var first: Int32
  var arity: Int32
  /// How many leaves stand under it.
  var paths: Int32
}

/// The nodes of diagrams over one kind of leaf, with their branches.
struct DiagramTree<Leaf: StoredLeaf>: Sendable {
  fileprivate(set) var nodes: [DiagramNode] = []
  fileprivate(set) var branches: [Ref<Leaf>] = []
}

/// The diagrams over one kind of leaf, each once.
///
/// Reading is `mutating` too, as a method that isn't would be given a copy of the arrays' references.
struct Diagrams<Leaf: StoredLeaf>: Sendable {
  private(set) var tree = DiagramTree<Leaf>()
  private var pending: [Ref<Leaf>] = []
  /// Where nodes are found by what they are: an open hash table; an entry of an earlier generation counts as none.
  private var places = [Place](repeating: Place(), count: 64)
  private var generation: UInt32 = 1

  private struct Place: Sendable {
    var generation: UInt32 = 0
    var node: Int32 = -1
    var digest: UInt64 = 0
  }

  /// The number of tree.nodes.
  var count: Int { tree.nodes.count }

  mutating func removeAll() {
    if tree.nodes.isEmpty { return }
    tree.nodes.removeAll(keepingCapacity: true)
    tree.branches.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    generation &+= 1
    if generation == 0 {
      places = [Place](repeating: Place(), count: 64)
      generation = 1
    }
  }

  @inline(__always)
  mutating func choice(of ref: Ref<Leaf>) -> Int32 {
    if case .node(let index) = ref { return tree.nodes[Int(index)].choice }
    return Int32.max
  }

  @inline(__always)
  mutating func arity(of ref: Ref<Leaf>) -> Int {
    if case .node(let index) = ref { return Int(tree.nodes[Int(index)].arity) }
    return 0
  }

  /// The diagram under one reading of a choice that is not below its root's.
  @inline(__always)
  mutating func restricted(_ ref: Ref<Leaf>, _ choice: Int32, _ reading: Int) -> Ref<Leaf> {
    guard case .node(let index) = ref else { return ref }
    let node = tree.nodes[Int(index)]
    return node.choice == choice && reading < Int(node.arity) ? tree.branches[Int(node.first) + reading] : ref
  }

  @inline(__always)
  mutating func paths(of ref: Ref<Leaf>) -> Int {
    guard case .node(let index) = ref else { return 1 }
    return Int(tree.nodes[Int(index)].paths)
  }

  /// Where the branches of a node to come begin; pass it to `node`.
  @inline(__always)
  var mark: Int { pending.count }

  /// Adds the next branch of the node to come.
  @inline(__always)
  mutating func push(_ ref: Ref<Leaf>) { pending.append(ref) }

  /// Takes the branches pushed since the mark back.
  mutating func take(from mark: Int) -> [Ref<Leaf>] {
    let taken = Array(pending[mark...])
    pending.removeLast(taken.count)
    return taken
  }

  /// The node of the branches pushed since the mark, reduced.
  mutating func node(_ choice: Int32, from mark: Int) -> Ref<Leaf> {
    let count = pending.count - mark
    guard count > 0 else { return .node(-1) }
    let first = pending[mark]
    var same = true
    var paths = 0
    for index in mark..<pending.count {
      paths += self.paths(of: pending[index])
      if same, index > mark, pending[index] != first { same = false }
    }
    let result =
      same ? first : .node(interned(choice, digest(choice, from: mark), from: mark, paths: paths))
    pending.removeLast(count)
    return result
  }

  /// The node of the branches pushed since the mark, as they are.
  mutating func unreduced(_ choice: Int32, from mark: Int) -> Int32 {
    let node = interned(choice, digest(choice, from: mark), from: mark, paths: 0)
    pending.removeLast(pending.count - mark)
    return node
  }

  @inline(__always)
  private mutating func digest(_ choice: Int32, from mark: Int) -> UInt64 {
    var digest = UInt64(UInt32(bitPattern: choice))
    for index in mark..<pending.count {
      digest = (digest ^ pending[index].digest) &* 0x9E37_79B9_7F4A_7C15
      digest ^= digest >> 29
    }
    return digest
  }

  private mutating func interned(_ choice: Int32, _ digest: UInt64, from mark: Int, paths: Int) -> Int32 {
    if tree.nodes.count * 2 >= places.count { widen() }
    var place = Int(truncatingIfNeeded: digest) & (places.count - 1)
    while places[place].generation == generation {
      if places[place].digest == digest, isPending(places[place].node, choice, from: mark) {
        return places[place].node
      }
      place = (place + 1) & (places.count - 1)
    }
    let first = tree.branches.count
    for index in mark..<pending.count { tree.branches.append(pending[index]) }
    tree.nodes.append(
      DiagramNode(
        choice: choice, first: Int32(first), arity: Int32(pending.count - mark), paths: Int32(clamping: paths)))
    places[place] = Place(generation: generation, node: Int32(tree.nodes.count - 1), digest: digest)
    return Int32(tree.nodes.count - 1)
  }

  /// Whether a node is the one whose branches are pending.
  private mutating func isPending(_ index: Int32, _ choice: Int32, from mark: Int) -> Bool {
    let node = tree.nodes[Int(index)]
    guard node.choice == choice, Int(node.arity) == pending.count - mark else { return false }
    for offset in 0..<Int(node.arity) where tree.branches[Int(node.first) + offset] != pending[mark + offset] {
      return false
    }
    return true
  }

  private mutating func widen() {
    let old = places
    places = [Place](repeating: Place(), count: old.count * 2)
    for entry in old where entry.generation == generation {
      var place = Int(truncatingIfNeeded: entry.digest) & (places.count - 1)
      while places[place].generation == generation { place = (place + 1) & (places.count - 1) }
      places[place] = entry
    }
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
    let node = tree.nodes[Int(index)]
    if !found.contains(where: { $0.choice == node.choice }) { found.append((node.choice, node.arity)) }
    for offset in 0..<Int(node.arity) { walk(tree.branches[Int(node.first) + offset], &found) }
  }

  /// Appends the leaves, or only those under one reading of a choice (−1: of none).
  mutating func leaves(_ ref: Ref<Leaf>, under choice: Int32, _ reading: Int, into list: inout [Leaf]) {
    switch ref {
    case .leaf(let leaf): list.append(leaf)
    case .node(let index):
      let node = tree.nodes[Int(index)]
      if node.choice == choice {
        if reading < Int(node.arity) {
          leaves(tree.branches[Int(node.first) + reading], under: choice, reading, into: &list)
        }
        return
      }
      for offset in 0..<Int(node.arity) {
        leaves(tree.branches[Int(node.first) + offset], under: choice, reading, into: &list)
      }
    }
  }
}

/// What the leaves of a diagram of verdicts have in common.
struct Overview: Sendable {
  /// nil before the first leaf.
  var verdict: Verdict?
  /// Some leaf is yes or may become so.
  var grants = false
  var hasNotApplicable = false
  /// The reasons of all leaves.
  var reasons = SlotSet.empty
  /// Those of the first leaf, and whether every leaf has the same.
  var first = SlotSet.empty
  var isUniform = true

  /// Nothing seen yet.
  init() {}

  init(_ tri: Tri) {
    verdict = Verdict(tri)
    grants = tri.state == .yes || tri.state == .unknown
    hasNotApplicable = tri.state == .notApplicable
    (reasons, first) = (tri.reasons, tri.reasons)
  }

  /// Sees further leaves.
  mutating func add(_ other: Overview, _ sets: inout SlotSets) {
    guard let known = verdict else {
      self = other
      return
    }
    guard let verdict = other.verdict else { return }
    if known != verdict { self.verdict = .disputed }
    grants = grants || other.grants
    hasNotApplicable = hasNotApplicable || other.hasNotApplicable
    reasons = sets.union(reasons, other.reasons)
    isUniform = isUniform && other.isUniform && first == other.first
  }
}
