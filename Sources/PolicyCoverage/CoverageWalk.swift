import PolicyEvaluation
import PolicyIR
import PolicyValues

/// Reads a derivation beside the rules that it came about by, and notes what it shows.
struct CoverageWalk {
  let program: Program
  let derivation: Derivation
  let subject: Subject
  let asOf: CivilDate
  private(set) var items: Set<CoverageItem> = []
  private var visited: Set<Visit> = []

  private struct Visit: Hashable {
    var owner: CoverageItem.Owner
    var path: [Int]
    var step: Int
  }

  /// Readings that a place rests on.
  typealias Readings = [ChoiceID: Int]

  init(_ program: Program, _ derivation: Derivation, _ subject: Subject, asOf: CivilDate) {
    self.subject = subject
    self.program = program
    self.derivation = derivation
    self.asOf = asOf
  }

  mutating func mark(_ owner: CoverageItem.Owner, _ path: [Int], _ aspect: CoverageItem.Aspect) {
    items.insert(CoverageItem(owner, path, aspect))
  }

  // MARK: Decisions

  mutating func visit(_ decision: Decision, withAmount: Bool) {
    let id = decision.measure
    var reasons = decision.reasons.map(\.reason)
    if withAmount { reasons += decision.openReasons }
    for reason in reasons.compactMap({ ReasonKey($0) }) { mark(.verdict(id), [], .reason(reason)) }
    for split in decision.readings {
      for (reading, entry) in split.readings.enumerated() where entry.verdict != .unknown || entry.amount != .none {
        mark(.choice(split.choice), [], .reading(reading))
      }
    }
    let roots = derivation.roots
    guard let first = roots.first else { return }
    measure(id, first)
    guard withAmount else { return }
    let measure = program.measures[id]
    for root in roots.dropFirst() {
      let children = derivation.children(of: root)
      switch derivation[root].what {
      case .amount:
        if let amount = measure.amount, let child = children.first { any(amount.value, .amount(id), [], child) }
      case .payer(let position):
        var rest = children[...]
        let payer = measure.payers[position]
        if let condition = payer.condition, let child = rest.popFirst() {
          any(condition, .payer(id, position), [0], child)
        }
        switch payer.share {
        case .rate(let share), .amount(let share):
          if let child = rest.popFirst() { any(share, .payer(id, position), [1], child) }
        case .unstated, .rest: break
        }
      case .instalment(let position):
        var rest = children[...]
        let instalment = measure.instalments[position]
        if let condition = instalment.condition, let child = rest.popFirst() {
          any(condition, .instalment(id, position), [0], child)
        }
        if let date = instalment.date, let child = rest.popFirst() { any(date, .instalment(id, position), [1], child) }
      case .deadline(let position):
        if let start = measure.deadlines[position].start, let child = children.first {
          any(start, .deadline(id, position), [], child)
        }
      default: break
      }
    }
  }

  private mutating func measure(_ id: MeasureID, _ step: Int) {
    let measure = program.measures[id]
    life(.measurePeriod(id), measure.period)
    if let document = measure.origin.clause.map({ program.clauses[$0].document }) {
      life(.documentPeriod(document), program.documents[document].period)
    }
    for child in derivation.children(of: step) {
      let parts = derivation.children(of: child)
      switch derivation[child].what {
      case .object:
        if let membership = measure.object?.membership, let part = parts.first {
          any(membership, .object(id), [], part)
        }
      case .condition(let position, _):
        if let part = parts.first { any(measure.conditions[position].test, .condition(id, position), [], part) }
      case .reference(let target?): if let part = parts.first { self.measure(target, part) }
      default: break
      }
    }
  }

  private mutating func life(_ owner: CoverageItem.Owner, _ period: Period) {
    for (position, boundary) in [period.start, period.end].enumerated() {
      guard case .date(let day) = boundary else { continue }
      near(owner, [position], distance: Rational(CivilDate.days(from: day, to: asOf)), unit: .one)
    }
  }

