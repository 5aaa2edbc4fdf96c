import PolicyIR
import PolicyValues

/// The measures of one kind as a line of truths, each after those that it needs, for one subject at a time.
///
/// What an open choice of reading, a related subject or a computed value touches is not in it; the engine answers that.
struct Circuit: Sendable {
  let kind: Int32
  var gates: [Gate] = []
  var operands: [Int32] = []
  var masks: [UInt64] = []
  /// For each gate the position of an expression that means it; −1 for none.
  var sources: [Int32] = []
  /// The measures of the kind, in the program's order.
  var wires: [Wire] = []
  /// The wire of each measure of the program; −1 for measures of other kinds.
  var places: [Int32]
  /// The verdicts of all measures of the program while none of the kind is answered: 不适用, or nil without an object.
  let others: [Verdict?]
  /// The facts of the kind that rules read.
  let inputs: [Input]
  /// One more than the fields of the kind: the last holds the as-of date.
  let slotCount: Int

  /// One measure.
  struct Wire: Sendable {
    let measure: Int32
    /// The gate of its class; −1 for none.
    var object: Int32 = -1
    /// The gate of its conditions with the rule that it follows; −1 where the engine answers.
    var conditions: Int32 = -1
    /// The days on which neither the rule nor its document blocks.
    var days: DayRange
  }

  /// One fact and what it has to be.
  struct Input: Sendable {
    enum Form: UInt8, Sendable { case truth, option, date, quantity }
    let slot: Int32
    let form: Form
    /// The number of the option's values.
    var count: Int32 = 0

    /// A fact of this type; of other types no value fits.
    init(_ slot: Int32, _ type: ValueType, in plan: PreparedProgram) {
      self.slot = slot
      switch type {
      case .truth: form = .truth
      case .date: form = .date
      case .quantity: form = .quantity
      case .option(let id):
        form = .option
        count = Int32(plan.program.optionTypes[id].values.count)
      case .duration, .text, .entity, .many: form = .option
      }
    }
  }

  /// What it holds in memory.
  var bytes: Int {
    gates.count * (MemoryLayout<Gate>.stride + 5) + operands.count * 4 + masks.count * 8
      + wires.count * MemoryLayout<Wire>.stride + places.count * 5 + slotCount * 16
  }

  /// The slot that holds the as-of date.
  var asOfSlot: Int { slotCount - 1 }

  /// Compiles the measures of a kind.
  init(_ plan: PreparedProgram, kind: KindID) {
    self.kind = kind.rawValue
    slotCount = plan.program.kinds[kind].fields.count + 1
    inputs = plan.inputs(of: kind)
    others = plan.measures.map { $0.kind < 0 ? nil : .notApplicable }
    places = Array(repeating: -1, count: plan.measures.count)
    var compiler = CircuitCompiler(plan, kind: kind.rawValue, asOfSlot: Int32(slotCount - 1))
    for (measure, own) in plan.measures.enumerated() where own.kind == kind.rawValue {
      places[measure] = Int32(wires.count)
      var wire = Wire(measure: Int32(measure), days: plan.days(of: measure))
      if let parts = compiler.measure(Int32(measure)) { (wire.object, wire.conditions) = parts }
      wires.append(wire)
    }
    (gates, operands, masks) = (compiler.gates, compiler.operands, compiler.masks)
    sources = compiler.sources + Array(repeating: -1, count: gates.count - compiler.sources.count)
  }
}

/// Some days, both ends included; empty where the first is greater.
struct DayRange: Hashable, Sendable {
  var first: Int32 = .min
  var last: Int32 = .max

  @inline(__always)
  func contains(_ day: Int32) -> Bool { day >= first && day <= last }
}

extension PreparedProgram {
  /// The facts of a kind's own that any rule reads and that a number can stand for.
  func inputs(of kind: KindID) -> [Circuit.Input] {
    let fields = program.kinds[kind].fields
    var isRead = [Bool](repeating: false, count: fields.count)
    for node in nodes {
      var field = node.a
      switch node.operation {
      case .field: break
      case .classification: field = program.classifications[Int(node.a)].field.rawValue
      default: continue
      }
      let slot = Int(fieldSlots[Int(field)])
      if fieldKinds[Int(field)] == kind.rawValue, fields.indices.contains(slot) { isRead[slot] = true }
    }
    return fields.indices.compactMap { slot in
      switch program.fields[fields[slot]].type {
      case .truth, .option, .date, .quantity:
        isRead[slot] ? Circuit.Input(Int32(slot), program.fields[fields[slot]].type, in: self) : nil
      case .duration, .text, .entity, .many: nil
      }
    }
  }

  /// The days on which neither a measure's own period nor its document's blocks it.
  func days(of measure: Int) -> DayRange {
    var days = DayRange()
    if transitional[measure] { return days }
    for period in [lives[measure].rule, lives[measure].document].compactMap({ $0 }) {
      if case .date(let start) = period.start { days.first = max(days.first, start.dayNumber) }
      if case .date(let end) = period.end { days.last = min(days.last, end.dayNumber) }
    }
    return days
  }
}
