extension Expression {
  /// The expression with each part replaced by what the body makes of it, operands first.
  package func mapped(_ body: (Expression) -> Expression) -> Expression {
    func map(_ child: Expression) -> Expression { child.mapped(body) }
    var result = self
    switch form {
    case .literal, .field, .definition, .classification, .hole, .table, .tiers, .measureHolds, .measureAmount, .asOf,
      .onList, .dangling:
      break
    case .fieldOf(let only, let field): result.form = .fieldOf(map(only), field)
    case .parameter(let id, let at): result.form = .parameter(id, at: map(at))
    case .negation(let only): result.form = .negation(map(only))
    case .membership(let only, let values, let isOpen): result.form = .membership(map(only), values, open: isOpen)
    case .rounded(let only, let rounding): result.form = .rounded(map(only), rounding)
    case .conjunction(let all): result.form = .conjunction(all.map(map))
    case .disjunction(let all): result.form = .disjunction(all.map(map))
    case .atLeast(let count, let all): result.form = .atLeast(count, all.map(map))
    case .call(let builtin, let all): result.form = .call(builtin, all.map(map))
    case .comparison(let comparison, let left, let right): result.form = .comparison(comparison, map(left), map(right))
    case .arithmetic(let operation, let left, let right): result.form = .arithmetic(operation, map(left), map(right))
    case .conditional(let test, let yes, let no): result.form = .conditional(map(test), map(yes), map(no))
    case .aggregate(let aggregate, let relation, let depth, let filter, let operand):
      result.form = .aggregate(
        aggregate, relation: relation, depth: depth, filter: filter.map(map), body: operand.map(map))
    }
    return body(result)
  }
}

extension Program {
  /// Replaces every expression of the rules, whole.
  package mutating func replaceExpressions(_ body: (Expression) -> Expression) {
    for index in measures.indices { measures[index].replaceExpressions(body) }
    for index in definitions.indices { definitions[index].bodies = definitions[index].bodies.map(body) }
    for index in holes.indices {
      holes[index].lowest = holes[index].lowest.map(body)
      holes[index].highest = holes[index].highest.map(body)
      for place in holes[index].fillings.indices {
        holes[index].fillings[place].value = body(holes[index].fillings[place].value)
      }
    }
    for index in tables.indices {
      for row in tables[index].rows.indices {
        tables[index].rows[row].tests = tables[index].rows[row].tests.map { $0.map(body) }
        tables[index].rows[row].result = body(tables[index].rows[row].result)
      }
    }
    for index in tierSchedules.indices {
      tierSchedules[index].base = body(tierSchedules[index].base)
      for tier in tierSchedules[index].tiers.indices {
        tierSchedules[index].tiers[tier].rate = body(tierSchedules[index].tiers[tier].rate)
      }
    }
    for index in groups.indices {
      groups[index].cap = groups[index].cap.map(body)
      groups[index].received = groups[index].received.map(body)
    }
  }
}

extension Measure {
  /// Replaces every expression of the measure, whole.
  package mutating func replaceExpressions(_ body: (Expression) -> Expression) {
    if let membership = object?.membership { object?.membership = body(membership) }
    for index in conditions.indices { conditions[index].test = body(conditions[index].test) }
    if let rule = amount { amount?.value = body(rule.value) }
    for index in payers.indices {
      payers[index].condition = payers[index].condition.map(body)
      switch payers[index].share {
      case .rate(let share): payers[index].share = .rate(body(share))
      case .amount(let share): payers[index].share = .amount(body(share))
      case .unstated, .rest: break
      }
    }
    for index in instalments.indices {
      instalments[index].condition = instalments[index].condition.map(body)
      instalments[index].date = instalments[index].date.map(body)
    }
    for index in deadlines.indices { deadlines[index].start = deadlines[index].start.map(body) }
  }
}
