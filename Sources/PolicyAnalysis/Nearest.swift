package import PolicyEvaluation
package import PolicyIR
package import PolicyValues

/// Changes of facts that together turn a measure's verdict into yes, none of which can be left out.
package struct NearestPlan: Hashable, Sendable {
  package var changes: [Change]
  /// The combinations of readings under which it holds; empty: under every reading.
  package var readings: [[ChosenReading]]

  package struct Change: Hashable, Sendable {
    package var field: FieldID
    package var from: Value
    package var to: Value

    package init(field: FieldID, from: Value, to: Value) {
      self.field = field
      self.from = from
      self.to = to
    }
  }
}

/// The nearest plans for a measure, cheapest first.
package struct NearestPlans: Hashable, Sendable {
  package var plans: [NearestPlan]
  /// There are further ones.
  package var hasMore: Bool
}

/// The smallest changes of the changeable facts of a subject that make a measure hold under every reading, or where none does,
/// under some.
///
/// Changeable are the subject's own facts that are given, not 不可变 and no finding of an authority. A plan has as few facts
/// as can be, and of its numbers and dates the nearest to what they were, one after another; fewer facts come first, then
/// smaller changes in proportion. Each plan has been replayed by the evaluator.
///
/// - Parameters:
///   - limit: How many plans are given.
///   - goOn: Asked before each question to the solver; false stops the search.
/// - Returns: nil where the encoder can't say it.
/// - Throws: What keeps the solver from an answer.
package func nearestPlans(
  _ program: Program, of measure: MeasureID, for subject: Subject, asOf: CivilDate, limit: Int = 10,
  limits: Solver.Limits = .init(), goOn: @escaping () -> Bool = { true }
) throws(SolverFailure) -> NearestPlans? {
  let search = try NearestSearch(program, measure, subject, asOf, try Solver(limits: limits, goOn: goOn))
  let result: Result<NearestPlans, SolverFailure>
  do throws(Unsupported) { result = try search.plans(limit: limit) } catch { return nil }
  return try result.get()
}

private final class NearestSearch {
  let program: Program
  let measure: MeasureID
  let subject: Subject
  let asOf: CivilDate
  let solver: Solver
  let space: FactSpace
  let free: [FieldID]
  /// The most combinations of readings that are told apart.
  static let readingLimit = 64

  init(
    _ program: Program, _ measure: MeasureID, _ subject: Subject, _ asOf: CivilDate, _ solver: Solver
  ) throws(SolverFailure) {
    self.program = program
    self.measure = measure
    self.subject = subject
    self.asOf = asOf
    self.solver = solver
    free = program.kinds[subject.kind].fields.filter { id in
      let field = program.fields[id]
      guard field.changeable, field.finder == nil, case .value(let value) = subject.facts[field.slot] else {
        return false
      }
      switch (value, field.type) {
      case (.duration, _): return false
      case (.quantity(let number), .quantity(let dimension)):
        // Other numbers lie between the values that are tried.
        return number <= FactSpace.greatest && (try? number.divided(by: dimension.step))?.isInteger == true
      case (.date(let date), _): return date >= FactSpace.firstDay && date <= FactSpace.lastDay
      default: return true
      }
    }
    var domain = FactSpace.Domain()
    (domain.recorded, domain.asOf, domain.fillsGaps, domain.free) = (subject, asOf, false, Set(free))
    (domain.mayBeNotApplicable, domain.isOnGrid) = (false, true)
    space = FactSpace(solver, domain)
  }

  /// One fact with what it was and how it may move.
  private struct Move {
    var field: FieldID
    var from: Value
    var value: SymbolicValue
    var changes: Term
    /// The ways in which it differs that a later plan may not repeat: up, down, or anything.
    var up: Term
    var down: Term
  }

