import PolicyEvaluation
import PolicyIR
import PolicyValues

/// Tests: their outcomes, and whether they decide.
extension CoverageWalk {
  /// An atomic test as it came out.
  private struct Evaluated {
    var atom: Atom
    var step: Int
    var outcome: Outcome<Truth>
  }

  /// How atomic tests are connected.
  private indirect enum Connection {
    case atom(Int)
    case all([Connection])
    case any([Connection])
    case not(Connection)
    case atLeast(Int, [Connection])
  }

  /// A truth-typed expression: outcomes of the whole and of its atomic tests, under each combination of readings.
  mutating func tests(
    _ expression: Expression, _ owner: CoverageItem.Owner, _ path: [Int], _ step: Int, _ fixed: Readings
  ) {
    var atoms: [Evaluated] = []
    guard let connection = connect(expression, path, step, &atoms) else { return }
    var isComposite = true
    if case .atom = connection { isComposite = false }
    for readings in combinations(atoms.map(\.outcome.choices), fixed) {
      let values = atoms.map { $0.outcome.leaf(readings).state }
      if isComposite, let whole = evaluate(connection, values) { mark(owner, path, .outcome(whole)) }
      for (position, value) in values.enumerated() {
        guard let value else { continue }
        if !atoms[position].atom.expression.isOrdered { mark(owner, atoms[position].atom.path, .outcome(value)) }
        guard atoms.count > 1 else { continue }
        var other = values
        other[position] = !value
        if evaluate(connection, values) != evaluate(connection, other) {
          mark(owner, atoms[position].atom.path, .decides(value))
        }
      }
    }
    for evaluated in atoms { atom(evaluated, owner, fixed) }
  }

  private mutating func atom(_ evaluated: Evaluated, _ owner: CoverageItem.Owner, _ fixed: Readings) {
    let (expression, path) = (evaluated.atom.expression, evaluated.atom.path)
    let children = derivation.children(of: evaluated.step)
    switch expression.form {
    case .comparison(_, let left, let right) where expression.isOrdered && children.count == 2:
      sides(owner, path, children[0], children[1], unit: program.leastDifference(left, right), fixed)
    case .membership(let operand, let listed, _) where listed.count > 1:
      if let child = children.first { met(listed, operand.type, owner, path, child, fixed) }
    case .classification(let id, _): sorted(id, evaluated.step)
    case .conditional:
      if let test = children.first {
        for leaf in truths(test, fixed) {
          if leaf == .yes { mark(owner, path, .branch(true)) }
          if leaf == .no || leaf == .notApplicable { mark(owner, path, .branch(false)) }
        }
      }
    default: break
    }
    inside(expression, owner, path, evaluated.step, fixed)
  }

  private func truths(_ step: Int, _ fixed: Readings) -> [Truth] {
    if case .truth(let outcome)? = derivation[step].outcome { return outcome.leaves(fixed) }
    return []
  }

  /// Which value of a list a fact is.
  private mutating func met(
    _ listed: [Value], _ type: ValueType, _ owner: CoverageItem.Owner, _ path: [Int], _ step: Int, _ fixed: Readings
  ) {
    guard case .value(let outcome)? = derivation[step].outcome else { return }
    for case .value(let value) in outcome.leaves(fixed) {
      if let position = listed.firstIndex(of: value) { mark(owner, path, .value(position)) }
    }
  }

  /// Which value was sorted: its fact is read off the subject.
  private mutating func sorted(_ id: ClassificationID, _ step: Int) {
    guard let owner = subject.related(derivation[step].subject, in: program) else { return }
    let slot = program.fields[program.classifications[id].field].slot
    if owner.facts.indices.contains(slot), case .value(.option(let option)) = owner.facts[slot] {
      mark(.classification(id), [], .value(Int(option)))
    }
  }

  private func connect(
    _ expression: Expression, _ path: [Int], _ step: Int, _ atoms: inout [Evaluated]
  ) -> Connection? {
    let children = derivation.children(of: step)
    func parts() -> [Connection]? {
      let operands = expression.children
      guard operands.count == children.count else { return nil }
      var result: [Connection] = []
      for (position, operand) in operands.enumerated() {
        guard let part = connect(operand, path + [position], children[position], &atoms) else { return nil }
        result.append(part)
      }
      return result
    }
    switch expression.form {
    case .conjunction: return parts().map { .all($0) }
    case .disjunction: return parts().map { .any($0) }
    case .negation: return parts()?.first.map { .not($0) }
    case .atLeast(let count, _): return parts().map { .atLeast(count, $0) }
    default:
      guard case .truth(let outcome)? = derivation[step].outcome else { return nil }
      atoms.append(Evaluated(atom: Atom(path: path, expression: expression), step: step, outcome: outcome))
      return .atom(atoms.count - 1)
    }
  }

  /// Kleene's logic over atoms; nil: unknown.
  private func evaluate(_ connection: Connection, _ values: [Bool?]) -> Bool? {
    switch connection {
    case .atom(let position): return values[position]
    case .not(let part): return evaluate(part, values).map { !$0 }
    case .all(let parts):
      let found = parts.map { evaluate($0, values) }
      return found.contains(false) ? false : found.contains(nil) ? nil : true
    case .any(let parts):
      let found = parts.map { evaluate($0, values) }
      return found.contains(true) ? true : found.contains(nil) ? nil : false
    case .atLeast(let count, let parts):
      let found = parts.map { evaluate($0, values) }
      let (yes, open) = (found.count { $0 == true }, found.count { $0 == nil })
      return yes >= count ? true : yes + open < count ? false : nil
    }
  }

  /// All combinations of readings of choices, those that are fixed as they are; at most 256.
  func combinations(_ choices: [[ChoiceID]], _ fixed: Readings) -> [Readings] {
    var result = [fixed]
    for choice in Set(choices.joined()).sorted() where fixed[choice] == nil {
      result = result.flatMap { known in
        program.choices[choice].readings.indices.map { reading in known.merging([choice: reading]) { $1 } }
      }
      if result.count > 256 { return Array(result.prefix(256)) }
    }
    return result
  }
}

extension Truth {
  /// nil where it is not known; 不适用 counts as 否.
  fileprivate var state: Bool? {
    switch self {
    case .yes: true
    case .no, .notApplicable: false
    case .unknown: nil
    }
  }
}

extension Outcome {
  /// The result under readings; where a choice has none of them, under its first.
  func leaf(_ readings: [ChoiceID: Int]) -> Leaf {
    switch self {
    case .leaf(let leaf): leaf
    case .choice(let choice, let branches): branches[readings[choice] ?? 0].leaf(readings)
    }
  }

  /// The results under the readings that are left open.
  func leaves(_ fixed: [ChoiceID: Int]) -> [Leaf] {
    switch self {
    case .leaf(let leaf): [leaf]
    case .choice(let choice, let branches):
      fixed[choice].map { branches[$0].leaves(fixed) } ?? branches.flatMap { $0.leaves(fixed) }
    }
  }
}

extension Subject {
  /// The subject at the end of a path; nil where the path leads nowhere.
  fileprivate func related(_ path: SubjectPath, in program: Program) -> Subject? {
    var found = self
    for step in path.steps {
      let slot = program.fields[step.relation].slot
      guard found.facts.indices.contains(slot) else { return nil }
      switch (found.facts[slot], step.position) {
      case (.one(let other), _): found = other
      case (.many(let members, _), let position?) where members.indices.contains(position): found = members[position]
      default: return nil
      }
    }
    return found
  }
}
