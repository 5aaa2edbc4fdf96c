package import PolicyIR
package import PolicyValues

/// Answers with derivations, one measure at a time, reusing its memory; the answers are those of `Evaluation`.
package struct Explanation: Sendable {
  /// The program that is asked.
  package var prepared: PreparedProgram { source.content }
  private let source: Shared<PreparedProgram>
  private var engine: Engine<Tape>

  /// An explanation of a program's answers.
  package init(_ prepared: PreparedProgram) {
    source = Shared(prepared)
    engine = Engine(prepared, asOf: CivilDate(year: 1970, month: 1, day: 1)!)
  }

  /// The decision with its derivation; nil where the measure has no object.
  package mutating func decision(
    of measure: MeasureID, for subject: Subject, asOf: CivilDate
  ) -> (decision: Decision, derivation: Derivation)? {
    engine.begin(subject, asOf: asOf)
    guard let decision = engine.decision(measure.rawValue) else { return nil }
    return (decision, derivation)
  }

  /// The decisions of all measures and groups with one derivation, whose first steps are the measures.
  ///
  /// A group with members of another kind is settled apart, and then the derivation is the last subject's.
  package mutating func decisions(for subject: Subject, asOf: CivilDate) -> (Decisions, Derivation) {
    engine.begin(subject, asOf: asOf)
    var decisions: [Decision] = []
    engine.decideAll(into: &decisions)
    let derivation = derivation
    return (engine.grouped(decisions, subject: subject), derivation)
  }

  /// The result of a definition for a subject of its kind, with its derivation.
  package mutating func value(
    of definition: DefinitionID, for subject: Subject, asOf: CivilDate
  ) -> (outcome: ExpressionOutcome, derivation: Derivation) {
    engine.begin(subject, asOf: asOf)
    guard prepared.program.definitions.indices.contains(definition.index) else {
      return (.truth(.leaf(.unknown([.notComputable(.malformed)]))), derivation)
    }
    let outcome: ExpressionOutcome
    if prepared.program.definitions[definition].type == .truth {
      let ref = engine.definitionTruth(definition.rawValue, 0)
      outcome = .truth(engine.meanings.truth(ref))
    } else {
      let ref = engine.definitionValue(definition.rawValue, 0)
      outcome = .value(engine.meanings.value(ref, texts: prepared.texts))
    }
    return (outcome, derivation)
  }

  private var derivation: Derivation { Derivation(of: source, tape: engine.recorder, meanings: engine.meanings) }
}

/// One measure's decision with its derivation; nil where the measure has no object.
package func explain(
  _ prepared: PreparedProgram, subject: Subject, asOf: CivilDate, measure: MeasureID
) -> (decision: Decision, derivation: Derivation)? {
  var explanation = Explanation(prepared)
  return explanation.decision(of: measure, for: subject, asOf: asOf)
}

/// The result of an expression that stands in no rule, as a session asks for it.
///
/// The program is prepared anew with the expression as one more definition.
package func value(
  of expression: Expression, in program: Program, subject: Subject, asOf: CivilDate
) -> (outcome: ExpressionOutcome, derivation: Derivation) {
  var program = program
  program.definitions.append(
    Definition(
      name: "", kind: subject.kind, type: expression.type, bodies: [expression], choice: nil,
      origin: Origin(span: expression.span, clause: nil)))
  var explanation = Explanation(PreparedProgram(program))
  return explanation.value(of: DefinitionID(program.definitions.count - 1), for: subject, asOf: asOf)
}
