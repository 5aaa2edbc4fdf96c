import PolicyIR

/// The diagrams of an engine.
///
/// Truths speak of reasons and choices only, so their diagrams and what was found out about them serve every subject;
/// values speak of one subject's numbers and texts.
struct Stores: Sendable {
  var truths = Diagrams<Tri>()
  var cells = Diagrams<Cell>()
  /// The truths of the readings of a choice, as they came, and for each node here the diagram of `truths` that it became.
  var selections = Diagrams<Tri>()
  var selected: [Ref<Tri>?] = []
  /// What is known of each node of `truths`; nil where nobody asked.
  private var overviews: [Overview?] = []
  private var operations = [Remembered](repeating: Remembered(), count: Self.remembered)

  /// How many results of operations on truths are remembered; a later one takes the place of an earlier one.
  private static var remembered: Int { 4_096 }

  /// A function of truths.
  enum Operation: UInt8 {
    case and, or, not, asCondition, ofObject, bare
  }

  private struct Remembered: Sendable {
    var operation: UInt8 = .max
    var first: Int32 = 0
    var second: Int32 = 0
    var result: Int32 = 0
  }

  /// Whether so much was met that it is time to forget.
  var isFull: Bool { truths.count > 65_536 || selections.count > 65_536 }

  /// What the leaves of a diagram of truths have in common.
  mutating func overview(of ref: Ref<Tri>, _ sets: inout SlotSets) -> Overview {
    guard case .node(let index) = ref else {
      if case .leaf(let tri) = ref { return Overview(tri) }
      return Overview()
    }
    if Int(index) < overviews.count, let known = overviews[Int(index)] { return known }
    let choice = truths.choice(of: ref)
    var overview = Overview()
    for reading in 0..<truths.arity(of: ref) {
      overview.add(self.overview(of: truths.restricted(ref, choice, reading), &sets), &sets)
    }
    while overviews.count < truths.count { overviews.append(nil) }
    overviews[Int(index)] = overview
    return overview
  }

  /// The same only under one reading of a choice (−1: of none).
  mutating func overview(of ref: Ref<Tri>, under choice: Int32, _ reading: Int, _ sets: inout SlotSets) -> Overview {
    let root = truths.choice(of: ref)
    // Choices ascend, so below a greater one this one doesn't stand.
    if root > choice { return overview(of: ref, &sets) }
    if root == choice { return overview(of: truths.restricted(ref, choice, reading), &sets) }
    var overview = Overview()
    for branch in 0..<truths.arity(of: ref) {
      overview.add(self.overview(of: truths.restricted(ref, root, branch), under: choice, reading, &sets), &sets)
    }
    return overview
  }

  /// The result of an operation on truths, where it is remembered.
  @inline(__always)
  mutating func known(_ operation: Operation, _ a: Ref<Tri>, _ b: Ref<Tri>) -> Ref<Tri>? {
    let (first, second) = (a.code, b.code)
    let known = operations[place(operation, first, second)]
    guard known.operation == operation.rawValue, known.first == first, known.second == second else { return nil }
    return Ref(code: known.result)
  }

  mutating func remember(_ operation: Operation, _ a: Ref<Tri>, _ b: Ref<Tri>, _ result: Ref<Tri>) {
    let (first, second) = (a.code, b.code)
    operations[place(operation, first, second)] = Remembered(
      operation: operation.rawValue, first: first, second: second, result: result.code)
  }

  @inline(__always)
  private func place(_ operation: Operation, _ first: Int32, _ second: Int32) -> Int {
    let mixed =
      UInt32(bitPattern: first) &* 0x9E37_79B1 &+ UInt32(bitPattern: second) &* 0x85EB_CA77
      &+ UInt32(operation.rawValue) &* 0xC2B2_AE3D
    return Int((mixed ^ mixed >> 15) >> 12) & (Self.remembered - 1)
  }
}

extension Ref where Leaf == Tri {
  /// The reference as one number: nodes from zero up, leaves below.
  @inline(__always)
  var code: Int32 {
    switch self {
    case .node(let index): index
    case .leaf(let tri): -1 - (tri.reasons.number << 2 | Int32(tri.state.rawValue))
    }
  }

  @inline(__always)
  init(code: Int32) {
    guard code < 0 else {
      self = .node(code)
      return
    }
    let leaf = -1 - code
    self = .leaf(
      Tri(
        state: Tri.State(rawValue: UInt8(truncatingIfNeeded: leaf & 3)) ?? .no, reasons: SlotSet(number: leaf >> 2)))
  }
}
