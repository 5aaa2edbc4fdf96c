import PolicyEvaluation
import PolicyIR
import PolicyValues

/// Turns the conditions of measures into what is seen of a subject.
struct SightCompiler {
  private let prepared: PreparedProgram
  private let program: Program
  private let asOf: CivilDate
  private let kind: KindID
  private var open: Set<MeasureID> = []

  /// A form that isn't taken apart.
  private enum Opaque: Error { case form }

  init(_ prepared: PreparedProgram, kind: KindID, asOf: CivilDate) {
    (self.prepared, program, self.kind, self.asOf) = (prepared, prepared.program, kind, asOf)
  }

  /// The object and the conditions of a measure.
  mutating func parts(of id: MeasureID) -> (object: SightNode, conditions: SightNode) {
    let measure = program.measures[id]
    // A circle never stands in a checked program.
    guard open.insert(id).inserted else { return (.settled(nil), .settled(nil)) }
    defer { open.remove(id) }
    let object = measure.object?.membership.map { whole($0) } ?? .settled(true)
    var all = measure.conditions.map { condition in
      let test = whole(condition.test)
      return condition.role.isNegated ? SightNode.negation(test) : test
    }
    switch measure.reference?.target {
    case nil: break
    case .text?: all.append(.settled(nil))
    case .measure(let target)?:
      all.append(measure.reference?.manner == .deference ? .negation(holds(target)) : holds(target))
    }
    return (object, .all(all))
  }

  private mutating func holds(_ id: MeasureID) -> SightNode {
    guard program.measures[id].object?.kind == kind, !prepared.periodState(of: id, on: asOf).blocks else {
      return .settled(false)
    }
    let parts = parts(of: id)
    return .holds(object: parts.object, conditions: parts.conditions)
  }

  /// The node of an expression of the subject itself; where it can't be taken apart, all facts that it reads.
  private mutating func whole(_ expression: Expression) -> SightNode {
    if let node = try? node(expression, 0) { return node }
    var builder = SightBuilder(program, asOf: asOf)
    builder.add(expression)
    return .facts(SeenFacts(builder.tests, in: program))
  }

  /// Operands that can't be taken apart are seen whole, but not those that speak of related subjects.
  private mutating func operand(_ expression: Expression, _ level: Int) throws(Opaque) -> SightNode {
    level == 0 ? whole(expression) : try node(expression, level)
  }

  private mutating func operands(_ items: [Expression], _ level: Int) throws(Opaque) -> [SightNode] {
    var nodes: [SightNode] = []
    for item in items { nodes.append(try operand(item, level)) }
    return nodes
  }

  /// - Parameter level: how many relations lead to the subject that the expression speaks of.
  private mutating func node(_ expression: Expression, _ level: Int) throws(Opaque) -> SightNode {
    switch expression.form {
    case .literal(.truth(let truth)): return .settled(truth)
    case .field(let id, let depth):
      guard expression.type == .truth else { throw .form }
      return .test(test(id, level - depth, .truth))
    case .definition(let id, let depth):
      guard expression.type == .truth else { throw .form }
      let bodies = try operands(program.definitions[id].bodies, level - depth)
      return bodies.count == 1 ? bodies[0] : .readings(bodies)
    case .classification(let id, let depth):
      return try option(program.classifications[id].field, level - depth, .sorted(id))
    case .hole(let id):
      let hole = program.holes[id]
      let fillings = hole.fillings.filter { $0.period.contains(asOf) }
      guard fillings.count == 1, level == 0 else { throw .form }
      return try operand(fillings[0].value, 0)
    case .measureHolds(let id):
      guard level == 0 else { throw .form }
      return holds(id)
    // Names that are looked up are nothing that this sees (`SightBuilder.seesNames`).
    case .onList, .dangling: return .settled(nil)
    case .conjunction(let items): return .all(try operands(items, level))
    case .disjunction(let items): return .any(try operands(items, level))
    case .negation(let item): return .negation(try operand(item, level))
    case .atLeast(let count, let items): return .atLeast(count, try operands(items, level))
    case .conditional(let test, let then, let otherwise):
      return .choose(try operand(test, level), try operand(then, level), try operand(otherwise, level))
    case .comparison(let comparison, let left, let right):
      if let node = try compare(left, comparison, right, level) { return node }
      guard let node = try compare(right, comparison.mirrored, left, level) else { throw .form }
      return node
    case .membership(let operand, let values, let isOpen):
      let places = values.compactMap { if case .option(let place) = $0 { place } else { nil } }
      guard case .field(let id, let depth) = operand.form, places.count == values.count else { throw .form }
      return try option(id, level - depth, .oneOf(places), isOpen: isOpen)
    case .aggregate(let aggregate, let relation, let depth, let filter, let body):
      guard aggregate == .any || aggregate == .all else { throw .form }
      let isAny = aggregate == .any
      let inner = try body.map { (body) throws(Opaque) in try node(body, level + 1) } ?? .settled(true)
      let sifted = try filter.map { (filter) throws(Opaque) in try node(filter, level + 1) } ?? .settled(true)
      return .members(
        owner: level - depth, slot: program.fields[relation].slot, isAny: isAny, level: level + 1,
        isAny ? .all([sifted, inner]) : .any([.negation(sifted), inner]))
    case .literal, .fieldOf, .parameter, .table, .tiers, .measureAmount, .asOf, .arithmetic, .call, .rounded:
      throw .form
    }
  }

