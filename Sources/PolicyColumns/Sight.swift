package import PolicyIR
package import PolicyValues

/// What the answer of one measure at one date rests on of a subject, as a list of numbers: subjects with equal lists get equal answers,
/// but for the counties of authorities where these follow from nothing else.
///
/// A fact that rules only compare with what stands in them counts as the outcomes of these comparisons, any other as itself; a related
/// subject as what the rules see of it. Texts, lengths of time and numbers that no vector holds have no list.
package struct Sight: Sendable {
  /// By kind.
  private var parts: [[Part]]
  /// The kind that the measure is asked for.
  private let kind: KindID
  private let seesNames: Bool
  private let seesCounties: Bool

  /// One field that is seen.
  private struct Part: Sendable {
    var slot: Int
    var type: ValueType
    var classes: FactClasses
  }

  /// - Parameter counties: whether the counties of authorities count too.
  package init(of measure: MeasureID, in program: Program, asOf: CivilDate, counties: Bool) {
    var builder = SightBuilder(program, asOf: asOf)
    builder.add(measure)
    if counties {
      let entry = program.measures[measure]
      let options = (entry.departments.map(\.authority) + entry.payers.map(\.authority)).compactMap {
        program.authorities[$0].perOption
      }
      for (place, field) in program.fields.enumerated() {
        if case .option(let id) = field.type, options.contains(id) { builder.add(bare: FieldID(place)) }
      }
    }
    (seesNames, seesCounties) = (builder.seesNames, counties)
    kind = program.measures[measure].object?.kind ?? KindID(-1)
    parts = program.kinds.map { kind in
      kind.fields.compactMap { id in
        builder.tests[id].map {
          Part(
            slot: program.fields[id].slot, type: program.fields[id].type,
            classes: $0.classes(program.fields[id].type, in: program))
        }
      }
    }
  }

  /// Adds what is seen of a subject; false: its answer is like no other's.
  package func add(_ subject: Subject, to list: inout [Int64]) -> Bool {
    list.append(Int64(subject.kind.rawValue))
    // A subject of another kind has no fact that the rules read.
    if subject.kind != kind, !seesCounties { return true }
    return !seesNames && addFacts(of: subject, to: &list)
  }

  /// Adds what is seen of a row of vectors, one for each slot of the measure's kind.
  package func add(_ row: Int, of vectors: [FactVector], to list: inout [Int64]) -> Bool {
    list.append(Int64(kind.rawValue))
    if seesNames { return false }
    for part in parts[kind.index] {
      let vector = vectors[part.slot]
      let number = vector.number(at: row)
      if number == FactVector.State.odd.wide { return false }
      list.append(part.classes.number(number))
    }
    return true
  }

  private func addFacts(of subject: Subject, to list: inout [Int64]) -> Bool {
    for part in parts[subject.kind.index] {
      let fact = part.slot < subject.facts.count ? subject.facts[part.slot] : .missing
      switch fact {
      case .one(let other):
        list.append(Self.one)
        if !addFacts(of: other, to: &list) { return false }
      case .many(let others, let isComplete):
        list.append(Self.many(others.count, isComplete))
        for other in others where !addFacts(of: other, to: &list) { return false }
      case .missing, .notKnown, .notApplicable, .value:
        let number = FactVector.number(for: fact, part.type)
        if number == FactVector.State.odd.wide { return false }
        list.append(part.classes.number(number))
      }
    }
    return true
  }

  /// What stands before the facts of related subjects; states of a relation are negative.
  private static var one: Int64 { 1 }
  private static func many(_ count: Int, _ isComplete: Bool) -> Int64 { Int64(count) * 4 + (isComplete ? 3 : 2) }
}
