package import PolicyIR
import PolicyValues

/// Expressions with a value, and what fills holes.
extension Encoder {
  /// What fills a hole at the as-of date: each filling with when it is the only one, and when there is none.
  func fillings(of hole: Hole) -> (only: [Term], none: Term) {
    let active = hole.fillings.map { contains($0.period) }
    let only = active.indices.map { index in
      solver.and([active[index]] + active.indices.filter { $0 != index }.map { solver.not(active[$0]) })
    }
    return (only, solver.and(active.map { solver.not($0) }))
  }

  func holeTruth(_ id: HoleID, _ frames: [SymbolicSubject]) throws(Unsupported) -> SymbolicTruth {
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
