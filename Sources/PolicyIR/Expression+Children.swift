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

extension Expression {
  /// The expression with other operands, as many as it has, in written order.
  package func withChildren(_ children: [Expression]) -> Expression {
    var result = self
    switch form {
    case .literal, .field, .definition, .classification, .hole, .table, .tiers, .measureHolds, .measureAmount, .asOf,
      .onList, .dangling:
      break
    case .fieldOf(_, let field): result.form = .fieldOf(children[0], field)
    case .parameter(let id, _): result.form = .parameter(id, at: children[0])
    case .negation: result.form = .negation(children[0])
    case .membership(_, let values, let isOpen): result.form = .membership(children[0], values, open: isOpen)
    case .rounded(_, let rounding): result.form = .rounded(children[0], rounding)
    case .conjunction: result.form = .conjunction(children)
    case .disjunction: result.form = .disjunction(children)
    case .atLeast(let count, _): result.form = .atLeast(count, children)
    case .call(let builtin, _): result.form = .call(builtin, children)
    case .comparison(let comparison, _, _): result.form = .comparison(comparison, children[0], children[1])
    case .arithmetic(let operation, _, _): result.form = .arithmetic(operation, children[0], children[1])
    case .conditional: result.form = .conditional(children[0], children[1], children[2])
    case .aggregate(let aggregate, let relation, let depth, let filter, let body):
      var rest = children[...]
      result.form = .aggregate(
        aggregate, relation: relation, depth: depth, filter: filter == nil ? nil : rest.popFirst(),
        body: body == nil ? nil : rest.popFirst())
    }
    return result
  }

  /// The expression with the part at a path of operands replaced by what the body makes of it.
  package func replacing(_ path: some Collection<Int>, _ body: (Expression) -> Expression) -> Expression {
    guard let first = path.first else { return body(self) }
    var children = children
    guard children.indices.contains(first) else { return self }
    children[first] = children[first].replacing(path.dropFirst(), body)
    return withChildren(children)
  }
}