  func plans(limit: Int) throws(Unsupported) -> Result<NearestPlans, SolverFailure> {
    // Which choices matter is known when the measure has been encoded.
    let probe = Encoder(program, in: space)
    let open = try probe.verdict(of: measure, kind: subject.kind)
    let choices = probe.touchedChoices.sorted()
    var combinations: [[ChoiceID: Int]] = [[:]]
    for choice in choices {
      combinations = combinations.flatMap { known in
        program.choices[choice].readings.indices.map { known.merging([choice: $0]) { $1 } }
      }
      if combinations.count > Self.readingLimit { throw .tooLarge }
    }
    var goals: [Term] = []
    for readings in combinations {
      goals.append(
        choices.isEmpty
          ? open.yes : try Encoder(program, in: space, readings: readings).verdict(of: measure, kind: subject.kind).yes)
    }
    let moves = try moves()
    do throws(SolverFailure) {
      var plans = try search(solver.and(goals), moves, limit)
      if plans.plans.isEmpty, goals.count > 1 { plans = try search(solver.or(goals), moves, limit) }
      return .success(plans)
    } catch { return .failure(error) }
  }

  private func moves() throws(Unsupported) -> [Move] {
    let root = space.subject(of: subject.kind, in: program)
    var moves: [Move] = []
    for id in free {
      let field = program.fields[id]
      // What the measure never read can't help.
      guard let fact = root.facts[field.name], case .value(let value) = fact.content,
        case .value(let from) = subject.facts[field.slot]
      else { continue }
      let (changes, up, down): (Term, Term, Term)
      switch (value, space.constant(from)) {
      case (.quantity(let now), .quantity(let then)), (.date(let now), .date(let then)):
        (up, down) = (solver.less(then, now), solver.less(now, then))
        changes = solver.or(up, down)
      case (.option(let now), .option(let then)), (.text(let now), .text(let then)):
        changes = solver.not(solver.equal(now, then))
        (up, down) = (changes, changes)
      default: throw .malformed
      }
      moves.append(Move(field: id, from: from, value: value, changes: changes, up: up, down: down))
    }
    return moves
  }

  private func search(_ goal: Term, _ moves: [Move], _ limit: Int) throws(SolverFailure) -> NearestPlans {
    let question = space.question()
    question.assert(goal)
    var total = solver.integer(0)
    for move in moves { total = solver.add(total, solver.choose(move.changes, solver.integer(1), solver.integer(0))) }
    var found: [NearestPlan] = []
    var replay = Replay(program)
    var size = 0
    while size <= moves.count {
      guard let answer = try question.answer(assuming: [solver.lessOrEqual(total, solver.integer(size))]) else {
        // Nothing smaller is left: is there anything at all?
        guard size < moves.count, try question.answer() != nil else { break }
        size += 1
        continue
      }
      let used = moves.filter { answer.truth($0.changes) }
      guard !used.isEmpty else { break }
      if found.count == limit { return NearestPlans(plans: ordered(found), hasMore: true) }
      let (values, ways) = try settle(used, moves, answer, question)
      var changed = subject
      for (move, value) in zip(used, values) { changed.facts[program.fields[move.field].slot] = .value(value) }
      let decision = replay.decisions(Witness(subject: changed, asOf: asOf, readings: [:]), [measure]).decisions.first
      if let decision, decision.verdict == .yes || decision.verdict == .disputed {
        found.append(
          NearestPlan(
            changes: zip(used, values).map { .init(field: $0.field, from: $0.from, to: $1) },
            readings: decision.verdict == .yes ? [] : readings(changed)))
      }
      question.assert(solver.or(ways.map { solver.not($0) }))
    }
    return NearestPlans(plans: ordered(found), hasMore: false)
  }

  /// The combinations of readings under which the changed subject is granted the measure.
  private func readings(_ changed: Subject) -> [[ChosenReading]] {
    let evaluation = Explanation(PreparedProgram(program))
    var copy = evaluation
    guard let (_, derivation) = copy.decision(of: measure, for: changed, asOf: asOf), let root = derivation.roots.first,
      case .truth(let outcome)? = derivation[root].outcome
    else { return [] }
    return outcome.cases.filter { $0.leaf == .yes }.map(\.under)
  }

