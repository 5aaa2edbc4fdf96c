import PolicyIR
import PolicyValues

extension Circuit {
  /// Turns to a subject; false where a fact is something that the circuit can't hold, so that the engine has to answer.
  @inline(__always)
  mutating func read(_ facts: [Fact], asOf: CivilDate) -> Bool {
    let slotCount = slotCount
    var isSound = true
    inputs.withUnsafeBufferPointer { inputs in
      facts.withUnsafeBufferPointer { facts in
        registers.states.withUnsafeMutableBufferPointer { states in
          registers.numbers.withUnsafeMutableBufferPointer { numbers in
            numbers[slotCount - 1] = Int64(asOf.dayNumber)
            for input in inputs {
              let slot = Int(input.slot)
              guard slot < facts.count else {
                states[slot] = .missing
                continue
              }
              switch facts[slot] {
              case .missing: states[slot] = .missing
              case .notKnown: states[slot] = .notKnown
              case .notApplicable: states[slot] = .notApplicable
              case .value(let value):
                guard let number = input.number(of: value) else {
                  isSound = false
                  return
                }
                states[slot] = .value
                numbers[slot] = number
              case .one, .many:
                isSound = false
                return
              }
            }
          }
        }
      }
    }
    return isSound
  }

  /// Computes every gate for the subject that was read.
  @inline(__always)
  mutating func computeAll() {
    registers.isFull = true
    run { run in
      for gate in 0..<run.gates.count { run.truths[gate] = run.compute(gate) }
    }
  }

  /// The verdict of a wire after `computeAll`; nil where the engine answers.
  @inline(__always)
  func verdict(_ wire: Wire, on day: Int32) -> Verdict? {
    if !wire.days.contains(day) { return .no }
    if wire.conditions < 0 { return nil }
    return Verdict(
      object: wire.object < 0 ? .yes : registers.truths[Int(wire.object)],
      conditions: registers.truths[Int(wire.conditions)])
  }

  /// Makes ready for `demand` after a subject was read.
  @inline(__always)
  mutating func beginDemand() {
    if registers.isFull {
      for gate in registers.truths.indices { registers.truths[gate] = .pending }
      registers.isFull = false
    } else {
      for gate in registers.trail { registers.truths[Int(gate)] = .pending }
    }
    registers.trail.removeAll(keepingCapacity: true)
  }

  /// The verdict of a wire, computing only what it needs; nil where the engine answers.
  @inline(__always)
  mutating func demand(_ wire: Wire, on day: Int32) -> Verdict? {
    if !wire.days.contains(day) { return .no }
    if wire.conditions < 0 { return nil }
    var object = Kleene.yes
    if wire.object >= 0 { object = truth(wire.object) }
    if object == .no { return .notApplicable }
    return Verdict(object: object, conditions: truth(wire.conditions))
  }

  /// The truth of a gate, computing only what it needs.
  mutating func truth(_ gate: Int32) -> Kleene {
    var trail = registers.trail
    registers.trail = []
    let result = run { run in run.truth(Int(gate), &trail) }
    registers.trail = trail
    return result
  }

  @inline(__always)
  private mutating func run<Result>(_ body: (inout CircuitRun) -> Result) -> Result {
    gates.withUnsafeBufferPointer { gates in
      operands.withUnsafeBufferPointer { operands in
        masks.withUnsafeBufferPointer { masks in
          registers.states.withUnsafeBufferPointer { states in
            registers.numbers.withUnsafeBufferPointer { numbers in
              registers.truths.withUnsafeMutableBufferPointer { truths in
                var run = CircuitRun(
                  gates: gates, operands: operands, masks: masks, states: states, numbers: numbers, truths: truths)
                return body(&run)
              }
            }
          }
        }
      }
    }
  }
}

extension Circuit.Input {
  /// The number that stands for a value of the fact; nil where there is none.
  @inline(__always)
  func number(of value: Value) -> Int64? {
    switch value {
    case .truth(let flag): form == .truth ? (flag ? 1 : 0) : nil
    case .quantity(let number): form == .quantity ? scaled(number) : nil
    case .date(let date): form == .date ? Int64(date.dayNumber) : nil
    case .option(let place): form == .option && place >= 0 && place < count ? Int64(place) : nil
    case .duration, .text: nil
    }
  }
}

extension Verdict {
  /// What object and conditions come to, within the period.
  @inline(__always)
  init(object: Kleene, conditions: Kleene) {
    switch (object, conditions) {
    case (.no, _): self = .notApplicable
    case (.yes, .no): self = .no
    case (.yes, .yes): self = .yes
    default: self = .unknown
    }
  }
}

/// The tables of a circuit while it computes.
struct CircuitRun {
  let gates: UnsafeBufferPointer<Gate>
  let operands: UnsafeBufferPointer<Int32>
  let masks: UnsafeBufferPointer<UInt64>
  let states: UnsafeBufferPointer<FactState>
  let numbers: UnsafeBufferPointer<Int64>
  let truths: UnsafeMutableBufferPointer<Kleene>

