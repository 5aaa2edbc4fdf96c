package import PolicyIR
package import PolicyValues

/// Why a measure is surely 不符合 or 不适用, as far as single facts say it.
package enum SkipCause: Hashable, Sendable {
  /// It is for another kind of subject.
  case kind
  /// The as-of date lies outside its life or its document's.
  case period(PeriodState)
  /// The subject isn't of its class.
  case object(FailedTest)
  /// A condition, by position.
  case condition(Int, FailedTest)
  /// The rule that it follows.
  case reference(MeasureID)
  /// No single fact says it; the decision does.
  case decided
}

/// The smallest part of a rule that one fact decides against it.
package struct FailedTest: Hashable, Sendable {
  package var expression: Expression
  /// Whether it should not hold, and does.
  package var isNegated: Bool
  /// The fact; nil where none is asked.
  package var field: FieldID?
}

extension Evaluation {
  /// Why each of some measures is left out of the possible ones.
  ///
  /// - Requires: their verdicts are no or 不适用.
  package mutating func causes(for subject: Subject, asOf: CivilDate, _ measures: [MeasureID]) -> [SkipCause] {
    guard let circuit = circuit(of: subject.kind) else { return measures.map { _ in .kind } }
    _ = registers[subject.kind.index].read(subject.facts, asOf: asOf, circuit)
    let facts = registers[subject.kind.index]
    var reader = RegionReader(prepared, kind: circuit.content.kind, asOfSlot: Int32(circuit.content.asOfSlot))
    return measures.map { measure in
      guard circuit.content.places[measure.index] >= 0 else { return .kind }
      let period = prepared.periodState(of: measure, on: asOf)
      return period.blocks ? .period(period) : reader.cause(measure.rawValue, facts)
    }
  }
}

extension RegionReader {
  fileprivate mutating func cause(_ measure: Int32, _ facts: Registers) -> SkipCause {
    let plan = self.plan.measures[Int(measure)]
    if plan.membership >= 0, let failed = failure(plan.membership, positively: true, facts) { return .object(failed) }
    for (position, condition) in plan.conditions.enumerated() {
      if let failed = failure(condition.node, positively: !condition.isNegated, facts) {
        return .condition(position, failed)
      }
    }
    if case .follows(let target) = plan.reference, fails(conditions(of: target), facts) != nil {
      return .reference(MeasureID(Int(target)))
    }
    return .decided
  }

  /// The slot of the first region that a fact lies outside of, −1 where nothing can hold; nil where all may.
  private func fails(_ regions: Regions, _ facts: Registers) -> Int32? {
    if regions.isNever { return -1 }
    return regions.list.first { facts.isOutside($0) }?.slot
  }

  /// The smallest part of a test that a fact decides against it.
  private mutating func failure(_ index: Int32, positively: Bool, _ facts: Registers) -> FailedTest? {
    guard let slot = fails(regions(index, positively: positively), facts) else { return nil }
    let node = plan.nodes[Int(index)]
    switch node.operation {
    case .negation:
      if let inner = failure(node.a, positively: !positively, facts) { return inner }
    case .definition where plan.definitions[Int(node.a)].count == 1:
      if let inner = failure(plan.definitions[Int(node.a)][0], positively: positively, facts) { return inner }
    case .conjunction, .disjunction:
      if (node.operation == .conjunction) != positively { break }
      for offset in 0..<Int(node.b) {
        let operand = plan.operands[Int(node.a) + offset]
        if let inner = failure(operand, positively: positively, facts) { return inner }
      }
    case .literal, .field, .fieldOf, .definition, .classification, .hole, .parameter, .table, .tiers, .measureHolds,
      .measureAmount, .asOf, .onList, .dangling, .atLeast, .comparison, .membership, .arithmetic, .conditional, .call,
      .aggregate, .rounded, .malformed:
      break
    }
    let fields = plan.program.kinds[Int(kind)].fields
    return FailedTest(
      expression: plan.expressions[Int(node.source)], isNegated: !positively,
      field: fields.indices.contains(Int(slot)) ? fields[Int(slot)] : nil)
  }
}
