import PolicyEvaluation
package import PolicyIR
import PolicyText
package import PolicyValues

/// Analyses the rules of a program: measures that never or always hold, conditions that don't matter, contradictions, tables,
/// groups, caps, facts that nothing reads.
///
/// What is said of all subjects is said of those of `FactSpace`, whatever fills holes and lists; what is shown is a subject
/// that the evaluator has replayed. A rule that the encoder or the solver can't settle is in `notAnalysed` and has no finding
/// that rests on it.
///
/// - Parameters:
///   - asOf: The date that witnesses are given where any does.
///   - goOn: Asked before each question to the solver; false stops the analysis.
/// - Throws: `libraryMissing` where Z3 isn't installed, `interrupted` where it was stopped.
package func analyze(
  _ program: Program, asOf: CivilDate, measures: [MeasureID]? = nil, limits: Solver.Limits = .init(),
  goOn: @escaping () -> Bool = { true }
) throws(SolverFailure) -> AnalysisReport {
  _ = try Solver(limits: limits)
  var analysis = Analysis(program: program, asOf: asOf, limits: limits, goOn: goOn)
  let asked = measures ?? program.measures.indices.map { MeasureID($0) }
  for id in asked where program.measures[id].object != nil {
    if try analysis.attempt(.measure(id), { analysis throws(AnalysisStop) in try analysis.analyze(id) }) {
      analysis.report.analysed += 1
      _ = try analysis.attempt(.amount(id)) { analysis throws(AnalysisStop) in try analysis.caps(of: id) }
    }
  }
  try analysis.pairs(asked)
  if measures == nil {
    for table in program.tables.indices {
      _ = try analysis.attempt(.table(TableID(table))) { analysis throws(AnalysisStop) in
        try analysis.analyze(TableID(table))
      }
    }
    for group in program.groups.indices {
      _ = try analysis.attempt(.group(GroupID(group))) { analysis throws(AnalysisStop) in
        try analysis.analyze(GroupID(group))
      }
    }
    analysis.unreadFacts()
  }
  return analysis.report
}

/// Why the analysis of one rule ends.
enum AnalysisStop: Error {
  case unsupported(Unsupported)
  case solver(SolverFailure)
  case notReplayed
}

struct Analysis {
  let program: Program
  let asOf: CivilDate
  let limits: Solver.Limits
  let goOn: () -> Bool
  var replay: Replay
  var report: AnalysisReport
  /// Terms are never given back, so a solver serves a number of rules and is then left.
  private var solver: Solver?
  private var uses = 0

  init(program: Program, asOf: CivilDate, limits: Solver.Limits, goOn: @escaping () -> Bool) {
    self.goOn = goOn
    self.program = program
    self.asOf = asOf
    self.limits = limits
    replay = Replay(program)
    report = AnalysisReport(
      findings: [], notAnalysed: [], analysed: 0, memberLimit: FactSpace.Domain().memberLimit)
  }

  /// Runs one part of the analysis; what stops it is reported and not thrown.
  mutating func attempt(
    _ subject: AnalysisReport.NotAnalysed.Subject, _ body: (inout Analysis) throws(AnalysisStop) -> Void
  ) throws(SolverFailure) -> Bool {
    let known = report.findings.count
    func stop(_ why: AnalysisReport.NotAnalysed.Why) {
      report.findings.removeSubrange(known...)
      report.note(subject, why)
    }
    do throws(AnalysisStop) {
      try body(&self)
      return true
    } catch {
      switch error {
      case .unsupported(let reason): stop(.unsupported(reason))
      case .solver(.limit(let word)): stop(.limit(word))
      case .solver(let failure): throw failure
      case .notReplayed: stop(.notReplayed)
      }
      return false
    }
  }

  /// A space of its own for one question, so that only what it reads is constrained.
  mutating func space(fillsGaps: Bool) throws(AnalysisStop) -> FactSpace {
    uses += 1
    if solver == nil || uses % 64 == 0 {
      do throws(SolverFailure) { solver = try Solver(limits: limits, goOn: goOn) } catch { throw .solver(error) }
    }
    var domain = FactSpace.Domain()
    domain.fillsGaps = fillsGaps
    return FactSpace(solver!, domain)
  }

  func encoded<Result>(_ body: () throws(Unsupported) -> Result) throws(AnalysisStop) -> Result {
    do throws(Unsupported) { return try body() } catch { throw .unsupported(error) }
  }

  func answer(_ question: Question, _ assumptions: [Term]) throws(AnalysisStop) -> Answer? {
    do throws(SolverFailure) { return try question.answer(assuming: assumptions) } catch { throw .solver(error) }
  }

  /// A subject for which terms hold, as few facts 不适用 as can be, smallest after replay; nil where there is none.
  mutating func witness(
    _ encoder: Encoder, _ question: Question, _ terms: [Term], kind: KindID,
    _ shows: (inout Replay, Witness) -> Bool
  ) throws(AnalysisStop) -> Witness? {
    let present = encoder.space.absences.map { encoder.solver.not($0) }
    var found = try answer(question, terms + [encoder.solver.and(present)])
    if found == nil { found = try answer(question, terms) }
    guard let answer = found else { return nil }
    guard let small = replay.minimized(encoder.witness(answer, kind: kind), asOf: asOf, shows) else {
      throw .notReplayed
    }
    return small
  }

  mutating func add(
    _ kind: Finding.Kind, _ measures: [MeasureID], _ causes: [Span], _ witness: Witness?, bounded: Bool = false,
    table: TableID? = nil, group: GroupID? = nil
  ) {
    var verdicts: [Verdict] = []
    if let witness { for measure in measures { verdicts.append(replay.verdict(witness, measure)) } }
    report.findings.append(
      Finding(
        kind: kind, measures: measures, table: table, group: group, field: nil, causes: causes, witness: witness,
        verdicts: verdicts, isBounded: bounded))
  }

  /// Facts that no rule reads; texts name a subject and are shown.
  mutating func unreadFacts() {
    let read = Literals(program).fields
    for (index, field) in program.fields.enumerated() where !read.contains(FieldID(index)) && field.type != .text {
      report.findings.append(
        Finding(
          kind: .unreadFact, measures: [], field: FieldID(index), causes: [field.span], verdicts: [], isBounded: false))
    }
  }
}
