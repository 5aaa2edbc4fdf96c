import PolicyIR
import PolicyValues

extension CircuitCompiler {
  /// Whether a fact's number lies between two ends.
  mutating func within(
    _ field: Int32, _ low: Int64, _ high: Int64, outside: Bool = false, missing: Kleene = .unknown
  ) -> Int32 {
    var gate = Gate(outside ? .outside : .within)
    (gate.a, gate.low, gate.high, gate.detail) = (slot(field), low, high, missing.bits)
    return add(gate)
  }

  /// Whether an option is one of some values; those in `open` leave it unknown.
  mutating func among(_ field: Int32, _ isYes: [Bool], open: [Bool]? = nil) -> Int32 {
    let chosen = isYes.indices.filter { isYes[$0] }
    if open == nil, let first = chosen.first, let last = chosen.last, last - first + 1 == chosen.count {
      return within(field, Int64(first), Int64(last))
    }
    let words = (isYes.count + 63) / 64
    var set = [UInt64](repeating: 0, count: 2 * words)
    for value in isYes.indices {
      if isYes[value] { set[value >> 6] |= 1 << UInt64(value & 63) }
      if open?[value] == true { set[words + value >> 6] |= 1 << UInt64(value & 63) }
    }
    var gate = Gate(.among)
    (gate.a, gate.b, gate.low) = (slot(field), place(of: set), Int64(words))
    return add(gate)
  }

  /// A classification as a test of its option; nil where a value's sorting is an open choice.
  mutating func classification(_ id: Int32) -> Int32? {
    let entry = plan.program.classifications[Int(id)]
    guard let values = values(of: entry.field.rawValue), values.count == entry.sorting.count else { return nil }
    var (isYes, open) = ([Bool](repeating: false, count: values.count), [Bool](repeating: false, count: values.count))
    for (value, sorting) in entry.sorting.enumerated() {
      switch sorting {
      case .yes: isYes[value] = true
      case .no: break
      case .unsettled: open[value] = true
      case .disputed(let choice):
        guard plan.program.choices.indices.contains(choice.index), let ruling = plan.program.choices[choice].ruling
        else { return nil }
        isYes[value] = ruling.reading == 0
      }
    }
    return among(entry.field.rawValue, isYes, open: open.contains(true) ? open : nil)
  }

  /// The values of an option field of the kind.
  private func values(of field: Int32) -> [OptionValue]? {
    guard plan.fieldKinds[Int(field)] == kind, case .option(let id) = type(field),
      plan.program.optionTypes.indices.contains(id.index)
    else { return nil }
    return plan.program.optionTypes[id].values
  }

  mutating func membership(_ node: Node) -> Int32? {
    guard let field = plan.plainField(node.a, of: kind) else { return nil }
    let constants = (0..<Int(node.c)).map { plan.constants[Int(plan.operands[Int(node.b) + $0])] }
    let isOpen = node.detail != 0
    switch type(field) {
    case .option:
      guard let values = values(of: field) else { return nil }
      var isYes = [Bool](repeating: false, count: values.count)
      for case .option(let value) in constants where isYes.indices.contains(Int(value)) { isYes[Int(value)] = true }
      return among(field, isYes, open: isOpen ? isYes.map { !$0 } : nil)
    case .date, .quantity:
      guard !isOpen else { return nil }
      var items: [Int32] = []
      for constant in constants {
        guard let number = constant.number else { return nil }
        items.append(within(field, number, number, missing: settled(field, number)))
      }
      return items.isEmpty ? nil : connective(.any, items)
    case .truth, .duration, .text, .entity, .many: return nil
    }
  }

  mutating func comparison(_ node: Node) -> Int32? {
    let comparison = Expression.Comparison.allCases[min(Int(node.detail), 5)]
    if plan.nodes[Int(node.a)].isTruth || plan.nodes[Int(node.b)].isTruth { return truths(node, comparison) }
    if plan.nodes[Int(node.b)].operation == .literal {
      return against(plan.constants[Int(plan.nodes[Int(node.b)].a)], node.a, comparison, node.c)
    }
    if plan.nodes[Int(node.a)].operation == .literal {
      return against(plan.constants[Int(plan.nodes[Int(node.a)].a)], node.b, comparison.mirrored, node.c)
    }
    return dates(node, comparison)
  }

