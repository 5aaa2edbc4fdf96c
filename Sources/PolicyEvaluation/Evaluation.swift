package import PolicyIR
package import PolicyValues

/// Answers the measures of one prepared program for one subject after another, reusing its memory.
package struct Evaluation: Sendable {
  /// The greatest number of combinations of readings that one result may depend on.
  package static let combinationLimit = 1024

  /// The program that is asked.
  package let prepared: PreparedProgram
  var engine: Engine<Silence>
  /// The circuit of each kind that was asked about, and the index, with what is known of the kind's latest subject.
  var circuits: [Shared<Circuit>?]
  var indexes: [Shared<MeasureIndex>?]
  var registers: [Registers]
  /// Classes, and wires, that an index found, and the wires' verdicts.
  var found: [Int32] = []
  var scratch: [Int32] = []
  var verdicts: [Verdict?] = []

  /// An evaluation of a program.
  package init(_ prepared: PreparedProgram) {
    self.prepared = prepared
    engine = Engine(prepared, asOf: Self.epoch)
    circuits = Array(repeating: nil, count: prepared.program.kinds.count)
    indexes = circuits.map { _ in nil }
    registers = circuits.map { _ in Registers() }
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
