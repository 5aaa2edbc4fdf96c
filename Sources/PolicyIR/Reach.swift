/// What rules rest on, through everything that they refer to.
package struct Reach: Hashable, Sendable {
  package private(set) var fields: Set<FieldID> = []
  package private(set) var definitions: Set<DefinitionID> = []
  package private(set) var classifications: Set<ClassificationID> = []
  package private(set) var holes: Set<HoleID> = []
  package private(set) var parameters: Set<ParameterID> = []
  package private(set) var tables: Set<TableID> = []
  package private(set) var tierSchedules: Set<TierScheduleID> = []
  package private(set) var nameLists: Set<NameListID> = []
  package private(set) var measures: Set<MeasureID> = []
  package private(set) var groups: Set<GroupID> = []

  package init() {}

  /// Adds a measure with what its answer rests on; the groups that hold it are not among it.
  package mutating func add(_ id: MeasureID, in program: Program) {
    guard measures.insert(id).inserted else { return }
    let measure = program.measures[id]
    // Reading the measure's own expressions and replacing none.
    var copy = measure
    copy.replaceExpressions { expression in
      add(expression, in: program)
      return expression
    }
    if let key = measure.totalLimit?.key { fields.insert(key) }
    if case .measure(let target)? = measure.reference?.target { add(target, in: program) }
  }

  /// Adds a group with its members.
  package mutating func add(_ id: GroupID, in program: Program) {
    guard groups.insert(id).inserted else { return }
    let group = program.groups[id]
    for member in group.members { add(member, in: program) }
    for inner in group.subgroups { add(inner, in: program) }
    for expression in [group.cap, group.received] { if let expression { add(expression, in: program) } }
    if let chosen = group.chosen { fields.insert(chosen) }
  }

  package mutating func add(_ expression: Expression, in program: Program) {
    switch expression.form {
    case .field(let id, _), .fieldOf(_, let id): fields.insert(id)
    case .aggregate(_, let relation, _, _, _): fields.insert(relation)
    case .definition(let id, _):
      if definitions.insert(id).inserted { for body in program.definitions[id].bodies { add(body, in: program) } }
    case .classification(let id, _):
      classifications.insert(id)
      fields.insert(program.classifications[id].field)
    case .hole(let id):
      if holes.insert(id).inserted {
        let hole = program.holes[id]
        for part in [hole.lowest, hole.highest] + hole.fillings.map(\.value) { if let part { add(part, in: program) } }
      }
    case .parameter(let id, _): parameters.insert(id)
    case .table(let id):
      if tables.insert(id).inserted {
        for row in program.tables[id].rows {
          for test in row.tests { if let test { add(test, in: program) } }
          add(row.result, in: program)
        }
      }
    case .tiers(let id):
      if tierSchedules.insert(id).inserted {
        add(program.tierSchedules[id].base, in: program)
        for tier in program.tierSchedules[id].tiers { add(tier.rate, in: program) }
      }
    case .measureHolds(let id), .measureAmount(let id): add(id, in: program)
    case .onList(let id): nameLists.insert(id)
    case .literal, .asOf, .dangling, .conjunction, .disjunction, .negation, .atLeast, .comparison, .membership,
      .arithmetic, .conditional, .call, .rounded:
      break
    }
    expression.forEachChild { add($0, in: program) }
  }
}
