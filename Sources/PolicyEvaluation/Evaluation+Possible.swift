package import PolicyIR
package import PolicyValues

/// The measures that are not 不符合 or 不适用 for a subject, in the program's order.
package struct PossibleMeasures: Hashable, Sendable {
  package internal(set) var measures: [MeasureID] = []
  /// The verdict of each: yes, unknown or disputed.
  package internal(set) var verdicts: [Verdict] = []
  /// How many measures were asked one by one; the others were left out at once.
  package internal(set) var asked = 0
}

extension Evaluation {
  /// The measures whose verdict is not no and not 不适用.
  ///
  /// - Parameter usesIndex: whether measures are left out by an index of what they need; the answer is the same without.
  package mutating func possible(
    for subject: Subject, asOf: CivilDate, usesIndex: Bool = true
  ) -> PossibleMeasures {
    var result = PossibleMeasures()
    guard let circuit = circuit(of: subject.kind) else { return result }
    let kind = subject.kind.index
    let isSound = registers[kind].read(subject.facts, asOf: asOf, circuit)
    registers[kind].beginDemand()
    var isBegun = false
    scratch.removeAll(keepingCapacity: true)
    if usesIndex {
      find(subject, asOf, circuit, isSound: isSound, isBegun: &isBegun)
      scratch.sort()
    } else {
      scratch.append(contentsOf: circuit.content.wires.indices.lazy.map { Int32($0) })
    }
    result.asked = scratch.count
    verdicts.removeAll(keepingCapacity: true)
    if isSound { registers[kind].demand(scratch, circuit, on: asOf.dayNumber, into: &verdicts) }
    for place in scratch.indices {
      let measure = circuit.content.wires[Int(scratch[place])].measure
      var verdict: Verdict?
      if isSound { verdict = verdicts[place] }
      if verdict == nil {
        if !isBegun { engine.begin(subject, asOf: asOf) }
        isBegun = true
        verdict = engine.quickVerdict(measure)
      }
      guard let verdict, verdict != .no, verdict != .notApplicable else { continue }
      result.measures.append(MeasureID(Int(measure)))
      result.verdicts.append(verdict)
    }
    return result
  }

  /// The decisions of the possible measures, and of the groups that one of them is in or that have members of another kind: those
  /// that `decisions` gives them among all.
  package mutating func decisions(
    for subject: Subject, asOf: CivilDate, possible: PossibleMeasures
  ) -> Decisions {
    let found = Set(possible.measures)
    var wanted = [Bool](repeating: false, count: prepared.groups.count)
    for (place, group) in prepared.program.groups.enumerated() where group.kind == subject.kind {
      wanted[place] =
        group.members.contains { found.contains($0) } || prepared.groups[place].relations.contains { $0 >= 0 }
        || group.subgroups.contains { wanted[$0.index] }
    }
    // A group needs the groups in it, which stand before it.
    for (place, group) in prepared.program.groups.enumerated().reversed() where wanted[place] {
      for inner in group.subgroups { wanted[inner.index] = true }
    }
    var asked = found
    for (place, group) in prepared.program.groups.enumerated() where wanted[place] {
      for (member, relation) in zip(group.members, prepared.groups[place].relations) where relation < 0 {
        asked.insert(member)
      }
    }
    engine.begin(subject, asOf: asOf)
    var decisions: [Decision] = []
    for measure in asked.sorted() { engine.decide(measure.rawValue, into: &decisions) }
    var result = engine.grouped(decisions, subject: subject, only: wanted)
    if asked.count > found.count { result.decisions.removeAll { !found.contains($0.measure) } }
    return result
  }

  /// What circuits and indexes hold in memory.
  package var indexBytes: Int {
    circuits.reduce(0) { $0 + ($1?.content.bytes ?? 0) } + indexes.reduce(0) { $0 + ($1?.content.bytes ?? 0) }
  }

  /// Puts the wires that the index leaves into `scratch`.
  private mutating func find(
    _ subject: Subject, _ asOf: CivilDate, _ circuit: Shared<Circuit>, isSound: Bool, isBegun: inout Bool
  ) {
    let kind = subject.kind.index
    if indexes[kind] == nil { indexes[kind] = Shared(MeasureIndex(prepared, circuit.content)) }
    guard let index = indexes[kind] else { return }
    found.removeAll(keepingCapacity: true)
    index.content.lists.find(registers[kind].facts, into: &found)
    for place in found.indices {
      let number = Int(found[place])
      let (node, gate) = (index.content.classes[number].membership, index.content.classes[number].gate)
      switch object(node, gate, subject, asOf, circuit, isSound: isSound, isBegun: &isBegun) {
      case .no: break
      case .yes: index.content.classes[number].members.find(registers[kind].facts, into: &scratch)
      default: scratch.append(contentsOf: index.content.classes[number].all)
      }
    }
  }

  /// Whether the subject is of a class, in every reading; unknown where it is not known, or differs.
  private mutating func object(
    _ node: Int32, _ gate: Int32, _ subject: Subject, _ asOf: CivilDate, _ circuit: Shared<Circuit>, isSound: Bool,
    isBegun: inout Bool
  ) -> Kleene {
    if node < 0 { return .yes }
    if isSound, gate >= 0 { return registers[subject.kind.index].truth(gate, circuit) }
    if !isBegun { engine.begin(subject, asOf: asOf) }
    isBegun = true
    guard case .leaf(let tri) = engine.truth(node, 0) else { return .unknown }
    switch tri.state {
    case .yes: return .yes
    case .no, .notApplicable: return .no
    case .unknown: return .unknown
    }
  }
}