  /// Notes on which side of a threshold a value lies, and whether it is next to it.
  mutating func near(_ owner: CoverageItem.Owner, _ path: [Int], distance: Rational, unit: Rational?) {
    let side: CoverageItem.Side = distance.isZero ? .equal : distance.isNegative ? .below : .above
    mark(owner, path, .side(side))
    if side != .equal, let unit, (try? distance.absolute()) == unit { mark(owner, path, .next(side)) }
  }

  // MARK: Expressions

  /// An expression at a place of a rule, and the step in which it was evaluated.
  mutating func any(
    _ expression: Expression, _ owner: CoverageItem.Owner, _ path: [Int], _ step: Int, _ fixed: Readings = [:]
  ) {
    let origin = derivation[step].sameAs ?? step
    guard visited.insert(Visit(owner: owner, path: path, step: origin)).inserted else { return }
    if expression.type == .truth {
      tests(expression, owner, path, step, fixed)
    } else {
      values(expression, owner, path, step, fixed)
    }
  }

  private mutating func values(
    _ expression: Expression, _ owner: CoverageItem.Owner, _ path: [Int], _ step: Int, _ fixed: Readings
  ) {
    let children = derivation.children(of: step)
    switch expression.form {
    case .conditional: if let test = children.first { branches(owner, path, test, fixed) }
    case .call(let builtin, let parts) where parts.count == 2 && (builtin == .least || builtin == .greatest):
      if children.count == 2 { sides(owner, path, children[0], children[1], unit: nil, fixed) }
    default: break
    }
    inside(expression, owner, path, step, fixed)
  }

  private mutating func branches(_ owner: CoverageItem.Owner, _ path: [Int], _ test: Int, _ fixed: Readings) {
    guard case .truth(let outcome)? = derivation[test].outcome else { return }
    for leaf in outcome.leaves(fixed) {
      if leaf == .yes { mark(owner, path, .branch(true)) }
      if leaf == .no || leaf == .notApplicable { mark(owner, path, .branch(false)) }
    }
  }

  /// On which side of the second value the first lies, under each combination of readings.
  mutating func sides(
    _ owner: CoverageItem.Owner, _ path: [Int], _ left: Int, _ right: Int, unit: Rational?, _ fixed: Readings
  ) {
    guard case .value(let one)? = derivation[left].outcome, case .value(let two)? = derivation[right].outcome else {
      return
    }
    for readings in combinations([one.choices, two.choices], fixed) {
      guard case .value(let first) = one.leaf(readings), case .value(let second) = two.leaf(readings) else { continue }
      switch (first, second) {
      case (.quantity(let first), .quantity(let second)):
        if let distance = try? first.subtracting(second) { near(owner, path, distance: distance, unit: unit) }
      case (.date(let first), .date(let second)):
        near(owner, path, distance: Rational(CivilDate.days(from: second, to: first)), unit: unit)
      case (.option(let first), .option(let second)):
        mark(owner, path, .side(first == second ? .equal : first < second ? .below : .above))
      default: continue
      }
    }
  }

  /// The parts of an expression that isn't a connective, each with its step.
  mutating func inside(
    _ expression: Expression, _ owner: CoverageItem.Owner, _ path: [Int], _ step: Int, _ fixed: Readings
  ) {
    let children = derivation.children(of: step)
    switch expression.form {
    case .definition(let id, _): definition(id, children, fixed)
    case .table(let id):
      for child in children {
        guard case .row(_, let row) = derivation[child].what else { continue }
        self.row(id, row, child, fixed)
      }
    case .tiers(let id): tiers(id, children, fixed)
    case .parameter(let id, let at):
      guard let child = children.first else { break }
      parameter(id, child, fixed)
      any(at, owner, path + [0], child, fixed)
    case .hole(let id):
      for child in children {
        guard case .filling(_, let position) = derivation[child].what, let body = derivation.children(of: child).first
        else { continue }
        mark(.filling(id, position), [], .used(position))
        any(program.holes[id].fillings[position].value, .filling(id, position), [], body, fixed)
      }
    case .measureHolds(let id), .measureAmount(let id):
      if let child = children.first, case .measure = derivation[child].what { measure(id, child) }
      for child in children.dropFirst() where derivation[child].what == .amount {
        if let amount = program.measures[id].amount, let body = derivation.children(of: child).first {
          any(amount.value, .amount(id), [], body, fixed)
        }
      }
    case .aggregate(_, _, _, let filter, let body):
      let parts = [filter, body].compactMap { $0 }
      for child in children {
        for (position, (part, place)) in zip(parts, derivation.children(of: child)).enumerated() {
          any(part, owner, path + [position], place, fixed)
        }
      }
    default:
      let parts = expression.children
      guard parts.count == children.count else { break }
      for (position, part) in parts.enumerated() { any(part, owner, path + [position], children[position], fixed) }
    }
  }

