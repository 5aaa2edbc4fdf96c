package import PolicyAnalysis
import PolicyAnswers
package import PolicyCoverage
import PolicyDiagnostics
import PolicyEvaluation
package import PolicyIR
package import PolicyText
package import PolicyValues

/// Makes cases for what the cases of a program don't show: each outcome of each test where it decides, one unit below, on and
/// above each threshold, each branch, reading, row, listed value and reason.
///
/// Subjects are found by the solver or by changing known ones, and replayed; the result is the same for the same program.
/// - Parameter asOf: The date that cases are given where any does.
/// - Parameter measures: Only what these measures' answers show; nil: of all.
/// - Throws: `libraryMissing` where Z3 isn't installed.
package func generateCases(
  _ program: Program, files: SourceFiles, asOf: CivilDate, measures: Set<MeasureID>? = nil,
  limits: Solver.Limits = .init(),
  goOn: (Int, Int) -> Bool = { _, _ in true }
) throws(SolverFailure) -> GeneratedCases {
  let text = ExpectationText(Wording(program: program, language: .zh, files: files))
  var generator = CaseGenerator(program, text, try SubjectSearch(program, asOf: asOf, limits: limits))
  return generator.run(measures, goOn)
}

struct CaseGenerator {
  let program: Program
  let plan: CoveragePlan
  let text: ExpectationText
  var search: SubjectSearch
  var collector: CoverageCollector
  var evaluations: Evaluations
  let literals: Literals
  var candidates: [Candidate] = []
  var variants = 0
  /// What existing cases show.
  var shown: Set<CoverageItem> = []
  /// Subjects that are known, by kind; each with what measures' answers show.
  var pool: [KindID: [Witness]] = [:]
  var known: [Asked: Set<CoverageItem>] = [:]

  struct Asked: Hashable {
    var witness: Witness
    var measure: MeasureID
  }

  init(_ program: Program, _ text: ExpectationText, _ search: SubjectSearch) {
    self.text = text
    self.program = program
    self.search = search
    plan = CoveragePlan(program, .boundaries)
    collector = CoverageCollector(program)
    evaluations = Evaluations(program)
    literals = Literals(program)
  }

  mutating func run(_ measures: Set<MeasureID>?, _ goOn: (Int, Int) -> Bool) -> GeneratedCases {
    for test in program.cases {
      shown.formUnion(collector.items(of: test))
      guard let subject = test.subject, let asOf = test.asOf else { continue }
      let readings = Dictionary(test.readings.map { ($0.choice, $0.reading) }, uniquingKeysWith: { $1 })
      pool[subject.kind, default: []].append(Witness(subject: subject, asOf: asOf, readings: readings))
    }
    let wanted = plan.items.filter { item in
      !shown.contains(item) && (measures.map { !$0.isDisjoint(with: plan.measures[item] ?? []) } ?? true)
    }
    var unreached: [(CoverageItem, GeneratedCases.Why)] = []
    for (number, item) in wanted.enumerated() where !candidates.contains(where: { $0.items.contains(item) }) {
      guard goOn(number, wanted.count) else { break }
      if let why = find(item) { unreached.append((item, why)) }
    }
    let all = Set(wanted)
    unreached.removeAll { item, _ in candidates.contains { $0.items.contains(item) } }
    return GeneratedCases(
      cases: merged(irredundant(candidates, beside: shown, of: all), all), unreached: unreached)
  }

  /// Adds a candidate for an item; what stands in the way where there is none.
  private mutating func find(_ item: CoverageItem) -> GeneratedCases.Why? {
    let measures = plan.measures[item] ?? []
    var isImpossible = false
    for measure in measures.prefix(4) {
      for attempt in attempts(item, measure) {
        switch seek(item, measure, attempt) {
        case .found: return nil
        case .none where attempt.isWhole: isImpossible = true
        case .none, .open: break
        }
      }
      if isImpossible { break }
    }
    if isImpossible { return .impossible }
    for measure in measures.prefix(4) where nearby(item, measure) { return nil }
    return .notFound
  }

  private enum Sought { case found, none, open }