  /// The truth of a gate whose operands are computed.
  @inline(__always)
  func compute(_ index: Int) -> Kleene {
    let gate = gates[index]
    switch gate.operation {
    case .constant, .within, .outside, .among, .dates: return atom(gate)
    case .all:
      var (every, some): (UInt8, UInt8) = (3, 0)
      for place in Int(gate.a)..<Int(gate.a + gate.b) {
        let truth = truths[Int(operands[place])].bits
        every &= truth
        some |= truth
      }
      return Kleene(bits: every & 1 | some & 2)
    case .any:
      var (every, some): (UInt8, UInt8) = (3, 0)
      for place in Int(gate.a)..<Int(gate.a + gate.b) {
        let truth = truths[Int(operands[place])].bits
        every &= truth
        some |= truth
      }
      return Kleene(bits: some & 1 | every & 2)
    case .not: return !truths[Int(gate.a)]
    case .atLeast:
      var (sure, possible): (Int64, Int64) = (0, 0)
      for place in Int(gate.a)..<Int(gate.a + gate.b) {
        let truth = truths[Int(operands[place])]
        sure += truth == .yes ? 1 : 0
        possible += truth == .no ? 0 : 1
      }
      return sure >= gate.low ? .yes : possible < gate.low ? .no : .unknown
    case .choose:
      let (test, then, otherwise) = (
        truths[Int(operands[Int(gate.a)])], truths[Int(operands[Int(gate.a) + 1])],
        truths[Int(operands[Int(gate.a) + 2])]
      )
      return test == .yes ? then : test == .no ? otherwise : then == otherwise ? then : .unknown
    case .holds:
      if numbers[numbers.count - 1] < gate.low || numbers[numbers.count - 1] > gate.high { return .no }
      let conditions = truths[Int(gate.b)]
      if gate.a < 0 { return conditions }
      let object = truths[Int(gate.a)]
      return object == .yes ? conditions : object
    }
  }

  @inline(__always)
  private func atom(_ gate: Gate) -> Kleene {
    let slot = Int(gate.a)
    switch gate.operation {
    case .constant: return Kleene(bits: gate.detail)
    case .within, .outside:
      let number = numbers[slot]
      let isInside = number >= gate.low && number <= gate.high
      let truth = Kleene.of(isInside == (gate.operation == .within))
      let state = states[slot]
      return state == .value ? truth : state == .notApplicable ? .no : Kleene(bits: gate.detail)
    case .among:
      let state = states[slot]
      guard state == .value else { return state == .notApplicable ? .no : .unknown }
      let number = Int(numbers[slot])
      let (word, shift) = (Int(gate.b) + number >> 6, UInt64(number & 63))
      if masks[word] >> shift & 1 == 1 { return .yes }
      return masks[word + Int(gate.low)] >> shift & 1 == 1 ? .unknown : .no
    case .dates:
      let (one, two) = (states[slot], states[Int(gate.b)])
      if one == .notApplicable || two == .notApplicable { return .no }
      guard one == .value, two == .value else { return .unknown }
      let (first, second) = (numbers[slot], numbers[Int(gate.b)])
      return .of(gate.detail & (first < second ? 1 : first == second ? 2 : 4) != 0)
    case .all, .any, .not, .atLeast, .choose, .holds: return .pending
    }
  }

  /// The truth of a gate; an operand that can't change it any more is not computed.
  mutating func truth(_ index: Int, _ trail: inout [Int32]) -> Kleene {
    let known = truths[index]
    if known != .pending { return known }
    let gate = gates[index]
    let result: Kleene
    switch gate.operation {
    case .constant, .within, .outside, .among, .dates: return atom(gate)
    case .all:
      var truth = Kleene.yes
      for place in Int(gate.a)..<Int(gate.a + gate.b) {
        truth = truth && self.truth(Int(operands[place]), &trail)
        if truth == .no { break }
      }
      result = truth
    case .any:
      var truth = Kleene.no
      for place in Int(gate.a)..<Int(gate.a + gate.b) {
        truth = truth || self.truth(Int(operands[place]), &trail)
        if truth == .yes { break }
      }
      result = truth
    case .not: return !truth(Int(gate.a), &trail)
    case .atLeast, .choose:
      for place in Int(gate.a)..<Int(gate.a + gate.b) { set(Int(operands[place]), &trail) }
      result = compute(index)
    case .holds:
      if gate.a >= 0 { set(Int(gate.a), &trail) }
      set(Int(gate.b), &trail)
      result = compute(index)
    }
    truths[index] = result
    trail.append(Int32(truncatingIfNeeded: index))
    return result
  }

  /// Computes a gate and keeps its truth, so that `compute` finds it.
  private mutating func set(_ index: Int, _ trail: inout [Int32]) {
    let result = truth(index, &trail)
    guard truths[index] == .pending else { return }
    truths[index] = result
    trail.append(Int32(truncatingIfNeeded: index))
  }
}
