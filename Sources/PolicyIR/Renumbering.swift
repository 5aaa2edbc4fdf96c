/// What the entries of one program are numbered in another that holds them too.
///
/// Documents, authorities, options, kinds, fields and lists of names have the same numbers in both.
package struct Renumbering: Sendable {
  package var clauses = Numbers<Clause>()
  package var definitions = Numbers<Definition>()
  package var classifications = Numbers<Classification>()
  package var choices = Numbers<Choice>()
  package var holes = Numbers<Hole>()
  package var parameters = Numbers<Parameter>()
  package var tables = Numbers<DecisionTable>()
  package var tierSchedules = Numbers<TierSchedule>()
  package var measures = Numbers<Measure>()
  package var groups = Numbers<Group>()

  /// Whether something was asked for that the other program doesn't hold; what it is in is not to be used.
  package private(set) var missesEntries = false

  package init() {}

  /// Whether every enthat the other program holds too has the number that it had.
  package var changesNothing: Bool {
    clauses.changesNothing && definitions.changesNothing && classifications.changesNothing && choices.changesNothing
      && holes.changesNothing && parameters.changesNothing && tables.changesNothing && tierSchedules.changesNothing
      && measures.changesNothing && groups.changesNothing
  }

  /// The new numbers of one table's entries, by their old ones.
  package struct Numbers<Entry>: Sendable {
    private var new: [Int32] = []
    package private(set) var changesNothing = true

    package mutating func set(_ old: ID<Entry>, to number: ID<Entry>) {
      while new.count <= old.index { new.append(-1) }
      new[old.index] = number.rawValue
      if old != number { changesNothing = false }
    }

    /// The new number; nil for an enthat the other program doesn't hold.
    package subscript(old: ID<Entry>) -> ID<Entry>? {
      new.indices.contains(old.index) && new[old.index] >= 0 ? ID(Int(new[old.index])) : nil
    }
  }
}

extension Renumbering {
  private mutating func new<Entry>(_ old: ID<Entry>, _ numbers: Numbers<Entry>) -> ID<Entry> {
    if let new = numbers[old] { return new }
    missesEntries = true
    return old
  }

  package mutating func origin(_ old: Origin) -> Origin {
    guard let clause = old.clause else { return old }
    var origin = old
    origin.clause = new(clause, clauses)
    return origin
  }

  package mutating func hole(_ old: HoleID) -> HoleID { new(old, holes) }

  package mutating func expression(_ old: Expression) -> Expression {
    old.mapped { part in
      var part = part
      part.form = form(part.form)
      return part
    }
  }

  /// A form whose operands are renumbered already.
  private mutating func form(_ form: Expression.Form) -> Expression.Form {
    switch form {
    case .definition(let id, let depth): .definition(new(id, definitions), depth: depth)
    case .classification(let id, let depth): .classification(new(id, classifications), depth: depth)
    case .hole(let id): .hole(new(id, holes))
    case .parameter(let id, let at): .parameter(new(id, parameters), at: at)
    case .table(let id): .table(new(id, tables))
    case .tiers(let id): .tiers(new(id, tierSchedules))
    case .measureHolds(let id): .measureHolds(new(id, measures))
    case .measureAmount(let id): .measureAmount(new(id, measures))
    case .literal, .field, .fieldOf, .asOf, .onList, .dangling, .conjunction, .disjunction, .negation, .atLeast,
      .comparison, .membership, .arithmetic, .conditional, .call, .aggregate, .rounded:
      form
    }
  }

  package mutating func definition(_ old: Definition) -> Definition {
    var definition = old
    for index in old.bodies.indices { definition.bodies[index] = expression(old.bodies[index]) }
    if let choice = old.choice { definition.choice = new(choice, choices) }
    definition.origin = origin(old.origin)
    return definition
  }

  package mutating func table(_ old: DecisionTable) -> DecisionTable {
    var table = old
    for row in old.rows.indices {
      for (column, test) in old.rows[row].tests.enumerated() {
        if let test { table.rows[row].tests[column] = expression(test) }
      }
      table.rows[row].result = expression(old.rows[row].result)
    }
    table.origin = origin(old.origin)
    return table
  }

  package mutating func tiers(_ old: TierSchedule) -> TierSchedule {
    var schedule = old
    schedule.base = expression(old.base)
    for tier in old.tiers.indices { schedule.tiers[tier].rate = expression(old.tiers[tier].rate) }
    schedule.origin = origin(old.origin)
    return schedule
  }

  package mutating func measure(_ old: Measure) -> Measure {
    var measure = old
    measure.replaceExpressions { expression($0) }
    for index in old.conditions.indices {
      if let source = old.conditions[index].source { measure.conditions[index].source = new(source, measures) }
    }
    if case .measure(let target)? = old.reference?.target {
      measure.reference?.target = .measure(new(target, measures))
    }
    measure.origin = origin(old.origin)
    return measure
  }

  package mutating func group(_ old: Group) -> Group {
    var group = old
    for index in old.members.indices { group.members[index] = new(old.members[index], measures) }
    for index in old.subgroups.indices { group.subgroups[index] = new(old.subgroups[index], groups) }
    if let cap = old.cap { group.cap = expression(cap) }
    if let received = old.received { group.received = expression(received) }
    group.origin = origin(old.origin)
    return group
  }

  package mutating func policyCase(_ old: PolicyCase) -> PolicyCase {
    var result = old
    for index in old.readings.indices { result.readings[index].choice = new(old.readings[index].choice, choices) }
    for index in old.expectations.indices {
      switch old.expectations[index].target {
      case .measure(let id): result.expectations[index].target = .measure(new(id, measures))
      case .group(let id): result.expectations[index].target = .group(new(id, groups))
      }
      for place in old.expectations[index].readings.indices {
        result.expectations[index].readings[place].choice = new(
          old.expectations[index].readings[place].choice, choices)
      }
    }
    return result
  }
}
