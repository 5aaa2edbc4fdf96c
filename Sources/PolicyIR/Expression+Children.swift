extension Expression {
  /// The operands of an expression, in written order.
  package var children: [Expression] {
    switch form {
    case .literal, .field, .definition, .classification, .hole, .table, .tiers, .measureHolds, .measureAmount, .asOf,
      .onList, .dangling:
      []
    case .fieldOf(let owner, _): [owner]
    case .parameter(_, let date): [date]
    case .conjunction(let tests), .disjunction(let tests), .atLeast(_, let tests): tests
    case .negation(let test): [test]
    case .comparison(_, let left, let right), .arithmetic(_, let left, let right): [left, right]
    case .membership(let value, _, _): [value]
    case .conditional(let test, let yes, let no): [test, yes, no]
    case .call(_, let arguments): arguments
    case .aggregate(_, _, _, let filter, let body): [filter, body].compactMap { $0 }
    case .rounded(let value, _): [value]
    }
  }
}
