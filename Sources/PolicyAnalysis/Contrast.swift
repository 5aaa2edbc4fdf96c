import PolicyEvaluation
package import PolicyIR
package import PolicyValues

/// What tells two versions of a rule apart, over all subjects of `FactSpace` and all readings; what is shown has been replayed.
///
/// A question that the encoder or the solver can't settle stops with its reason: it never comes out as “the same”.
package struct Contrast {
  package let pair: ProgramPair
  /// The date that witnesses are given where any does.
  package let asOf: CivilDate
  let limits: Solver.Limits
  package var replay: PairReplay
  /// Terms are never given back, so a solver serves a number of questions and is then left.
  private var solver: Solver?
  private var uses = 0

  /// - Throws: `libraryMissing` where Z3 isn't installed.
  package init(_ pair: ProgramPair, asOf: CivilDate, limits: Solver.Limits = .init()) throws(SolverFailure) {
    self.pair = pair
    self.asOf = asOf
    self.limits = limits
    replay = PairReplay(pair)
    solver = try Solver(limits: limits)
  }

  /// Where two measures differ in what they answer to one question.
  package struct Difference: Hashable, Sendable {
    /// A subject for whom the later version says yes and the earlier doesn't; or grants more.
    package var gain: Witness?
    /// A subject for whom the earlier version says yes and the later doesn't; or grants less.
    package var loss: Witness?
    /// A subject who is answered otherwise in another way.
    package var other: Witness?
    /// The claim holds for lists of at most `FactSpace.Domain.memberLimit` members.
    package var isBounded = false

    package var isNone: Bool { gain == nil && loss == nil && other == nil }
    package var witnesses: [Witness] { [gain, loss, other].compactMap { $0 } }
  }

  /// What keeps two rules from being compared.
  package enum Stop: Error, Hashable, Sendable {
    case unsupported(Unsupported)
    /// The solver gave up, with its own word.
    case limit(String)
    /// The evaluator does not confirm what the solver found.
    case notReplayed
    case failed(String)
  }

  // MARK: Verdicts

  /// How two measures' verdicts differ, without regard to their periods.
  package mutating func verdicts(_ before: MeasureID, _ after: MeasureID) throws(Stop) -> Difference {
    var result = Difference()
    // First with all facts known; then what the rules leave open is told apart; then facts may be missing.
    for stage in Stage.allCases {
      let (old, new) = try encoders(stage)
      let (one, two) = try encoded { () throws(Unsupported) in
        (try old.wouldBe(of: before), try new.wouldBe(of: after))
      }
      let solver = old.solver
      let question = old.space.question()
      result.isBounded = result.isBounded || !old.space.boundedLists.isEmpty
      let differs = solver.or([
        solver.differs(one.yes, two.yes), solver.differs(one.no, two.no),
        solver.differs(one.notApplicable, two.notApplicable),
      ])
      if differs == solver.no { continue }
      let kind = pair.after.measures[after].object?.kind ?? KindID(0)
      let gain = solver.and(two.yes, solver.not(one.yes))
      let loss = solver.and(one.yes, solver.not(two.yes))
      switch stage {
      case .known:
        result.gain = try witness(old, new, question, gain, kind) { replay, witness in
          let (old, new) = replay.answers(witness, before, after)
          return new?.wouldBe == .yes && old?.wouldBe != .yes
        }
        result.loss = try witness(old, new, question, loss, kind) { replay, witness in
          let (old, new) = replay.answers(witness, before, after)
          return old?.wouldBe == .yes && new?.wouldBe != .yes
        }
      case .filled, .missing: break
      }
      if result.gain == nil, result.loss == nil {
        // A smaller subject shows it only where the verdicts are those that the solver found.
        var verdicts: [Verdict?]?
        result.other = try witness(old, new, question, differs, kind) { replay, witness in
          let (old, new) = replay.answers(witness, before, after)
          guard replay.differ(old, new) else { return false }
          let found = [old?.wouldBe, new?.wouldBe]
          if verdicts == nil { verdicts = found }
          return verdicts == found
        }
      }
      if !result.isNone { return result }
    }
    return result
  }

  // MARK: Amounts

  /// How two measures' amounts differ for subjects that both are yes for.
  package mutating func amounts(_ before: MeasureID, _ after: MeasureID) throws(Stop) -> Difference {
    var result = Difference()
    for stage in [Stage.known, .filled] {
      let (old, new) = try encoders(stage)
      let (one, two, both) = try encoded { () throws(Unsupported) in
        (
          try old.amount(of: before), try new.amount(of: after),
          old.solver.and(try old.wouldBe(of: before).yes, try new.wouldBe(of: after).yes)
        )
      }
      let solver = old.solver
      let kind = pair.after.measures[after].object?.kind ?? KindID(0)
      let differs = try encoded { () throws(Unsupported) in try solver.differ(one, two) }
      let question = old.space.question()
      result.isBounded = result.isBounded || !old.space.boundedLists.isEmpty
      if differs == solver.no { continue }
      question.assert(both)
      if case .quantity(let less) = one.value, case .quantity(let more) = two.value, stage == .known {
        let known = solver.and(solver.known(one), solver.known(two))
        result.gain = try witness(old, new, question, solver.and(known, solver.less(less, more)), kind) {
          replay, witness in
          replay.exact(witness, before, after).map { $0 < $1 } ?? false
        }
        result.loss = try witness(old, new, question, solver.and(known, solver.less(more, less)), kind) {
          replay, witness in
          replay.exact(witness, before, after).map { $0 > $1 } ?? false
        }
      }
      if result.isNone {
        result.other = try witness(old, new, question, differs, kind) { replay, witness in
          let (old, new) = replay.answers(witness, before, after)
          return old?.wouldBe == .yes && new?.wouldBe == .yes && replay.differInAmount(old, new)
        }
      }
      if !result.isNone { return result }
    }
    return result
  }

  // MARK: Other parts

  /// A subject that both measures are yes for; nil where there is none.
  package mutating func subjectOfBoth(_ before: MeasureID, _ after: MeasureID) throws(Stop) -> Witness? {
    let (old, new) = try encoders(.known)
    let both = try encoded { () throws(Unsupported) in
      old.solver.and(try old.wouldBe(of: before).yes, try new.wouldBe(of: after).yes)
    }
    let kind = pair.after.measures[after].object?.kind ?? KindID(0)
    return try witness(old, new, old.space.question(), both, kind) { replay, witness in
      let (old, new) = replay.answers(witness, before, after)
      return old?.wouldBe == .yes && new?.wouldBe == .yes
    }
  }

  /// Subjects that both measures are yes for, while another measure's verdicts or amounts differ: of each an example.
  ///
  /// - Parameter earlier: The other measure in the earlier version; nil where that doesn't have it.
  /// - Parameter orBothHold: Whether a subject will do whom the other measure is granted to in the later version.
  package mutating func subjects(
    of before: MeasureID, _ after: MeasureID, whereDiffer earlier: MeasureID?, _ later: MeasureID, orBothHold: Bool
  ) throws(Stop) -> [Witness] {
    guard let kind = pair.after.measures[after].object?.kind, pair.after.measures[later].object?.kind == kind else {
      return []
    }
    var result: [Witness] = []
    let (old, new) = try encoders(.known)
    let solver = old.solver
    let (both, goals) = try encoded { () throws(Unsupported) -> (Term, [Term]) in
      let both = solver.and(try old.wouldBe(of: before).yes, try new.wouldBe(of: after).yes)
      let two = try new.wouldBe(of: later).yes
      guard let earlier else { return (both, [two]) }
      let one = try old.wouldBe(of: earlier).yes
      let amounts = try solver.differ(try old.amount(of: earlier), try new.amount(of: later))
      return (both, [solver.differs(one, two), solver.and([one, two, amounts])] + (orBothHold ? [two] : []))
    }
    for goal in goals {
      // Where groups leave another amount, a smaller subject has to show that too.
      var leavesOther: Bool?
      let found = try witness(old, new, old.space.question(), solver.and(both, goal), kind) { replay, witness in
        let (one, two) = replay.answers(witness, before, after)
        guard one?.wouldBe == .yes, two?.wouldBe == .yes else { return false }
        let isOther = replay.differInPayable(witness, before, after)
        if leavesOther == nil { leavesOther = isOther }
        if leavesOther == true { return isOther }
        let (first, second) = replay.answers(witness, earlier, later)
        return first?.wouldBe != second?.wouldBe || replay.differInAmount(first, second)
          || orBothHold && second?.wouldBe == .yes
      }
      if let found { result.append(found) }
    }
    return result
  }

  /// Whether an expression of one measure and one of the other come to the same.
  package enum Sameness: Hashable, Sendable {
    /// For every subject that both measures are yes for, and for every one whose facts are missing.
    case same
    /// With a subject that both are yes for, not replayed; nil where they differ only for others.
    case different(Witness?)
  }

  /// Compares an expression of one measure with one of the other.
  package mutating func compare(
    _ one: Expression, of before: MeasureID, _ two: Expression, of after: MeasureID
  ) throws(Stop) -> Sameness {
    guard let oldKind = pair.before.measures[before].object?.kind, let newKind = pair.after.measures[after].object?.kind
    else { return .different(nil) }
    for stage in [Stage.known, .filled, .missing] {
      let (old, new) = try encoders(stage)
      let space = old.space
      let (differs, both) = try encoded { () throws(Unsupported) -> (Term, Term) in
        let first = space.subject(of: oldKind, in: pair.before)
        let second = space.subject(of: newKind, in: pair.after)
        let both = space.solver.and(try old.wouldBe(of: before).yes, try new.wouldBe(of: after).yes)
        if one.type == .truth {
          let (a, b) = (try old.truth(one, [first]), try new.truth(two, [second]))
          return (space.solver.or(space.solver.differs(a.yes, b.yes), space.solver.differs(a.no, b.no)), both)
        }
        return (try space.solver.differ(try old.cell(one, [first]), try new.cell(two, [second])), both)
      }
      if differs == space.solver.no { continue }
      if let found = try answer(space.question(), [differs, both]) {
        return .different(
          stage == .known ? new.witness(found, kind: newKind, choices: pair.later(old.touchedChoices)) : nil)
      }
    }
    return .same
  }

  // MARK: Steps

  /// Which subjects a question is about.
  private enum Stage: CaseIterable {
    /// All facts are known, what the rules leave open is unknown.
    case known
    /// What the rules leave open is any value.
    case filled
    /// Facts may be missing.
    case missing
  }

  private mutating func encoders(_ stage: Stage) throws(Stop) -> (Encoder, Encoder) {
    uses += 1
    if solver == nil || uses % 64 == 0 {
      do throws(SolverFailure) { solver = try Solver(limits: limits) } catch { throw stop(error) }
    }
    var domain = FactSpace.Domain()
    domain.fillsGaps = stage == .filled
    domain.mayBeMissing = stage == .missing
    (domain.excluded, domain.readings) = (pair.unshared, pair.readings)
    let space = FactSpace(solver!, domain)
    return (Encoder(pair.before, in: space), Encoder(pair.after, in: space))
  }

  private func encoded<Result>(_ body: () throws(Unsupported) -> Result) throws(Stop) -> Result {
    do throws(Unsupported) { return try body() } catch { throw .unsupported(error) }
  }

  private func answer(_ question: Question, _ assumptions: [Term]) throws(Stop) -> Answer? {
    do throws(SolverFailure) { return try question.answer(assuming: assumptions) } catch { throw stop(error) }
  }

  private func stop(_ failure: SolverFailure) -> Stop {
    switch failure {
    case .limit(let word): .limit(word)
    case .failed(let word): .failed(word)
    case .interrupted: .limit("interrupted")
    case .libraryMissing: .failed("libz3")
    }
  }

  private mutating func witness(
    _ old: Encoder, _ encoder: Encoder, _ question: Question, _ term: Term, _ kind: KindID,
    _ shows: (inout PairReplay, Witness) -> Bool
  ) throws(Stop) -> Witness? {
    if term == encoder.solver.no { return nil }
    let present = encoder.space.absences.map { encoder.solver.not($0) }
    var found = try answer(question, [term, encoder.solver.and(present)])
    if found == nil { found = try answer(question, [term]) }
    guard let answer = found else { return nil }
    guard
      let small = replay.minimized(
        encoder.witness(answer, kind: kind, choices: pair.later(old.touchedChoices)), asOf: asOf, shows)
    else {
      throw .notReplayed
    }
    return small
  }
}

extension Solver {
  /// Where two cells aren't the same, unknown ones by their bounds.
  func differ(_ a: SymbolicCell, _ b: SymbolicCell) throws(Unsupported) -> Term {
    let same = try same(a, b)
    let (one, two) = (a.bounds, b.bounds)
    func end(_ hasOne: Term, _ one: Term, _ hasTwo: Term, _ two: Term) -> Term {
      or(differs(hasOne, hasTwo), and([hasOne, hasTwo, differs(one, two)]))
    }
    let bothUnknown = and(a.unknown, b.unknown)
    let ends = or(end(one.hasLow, one.low, two.hasLow, two.low), end(one.hasHigh, one.high, two.hasHigh, two.high))
    return or(and(not(bothUnknown), not(same)), and(bothUnknown, ends))
  }
}
