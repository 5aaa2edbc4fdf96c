import PolicyIR
import PolicyValues

/// Finds what the answer of a measure rests on, through everything that it refers to.
struct SightBuilder {
  private let program: Program
  private let asOf: CivilDate
  private(set) var tests: [FieldID: FactTests] = [:]
  /// Whether a name of a subject is looked up in a list.
  private(set) var seesNames = false
  private var seen: Set<Seen> = []

  /// What is gone through once.
  private enum Seen: Hashable {
    case measure(MeasureID)
    case definition(DefinitionID)
    case hole(HoleID)
    case table(TableID)
    case tiers(TierScheduleID)
  }

  init(_ program: Program, asOf: CivilDate) { (self.program, self.asOf) = (program, asOf) }

  mutating func add(_ id: MeasureID) {
    guard seen.insert(.measure(id)).inserted else { return }
    // Reading the measure's own expressions and replacing none.
    var copy = program.measures[id]
    copy.replaceExpressions { expression in
      add(expression)
      return expression
    }
    if case .measure(let target)? = program.measures[id].reference?.target { add(target) }
  }

  /// Adds what a measure reads only where it grants something.
  mutating func addGrant(of id: MeasureID) {
    var copy = program.measures[id]
    copy.object = nil
    copy.conditions = []
    copy.replaceExpressions { expression in
      add(expression)
      return expression
    }
    // The amount of the rule that is followed, with whatever else it reads.
    if copy.amount == nil, case .measure(let target)? = copy.reference?.target { add(target) }
  }

  /// Adds what it depends on who answers for a measure.
  ///
  /// - Parameter counties: whether that is so of counties too.
  mutating func addAuthorities(of id: MeasureID, counties: Bool) {
    let measure = program.measures[id]
    for payer in measure.payers { if let condition = payer.condition { add(condition) } }
    guard counties else { return }
    let options = (measure.departments.map(\.authority) + measure.payers.map(\.authority)).compactMap {
      program.authorities[$0].perOption
    }
    for (place, field) in program.fields.enumerated() {
      if case .option(let id) = field.type, options.contains(id) { add(bare: FieldID(place)) }
    }
  }

  /// Adds a field that is used in itself.
  private mutating func add(bare field: FieldID) { tests[field, default: FactTests()].useBare() }

  mutating func add(_ expression: Expression) {
    switch expression.form {
    case .field(let id, _), .fieldOf(_, let id), .aggregate(_, let id, _, _, _): add(bare: id)
    case .definition(let id, _):
      if seen.insert(.definition(id)).inserted { for body in program.definitions[id].bodies { add(body) } }
    case .classification(let id, _):
      tests[program.classifications[id].field, default: FactTests()].add(.sorted(id))
    case .hole(let id):
      if seen.insert(.hole(id)).inserted {
        let hole = program.holes[id]
        for part in [hole.lowest, hole.highest] + hole.fillings.map(\.value) { if let part { add(part) } }
      }
    case .table(let id):
      if seen.insert(.table(id)).inserted {
        for row in program.tables[id].rows {
          for test in row.tests { if let test { add(test) } }
          add(row.result)
        }
      }
    case .tiers(let id):
      if seen.insert(.tiers(id)).inserted {
        add(program.tierSchedules[id].base)
        for tier in program.tierSchedules[id].tiers { add(tier.rate) }
      }
    case .measureHolds(let id), .measureAmount(let id): add(id)
    case .onList(let id): seesNames = seesNames || program.nameLists[id].names != nil
    case .comparison(let comparison, let left, let right):
      if compare(left, comparison, right) || compare(right, comparison.mirrored, left) { return }
    case .membership(let operand, let values, _):
      if list(operand, values) { return }
    case .literal, .parameter, .asOf, .dangling, .conjunction, .disjunction, .negation, .atLeast, .arithmetic,
      .conditional, .call, .rounded:
      break
    }
    expression.forEachChild { add($0) }
  }

  /// Whether one side is facts, as they are, and the other the same for every subject; then the comparison is noted.
  private mutating func compare(_ left: Expression, _ comparison: Expression.Comparison, _ right: Expression) -> Bool {
    guard let facts = facts(left) else { return false }
    switch right.form {
    case .literal(.quantity(let number)):
      guard let number = FactVector.scaled(number) else { return false }
      note(facts) { $0.add(comparison, number) }
    case .literal(.date(let date)): note(facts) { $0.add(comparison, Int64(date.dayNumber)) }
    case .asOf:
      let day = Int64(asOf.dayNumber)
      note(facts) { $0.add(comparison, day) }
    case .literal(.option(let value)):
      if comparison == .equal || comparison == .notEqual {
        note(facts) { $0.add(.oneOf([value])) }
      } else {
        note(facts) { $0.add(.ordered(comparison, value)) }
      }
    default: return false
    }
    return true
  }

  private mutating func list(_ operand: Expression, _ values: [Value]) -> Bool {
    guard let facts = facts(operand), case .option = operand.type else { return false }
    let places = values.compactMap { if case .option(let place) = $0 { place } else { nil } }
    note(facts) { $0.add(.oneOf(places)) }
    return places.count == values.count
  }

  private mutating func note(_ fields: [FieldID], _ body: (inout FactTests) -> Void) {
    for field in fields { body(&tests[field, default: FactTests()]) }
  }

  /// The facts one of which an expression is, by its reading; nil for anything else.
  private mutating func facts(_ expression: Expression) -> [FieldID]? {
    switch expression.form {
    case .field(let id, _): return [id]
    case .fieldOf(let owner, let id):
      add(owner)
      return [id]
    case .definition(let id, _):
      var all: [FieldID] = []
      for body in program.definitions[id].bodies {
        switch body.form {
        // The same for every subject.
        case .literal, .asOf: continue
        default:
          guard let facts = facts(body) else { return nil }
          all += facts
        }
      }
      return all
    default: return nil
    }
  }
}
