package import PolicyAnalysis
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
package import PolicyIR
import PolicyValues

/// What would make a measure hold, as sentences.
package struct NearestLines {
  package var lines: [String]
  /// Whether several facts together were tried, rather than one at a time.
  package var triedAll: Bool
}

extension Session {
  /// Analyses the rules.
  ///
  /// - Throws: `libraryMissing` where Z3 isn't installed, `interrupted` where `watch` stopped it.
  package func analysis(
    of measures: [MeasureID]? = nil, limits: Solver.Limits = .init()
  ) throws(SolverFailure) -> AnalysisReport {
    try analyze(program, asOf: asOf, measures: measures, limits: limits, goOn: goOn)
  }

  /// The case that shows a finding, with what the evaluator says of it.
  package func caseText(of finding: Finding, numbered number: Int) -> String? {
    guard let witness = finding.witness else { return nil }
    var replay = Replay(program)
    let measures = finding.measures
    let decisions = measures.isEmpty ? [] : replay.decisions(witness, measures).decisions
    let what =
      finding.measures.map { program.measures[$0].name }
      + [finding.table.map { program.tables[$0].name }].compactMap { $0 }
    return caseText(
      named: "分析\(number) " + what.joined(separator: " "), subject: witness.subject, asOf: witness.asOf,
      readings: witness.readings, decisions: decisions)
  }

  /// The smallest changes that make a measure hold: of several facts together with the solver, where it isn't installed or can't
  /// say, of one fact.
  ///
  /// - Throws: `interrupted` where `watch` stopped the search, and nothing else.
  package func changesThatMakeHold(_ measure: MeasureID, subject: Subject) throws(SolverFailure) -> NearestLines {
    let wording = wording
    func single(_ zh: String, _ en: String) -> NearestLines {
      let changes = nearestChanges(measure, subject: subject)
      return NearestLines(
        lines: changes.isEmpty
          ? [] : changes + [wording.say("（\(zh)，只试了改变一个事实）", "(\(en): one fact at a time was tried)")],
        triedAll: false)
    }
    do throws(SolverFailure) {
      guard let found = try nearestPlans(program, of: measure, for: subject, asOf: asOf, goOn: goOn) else {
        return single("这项措施不能求解", "this measure can't be solved for")
      }
      var lines = found.plans.map { plan in
        let changes = plan.changes.map { change in
          self.change(change.field, from: change.from, to: change.to) + distance(change.field, difference(change))
        }.joined(separator: wording.say("；并且", "; and "))
        if plan.readings.isEmpty { return changes }
        let under = plan.readings.map { combination in
          combination.map { "\(program.choices[$0.choice].name)“\(program.choices[$0.choice].readings[$0.reading])”" }
            .joined(separator: wording.say("且", " and "))
        }.joined(separator: wording.say("，或者", ", or "))
        return changes + wording.say("（限于读法：\(under)）", " (only under the reading \(under))")
      }
      if found.hasMore { lines.append(wording.say("……还有其他改法", "… there are more")) }
      return NearestLines(lines: lines, triedAll: true)
    } catch {
      switch error {
      case .libraryMissing: return single("未安装求解器 libz3-4", "the solver libz3-4 is not installed")
      case .interrupted: throw error
      case .limit, .failed: return single("求解器未能在限度内回答", "the solver gave up")
      }
    }
  }

  private func difference(_ change: NearestPlan.Change) -> Rational? {
    switch (change.from, change.to) {
    case (.quantity(let from), .quantity(let to)): try? to.subtracting(from)
    case (.date(let from), .date(let to)): Rational(CivilDate.days(from: from, to: to))
    default: nil
    }
  }
}
