import PolicyIR
import PolicyValues

extension Reference {
  /// Where the as-of date lies in the lives of a document and its rule.
  enum Life: Hashable { case inForce, notYet, expired, unstated }

  func life(_ periods: [Period]) -> Life {
    for period in periods {
      if case .date(let start) = period.start, asOf < start { return .notYet }
      if case .date(let end) = period.end, asOf > end { return .expired }
    }
    return periods.allSatisfy { $0.end == .unstated } ? .unstated : .inForce
  }

  func life(_ id: MeasureID) -> Life {
    let measure = program.measures[id]
    let document = measure.origin.clause.map { program.documents[program.clauses[$0].document].period }
    return measure.isTransitional ? .inForce : life([document, measure.period].compactMap { $0 })
  }

  func verdict(_ id: MeasureID, _ frame: Frame) -> (verdict: Known, wouldBe: Known) {
    let wouldBe = conditions(program.measures[id], frame)
    let isOutside = [.notYet, .expired].contains(life(id)) && program.measures[id].object?.kind == frame.subject.kind
    return (isOutside ? .no : wouldBe, wouldBe)
  }

  private func conditions(_ measure: Measure, _ frame: Frame) -> Known {
    guard let object = measure.object, object.kind == frame.subject.kind else { return .notApplicable }
    let belongs = object.membership.map { test($0, [frame]) } ?? .yes
    if belongs == .no { return .notApplicable }
    var tests = measure.conditions.map { condition in
      let test = test(condition.test, [frame])
      return condition.role == .exception || condition.role == .precedence ? test.negated : test
    }
    switch measure.reference?.target {
    case .text(let text): tests.append(.unknown([.dangling(text)]))
    case .measure(let id):
      let other = verdict(id, frame).verdict.operand
      tests.append(measure.reference?.manner == .deference ? other.negated : other)
    case nil: break
    }
    let holds = all(tests)
    return belongs == .yes ? holds : .unknown(belongs.reasons.union(holds.reasons))
  }

  /// What a measure grants, and whether an authority may set it up to that; nil where it names no amount.
  func grant(_ id: MeasureID, _ frame: Frame) -> (amount: Known, isDiscretionary: Bool)? {
    let measure = program.measures[id]
    if let rule = measure.amount { return (value(rule.value, [frame]), rule.discretionary) }
    guard case .measure(let other)? = measure.reference?.target, measure.reference?.manner != .deference else {
      return nil
    }
    return grant(other, frame)
  }

  /// Another measure's amount: nothing where its verdict is no, and not known where an authority may set it.
  func amount(_ id: MeasureID, _ frame: Frame) -> Known {
    guard let (amount, isDiscretionary) = grant(id, frame) else { return failed(.noAmount(id)) }
    let (verdict, nothing) = (verdict(id, frame).verdict.operand, Known.value(.quantity(.zero)))
    if verdict == .no { return nothing }
    if verdict == .yes, !isDiscretionary { return amount }
    return either([amount, nothing], verdict.reasons.union(isDiscretionary ? [.discretion(id)] : []))
  }

  /// The result of one measure under one combination of readings; no grant where the verdict leaves none.
  struct Case {
    var readings: [Int]
    var verdict: Known
    var wouldBe: Known
    var grant: (amount: Known, isDiscretionary: Bool)?
  }

  /// Every combination of readings of the choices that no ruling settles, with the measure's result.
  static func cases(_ program: Program, _ id: MeasureID, _ subject: Subject, asOf: CivilDate) -> [Case] {
    let combinations = program.choices.reduce([[Int]()]) { combinations, choice in
      let readings = choice.ruling.map { [$0.reading] } ?? Array(choice.readings.indices)
      return combinations.flatMap { before in readings.map { before + [$0] } }
    }
    return combinations.map { readings in
      let (reference, frame) = (Reference(program: program, asOf: asOf, readings: readings), Frame(subject: subject))
      let (verdict, wouldBe) = reference.verdict(id, frame)
      let grant = verdict.operand == .no ? nil : reference.grant(id, frame)
      return Case(readings: readings, verdict: verdict, wouldBe: wouldBe, grant: grant)
    }
  }
}
