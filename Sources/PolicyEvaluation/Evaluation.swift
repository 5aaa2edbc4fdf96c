package import PolicyIR
package import PolicyValues

/// Answers the measures of one prepared program for one subject after another, reusing its memory.
package struct Evaluation: Sendable {
  /// The greatest number of combinations of readings that one result may depend on.
  package static let combinationLimit = 1024

  /// The program that is asked.
  package let prepared: PreparedProgram
  private var engine: Engine<Silence>

  /// An evaluation of a program.
  package init(_ prepared: PreparedProgram) {
    self.prepared = prepared
    engine = Engine(prepared, asOf: Self.epoch)
  }

  /// The decisions of the measures that have an object, in order, and of the groups all of whose members are asked for.
  ///
  /// nil for `measures`: all of them. Measures of other kinds answer 不适用.
  package mutating func decisions(
    for subject: Subject, asOf: CivilDate, measures: [MeasureID]? = nil
  ) -> Decisions {
    engine.begin(subject, asOf: asOf)
    var decisions: [Decision] = []
    if let measures {
      decisions.reserveCapacity(measures.count)
      for measure in measures {
        engine.decide(measure.rawValue, into: &decisions)
      }
    } else {
      engine.decideAll(into: &decisions)
    }
    return engine.grouped(decisions, subject: subject)
  }

  /// The decision of one measure; nil where the measure has no object, so that nothing is decided for a subject.
  package mutating func decision(
    of measure: MeasureID, for subject: Subject, asOf: CivilDate
  ) -> Decision? {
    engine.begin(subject, asOf: asOf)
    return engine.decision(measure.rawValue)
  }

  /// Only the verdicts, in the measures' order; nil for a measure without an object.
  ///
  /// nil for `measures`: all of them.
  package mutating func verdicts(
    for subject: Subject, asOf: CivilDate, measures: [MeasureID]? = nil
  ) -> [Verdict?] {
    engine.begin(subject, asOf: asOf)
    if let measures { return measures.map { engine.quickVerdict($0.rawValue) } }
    return prepared.measures.indices.map { engine.quickVerdict(Int32($0)) }
  }

  private static let epoch = CivilDate(year: 1970, month: 1, day: 1)!
}

extension Engine {
  mutating func quickVerdict(_ measure: Int32) -> Verdict? {
    guard plan.measures.indices.contains(Int(measure)), plan.measures[Int(measure)].kind >= 0 else { return nil }
    if frames[0].subject.kind.rawValue != plan.measures[Int(measure)].kind { return .notApplicable }
    // A call that changes the engine never stands among the operands of one that only reads it: it would read a copy.
    let verdict = verdict(measure)
    return summary(verdict)
  }
}

/// Decides the measures of a program for one subject at one date; for many subjects keep an `Evaluation`.
package func evaluate(
  _ program: Program, subject: Subject, asOf: CivilDate, measures: [MeasureID]? = nil
) -> Decisions {
  var evaluation = Evaluation(PreparedProgram(program))
  return evaluation.decisions(for: subject, asOf: asOf, measures: measures)
}
