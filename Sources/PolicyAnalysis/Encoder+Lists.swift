import PolicyIR
import PolicyValues

extension Encoder {
  /// The members of a list, each with when it is there.
  private func members(
    _ fact: SymbolicFact
  ) throws(Unsupported) -> (members: [(isThere: Term, subject: SymbolicSubject)], complete: Bool) {
    guard case .many(let subjects, let count, let complete) = fact.content else {
      // A list that is missing or 不适用 has no members.
      if fact.unknown == solver.yes || fact.notApplicable == solver.yes { return ([], true) }
      throw .malformed
    }
    return (
      subjects.enumerated().map { (solver.less(solver.integer($0), count), $1) }, complete
    )
  }

  /// 任一 and 全部.
  func quantified(
    _ aggregate: Expression.Aggregate, _ relation: FieldID, _ owner: SymbolicSubject, _ filter: Expression?,
    _ body: Expression?, _ frames: [SymbolicSubject]
  ) throws(Unsupported) -> SymbolicTruth {
    guard aggregate == .any || aggregate == .all else { throw .malformed }
    let isAny = aggregate == .any
    let fact = try space.fact(relation, of: owner, in: program)
    let (members, complete) = try members(fact)
    var result = solver.of(solver.truth(!isAny))
    for (isThere, subject) in members {
      let inner = [subject] + frames
      let filter =
        try filter.map { expression throws(Unsupported) in try truth(expression, inner) } ?? solver.of(solver.yes)
      let body =
        try body.map { expression throws(Unsupported) in try truth(expression, inner) } ?? solver.of(solver.yes)
      let there = solver.of(isThere)
      result =
        isAny
        ? solver.or(result, solver.and(there, solver.and(filter, body)))
        : solver.and(result, solver.or(solver.not(there), solver.or(solver.not(filter), body)))
    }
    if !complete { result = isAny ? solver.or(result, solver.unknown) : solver.and(result, solver.unknown) }
    let isKnown = solver.and(solver.not(fact.unknown), solver.not(fact.notApplicable))
    return SymbolicTruth(
      yes: solver.and(isKnown, result.yes), no: solver.or(fact.notApplicable, solver.and(isKnown, result.no)))
  }

  /// 合计, 计数, 最大, 最小.
  func total(
    _ aggregate: Expression.Aggregate, _ relation: FieldID, _ owner: SymbolicSubject, _ filter: Expression?,
    _ body: Expression?, _ frames: [SymbolicSubject]
  ) throws(Unsupported) -> SymbolicCell {
    let name = program.fields[relation].name
    let fact = try space.fact(relation, of: owner, in: program)
    let (members, complete) = try members(fact)
    if !complete || mayHold(fact.unknown) { throw .openList(name) }
    let isSum = aggregate == .sum || aggregate == .count
    var result = isSum ? solver.known(.quantity(solver.real(.zero))) : solver.absent
    for (isThere, subject) in members {
      let inner = [subject] + frames
      let filter =
        try filter.map { expression throws(Unsupported) in try truth(expression, inner) } ?? solver.of(solver.yes)
      if aggregate == .count {
        let test =
          try body.map { expression throws(Unsupported) in solver.and(filter, try truth(expression, inner)) } ?? filter
        result = try counted(result, solver.and(solver.of(isThere), test))
        continue
      }
      guard let body else { throw .malformed }
      let cell = try cell(body, inner)
      if mayHold(solver.and(isThere, solver.or(solver.unknown(filter), cell.unknown))) { throw .openList(name) }
      let counts = solver.and([isThere, filter.yes, solver.not(cell.notApplicable)])
      let next: SymbolicCell
      if isSum {
        var known = cell
        known.notApplicable = solver.no
        next = try compute(.add, result, known)
      } else {
        var known = cell
        known.notApplicable = solver.no
        var before = result
        before.notApplicable = solver.no
        next = try solver.choose(
          result.notApplicable, known, try extreme(before, known, greatest: aggregate == .greatest))
      }
      result = try solver.choose(counts, next, result)
    }
    // 最大 and 最小 of nothing can't be computed.
    if !isSum { result = try solver.choose(result.notApplicable, solver.failed, result) }
    return try solver.choose(fact.notApplicable, solver.absent, result)
  }

  /// Whether a term holds for some subject of the space, asked of the solver where it isn't constant.
  func mayHold(_ term: Term) -> Bool {
    if term == solver.yes || term == solver.no { return term == solver.yes }
    do throws(SolverFailure) { return try space.question().answer(assuming: [term]) != nil } catch { return true }
  }

  /// One more for yes, perhaps one more for unknown.
  private func counted(_ count: SymbolicCell, _ test: SymbolicTruth) throws(Unsupported) -> SymbolicCell {
    let one = solver.known(.quantity(solver.real(.one)))
    var next = try solver.choose(test.yes, try compute(.add, count, one), count)
    let open = solver.unknown(test)
    if open == solver.no { return next }
    var bounds = solver.bounds(mayVanish: solver.no, mayFail: solver.no)
    (bounds.hasLow, bounds.hasHigh, bounds.high) = (solver.yes, solver.yes, solver.real(.one))
    next = try solver.choose(open, try compute(.add, count, solver.unknown(bounds)), next)
    return next
  }
}
