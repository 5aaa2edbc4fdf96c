import PolicyIR
import PolicyValues

extension Engine {
  /// 任一 and 全部: decided by one member also while the list is not complete.
  mutating func truthAggregate(_ node: Node, _ frame: Int32) -> Ref<Tri> {
    let aggregate = Expression.Aggregate.allCases[min(Int(node.detail), 5)]
    guard aggregate == .any || aggregate == .all else { return .leaf(.unknown(because(.notComputable(.malformed)))) }
    let isAny = aggregate == .any
    let owner = ancestor(frame, node.depth)
    let members: Members
    switch self.members(FieldID(Int(node.a)), owner) {
    case .unknown(let reasons): return .leaf(.unknown(reasons))
    case .absent: return .leaf(.no)
    case .some(let found): members = found
    }
    var result: Ref<Tri> = .leaf(.of(!isAny))
    for position in members.subjects.indices {
      var isSettled = false
      if case .leaf(let tri) = result { isSettled = tri.state == (isAny ? .yes : .no) }
      if isSettled, !Tracer.isOn { break }
      let before = touched
      let test = member(node, members, position, frame) { engine, inner in
        let filter: Ref<Tri> = node.b < 0 ? .leaf(.yes) : engine.truth(node.b, inner)
        let body: Ref<Tri> = node.c < 0 ? .leaf(.yes) : engine.truth(node.c, inner)
        let one = isAny ? engine.and(filter, body) : engine.or(engine.not(filter), body)
        return (one, .truth(one))
      }
      if isSettled { touched = before } else { result = isAny ? or(result, test) : and(result, test) }
    }
    if !members.isComplete {
      let open: Ref<Tri> = .leaf(.unknown(incomplete(FieldID(Int(node.a)), owner)))
      result = isAny ? or(result, open) : and(result, open)
    }
    return result
  }

  /// 合计, 计数, 最大, 最小; members whose value is 不适用 don't count.
  mutating func valueAggregate(_ node: Node, _ index: Int32, _ frame: Int32) -> Ref<Cell> {
    let aggregate = Expression.Aggregate.allCases[min(Int(node.detail), 5)]
    let owner = ancestor(frame, node.depth)
    let members: Members
    switch self.members(FieldID(Int(node.a)), owner) {
    case .unknown(let reasons):
      let onlyAdds = plan.listsOnlyAdd[Int(index)]
      // 最大 and 最小 of an empty list can't be computed.
      let mayFail = !onlyAdds || aggregate == .greatest || aggregate == .least
      return .leaf(
        .unknown(reasons, Bounds(low: onlyAdds ? .zero : nil, high: nil, mayVanish: true, mayFail: mayFail)))
    case .absent: return .leaf(.notApplicable)
    case .some(let found): members = found
    }
    var result: Ref<Cell> = .leaf(aggregate == .sum || aggregate == .count ? .quantity(.zero) : .notApplicable)
    for position in members.subjects.indices {
      result = member(node, members, position, frame) { engine, inner in
        let filter: Ref<Tri> = node.b < 0 ? .leaf(.yes) : engine.truth(node.b, inner)
        if aggregate == .count {
          let test = node.c < 0 ? filter : engine.and(filter, engine.truth(node.c, inner))
          return (engine.counted(result, test), .truth(test))
        }
        let body: Ref<Cell> = node.c < 0 ? .leaf(.notApplicable) : engine.value(node.c, inner)
        let one: Ref<Cell> = engine.apply(filter, body) { engine, tri, cell in engine.filtered(tri, cell, aggregate) }
        let next: Ref<Cell> = engine.apply(result, one) { engine, total, cell in
          engine.accumulated(total, cell, aggregate)
        }
        return (next, .value(one))
      }
    }
    let reasons = members.isComplete ? nil : incomplete(FieldID(Int(node.a)), owner)
    return map(result) { engine, cell in engine.finished(cell, aggregate, node, index, lacking: reasons) }
  }

  /// What a member adds: nothing where the filter is no, perhaps nothing where it is unknown.
  private mutating func filtered(_ tri: Tri, _ cell: Cell, _ aggregate: Expression.Aggregate) -> Cell {
    switch tri.state {
    case .yes: return cell
    case .no, .notApplicable: return .notApplicable
    case .unknown:
      if case .notApplicable = cell { return cell }
      var bounds = cell.bounds
      if aggregate == .sum {
        bounds.low = bounds.low.map { min($0, .zero) }
        bounds.high = bounds.high.map { max($0, .zero) }
      }
      // Marked as possibly absent for 最大 and 最小.
      bounds.mayVanish = true
      return .unknown(registry.sets.union(tri.reasons, cell.reasons), bounds)
    }
  }

