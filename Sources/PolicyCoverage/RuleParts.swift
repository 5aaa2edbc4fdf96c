package import PolicyIR
import PolicyText

/// An expression of a rule, with the place in the rule that it has.
package struct RulePart: Hashable, Sendable {
  package var owner: CoverageItem.Owner
  package var path: [Int]
  package var expression: Expression
}

/// Collects what a measure's answer rests on: its own expressions and those of all that they name.
struct RuleParts {
  let program: Program
  private(set) var parts: [RulePart] = []
  private(set) var reasons: [ReasonKey] = []
  private(set) var choices: [ChoiceID] = []
  private(set) var parameters: [ParameterID] = []
  private(set) var schedules: [TierScheduleID] = []
  private(set) var classifications: [ClassificationID] = []
  /// Documents and measures whose life has a day.
  private(set) var periods: [CoverageItem.Owner] = []
  private var seen: Set<CoverageItem.Owner> = []

  /// Measures, definitions, tables and the like that it rests on.
  var declarations: [CoverageItem.Owner] {
    seen.sorted { "\($0)" < "\($1)" } + periods
  }

  init(_ program: Program, of measure: MeasureID) {
    self.program = program
    measureParts(measure, withAmount: true)
  }

  private mutating func measureParts(_ id: MeasureID, withAmount: Bool) {
    let measure = program.measures[id]
    guard seen.insert(.verdict(id)).inserted else { return }
    if let membership = measure.object?.membership { add(.object(id), [], membership) }
    for (position, condition) in measure.conditions.enumerated() { add(.condition(id, position), [], condition.test) }
    switch measure.reference?.target {
    case .text(let text)?: note(.text(text))
    case .measure(let target)?: measureParts(target, withAmount: withAmount)
    case nil: break
    }
    if measure.period != Period() { periods.append(.measurePeriod(id)) }
    if let document = measure.origin.clause.map({ program.clauses[$0].document }),
      program.documents[document].period != Period(), !periods.contains(.documentPeriod(document))
    {
      periods.append(.documentPeriod(document))
    }
    if withAmount { amountParts(id) }
  }

  private mutating func amountParts(_ id: MeasureID) {
    let measure = program.measures[id]
    guard seen.insert(.amount(id)).inserted else { return }
    if let amount = measure.amount { add(.amount(id), [], amount.value) }
    for (position, payer) in measure.payers.enumerated() {
      if let condition = payer.condition { add(.payer(id, position), [0], condition) }
      switch payer.share {
      case .rate(let share), .amount(let share): add(.payer(id, position), [1], share)
      case .unstated, .rest: break
      }
    }
    for (position, instalment) in measure.instalments.enumerated() {
      if let condition = instalment.condition { add(.instalment(id, position), [0], condition) }
      if let date = instalment.date { add(.instalment(id, position), [1], date) }
    }
    for (position, deadline) in measure.deadlines.enumerated() {
      if let start = deadline.start { add(.deadline(id, position), [], start) }
    }
  }

  private mutating func note(_ reason: ReasonKey) { if !reasons.contains(reason) { reasons.append(reason) } }

  private mutating func add(_ owner: CoverageItem.Owner, _ path: [Int], _ expression: Expression) {
    parts.append(RulePart(owner: owner, path: path, expression: expression))
    follow(expression)
  }

  private mutating func follow(_ expression: Expression) {
    switch expression.form {
    case .field(let id, _), .fieldOf(_, let id): note(.field(id))
    case .definition(let id, _): definition(id)
    case .classification(let id, _):
      note(.field(program.classifications[id].field))
      guard seen.insert(.classification(id)).inserted else { break }
      classifications.append(id)
      for (value, sorting) in program.classifications[id].sorting.enumerated() {
        switch sorting {
        case .unsettled: note(.unsettled(id, Int32(value)))
        case .disputed(let choice): self.choice(choice)
        case .yes, .no: break
        }
      }
    case .hole(let id): hole(id)
    case .parameter(let id, _):
      note(.beforeFirstPeriod(id))
      if seen.insert(.parameter(id)).inserted { parameters.append(id) }
    case .table(let id):
      guard seen.insert(.row(id, 0)).inserted else { break }
      for (row, entry) in program.tables[id].rows.enumerated() {
        for (column, test) in entry.tests.enumerated() { if let test { add(.row(id, row), [column], test) } }
        add(.row(id, row), [entry.tests.count], entry.result)
      }
    case .tiers(let id):
      guard seen.insert(.tiers(id)).inserted else { break }
      schedules.append(id)
      add(.tiers(id), [0], program.tierSchedules[id].base)
      for (position, tier) in program.tierSchedules[id].tiers.enumerated() {
        add(.tiers(id), [position + 1], tier.rate)
      }
    case .measureHolds(let id): measureParts(id, withAmount: false)
    case .measureAmount(let id):
      measureParts(id, withAmount: false)
      if program.measures[id].amount?.discretionary == true { note(.discretion(id)) }
      amountParts(id)
    case .onList(let id):
      let list = program.nameLists[id]
      if list.names == nil {
        note(.listNotOnFile(id))
      } else {
        note(.unnamed(id))
        if !list.complete { note(.notOnIncompleteList(id)) }
      }
    case .dangling(let text): note(.text(text))
    case .membership(let operand, _, let open):
      if open { note(.openList(operand.readField)) }
    case .comparison(_, let left, _):
      if case .option(let id) = left.type {
        for (value, entry) in program.optionTypes[id].values.enumerated() where entry.unranked {
          note(.unranked(id, Int32(value)))
        }
      }
    case .aggregate(_, let relation, _, _, _):
      note(.field(relation))
      note(.listIncomplete(relation))
    case .literal, .asOf, .conjunction, .disjunction, .negation, .atLeast, .arithmetic, .conditional, .call, .rounded:
      break
    }
    expression.forEachChild { follow($0) }
  }

  private mutating func definition(_ id: DefinitionID) {
    guard seen.insert(.definition(id, 0)).inserted else { return }
    let definition = program.definitions[id]
    let settled = definition.choice.flatMap { program.choices[$0].ruling?.reading }
    if let choice = definition.choice { self.choice(choice) }
    for (reading, body) in definition.bodies.enumerated() where settled == nil || settled == reading {
      add(.definition(id, reading), [], body)
    }
  }

  private mutating func choice(_ id: ChoiceID) {
    if program.choices[id].ruling == nil, !choices.contains(id) { choices.append(id) }
  }

  private mutating func hole(_ id: HoleID) {
    guard seen.insert(.filling(id, -1)).inserted else { return }
    let hole = program.holes[id]
    if hole.fillings.isEmpty { note(.hole(id)) }
    for (position, filling) in hole.fillings.enumerated() { add(.filling(id, position), [], filling.value) }
    for bound in [hole.lowest, hole.highest] { if let bound { follow(bound) } }
  }
}

extension Expression {
  /// The field that it is; nil for anything else.
  var readField: FieldID? {
    switch form {
    case .field(let id, _), .fieldOf(_, let id): id
    default: nil
    }
  }
}
