import PolicyIR
import PolicyValues

/// One fact as a number.
struct FactRegister: Sendable {
  /// `none` where a number can't stand for what is recorded.
  var state = FactState.missing
  var number: Int64 = 0
}

/// What a circuit has found out about one subject.
struct Registers: Sendable {
  /// The facts by slot, and behind them the as-of date.
  private(set) var facts: [FactRegister] = []
  private(set) var truths: [Kleene] = []
  /// The gates whose truths are set, while not all are.
  private var trail: [Int32] = []
  private var isFull = false

  /// Turns to a subject; false where a fact is something that no number stands for, so that the engine has to answer.
  mutating func read(_ subject: [Fact], asOf: CivilDate, _ circuit: Shared<Circuit>) -> Bool {
    if facts.count != circuit.content.slotCount {
      facts = Array(repeating: FactRegister(), count: circuit.content.slotCount)
      truths = Array(repeating: .pending, count: circuit.content.gates.count)
    }
    var isSound = true
    circuit.content.inputs.withUnsafeBufferPointer { inputs in
      subject.withUnsafeBufferPointer { subject in
        facts.withUnsafeMutableBufferPointer { facts in
          facts[facts.count - 1] = FactRegister(state: .value, number: Int64(asOf.dayNumber))
          for input in inputs {
            let slot = Int(input.slot)
            let register = slot < subject.count ? input.register(of: subject[slot]) : FactRegister()
            if register.state == .none { isSound = false }
            facts[slot] = register
          }
        }
      }
    }
    return isSound
  }

  /// Computes every gate.
  mutating func computeAll(_ circuit: Shared<Circuit>) {
    isFull = true
    run(circuit) { run, _ in
      for gate in 0..<run.gates.count { run.truths[gate] = run.compute(gate) }
    }
  }

  /// Makes ready for `truth` and `demand` after a subject was read.
  mutating func beginDemand() {
    if isFull {
      for gate in truths.indices { truths[gate] = .pending }
      isFull = false
    } else {
      for gate in trail { truths[Int(gate)] = .pending }
    }
    trail.removeAll(keepingCapacity: true)
  }

  /// The truth of a gate, computing only what it needs.
  mutating func truth(_ gate: Int32, _ circuit: Shared<Circuit>) -> Kleene {
    run(circuit) { run, trail in run.truth(Int(gate), &trail) }
  }

  /// The verdict of a wire, computing only what it needs; nil where the engine answers.
  mutating func verdict(_ wire: Circuit.Wire, _ circuit: Shared<Circuit>, on day: Int32) -> Verdict? {
    run(circuit) { run, trail in run.verdict(wire, on: day, &trail) }
  }

  /// Adds the verdicts of some wires, computing only what they need; nil where the engine answers.
  mutating func demand(_ wires: [Int32], _ circuit: Shared<Circuit>, on day: Int32, into verdicts: inout [Verdict?]) {
    run(circuit) { run, trail in
      for place in wires { verdicts.append(run.verdict(circuit.content.wires[Int(place)], on: day, &trail)) }
    }
  }

  /// Adds the verdicts of all measures after `computeAll`; false where some are left to the engine.
  func answer(_ circuit: Shared<Circuit>, on day: Int32, into verdicts: inout [Verdict?]) -> Bool {
    var isWhole = true
    let start = verdicts.count
    verdicts.append(contentsOf: circuit.content.others)
    circuit.content.wires.withUnsafeBufferPointer { wires in
      truths.withUnsafeBufferPointer { truths in
        verdicts.withUnsafeMutableBufferPointer { verdicts in
          for wire in wires {
            var verdict: Verdict?
            if !wire.days.contains(day) {
              verdict = .no
            } else if wire.conditions >= 0 {
              verdict = Verdict(
                object: wire.object < 0 ? .yes : truths[Int(wire.object)], conditions: truths[Int(wire.conditions)])
            } else {
              isWhole = false
            }
            verdicts[start + Int(wire.measure)] = verdict
          }
        }
      }
    }
    return isWhole
  }

  private mutating func run<Result>(
    _ circuit: Shared<Circuit>, _ body: (inout CircuitRun, inout [Int32]) -> Result
  ) -> Result {
    circuit.content.gates.withUnsafeBufferPointer { gates in
      circuit.content.operands.withUnsafeBufferPointer { operands in
        circuit.content.masks.withUnsafeBufferPointer { masks in
          facts.withUnsafeBufferPointer { facts in
            truths.withUnsafeMutableBufferPointer { truths in
              var run = CircuitRun(gates: gates, operands: operands, masks: masks, facts: facts, truths: truths)
              return body(&run, &trail)
            }
          }
        }
      }
    }
  }

  /// What each fact was and what each gate came to, a byte each, after `computeAll`.
  func steps() -> [UInt8] {
    let (slots, gates) = (facts.count - 1, truths.count)
    return [UInt8](unsafeUninitializedCapacity: slots + gates) { bytes, count in
      for slot in 0..<slots { bytes[slot] = facts[slot].state.rawValue }
      for gate in 0..<gates { bytes[slots + gate] = truths[gate].bits }
      count = slots + gates
    }
  }

  /// Whether a region's fact is a value, or 不适用, outside of it.
  func isOutside(_ region: Region) -> Bool {
    let fact = facts[Int(region.slot)]
    return switch fact.state {
    case .none, .missing, .notKnown: false
    case .notApplicable: !region.admitsNone
    case .value: !region.contains(fact.number)
    }
  }
}

extension Circuit.Input {
  /// The register of a fact.
  @inline(__always)
  func register(of fact: Fact) -> FactRegister {
    switch fact {
    case .missing: FactRegister()
    case .notKnown: FactRegister(state: .notKnown)
    case .notApplicable: FactRegister(state: .notApplicable)
    case .value(let value):
      number(of: value).map { FactRegister(state: .value, number: $0) } ?? FactRegister(state: .none)
    case .one, .many: FactRegister(state: .none)
    }
  }

  /// The number that stands for a value of the fact; nil where there is none.
  @inline(__always)
  func number(of value: Value) -> Int64? {
    switch value {
    case .truth(let flag): form == .truth ? (flag ? 1 : 0) : nil
    case .quantity(let number): form == .quantity ? FactVector.scaled(number) : nil
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