  private mutating func seek(_ item: CoverageItem, _ measure: MeasureID, _ attempt: Attempt) -> Sought {
    var verdict: Verdict?
    var (collector, evaluations) = (self.collector, self.evaluations)
    defer { (self.collector, self.evaluations) = (collector, evaluations) }
    let (program, text) = (program, text)
    let found = search.subject(
      of: measure, attempt.demands, variant: attempt.variant?.program, readings: attempt.readings,
      variantReadings: attempt.variantReadings
    ) { witness in
      let decision = evaluations.decision(witness, measure)
      guard let decision, verdict == nil || verdict == decision.verdict else { return false }
      verdict = decision.verdict
      if let variant = attempt.variant, attempt.mustDiffer,
        evaluations.verdict(witness, measure, under: variant) == decision.verdict
      {
        return false
      }
      if let only = attempt.onlyMissing, decision.missing(in: program) != [only] { return false }
      return program.canWrite(witness.subject) && collector.items(witness, measure, decision, text).contains(item)
    }
    switch found {
    case .subject(let witness):
      add(witness, measure, item)
      return .found
    case .none: return .none
    case .unsupported, .limit, .notShown: return .open
    }
  }

  mutating func items(_ witness: Witness, _ measure: MeasureID) -> Set<CoverageItem> {
    let asked = Asked(witness: witness, measure: measure)
    if let items = known[asked] { return items }
    guard let decision = evaluations.decision(witness, measure) else { return [] }
    let items = program.canWrite(witness.subject) ? collector.items(witness, measure, decision, text) : []
    known[asked] = items
    return items
  }

  mutating func add(_ witness: Witness, _ measure: MeasureID, _ item: CoverageItem) {
    candidates.append(
      Candidate(witness: witness, measure: measure, items: items(witness, measure), target: item))
    if pool[witness.subject.kind]?.contains(witness) != true { pool[witness.subject.kind, default: []].append(witness) }
  }

  /// One case for each subject, with the answers of all measures that it was picked for.
  private mutating func merged(_ picked: [Candidate], _ wanted: Set<CoverageItem>) -> [GeneratedCase] {
    var cases: [GeneratedCase] = []
    for candidate in picked {
      guard let decision = evaluations.decision(candidate.witness, candidate.measure) else { continue }
      let shows = [candidate.target] + plan.items.filter { $0 != candidate.target && candidate.items.contains($0) }
      let own = shows.filter { wanted.contains($0) && !shown.contains($0) }
      if let place = cases.firstIndex(where: { $0.witness == candidate.witness }) {
        cases[place].decisions.append(decision)
        cases[place].shows += own
      } else {
        cases.append(GeneratedCase(witness: candidate.witness, decisions: [decision], shows: own))
      }
    }
    for place in cases.indices { cases[place].decisions.sort { $0.measure < $1.measure } }
    return cases.enumerated().sorted { one, two in
      let (a, b) = (one.element.decisions[0].measure, two.element.decisions[0].measure)
      return a == b ? one.offset < two.offset : a < b
    }.map(\.element)
  }
}

extension CoverageCollector {
  /// What the answer of a measure shows when its verdict, and an amount that there is, are expected.
  mutating func items(
    _ witness: Witness, _ measure: MeasureID, _ decision: Decision, _ text: ExpectationText
  ) -> Set<CoverageItem> {
    items(
      [(measure, text.saysAmount(decision))], subject: witness.subject, asOf: witness.asOf,
      readings: witness.readings.sorted { $0.key < $1.key }.map { .init(choice: $0.key, reading: $0.value) })
  }
}

extension Program {
  /// Whether a case can say what is recorded of a subject: numbers end, and each related subject has a fact.
  func canWrite(_ subject: Subject) -> Bool {
    subject.facts.allSatisfy { fact in
      switch fact {
      case .one(let other): !other.isBlank && canWrite(other)
      case .many(let members, _): members.allSatisfy { !$0.isBlank && canWrite($0) }
      case .value(.quantity(let number)): number.decimals(atMost: 6) != nil
      case .missing, .notKnown, .notApplicable, .value: true
      }
    }
  }
}

extension Subject {
  fileprivate var isBlank: Bool { name == nil && facts.allSatisfy { $0 == .missing } }
}

extension Decision {
  /// The facts that it lacks.
  func missing(in program: Program) -> [FieldID] {
    var fields: [FieldID] = []
    for reason in reasons + amountReasons {
      if let field = reason.reason.field, !fields.contains(field) { fields.append(field) }
    }
    return fields
  }
}
