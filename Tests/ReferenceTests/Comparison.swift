import PolicyEvaluation
import PolicyIR
import PolicyValues

extension Reference.Why {
  /// The engine's reason in the reference's terms.
  init(_ reason: Reason) {
    func way(_ path: SubjectPath) -> [Reference.Step] {
      path.steps.map { Reference.Step(relation: $0.relation, position: $0.position) }
    }
    switch reason {
    case .missingFact(let field, let path, let asked): self = .fact(field, way(path), asked: asked)
    case .finding(let field, let finder, let path, let asked): self = .finding(field, finder, way(path), asked: asked)
    case .openList(let field, let list): self = .openList(field, list)
    case .listIncomplete(let field, let path): self = .incomplete(field, way(path))
    case .hole(let hole): self = .hole(hole)
    case .danglingReference(let text, let finding):
      if let finding {
        self = .reference(finding.field, text, finding.by, way(finding.subject), asked: finding.asked)
      } else {
        self = .dangling(text)
      }
    case .listNotOnFile(let list): self = .noList(list)
    case .unnamed(let list): self = .unnamed(list)
    case .notOnIncompleteList(let list): self = .notOnList(list)
    case .unsettled(let classification, let value): self = .unsettled(classification, value)
    case .unranked(let option, let value): self = .unranked(option, value)
    case .conflict(.fillings(let hole, let places)): self = .fillings(hole, places)
    case .notComputable(.overflow): self = .overflow
    case .notComputable(.divisionByZero): self = .divisionByZero
    case .notComputable(.unlikeDurations): self = .unlikeDurations
    case .notComputable(.calendarYear(let year)): self = .year(year)
    case .notComputable(.beforeFirstPeriod(let parameter)): self = .tooEarly(parameter)
    case .notComputable(.emptyList(let field)): self = .emptyList(field)
    case .notComputable(.noAmount(let measure)): self = .noAmount(measure)
    case .discretion(let measure): self = .discretion(measure)
    case .conflict(.rows), .conflict(.members), .conflict(.shares), .conflict(.instalments), .notComputable(.tableGap),
      .notComputable(.tierGap),
      .notComputable(.noSuchMember), .notComputable(.limit), .notComputable(.nesting),
      .notComputable(.malformed):
      self = .dangling("\(reason)")
    }
  }
}

extension Reference.Known {
  /// The verdict without its reasons.
  var plain: Verdict {
    switch self {
    case .value: self == .yes ? .yes : .no
    case .notApplicable: .notApplicable
    case .unknown: .unknown
    }
  }
}

/// One verdict for several combinations of readings: the common one, else disputed.
func common(_ verdicts: some Sequence<Verdict>) -> Verdict {
  let all = Set(verdicts)
  return all.count == 1 ? all.first! : .disputed
}

/// Where a decision of the engine differs from the reference's cases; nil where nowhere.
func difference(_ decision: Decision, _ cases: [Reference.Case], _ program: Program, asOf: CivilDate) -> String? {
  let reference = Reference(program: program, asOf: asOf, readings: [])
  let verdict = common(cases.map(\.verdict.plain)), wouldBe = common(cases.map(\.wouldBe.plain))
  if decision.verdict != verdict { return "verdict \(decision.verdict), reference \(verdict)" }
  if decision.wouldBe != wouldBe { return "wouldBe \(decision.wouldBe), reference \(wouldBe)" }
  let life = reference.life(decision.measure)
  if "\(decision.period)" != "\(life)" { return "period \(decision.period), reference \(life)" }
  return reasonsDifference(decision, cases) ?? readingsDifference(decision, cases, program)
    ?? amountDifference(decision, cases)
}

/// Each reason under exactly the combinations under which the reference has it.
private func reasonsDifference(_ decision: Decision, _ cases: [Reference.Case]) -> String? {
  var found: [Reference.Why: Set<[Int]>] = [:], expected: [Reference.Why: Set<[Int]>] = [:]
  for entry in decision.reasons {
    for one in cases where entry.under.isEmpty || entry.under.contains(where: { fits($0, one.readings) }) {
      found[Reference.Why(entry.reason), default: []].insert(one.readings)
    }
  }
  for one in cases {
    for why in one.verdict.reasons { expected[why, default: []].insert(one.readings) }
  }
  if found == expected { return nil }
  return Set(found.keys).union(expected.keys).compactMap { why in
    let (one, two) = (found[why] ?? [], expected[why] ?? [])
    return one == two ? nil : "reason \(why): of \(cases.count) the engine has \(one.count), the reference \(two.count)"
  }.joined(separator: "\n")
}

