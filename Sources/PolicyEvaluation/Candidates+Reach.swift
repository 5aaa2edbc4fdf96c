import PolicyIR

extension PreparedProgram {
  /// The nodes on which some verdict depends; what only amounts, payers and dates read is not among them.
  func verdictNodes() -> [Bool] {
    var reach = Reach(plan: self)
    for measure in measures.indices { reach.visit(measure: measure) }
    return reach.isReached
  }
}

/// Marks what an expression depends on.
private struct Reach {
  let plan: PreparedProgram
  var isReached: [Bool]
  private var measures: Set<Int> = []
  private var amounts: Set<Int> = []

  init(plan: PreparedProgram) {
    self.plan = plan
    isReached = Array(repeating: false, count: plan.nodes.count)
  }

  mutating func visit(measure: Int) {
    guard measures.insert(measure).inserted else { return }
    let entry = plan.measures[measure]
    visit(entry.membership)
    for condition in entry.conditions { visit(condition.node) }
    switch entry.reference {
    case .follows(let target), .defers(let target): visit(measure: Int(target))
    case .none, .dangling: break
    }
  }

  mutating func visit(amount measure: Int) {
    visit(measure: measure)
    guard amounts.insert(measure).inserted else { return }
    visit(plan.measures[measure].amount)
    if case .follows(let target) = plan.measures[measure].reference { visit(amount: Int(target)) }
  }

  mutating func visit(_ index: Int32) {
    guard index >= 0, !isReached[Int(index)] else { return }
    isReached[Int(index)] = true
    let node = plan.nodes[Int(index)]
    switch node.operation {
    case .literal, .field, .classification, .asOf, .onList, .dangling, .malformed: break
    case .fieldOf, .parameter: visit(node.b)
    case .definition: for body in plan.definitions[Int(node.a)] { visit(body) }
    case .hole:
      visit(plan.holes[Int(node.a)].lowest)
      visit(plan.holes[Int(node.a)].highest)
      for filling in plan.holes[Int(node.a)].fillings { visit(filling) }
    case .table:
      for row in plan.tables[Int(node.a)].tests { for test in row { visit(test) } }
      for result in plan.tables[Int(node.a)].results { visit(result) }
    case .tiers:
      visit(plan.tierSchedules[Int(node.a)].base)
      for rate in plan.tierSchedules[Int(node.a)].rates { visit(rate) }
    case .measureHolds: visit(measure: Int(node.a))
    case .measureAmount: visit(amount: Int(node.a))
    case .conjunction, .disjunction, .atLeast, .call:
      for offset in 0..<Int(node.b) { visit(plan.operands[Int(node.a) + offset]) }
    case .negation, .membership, .rounded: visit(node.a)
    case .comparison, .arithmetic:
      visit(node.a)
      visit(node.b)
    case .conditional:
      visit(node.a)
      visit(node.b)
      visit(node.c)
    case .aggregate:
      visit(node.b)
      visit(node.c)
    }
  }
}
