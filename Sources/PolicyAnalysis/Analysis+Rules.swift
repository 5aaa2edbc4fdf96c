import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues

extension Analysis {
  // MARK: Two measures

  /// Measures of one kind about one thing: 应当 against 不得, and one grant with two amounts.
  mutating func pairs(_ measures: [MeasureID]) throws(SolverFailure) {
    struct Key: Hashable {
      var kind: KindID
      var effect: String
    }
    var sets: [Key: [MeasureID]] = [:]
    for id in measures {
      guard let kind = program.measures[id].object?.kind, !program.measures[id].effect.isEmpty else { continue }
      sets[Key(kind: kind, effect: program.measures[id].effect), default: []].append(id)
    }
    for (key, ids) in sets.sorted(by: { $0.value[0] < $1.value[0] }) where ids.count > 1 {
      let last = ids[ids.count - 1]
      _ = try attempt(.measure(last)) { analysis throws(AnalysisStop) in try analysis.compare(ids, kind: key.kind) }
    }
  }

  private func forces(_ id: MeasureID) -> Set<Force> { Set(program.measures[id].force.map(\.strength)) }

  private func isOpposed(_ a: MeasureID, _ b: MeasureID) -> Bool {
    forces(a).contains(.prohibition) && !forces(b).contains(.prohibition)
      && !forces(b).isDisjoint(with: [.obligation, .entitlement, .permission, .procedure])
  }

  private func areGrants(_ a: MeasureID, _ b: MeasureID) -> Bool {
    program.measures[a].amount != nil && program.measures[b].amount != nil
      && !program.groups.contains { $0.members.contains(a) && $0.members.contains(b) }
  }

  /// Each measure against all before it in one question: the first that it meets is reported.
  private mutating func compare(_ ids: [MeasureID], kind: KindID) throws(AnalysisStop) {
    let space = try space(fillsGaps: false)
    let encoder = Encoder(program, in: space)
    let solver = space.solver
    var verdicts: [MeasureID: SymbolicVerdict] = [:]
    var amounts: [MeasureID: SymbolicCell] = [:]
    for id in ids {
      do throws(Unsupported) {
        verdicts[id] = try encoder.verdict(of: id)
        if program.measures[id].amount != nil { amounts[id] = try encoder.amount(of: id) }
      } catch { report.note(.measure(id), .unsupported(error)) }
    }
    let question = space.question()
    for (place, two) in ids.enumerated() {
      guard let second = verdicts[two] else { continue }
      var clashes: [(one: MeasureID, term: Term)] = []
      for one in ids[..<place] {
        guard let first = verdicts[one] else { continue }
        if isOpposed(one, two) || isOpposed(two, one) {
          clashes.append((one, first.yes))
        } else if areGrants(one, two), let a = amounts[one], let b = amounts[two] {
          let same = try encoded { () throws(Unsupported) in try solver.same(a, b) }
          clashes.append((one, solver.and([first.yes, solver.known(a), solver.known(b), solver.not(same)])))
        }
      }
      guard !clashes.isEmpty,
        let found = try answer(question, [second.yes, solver.or(clashes.map(\.term))]),
        let clash = clashes.first(where: { found.truth($0.term) })
      else { continue }
      let isContradiction = isOpposed(clash.one, two) || isOpposed(two, clash.one)
      let small = replay.minimized(encoder.witness(found, kind: kind), asOf: asOf) { replay, witness in
        let decisions = replay.decisions(witness, [clash.one, two]).decisions
        guard decisions.count == 2, decisions.allSatisfy({ $0.verdict == .yes }) else { return false }
        return isContradiction || decisions[0].amount != decisions[1].amount
      }
      guard let small else {
        report.note(.measure(two), .notReplayed)
        continue
      }
      add(
        isContradiction ? .contradiction : .twoAmounts, [clash.one, two],
        [program.measures[clash.one].origin.span, program.measures[two].origin.span], small)
    }
  }

  // MARK: Tables

  mutating func analyze(_ id: TableID) throws(AnalysisStop) {
    let table = program.tables[id]
    let space = try space(fillsGaps: true)
    let encoder = Encoder(program, in: space)
    let solver = space.solver
    let subject = space.subject(of: table.kind, in: program)
    let rows = try encoded { () throws(Unsupported) in try encoder.rows(of: id, subject) }
    var results: [SymbolicCell] = []
    for row in table.rows {
      results.append(try encoded { () throws(Unsupported) in try encoder.cell(row.result, [subject]) })
    }
    let question = space.question()
    // 不适用 meets no row; a table need not provide for it.
    let given = space.absences.map { solver.not($0) }
    let isBounded = !space.boundedLists.isEmpty
    /// What the evaluator says of the rows; nil: unknown.
    func shows(_ holds: @escaping ([Bool?]) -> Bool) -> (inout Replay, Witness) -> Bool {
      { replay, witness in
        var held: [Bool?] = []
        for row in table.rows {
          let tests = row.tests.compactMap { $0 }
          let all = Expression(.conjunction(tests), type: .truth, span: row.span)
          let outcome = PolicyEvaluation.value(
            of: all, in: replay.settled(witness.readings), subject: witness.subject, asOf: witness.asOf
          ).outcome
          guard case .truth(let truth) = outcome, let leaf = truth.leaf else { return false }
          if case .unknown = leaf { held.append(nil) } else { held.append(leaf == .yes) }
        }
        return holds(held)
      }
    }
    if let found = try witness(
      encoder, question, given + rows.map(\.no), kind: table.kind, shows { $0.allSatisfy { $0 == false } })
    {
      add(.tableGap, [], [table.origin.span], found, bounded: isBounded, table: id)
    }
    for one in rows.indices {
      let others = rows.indices.filter { $0 != one }
      if try answer(question, [rows[one].yes] + others.map { solver.not(rows[$0].yes) }) == nil {
        let example = try witness(
          encoder, question, given + [rows[one].yes], kind: table.kind, shows { $0[one] == true })
        add(.tableMasked, [], [table.rows[one].span], example, bounded: isBounded, table: id)
        continue
      }
      for two in others where two > one {
        if let found = try witness(
          encoder, question, given + [rows[one].yes, rows[two].yes], kind: table.kind,
          shows { $0[one] == true && $0[two] == true })
        {
          add(
            .tableOverlap, [], [table.rows[one].span, table.rows[two].span], found, bounded: isBounded, table: id)
        }
        if try isMergeable(one, two, table, encoder, subject, results) {
          let example = try witness(
            encoder, question, given + [rows[one].yes], kind: table.kind, shows { $0[one] == true })
          add(
            .tableMergeable, [], [table.rows[one].span, table.rows[two].span], example, bounded: isBounded, table: id)
        }
      }
    }
  }

