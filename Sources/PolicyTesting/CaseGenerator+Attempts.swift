import PolicyAnalysis
import PolicyCoverage
import PolicyEvaluation
import PolicyIR
import PolicyValues

/// One way to ask for a subject.
struct Attempt {
  var demands: [Demand]
  /// A version of the program in which the item comes out otherwise.
  var variant: Variant?
  /// Whether the answer under the variant must stay another while the subject is made small.
  var mustDiffer = false
  var readings: [ChoiceID: Int] = [:]
  var variantReadings: [ChoiceID: Int]?
  /// The only fact that the answer may lack.
  var onlyMissing: FieldID?
  /// Whether there is no subject at all where this asks for none that is.
  var isWhole = false
}

extension CaseGenerator {
  /// The ways to show an item in a measure's answer, the most telling first: where the verdict would be another if the test
  /// came out otherwise, then with a yes, then with any answer.
  mutating func attempts(_ item: CoverageItem, _ measure: MeasureID) -> [Attempt] {
    switch item.aspect {
    case .outcome(let flag): return tests(item, measure, flag)
    case .decides(let flag): return deciding(item, measure, flag)
    case .side(let side):
      return thresholds(item, measure, side == .equal ? .exactly(.zero) : side == .below ? .below : .above)
    case .next(let side): return thresholds(item, measure, .exactly(distance(item, side)))
    case .branch(let flag):
      guard case .conditional(let test, _, _)? = program.expression(at: item)?.form else { return [] }
      return telling(item, measure, [.truth(test, flag)], nil)
    case .value(let position): return values(item, measure, position)
    case .used(let position): return used(item, measure, position)
    case .reading(let reading): return readings(item, reading)
    case .reason(let key): return reasons(key, measure)
    }
  }

  /// Whether an owner's expressions are about the measure's own subject.
  private func isOwn(_ owner: CoverageItem.Owner, _ measure: MeasureID) -> Bool {
    let kind = program.measures[measure].object?.kind
    return switch owner {
    case .definition(let id, _): program.definitions[id].kind == kind
    case .row(let id, _): program.tables[id].kind == kind
    case .tiers(let id): program.tierSchedules[id].kind == kind
    case .classification(let id): program.classifications[id].kind == kind
    default: true
    }
  }

  private mutating func variant(_ change: (inout Program) -> Void) -> Variant {
    var changed = program
    change(&changed)
    variants += 1
    return Variant(program: changed, number: variants)
  }

  /// Demands of the item itself, with a verdict that the variant changes, with a yes, with anything.
  private func telling(_ item: CoverageItem, _ measure: MeasureID, _ own: [Demand], _ variant: Variant?) -> [Attempt] {
    var result: [Attempt] = []
    let fits = isOwn(item.owner, measure)
    if let variant {
      if fits { result.append(Attempt(demands: own + [.differs], variant: variant, mustDiffer: true)) }
      result.append(Attempt(demands: [.differs, .verdict(.yes)], variant: variant, mustDiffer: true))
      result.append(Attempt(demands: [.differs, .verdict(.no)], variant: variant, mustDiffer: true))
    }
    guard fits else { return result }
    return result + [Attempt(demands: own + [.verdict(.yes)]), Attempt(demands: own, isWhole: true)]
  }

  private mutating func tests(_ item: CoverageItem, _ measure: MeasureID, _ flag: Bool) -> [Attempt] {
    guard let test = program.expression(at: item) else { return [] }
    let other = variant { $0.replaceExpression(item.owner, item.path) { $0.negated } }
    return telling(item, measure, [.truth(test, flag)], other)
  }

  /// A test that decides the condition in which it stands.
  private mutating func deciding(_ item: CoverageItem, _ measure: MeasureID, _ flag: Bool) -> [Attempt] {
    guard let test = program.expression(at: item) else { return [] }
    // The condition is the outermost test around it.
    var root = item
    while !root.path.isEmpty {
      var outer = root
      outer.path.removeLast()
      guard let around = program.expression(at: outer), around.isConnective else { break }
      root = outer
    }
    guard let whole = program.expression(at: root) else { return [] }
    let path = item.path.dropFirst(root.path.count)
    let (yes, no) = (whole.replacing(path) { $0.constant(true) }, whole.replacing(path) { $0.constant(false) })
    let other = variant { $0.replaceExpression(item.owner, item.path) { $0.negated } }
    let own: [Demand] = [.truth(test, flag), .unlike(yes, no)]
    var result = telling(item, measure, own, other)
    // With a fact missing a test may decide that doesn't with all of them.
    if let last = result.indices.last, result[last].isWhole { result[last].demands.append(.open) }
    return result
  }

