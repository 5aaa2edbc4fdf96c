import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues

/// Collects the declarations that took part in an answer.
///
/// Every step of a derivation stands in one. What steps refer to without a step of its own — options of fields, rulings, lists,
/// calendars — comes with them.
struct Participants {
  private let program: Program
  private let index: RuleIndex
  /// Positions in the index.
  private(set) var positions: Set<Int> = []

  init(_ policies: PolicySet, _ index: RuleIndex) {
    program = policies.program
    self.index = index
  }

  /// Adds what a decision names and what its derivation went through.
  mutating func add(_ decision: Decision, _ derivation: Derivation) {
    add(decision.measure)
    for entry in decision.departments { add(entry.authority, of: decision.measure) }
    for payer in decision.payers { add(payer.authority, of: decision.measure) }
    for ruling in decision.rulings { add(ruling) }
    if let payable = decision.payable { add(payable.group) }
    for position in 0..<derivation.count { add(derivation[position]) }
  }

  private mutating func add(_ span: Span) {
    guard let position = index.position(of: span), positions.insert(position).inserted else { return }
    if let document = index.document(of: position) { positions.insert(document) }
  }

  /// A measure with its clause, whose departments are its own.
  private mutating func add(_ id: MeasureID) {
    let measure = program.measures[id]
    add(measure.origin.span)
    if measure.deadlines.contains(where: { ($0.length?.workingDays ?? 0) > 0 }) { addCalendar() }
    if let clause = measure.origin.clause { add(program.clauses[clause].span) }
  }

  /// An authority; where there is one in each county, with what says which is the subject's.
  private mutating func add(_ id: AuthorityID, of measure: MeasureID) {
    let authority = program.authorities[id]
    add(authority.span)
    guard let option = authority.perOption, let kind = program.measures[measure].object?.kind else { return }
    for field in program.kinds[kind].fields where program.fields[field].type == .option(option) { add(field) }
  }

  /// A group, and those that count its result.
  private mutating func add(_ id: GroupID) {
    add(program.groups[id].origin.span)
    for outer in program.groups.indices where program.groups[outer].subgroups.contains(id) { add(GroupID(outer)) }
  }

  private mutating func add(_ id: FieldID) {
    let field = program.fields[id]
    add(field.span)
    if case .option(let option) = field.type { add(program.optionTypes[option].span) }
    if let finder = field.finder { add(program.authorities[finder].span) }
  }

  private mutating func add(_ id: ChoiceID) {
    add(program.choices[id].origin.span)
    if let ruling = program.choices[id].ruling { add(ruling.span) }
  }

  private mutating func add(_ id: HoleID) {
    let hole = program.holes[id]
    add(hole.origin.span)
    for filling in hole.fillings { add(filling.origin.span) }
    if case .after(_, let length) = hole.deadline, length.workingDays > 0 { addCalendar() }
  }

  private mutating func addCalendar() { positions.formUnion(index.calendars) }

  private mutating func add(_ step: Derivation.Step) {
    if let origin = step.origin { add(origin.span) }
    switch step.what {
    case .measure(let id): add(id)
    case .reference(let id): if let id { add(id) }
    case .field(let id), .element(let id, _): add(id)
    case .classification(let id): add(program.classifications[id].field)
    case .reading(let id, _), .settled(let id, _): add(id)
    case .hole(let id), .filling(let id, _): add(id)
    case .department(let id): add(program.authorities[id].span)
    case .object, .condition, .period, .definition, .expression, .row, .tier, .amount, .payer, .instalment, .deadline:
      break
    }
    guard let expression = step.expression else { return }
    add(expression.span)
    switch expression.form {
    case .field(let id, _), .fieldOf(_, let id), .aggregate(_, let id, _, _, _): add(id)
    case .definition(let id, _): add(program.definitions[id].origin.span)
    case .classification(let id, _):
      add(program.classifications[id].origin.span)
      add(program.classifications[id].field)
    case .hole(let id): add(id)
    case .parameter(let id, _): add(program.parameters[id].origin.span)
    case .table(let id): add(program.tables[id].origin.span)
    case .tiers(let id): add(program.tierSchedules[id].origin.span)
    case .measureHolds(let id), .measureAmount(let id): add(id)
    case .onList(let id): add(program.nameLists[id].origin.span)
    case .call(let builtin, _): if builtin == .workingDaysAfter { addCalendar() }
    case .literal, .asOf, .dangling, .conjunction, .disjunction, .negation, .atLeast, .comparison, .membership,
      .arithmetic,
      .conditional, .rounded:
      break
    }
  }
}
