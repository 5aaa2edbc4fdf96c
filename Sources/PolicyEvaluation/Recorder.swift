package import PolicyIR

/// What the engine tells of its work.
protocol Recorder: Sendable {
  /// Whether anything is recorded; operands that don't change the result are evaluated only then.
  static var isOn: Bool { get }
  init()
  mutating func open(_ step: RawStep)
  mutating func close(_ outcome: RawOutcome)
  /// Records steps that are closed, with all their parts.
  mutating func append(_ steps: ArraySlice<RawStep>)
  /// Records a step without parts.
  mutating func leaf(_ step: RawStep, _ outcome: RawOutcome)
  /// Notes the path of the subject that the step recorded last reads a fact of, and what is recorded of the fact.
  mutating func note(_ path: Int32, _ fact: FactState)
  /// Marks the step recorded last as the same as an earlier one.
  mutating func repeats(_ earlier: Int32)
  /// The number of steps so far.
  var count: Int { get }
  mutating func removeAll()
}

/// Records nothing and compiles away.
struct Silence: Recorder {
  static var isOn: Bool { false }
  init() {}
  @inline(__always) mutating func open(_ step: RawStep) {}
  @inline(__always) mutating func close(_ outcome: RawOutcome) {}
  @inline(__always) mutating func append(_ steps: ArraySlice<RawStep>) {}
  @inline(__always) mutating func leaf(_ step: RawStep, _ outcome: RawOutcome) {}
  @inline(__always) mutating func note(_ path: Int32, _ fact: FactState) {}
  @inline(__always) mutating func repeats(_ earlier: Int32) {}
  @inline(__always) var count: Int { 0 }
  @inline(__always) mutating func removeAll() {}
}

/// Records every step into a tree in pre-order, as `PreorderTree` does, which isn't specialised across modules.
struct Tape: Recorder {
  static var isOn: Bool { true }
  private(set) var steps: [RawStep] = []
  /// The values that steps came to.
  private(set) var values: [Ref<Cell>] = []
  /// The innermost open step; −1 for none.
  private var current: Int32 = -1

  init() {}

  var count: Int { steps.count }

  @inline(__always)
  mutating func open(_ step: RawStep) {
    let index = steps.count
    steps.append(step)
    steps[index].size = current
    current = Int32(truncatingIfNeeded: index)
  }

  mutating func append(_ closed: ArraySlice<RawStep>) { steps.append(contentsOf: closed) }

  @inline(__always)
  mutating func leaf(_ step: RawStep, _ outcome: RawOutcome) {
    let index = steps.count
    steps.append(step)
    steps[index].outcome = kept(outcome)
    steps[index].size = 1
  }

  mutating func note(_ path: Int32, _ fact: FactState) {
    steps[steps.count - 1].path = path
    steps[steps.count - 1].fact = fact
  }

  mutating func repeats(_ earlier: Int32) { steps[steps.count - 1].repeats = earlier }

  @inline(__always)
  mutating func close(_ outcome: RawOutcome) {
    guard current >= 0 else { return }
    let index = Int(current)
    current = steps[index].size
    steps[index].size = Int32(truncatingIfNeeded: steps.count - index)
    steps[index].outcome = kept(outcome)
  }

  @inline(__always)
  private mutating func kept(_ outcome: RawOutcome) -> RawStep.Outcome {
    switch outcome {
    case .none: return .none
    case .truth(let ref): return .truth(ref.code)
    case .value(let ref):
      values.append(ref)
      return .value(Int32(truncatingIfNeeded: values.count - 1))
    }
  }

  mutating func removeAll() {
    steps.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    current = -1
  }
}

/// A step as the engine has it.
struct RawStep: Sendable {
  var what: StepKind
  /// The position of its expression; −1 for none.
  var source: Int32
  var path: Int32 = 0
  var fact: FactState = .none
  var outcome: Outcome = .none
  /// The position of an equal step that stands in the tree already, with its parts; −1 for none.
  var repeats: Int32 = -1
  /// How many steps it is with all its parts; while it is open, the position of the step that it is a part of.
  var size: Int32 = 0

  /// What it came to: the code of a truth, or a position among the tape's values.
  enum Outcome: Sendable {
    case none
    case truth(Int32)
    case value(Int32)
  }

  @inline(__always)
  init(_ what: StepKind, source: Int32 = -1, path: Int32 = 0, fact: FactState = .none) {
    self.what = what
    self.source = source
    self.path = path
    self.fact = fact
  }
}

extension RawStep {
  /// The step of a node.
  init(_ node: Node) {
    let id = Int(node.a)
    let what: StepKind =
      switch node.operation {
      case .definition: .definition(DefinitionID(id))
      case .classification: .classification(ClassificationID(id))
      case .field: .field(FieldID(id))
      case .hole: .hole(HoleID(id))
      default: .expression
      }
    self.init(what, source: node.source)
  }
}

/// What the engine says that a step came to.
enum RawOutcome: Sendable {
  case none
  case truth(Ref<Tri>)
  case value(Ref<Cell>)
}

/// What a step of a derivation is.
package enum StepKind: Hashable, Sendable {
  case measure(MeasureID)
  /// The kind that the measure is asked for; the class stands under it.
  case object(KindID)
  /// A condition of the measure, by position; its outcome is the test's, before 除外 turns it.
  case condition(Int, Measure.Condition.Role)
  case reference(MeasureID?)
  case period
  case definition(DefinitionID)
  /// A reading of a definition, with its body under it.
  case reading(ChoiceID, Int)
  /// The body of a definition whose reading a ruling settled.
  case settled(ChoiceID, Int)
  case classification(ClassificationID)
  case field(FieldID)
  /// Any other expression; its form says which.
  case expression
  /// A member of a many-relation, by position.
  case element(FieldID, Int)
  case row(TableID, Int)
  case tier(TierScheduleID, Int)
  case hole(HoleID)
  case filling(HoleID, Int)
  case amount
  case payer(Int)
  case instalment(Int)
  case deadline(Int)
  /// Whether an authority pays, where that depends on a condition.
  case department(AuthorityID)
}

/// What is recorded of the field that a step reads.
package enum FactState: UInt8, Hashable, Sendable {
  /// The step reads no fact.
  case none
  case value, missing, notKnown, notApplicable
}
