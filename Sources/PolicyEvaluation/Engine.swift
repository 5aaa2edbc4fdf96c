import PolicyIR
import PolicyValues

/// Evaluates the prepared program for one subject at a time; its arrays serve one subject after another.
///
/// One engine serves `evaluate` and `explain`: what differs is the recorder, and with `Silence` nothing of it remains.
struct Engine<Tracer: Recorder>: Sendable {
  let plan: PreparedProgram
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
  /// The conditions' results of all measures so far.
  var conditionResults: [Ref<Tri>] = []
  /// Leaves under inspection.
  var cellLeaves: [Cell] = []
  var divisions: [Division] = []
  /// Which county's authority each option names for the subject.
  var counties: [(stamp: UInt32, county: DepartmentEntry.County)]
  var countyDepartments: [[[DepartmentEntry]?]]
  /// The lists of reasons given so far.
  var reasonLists: [(set: SlotSet, list: [DecisionReason])] = []

  init(_ plan: PreparedProgram, asOf: CivilDate) {
    self.plan = plan
    self.asOf = asOf
    registry = Registry(fields: plan.program.fields.count, nodes: plan.nodes.count)
    truthMemo = Array(repeating: Memo(ref: .leaf(.no)), count: plan.memoCount)
    cellMemo = Array(repeating: Memo(ref: .leaf(.notApplicable)), count: plan.memoCount)
    verdictMemo = Array(repeating: VerdictMemo(), count: plan.measures.count)
    amountMemo = Array(repeating: Memo(ref: .leaf(.notApplicable)), count: plan.measures.count)
    counties = Array(repeating: (0, .unknown), count: plan.program.optionTypes.count)
    countyDepartments = Array(repeating: [], count: plan.measures.count)
  }

  /// Turns to another subject and date and forgets the last.
  mutating func begin(_ subject: Subject, asOf: CivilDate) {
    self.asOf = asOf
    if stamp == .max {
      self = Engine(plan, asOf: asOf)
    }
    stamp += 1
    stores.truths.removeAll()
    stores.cells.removeAll()
    registry.begin(stamp)
    conditionResults.removeAll(keepingCapacity: true)
    reasonLists.removeAll(keepingCapacity: true)
    divisions.removeAll(keepingCapacity: true)
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

  mutating func touch(_ choice: ChoiceID) {
    touched = registry.spills.union(touched, registry.ruling(choice))
  }

  mutating func failed(_ failure: ArithmeticFailure) -> Cell {
    switch failure {
    case .overflow: .unknown(because(.notComputable(.overflow)), .failed)
    case .divisionByZero: .unknown(because(.notComputable(.divisionByZero)), .failed)
    }
  }

  mutating func failed(_ failure: Reason.Failure) -> Cell { .unknown(because(.notComputable(failure)), .failed) }
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
struct Memo<Leaf: Equatable & Sendable>: Sendable {
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
  var reference: Ref<Tri>?
  var first: Int32 = 0
  var count: Int32 = 0
  var period: PeriodState = .unstated
}

/// The diagrams of one evaluation.
struct Stores: Sendable {
  var truths = Diagrams<Tri>()
  var cells = Diagrams<Cell>()
}

/// The reasons, paths, texts and settled choices that one evaluation met, by slot.
struct Registry: Sendable {
  private(set) var reasons: [Reason] = []
  private(set) var paths: [SubjectPath] = [.root]
  private(set) var rulings: [ChoiceID] = []
  /// Texts of facts; the program's texts come before them.
  private(set) var texts: [String] = []
  var spills = Spills()
  private var stamp: UInt32 = 1
  private var fields: [(stamp: UInt32, set: SlotSet)]
  private var nodes: [(stamp: UInt32, set: SlotSet)]

  init(fields: Int, nodes: Int) {
    self.fields = Array(repeating: (0, .empty), count: fields)
    self.nodes = Array(repeating: (0, .empty), count: nodes)
  }

  mutating func begin(_ stamp: UInt32) {
    self.stamp = stamp
    reasons.removeAll(keepingCapacity: true)
    if paths.count > 1 { paths.removeSubrange(1...) }
    if !rulings.isEmpty { rulings.removeAll(keepingCapacity: true) }
    if !texts.isEmpty { texts.removeAll(keepingCapacity: true) }
    spills.removeAll()
  }

  mutating func set(of reason: Reason) -> SlotSet {
    if let index = reasons.firstIndex(of: reason) { return spills.single(index) }
    reasons.append(reason)
    return spills.single(reasons.count - 1)
  }

  @inline(__always)
  func known(_ node: Int32) -> SlotSet? {
    let entry = nodes[Int(node)]
    return entry.stamp == stamp ? entry.set : nil
  }

  mutating func remember(_ node: Int32, _ set: SlotSet) { nodes[Int(node)] = (stamp, set) }

  @inline(__always)
  func missing(_ field: Int32) -> SlotSet? {
    let entry = fields[Int(field)]
    return entry.stamp == stamp ? entry.set : nil
  }

  mutating func remember(field: Int32, _ set: SlotSet) { fields[Int(field)] = (stamp, set) }

  mutating func ruling(_ choice: ChoiceID) -> SlotSet {
    if let index = rulings.firstIndex(of: choice) { return spills.single(index) }
    rulings.append(choice)
    return spills.single(rulings.count - 1)
  }

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
  func list(_ set: SlotSet) -> [Reason] {
    if set.isEmpty { return [] }
    var list: [Reason] = []
    spills.forEach(set) { if reasons.indices.contains($0) { list.append(reasons[$0]) } }
    if list.count > 1 { list.sort() }
    return list
  }

  /// The settled choices of a set, ascending.
  func choices(_ set: SlotSet) -> [ChoiceID] {
    if set.isEmpty { return [] }
    var list: [ChoiceID] = []
    spills.forEach(set) { if rulings.indices.contains($0) { list.append(rulings[$0]) } }
    if list.count > 1 { list.sort() }
    return list
  }
}