  private func distance(_ item: CoverageItem, _ side: CoverageItem.Side) -> Rational {
    var unit = Rational.one
    switch item.owner {
    case .tiers(let id):
      if case .quantity(let dimension) = program.tierSchedules[id].base.type, let position = item.path.first,
        let low = program.tierSchedules[id].tiers[position].low
      {
        unit = dimension.leastStep(at: low)
      }
    case .parameter, .measurePeriod, .documentPeriod: break
    default:
      if case .comparison(_, let left, let right)? = program.expression(at: item)?.form {
        unit = program.leastDifference(left, right) ?? .one
      }
    }
    return side == .below ? ((try? unit.negated()) ?? unit) : unit
  }

  private mutating func thresholds(
    _ item: CoverageItem, _ measure: MeasureID, _ distance: Demand.Distance
  ) -> [Attempt] {
    switch item.owner {
    case .tiers(let id):
      guard let position = item.path.first, let low = program.tierSchedules[id].tiers[position].low else { return [] }
      let base = program.tierSchedules[id].base
      let end = Expression(.literal(.quantity(low)), type: base.type, span: base.span)
      return telling(item, measure, [.distance(base, end, distance)], nil)
    case .parameter(let id):
      guard let position = item.path.first else { return [] }
      return dated(id, position, measure, distance)
    case .measurePeriod(let id):
      let period = program.measures[id].period
      return lives(item, period, distance)
    case .documentPeriod(let id): return lives(item, program.documents[id].period, distance)
    default:
      switch program.expression(at: item)?.form {
      case .comparison(_, let left, let right)?:
        let other = variant { $0.replaceExpression(item.owner, item.path) { $0.negated } }
        return telling(item, measure, [.distance(left, right, distance)], other)
      case .call(_, let parts)? where parts.count == 2:
        return telling(item, measure, [.distance(parts[0], parts[1], distance)], nil)
      default: return []
      }
    }
  }

  private func lives(_ item: CoverageItem, _ period: Period, _ distance: Demand.Distance) -> [Attempt] {
    guard case .date(let day)? = item.path.first.map({ $0 == 0 ? period.start : period.end }) else { return [] }
    return [Attempt(demands: [.asOf(day, distance), .verdict(.yes)]), Attempt(demands: [.asOf(day, distance)])]
  }

  /// A parameter read at a date near the first day of one of its values.
  private func dated(
    _ id: ParameterID, _ position: Int, _ measure: MeasureID, _ distance: Demand.Distance
  ) -> [Attempt] {
    var dates: [Expression] = []
    func collect(_ expression: Expression) {
      if case .parameter(id, let at) = expression.form, !dates.contains(at) { dates.append(at) }
      expression.forEachChild(collect)
    }
    for part in plan.parts(of: measure) where isOwn(part.owner, measure) { collect(part.expression) }
    let first = program.parameters[id].steps[position]
    return dates.flatMap { at -> [Attempt] in
      let day = Expression(.literal(.date(first.from)), type: .date, span: first.span)
      return [
        Attempt(demands: [.distance(at, day, distance), .verdict(.yes)]),
        Attempt(demands: [.distance(at, day, distance)]),
      ]
    }
  }

  private mutating func values(_ item: CoverageItem, _ measure: MeasureID, _ position: Int) -> [Attempt] {
    if case .classification(let id) = item.owner {
      let other = variant { $0.classifications[id.index].sorting[position].turn() }
      return telling(item, measure, [.option(program.classifications[id].field, position)], other)
    }
    guard case .membership(let operand, let listed, let isOpen)? = program.expression(at: item)?.form else { return [] }
    let other = variant { changed in
      changed.replaceExpression(item.owner, item.path) { whole in
        var rest = listed
        rest.remove(at: position)
        var copy = whole
        copy.form = .membership(operand, rest, open: isOpen)
        return copy
      }
    }
    return telling(item, measure, [.among(operand, [listed[position]], true)], other)
  }

