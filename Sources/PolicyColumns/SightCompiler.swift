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
  private var nodes: [SightNode] = []
  private var operands: [Int32] = []
  private var outcomes: [Int64] = []
  private var types: [ValueType] = []
  private var facts: [SeenFacts] = []

  /// A form that isn't taken apart.
  private enum Opaque: Error { case form }

  init(_ prepared: PreparedProgram, kind: KindID, asOf: CivilDate) {
    (self.prepared, program, self.kind, self.asOf) = (prepared, prepared.program, kind, asOf)
  }

  /// What was compiled.
  var compiled: SightNodes {
    SightNodes(nodes: nodes, operands: operands, outcomes: outcomes, types: types, facts: facts)
  }

  private mutating func add(_ node: SightNode) -> Int32 {
    nodes.append(node)
    return Int32(nodes.count - 1)
  }

  private mutating func add(operands items: [Int32]) -> SightNode.Operands {
    operands += items
    return operands.count - items.count..<operands.count
  }

  /// The object and the conditions of a measure.
  mutating func parts(of id: MeasureID) -> (object: Int32, conditions: Int32) {
    let measure = program.measures[id]
    // A circle never stands in a checked program.
    guard open.insert(id).inserted else { return (add(.settled(.open)), add(.settled(.open))) }
    defer { open.remove(id) }
    var object = add(.settled(.yes))
    if let membership = measure.object?.membership { object = whole(membership) }
    var all: [Int32] = []
    for condition in measure.conditions {
      let test = whole(condition.test)
      all.append(condition.role.isNegated ? add(.negation(test)) : test)
    }
    switch measure.reference?.target {
    case nil: break
    case .text?: all.append(add(.settled(.open)))
    case .measure(let target)?:
      let other = holds(target)
      all.append(measure.reference?.manner == .deference ? add(.negation(other)) : other)
    }
    let conditions = add(operands: all)
    return (object, add(.all(conditions)))
  }

  private mutating func holds(_ id: MeasureID) -> Int32 {
    guard program.measures[id].object?.kind == kind, !prepared.periodState(of: id, on: asOf).blocks else {
      return add(.settled(.no))
    }
    let parts = parts(of: id)
    return add(.holds(object: parts.object, conditions: parts.conditions))
  }

  /// The node of an expression of the subject itself; where it can't be taken apart, all facts that it reads.
  private mutating func whole(_ expression: Expression) -> Int32 {
    if let node = try? node(expression, 0) { return node }
    var builder = SightBuilder(program, asOf: asOf)
    builder.add(expression)
    facts.append(SeenFacts(builder.tests, in: program))
    return add(.facts(facts.count - 1))
  }

  /// Operands that can't be taken apart are seen whole, but not those that speak of related subjects.
  private mutating func operand(_ expression: Expression, _ level: Int) throws(Opaque) -> Int32 {
    level == 0 ? whole(expression) : try node(expression, level)
  }

  private mutating func operands(_ items: [Expression], _ level: Int) throws(Opaque) -> SightNode.Operands {
    var all: [Int32] = []
    for item in items { all.append(try operand(item, level)) }
    return add(operands: all)
  }

  /// One of some nodes, by a reading.
  private mutating func readings(_ bodies: [Int32]) -> Int32 {
    if bodies.count == 1 { return bodies[0] }
    let all = add(operands: bodies)
    return add(.readings(all))
  }

  /// - Parameter level: how many relations lead to the subject that the expression speaks of.
  private mutating func node(_ expression: Expression, _ level: Int) throws(Opaque) -> Int32 {
    switch expression.form {
    case .literal(.truth(let truth)): return add(.settled(truth ? .yes : .no))
    case .field(let id, let depth):
      guard expression.type == .truth else { throw .form }
      return test(id, level - depth, .truth)
    case .definition(let id, let depth):
      guard expression.type == .truth else { throw .form }
      var bodies: [Int32] = []
      for body in program.definitions[id].bodies { bodies.append(try operand(body, level - depth)) }
      return readings(bodies)
    case .classification(let id, let depth):
      return try option(program.classifications[id].field, level - depth, .sorted(id))
    case .hole(let id):
      let fillings = program.holes[id].fillings.filter { $0.period.contains(asOf) }
      guard fillings.count == 1, level == 0 else { throw .form }
      return try operand(fillings[0].value, 0)
    case .measureHolds(let id):
      guard level == 0 else { throw .form }
      return holds(id)
    // Names that are looked up are nothing that this sees (`SightBuilder.seesNames`).
    case .onList, .dangling: return add(.settled(.open))
    case .conjunction(let items):
      let all = try operands(items, level)
      return add(.all(all))
    case .disjunction(let items):
      let all = try operands(items, level)
      return add(.any(all))
    case .negation(let item):
      let one = try operand(item, level)
      return add(.negation(one))
    case .atLeast(let count, let items):
      let all = try operands(items, level)
      return add(.atLeast(count, all))
    case .conditional(let test, let then, let otherwise):
      let parts = (try operand(test, level), try operand(then, level), try operand(otherwise, level))
      return add(.choose(parts.0, parts.1, parts.2))
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
      return try members(relation, level - depth, isAny: aggregate == .any, filter, body, level + 1)
    case .literal, .fieldOf, .parameter, .table, .tiers, .measureAmount, .asOf, .arithmetic, .call, .rounded:
      throw .form
    }
  }

  /// 任一 or 全部 of the related subjects of an owner.
  private mutating func members(
    _ relation: FieldID, _ owner: Int, isAny: Bool, _ filter: Expression?, _ body: Expression?, _ level: Int
  ) throws(Opaque) -> Int32 {
    var parts: [Int32] = []
    if let filter {
      let one = try node(filter, level)
      parts.append(isAny ? one : add(.negation(one)))
    }
    if let body { parts.append(try node(body, level)) } else if !isAny { parts.append(add(.settled(.yes))) }
    let all = add(operands: parts)
    let one = add(isAny ? .all(all) : .any(all))
    return add(.members(owner: owner, slot: program.fields[relation].slot, isAny: isAny, level: level, one))
  }

  private mutating func test(_ id: FieldID, _ level: Int, _ form: FactTest.Form) -> Int32 {
    types.append(program.fields[id].type)
    return add(.test(FactTest(level: level, slot: program.fields[id].slot, type: types.count - 1, form: form)))
  }

  /// A test of an option; an open list leaves what is not on it open.
  ///
  /// - Parameter isTurned: whether it is no where the test is yes; a fact that doesn't apply is no either way.
  private mutating func option(
    _ field: FieldID, _ level: Int, _ wanted: OptionTest, isOpen: Bool = false, isTurned: Bool = false
  ) throws(Opaque) -> Int32 {
    guard case .option(let id) = program.fields[field].type else { throw .form }
    let found = wanted.outcomes(id, in: program)
    let start = outcomes.count
    for outcome in found {
      switch outcome {
      case .settled(let truth): outcomes.append(truth ? isTurned ? 0 : 1 : isOpen ? 2 : isTurned ? 1 : 0)
      // Values that stay open for the same reason have the place of the first of them.
      case .disputed, .open: outcomes.append(Int64(found.firstIndex(of: outcome) ?? 0) + 3)
      }
    }
    return test(field, level, .option(start..<outcomes.count))
  }

  /// A comparison of facts with what is the same for every subject; nil for any other.
  private mutating func compare(
    _ left: Expression, _ comparison: Expression.Comparison, _ right: Expression, _ level: Int
  ) throws(Opaque) -> Int32? {
    switch left.form {
    case .literal, .asOf:
      guard let one = number(left), let two = number(right) else { return nil }
      return add(.settled(comparison.holds(one, two) ? .yes : .no))
    case .field(let id, let depth):
      if case .literal(.option(let value)) = right.form {
        let isOrdered = comparison != .equal && comparison != .notEqual
        return try option(
          id, level - depth, isOrdered ? .ordered(comparison, value) : .oneOf([value]),
          isTurned: comparison == .notEqual)
      }
      guard let limit = number(right) else { return nil }
      return test(id, level - depth, .limit(comparison, limit))
    case .definition(let id, let depth):
      var bodies: [Int32] = []
      for body in program.definitions[id].bodies {
        guard let node = try compare(body, comparison, right, level - depth) else { return nil }
        bodies.append(node)
      }
      return readings(bodies)
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