  private mutating func definition(_ id: DefinitionID, _ children: [Int], _ fixed: Readings) {
    for child in children {
      guard let body = derivation.children(of: child).first else { continue }
      var (reading, inner) = (0, fixed)
      switch derivation[child].what {
      case .reading(let choice, let number):
        if let known = fixed[choice], known != number { continue }
        (reading, inner[choice]) = (number, number)
      case .settled(_, let number): reading = number
      default: break
      }
      guard program.definitions[id].bodies.indices.contains(reading) else { continue }
      any(program.definitions[id].bodies[reading], .definition(id, reading), [], body, inner)
    }
  }

  private mutating func row(_ id: TableID, _ row: Int, _ step: Int, _ fixed: Readings) {
    let entry = program.tables[id].rows[row]
    if case .truth(let outcome)? = derivation[step].outcome, outcome.leaves(fixed).contains(.yes) {
      mark(.row(id, row), [], .used(row))
    }
    let places = derivation.children(of: step)
    let tests = entry.tests.enumerated().compactMap { column, test in test.map { (column, $0) } }
    for ((column, test), place) in zip(tests, places) { any(test, .row(id, row), [column], place, fixed) }
    if places.count > tests.count { any(entry.result, .row(id, row), [entry.tests.count], places[tests.count], fixed) }
  }

  private mutating func tiers(_ id: TierScheduleID, _ children: [Int], _ fixed: Readings) {
    let schedule = program.tierSchedules[id]
    guard let base = children.first else { return }
    any(schedule.base, .tiers(id), [0], base, fixed)
    if case .value(let outcome)? = derivation[base].outcome {
      for leaf in outcome.leaves(fixed) {
        guard case .value(.quantity(let number)) = leaf else { continue }
        for (position, tier) in schedule.tiers.enumerated() {
          if tier.contains(number) { mark(.tiers(id), [], .used(position)) }
          guard let low = tier.low, let distance = try? number.subtracting(low),
            case .quantity(let dimension) = schedule.base.type
          else { continue }
          near(.tiers(id), [position], distance: distance, unit: dimension.leastStep(at: low))
        }
      }
    }
    for child in children.dropFirst() {
      guard case .tier(_, let position) = derivation[child].what, let body = derivation.children(of: child).first else {
        continue
      }
      any(schedule.tiers[position].rate, .tiers(id), [position + 1], body, fixed)
    }
  }

  private mutating func parameter(_ id: ParameterID, _ at: Int, _ fixed: Readings) {
    guard case .value(let outcome)? = derivation[at].outcome else { return }
    for leaf in outcome.leaves(fixed) {
      guard case .value(.date(let day)) = leaf else { continue }
      let steps = program.parameters[id].steps
      if let used = steps.lastIndex(where: { $0.from <= day }) { mark(.parameter(id), [], .used(used)) }
      for (position, step) in steps.enumerated() {
        near(.parameter(id), [position], distance: Rational(CivilDate.days(from: step.from, to: day)), unit: .one)
      }
    }
  }
}

extension TierSchedule.Tier {
  fileprivate func contains(_ base: Rational) -> Bool {
    if let low, lowIncluded ? base < low : base <= low { return false }
    if let high, highIncluded ? base > high : base >= high { return false }
    return true
  }
}

extension Decision {
  /// Why an amount, an instalment or a date is open.
  fileprivate var openReasons: [Reason] {
    var reasons = (amountReasons + paymentReasons).map(\.reason)
    for instalment in instalments {
      reasons += instalment.reasons
      if case .unknown(let open)? = instalment.date { reasons += open }
    }
    for entry in dueDates { if case .unknown(let open) = entry.due { reasons += open } }
    return reasons
  }
}