  private func used(_ item: CoverageItem, _ measure: MeasureID, _ position: Int) -> [Attempt] {
    switch item.owner {
    case .row(let id, let row):
      let tests = program.tables[id].rows[row].tests.compactMap { $0 }
      return telling(item, measure, tests.map { .truth($0, true) }, nil)
    case .tiers(let id):
      let schedule = program.tierSchedules[id]
      let tier = schedule.tiers[position]
      func end(_ value: Rational) -> Expression {
        Expression(.literal(.quantity(value)), type: schedule.base.type, span: tier.span)
      }
      var own: [Demand] = []
      if let low = tier.low { own.append(.distance(schedule.base, end(low), .above)) }
      if let high = tier.high { own.append(.distance(schedule.base, end(high), .below)) }
      return telling(item, measure, own, nil)
    case .parameter(let id): return dated(id, position, measure, .exactly(.zero))
    default: return [Attempt(demands: [.verdict(.yes)])]
    }
  }

  /// A reading under which the verdict is another than under some other.
  private func readings(_ item: CoverageItem, _ reading: Int) -> [Attempt] {
    guard case .choice(let choice) = item.owner else { return [] }
    return program.choices[choice].readings.indices.filter { $0 != reading }.map { other in
      Attempt(demands: [.differs], readings: [choice: reading], variantReadings: [choice: other])
    } + [Attempt(demands: [.verdict(.yes)], readings: [choice: reading])]
  }

  private func reasons(_ key: ReasonKey, _ measure: MeasureID) -> [Attempt] {
    let parts = plan.parts(of: measure).filter { isOwn($0.owner, measure) }
    func all(_ fits: (Expression) -> Bool) -> [Expression] {
      var found: [Expression] = []
      func collect(_ expression: Expression) {
        if fits(expression) { found.append(expression) }
        expression.forEachChild(collect)
      }
      for part in parts { collect(part.expression) }
      return found
    }
    switch key {
    case .field(let id):
      return program.fields[id].kind == program.measures[measure].object?.kind
        ? [Attempt(demands: [.missing(id), .verdict(.unknown)], onlyMissing: id)] : []
    case .openList(let id):
      return all { if case .membership(_, _, true) = $0.form { true } else { false } }.compactMap { test in
        guard case .membership(let operand, let listed, _) = test.form, operand.field == id else { return nil }
        return Attempt(demands: [.among(operand, listed, false), .verdict(.unknown)])
      }
    case .unsettled(let id, let value):
      return [Attempt(demands: [.option(program.classifications[id].field, Int(value)), .verdict(.unknown)])]
    case .unranked(let type, let value):
      return all { $0.type == .option(type) && $0.field != nil }.compactMap(\.field).map {
        Attempt(demands: [.option($0, Int(value)), .verdict(.unknown)])
      }
    case .hole, .discretion: return [Attempt(demands: [.verdict(.yes)]), Attempt(demands: [.verdict(.unknown)])]
    case .beforeFirstPeriod(let id): return dated(id, 0, measure, .below)
    case .text, .listNotOnFile, .unnamed, .notOnIncompleteList: return [Attempt(demands: [.verdict(.unknown)])]
    case .listIncomplete: return []
    }
  }
}

extension Expression {
  var negated: Expression { Expression(.negation(self), type: .truth, span: span) }

  func constant(_ flag: Bool) -> Expression { Expression(.literal(.truth(flag)), type: .truth, span: span) }

  /// The field of the subject itself that it is; nil for anything else.
  var field: FieldID? {
    if case .field(let id, _) = form { return id }
    return nil
  }

  /// Whether it connects tests.
  var isConnective: Bool {
    switch form {
    case .conjunction, .disjunction, .negation, .atLeast: true
    default: false
    }
  }
}

extension Classification.Sorting {
  /// Sorts the other way: what is in dispute, or left open, counts as 是.
  mutating func turn() {
    switch self {
    case .yes: self = .no
    case .no, .disputed, .unsettled: self = .yes
    }
  }
}
