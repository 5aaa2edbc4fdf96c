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
  /// The facts that gates read.
  var inputs: [Input] = []
  /// One more than the fields of the kind: the last holds the as-of date.
  let slotCount: Int
  var registers = Registers()

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

  /// What is known of the present subject.
  struct Registers: Sendable {
    /// For each slot what its fact is.
    var states: [FactState] = []
    var numbers: [Int64] = []
    var truths: [Kleene] = []
    /// The gates whose truths are set, while not all are.
    var trail: [Int32] = []
    var isFull = false
  }

  /// What it holds in memory.
  var bytes: Int {
    gates.count * (MemoryLayout<Gate>.stride + 5) + operands.count * 4 + masks.count * 8
      + wires.count * MemoryLayout<Wire>.stride + places.count * 4 + slotCount * 9
  }

  /// The slot that holds the as-of date.
  var asOfSlot: Int { slotCount - 1 }

  /// Compiles the measures of a kind.
  init(_ plan: PreparedProgram, kind: KindID) {
    self.kind = kind.rawValue
    slotCount = plan.program.kinds[kind].fields.count + 1
    places = Array(repeating: -1, count: plan.measures.count)
    var compiler = CircuitCompiler(plan, kind: kind.rawValue, asOfSlot: Int32(slotCount - 1))
    for (measure, own) in plan.measures.enumerated() where own.kind == kind.rawValue {
      places[measure] = Int32(wires.count)
      var wire = Wire(measure: Int32(measure), days: plan.days(of: measure))
      if let parts = compiler.measure(Int32(measure)) { (wire.object, wire.conditions) = parts }
      wires.append(wire)
    }
    (gates, operands, masks, inputs) = (compiler.gates, compiler.operands, compiler.masks, compiler.inputs)
    sources = compiler.sources + Array(repeating: -1, count: gates.count - compiler.sources.count)
    registers.states = Array(repeating: .missing, count: slotCount)
    registers.numbers = Array(repeating: 0, count: slotCount)
    registers.truths = Array(repeating: .pending, count: gates.count)
    registers.states[asOfSlot] = .value
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
