import PolicyAnalysis
import PolicyEvaluation
import PolicyIR

/// Answers of a program and of variants of it, each prepared once for each choice of readings.
struct Evaluations {
  let program: Program
  private var own: [[ChoiceID: Int]: Evaluation] = [:]
  /// The variant that was asked last.
  private var variant: (number: Int, key: [ChoiceID: Int], evaluation: Evaluation)?

  init(_ program: Program) { self.program = program }

  mutating func decision(_ witness: Witness, _ measure: MeasureID) -> Decision? {
    var evaluation = own[witness.readings] ?? Evaluation(PreparedProgram(settled(program, witness.readings)))
    // Kept in one place only, or each answer would copy the engine.
    own[witness.readings] = nil
    let decision = evaluation.decision(of: measure, for: witness.subject, asOf: witness.asOf)
    own[witness.readings] = evaluation
    return decision
  }

  /// The verdict under a variant.
  mutating func verdict(_ witness: Witness, _ measure: MeasureID, under other: Variant) -> Verdict? {
    decision(witness, measure, under: other)?.verdict
  }

  /// The answer under a variant; the last one is kept.
  mutating func decision(_ witness: Witness, _ measure: MeasureID, under other: Variant) -> Decision? {
    var evaluation: Evaluation
    if let variant, variant.key == witness.readings, variant.number == other.number {
      evaluation = variant.evaluation
    } else {
      evaluation = Evaluation(PreparedProgram(settled(other.program, witness.readings)))
    }
    variant = nil
    let decision = evaluation.decision(of: measure, for: witness.subject, asOf: witness.asOf)
    variant = (other.number, witness.readings, evaluation)
    return decision
  }

  private func settled(_ program: Program, _ readings: [ChoiceID: Int]) -> Program {
    var program = program
    for (choice, reading) in readings { program.settle(choice, reading) }
    return program
  }
}

/// A program with one change.
struct Variant {
  var program: Program
  var number: Int
}
