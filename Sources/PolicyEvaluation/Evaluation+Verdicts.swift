package import PolicyIR
package import PolicyValues

extension Evaluation {
  /// Only the verdicts, in the measures' order; nil for a measure without an object.
  ///
  /// nil for `measures`: all of them.
  package mutating func verdicts(
    for subject: Subject, asOf: CivilDate, measures: [MeasureID]? = nil
  ) -> [Verdict?] {
    var answers: [Verdict?] = []
    answers.reserveCapacity(measures?.count ?? prepared.measures.count)
    if let measures {
      some(measures, subject, asOf, into: &answers)
    } else {
      _ = all(subject, asOf, into: &answers)
    }
    return answers
  }

  /// All verdicts, into a list whose memory is used again.
  package mutating func verdicts(for subject: Subject, asOf: CivilDate, into answers: inout [Verdict?]) {
    answers.removeAll(keepingCapacity: true)
    _ = all(subject, asOf, into: &answers)
  }

  /// All verdicts with a trace from which their derivation can be rebuilt.
  package mutating func tracedVerdicts(
    for subject: Subject, asOf: CivilDate, into answers: inout [Verdict?]
  ) -> VerdictTrace {
    answers.removeAll(keepingCapacity: true)
    let isSound = all(subject, asOf, into: &answers)
    return VerdictTrace(subject: subject, asOf: asOf, steps: isSound ? registers[subject.kind.index].steps() : [])
  }

  /// The circuit of a kind, compiled when it is needed first; nil for a kind that the program hasn't.
  @inline(__always)
  mutating func circuit(of kind: KindID) -> Shared<Circuit>? {
    guard kind.index >= 0, kind.index < circuits.count else { return nil }
    if let known = circuits[kind.index] { return known }
    let circuit = Shared(Circuit(prepared, kind: kind))
    circuits[kind.index] = circuit
    return circuit
  }

  /// Adds all verdicts; false where the engine gave them.
  private mutating func all(_ subject: Subject, _ asOf: CivilDate, into answers: inout [Verdict?]) -> Bool {
    let kind = subject.kind.index
    guard let circuit = circuit(of: subject.kind),
      registers[kind].read(subject.facts, asOf: asOf, circuit)
    else {
      engine.begin(subject, asOf: asOf)
      for measure in prepared.measures.indices { answers.append(engine.quickVerdict(Int32(measure))) }
      return false
    }
    registers[kind].computeAll(circuit)
    if registers[kind].answer(circuit, on: asOf.dayNumber, into: &answers) { return true }
    engine.begin(subject, asOf: asOf)
    for wire in circuit.content.wires where wire.conditions < 0 {
      // A call that changes the engine never stands among the operands of one that only reads it: it would read a copy.
      let verdict = engine.quickVerdict(wire.measure)
      answers[Int(wire.measure)] = verdict
    }
    return true
  }

  private mutating func some(
    _ measures: [MeasureID], _ subject: Subject, _ asOf: CivilDate, into answers: inout [Verdict?]
  ) {
    let kind = subject.kind.index
    let circuit = circuit(of: subject.kind)
    let isSound = circuit.map { registers[kind].read(subject.facts, asOf: asOf, $0) } ?? false
    if isSound { registers[kind].beginDemand() }
    var isBegun = false
    for measure in measures {
      var verdict: Verdict?
      if isSound, let circuit, circuit.content.places.indices.contains(measure.index),
        circuit.content.places[measure.index] >= 0
      {
        verdict = registers[kind].verdict(
          circuit.content.wires[Int(circuit.content.places[measure.index])], circuit, on: asOf.dayNumber)
      }
      if verdict == nil {
        if !isBegun { engine.begin(subject, asOf: asOf) }
        isBegun = true
        verdict = engine.quickVerdict(measure.rawValue)
      }
      answers.append(verdict)
    }
  }
}