  private func isMergeable(
    _ one: Int, _ two: Int, _ table: DecisionTable, _ encoder: Encoder, _ subject: SymbolicSubject,
    _ results: [SymbolicCell]
  ) throws(AnalysisStop) -> Bool {
    let (first, second) = (table.rows[one], table.rows[two])
    let same = try encoded { () throws(Unsupported) in try encoder.solver.same(results[one], results[two]) }
    guard same == encoder.solver.yes, first.tests.count == second.tests.count else { return false }
    var differing = 0
    for (a, b) in zip(first.tests, second.tests) {
      guard let a, let b else {
        differing += (a == nil) == (b == nil) ? 0 : 1
        continue
      }
      let (left, right) = try encoded { () throws(Unsupported) in
        (try encoder.truth(a, [subject]), try encoder.truth(b, [subject]))
      }
      // Equal formulas are one term.
      if left.yes != right.yes || left.no != right.no { differing += 1 }
    }
    return differing == 1
  }

  // MARK: Groups

  mutating func analyze(_ id: GroupID) throws(AnalysisStop) {
    let group = program.groups[id]
    let members = group.members.filter { program.measures[$0].object?.kind == group.kind }
    if group.rule == .exclusive {
      for (place, one) in members.enumerated() {
        for two in members.dropFirst(place + 1) { try doublePay(one, two, id) }
      }
    }
    // A member that another group counts as well, neither within the other.
    for (other, next) in program.groups.enumerated() where other > id.index && next.kind == group.kind {
      if next.subgroups.contains(id) || group.subgroups.contains(GroupID(other)) { continue }
      for member in members where next.members.contains(member) {
        if let found = try example(member, group.kind, .yes) {
          add(.doublePay, [member], [group.origin.span, next.origin.span], found, group: id)
        }
      }
    }
    try cap(of: id, members)
  }

  private mutating func doublePay(_ one: MeasureID, _ two: MeasureID, _ id: GroupID) throws(AnalysisStop) {
    let space = try space(fillsGaps: false)
    let encoder = Encoder(program, in: space)
    let (a, b) = try encoded { () throws(Unsupported) in (try encoder.verdict(of: one), try encoder.verdict(of: two)) }
    let found = try witness(encoder, space.question(), [a.yes, b.yes], kind: program.groups[id].kind) {
      replay, witness in
      replay.verdict(witness, one) == .yes && replay.verdict(witness, two) == .yes
    }
    if let found {
      add(
        .doublePay, [one, two],
        [program.groups[id].origin.span, program.measures[one].origin.span, program.measures[two].origin.span], found,
        group: id)
    }
  }

  /// A cap on a group whose members, granted together, never come up to it.
  private mutating func cap(of id: GroupID, _ members: [MeasureID]) throws(AnalysisStop) {
    let group = program.groups[id]
    guard let cap = group.cap, !members.isEmpty, members.count == group.members.count, group.subgroups.isEmpty else {
      return
    }
    let space = try space(fillsGaps: true)
    let encoder = Encoder(program, in: space)
    let solver = space.solver
    let subject = space.subject(of: group.kind, in: program)
    let zero = solver.real(.zero)
    var total = zero
    for member in members {
      let (verdict, amount) = try encoded { () throws(Unsupported) in
        (try encoder.verdict(of: member), try encoder.amount(of: member))
      }
      // An amount that isn't known may be any: then nothing is said of the cap.
      if amount.unknown != solver.no { return }
      guard case .quantity(let number) = amount.value else { continue }
      let counted = solver.choose(solver.and(verdict.yes, solver.not(amount.notApplicable)), number, zero)
      total = group.rule == .stack ? solver.add(total, counted) : solver.maximum(total, counted)
    }
    let limit = try encoded { () throws(Unsupported) in try encoder.cell(cap, [subject]) }
    guard case .quantity(let most) = limit.value else { return }
    let reached = solver.and(solver.not(limit.notApplicable), solver.lessOrEqual(most, total))
    if try answer(space.question(), [reached]) == nil {
      add(
        .unreachableCap, members, [cap.span], try example(members[0], group.kind, .yes),
        bounded: !space.boundedLists.isEmpty, group: id)
    }
  }
}
