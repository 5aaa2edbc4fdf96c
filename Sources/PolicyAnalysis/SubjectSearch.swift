package import PolicyEvaluation
package import PolicyIR
package import PolicyValues

/// What a subject that is looked for must be like.
package enum Demand: Sendable {
  /// A test of the subject comes out so.
  case truth(Expression, Bool)
  /// A value lies so far from another: exactly where there is a distance, else on the side of its sign.
  case distance(Expression, Expression, Distance)
  case option(FieldID, Int)
  /// A value is, or isn't, among some.
  case among(Expression, [Value], Bool)
  /// This fact is missing, and no other.
  case missing(FieldID)
  /// The measure's verdict, without regard to its period.
  case verdict(Verdict)
  /// The measure's verdict is another under the variant.
  case differs
  /// Whether two tests come out differently.
  case unlike(Expression, Expression)
  /// Facts may be missing.
  case open
  /// The as-of date lies so far from a day.
  case asOf(CivilDate, Distance)

  /// How far one value lies from another.
  package enum Distance: Hashable, Sendable {
    case below, above
    case exactly(Rational)
  }
}

/// Looks for subjects with a solver; what is found is shown only after the evaluator has replayed it.
package struct SubjectSearch {
  package let program: Program
  /// The date that subjects are asked about at where any does.
  package let asOf: CivilDate
  private let limits: Solver.Limits
  private var replay: Replay
  private var solver: Solver?
  private var uses = 0

  /// - Throws: `libraryMissing` where Z3 isn't installed.
  package init(_ program: Program, asOf: CivilDate, limits: Solver.Limits = .init()) throws(SolverFailure) {
    (self.program, self.asOf, self.limits) = (program, asOf, limits)
    replay = Replay(program)
    solver = try Solver(limits: limits)
  }

  /// What became of a search.
  package enum Found: Sendable {
    /// The smallest subject that shows what is wanted.
    case subject(Witness)
    /// There is none among the subjects of `FactSpace`.
    case none
    case unsupported(Unsupported)
    /// The solver gave up, with its own word.
    case limit(String)
    /// The evaluator doesn't see what the solver found.
    case notShown
  }

  /// A subject of a measure's kind that meets demands.
  ///
  /// - Parameter variant: Another version of the program, with the same facts, that `differs` asks.
  /// - Parameter readings: Readings that are settled, those of the variant apart.
  /// - Parameter shows: Whether the evaluator sees what is wanted of a subject.
  package mutating func subject(
    of measure: MeasureID, _ demands: [Demand], variant: Program? = nil, readings: [ChoiceID: Int] = [:],
    variantReadings: [ChoiceID: Int]? = nil, shows: (Witness) -> Bool
  ) -> Found {
    guard let kind = program.measures[measure].object?.kind else { return .none }
    uses += 1
    do throws(SolverFailure) { if solver == nil || uses % 64 == 0 { solver = try Solver(limits: limits) } } catch {
      return .limit("\(error)")
    }
    var domain = FactSpace.Domain()
    domain.fillsGaps = false
    domain.isOnGrid = true
    domain.mayBeMissing = demands.contains {
      switch $0 {
      case .missing, .open: true
      default: false
      }
    }
    let space = FactSpace(solver!, domain)
    let encoder = Encoder(program, in: space, readings: readings)
    let terms: [Term]
    do throws(Unsupported) {
      let other = Encoder(variant ?? program, in: space, readings: variantReadings ?? readings)
      terms = try self.terms(demands, encoder, other, measure, kind)
    } catch { return .unsupported(error) }
    if terms.contains(space.solver.no) { return .none }
    let question = space.question()
    for term in terms { question.assert(term) }
    let present = space.absences.map { space.solver.not($0) }
    do throws(SolverFailure) {
      var answer = try question.answer(assuming: [space.solver.and(present)])
      if answer == nil { answer = try question.answer() }
      guard let answer else { return .none }
      var witness = encoder.witness(answer, kind: kind)
      for (choice, reading) in readings { witness.readings[choice] = reading }
      return replay.minimized(witness, asOf: asOf) { _, witness in shows(witness) }.map { .subject($0) } ?? .notShown
    } catch { if case .limit(let word) = error { return .limit(word) } else { return .limit("\(error)") } }
  }

  private func terms(
    _ demands: [Demand], _ encoder: Encoder, _ other: Encoder, _ measure: MeasureID, _ kind: KindID
  ) throws(Unsupported) -> [Term] {
    let (space, solver) = (encoder.space, encoder.solver)
    let subject = space.subject(of: kind, in: program)
    let verdict = try encoder.wouldBe(of: measure, kind: kind)
    // Outside its period a measure shows only that.
    let asksForDay = demands.contains { if case .asOf = $0 { true } else { false } }
    var terms = asksForDay ? [] : [encoder.isInForce(measure)]
    for demand in demands {
      switch demand {
      case .truth(let test, let flag):
        let truth = try encoder.truth(test, [subject])
        terms.append(flag ? truth.yes : truth.no)
      case .distance(let one, let two, let distance):
        let (left, right) = (try encoder.cell(one, [subject]), try encoder.cell(two, [subject]))
        terms += [solver.known(left), solver.known(right), try solver.lies(left.value, right.value, distance)]
      case .option(let field, let value):
        let fact = try space.fact(field, of: subject, in: program)
        guard case .value(.option(let place)) = fact.content else { throw .malformed }
        terms += [
          solver.not(fact.unknown), solver.not(fact.notApplicable), solver.equal(place, solver.integer(value)),
        ]
      case .among(let operand, let values, let flag):
        let cell = try encoder.cell(operand, [subject])
        var listed: [Term] = []
        for value in values { listed.append(try solver.same(solver.known(space.constant(value)), cell)) }
        let isListed = solver.or(listed)
        terms += [solver.known(cell), flag ? isListed : solver.not(isListed)]
      case .missing(let field):
        _ = try? space.fact(field, of: subject, in: program)
        for (name, fact) in subject.facts.sorted(by: { $0.key < $1.key }) {
          terms.append(name == program.fields[field].name ? fact.unknown : solver.not(fact.unknown))
        }
      case .verdict(let wanted):
        switch wanted {
        case .yes: terms.append(verdict.yes)
        case .no: terms.append(verdict.no)
        case .notApplicable: terms.append(verdict.notApplicable)
        case .unknown, .disputed: terms.append(solver.unknown(verdict))
        }
      case .differs:
        let changed = try other.wouldBe(of: measure, kind: kind)
        terms.append(
          solver.or([
            solver.differs(verdict.yes, changed.yes), solver.differs(verdict.no, changed.no),
            solver.differs(verdict.notApplicable, changed.notApplicable),
          ]))
      case .unlike(let one, let two):
        let (first, second) = (try encoder.truth(one, [subject]), try encoder.truth(two, [subject]))
        terms.append(solver.or(solver.differs(first.yes, second.yes), solver.differs(first.no, second.no)))
      case .open: break
      case .asOf(let day, let distance):
        terms.append(try solver.lies(.date(space.asOf), .date(solver.integer(Int(day.dayNumber))), distance))
      }
    }
    return terms
  }
}

extension Solver {
  /// Whether one value lies so far from another.
  fileprivate func lies(
    _ one: SymbolicValue, _ two: SymbolicValue, _ distance: Demand.Distance
  ) throws(Unsupported) -> Term {
    let (left, right, isReal): (Term, Term, Bool)
    switch (one, two) {
    case (.quantity(let first), .quantity(let second)): (left, right, isReal) = (first, second, true)
    case (.date(let first), .date(let second)), (.option(let first), .option(let second)):
      (left, right, isReal) = (first, second, false)
    default: throw .malformed
    }
    switch distance {
    case .below: return less(left, right)
    case .above: return less(right, left)
    case .exactly(let number):
      return equal(left, add(right, isReal ? real(number) : integer(Int(number.numerator))))
    }
  }
}
