import PolicyIR
import PolicyValues

/// The tables of a circuit while it computes.
struct CircuitRun {
  let gates: UnsafeBufferPointer<Gate>
  let operands: UnsafeBufferPointer<Int32>
  let masks: UnsafeBufferPointer<UInt64>
  let facts: UnsafeBufferPointer<FactRegister>
  let truths: UnsafeMutableBufferPointer<Kleene>

  /// The truth of a gate whose operands are computed.
  @inline(__always)
  func compute(_ index: Int) -> Kleene {
    let gate = gates[index]
    switch gate.operation {
    case .constant: return Kleene(bits: gate.detail)
    case .within, .outside:
      let (number, state) = (facts[Int(gate.a)].number, facts[Int(gate.a)].state)
      let isInside = number >= gate.low && number <= gate.high
      let truth = Kleene.of(isInside == (gate.operation == .within))
      return state == .value ? truth : state == .notApplicable ? .no : Kleene(bits: gate.detail)
    case .among:
      let state = facts[Int(gate.a)].state
      guard state == .value else { return state == .notApplicable ? .no : .unknown }
      let number = Int(facts[Int(gate.a)].number)
      let (word, shift) = (Int(gate.b) + number >> 6, UInt64(number & 63))
      if masks[word] >> shift & 1 == 1 { return .yes }
      return masks[word + Int(gate.low)] >> shift & 1 == 1 ? .unknown : .no
    case .dates:
      let (one, two) = (facts[Int(gate.a)].state, facts[Int(gate.b)].state)
      if one == .notApplicable || two == .notApplicable { return .no }
      guard one == .value, two == .value else { return .unknown }
      let (first, second) = (facts[Int(gate.a)].number, facts[Int(gate.b)].number)
      return .of(gate.detail & (first < second ? 1 : first == second ? 2 : 4) != 0)
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
      let day = facts[facts.count - 1].number
      if day < gate.low || day > gate.high { return .no }
      let conditions = truths[Int(gate.b)]
      if gate.a < 0 { return conditions }
      let object = truths[Int(gate.a)]
      return object == .yes ? conditions : object
    }
  }

  /// The verdict of a wire; nil where the engine answers.
  @inline(__always)
  mutating func verdict(_ wire: Circuit.Wire, on day: Int32, _ trail: inout [Int32]) -> Verdict? {
    if !wire.days.contains(day) { return .no }
    if wire.conditions < 0 { return nil }
    let object = wire.object < 0 ? .yes : truth(Int(wire.object), &trail)
    return object == .no ? .notApplicable : Verdict(object: object, conditions: truth(Int(wire.conditions), &trail))
  }

  /// The truth of a gate; an operand that can't change it any more is not computed.
  mutating func truth(_ index: Int, _ trail: inout [Int32]) -> Kleene {
    let known = truths[index]
    if known != .pending { return known }
    let gate = gates[index]
    let result: Kleene
    switch gate.operation {
    case .constant, .within, .outside, .among, .dates: return compute(index)
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
