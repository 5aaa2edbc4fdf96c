import PolicyAnalysis
import PolicyAnswers
import PolicyCoverage
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues

/// Looks for a case that would notice a mistake, or proves that none can.
struct MutantJudge {
  let program: Program
  let files: SourceFiles
  let asOf: CivilDate
  let limits: Solver.Limits
  private let text: ExpectationText
  private var evaluations: Evaluations
  private var number = 0
  /// The subjects of the cases at hand, each once.
  private var pool: [Witness] = []

  init(_ program: Program, _ files: SourceFiles, asOf: CivilDate, limits: Solver.Limits) {
    (self.program, self.files, self.asOf, self.limits) = (program, files, asOf, limits)
    text = ExpectationText(Wording(program: program, language: .zh, files: files))
    evaluations = Evaluations(program)
    for test in program.cases {
      guard let subject = test.subject, let day = test.asOf else { continue }
      let readings = Dictionary(test.readings.map { ($0.choice, $0.reading) }, uniquingKeysWith: { $1 })
      let witness = Witness(subject: subject, asOf: day, readings: readings)
      if !pool.contains(witness) { pool.append(witness) }
    }
  }

  /// nil where no verdict and no amount changes for any subject, and nothing at all for those of the cases.
  mutating func judge(_ mutant: Mutant, _ mutated: Program) -> MutationReport.Notice? {
    if let id = mutant.measures.first, changesStatement(of: id, mutated) { return .statement(id) }
    number += 1
    let variant = Variant(program: mutated, number: number)
    var isProved = !mutant.measures.isEmpty
    // Only what verdicts and amounts say is proved.
    switch mutant.place?.owner {
    case .payer?, .instalment?, .deadline?: isProved = false
    case nil: isProved = mutant.isOfVerdict(program, mutated)
    default: break
    }
    if var contrast = try? Contrast(ProgramPair(mutated, program), asOf: asOf, limits: limits) {
      for measure in mutant.measures where program.measures[measure].object != nil {
        switch differences(&contrast, measure) {
        case .success(let witnesses):
          for witness in witnesses where notices(witness, measure, variant) { return .answers(witness, [measure]) }
          if !witnesses.isEmpty { isProved = false }
        case .failure: isProved = false
        }
      }
      // What is proved is no verdict and no amount; the reasons may still be others.
      if isProved { return known(mutant, variant) }
      for measure in mutant.measures where program.measures[measure].object != nil {
        if let witness = try? contrast.subjectOfBoth(measure, measure), notices(witness, measure, variant) {
          return .answers(witness, [measure])
        }
      }
    }
    return known(mutant, variant) ?? shifted(mutant, variant) ?? .unknown
  }

  /// A subject of the cases at hand with all its dates moved: days of rest hide a difference of a day.
  private mutating func shifted(_ mutant: Mutant, _ variant: Variant) -> MutationReport.Notice? {
    guard mutant.weight == .duties else { return nil }
    for measure in mutant.measures {
      for witness in pool where witness.subject.kind == program.measures[measure].object?.kind {
        for days in [-40, -20, -10, 10, 20, 40] {
          var moved = witness
          moved.subject.facts = moved.subject.facts.map { fact in
            guard case .value(.date(let day)) = fact, let other = try? day.adding(days: days) else { return fact }
            return .value(.date(other))
          }
          if notices(moved, measure, variant) { return .answers(moved, [measure]) }
        }
      }
    }
    return nil
  }

  /// A subject of the cases at hand whose answer is another.
  private mutating func known(_ mutant: Mutant, _ variant: Variant) -> MutationReport.Notice? {
    for measure in mutant.measures {
      for witness in pool where witness.subject.kind == program.measures[measure].object?.kind {
        if notices(witness, measure, variant) { return .answers(witness, [measure]) }
      }
    }
    return nil
  }

  /// Subjects whose verdict or amount differs; none: there are none.
  private func differences(
    _ contrast: inout Contrast, _ measure: MeasureID
  ) -> Result<[Witness], Contrast.Stop> {
    do throws(Contrast.Stop) {
      let verdicts = try contrast.verdicts(measure, measure)
      if !verdicts.isNone { return .success(verdicts.witnesses) }
      guard program.amountRule(of: measure) else { return .success([]) }
      return .success(try contrast.amounts(measure, measure).witnesses)
    } catch { return .failure(error) }
  }

  /// Whether a case with the answer of a measure for a subject fails where the mistake is made.
  private mutating func notices(_ witness: Witness, _ measure: MeasureID, _ variant: Variant) -> Bool {
    guard program.canWrite(witness.subject), let right = evaluations.decision(witness, measure),
      let wrong = evaluations.decision(witness, measure, under: variant)
    else { return false }
    let other = ExpectationText(Wording(program: variant.program, language: .zh, files: files))
    return text.line(right, isExact: true) != other.line(wrong, isExact: true)
  }

  /// Whether what a measure says of itself is another.
  private func changesStatement(of id: MeasureID, _ mutated: Program) -> Bool {
    let (one, two) = (program.measures[id], mutated.measures[id])
    func responsible(_ measure: Measure) -> [AuthorityID] {
      measure.departments.filter { [.responsible, .lead, .assist, .general].contains($0.role) }.map(\.authority)
    }
    return responsible(one) != responsible(two) || one.actors != two.actors
      || one.force.map(\.strength) != two.force.map(\.strength)
  }
}

extension Mutant {
  /// Whether it changes nothing but verdicts and amounts, which the solver compares whole.
  fileprivate func isOfVerdict(_ program: Program, _ mutated: Program) -> Bool {
    switch rule {
    case .definition, .classification, .table, .tiers, .parameter: true
    case .measure(let id):
      program.measures[id].payers == mutated.measures[id].payers
        && program.measures[id].instalments == mutated.measures[id].instalments
        && program.measures[id].deadlines == mutated.measures[id].deadlines
        && program.measures[id].period == mutated.measures[id].period
        && program.measures[id].departments == mutated.measures[id].departments
        && program.measures[id].amount?.discretionary == mutated.measures[id].amount?.discretionary
    case .document, .hole, .choice, .nameList, .group: false
    }
  }
}

extension Program {
  /// Whether a measure grants an amount.
  fileprivate func amountRule(of measure: MeasureID) -> Bool {
    measures[measure].amount != nil || measures[measure].reference != nil
  }
}
