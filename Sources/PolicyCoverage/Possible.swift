package import PolicyIR

/// The outcomes that a test can have at all, by its form: a list that isn't on file never gives 是 or 否.
struct Possible: OptionSet, Hashable {
  let rawValue: UInt8
  static let yes = Possible(rawValue: 1)
  static let no = Possible(rawValue: 2)
  static let both: Possible = [.yes, .no]

  /// Whether it can come out so.
  func contains(_ flag: Bool) -> Bool { contains(flag ? .yes : .no) }

  var negated: Possible {
    var result: Possible = []
    if contains(.yes) { result.insert(.no) }
    if contains(.no) { result.insert(.yes) }
    return result
  }
}

extension Program {
  /// Whether a test can never be known, whatever the facts: it rests on what isn't at hand.
  package func isNeverKnown(_ expression: Expression) -> Bool {
    expression.type == .truth && possible(expression).isEmpty
  }

  /// The outcomes of a truth-typed expression; none but these can be shown by any subject.
  func possible(_ expression: Expression, depth: Int = 0) -> Possible {
    guard depth < 50 else { return .both }
    func of(_ expression: Expression) -> Possible { possible(expression, depth: depth + 1) }
    switch expression.form {
    case .literal(.truth(let flag)): return flag ? .yes : .no
    case .negation(let one): return of(one).negated
    case .conjunction(let all):
      let parts = all.map(of)
      var result: Possible = parts.contains { $0.contains(.no) } ? .no : []
      if parts.allSatisfy({ $0.contains(.yes) }) { result.insert(.yes) }
      return result
    case .disjunction(let all):
      let parts = all.map(of)
      var result: Possible = parts.contains { $0.contains(.yes) } ? .yes : []
      if parts.allSatisfy({ $0.contains(.no) }) { result.insert(.no) }
      return result
    case .definition(let id, _):
      let settled = definitions[id].choice.flatMap { choices[$0].ruling?.reading }
      let bodies = settled.map { [definitions[id].bodies[$0]] } ?? definitions[id].bodies
      return bodies.map(of).reduce(into: []) { $0.formUnion($1) }
    case .classification(let id, _):
      return classifications[id].sorting.reduce(into: []) { result, sorting in
        switch sorting {
        case .yes: result.insert(.yes)
        case .no: result.insert(.no)
        case .disputed: result.formUnion(.both)
        case .unsettled: break
        }
      }
    case .hole(let id): return holes[id].fillings.map { of($0.value) }.reduce(into: []) { $0.formUnion($1) }
    case .membership(_, _, let open): return open ? .yes : .both
    case .onList(let id):
      if nameLists[id].names == nil { return [] }
      return nameLists[id].complete ? .both : .yes
    case .dangling: return []
    case .measureHolds(let id): return possible(verdictOf: id, depth: depth + 1)
    case .literal, .field, .fieldOf, .parameter, .table, .tiers, .measureAmount, .asOf, .atLeast, .comparison,
      .arithmetic, .conditional, .call, .aggregate, .rounded:
      return .both
    }
  }

  private func possible(verdictOf id: MeasureID, depth: Int) -> Possible {
    let measure = measures[id]
    var parts = measure.conditions.map { condition in
      let test = possible(condition.test, depth: depth)
      return condition.role == .exception || condition.role == .precedence ? test.negated : test
    }
    if let membership = measure.object?.membership { parts.append(possible(membership, depth: depth)) }
    switch measure.reference?.target {
    case .text?: parts.append([])
    case .measure(let target)? where depth < 50: parts.append(possible(verdictOf: target, depth: depth + 1))
    case .measure?, nil: break
    }
    var result: Possible = parts.contains { $0.contains(.no) } ? .no : []
    if parts.allSatisfy({ $0.contains(.yes) }) { result.insert(.yes) }
    return result
  }
}
