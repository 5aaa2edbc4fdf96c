import PolicyAnalysis
import PolicyAnswers
package import PolicyDiagnostics
import PolicyEvaluation
package import PolicyIR
import PolicyText
package import PolicyValues

/// Asks two versions about recorded subjects: who gains, who loses, for whom it becomes unknown or disputed, and what it costs.
///
/// - Parameter subjects: The subjects as each version reads their facts; nil where a version has no such kind.
/// - Parameter history: Tells which edits cause an effect; nil where that isn't asked.
/// - Returns: nil where `watch` stopped it.
package func assess(
  _ comparison: Comparison, _ before: Version, _ after: Version, subjects: [(before: Subject?, after: Subject?)],
  asOf: CivilDate, language: Language, history: History? = nil, watch: (Int, Int) -> Bool = { _, _ in true }
) -> Impact? {
  var assessor = Assessor(comparison, before, after, asOf, language, history)
  for (index, subject) in subjects.enumerated() {
    guard watch(index, subjects.count) else { return nil }
    assessor.add(subject.before, subject.after)
  }
  return assessor.finish()
}

private struct Assessor {
  let comparison: Comparison
  let asOf: CivilDate
  let history: History?
  let words: (before: Wording, after: Wording)
  var before: Evaluation
  var after: Evaluation
  var impact = Impact()
  var totals: [Impact.Budget.Dimension: [String: (before: Impact.Total, after: Impact.Total)]] = [:]
  /// The edits blamed last for each measure.
  var blamed: [String: [Int]] = [:]

  init(
    _ comparison: Comparison, _ before: Version, _ after: Version, _ asOf: CivilDate, _ language: Language,
    _ history: History?
  ) {
    self.comparison = comparison
    self.asOf = asOf
    self.history = history
    words = (
      Wording(program: before.program, language: language, files: before.files),
      Wording(program: after.program, language: language, files: after.files)
    )
    self.before = Evaluation(PreparedProgram(before.program))
    self.after = Evaluation(PreparedProgram(after.program))
  }

  mutating func add(_ one: Subject?, _ two: Subject?) {
    impact.subjects += 1
    let old = one.map { before.decisions(for: $0, asOf: asOf).decisions } ?? []
    let new = two.map { after.decisions(for: $0, asOf: asOf).decisions } ?? []
    let oldByID = Dictionary(old.map { ($0.measure, $0) }, uniquingKeysWith: { first, _ in first })
    let newByID = Dictionary(new.map { ($0.measure, $0) }, uniquingKeysWith: { first, _ in first })
    for measure in comparison.measures {
      let (first, second) = (measure.before.flatMap { oldByID[$0] }, measure.after.flatMap { newByID[$0] })
      if let first, let one { count(first, one, words.before, isAfter: false) }
      if let second, let two { count(second, two, words.after, isAfter: true) }
      if measure.state != .unchanged { compare(measure, first, second, one, two) }
    }
  }

  // MARK: Effects

  private mutating func compare(
    _ measure: MeasureComparison, _ first: Decision?, _ second: Decision?, _ one: Subject?, _ two: Subject?
  ) {
    let (old, new) = (first.map { words.before.aspects($0) } ?? [:], second.map { words.after.aspects($0) } ?? [:])
    // What is the same for every subject concerns those to whom the measure is granted, or may be.
    let concerns = [first, second].contains { $0 != nil && $0?.verdict != .no && $0?.verdict != .notApplicable }
    let differing = Aspect.allCases.filter { aspect in
      aspect != .source && aspect != .rulings && (concerns || !aspect.isOfMeasure)
        && old[aspect] ?? "" != new[aspect] ?? ""
    }
    guard !differing.isEmpty, let subject = two ?? one else { return }
    if !concerns, first == nil || second == nil || first?.verdict == second?.verdict { return }
    let wording = two == nil ? words.before : words.after
    var effect = Impact.Effect(
      subject: subject.id, subjectKind: wording.program.kinds[subject.kind].name, county: county(subject, wording),
      measure: measure.name, clause: clause(measure), kind: kind(first, second), before: standing(first, words.before),
      after: standing(second, words.after), aspects: differing, causes: measure.causes)
    if let id = measure.after, measure.before != nil, let history, let two {
      let said = Dictionary(uniqueKeysWithValues: telling(effect.kind, differing).map { ($0, new[$0] ?? "") })
      effect.causes = history.causes(
        of: Witness(subject: two, asOf: asOf), said, measure.before, id, words.after.language,
        first: blamed[measure.name] ?? [])
      blamed[measure.name] = effect.causes
    }
    impact.effects.append(effect)
  }

  /// The sides that an effect is told of: what follows from them is no cause of its own.
  private func telling(_ kind: Impact.Effect.Kind, _ differing: [Aspect]) -> [Aspect] {
    let own: [Aspect] =
      switch kind {
      case .gains, .loses, .becomesUnknown, .becomesDisputed, .becomesRefused: [.conclusion]
      case .more, .less, .otherAmount: differing.contains(.payable) ? [.payable] : [.amount]
      case .otherwise: differing
      }
    let told = own.filter { differing.contains($0) }
    return told.isEmpty ? differing : told
  }

