import PolicyIR
import PolicyValues

extension PreparedProgram {
  /// Fills every table from the program.
  mutating func compile() {
    var compiler = Compiler(program: program)
    fieldSlots = program.fields.map { Int32($0.slot) }
    fieldKinds = program.fields.map(\.kind.rawValue)
    fieldIsQuantity = program.fields.map { if case .quantity = $0.type { true } else { false } }
    for definition in program.definitions {
      let ruling = definition.choice.flatMap {
        program.choices.indices.contains($0.index) ? program.choices[$0].ruling : nil
      }
      let bodies = definition.bodies.map { compiler.node($0) }
      if definition.choice == nil || bodies.count < 2 {
        openChoices.append(-1)
        settled.append((-1, 0))
        definitions.append(Array(bodies.prefix(1)))
      } else if let ruling, bodies.indices.contains(ruling.reading) {
        openChoices.append(-1)
        settled.append((definition.choice?.rawValue ?? -1, Int32(ruling.reading)))
        definitions.append([bodies[ruling.reading]])
      } else {
        openChoices.append(definition.choice?.rawValue ?? -1)
        settled.append((-1, 0))
        definitions.append(bodies)
      }
    }
    holes = program.holes.map { hole in
      HolePlan(
        lowest: compiler.optional(hole.lowest), highest: compiler.optional(hole.highest),
        fillings: hole.fillings.map { compiler.node($0.value) })
    }
    tables = program.tables.map { table in
      TablePlan(
        tests: table.rows.map { $0.tests.compactMap { $0.map { compiler.node($0) } } },
        results: table.rows.map { compiler.node($0.result) })
    }
    tierSchedules = program.tierSchedules.map { schedule in
      TierPlan(base: compiler.node(schedule.base), rates: schedule.tiers.map { compiler.node($0.rate) })
    }
    measures = program.measures.map { compiler.measure($0) }
    groups = program.groups.map { compiler.group($0) }
    lists = program.nameLists.map { Set($0.names ?? []) }
    compiler.shareMemos()
    nodes = compiler.nodes
    operands = compiler.operands
    constants = compiler.constants
    texts = compiler.texts
    expressions = compiler.expressions
    listsOnlyAdd = compiler.listsOnlyAdd
    memoCount = compiler.memoCount
    for measure in program.measures { prepareDepartments(of: measure) }
  }

  private mutating func prepareDepartments(of measure: Measure) {
    var entries = measure.departments.map { DepartmentEntry(authority: $0.authority, role: $0.role) }
    for payer in measure.payers
    where !entries.contains(where: { $0.authority == payer.authority && $0.role == .payer }) {
      entries.append(DepartmentEntry(authority: payer.authority, role: .payer))
    }
    departments.append(entries)
    let options = Set(
      entries.compactMap { entry in
        program.authorities.indices.contains(entry.authority.index)
          ? program.authorities[entry.authority].perOption : nil
      })
    let isConditional = measure.payers.contains { $0.condition != nil }
    departmentsVary.append(isConditional || !options.isEmpty)
    departmentOption.append(options.count == 1 && !isConditional ? options.first?.rawValue ?? -1 : -1)
    let clause = measure.origin.clause?.index ?? -1
    var document: Period?
    if program.clauses.indices.contains(clause),
      program.documents.indices.contains(program.clauses[clause].document.index)
    {
      document = program.documents[program.clauses[clause].document.index].period
    }
    transitional.append(measure.isTransitional)
    lives.append((measure.period, document))
    let claims = measure.force.map(\.strength)
    forces.append(ForceClaims(strongest: claims.min() ?? .entitlement, weakest: claims.max() ?? .entitlement))
  }
}

extension Compiler {
  mutating func measure(_ measure: Measure) -> MeasurePlan {
    var plan = MeasurePlan()
    if let object = measure.object {
      plan.kind = object.kind.rawValue
      plan.membership = optional(object.membership)
    }
    plan.conditions = measure.conditions.map {
      .init(node: node($0.test), role: $0.role)
    }
    switch measure.reference?.target {
    case nil: plan.reference = .none
    case .text(let text)?: plan.reference = .dangling(intern(text))
    case .measure(let target)?:
      guard program.measures.indices.contains(target.index) else { break }
      plan.reference =
        measure.reference?.manner == .deference ? .defers(target.rawValue) : .follows(target.rawValue)
    }
    if let amount = measure.amount { plan.amount = node(amount.value) }
    if let amount = grant(of: measure) {
      plan.grants = true
      plan.isDiscretionary = amount.discretionary
      plan.grantsOtherwise = amount.type != .money
      if amount.value.type == .money {
        if case .rounded = amount.value.form {} else { plan.marksUnrounded = true }
      }
    }
    plan.payers = measure.payers.map { payer in
      var share: Int32 = -1
      switch payer.share {
      case .rate(let expression), .amount(let expression): share = node(expression)
      case .unstated, .rest: break
      }
      return .init(condition: optional(payer.condition), share: share)
    }
    plan.instalments = measure.instalments.map {
      .init(condition: optional($0.condition), date: optional($0.date))
    }
    plan.starts = measure.deadlines.map { optional($0.start) }
    return plan
  }

  /// The measure's own amount, or that of the rule that it follows.
  private func grant(of measure: Measure) -> AmountRule? {
    var measure = measure
    for _ in program.measures.indices {
      if let amount = measure.amount { return amount }
      guard let reference = measure.reference, reference.manner != .deference,
        case .measure(let target) = reference.target,
        program.measures.indices.contains(target.index)
      else { return nil }
      measure = program.measures[target]
    }
    return nil
  }

  mutating func group(_ group: Group) -> GroupPlan {
    var plan = GroupPlan(cap: optional(group.cap), received: optional(group.received))
    for member in group.members {
      guard program.measures.indices.contains(member.index), let kind = program.measures[member].object?.kind,
        kind != group.kind
      else {
        plan.relations.append(-1)
        continue
      }
      let relation = program.fields.firstIndex { $0.kind == group.kind && $0.type == .many(kind) }
      plan.relations.append(Int32(relation ?? -1))
    }
    return plan
  }
}
