import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
package import PolicyIR
package import PolicyText
import PolicyValues

/// Runs the cases of a program, in their order.
///
/// - Parameters:
///   - filter: Only cases whose name, or one of whose measures, holds this text.
///   - watch: Told before each case how many are done, and of how many; what it throws ends the run.
package func runCases<Stop: Error>(
  _ program: Program, files: SourceFiles, filter: String? = nil,
  watch: (_ done: Int, _ total: Int) throws(Stop) -> Void
) throws(Stop) -> [CaseResult] {
  var runner = CaseRunner(program, files)
  let cases = program.cases.filter { program.fits($0, filter) }
  var results: [CaseResult] = []
  for entry in cases {
    try watch(results.count, cases.count)
    results.append(runner.run(entry))
  }
  return results
}

/// Runs the cases of a program in one go.
package func runCases(_ program: Program, files: SourceFiles, filter: String? = nil) -> [CaseResult] {
  runCases(program, files: files, filter: filter) { (_, _) throws(Never) in }
}

extension Program {
  /// Whether the name of a case, or of a measure or group that it expects something of, holds a text.
  package func fits(_ test: PolicyCase, _ filter: String?) -> Bool {
    guard let filter, !test.name.contains(filter) else { return true }
    return test.expectations.contains { name(of: $0.target).contains(filter) }
  }

  package func name(of target: Expectation.Target) -> String {
    switch target {
    case .measure(let id): measures[id].name
    case .group(let id): groups[id].name
    }
  }
}

struct CaseRunner {
  let program: Program
  let zh: Wording
  let en: Wording
  let text: ExpectationText
  /// Evaluations by the readings that cases fix.
  private var evaluations: [[PolicyCase.FixedReading]: Evaluation] = [:]

  init(_ program: Program, _ files: SourceFiles) {
    self.program = program
    zh = Wording(program: program, language: .zh, files: files)
    en = Wording(program: program, language: .en, files: files)
    text = ExpectationText(zh)
  }

  /// - Parameter asked: The measures that are evaluated; nil: all.
  mutating func run(_ test: PolicyCase, asked: [MeasureID]? = nil) -> CaseResult {
    var failures: [CaseFailure] = []
    var decisions: Decisions?
    if let subject = test.subject, let asOf = test.asOf {
      var evaluation = evaluations[test.readings] ?? Evaluation(prepared(test.readings))
      // Kept in one place only, or each answer would copy the engine.
      evaluations[test.readings] = nil
      decisions = evaluation.decisions(for: subject, asOf: asOf, measures: asked)
      evaluations[test.readings] = evaluation
    }
    for expectation in test.expectations {
      switch expectation.target {
      case .measure(let id):
        checkMeasure(id, expectation, &failures)
        let decision = decisions?.decisions.first { $0.measure == id }
        checkDecision(id, decision, expectation, &failures)
      case .group(let id):
        let decision = decisions?.groups.first { $0.group == id }
        checkGroup(id, decision, expectation, &failures)
      }
    }
    return CaseResult(name: test.name, span: test.span, generated: test.generated, failures: failures)
  }

  /// The program with readings fixed, as if by a ruling.
  private func prepared(_ readings: [PolicyCase.FixedReading]) -> PreparedProgram {
    var program = program
    for fixed in readings { program.settle(fixed.choice, fixed.reading) }
    return PreparedProgram(program)
  }

  /// - Parameter correction: The words that would be right, in place of a part's; nil where there are none.
  func fail(
    _ failures: inout [CaseFailure], _ expectation: Expectation, _ target: String, _ axis: Expectation.Axis,
    correction: String?, expected: (Wording) -> String, found: (Wording) -> String
  ) {
    failures.append(
      CaseFailure(
        span: expectation.span, target: target, expected: Bilingual(zh: expected(zh), en: expected(en)),
        found: Bilingual(zh: found(zh), en: found(en)), correction: correction.map { .part(axis, $0) } ?? .none))
  }
}
