package import PolicyIR
import PolicyValues

/// What a measure comes to: its verdict, its conditions, its amount.
extension Encoder {
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

  func contains(_ period: Period) -> Term {
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
  func holds(_ id: MeasureID, _ subject: SymbolicSubject, _ kind: KindID) throws(Unsupported) -> SymbolicTruth {
    let verdict = try verdict(of: id, of: subject, kind: kind)
    return SymbolicTruth(yes: verdict.yes, no: solver.or(verdict.no, verdict.notApplicable))
  }

  /// The measure's own amount, whatever its verdict; 不适用 where it names none.
  package func amount(of id: MeasureID) throws(Unsupported) -> SymbolicCell {
    guard let kind = program.measures[id].object?.kind else { throw .malformed }
    return try amount(of: id, space.subject(of: kind, in: program))
  }

  func amount(of id: MeasureID, _ subject: SymbolicSubject) throws(Unsupported) -> SymbolicCell {
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
}