  /// A truth that is compared with 是 or 否.
  private mutating func truths(_ node: Node, _ comparison: Expression.Comparison) -> Int32? {
    guard comparison == .equal || comparison == .notEqual, plan.nodes[Int(node.b)].operation == .literal,
      case .option(let flag) = plan.constants[Int(plan.nodes[Int(node.b)].a)], let gate = truth(node.a)
    else { return nil }
    return (flag != 0) == (comparison == .equal) ? gate : not(gate)
  }

  /// A fact against a literal.
  private mutating func against(
    _ literal: Cell, _ operand: Int32, _ comparison: Expression.Comparison, _ option: Int32
  ) -> Int32? {
    guard let field = plan.plainField(operand, of: kind) else { return nil }
    switch type(field) {
    case .option:
      guard case .option(let other) = literal, let values = values(of: field) else { return nil }
      let isOrdered = comparison != .equal && comparison != .notEqual
      guard !isOrdered || option >= 0 else { return nil }
      let isOut = isOrdered && values.indices.contains(Int(other)) && values[Int(other)].unranked
      if isOut { return nil }
      var (isYes, open) = (values.map { _ in false }, values.map { _ in false })
      for value in values.indices {
        if isOrdered, values[value].unranked {
          open[value] = true
        } else {
          isYes[value] = comparison.holds(Int32(value), other)
        }
      }
      return among(field, isYes, open: open.contains(true) ? open : nil)
    case .date, .quantity:
      guard let number = literal.number, number > .min, number < .max else { return nil }
      return ordered(field, comparison, number)
    case .truth, .duration, .text, .entity, .many: return nil
    }
  }

  private mutating func ordered(_ field: Int32, _ comparison: Expression.Comparison, _ number: Int64) -> Int32 {
    switch comparison {
    case .equal: within(field, number, number, missing: settled(field, number))
    case .notEqual: within(field, number, number, outside: true)
    case .less: within(field, .min, number - 1, missing: settled(field, number - 1))
    case .lessOrEqual: within(field, .min, number, missing: settled(field, number))
    case .greater: within(field, number + 1, .max)
    case .greaterOrEqual: within(field, number, .max)
    }
  }

  /// What is known where the fact is missing and at most `high` is asked: a quantity is never below zero.
  private func settled(_ field: Int32, _ high: Int64) -> Kleene {
    plan.fieldIsQuantity[Int(field)] && high < 0 ? .no : .unknown
  }

  /// A date against another fact or the as-of date.
  private mutating func dates(_ node: Node, _ comparison: Expression.Comparison) -> Int32? {
    func place(_ operand: Int32, _ compiler: inout CircuitCompiler) -> Int32? {
      if compiler.plan.nodes[Int(operand)].operation == .asOf { return compiler.asOfSlot }
      guard let field = compiler.plan.plainField(operand, of: compiler.kind), compiler.type(field) == .date else {
        return nil
      }
      return compiler.slot(field)
    }
    guard let one = place(node.a, &self), let two = place(node.b, &self) else { return nil }
    var gate = Gate(.dates)
    (gate.a, gate.b) = (one, two)
    gate.detail = (comparison.holds(0, 1) ? 1 : 0) | (comparison.holds(0, 0) ? 2 : 0) | (comparison.holds(1, 0) ? 4 : 0)
    return add(gate)
  }
}

extension PreparedProgram {
  /// The field of the subject itself that a node is, also by way of definitions; nil for anything else.
  func plainField(_ index: Int32, of kind: Int32) -> Int32? {
    var index = index
    for _ in 0..<20 {
      let node = nodes[Int(index)]
      guard node.depth == 0 else { return nil }
      if node.operation == .field { return fieldKinds[Int(node.a)] == kind ? node.a : nil }
      guard node.operation == .definition, openChoices[Int(node.a)] < 0,
        let body = definitions[Int(node.a)].first
      else { return nil }
      index = body
    }
    return nil
  }
}

extension Cell {
  /// The number that stands for a date or a quantity; nil where there is none.
  var number: Int64? {
    switch self {
    case .quantity(let number): FactVector.scaled(number)
    case .date(let date): Int64(date.dayNumber)
    case .duration, .text, .option, .unknown, .notApplicable: nil
    }
  }
}
