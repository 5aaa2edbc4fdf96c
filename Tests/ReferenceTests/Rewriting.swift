import PolicyIR

extension Expression {
  /// The expression with every part rewritten, from the inside out.
  func rewritten(_ change: (Expression) -> Expression) -> Expression {
    func inner(_ expression: Expression) -> Expression { expression.rewritten(change) }
    let form: Form =
      switch self.form {
      case .literal, .field, .definition, .classification, .hole, .table, .tiers, .measureHolds, .measureAmount, .asOf,
        .onList, .dangling:
        self.form
      case .fieldOf(let owner, let field): .fieldOf(inner(owner), field)
      case .parameter(let id, let date): .parameter(id, at: inner(date))
      case .conjunction(let tests): .conjunction(tests.map(inner))
      case .disjunction(let tests): .disjunction(tests.map(inner))
      case .negation(let test): .negation(inner(test))
      case .atLeast(let count, let tests): .atLeast(count, tests.map(inner))
      case .comparison(let comparison, let left, let right): .comparison(comparison, inner(left), inner(right))
      case .membership(let operand, let list, let isOpen): .membership(inner(operand), list, open: isOpen)
      case .arithmetic(let operation, let left, let right): .arithmetic(operation, inner(left), inner(right))
      case .conditional(let test, let yes, let no): .conditional(inner(test), inner(yes), inner(no))
      case .call(let builtin, let arguments): .call(builtin, arguments.map(inner))
      case .aggregate(let aggregate, let relation, let depth, let filter, let body):
        .aggregate(aggregate, relation: relation, depth: depth, filter: filter.map(inner), body: body.map(inner))
      case .rounded(let operand, let rounding): .rounded(inner(operand), rounding)
      }
    return change(Expression(form, type: type, span: span))
  }
}

extension Program {
  /// The program with every expression rewritten.
  func rewritten(_ change: (Expression) -> Expression) -> Program {
    func all(_ expression: Expression) -> Expression { expression.rewritten(change) }
    var copy = self
    for id in copy.definitions.indices { copy.definitions[id].bodies = copy.definitions[id].bodies.map(all) }
    for id in copy.tables.indices {
      for row in copy.tables[id].rows.indices {
        copy.tables[id].rows[row].tests = copy.tables[id].rows[row].tests.map { $0.map(all) }
        copy.tables[id].rows[row].result = all(copy.tables[id].rows[row].result)
      }
    }
    for id in copy.tierSchedules.indices { copy.tierSchedules[id].base = all(copy.tierSchedules[id].base) }
    for (id, measure) in measures.enumerated() {
      copy.measures[id].object?.membership = measure.object?.membership.map(all)
      for (place, condition) in measure.conditions.enumerated() {
        copy.measures[id].conditions[place].test = all(condition.test)
      }
      if let amount = measure.amount { copy.measures[id].amount?.value = all(amount.value) }
    }
    return copy
  }

  /// The program with its measures in another order; `order` holds the old places.
  func reordered(_ order: [Int]) -> Program {
    var place = [Int](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { place[old] = new }
    func moved(_ id: MeasureID) -> MeasureID { MeasureID(place[id.index]) }
    var copy = rewritten { expression in
      var expression = expression
      if case .measureHolds(let id) = expression.form { expression.form = .measureHolds(moved(id)) }
      if case .measureAmount(let id) = expression.form { expression.form = .measureAmount(moved(id)) }
      return expression
    }
    copy.measures = order.map { copy.measures[$0] }
    for id in copy.measures.indices {
      for condition in copy.measures[id].conditions.indices {
        copy.measures[id].conditions[condition].source = copy.measures[id].conditions[condition].source.map(moved)
      }
      if case .measure(let other)? = copy.measures[id].reference?.target {
        copy.measures[id].reference?.target = .measure(moved(other))
      }
    }
    return copy
  }
}
