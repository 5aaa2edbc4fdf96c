package import PolicyIR
package import PolicyValues

/// An atomic test of a condition, with the operands that lead to it.
struct Atom: Hashable {
  var path: [Int]
  var expression: Expression
}

extension Expression {
  /// The tests that 且, 或, 非 and 至少 connect, in written order.
  func atoms(_ path: [Int]) -> [Atom] {
    switch form {
    case .conjunction, .disjunction, .negation, .atLeast:
      children.enumerated().flatMap { $1.atoms(path + [$0]) }
    default: [Atom(path: path, expression: self)]
    }
  }

  /// Whether it compares by order.
  var isOrdered: Bool {
    guard case .comparison(let comparison, let left, _) = form else { return false }
    if case .duration = left.type { return false }
    switch comparison {
    case .equal, .notEqual: return false
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return true
    }
  }

  /// Whether it is a fact or a constant.
  var isPlain: Bool {
    switch form {
    case .literal, .field, .fieldOf: true
    default: false
    }
  }
}

extension Program {
  /// Whether a value can lie on a side of another: no quantity is below zero, no option beyond the last.
  func canLie(_ left: Expression, _ right: Expression, _ side: CoverageItem.Side) -> Bool {
    func ends(_ value: Value, _ other: ValueType) -> (isLeast: Bool, isGreatest: Bool) {
      switch (value, other) {
      case (.quantity(let number), _): return (number.isZero, false)
      case (.option(let position), .option(let type)):
        let ranked = optionTypes[type].values.indices.filter { !optionTypes[type].values[$0].unranked }
        return (Int(position) == ranked.first, Int(position) == ranked.last)
      default: return (false, false)
      }
    }
    if case .literal(let value) = right.form {
      let (isLeast, isGreatest) = ends(value, left.type)
      return !(side == .below && isLeast) && !(side == .above && isGreatest)
    }
    if case .literal(let value) = left.form {
      let (isLeast, isGreatest) = ends(value, right.type)
      return !(side == .above && isLeast) && !(side == .below && isGreatest)
    }
    return true
  }

  /// The least difference from a threshold that is tried; nil where nothing lies next to it.
  package func leastDifference(_ left: Expression, _ right: Expression) -> Rational? {
    let (value, threshold) = if case .literal = left.form { (right, left) } else { (left, right) }
    switch value.form {
    case .call(.monthDay, _): return nil
    case .call(.year, _), .call(.fullYears, _), .call(.fullMonths, _), .call(.days, _), .aggregate(.count, _, _, _, _):
      return .one
    default: break
    }
    switch (value.type, threshold.form) {
    case (.date, _): return .one
    case (.quantity(let dimension), .literal(.quantity(let number))): return dimension.leastStep(at: number)
    case (.quantity(let dimension), _): return dimension.leastStep(at: .zero)
    default: return nil
    }
  }
}

extension Dimension {
  /// One of a count; 1元 next to whole 元, otherwise 1分; 0.01亩; 0.0001 of rates.
  package func leastStep(at number: Rational) -> Rational {
    if self == .money, number.isInteger { return .one }
    if self == .count(counter), counter != .none, number.isInteger { return .one }
    let parts: Int128 = money == 0 && area == 0 && counterExponent == 0 ? 10_000 : 100
    return (try? Rational(numerator: 1, denominator: parts)) ?? .one
  }
}

extension Program {
  /// The expression that an item is about; nil for items of declarations without one.
  package func expression(at item: CoverageItem) -> Expression? {
    var path = item.path[...]
    var expression: Expression?
    switch item.owner {
    case .object(let id): expression = measures[id].object?.membership
    case .condition(let id, let position): expression = measures[id].conditions[position].test
    case .amount(let id): expression = measures[id].amount?.value
    case .payer(let id, let position):
      let payer = measures[id].payers[position]
      switch (path.popFirst(), payer.share) {
      case (0, _): expression = payer.condition
      case (_, .rate(let share)), (_, .amount(let share)): expression = share
      case (_, .unstated), (_, .rest): return nil
      }
    case .instalment(let id, let position):
      let instalment = measures[id].instalments[position]
      expression = path.popFirst() == 0 ? instalment.condition : instalment.date
    case .deadline(let id, let position): expression = measures[id].deadlines[position].start
    case .definition(let id, let reading): expression = definitions[id].bodies[reading]
    case .filling(let id, let position): expression = holes[id].fillings[position].value
    case .row(let id, let row):
      guard let column = path.popFirst() else { return nil }
      let entry = tables[id].rows[row]
      expression = column < entry.tests.count ? entry.tests[column] : entry.result
    case .tiers(let id):
      guard let part = path.popFirst() else { return nil }
      expression = part == 0 ? tierSchedules[id].base : tierSchedules[id].tiers[part - 1].rate
    case .verdict, .classification, .choice, .parameter, .measurePeriod, .documentPeriod: return nil
    }
    while let position = path.popFirst() {
      guard let children = expression?.children, children.indices.contains(position) else { return nil }
      expression = children[position]
    }
    return expression
  }
}
