package import PolicyIR
import PolicyText
import PolicyValues

/// Expressions that are true, false or not known.
extension Encoder {
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

  func truths(_ tests: [Expression], _ frames: [SymbolicSubject]) throws(Unsupported) -> [SymbolicTruth] {
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
  func cell(of truth: SymbolicTruth) -> SymbolicCell {
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
}