  /// The nearest values of the facts of one plan, and what a later plan may not do all of.
  private func settle(
    _ used: [Move], _ moves: [Move], _ answer: Answer, _ question: Question
  ) throws(SolverFailure) -> (values: [Value], ways: [Term]) {
    var fixed = moves.filter { move in !used.contains { $0.field == move.field } }.map { solver.not($0.changes) }
    var ways: [Term] = []
    // Options first: they say which plan it is.
    for move in used {
      switch move.value {
      case .option(let term), .text(let term):
        let value = solver.equal(term, solver.integer(answer.integer(term) ?? 0))
        fixed.append(value)
        ways.append(value)
      case .quantity, .date:
        let way = answer.truth(move.up) ? move.up : move.down
        fixed.append(way)
        ways.append(way)
      case .duration, .nothing: break
      }
    }
    var values: [Value] = []
    var latest = answer
    for move in used {
      switch move.value {
      case .option(let term), .text(let term):
        let place = answer.integer(term) ?? 0
        switch move.from {
        case .truth: values.append(.truth(place != 0))
        case .text: values.append(.text(space.text(at: place)))
        default: values.append(.option(Int32(place)))
        }
      case .quantity(let term), .date(let term):
        let nearest = try nearest(move, term, &latest, question, fixed)
        switch move.from {
        case .date:
          fixed.append(solver.equal(term, solver.integer(Int(nearest.numerator))))
          values.append(CivilDate(dayNumber: Int(nearest.numerator)).map { .date($0) } ?? move.from)
        default:
          fixed.append(solver.equal(term, solver.real(nearest)))
          values.append(.quantity(nearest))
        }
      case .duration, .nothing: values.append(move.from)
      }
    }
    return (values, ways)
  }

  /// The value of one fact nearest to what it was, by halving: every value is a multiple of a least step.
  private func nearest(
    _ move: Move, _ term: Term, _ latest: inout Answer, _ question: Question, _ fixed: [Term]
  ) throws(SolverFailure) -> Rational {
    let (from, step, isDay): (Rational, Rational, Bool)
    switch (move.from, program.fields[move.field].type) {
    case (.quantity(let number), .quantity(let dimension)): (from, step, isDay) = (number, dimension.step, false)
    case (.date(let date), _): (from, step, isDay) = (Rational(Int(date.dayNumber)), .one, true)
    default: return .zero
    }
    func limited(_ end: Rational, isUp: Bool) -> Term {
      let bound = isDay ? solver.integer(Int(end.numerator)) : solver.real(end)
      return isUp ? solver.lessOrEqual(term, bound) : solver.lessOrEqual(bound, term)
    }
    var best = latest.number(term) ?? from
    let isUp = best > from
    // No value between `from` and `far` is left out; `best` is known to do.
    var far = from
    while true {
      guard let gap = try? best.subtracting(far), let steps = try? gap.divided(by: step),
        let size = try? steps.absolute(), size > .one, let half = try? steps.divided(by: 2)
      else { return best }
      let middle = (try? half.rounded(toDecimals: 0, mode: .down)) ?? half
      guard let end = (try? middle.multiplied(by: step)).flatMap({ try? far.adding($0) }) else { return best }
      if let answer = try question.answer(assuming: fixed + [limited(end, isUp: isUp)]) {
        latest = answer
        best = answer.number(term) ?? best
      } else {
        far = end
      }
      if far == best { return best }
    }
  }

  /// By the number of facts, then by the sum of their relative changes, then as found.
  private func ordered(_ plans: [NearestPlan]) -> [NearestPlan] {
    func cost(_ plan: NearestPlan) -> Rational {
      plan.changes.map { change -> Rational in
        guard case .quantity(let from) = change.from, case .quantity(let to) = change.to, from > .zero,
          let share = try? to.subtracting(from).divided(by: from), let size = try? share.absolute()
        else { return .one }
        return size
      }.reduce(.zero) { (try? $0.adding($1)) ?? $0 }
    }
    return plans.enumerated().sorted { one, two in
      let (a, b) = (one.element, two.element)
      if a.changes.count != b.changes.count { return a.changes.count < b.changes.count }
      let (first, second) = (cost(a), cost(b))
      return first == second ? one.offset < two.offset : first < second
    }.map(\.element)
  }
}
