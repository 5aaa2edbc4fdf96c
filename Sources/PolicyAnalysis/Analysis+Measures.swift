import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues

/// One thing that must hold, as small as the rules write it.
struct Conjunct {
  var test: Expression
  var truth: SymbolicTruth
  var role: Measure.Condition.Role
}

extension Analysis {
  mutating func analyze(_ id: MeasureID) throws(AnalysisStop) {
    let measure = program.measures[id]
    guard let kind = measure.object?.kind else { return }
    let space = try space(fillsGaps: true)
    let encoder = Encoder(program, in: space)
    let solver = space.solver
    let verdict = try encoded { () throws(Unsupported) in try encoder.wouldBe(of: id) }
    let object = try encoded { () throws(Unsupported) in try encoder.membership(of: id) }
    let conjuncts = try conjuncts(of: measure, encoder)
    let question = space.question()
    let isBounded = !space.boundedLists.isEmpty
    let holding = try answer(question, [object.yes] + conjuncts.map(\.truth.yes) + [verdict.yes])
    if holding == nil {
      let causes = conjuncts.filter { question.core.contains($0.truth.yes) }
      let gives = causes.contains { $0.role == .exception || $0.role == .precedence }
      var spans = causes.map(\.test.span)
      if question.core.contains(object.yes) { spans += [measure.object?.membership?.span].compactMap { $0 } }
      if spans.isEmpty { spans = measure.reference.map { [$0.span] } ?? [measure.origin.span] }
      add(gives ? .shadowed : .neverHolds, [id], spans, try failing(id, kind, causes), bounded: isBounded)
      return
    }
    if conjuncts.isEmpty { return }
    if try answer(question, [object.yes, solver.not(verdict.yes)]) == nil {
      add(.alwaysHolds, [id], conjuncts.map(\.test.span), try example(id, kind, .yes), bounded: isBounded)
      return
    }
    for (place, conjunct) in conjuncts.enumerated() {
      let others = [object.yes] + conjuncts.indices.filter { $0 != place }.map { conjuncts[$0].truth.yes }
      if try answer(question, others + [solver.not(conjunct.truth.yes)]) == nil {
        add(.redundant, [id], [conjunct.test.span], try example(id, kind, .yes), bounded: isBounded)
        continue
      }
      if conjunct.role == .exception || conjunct.role == .precedence { continue }
      guard case .disjunction(let alternatives) = conjunct.test.form, alternatives.count > 1 else { continue }
      let subject = space.subject(of: kind, in: program)
      var truths: [SymbolicTruth] = []
      for alternative in alternatives {
        truths.append(try encoded { () throws(Unsupported) in try encoder.truth(alternative, [subject]) })
      }
      for (index, alternative) in alternatives.enumerated() {
        let rest = truths.indices.filter { $0 != index }.map { solver.not(truths[$0].yes) }
        if try answer(question, others + rest + [truths[index].yes]) != nil { continue }
        let isBlocked = try answer(question, others + [truths[index].yes]) == nil
        add(
          isBlocked ? .blocked : .redundant, [id], [alternative.span], try example(id, kind, .yes), bounded: isBounded)
      }
    }
  }

  /// The conditions with 且 taken apart.
  private func conjuncts(of measure: Measure, _ encoder: Encoder) throws(AnalysisStop) -> [Conjunct] {
    guard let kind = measure.object?.kind else { return [] }
    let subject = encoder.space.subject(of: kind, in: program)
    var result: [Conjunct] = []
    for condition in measure.conditions {
      let isNegated = condition.role == .exception || condition.role == .precedence
      var tests = [condition.test]
      if !isNegated, case .conjunction(let parts) = condition.test.form { tests = parts }
      for test in tests {
        let truth = try encoded { () throws(Unsupported) in try encoder.truth(test, [subject]) }
        result.append(
          Conjunct(test: test, truth: isNegated ? encoder.solver.not(truth) : truth, role: condition.role))
      }
    }
    return result
  }