  private func test(_ id: FieldID, _ level: Int, _ form: FactTest.Form) -> FactTest {
    FactTest(level: level, slot: program.fields[id].slot, type: program.fields[id].type, form: form)
  }

  /// A test of an option; an open list leaves what is not on it open.
  private func option(
    _ field: FieldID, _ level: Int, _ wanted: OptionTest, isOpen: Bool = false
  ) throws(Opaque) -> SightNode {
    guard case .option(let id) = program.fields[field].type else { throw .form }
    let outcomes = wanted.outcomes(id, in: program)
    return .test(
      test(
        field, level,
        .option(
          outcomes.map { outcome in
            switch outcome {
            case .settled(true): 1
            case .settled(false): isOpen ? 2 : 0
            // Values that stay open for the same reason have the place of the first of them.
            case .disputed, .open: Int64(outcomes.firstIndex(of: outcome) ?? 0) + 3
            }
          })))
  }

  /// A comparison of facts with what is the same for every subject; nil for any other.
  private mutating func compare(
    _ left: Expression, _ comparison: Expression.Comparison, _ right: Expression, _ level: Int
  ) throws(Opaque) -> SightNode? {
    switch left.form {
    case .literal, .asOf:
      guard let one = number(left), let two = number(right) else { return nil }
      return .settled(comparison.holds(one, two))
    case .field(let id, let depth):
      if case .literal(.option(let value)) = right.form {
        return try option(
          id, level - depth,
          comparison == .equal || comparison == .notEqual ? .oneOf([value]) : .ordered(comparison, value)
        ).turned(comparison == .notEqual)
      }
      guard let limit = number(right) else { return nil }
      return .test(test(id, level - depth, .limit(comparison, limit)))
    case .definition(let id, let depth):
      var bodies: [SightNode] = []
      for body in program.definitions[id].bodies {
        guard let node = try compare(body, comparison, right, level - depth) else { return nil }
        bodies.append(node)
      }
      return bodies.count == 1 ? bodies[0] : .readings(bodies)
    default: return nil
    }
  }

  /// A literal, or the as-of date, as a vector holds it.
  private func number(_ expression: Expression) -> Int64? {
    switch expression.form {
    case .literal(.quantity(let number)): FactVector.scaled(number)
    case .literal(.date(let date)): Int64(date.dayNumber)
    case .asOf: Int64(asOf.dayNumber)
    default: nil
    }
  }
}

extension SightNode {
  /// The same, or its negation; a fact that doesn't apply equals nothing and differs from nothing.
  fileprivate func turned(_ isTurned: Bool) -> SightNode {
    guard isTurned, case .test(var test) = self, case .option(let outcomes) = test.form else { return self }
    test.form = .option(outcomes.map { $0 < 2 ? 1 - $0 : $0 })
    return .test(test)
  }
}
