import PolicyPlans

/// What steps rest on.
struct StepReach {
  private let planner: Planner
  /// All of the steps with those that they are made of.
  private(set) var steps: Set<StepID> = []
  private(set) var slots: Set<Int> = []
  /// Values that comparisons read; where one isn't exact, an unknown truth may be decided by what is known of it.
  private(set) var computed: Set<Int32> = []
  /// The comparisons of computed values, and all that rests on one.
  private(set) var open: Set<StepID> = []

  init(_ planner: Planner) { self.planner = planner }

  mutating func add(_ step: StepID) {
    guard steps.insert(step).inserted else { return }
    let operands: [StepID]
    switch step {
    case .truth(let number):
      let truth = planner.truths[Int(number)]
      slots.formUnion(truth.slots)
      if case .values(let one, _, let two) = truth {
        computed.formUnion([one, two])
        open.insert(step)
      }
      operands = truth.operands
    case .value(let number):
      let value = planner.values[Int(number)]
      if case .field(let slot) = value { slots.insert(slot) }
      operands = value.operands
    }
    for operand in operands {
      add(operand)
      if open.contains(operand) { open.insert(step) }
    }
  }
}
