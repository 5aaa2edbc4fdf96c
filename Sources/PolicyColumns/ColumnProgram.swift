package import PolicyEvaluation
package import PolicyIR
package import PolicyValues

/// The measures of a program compiled for many subjects of one kind at one date.
package struct ColumnProgram: Sendable {
  package let prepared: PreparedProgram
  package let kind: KindID
  package let asOf: CivilDate
  /// The measures that are answered, in the program's order; those without an object are not among them.
  package let measures: [MeasureID]
  private(set) var plans: [MeasurePlan] = []
  private(set) var steps: [StepID] = []
  private(set) var truths: [TruthStep] = []
  private(set) var values: [ValueStep] = []
  /// Every reason that a step may give, by number; numbers are in the order of answers.
  package private(set) var reasons: [Reason] = []
  /// Why each field of the kind is not known: not given, and answered with 不知.
  private(set) var missing: [Int32] = []
  private(set) var notKnown: [Int32] = []

  /// Compiles the measures; nil: all.
  package init(_ prepared: PreparedProgram, kind: KindID, asOf: CivilDate, measures: [MeasureID]? = nil) {
    self.prepared = prepared
    self.kind = kind
    self.asOf = asOf
    let program = prepared.program
    self.measures = (measures ?? program.measures.indices.map { MeasureID($0) }).filter {
      program.measures[$0].object != nil
    }
    var compiler = ColumnCompiler(prepared, kind: kind, asOf: asOf)
    plans = self.measures.map { compiler.plan(of: $0) }
    let order = compiler.reasons.indices.sorted { compiler.reasons[$0] < compiler.reasons[$1] }
    var ranks = [Int32](repeating: 0, count: order.count)
    for (rank, number) in order.enumerated() { ranks[number] = Int32(rank) }
    reasons = order.map { compiler.reasons[$0] }
    missing = compiler.missing.map { ranks[Int($0)] }
    notKnown = compiler.notKnown.map { ranks[Int($0)] }
    steps = compiler.steps
    values = compiler.values
    truths = compiler.truths.map { step in
      switch step {
      case .constant(let truth, let reason): .constant(truth, reason: reason < 0 ? -1 : ranks[Int(reason)])
      case .option(let slot, let yes, let open, let reasons):
        .option(slot, yes: yes, open: open, reasons: reasons.map { ranks[Int($0)] })
      default: step
      }
    }
  }

  /// Why the interpreter answers a measure; nil where its verdicts are compiled.
  package func refusal(of measure: Int) -> Refusal? { plans[measure].refusal }
}

/// How one measure is answered.
struct MeasurePlan: Sendable {
  /// Why the interpreter answers it.
  var refusal: Refusal?
  var isOfKind = true
  var period = PeriodState.inForce
  /// The object (−1: the kind) and the conditions under each combination of readings; empty where the period decides.
  var readings: [(object: Int32, conditions: Int32)] = []
  /// The fields that a verdict rests on, and the computed values that must be exact where it is unknown.
  var slots: [Int] = []
  var values: [Int32] = []
  var amount = AmountPlan.none

  enum AmountPlan: Sendable {
    /// It grants nothing.
    case none
    case value(Int32, slots: [Int])
    case interpreted
  }
}
