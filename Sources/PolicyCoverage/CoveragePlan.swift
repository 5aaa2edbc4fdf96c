package import PolicyIR
package import PolicyText
import PolicyValues

/// All items of a program, in the order of its rules.
package struct CoveragePlan: Sendable {
  package let program: Program
  package private(set) var items: [CoverageItem] = []
  /// The words of the rules that an item stands for.
  package private(set) var spans: [CoverageItem: Span] = [:]
  /// The measures whose answers an item can be seen in.
  package private(set) var measures: [CoverageItem: [MeasureID]] = [:]
  private var known: [RulePart: [CoverageItem]] = [:]
  private let criterion: CoverageCriterion

  /// The items that some measure with an object rests on.
  package init(_ program: Program, _ criterion: CoverageCriterion) {
    self.program = program
    self.criterion = criterion
    for index in program.measures.indices where program.measures[index].object != nil { add(MeasureID(index)) }
  }

  /// The expressions that a measure's answer rests on.
  package func parts(of measure: MeasureID) -> [RulePart] { RuleParts(program, of: measure).parts }

  /// The declarations that a measure's answer rests on otherwise than by an expression of theirs.
  package func declarations(of measure: MeasureID) -> [CoverageItem.Owner] {
    RuleParts(program, of: measure).declarations
  }

  private mutating func add(_ id: MeasureID) {
    let reach = RuleParts(program, of: id)
    for part in reach.parts {
      if let items = known[part] {
        for item in items { measures[item, default: []].append(id) }
        continue
      }
      let before = items.count
      enumerate(part, id)
      known[part] = Array(items[before...])
    }
    for reason in reach.reasons { add(.verdict(id), [], .reason(reason), span(of: reason, id), id) }
    for choice in reach.choices {
      for reading in program.choices[choice].readings.indices {
        add(.choice(choice), [], .reading(reading), program.choices[choice].origin.span, id)
      }
    }
    for classification in reach.classifications {
      for value in program.classifications[classification].sorting.indices {
        add(.classification(classification), [], .value(value), program.classifications[classification].origin.span, id)
      }
    }
    for parameter in reach.parameters {
      for (position, step) in program.parameters[parameter].steps.enumerated() {
        add(.parameter(parameter), [], .used(position), step.span, id)
        add(.parameter(parameter), [position], .side(.equal), step.span, id)
        add(.parameter(parameter), [position], .next(.below), step.span, id)
      }
    }
    for schedule in reach.schedules { tiers(schedule, id) }
    for period in reach.periods { life(period, id) }
  }

  private mutating func add(
    _ owner: CoverageItem.Owner, _ path: [Int], _ aspect: CoverageItem.Aspect, _ span: Span, _ measure: MeasureID
  ) {
    if aspect.isForBoundaries, criterion == .standard { return }
    let item = CoverageItem(owner, path, aspect)
    if measures[item] == nil {
      items.append(item)
      spans[item] = span
    }
    if measures[item]?.last != measure { measures[item, default: []].append(measure) }
  }

  /// What the rule says where a reason comes from: the object or the measure's name.
  private func span(of reason: ReasonKey, _ id: MeasureID) -> Span { program.measures[id].origin.span }

  // MARK: Expressions

  private mutating func enumerate(_ part: RulePart, _ id: MeasureID) {
    if case .row(let table, let row) = part.owner, part.path == [program.tables[table].rows[row].tests.count] {
      add(part.owner, [], .used(row), program.tables[table].rows[row].span, id)
    }
    if case .filling(_, let position) = part.owner {
      add(part.owner, [], .used(position), part.expression.span, id)
    }
    if part.expression.type == .truth {
      tests(part.expression, part.owner, part.path, id)
    } else {
      values(part.expression, part.owner, part.path, id)
    }
  }

  /// A test of its own: its outcome, and what each of its atomic tests adds.
  private mutating func tests(
    _ expression: Expression, _ owner: CoverageItem.Owner, _ path: [Int], _ id: MeasureID
  ) {
    let atoms = expression.atoms(path)
    if atoms.count != 1 || atoms[0].path != path { outcomes(expression, owner, path, id) }
    for atom in atoms {
      if atom.expression.isOrdered {
        sides(atom.expression, owner, atom.path, id)
      } else {
        outcomes(atom.expression, owner, atom.path, id)
      }
      if atoms.count > 1 {
        for flag in [true, false] where program.possible(atom.expression).contains(flag) {
          add(owner, atom.path, .decides(flag), atom.expression.span, id)
        }
      }
      if case .membership(_, let listed, _) = atom.expression.form, listed.count > 1 {
        for position in listed.indices { add(owner, atom.path, .value(position), atom.expression.span, id) }
      }
      inside(atom.expression, owner, atom.path, id)
    }
  }

  private mutating func outcomes(
    _ expression: Expression, _ owner: CoverageItem.Owner, _ path: [Int], _ id: MeasureID
  ) {
    if case .literal = expression.form { return }
    for flag in [true, false] where program.possible(expression).contains(flag) {
      add(owner, path, .outcome(flag), expression.span, id)
    }
  }

  private mutating func sides(_ expression: Expression, _ owner: CoverageItem.Owner, _ path: [Int], _ id: MeasureID) {
    guard case .comparison(_, let left, let right) = expression.form else { return }
    for side in CoverageItem.Side.allCases where program.canLie(left, right, side) {
      add(owner, path, .side(side), expression.span, id)
      if side != .equal, program.leastDifference(left, right) != nil {
        add(owner, path, .next(side), expression.span, id)
      }
    }
  }

  /// What stands in a value, or inside an atomic test.
  private mutating func values(_ expression: Expression, _ owner: CoverageItem.Owner, _ path: [Int], _ id: MeasureID) {
    switch expression.form {
    case .conditional(let test, _, _):
      tests(test, owner, path + [0], id)
      for flag in [true, false] { add(owner, path, .branch(flag), expression.span, id) }
      for (position, branch) in expression.children.enumerated().dropFirst() {
        operand(branch, owner, path + [position], id)
      }
    case .call(let builtin, let parts) where parts.count == 2 && (builtin == .least || builtin == .greatest):
      for side in CoverageItem.Side.allCases { add(owner, path, .side(side), expression.span, id) }
      inside(expression, owner, path, id)
    default: inside(expression, owner, path, id)
    }
  }

  private mutating func operand(_ expression: Expression, _ owner: CoverageItem.Owner, _ path: [Int], _ id: MeasureID) {
    if expression.type == .truth {
      tests(expression, owner, path, id)
    } else {
      values(expression, owner, path, id)
    }
  }

  private mutating func inside(_ expression: Expression, _ owner: CoverageItem.Owner, _ path: [Int], _ id: MeasureID) {
    if case .conditional = expression.form, expression.type == .truth { return values(expression, owner, path, id) }
    for (position, child) in expression.children.enumerated() {
      switch expression.form {
      case .comparison, .membership, .fieldOf:
        // A fact that is compared isn't a test of its own.
        if child.type != .truth || !child.isPlain { operand(child, owner, path + [position], id) }
      default: operand(child, owner, path + [position], id)
      }
    }
  }

  // MARK: Schedules and lives

  private mutating func tiers(_ schedule: TierScheduleID, _ id: MeasureID) {
    for (position, tier) in program.tierSchedules[schedule].tiers.enumerated() {
      add(.tiers(schedule), [], .used(position), tier.span, id)
      if tier.low != nil {
        add(.tiers(schedule), [position], .side(.equal), tier.span, id)
        add(.tiers(schedule), [position], .next(.below), tier.span, id)
        add(.tiers(schedule), [position], .next(.above), tier.span, id)
      }
    }
  }

  private mutating func life(_ owner: CoverageItem.Owner, _ id: MeasureID) {
    let (period, span): (Period, Span)
    switch owner {
    case .documentPeriod(let document):
      (period, span) = (program.documents[document].period, program.documents[document].span)
    case .measurePeriod(let measure):
      (period, span) = (program.measures[measure].period, program.measures[measure].origin.span)
    default: return
    }
    for (position, boundary) in [period.start, period.end].enumerated() {
      guard case .date = boundary else { continue }
      for side in CoverageItem.Side.allCases { add(owner, [position], .side(side), span, id) }
      add(owner, [position], .next(position == 0 ? .below : .above), span, id)
    }
  }
}