  private func clause(_ measure: MeasureComparison) -> String? {
    if let id = measure.after {
      return words.after.program.measures[id].origin.clause.map { words.after.program.clauses[$0].address.description }
    }
    return measure.before.flatMap { words.before.program.measures[$0].origin.clause }
      .map { words.before.program.clauses[$0].address.description }
  }

  private func standing(_ decision: Decision?, _ wording: Wording) -> String {
    guard let decision else { return wording.say("没有这项措施", "no such measure") }
    var text = wording.label(decision.label)
    let amount = decision.payable?.amount ?? decision.amount
    if decision.verdict == .yes, amount != .none {
      text += wording.say("，", ", ") + wording.amount(amount, of: decision.measure)
    }
    return text
  }

  private func kind(_ first: Decision?, _ second: Decision?) -> Impact.Effect.Kind {
    let (old, new) = (first?.verdict ?? .notApplicable, second?.verdict ?? .notApplicable)
    if old != new {
      switch new {
      case .yes: return .gains
      case .unknown: return .becomesUnknown
      case .disputed: return .becomesDisputed
      case .no, .notApplicable:
        if old == .yes { return .loses }
        return old == .no || old == .notApplicable ? .otherwise : .becomesRefused
      }
    }
    let (one, two) = (
      first?.payable?.amount ?? first?.amount ?? .none, second?.payable?.amount ?? second?.amount ?? .none
    )
    if one == two { return .otherwise }
    if case (.exact(let less), .exact(let more)) = (one, two) { return less < more ? .more : .less }
    return .otherAmount
  }

  // MARK: Money

  private mutating func count(_ decision: Decision, _ subject: Subject, _ wording: Wording, isAfter: Bool) {
    guard wording.program.amountType(of: decision.measure) == .money else { return }
    let (low, high): (Rational, Rational?)
    switch decision.verdict {
    case .no, .notApplicable: return
    case .yes:
      let amount = decision.payable?.amount ?? decision.amount
      if amount == .none { return }
      (low, high) = amount.bounds
    case .unknown, .disputed:
      guard wording.grantsMoney(decision.measure) else { return }
      (low, high) = (.zero, decision.amount == .none ? nil : decision.amount.bounds.high)
    }
    func add(_ dimension: Impact.Budget.Dimension, _ name: String, _ low: Rational, _ high: Rational?) {
      var entry = totals[dimension, default: [:]][name] ?? (Impact.Total(), Impact.Total())
      if isAfter { entry.after.add(low, high) } else { entry.before.add(low, high) }
      totals[dimension, default: [:]][name] = entry
    }
    add(.county, county(subject, wording) ?? wording.say("（未提供）", "(not given)"), low, high)
    let responsible = decision.departments.filter { $0.role == .responsible || $0.role == .lead }
    add(
      .department,
      responsible.isEmpty
        ? wording.say("（未写明）", "(not named)")
        : responsible.map { wording.department($0) }.joined(separator: wording.comma),
      low, high)
    let payers = decision.payers.filter { $0.verdict != .no && $0.verdict != .notApplicable }
    if payers.isEmpty {
      add(.payer, wording.say("（未写明）", "(not named)"), low, high)
    } else if payers.contains(where: { $0.isUnstated || $0.share == .none }) {
      // Where no share is stated, they pay it together.
      add(.payer, payers.map { wording.authority($0.authority, $0.county) }.joined(separator: wording.comma), low, high)
    } else {
      for payer in payers {
        let bounds = payer.share.bounds
        add(
          .payer, wording.authority(payer.authority, payer.county), payer.verdict == .yes ? bounds.low : .zero,
          bounds.high)
      }
    }
  }

  /// The value of the option by which authorities are told apart.
  private func county(_ subject: Subject, _ wording: Wording) -> String? {
    let program = wording.program
    let options = Set(program.authorities.compactMap(\.perOption))
    for id in program.kinds[subject.kind].fields {
      let field = program.fields[id]
      guard case .option(let option) = field.type, options.contains(option), subject.facts.indices.contains(field.slot),
        case .value(let value) = subject.facts[field.slot]
      else { continue }
      return wording.value(value, field.type)
    }
    return nil
  }

  consuming func finish() -> Impact {
    for dimension in Impact.Budget.Dimension.allCases {
      let rows = totals[dimension] ?? [:]
      for name in rows.keys.sorted(by: { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }) {
        impact.money.append(
          Impact.Budget(dimension: dimension, name: name, before: rows[name]!.before, after: rows[name]!.after))
      }
    }
    return impact
  }
}

extension Wording {
  /// Whether a measure, or the rule that it follows, names an amount.
  fileprivate func grantsMoney(_ id: MeasureID) -> Bool {
    var measure = program.measures[id]
    for _ in program.measures.indices {
      if measure.amount != nil { return true }
      guard let reference = measure.reference, reference.manner != .deference,
        case .measure(let target) = reference.target
      else { return false }
      measure = program.measures[target]
    }
    return false
  }
}
