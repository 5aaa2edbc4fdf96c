package import PolicyValues

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

  package init() {}

  /// Whether every entry that the other program holds too has the number that it had.
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

    /// The new number; nil for an entry that the other program doesn't hold.
    package subscript(old: ID<Entry>) -> ID<Entry>? {
      new.indices.contains(old.index) && new[old.index] >= 0 ? ID(Int(new[old.index])) : nil
    }
  }
}

/// An entry refers to one that the other program doesn't hold.
package struct UnknownEntry: Error {}

extension Renumbering {
  private func new<Entry>(_ old: ID<Entry>, _ numbers: Numbers<Entry>) throws(UnknownEntry) -> ID<Entry> {
    guard let new = numbers[old] else { throw UnknownEntry() }
    return new
  }

  package func origin(_ old: Origin) throws(UnknownEntry) -> Origin {
    guard let clause = old.clause else { return old }
    var origin = old
    origin.clause = try new(clause, clauses)
    return origin
  }

  package func expression(_ old: Expression) throws(UnknownEntry) -> Expression {
    var failure: UnknownEntry?
    let result = old.mapped { part in
      var part = part
      do throws(UnknownEntry) { part.form = try form(part.form) } catch { failure = error }
      return part
    }
    if let failure { throw failure }
    return result
  }

  /// A form whose operands are renumbered already.
  private func form(_ form: Expression.Form) throws(UnknownEntry) -> Expression.Form {
    switch form {
    case .definition(let id, let depth): .definition(try new(id, definitions), depth: depth)
    case .classification(let id, let depth): .classification(try new(id, classifications), depth: depth)
    case .hole(let id): .hole(try new(id, holes))
    case .parameter(let id, let at): .parameter(try new(id, parameters), at: at)
    case .table(let id): .table(try new(id, tables))
    case .tiers(let id): .tiers(try new(id, tierSchedules))
    case .measureHolds(let id): .measureHolds(try new(id, measures))
    case .measureAmount(let id): .measureAmount(try new(id, measures))
    case .literal, .field, .fieldOf, .asOf, .onList, .dangling, .conjunction, .disjunction, .negation, .atLeast,
      .comparison, .membership, .arithmetic, .conditional, .call, .aggregate, .rounded:
      form
    }
  }

  package func definition(_ old: Definition) throws(UnknownEntry) -> Definition {
    var definition = old
    for index in old.bodies.indices { definition.bodies[index] = try expression(old.bodies[index]) }
    if let choice = old.choice { definition.choice = try new(choice, choices) }
    definition.origin = try origin(old.origin)
    return definition
  }

  package func table(_ old: DecisionTable) throws(UnknownEntry) -> DecisionTable {
    var table = old
    for row in old.rows.indices {
      for (column, test) in old.rows[row].tests.enumerated() {
        if let test { table.rows[row].tests[column] = try expression(test) }
      }
      table.rows[row].result = try expression(old.rows[row].result)
    }
    table.origin = try origin(old.origin)
    return table
  }

  package func tiers(_ old: TierSchedule) throws(UnknownEntry) -> TierSchedule {
    var schedule = old
    schedule.base = try expression(old.base)
    for tier in old.tiers.indices { schedule.tiers[tier].rate = try expression(old.tiers[tier].rate) }
    schedule.origin = try origin(old.origin)
    return schedule
  }

  package func measure(_ old: Measure) throws(UnknownEntry) -> Measure {
    var measure = old
    var failure: UnknownEntry?
    measure.replaceExpressions { whole in
      do throws(UnknownEntry) { return try expression(whole) } catch { failure = error }
      return whole
    }
    if let failure { throw failure }
    for index in old.conditions.indices {
      if let source = old.conditions[index].source { measure.conditions[index].source = try new(source, measures) }
    }
    if case .measure(let target)? = old.reference?.target {
      measure.reference?.target = .measure(try new(target, measures))
    }
    measure.origin = try origin(old.origin)
    return measure
  }

  package func group(_ old: Group) throws(UnknownEntry) -> Group {
    var group = old
    for index in old.members.indices { group.members[index] = try new(old.members[index], measures) }
    for index in old.subgroups.indices { group.subgroups[index] = try new(old.subgroups[index], groups) }
    if let cap = old.cap { group.cap = try expression(cap) }
    if let received = old.received { group.received = try expression(received) }
    group.origin = try origin(old.origin)
    return group
  }

  package func policyCase(_ old: PolicyCase) throws(UnknownEntry) -> PolicyCase {
    var result = old
    for index in old.readings.indices { result.readings[index].choice = try new(old.readings[index].choice, choices) }
    for index in old.expectations.indices {
      switch old.expectations[index].target {
      case .measure(let id): result.expectations[index].target = .measure(try new(id, measures))
      case .group(let id): result.expectations[index].target = .group(try new(id, groups))
      }
      for place in old.expectations[index].readings.indices {
        result.expectations[index].readings[place].choice = try new(
          old.expectations[index].readings[place].choice, choices)
      }
    }
    return result
  }
}
