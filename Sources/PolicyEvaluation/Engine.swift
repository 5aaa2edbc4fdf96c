import PolicyIR
import PolicyValues

/// Evaluates the prepared program for one subject at a time.
///
/// What speaks of rules only (reasons, sets of them, diagrams of truths, grounds) is kept and serves the next subjects; what speaks
/// of a subject's facts is valid for one stamp.
///
/// One engine serves `evaluate` and `explain`: what differs is the recorder, and with `Silence` nothing of it remains.
struct Engine<Tracer: Recorder>: Reasoning, Sendable {
  let plan: PreparedProgram
  var program: Program { plan.program }
  var asOf: CivilDate
  var recorder = Tracer()
  var frames: [Frame] = []
  var stores = Stores()
  var registry: Registry
  /// Settled choices touched since the last reset.
  var touched = SlotSet.empty
  /// How deep evaluation is; ends what a checked program never holds.
  var depth = 0
  static var deepest: Int { 600 }

  var stamp: UInt32 = 1
  var truthMemo: [Memo<Tri>]
  var cellMemo: [Memo<Cell>]
  var verdictMemo: [VerdictMemo]
  var amountMemo: [Memo<Cell>]
  /// The results of each measure's conditions, valid where `verdictMemo` is.
  var conditions: [ConditionStates]
  /// Leaves under inspection.
  var cellLeaves: [Cell] = []
  var grounds: KnownGrounds
  /// The period's state of each measure at the as-of date; nil where nobody asked.
  var periods: [PeriodState?]
  /// The step of each node as it begins; empty where nothing is recorded.
  let nodeSteps: [RawStep]
  /// The steps of each measure asked about a subject of another kind, and where each measure's begin; for `recordForeign`.
  var foreignSteps: [RawStep] = []
  var foreignStarts: [Int] = []
  /// Which county's authority each option names for the subject.
  var counties: [(stamp: UInt32, county: DepartmentEntry.County)]
  var countyDepartments: [[[DepartmentEntry]?]]

  init(_ plan: PreparedProgram, asOf: CivilDate) {
    self.plan = plan
    self.asOf = asOf
    registry = Registry(plan)
    truthMemo = Array(repeating: Memo(ref: .leaf(.no)), count: plan.memoCount)
    cellMemo = Array(repeating: Memo(ref: .leaf(.notApplicable)), count: plan.memoCount)
    verdictMemo = Array(repeating: VerdictMemo(), count: plan.measures.count)
    amountMemo = Array(repeating: Memo(ref: .leaf(.notApplicable)), count: plan.measures.count)
    conditions = Array(repeating: ConditionStates(), count: plan.measures.count)
    counties = Array(repeating: (0, .unknown), count: plan.program.optionTypes.count)
    countyDepartments = Array(repeating: [], count: plan.measures.count)
    grounds = KnownGrounds()
    periods = Array(repeating: nil, count: plan.measures.count)
    nodeSteps = Tracer.isOn ? plan.nodes.map { RawStep($0) } : []
  }

  /// Turns to another subject and date and forgets the last.
  mutating func begin(_ subject: Subject, asOf: CivilDate) {
    if stamp == .max || registry.isFull || stores.isFull { self = Engine(plan, asOf: asOf) }
    if asOf != self.asOf {
      self.asOf = asOf
      for measure in periods.indices { periods[measure] = nil }
      foreignSteps = []
      foreignStarts = []
    }
    stamp += 1
    stores.cells.removeAll()
    registry.begin()
    recorder.removeAll()
    touched = .empty
    depth = 0
    frames.removeAll(keepingCapacity: true)
    frames.append(Frame(subject: subject, parent: -1, owner: -1, relation: nil, position: -1, path: 0))
  }

  /// The frame at a depth from another, or −1.
  @inline(__always)
  mutating func ancestor(_ frame: Int32, _ depth: UInt8) -> Int32 {
    var frame = frame
    var rest = depth
    while rest > 0, frame >= 0 {
      frame = frames[Int(frame)].parent
      rest -= 1
    }
    return frame
  }

  /// The place of a frame's path in the registry.
  mutating func path(of frame: Int32) -> Int32 {
    if frame <= 0 { return 0 }
    let entry = frames[Int(frame)]
    if entry.path >= 0 { return entry.path }
    var path = subjectPath(of: entry.owner)
    if let relation = entry.relation {
      path.steps.append(.init(relation: relation, position: entry.position < 0 ? nil : Int(entry.position)))
    }
    let place = registry.place(of: path)
    frames[Int(frame)].path = place
    return place
  }

  /// The way to a frame's subject.
  mutating func subjectPath(of frame: Int32) -> SubjectPath {
    // The place is found first: it may add a path.
    let place = path(of: frame)
    return registry.paths[Int(place)]
  }

  /// The set with one reason.
  mutating func because(_ reason: Reason) -> SlotSet { registry.set(of: reason) }

  /// The set with one reason that a node gives for the subject asked about, found without comparing when asked again.
  mutating func because(_ node: Int32, _ frame: Int32, _ reason: () -> Reason) -> SlotSet {
    guard frame == 0 else { return registry.set(of: reason()) }
    if let known = registry.known(node) { return known }
    let set = registry.set(of: reason())
    registry.remember(node, set)
    return set
  }

  @inline(__always)
  mutating func union(_ one: SlotSet, _ two: SlotSet) -> SlotSet { registry.sets.union(one, two) }

