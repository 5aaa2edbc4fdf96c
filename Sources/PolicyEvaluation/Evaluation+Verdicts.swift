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
    verdicts(for: subject, asOf: asOf, measures: measures, into: &answers)
    return answers
  }

  /// The same into a list whose memory is used again.
  package mutating func verdicts(
    for subject: Subject, asOf: CivilDate, measures: [MeasureID]? = nil, into answers: inout [Verdict?]
  ) {
    answers.removeAll(keepingCapacity: true)
    let isSound = read(subject, asOf)
    if let measures {
      if isSound { circuits[subject.kind.index]?.beginDemand() }
      var isBegun = false
      for measure in measures {
        answers.append(verdict(of: measure.rawValue, subject, asOf, isSound: isSound, isBegun: &isBegun))
      }
    } else {
      all(subject, asOf, isSound: isSound, into: &answers)
    }
  }

  /// All verdicts with a trace from which their derivation can be rebuilt.
  package mutating func tracedVerdicts(
    for subject: Subject, asOf: CivilDate, into answers: inout [Verdict?]
  ) -> VerdictTrace {
    answers.removeAll(keepingCapacity: true)
    let isSound = read(subject, asOf)
    all(subject, asOf, isSound: isSound, into: &answers)
    return VerdictTrace(subject: subject, asOf: asOf, steps: isSound ? circuits[subject.kind.index]!.steps() : [])
  }

  /// Turns the circuit of the subject's kind to it, compiled when it is needed first; false where it can't hold a fact.
  @inline(__always)
  mutating func read(_ subject: Subject, _ asOf: CivilDate) -> Bool {
    let kind = subject.kind.index
    guard circuits.indices.contains(kind) else { return false }
    if circuits[kind] == nil { circuits[kind] = Circuit(prepared, kind: subject.kind) }
    return circuits[kind]!.read(subject.facts, asOf: asOf)
  }

  private mutating func all(_ subject: Subject, _ asOf: CivilDate, isSound: Bool, into answers: inout [Verdict?]) {
    let kind = subject.kind.index
    guard isSound else {
      engine.begin(subject, asOf: asOf)
      for measure in prepared.measures.indices { answers.append(engine.quickVerdict(Int32(measure))) }
      return
    }
    circuits[kind]!.computeAll()
    let isWhole = circuits[kind]!.answers(on: asOf.dayNumber, prepared, into: &answers)
    if isWhole { return }
    engine.begin(subject, asOf: asOf)
    for place in circuits[kind]!.wires.indices {
      let wire = circuits[kind]!.wires[place]
      if wire.conditions >= 0 { continue }
      // A call that changes the engine never stands among the operands of one that only reads it: it would read a copy.
      let verdict = engine.quickVerdict(wire.measure)
      answers[Int(wire.measure)] = verdict
    }
  }

  /// One verdict for the subject that was read.
  mutating func verdict(
    of measure: Int32, _ subject: Subject, _ asOf: CivilDate, isSound: Bool, isBegun: inout Bool
  ) -> Verdict? {
    guard prepared.measures.indices.contains(Int(measure)), prepared.measures[Int(measure)].kind >= 0 else {
      return nil
    }
    let kind = subject.kind.index
    if isSound {
      let place = circuits[kind]!.places[Int(measure)]
      if place < 0 { return .notApplicable }
      let wire = circuits[kind]!.wires[Int(place)]
      if let verdict = circuits[kind]!.demand(wire, on: asOf.dayNumber) { return verdict }
    }
    if !isBegun {
      engine.begin(subject, asOf: asOf)
      isBegun = true
    }
    return engine.quickVerdict(measure)
  }
}

extension Circuit {
  /// Adds the verdicts of all measures after `computeAll`; false where some are left to the engine.
  @inline(__always)
  func answers(on day: Int32, _ plan: PreparedProgram, into answers: inout [Verdict?]) -> Bool {
    var isWhole = true
    var next = 0
    for wire in wires {
      while next < Int(wire.measure) {
        answers.append(plan.measures[next].kind < 0 ? nil : .notApplicable)
        next += 1
      }
      let verdict = verdict(wire, on: day)
      if verdict == nil { isWhole = false }
      answers.append(verdict)
      next += 1
    }
    while next < plan.measures.count {
      answers.append(plan.measures[next].kind < 0 ? nil : .notApplicable)
      next += 1
    }
    return isWhole
  }

  /// What each fact was and what each gate came to, a byte each, after `computeAll`.
  @inline(__always)
  func steps() -> [UInt8] {
    let (facts, gates) = (slotCount - 1, registers.truths.count)
    return [UInt8](unsafeUninitializedCapacity: facts + gates) { bytes, count in
      for slot in 0..<facts { bytes[slot] = registers.states[slot].rawValue }
      for gate in 0..<gates { bytes[facts + gate] = registers.truths[gate].bits }
      count = facts + gates
    }
  }
}
