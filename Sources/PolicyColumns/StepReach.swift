/// The fields and the computed values that steps rest on.
struct StepReach {
  private let truths: [TruthStep]
  private let values: [ValueStep]
  private(set) var slots: Set<Int> = []
  /// Values that comparisons read; where one isn't exact, an unknown truth may be known to the interpreter.
  private(set) var computed: Set<Int32> = []
  private var seen: Set<StepID> = []

  init(truths: [TruthStep], values: [ValueStep]) { (self.truths, self.values) = (truths, values) }

  mutating func add(truth number: Int32) {
    guard seen.insert(.truth(number)).inserted else { return }
    switch truths[Int(number)] {
    case .constant: break
    case .field(let slot), .option(let slot, _, _, _), .quantity(let slot, _, _, _), .date(let slot, _, _):
      slots.insert(slot)
    case .dates(let one, _, let two): slots.formUnion([one, two])
    case .values(let one, _, let two):
      computed.formUnion([one, two])
      add(value: one)
      add(value: two)
    case .all(let operands), .any(let operands), .atLeast(_, let operands):
      for operand in operands { add(truth: operand) }
    case .negation(let operand): add(truth: operand)
    case .choose(let one, let two, let three): for operand in [one, two, three] { add(truth: operand) }
    case .holds(let object, let conditions):
      add(truth: object)
      add(truth: conditions)
    }
  }

  mutating func add(value number: Int32) {
    guard seen.insert(.value(number)).inserted else { return }
    switch values[Int(number)] {
    case .literal: break
    case .field(let slot): slots.insert(slot)
    case .arithmetic(_, let one, let two), .extreme(let one, let two, _), .ofDates(_, let one, let two):
      add(value: one)
      add(value: two)
    case .choose(let test, let one, let two):
      add(truth: test)
      add(value: one)
      add(value: two)
    case .table(let tests, let results):
      for test in tests { add(truth: test) }
      for result in results { add(value: result) }
    case .ofDate(_, let one), .rounded(let one, _): add(value: one)
    }
  }
}