private func fits(_ under: [ChosenReading], _ readings: [Int]) -> Bool {
  under.allSatisfy { readings[$0.choice.index] == $0.reading }
}

/// The choices on which verdict or amount depends, each reading with its verdict and what it lacks.
private func readingsDifference(_ decision: Decision, _ cases: [Reference.Case], _ program: Program) -> String? {
  func depends<Result: Hashable>(_ choice: Int, _ result: (Reference.Case) -> Result) -> Bool {
    let groups = Dictionary(grouping: cases) { one in
      var rest = one.readings
      rest[choice] = 0
      return rest
    }
    return groups.values.contains { Set($0.map(result)).count > 1 }
  }
  let isAmountDisputed = amount(cases).count > 1
  for choice in program.choices.indices {
    let onVerdict = decision.verdict == .disputed && depends(choice) { $0.verdict.plain }
    let onAmount = isAmountDisputed && depends(choice, amount)
    guard let split = decision.readings.first(where: { $0.choice == ChoiceID(choice) }) else {
      if onVerdict || onAmount {
        return "choice \(choice) is not listed, reference: verdict \(onVerdict), amount \(onAmount)"
      }
      continue
    }
    if !onVerdict, !onAmount { return "choice \(choice) is listed: \(split)" }
    for (reading, entry) in split.readings.enumerated() {
      let own = cases.filter { $0.readings[choice] == reading }
      if entry.verdict != common(own.map(\.verdict.plain)) {
        return "choice \(choice) reading \(reading): \(entry.verdict)"
      }
      if all(entry.amount) != amount(own) {
        return "choice \(choice) reading \(reading): \(entry.amount), reference \(amount(own))"
      }
      let lacking = own.reduce(into: Set<Reference.Why>()) { $0.formUnion($1.verdict.reasons) }
      if Set(entry.lacking.map { Reference.Why($0) }) != lacking {
        return "choice \(choice) reading \(reading) lacks \(entry.lacking), reference \(lacking)"
      }
    }
  }
  return nil
}

/// What a case grants, as the engine's `Amount` says it.
private func amount(_ one: Reference.Case) -> Amount {
  guard let (amount, isDiscretionary) = one.grant else { return .none }
  switch amount {
  case .value(.quantity(let number)): return isDiscretionary ? .atMost(number) : .exact(number)
  case .unknown(let reasons, let range):
    if isDiscretionary { return .atMost(range.high) }
    let holes = reasons.compactMap { if case .hole(let hole) = $0 { hole } else { nil } }
    if let hole = holes.min() { return .toBeSet(hole, low: range.low, high: range.high) }
    return range.high == nil && range.low.map { $0 <= .zero } ?? true
      ? .unknown : .range(low: range.low, high: range.high)
  default: return .none
  }
}

/// One amount of all cases that grant one, else each once; nothing counts as one where every case is yes.
private func amount(_ cases: [Reference.Case]) -> Set<Amount> {
  if cases.allSatisfy({ $0.verdict.plain == .yes }) { return Set(cases.map(amount)) }
  let granted = Set(cases.map(amount)).subtracting([.none])
  return granted.isEmpty ? [.none] : granted
}

private func all(_ amount: Amount) -> Set<Amount> {
  if case .disputed(let amounts) = amount { return Set(amounts) }
  return [amount]
}

private func amountDifference(_ decision: Decision, _ cases: [Reference.Case]) -> String? {
  let expected = amount(cases)
  let found = all(decision.amount)
  if found != expected { return "amount \(decision.amount), reference \(expected)" }
  var axes: DisputedAxes = []
  if decision.verdict == .disputed { axes.insert(.verdict) }
  if expected.count > 1 { axes.insert(.amount) }
  return decision.disputed == axes ? nil : "disputed \(decision.disputed)"
}
