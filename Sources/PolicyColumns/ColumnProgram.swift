package import PolicyEvaluation
package import PolicyIR
package import PolicyPlans
package import PolicyValues

/// The measures of a program planned for many subjects of one kind at one date.
package struct ColumnProgram: Sendable {
  package let prepared: PreparedProgram
  package let kind: KindID
  package let asOf: CivilDate
  /// The measures that are answered, in the program's order; those without an object are not among them.
  package let measures: [MeasureID]
  let plans: [ColumnPlan]
  /// The steps that the plans rest on, each behind those that it is made of.
  let steps: [StepID]
  /// Those of them that comparisons of computed values may change.
  let openSteps: [StepID]
  let truths: [TruthStep]
  let values: [ValueStep]
  /// For each value, whether it is a date.
  let isDate: [Bool]
  /// Every reason that a step may give, in the order of answers.
  package let reasons: [Reason]
  /// The place among `reasons` of each number that steps have for one.
  let ranks: [Int32]
  /// Why each field of the kind is not known: not given, and answered with 不知.
  let missing: [Int32]
  let notKnown: [Int32]

  /// Plans the measures; nil: all.
  package init(_ prepared: PreparedProgram, kind: KindID, asOf: CivilDate, measures: [MeasureID]? = nil) {
    self.prepared = prepared
    self.kind = kind
    self.asOf = asOf
    let program = prepared.program
    self.measures = (measures ?? program.measures.indices.map { MeasureID($0) }).filter {
      program.measures[$0].object != nil
    }
    var planner = Planner(prepared, kind: kind, asOf: asOf)
    plans = self.measures.map { ColumnPlan($0, &planner) }
    var all = StepReach(planner)
    for plan in plans { for step in plan.steps { all.add(step) } }
    steps = planner.steps.filter { all.steps.contains($0) }
    (truths, values, isDate) = (planner.truths, planner.values, planner.isDate)
    (missing, notKnown) = (planner.missing, planner.notKnown)
    openSteps = planner.steps.filter { all.open.contains($0) }
    let order = planner.reasons.indices.sorted { planner.reasons[$0] < planner.reasons[$1] }
    var ranks = [Int32](repeating: 0, count: order.count)
    for (rank, number) in order.enumerated() { ranks[number] = Int32(rank) }
    self.ranks = ranks
    reasons = order.map { planner.reasons[$0] }
  }

  /// Why the interpreter answers a measure; nil where its verdicts are planned.
  package func refusal(of measure: Int) -> Refusal? { plans[measure].refusal }
}

/// How one measure is answered.
struct ColumnPlan: Sendable {
  /// Why the interpreter answers it.
  let refusal: Refusal?
  let isOfKind: Bool
  let period: PeriodState
  /// The object (−1: the kind) and the conditions, each pair that combinations of readings come to; empty where the period decides.
  private(set) var readings: [(object: Int32, conditions: Int32)] = []
  /// The fields that a verdict rests on, and the computed values; where it is unknown and they aren't exact, rows are decided one by one.
  let slots: [Int]
  let values: [Int32]
  let amount: AmountPlan

  enum AmountPlan: Sendable {
    /// It grants nothing.
    case none
    /// Values that must agree, the fields that they rest on, whether an authority may set less, and whether a comparison of computed values
    /// may change them.
    case values([Int32], slots: [Int], isAtMost: Bool, isOpen: Bool)
    case interpreted
  }

  init(_ id: MeasureID, _ planner: inout Planner) {
    isOfKind = planner.program.measures[id].object?.kind == planner.kind
    period = planner.prepared.periodState(of: id, on: planner.asOf)
    var (plan, hasAmount) = (isOfKind ? planner.plan(of: id) : nil, true)
    if plan?.refusal != nil {
      // Perhaps only the amount is the interpreter's.
      plan = planner.plan(of: id, amounts: false)
      hasAmount = false
    }
    refusal = plan?.refusal
    var reach = StepReach(planner)
    for reading in plan?.readings ?? [] where !readings.contains(where: { $0 == (reading.object, reading.conditions) })
    {
      readings.append((reading.object, reading.conditions))
      if reading.object >= 0 { reach.add(.truth(reading.object)) }
      reach.add(.truth(reading.conditions))
    }
    (slots, values) = (reach.slots.sorted(), reach.computed.sorted())
    guard let plan, let rule = plan.amount else {
      amount = .none
      return
    }
    if hasAmount {
      let amounts = Set(plan.readings.map(\.amount)).sorted()
      var reach = StepReach(planner)
      for amount in amounts { reach.add(.value(amount)) }
      amount = .values(
        amounts, slots: reach.slots.sorted(), isAtMost: rule.discretionary, isOpen: !reach.computed.isEmpty)
    } else {
      amount = .interpreted
    }
  }

  /// The steps that it rests on.
  var steps: [StepID] {
    var steps = readings.flatMap { [StepID.truth($0.object), .truth($0.conditions)] }.filter { $0 != .truth(-1) }
    if case .values(let numbers, _, _, _) = amount { steps += numbers.map { .value($0) } }
    return steps
  }
}
