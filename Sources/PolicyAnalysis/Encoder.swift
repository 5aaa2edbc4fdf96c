package import PolicyIR
import PolicyText
import PolicyValues

/// The measures of one program as formulas over a space of facts.
///
/// It says what the evaluator says: for every subject of the space and every reading, the terms of `verdict` hold where
/// `Evaluation` gives that verdict. What it can't say it throws as `Unsupported`, measure by measure.
///
/// Two versions of a program are compared by encoding both in one space: the facts are the same unknowns, and so are readings,
/// holes and lists of the same name.
/// ```swift
/// let solver = try Solver()
/// let space = FactSpace(solver)
/// let (old, new) = (Encoder(before, in: space), Encoder(after, in: space))
/// let (one, two) = (try old.verdict(of: measure), try new.verdict(of: renamed))
/// let question = space.question()                  // after encoding: it takes the constraints that encoding added
/// question.assert(solver.differs(one.yes, two.yes))
/// guard let answer = try question.answer() else { … }  // nil: both are yes for the same subjects (of the space)
/// let witness = new.witness(answer, kind: kind)    // to be replayed by `Evaluation` before it is shown
/// ```
/// `question.answer(assuming: [two.yes, solver.not(one.yes)])` tells broader from narrower; `space.boundedLists` and
/// `FactSpace` say what “the same for all subjects” is bound to.
package final class Encoder {
  package let program: Program
  package let space: FactSpace
  /// Readings that are settled here although the program leaves them open.
  let fixedReadings: [ChoiceID: Int]
  /// The choices that some term depends on.
  package private(set) var touchedChoices: Set<ChoiceID> = []
  private var verdicts: [String: (wouldBe: SymbolicVerdict, isOfKind: Bool)] = [:]
  private var amounts: [String: SymbolicCell] = [:]
  private var truths: [Place: SymbolicTruth] = [:]
  private var cells: [Place: SymbolicCell] = [:]
  private var depth = 0

  /// A definition of one subject.
  private struct Place: Hashable {
    var definition: DefinitionID
    var subject: ObjectIdentifier
  }

  package init(_ program: Program, in space: FactSpace, readings: [ChoiceID: Int] = [:]) {
    self.program = program
    self.space = space
    fixedReadings = readings
  }

  var solver: Solver { space.solver }

  // MARK: Measures

  /// A measure's verdict with regard to the period, for subjects of a kind; nil: of the measure's own.
  package func verdict(of id: MeasureID, kind: KindID? = nil) throws(Unsupported) -> SymbolicVerdict {
    let kind = kind ?? program.measures[id].object?.kind ?? KindID(0)
    return try verdict(of: id, of: space.subject(of: kind, in: program), kind: kind)
  }

  /// The verdict without regard to the period.
  package func wouldBe(of id: MeasureID, kind: KindID? = nil) throws(Unsupported) -> SymbolicVerdict {
    let kind = kind ?? program.measures[id].object?.kind ?? KindID(0)
    return try complete(id, of: space.subject(of: kind, in: program), kind: kind).wouldBe
  }

  /// Whether the as-of date lies in the life of a measure.
  package func isInForce(_ id: MeasureID) -> Term { solver.not(blocks(id)) }

  /// The verdict for a subject; an encoder is asked for one of a kind.
  func verdict(
    of id: MeasureID, of subject: SymbolicSubject, kind: KindID
  ) throws(Unsupported) -> SymbolicVerdict {
    let (wouldBe, isOfKind) = try complete(id, of: subject, kind: kind)
    guard isOfKind else { return wouldBe }
    let blocked = blocks(id)
    return SymbolicVerdict(
      yes: solver.and(solver.not(blocked), wouldBe.yes), no: solver.or(blocked, wouldBe.no),
      notApplicable: solver.and(solver.not(blocked), wouldBe.notApplicable))
  }

  private func blocks(_ id: MeasureID) -> Term {
    let measure = program.measures[id]
    if measure.isTransitional { return solver.no }
    let own = blocks(measure.period)
    guard let clause = measure.origin.clause else { return own }
    return solver.or(own, blocks(program.documents[program.clauses[clause].document].period))
  }

  private func blocks(_ period: Period) -> Term { solver.not(contains(period)) }

  private func contains(_ period: Period) -> Term {
    var tests: [Term] = []
    if case .date(let start) = period.start { tests.append(solver.lessOrEqual(day(start), space.asOf)) }
    if case .date(let end) = period.end { tests.append(solver.lessOrEqual(space.asOf, day(end))) }
    return solver.and(tests)
  }

  func day(_ date: CivilDate) -> Term { solver.integer(Int(date.dayNumber)) }

  private func complete(
    _ id: MeasureID, of subject: SymbolicSubject, kind: KindID
  ) throws(Unsupported) -> (wouldBe: SymbolicVerdict, isOfKind: Bool) {
    let key = "\(id.index)/\(kind.index)"
    if let known = verdicts[key] { return known }
    guard program.measures[id].object?.kind == kind else {
      return (SymbolicVerdict(yes: solver.no, no: solver.no, notApplicable: solver.yes), false)
    }
    try deeper()
    defer { depth -= 1 }
    let object = try membership(of: id, subject)
    var all = solver.and(try conditions(of: id, subject))
    if let reference = program.measures[id].reference {
      switch reference.target {
      case .text(let text): all = solver.and(all, space.gap("文本/" + text))
      case .measure(let target):
        let other = try holds(target, subject, kind)
        all = solver.and(all, reference.manner == .deference ? solver.not(other) : other)
      }
    }
    let result = SymbolicVerdict(
      yes: solver.and(object.yes, all.yes), no: solver.and(object.yes, all.no), notApplicable: object.no)
    verdicts[key] = (result, true)
    return (result, true)
  }

  /// Whether a subject belongs to a measure's class.
  package func membership(of id: MeasureID) throws(Unsupported) -> SymbolicTruth {
    guard let object = program.measures[id].object else { throw .malformed }
    return try membership(of: id, space.subject(of: object.kind, in: program))
  }

  /// What each condition of a measure adds, in written order; exceptions and precedence turned round.
  package func conditions(of id: MeasureID) throws(Unsupported) -> [SymbolicTruth] {
    guard let object = program.measures[id].object else { throw .malformed }
    return try conditions(of: id, space.subject(of: object.kind, in: program))
  }

  private func membership(of id: MeasureID, _ subject: SymbolicSubject) throws(Unsupported) -> SymbolicTruth {
    guard let membership = program.measures[id].object?.membership else { return solver.of(solver.yes) }
    return try truth(membership, [subject])
  }

  private func conditions(of id: MeasureID, _ subject: SymbolicSubject) throws(Unsupported) -> [SymbolicTruth] {
    var result: [SymbolicTruth] = []
    for condition in program.measures[id].conditions {
      let test = try truth(condition.test, [subject])
      result.append(condition.role == .exception || condition.role == .precedence ? solver.not(test) : test)
    }
    return result
  }

  /// Whether another measure is yes, 不适用 counting as no.
  private func holds(_ id: MeasureID, _ subject: SymbolicSubject, _ kind: KindID) throws(Unsupported) -> SymbolicTruth {
    let verdict = try verdict(of: id, of: subject, kind: kind)
    return SymbolicTruth(yes: verdict.yes, no: solver.or(verdict.no, verdict.notApplicable))
  }

  /// The measure's own amount, whatever its verdict; 不适用 where it names none.
  package func amount(of id: MeasureID) throws(Unsupported) -> SymbolicCell {
    guard let kind = program.measures[id].object?.kind else { throw .malformed }
    return try amount(of: id, space.subject(of: kind, in: program))
  }

  private func amount(of id: MeasureID, _ subject: SymbolicSubject) throws(Unsupported) -> SymbolicCell {
    let key = "\(id.index)/\(subject.kind)"
    if let known = amounts[key] { return known }
    try deeper()
    defer { depth -= 1 }
    let measure = program.measures[id]
    let result: SymbolicCell
    if let rule = measure.amount {
      result = try cell(rule.value, [subject])
    } else if let reference = measure.reference, reference.manner != .deference,
      case .measure(let target) = reference.target
    {
      result = try amount(of: target, subject)
    } else {
      result = solver.absent
    }
    amounts[key] = result
    return result
  }

  /// The rule that says what a measure grants: its own or that of the rule that it follows.
  func grant(of id: MeasureID) -> AmountRule? {
    var measure = program.measures[id]
    for _ in program.measures.indices {
      if let amount = measure.amount { return amount }
      guard let reference = measure.reference, reference.manner != .deference,
        case .measure(let target) = reference.target
      else { return nil }
      measure = program.measures[target]
    }
    return nil
  }

  private func deeper() throws(Unsupported) {
    depth += 1
    if depth > 200 {
      depth -= 1
      throw .tooLarge
    }
  }

  private func kind(of subject: SymbolicSubject) -> KindID? {
    program.kinds.firstIndex { $0.name == subject.kind }.map { KindID($0) }
  }

  // MARK: Truths

  /// The truth of an expression; `frames` are the subjects in view, from the inside out.
  package func truth(_ expression: Expression, _ frames: [SymbolicSubject]) throws(Unsupported) -> SymbolicTruth {
    try deeper()
    defer { depth -= 1 }
    switch expression.form {
    case .literal(.truth(let flag)): return solver.of(solver.truth(flag))
    case .literal: throw .malformed
    case .definition(let id, let depth): return try definitionTruth(id, try frame(frames, depth))
    case .classification(let id, let depth): return try classification(id, try frame(frames, depth))
    case .hole(let id) where program.holes[id].type == .truth: return try holeTruth(id, frames)
    case .measureHolds(let id):
      guard frames.count == 1, let kind = kind(of: frames[0]) else { throw .malformed }
      return try holds(id, frames[0], kind)
    case .onList(let id): return try onList(id, try frame(frames, 0))
    case .dangling(let text): return space.gap("文本/" + text)
    case .conjunction(let tests): return solver.and(try truths(tests, frames))
    case .disjunction(let tests): return solver.or(try truths(tests, frames))
    case .negation(let test): return solver.not(try truth(test, frames))
    case .atLeast(let count, let tests): return atLeast(count, try truths(tests, frames))
    case .comparison(let comparison, let left, let right):
      let option: OptionTypeID? = if case .option(let id) = left.type { id } else { nil }
      return try compare(comparison, try cell(left, frames), try cell(right, frames), option)
    case .membership(let value, let values, let open):
      return try membership(try cell(value, frames), values, open: open, key: "列举/\(name(value))/\(values)", value.type)
    case .conditional(let test, let then, let otherwise):
      let (one, two, three) = (try truth(test, frames), try truth(then, frames), try truth(otherwise, frames))
      func side(_ a: Term, _ b: Term) -> Term {
        solver.or([solver.and(one.yes, a), solver.and(one.no, b), solver.and(a, b)])
      }
      return SymbolicTruth(yes: side(two.yes, three.yes), no: side(two.no, three.no))
    case .aggregate(let aggregate, let relation, let depth, let filter, let body):
      return try quantified(aggregate, relation, try frame(frames, depth), filter, body, frames)
    case .field, .fieldOf, .hole, .parameter, .table, .tiers:
      return try truth(of: try cell(expression, frames))
    case .measureAmount, .asOf, .arithmetic, .call, .rounded: throw .malformed
    }
  }

  private func name(_ expression: Expression) -> String {
    switch expression.form {
    case .field(let id, _), .fieldOf(_, let id): program.fields[id].name
    default: "\(expression.span.start)"
    }
  }

  func frame(_ frames: [SymbolicSubject], _ depth: Int) throws(Unsupported) -> SymbolicSubject {
    guard frames.indices.contains(depth) else { throw .malformed }
    return frames[depth]
  }

  private func truths(_ tests: [Expression], _ frames: [SymbolicSubject]) throws(Unsupported) -> [SymbolicTruth] {
    var result: [SymbolicTruth] = []
    for test in tests { result.append(try truth(test, frames)) }
    return result
  }

  /// The truth that a truth-typed value is; 不适用 counts as no.
  private func truth(of cell: SymbolicCell) throws(Unsupported) -> SymbolicTruth {
    guard cell.unknown != solver.yes else { return solver.unknown }
    let flag: Term
    switch cell.value {
    case .option(let place): flag = solver.not(solver.equal(place, solver.integer(0)))
    case .nothing: flag = solver.no
    case .quantity, .date, .duration, .text: throw .malformed
    }
    return SymbolicTruth(
      yes: solver.and(solver.known(cell), flag),
      no: solver.or(cell.notApplicable, solver.and(solver.known(cell), solver.not(flag))))
  }

  /// A truth as an option, 1 for yes.
  private func cell(of truth: SymbolicTruth) -> SymbolicCell {
    SymbolicCell(
      unknown: solver.unknown(truth), notApplicable: solver.no,
      value: .option(solver.choose(truth.yes, solver.integer(1), solver.integer(0))), bounds: solver.noBounds)
  }

  private func atLeast(_ count: Int, _ tests: [SymbolicTruth]) -> SymbolicTruth {
    func total(_ terms: [Term]) -> Term {
      var sum = solver.integer(0)
      for term in terms { sum = solver.add(sum, solver.choose(term, solver.integer(1), solver.integer(0))) }
      return sum
    }
    let least = solver.integer(count)
    return SymbolicTruth(
      yes: solver.lessOrEqual(least, total(tests.map(\.yes))),
      no: solver.less(total(tests.map { solver.not($0.no) }), least))
  }

  private func definitionTruth(_ id: DefinitionID, _ subject: SymbolicSubject) throws(Unsupported) -> SymbolicTruth {
    let place = Place(definition: id, subject: ObjectIdentifier(subject))
    if let known = truths[place] { return known }
    let definition = program.definitions[id]
    var result: SymbolicTruth?
    for (reading, holds) in readings(of: definition).reversed() {
      let body = try truth(definition.bodies[reading], [subject])
      result = result.map { solver.choose(holds, body, $0) } ?? body
    }
    guard let result else { throw .malformed }
    truths[place] = result
    return result
  }

  func definitionCell(_ id: DefinitionID, _ subject: SymbolicSubject) throws(Unsupported) -> SymbolicCell {
    let place = Place(definition: id, subject: ObjectIdentifier(subject))
    if let known = cells[place] { return known }
    let definition = program.definitions[id]
    var result: SymbolicCell?
    for (reading, holds) in readings(of: definition).reversed() {
      let body = try cell(definition.bodies[reading], [subject])
      if let other = result { result = try solver.choose(holds, body, other) } else { result = body }
    }
    guard let result else { throw .malformed }
    cells[place] = result
    return result
  }

  /// The bodies of a definition that may hold, each with when it does.
  private func readings(of definition: Definition) -> [(reading: Int, holds: Term)] {
    guard let choice = definition.choice, definition.bodies.count > 1 else { return [(0, solver.yes)] }
    if let ruling = program.choices[choice].ruling?.reading ?? fixedReadings[choice] { return [(ruling, solver.yes)] }
    touchedChoices.insert(choice)
    return definition.bodies.indices.map { ($0, space.holds($0, of: choice, in: program)) }
  }

  private func classification(
    _ id: ClassificationID, _ subject: SymbolicSubject
  ) throws(Unsupported) -> SymbolicTruth {
    let entry = program.classifications[id]
    let fact = try space.fact(entry.field, of: subject, in: program)
    if fact.unknown == solver.yes { return solver.unknown }
    if fact.notApplicable == solver.yes { return solver.of(solver.no) }
    guard case .value(.option(let place)) = fact.content else { throw .malformed }
    var (yes, no): ([Term], [Term]) = ([], [fact.notApplicable])
    let isKnown = solver.and(solver.not(fact.unknown), solver.not(fact.notApplicable))
    for (value, sorting) in entry.sorting.enumerated() {
      let isIt = solver.and(isKnown, solver.equal(place, solver.integer(value)))
      if isIt == solver.no { continue }
      let truth: SymbolicTruth
      switch sorting {
      case .yes: truth = solver.of(solver.yes)
      case .no: truth = solver.of(solver.no)
      case .unsettled: truth = space.gap("归类/\(entry.name)/\(value)")
      case .disputed(let choice):
        if let ruling = program.choices[choice].ruling?.reading ?? fixedReadings[choice] {
          truth = solver.of(solver.truth(ruling == 0))
        } else {
          touchedChoices.insert(choice)
          truth = solver.of(space.holds(0, of: choice, in: program))
        }
      }
      yes.append(solver.and(isIt, truth.yes))
      no.append(solver.and(isIt, truth.no))
    }
    return SymbolicTruth(yes: solver.or(yes), no: solver.or(no))
  }

  private func onList(_ id: NameListID, _ subject: SymbolicSubject) throws(Unsupported) -> SymbolicTruth {
    let list = program.nameLists[id]
    let key = "名单/\(list.name)/\(subject.path)"
    guard let names = list.names else { return space.gap(key) }
    subject.usesName = true
    let isListed = solver.or(names.map { solver.equal(subject.name, solver.integer(space.place(of: $0))) })
    let absent = list.complete ? solver.of(solver.no) : space.gap(key)
    return SymbolicTruth(
      yes: solver.and(subject.isNamed, solver.or(isListed, absent.yes)),
      no: solver.and([subject.isNamed, solver.not(isListed), absent.no]))
  }

  private func membership(
    _ cell: SymbolicCell, _ values: [Value], open: Bool, key: String, _ type: ValueType
  ) throws(Unsupported) -> SymbolicTruth {
    if cell.unknown == solver.yes { return solver.unknown }
    var isListed: [Term] = []
    for value in values { isListed.append(try solver.same(solver.known(space.constant(value)), cell)) }
    let listed = solver.or(isListed)
    let isKnown = solver.known(cell)
    var other = solver.of(solver.no)
    if open {
      other = space.gap(key)
      // Each unlisted option is a question of its own.
      if space.domain.fillsGaps, case .option(let place) = cell.value, case .option(let id) = type {
        other = solver.of(
          solver.or(
            program.optionTypes[id].values.indices.map {
              solver.and(solver.equal(place, solver.integer($0)), space.gap("\(key)/\($0)").yes)
            }))
      }
    }
    return SymbolicTruth(
      yes: solver.and(isKnown, solver.or(listed, other.yes)),
      no: solver.or(cell.notApplicable, solver.and([isKnown, solver.not(listed), other.no])))
  }

  // MARK: Holes

  /// What fills a hole at the as-of date: each filling with when it is the only one, and when there is none.
  func fillings(of hole: Hole) -> (only: [Term], none: Term) {
    let active = hole.fillings.map { contains($0.period) }
    let only = active.indices.map { index in
      solver.and([active[index]] + active.indices.filter { $0 != index }.map { solver.not(active[$0]) })
    }
    return (only, solver.and(active.map { solver.not($0) }))
  }

  private func holeTruth(_ id: HoleID, _ frames: [SymbolicSubject]) throws(Unsupported) -> SymbolicTruth {
    let hole = program.holes[id]
    let (only, none) = fillings(of: hole)
    let open = space.gap("空缺/" + hole.name)
    var result = solver.choose(none, open, solver.unknown)
    for (position, filling) in hole.fillings.enumerated() where only[position] != solver.no {
      result = solver.choose(only[position], try truth(filling.value, frames), result)
    }
    return result
  }

  // MARK: Values

  /// The value of an expression, a truth as an option.
  package func cell(_ expression: Expression, _ frames: [SymbolicSubject]) throws(Unsupported) -> SymbolicCell {
    try deeper()
    defer { depth -= 1 }
    switch expression.form {
    case .literal(let value): return solver.known(space.constant(value))
    case .field(let id, let depth): return try fact(id, of: try frame(frames, depth))
    case .fieldOf(let owner, let id):
      let (unknown, absent, subject) = try entity(owner, frames)
      guard let subject else {
        let bounds = unknownBounds(id)
        return SymbolicCell(unknown: unknown, notApplicable: absent, value: .nothing, bounds: bounds)
      }
      var cell = try fact(id, of: subject)
      let isThere = solver.and(solver.not(unknown), solver.not(absent))
      cell.unknown = solver.or(unknown, solver.and(isThere, cell.unknown))
      cell.notApplicable = solver.or(absent, solver.and(isThere, cell.notApplicable))
      return cell
    case .definition(let id, let depth) where program.definitions[id].type != .truth:
      return try definitionCell(id, try frame(frames, depth))
    case .hole(let id) where program.holes[id].type != .truth: return try holeCell(id, frames)
    case .parameter(let id, let at): return try parameter(id, try cell(at, frames))
    case .table(let id): return try table(id, try frame(frames, 0))
    case .tiers(let id): return try tiers(id, try frame(frames, 0))
    case .measureAmount(let id): return try measureAmount(id, frames)
    case .asOf: return solver.known(.date(space.asOf))
    case .arithmetic(let operation, let left, let right):
      return try compute(operation, try cell(left, frames), try cell(right, frames))
    case .conditional(let test, let then, let otherwise) where expression.type != .truth:
      let test = try truth(test, frames)
      let (one, two) = (try cell(then, frames), try cell(otherwise, frames))
      let known = try solver.choose(test.yes, one, two)
      if solver.unknown(test) == solver.no { return known }
      return try solver.choose(
        solver.unknown(test), try either([(solver.yes, one), (solver.yes, two)], mayFail: solver.no), known)
    case .call(let builtin, let arguments):
      var cells: [SymbolicCell] = []
      for argument in arguments { cells.append(try cell(argument, frames)) }
      return try call(builtin, cells)
    case .aggregate(let aggregate, let relation, let depth, let filter, let body)
    where aggregate != .any && aggregate != .all:
      return try total(aggregate, relation, try frame(frames, depth), filter, body, frames)
    case .rounded(let value, let rounding): return try rounded(try cell(value, frames), rounding)
    case .definition, .hole, .conditional, .aggregate, .classification, .measureHolds, .onList, .dangling, .conjunction,
      .disjunction, .negation, .atLeast, .comparison, .membership:
      return cell(of: try truth(expression, frames))
    }
  }

  private func fact(_ id: FieldID, of subject: SymbolicSubject) throws(Unsupported) -> SymbolicCell {
    guard program.kinds[program.fields[id].kind].name == subject.kind else { throw .malformed }
    let fact = try space.fact(id, of: subject, in: program)
    guard case .value(let value) = fact.content else { throw .malformed }
    return SymbolicCell(
      unknown: fact.unknown, notApplicable: fact.notApplicable, value: value, bounds: unknownBounds(id))
  }

  /// Quantity facts are never below zero.
  private func unknownBounds(_ id: FieldID) -> SymbolicBounds {
    var bounds = solver.bounds(mayVanish: solver.yes, mayFail: solver.no)
    if case .quantity = program.fields[id].type { bounds.hasLow = solver.yes }
    return bounds
  }

  /// The related subject that an expression names, and when it isn't known or not there.
  private func entity(
    _ expression: Expression, _ frames: [SymbolicSubject]
  ) throws(Unsupported) -> (unknown: Term, absent: Term, subject: SymbolicSubject?) {
    func read(_ id: FieldID, _ owner: SymbolicSubject) throws(Unsupported) -> (Term, Term, SymbolicSubject?) {
      let fact = try space.fact(id, of: owner, in: program)
      if case .one(let subject) = fact.content { return (fact.unknown, fact.notApplicable, subject) }
      return (fact.unknown, fact.notApplicable, nil)
    }
    switch expression.form {
    case .field(let id, let depth): return try read(id, try frame(frames, depth))
    case .fieldOf(let owner, let id):
      let (unknown, absent, subject) = try entity(owner, frames)
      guard let subject else { return (unknown, absent, nil) }
      let inner = try read(id, subject)
      let isThere = solver.and(solver.not(unknown), solver.not(absent))
      return (
        solver.or(unknown, solver.and(isThere, inner.0)), solver.or(absent, solver.and(isThere, inner.1)), inner.2
      )
    case .definition(let id, let depth) where program.definitions[id].bodies.count == 1:
      return try entity(program.definitions[id].bodies[0], [try frame(frames, depth)])
    default: throw .relation
    }
  }

  private func holeCell(_ id: HoleID, _ frames: [SymbolicSubject]) throws(Unsupported) -> SymbolicCell {
    let hole = program.holes[id]
    let (only, none) = fillings(of: hole)
    var open: SymbolicCell
    let low = try optional(hole.lowest, frames)
    let high = try optional(hole.highest, frames)
    if space.domain.fillsGaps {
      let value = try space.gap("空缺/" + hole.name, hole.type, in: program)
      open = solver.known(value)
      if case .quantity(let term) = value {
        for (bounds, isLow) in [(low, true), (high, false)] {
          guard let bounds else { continue }
          let (has, end) = isLow ? (bounds.hasLow, bounds.low) : (bounds.hasHigh, bounds.high)
          let holds = isLow ? solver.lessOrEqual(end, term) : solver.lessOrEqual(term, end)
          space.require(solver.implies(solver.and(has, solver.not(bounds.mayFail)), holds))
        }
      }
    } else {
      open = solver.unknown(solver.bounds(mayVanish: solver.no, mayFail: solver.no))
      if let low { (open.bounds.hasLow, open.bounds.low) = (low.hasLow, low.low) }
      if let high { (open.bounds.hasHigh, open.bounds.high) = (high.hasHigh, high.high) }
    }
    var result = try solver.choose(none, open, solver.failed)
    for (position, filling) in hole.fillings.enumerated() where only[position] != solver.no {
      result = try solver.choose(only[position], try cell(filling.value, frames), result)
    }
    return result
  }

  private func optional(_ expression: Expression?, _ frames: [SymbolicSubject]) throws(Unsupported) -> SymbolicBounds? {
    guard let expression else { return nil }
    return solver.bounds(of: try cell(expression, frames))
  }

  private func measureAmount(_ id: MeasureID, _ frames: [SymbolicSubject]) throws(Unsupported) -> SymbolicCell {
    guard frames.count == 1, let kind = kind(of: frames[0]) else { throw .malformed }
    guard let grant = grant(of: id) else { return solver.failed }
    let verdict = try verdict(of: id, of: frames[0], kind: kind)
    let isNo = solver.or(verdict.no, verdict.notApplicable)
    let zero = solver.known(.quantity(solver.real(.zero)))
    if isNo == solver.yes { return zero }
    let amount = try amount(of: id, frames[0])
    let open = solver.or(solver.unknown(verdict), grant.discretionary ? verdict.yes : solver.no)
    let result = try solver.choose(isNo, zero, amount)
    if open == solver.no { return result }
    return try solver.choose(
      open, try either([(solver.yes, amount), (solver.yes, zero)], mayFail: solver.no), result)
  }
}