  /// A total with one more; an unknown member that may be 不适用 may also add nothing.
  private mutating func accumulated(_ total: Cell, _ cell: Cell, _ aggregate: Expression.Aggregate) -> Cell {
    if case .notApplicable = cell { return total }
    var (one, two) = (total, cell)
    let (isOpen, isNextOpen) = (settle(&one), settle(&two))
    if aggregate == .sum {
      if isNextOpen, case .unknown(let reasons, var bounds) = two {
        bounds.low = bounds.low.map { min($0, .zero) }
        bounds.high = bounds.high.map { max($0, .zero) }
        two = .unknown(reasons, bounds)
      }
      return sum(one, two)
    }
    // `mayVanish` of a total says that nothing may be left to compare.
    if case .notApplicable = total { return cell }
    let next = extreme(one, two, greatest: aggregate == .greatest)
    guard case .unknown(let reasons, var ends) = next else { return next }
    // Without one of the two the other stays, so it bounds the result on the other side too.
    for (may, rest) in [(isOpen, two), (isNextOpen, one)] where may {
      ends.low = both(ends.low, rest.bounds.low) { min($0, $1) }
      ends.high = both(ends.high, rest.bounds.high) { max($0, $1) }
    }
    ends.mayVanish = isOpen && isNextOpen
    return .unknown(reasons, ends)
  }

  /// Takes the mark off an unknown that may turn out to be nothing, and tells whether it was there.
  private mutating func settle(_ cell: inout Cell) -> Bool {
    guard case .unknown(let reasons, var bounds) = cell, bounds.mayVanish else { return false }
    bounds.mayVanish = false
    cell = .unknown(reasons, bounds)
    return true
  }

  /// The total of what is listed becomes the answer, or its bound while the list is not complete.
  private mutating func finished(
    _ cell: Cell, _ aggregate: Expression.Aggregate, _ node: Node, _ index: Int32, lacking: SlotSet?
  ) -> Cell {
    let isExtreme = aggregate == .greatest || aggregate == .least
    var total = cell
    let mayBeEmpty = isExtreme && (settle(&total) || cell == .notApplicable)
    guard let lacking else {
      if case .notApplicable = cell { return failed(.emptyList(FieldID(Int(node.a)))) }
      guard mayBeEmpty, case .unknown(let reasons, var bounds) = total else { return total }
      bounds.mayFail = true
      return .unknown(reasons, bounds)
    }
    let reasons = registry.sets.union(cell.reasons, lacking)
    let onlyAdds = plan.listsOnlyAdd[Int(index)]
    var bounds = total.bounds
    bounds.mayVanish = false
    bounds.mayFail = bounds.mayFail || mayBeEmpty || !onlyAdds
    // Where none of the listed surely counts, one that isn't listed may be the only one.
    if mayBeEmpty { (bounds.low, bounds.high) = (nil, nil) }
    switch aggregate {
    case .sum, .count:
      bounds.high = nil
      if !onlyAdds { bounds.low = nil }
    case .greatest:
      bounds.high = nil
      if bounds.low == nil, onlyAdds { bounds.low = .zero }
    case .least: bounds.low = onlyAdds ? .zero : nil
    case .any, .all: break
    }
    return .unknown(reasons, bounds)
  }

  private struct Members {
    var relation: FieldID
    var owner: Int32
    var subjects: [Subject]
    var isComplete: Bool
  }

  private enum Found {
    case some(Members)
    case unknown(SlotSet)
    case absent
  }

  private mutating func members(_ relation: FieldID, _ owner: Int32) -> Found {
    switch fact(relation.rawValue, owner) {
    case .many(let subjects, let complete):
      return .some(Members(relation: relation, owner: owner, subjects: subjects, isComplete: complete))
    case .missing: return .unknown(lacking(relation.rawValue, owner, asked: false))
    case .notKnown: return .unknown(lacking(relation.rawValue, owner, asked: true))
    case .notApplicable: return .absent
    case .one, .value: return .unknown(because(.notComputable(.malformed)))
    }
  }

  private mutating func incomplete(_ relation: FieldID, _ owner: Int32) -> SlotSet {
    let path = subjectPath(of: owner)
    return because(.listIncomplete(relation, subject: path))
  }

  /// Evaluates one member on a frame of its own, inside the frame in which the aggregate stands.
  private mutating func member<Result>(
    _ node: Node, _ members: Members, _ position: Int, _ frame: Int32,
    _ body: (inout Engine, Int32) -> (Result, RawOutcome)
  ) -> Result {
    let kept = frames.count
    frames.append(
      Frame(
        subject: members.subjects[position], parent: frame, owner: members.owner, relation: members.relation,
        position: Int32(position), path: -1))
    if Tracer.isOn {
      recorder.open(RawStep(.element(members.relation, position), path: path(of: Int32(kept))))
    }
    let (result, outcome) = body(&self, Int32(kept))
    if Tracer.isOn { recorder.close(outcome) }
    frames.removeSubrange(kept...)
    return result
  }
}
