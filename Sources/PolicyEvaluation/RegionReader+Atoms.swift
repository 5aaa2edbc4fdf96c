import PolicyIR
import PolicyValues

extension RegionReader {
  /// Values that are sorted otherwise in every reading lie outside; 不适用 is no.
  func classification(_ id: Int32, positively: Bool) -> Regions {
    let entry = plan.program.classifications[Int(id)]
    let field = entry.field.rawValue
    guard plan.fieldKinds[Int(field)] == kind, let values = values(of: field), values.count == entry.sorting.count
    else {
      return .free
    }
    return options(plan.fieldSlots[Int(field)], values.count, admitsNone: !positively) { value in
      switch entry.sorting[value] {
      case .yes: positively
      case .no: !positively
      case .unsettled, .disputed: true
      }
    }
  }

  private func values(of field: Int32) -> [OptionValue]? {
    guard case .option(let id) = plan.program.fields[Int(field)].type,
      plan.program.optionTypes.indices.contains(id.index)
    else { return nil }
    return plan.program.optionTypes[id].values
  }

  func membership(_ node: Node, positively: Bool) -> Regions {
    guard let field = plan.plainField(node.a, of: kind) else { return .free }
    let constants = (0..<Int(node.c)).map { plan.constants[Int(plan.operands[Int(node.b) + $0])] }
    let isOpen = node.detail != 0
    switch plan.program.fields[Int(field)].type {
    case .option:
      guard let values = values(of: field) else { return .free }
      let listed = Set(constants.compactMap { if case .option(let value) = $0 { Int(value) } else { nil } })
      // What an open list doesn't name is unknown, so it surely is never no.
      if positively && isOpen { return .free }
      return options(plan.fieldSlots[Int(field)], values.count, admitsNone: !positively) {
        listed.contains($0) == positively
      }
    case .date, .quantity:
      let numbers = constants.compactMap(\.number)
      guard positively, !isOpen, numbers.count == constants.count, let low = numbers.min(), let high = numbers.max()
      else { return .free }
      return between(plan.fieldSlots[Int(field)], low, high, admitsNone: false)
    case .truth, .duration, .text, .entity, .many: return .free
    }
  }

  mutating func comparison(_ node: Node, positively: Bool) -> Regions {
    let comparison = Expression.Comparison.allCases[min(Int(node.detail), 5)]
    let (left, right) = (plan.nodes[Int(node.a)], plan.nodes[Int(node.b)])
    if left.isTruth || right.isTruth {
      guard comparison == .equal || comparison == .notEqual, right.operation == .literal, left.isTruth,
        case .option(let flag) = plan.constants[Int(right.a)]
      else { return .free }
      return regions(node.a, positively: positively == ((flag != 0) == (comparison == .equal)))
    }
    if right.operation == .literal {
      return against(plan.constants[Int(right.a)], node.a, comparison, node.c, positively: positively)
    }
    if left.operation == .literal {
      return against(plan.constants[Int(left.a)], node.b, comparison.mirrored, node.c, positively: positively)
    }
    return .free
  }

  /// A fact against a literal. Negated, 不适用 holds, as every comparison with it is no.
  private func against(
    _ literal: Cell, _ operand: Int32, _ comparison: Expression.Comparison, _ option: Int32, positively: Bool
  ) -> Regions {
    guard let field = plan.plainField(operand, of: kind) else { return .free }
    let slot = plan.fieldSlots[Int(field)]
    switch plan.program.fields[Int(field)].type {
    case .option:
      guard case .option(let other) = literal, let values = values(of: field) else { return .free }
      let isOrdered = comparison != .equal && comparison != .notEqual
      if isOrdered, option < 0 || values.indices.contains(Int(other)) && values[Int(other)].unranked { return .free }
      return options(slot, values.count, admitsNone: !positively) { value in
        isOrdered && values[value].unranked || comparison.holds(Int32(value), other) == positively
      }
    case .date, .quantity:
      guard let number = literal.number, number > .min, number < .max else { return .free }
      let wanted = positively ? comparison : comparison.negated
      switch wanted {
      case .equal: return between(slot, number, number, admitsNone: !positively)
      case .notEqual: return .free
      case .less: return between(slot, .min, number - 1, admitsNone: !positively)
      case .lessOrEqual: return between(slot, .min, number, admitsNone: !positively)
      case .greater: return between(slot, number + 1, .max, admitsNone: !positively)
      case .greaterOrEqual: return between(slot, number, .max, admitsNone: !positively)
      }
    case .truth, .duration, .text, .entity, .many: return .free
    }
  }
}

extension Expression.Comparison {
  /// What holds between two values where this doesn't.
  var negated: Expression.Comparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }
}