  /// A subject of the class that fails on one of the causes only, or at least fails.
  private mutating func failing(
    _ id: MeasureID, _ kind: KindID, _ causes: [Conjunct]
  ) throws(AnalysisStop) -> Witness? {
    let space = try space(fillsGaps: false)
    let encoder = Encoder(program, in: space)
    let verdict = try encoded { () throws(Unsupported) in try encoder.wouldBe(of: id) }
    let conjuncts = try conjuncts(of: program.measures[id], encoder)
    let question = space.question()
    func fails(_ replay: inout Replay, _ witness: Witness) -> Bool {
      let decision = replay.decisions(witness, [id]).decisions.first
      return decision?.wouldBe == .no
    }
    for cause in causes {
      guard let place = conjuncts.firstIndex(where: { $0.test.span == cause.test.span }) else { continue }
      let others = conjuncts.indices.filter { $0 != place }.map { conjuncts[$0].truth.yes }
      let conditions = program.measures[id].conditions
      let found = try witness(encoder, question, others + [verdict.no, conjuncts[place].truth.no], kind: kind) {
        replay, witness in
        // Only the lines that hold the cause may fail.
        guard let decision = replay.decisions(witness, [id]).decisions.first, decision.wouldBe == .no else {
          return false
        }
        return decision.conditions.indices.allSatisfy {
          decision.conditions[$0] == .yes || conditions[$0].test.span == cause.test.span
            || conditions[$0].test.children.contains { $0.span == cause.test.span }
        }
      }
      if let found { return found }
    }
    if let found = try witness(encoder, question, [verdict.no], kind: kind, fails) { return found }
    return try witness(encoder, question, [verdict.notApplicable], kind: kind) { replay, witness in
      replay.decisions(witness, [id]).decisions.first?.wouldBe == .notApplicable
    }
  }

  /// A subject with a verdict; nil where the rules still to be issued leave none.
  mutating func example(_ id: MeasureID, _ kind: KindID, _ wanted: Verdict) throws(AnalysisStop) -> Witness? {
    let space = try space(fillsGaps: false)
    let encoder = Encoder(program, in: space)
    let verdict = try encoded { () throws(Unsupported) in try encoder.verdict(of: id) }
    return try witness(encoder, space.question(), [wanted == .yes ? verdict.yes : verdict.no], kind: kind) {
      replay, witness in replay.verdict(witness, id) == wanted
    }
  }

  /// 最高 … in the measure's amount that nothing exceeds.
  mutating func caps(of id: MeasureID) throws(AnalysisStop) {
    guard let amount = program.measures[id].amount?.value, let kind = program.measures[id].object?.kind else { return }
    var pending = [amount]
    let encoder = Encoder(program, in: try space(fillsGaps: true))
    let solver = encoder.solver
    let subject = encoder.space.subject(of: kind, in: program)
    let verdict = try encoded { () throws(Unsupported) in try encoder.wouldBe(of: id) }
    while let expression = pending.popLast() {
      pending += expression.children
      guard case .call(.least, let parts) = expression.form,
        let cap = parts.first(where: { if case .literal = $0.form { true } else { false } }),
        let base = parts.first(where: { if case .literal = $0.form { false } else { true } }), parts.count == 2
      else { continue }
      let (value, limit) = try encoded { () throws(Unsupported) in
        (try encoder.cell(base, [subject]), try encoder.cell(cap, [subject]))
      }
      guard case .quantity(let one) = value.value, case .quantity(let two) = limit.value else { continue }
      let fresh = encoder.space.question()
      // A cap that only equals what it cuts is reached.
      let reached = solver.and([verdict.yes, solver.known(value), solver.lessOrEqual(two, one)])
      if try answer(fresh, [reached]) == nil {
        add(
          .unreachableCap, [id], [cap.span], try example(id, kind, .yes), bounded: !encoder.space.boundedLists.isEmpty)
      }
    }
  }
}