  mutating func touch(_ choice: ChoiceID) {
    touched = registry.sets.union(touched, registry.ruling(choice))
  }
}

/// A subject that expressions are evaluated for.
struct Frame: Sendable {
  var subject: Subject
  /// The frame around it; −1 for the subject asked about.
  var parent: Int32
  /// The frame whose subject has the relation; not the one around it where the relation is that of an outer subject.
  var owner: Int32
  var relation: FieldID?
  var position: Int32
  /// The place of its path in the registry; −1 while nobody asked.
  var path: Int32
}

/// The result of a node, valid for one stamp.
struct Memo<Leaf: StoredLeaf>: Sendable {
  var stamp: UInt32 = 0
  var step: Int32 = -1
  var touched = SlotSet.empty
  var ref: Ref<Leaf>
}

/// The result of a measure, valid for one stamp.
struct VerdictMemo: Sendable {
  var stamp: UInt32 = 0
  var isOpen = false
  var isComplete = false
  var step: Int32 = -1
  var touched = SlotSet.empty
  /// Without regard to the period.
  var wouldBe: Ref<Tri> = .leaf(.no)
  var isOfKind = true
  /// Whether the measure's conditions were asked.
  var hasConditions = false
  var reference: Verdict?
  var period: PeriodState = .unstated
}

/// The reasons that an engine met, by slot, and the sets of them; the paths and texts of one evaluation.
///
/// Reasons keep their slots from subject to subject, so that sets of them, and diagrams with these sets, stay valid.
struct Registry: Sendable {
  private(set) var reasons: [Reason] = []
  private var slots: [Reason: Int32] = [:]
  /// The places of the reasons in the order of answers, by slot.
  private var ranks: [Int32] = []
  private(set) var paths: [SubjectPath] = [.root]
  /// Texts of facts; the program's texts come before them.
  private(set) var texts: [String] = []
  var sets = SlotSets()
  /// The set of the one reason that a node gives for the subject asked about; nil while it gave none.
  private var nodes: [SlotSet?]
  /// The sets of the reasons of facts of the subject asked about that are missing, and not known.
  private var missing: [SlotSet?]
  private var notKnown: [SlotSet?]
  /// The sets of the reasons that each classification leaves a value 待定, as far as it was asked.
  var unsettled: [[(value: Int32, set: SlotSet)]]
  /// The set of the reason of each measure that refers to a text not on file.
  var dangling: [SlotSet?]

  init(_ plan: PreparedProgram) {
    nodes = Array(repeating: nil, count: plan.nodes.count)
    missing = Array(repeating: nil, count: plan.program.fields.count)
    notKnown = Array(repeating: nil, count: plan.program.fields.count)
    unsettled = Array(repeating: [], count: plan.program.classifications.count)
    dangling = Array(repeating: nil, count: plan.measures.count)
  }

  /// Whether so much was met that it is time to forget.
  var isFull: Bool { reasons.count > 4_096 || sets.count > 16_384 }

  /// Turns to another subject.
  mutating func begin() {
    if paths.count > 1 { paths.removeSubrange(1...) }
    if !texts.isEmpty { texts.removeAll(keepingCapacity: true) }
  }

  mutating func set(of reason: Reason) -> SlotSet {
    if let slot = slots[reason] { return sets.single(slot) }
    let slot = Int32(reasons.count)
    // Few reasons are new, and many sets are put in order.
    let rank = Int32(reasons.count { !(reason < $0) })
    for place in ranks.indices where ranks[place] >= rank { ranks[place] += 1 }
    ranks.append(rank)
    reasons.append(reason)
    slots[reason] = slot
    return sets.single(slot)
  }

  @inline(__always)
  func known(_ node: Int32) -> SlotSet? { nodes[Int(node)] }

  mutating func remember(_ node: Int32, _ set: SlotSet) { nodes[Int(node)] = set }

  @inline(__always)
  func lacking(_ field: Int32, asked: Bool) -> SlotSet? { asked ? notKnown[Int(field)] : missing[Int(field)] }

  mutating func remember(field: Int32, asked: Bool, _ set: SlotSet) {
    if asked { notKnown[Int(field)] = set } else { missing[Int(field)] = set }
  }

  /// The set with one choice; sets of choices have the choices' numbers for slots.
  mutating func ruling(_ choice: ChoiceID) -> SlotSet { sets.single(choice.rawValue) }

  mutating func place(of path: SubjectPath) -> Int32 {
    if let index = paths.firstIndex(of: path) { return Int32(index) }
    paths.append(path)
    return Int32(paths.count - 1)
  }

  mutating func place(of text: String, program: [String]) -> Int32 {
    if let index = program.firstIndex(of: text) { return Int32(index) }
    if let index = texts.firstIndex(of: text) { return Int32(program.count + index) }
    texts.append(text)
    return Int32(program.count + texts.count - 1)
  }

  /// The reasons of a set, in the order of answers.
  func list(_ set: SlotSet) -> [Reason] { ordered(set).map { reasons[Int($0)] } }

  /// The slots of a set of reasons, in the order of answers.
  func ordered(_ set: SlotSet) -> [Int32] {
    // The closure would copy the registry for each comparison.
    let (slots, ranks) = (sets[set], ranks)
    return slots.count < 2 ? slots : slots.sorted { ranks[Int($0)] < ranks[Int($1)] }
  }

  /// The settled choices of a set, ascending.
  func choices(_ set: SlotSet) -> [ChoiceID] { sets[set].map { ChoiceID(Int($0)) } }
}
