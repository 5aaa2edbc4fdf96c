import PolicyIR
import PolicyValues

/// Turns the nodes of a kind's measures into gates, equal ones into one.
struct CircuitCompiler {
  let plan: PreparedProgram
  let kind: Int32
  let asOfSlot: Int32
  var gates: [Gate] = []
  var operands: [Int32] = []
  var masks: [UInt64] = []
  /// For each gate an expression that means it; −1 for none.
  var sources: [Int32] = []
  private var numbers: [Key: Int32] = [:]
  private var sets: [[UInt64]: Int32] = [:]
  /// The parts of measures that others refer to; nil where the engine answers.
  private var measures: [Int32: (object: Int32, conditions: Int32)?] = [:]
  private var definitions: [Int32: Int32?] = [:]
  private var depth = 0
  static var deepest: Int { 100 }

  init(_ plan: PreparedProgram, kind: Int32, asOfSlot: Int32) {
    (self.plan, self.kind, self.asOfSlot) = (plan, kind, asOfSlot)
  }

  private struct Key: Hashable {
    var gate: Gate
    var operands: [Int32]
  }

  /// The number of a gate; `list` are its operands where it has several.
  mutating func add(_ gate: Gate, _ list: [Int32] = []) -> Int32 {
    let key = Key(gate: gate, operands: list)
    if let known = numbers[key] { return known }
    var gate = gate
    if !list.isEmpty {
      gate.a = Int32(operands.count)
      operands.append(contentsOf: list)
    }
    let number = Int32(gates.count)
    gates.append(gate)
    numbers[key] = number
    return number
  }

  /// The object and the conditions of a measure; nil where the engine answers.
  mutating func measure(_ id: Int32) -> (object: Int32, conditions: Int32)? {
    if let known = measures[id] { return known }
    // A circle, which a checked program never holds, ends here.
    measures[id] = .some(nil)
    let parts = freshMeasure(plan.measures[Int(id)])
    measures[id] = .some(parts)
    return parts
  }

  private mutating func freshMeasure(_ measure: MeasurePlan) -> (object: Int32, conditions: Int32)? {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { return nil }
    var object: Int32 = -1
    if measure.membership >= 0 {
      guard let gate = truth(measure.membership) else { return nil }
      object = gate
    }
    var all: [Int32] = []
    for condition in measure.conditions {
      guard let gate = truth(condition.node) else { return nil }
      all.append(condition.isNegated ? not(gate) : gate)
    }
    switch measure.reference {
    case .none: break
    case .dangling: all.append(add(.constant(.unknown)))
    case .follows(let target), .defers(let target):
      guard let gate = holds(target) else { return nil }
      if case .defers = measure.reference { all.append(not(gate)) } else { all.append(gate) }
    }
    return (object, connective(.all, all))
  }

  /// Whether another measure's verdict is yes; 不适用 counts as no.
  mutating func holds(_ id: Int32) -> Int32? {
    guard plan.measures[Int(id)].kind == kind else { return add(.constant(.no)) }
    guard let parts = measure(id) else { return nil }
    let days = plan.days(of: Int(id))
    if parts.object < 0, days == DayRange() { return parts.conditions }
    var gate = Gate(.holds)
    (gate.a, gate.b, gate.low, gate.high) = (parts.object, parts.conditions, Int64(days.first), Int64(days.last))
    return add(gate)
  }

  mutating func not(_ operand: Int32) -> Int32 {
    var gate = Gate(.not)
    gate.a = operand
    return add(gate)
  }

  /// All or any of some gates; parts of the same sort are taken in.
  mutating func connective(_ operation: Gate.Operation, _ items: [Int32]) -> Int32 {
    if items.count == 1 { return items[0] }
    var flat: [Int32] = []
    for item in items {
      let inner = gates[Int(item)]
      if inner.operation == operation {
        flat.append(contentsOf: operands[Int(inner.a)..<Int(inner.a + inner.b)])
      } else {
        flat.append(item)
      }
    }
    if flat.isEmpty { return add(.constant(.of(operation == .all))) }
    var gate = Gate(operation)
    gate.b = Int32(flat.count)
    return add(gate, flat)
  }

  /// The gate of a truth; nil where the engine answers.
  mutating func truth(_ index: Int32) -> Int32? {
    guard let gate = freshTruth(index) else { return nil }
    while sources.count < gates.count { sources.append(-1) }
    if sources[Int(gate)] < 0 { sources[Int(gate)] = plan.nodes[Int(index)].source }
    return gate
  }

  private mutating func freshTruth(_ index: Int32) -> Int32? {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { return nil }
    let node = plan.nodes[Int(index)]
    guard node.isTruth else { return nil }
    switch node.operation {
    case .literal:
      guard case .option(let flag) = plan.constants[Int(node.a)] else { return nil }
      return add(.constant(.of(flag != 0)))
    case .field:
      guard node.depth == 0, plan.fieldKinds[Int(node.a)] == kind, type(node.a) == .truth else { return nil }
      return within(node.a, 1, 1)
    case .definition: return node.depth == 0 ? definition(node.a) : nil
    case .classification: return node.depth == 0 ? classification(node.a) : nil
    case .hole:
      // What fills it depends on the date.
      return plan.holes[Int(node.a)].fillings.isEmpty ? add(.constant(.unknown)) : nil
    case .measureHolds: return holds(node.a)
    case .dangling: return add(.constant(.unknown))
    case .conjunction, .disjunction:
      guard let items = truths(node) else { return nil }
      return connective(node.operation == .conjunction ? .all : .any, items)
    case .negation: return truth(node.a).map { not($0) }
    case .atLeast:
      guard let items = truths(node) else { return nil }
      var gate = Gate(.atLeast)
      (gate.b, gate.low) = (Int32(items.count), Int64(node.c))
      return items.isEmpty ? add(.constant(.of(node.c <= 0))) : add(gate, items)
    case .conditional:
      guard let test = truth(node.a), let then = truth(node.b), let otherwise = truth(node.c) else { return nil }
      var gate = Gate(.choose)
      gate.b = 3
      return add(gate, [test, then, otherwise])
    case .comparison: return comparison(node)
    case .membership: return membership(node)
    case .fieldOf, .onList, .aggregate, .parameter, .table, .tiers, .measureAmount, .asOf, .arithmetic, .call,
      .rounded, .malformed:
      return nil
    }
  }

  private mutating func truths(_ node: Node) -> [Int32]? {
    var items: [Int32] = []
    for offset in 0..<Int(node.b) {
      guard let item = truth(plan.operands[Int(node.a) + offset]) else { return nil }
      items.append(item)
    }
    return items
  }

  /// The one body of a definition; nil where a choice is open.
  private mutating func definition(_ id: Int32) -> Int32? {
    if let known = definitions[id] { return known }
    definitions[id] = .some(nil)
    guard plan.openChoices[Int(id)] < 0, let body = plan.definitions[Int(id)].first else { return nil }
    let gate = truth(body)
    definitions[id] = .some(gate)
    return gate
  }

  func type(_ field: Int32) -> ValueType { plan.program.fields[Int(field)].type }

  func slot(_ field: Int32) -> Int32 { plan.fieldSlots[Int(field)] }

  /// The place of a row of bits among the masks.
  mutating func place(of set: [UInt64]) -> Int32 {
    if let known = sets[set] { return known }
    let place = Int32(masks.count)
    masks.append(contentsOf: set)
    sets[set] = place
    return place
  }
}
