import PolicyIR
import PolicyValues

extension Compiler {
  /// Whether a value is never below zero and always computable where its facts are known, so that one more member of a list
  /// can only add to a sum of it.
  ///
  /// True only where the form shows it; whatever may fail or turn negative is false.
  mutating func onlyAdds(_ expression: Expression) -> Bool {
    switch expression.form {
    case .literal(.quantity(let number)): return !number.isNegative
    case .field(let field, _), .fieldOf(_, let field):
      guard program.fields.indices.contains(field.index), case .quantity = program.fields[field].type else {
        return false
      }
      return true
    case .definition(let id, _):
      guard program.definitions.indices.contains(id.index) else { return false }
      if let known = definitionsThatAdd[id] { return known }
      // A circle of definitions, which a checked program never holds, ends here.
      definitionsThatAdd[id] = false
      let result = program.definitions[id].bodies.allSatisfy { onlyAdds($0) }
      definitionsThatAdd[id] = result
      return result
    case .conditional(_, let then, let otherwise): return onlyAdds(then) && onlyAdds(otherwise)
    case .arithmetic(.add, let one, let two), .arithmetic(.multiply, let one, let two):
      return onlyAdds(one) && onlyAdds(two)
    case .call(.least, let items), .call(.greatest, let items): return items.allSatisfy { onlyAdds($0) }
    case .rounded(let operand, _): return onlyAdds(operand)
    case .aggregate(.count, _, _, _, _): return true
    case .aggregate(.sum, _, _, _, let body?): return onlyAdds(body)
    case .literal, .hole, .parameter, .table, .tiers, .measureAmount, .arithmetic, .call, .aggregate, .asOf,
      .classification, .measureHolds, .onList, .dangling, .conjunction, .disjunction, .negation, .atLeast, .comparison,
      .membership:
      return false
    }
  }
}
