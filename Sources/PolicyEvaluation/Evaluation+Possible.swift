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
    let isSound = read(subject, asOf)
    let kind = subject.kind.index
    guard circuits.indices.contains(kind) else { return result }
    if isSound { circuits[kind]!.beginDemand() }
    var isBegun = false
    if usesIndex {
      if indexes[kind] == nil { indexes[kind] = MeasureIndex(prepared, circuits[kind]!) }
      scratch.removeAll(keepingCapacity: true)
      find(subject, asOf, isSound: isSound, isBegun: &isBegun)
      scratch.sort()
    } else {
      scratch = Array(circuits[kind]!.wires.indices.map { Int32($0) })
    }
    result.asked = scratch.count
    for place in scratch.indices {
      let measure = circuits[kind]!.wires[Int(scratch[place])].measure
      let verdict = verdict(of: measure, subject, asOf, isSound: isSound, isBegun: &isBegun)
      switch verdict {
      case .yes, .unknown, .disputed:
        result.measures.append(MeasureID(Int(measure)))
        result.verdicts.append(verdict!)
      case .no, .notApplicable, nil: break
      }
    }
    return result
  }

  /// What circuits and indexes hold in memory.
  package var indexBytes: Int {
    circuits.reduce(0) { $0 + ($1?.bytes ?? 0) } + indexes.reduce(0) { $0 + ($1?.bytes ?? 0) }
  }

  /// Puts the wires that the index leaves into `scratch`.
  private mutating func find(_ subject: Subject, _ asOf: CivilDate, isSound: Bool, isBegun: inout Bool) {
    let kind = subject.kind.index
    indexes[kind]!.read(subject.facts, asOf: asOf)
    found.removeAll(keepingCapacity: true)
    indexes[kind]!.lists.find(indexes[kind]!.states, indexes[kind]!.numbers, into: &found)
    for place in found.indices {
      let number = Int(found[place])
      switch object(of: number, subject, asOf, isSound: isSound, isBegun: &isBegun) {
      case .no: break
      case .yes:
        indexes[kind]!.classes[number].members.find(
          indexes[kind]!.states, indexes[kind]!.numbers, into: &scratch)
      default: scratch.append(contentsOf: indexes[kind]!.classes[number].all)
      }
    }
  }

  /// Whether the subject is of a class, in every reading; unknown where it is not known, or differs.
  private mutating func object(
    of number: Int, _ subject: Subject, _ asOf: CivilDate, isSound: Bool, isBegun: inout Bool
  ) -> Kleene {
    let kind = subject.kind.index
    let (node, gate) = (indexes[kind]!.classes[number].membership, indexes[kind]!.classes[number].gate)
    if node < 0 { return .yes }
    if isSound, gate >= 0 { return circuits[kind]!.truth(gate) }
    if !isBegun {
      engine.begin(subject, asOf: asOf)
      isBegun = true
    }
    guard case .leaf(let tri) = engine.truth(node, 0) else { return .unknown }
    switch tri.state {
    case .yes: return .yes
    case .no, .notApplicable: return .no
    case .unknown: return .unknown
    }
  }
}
