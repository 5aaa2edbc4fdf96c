extension Expression {
  /// The operands of an expression, in written order.
  package var children: [Expression] {
    var children: [Expression] = []
    forEachChild { children.append($0) }
    return children
  }

  /// Calls the body with each operand, in written order.
  package func forEachChild(_ body: (Expression) -> Void) {
    switch form {
    case .literal, .field, .definition, .classification, .hole, .table, .tiers, .measureHolds, .measureAmount, .asOf,
      .onList, .dangling:
      break
    case .fieldOf(let only, _), .parameter(_, let only), .negation(let only), .membership(let only, _, _),
      .rounded(let only, _):
      body(only)
    case .conjunction(let all), .disjunction(let all), .atLeast(_, let all), .call(_, let all):
      for child in all { body(child) }
    case .comparison(_, let left, let right), .arithmetic(_, let left, let right):
      body(left)
      body(right)
    case .conditional(let test, let yes, let no):
      body(test)
      body(yes)
      body(no)
    case .aggregate(_, _, _, let filter, let operand):
      if let filter { body(filter) }
      if let operand { body(operand) }
    }
  }
}
