import PolicyIR
import PolicyValues

extension Engine {
  /// The truth of a node for the subject of a frame.
  mutating func truth(_ index: Int32, _ frame: Int32) -> Ref<Tri> {
    let node = plan.nodes[Int(index)]
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { return .leaf(.unknown(because(.notComputable(.nesting)))) }
    if node.memo >= 0, frame == 0 {
      let memo = truthMemo[Int(node.memo)]
      if memo.stamp == stamp {
        touched = registry.sets.union(touched, memo.touched)
        if Tracer.isOn { again(index, frame, memo.step, .truth(memo.ref)) }
        return memo.ref
      }
      let before = touched
      touched = .empty
      let step = Int32(truncatingIfNeeded: recorder.count)
      let result = freshTruth(node, index, frame)
      truthMemo[Int(node.memo)] = Memo(stamp: stamp, step: step, touched: touched, ref: result)
      touched = registry.sets.union(before, touched)
      return result
    }
    return freshTruth(node, index, frame)
  }

  /// Records a node's step that stands in the tree already.
  @inline(never)
  mutating func again(_ index: Int32, _ frame: Int32, _ step: Int32, _ outcome: RawOutcome) {
    recordElementary(index, frame, outcome)
    recorder.repeats(step)
  }

  /// Opens the step of a node.
  @inline(__always)
  mutating func open(_ index: Int32, _ frame: Int32) {
    recorder.open(nodeSteps[Int(index)])
    recordFact(index, frame)
  }

  /// Records the step of a node that has no parts.
  @inline(__always)
  mutating func recordElementary(_ index: Int32, _ frame: Int32, _ outcome: RawOutcome) {
    recorder.leaf(nodeSteps[Int(index)], outcome)
    recordFact(index, frame)
  }

  /// Notes the fact that a node reads on the step recorded last.
  @inline(__always)
  private mutating func recordFact(_ index: Int32, _ frame: Int32) {
    let node = plan.nodes[Int(index)]
    switch node.operation {
    case .field: recordFact(of: node.a, ancestor(frame, node.depth))
    case .classification:
      recordFact(of: plan.program.classifications[Int(node.a)].field.rawValue, ancestor(frame, node.depth))
    default: break
    }
  }

  private mutating func recordFact(of field: Int32, _ frame: Int32) {
    let path = self.path(of: frame)
    recorder.note(path, factState(field, frame))
  }

  private mutating func freshTruth(_ node: Node, _ index: Int32, _ frame: Int32) -> Ref<Tri> {
    if Tracer.isOn, node.isElementary {
      let result = computeTruth(node, index, frame)
      recordElementary(index, frame, .truth(result))
      return result
    }
    if Tracer.isOn { open(index, frame) }
    let result = computeTruth(node, index, frame)
    if Tracer.isOn { recorder.close(.truth(result)) }
    return result
  }

  private mutating func computeTruth(_ node: Node, _ index: Int32, _ frame: Int32) -> Ref<Tri> {
    switch node.operation {
    case .literal:
      if case .option(let flag) = plan.constants[Int(node.a)] { return .leaf(.of(flag != 0)) }
      return .leaf(.unknown(because(.notComputable(.malformed))))
    case .field: return .leaf(truthFact(node.a, ancestor(frame, node.depth)))
    case .fieldOf:
      return .leaf(
        related(node.b, frame) { engine, owner in
          engine.truthFact(node.a, owner)
        } missing: { _, reasons in
          .unknown(reasons)
        } absent: {
          .no
        })
    case .definition: return definitionTruth(node.a, ancestor(frame, node.depth))
    case .classification: return classification(node.a, index, ancestor(frame, node.depth))
    case .hole: return holeTruth(node.a, index, frame)
    case .measureHolds: return holds(node.a, index, frame)
    case .onList: return .leaf(onList(node.a, index, frame))
    case .dangling:
      let text = plan.texts[Int(node.a)]
      return .leaf(.unknown(because(index, frame) { .danglingReference(text) }))
    case .conjunction: return connective(node, frame, isConjunction: true)
    case .disjunction: return connective(node, frame, isConjunction: false)
    case .negation: return not(truth(node.a, frame))
    case .atLeast: return atLeast(node, frame)
    case .comparison: return comparison(node, frame)
    case .membership: return membership(node, index, frame)
    case .conditional: return truthConditional(node, frame)
    case .aggregate: return truthAggregate(node, frame)
    case .parameter, .table, .tiers: return truthOfCell(value(index, frame))
    case .measureAmount, .asOf, .arithmetic, .call, .rounded, .malformed:
      return .leaf(.unknown(because(.notComputable(.malformed))))
    }
  }

  /// The truth that a truth-typed table or parameter gives; 不适用 counts as no.
  mutating func truthOfCell(_ cell: Ref<Cell>) -> Ref<Tri> {
    map(cell) { engine, value in
      switch value {
      case .option(let flag): .of(flag != 0)
      case .unknown(let reasons, _): .unknown(reasons)
      case .notApplicable: .no
      case .quantity, .date, .duration, .text: .unknown(engine.because(.notComputable(.malformed)))
      }
    }
  }

  mutating func not(_ a: Ref<Tri>) -> Ref<Tri> {
    remembered(.not, a) { _, tri, _ in
      switch tri.state {
      case .no, .notApplicable: .yes
      case .yes: .no
      case .unknown: tri
      }
    }
  }

  mutating func and(_ a: Ref<Tri>, _ b: Ref<Tri>) -> Ref<Tri> {
    switch (a, b) {
    case (.leaf(.no), _), (_, .leaf(.no)): return .leaf(.no)
    case (.leaf(.yes), _): return b
    case (_, .leaf(.yes)): return a
    default:
      return remembered(.and, a, b) { engine, one, two in
        if one.state == .no || two.state == .no { return .no }
        if one.state == .yes { return two }
        if two.state == .yes { return one }
        return .unknown(engine.registry.sets.union(one.reasons, two.reasons))
      }
    }
  }

  mutating func or(_ a: Ref<Tri>, _ b: Ref<Tri>) -> Ref<Tri> {
    switch (a, b) {
    case (.leaf(.yes), _), (_, .leaf(.yes)): return .leaf(.yes)
    case (.leaf(.no), _): return b
    case (_, .leaf(.no)): return a
    default:
      return remembered(.or, a, b) { engine, one, two in
        if one.state == .yes || two.state == .yes { return .yes }
        if one.state == .no { return two }
        if two.state == .no { return one }
        return .unknown(engine.registry.sets.union(one.reasons, two.reasons))
      }
    }
  }

  /// Records an operand that no longer changes the result.
  mutating func unattended(_ index: Int32, _ frame: Int32) {
    let before = touched
    if plan.nodes[Int(index)].isTruth { _ = truth(index, frame) } else { _ = value(index, frame) }
    touched = before
  }

  private mutating func connective(_ node: Node, _ frame: Int32, isConjunction: Bool) -> Ref<Tri> {
    var result: Ref<Tri> = .leaf(.of(isConjunction))
    var isSettled = false
    for offset in 0..<Int(node.b) {
      let operand = plan.operands[Int(node.a) + offset]
      if isSettled {
        if !Tracer.isOn { break }
        unattended(operand, frame)
        continue
      }
      let next = truth(operand, frame)
      result = isConjunction ? and(result, next) : or(result, next)
      if case .leaf(let tri) = result { isSettled = tri.state == (isConjunction ? .no : .yes) }
    }
    return result
  }

  /// k of n: yes when k are, no when too few can be.
  private mutating func atLeast(_ node: Node, _ frame: Int32) -> Ref<Tri> {
    var count: Ref<Cell> = .leaf(.quantity(.zero))
    for offset in 0..<Int(node.b) {
      count = counted(count, truth(plan.operands[Int(node.a) + offset], frame))
    }
    let least = Rational(Int(node.c))
    return map(count) { _, cell in
      let bounds = cell.bounds
      if let low = bounds.low, low >= least { return .yes }
      if let high = bounds.high, high < least { return .no }
      return .unknown(cell.reasons)
    }
  }

  /// One more for yes, perhaps one more for unknown.
  mutating func counted(_ count: Ref<Cell>, _ test: Ref<Tri>) -> Ref<Cell> {
    apply(count, test) { engine, cell, tri in
      switch tri.state {
      case .no, .notApplicable: return cell
      case .yes: return engine.sum(cell, .quantity(.one))
      case .unknown:
        return engine.sum(cell, .unknown(tri.reasons, Bounds(low: .zero, high: .one, mayVanish: false)))
      }
    }
  }

  private mutating func truthConditional(_ node: Node, _ frame: Int32) -> Ref<Tri> {
    let test = truth(node.a, frame)
    if case .leaf(let tri) = test, tri.state != .unknown {
      if tri.state == .yes {
        let result = truth(node.b, frame)
        if Tracer.isOn { unattended(node.c, frame) }
        return result
      }
      if Tracer.isOn { unattended(node.b, frame) }
      return truth(node.c, frame)
    }
    let (then, otherwise) = (truth(node.b, frame), truth(node.c, frame))
    return applyAll([test, then, otherwise], []) { engine, leaves, _ in
      guard leaves.count == 3 else { return .no }
      switch leaves[0].state {
      case .yes: return leaves[1]
      case .no, .notApplicable: return leaves[2]
      case .unknown:
        if leaves[1] == leaves[2], leaves[1].state != .unknown { return leaves[1] }
        let both = engine.registry.sets.union(leaves[1].reasons, leaves[2].reasons)
        return .unknown(engine.registry.sets.union(leaves[0].reasons, both))
      }
    }
  }

  private mutating func holeTruth(_ hole: Int32, _ index: Int32, _ frame: Int32) -> Ref<Tri> {
    switch filling(of: hole) {
    case .one(let position):
      if Tracer.isOn { recorder.open(RawStep(.filling(HoleID(Int(hole)), position))) }
      let result = truth(plan.holes[Int(hole)].fillings[position], frame)
      if Tracer.isOn { recorder.close(.truth(result)) }
      return result
    case .none: return .leaf(.unknown(because(index, frame) { .hole(HoleID(Int(hole))) }))
    case .several(let positions):
      return .leaf(.unknown(because(.conflict(.fillings(HoleID(Int(hole)), positions)))))
    }
  }

  private mutating func onList(_ list: Int32, _ index: Int32, _ frame: Int32) -> Tri {
    let entry = plan.program.nameLists[Int(list)]
    let id = NameListID(Int(list))
    guard entry.names != nil else { return .unknown(because(index, frame) { .listNotOnFile(id) }) }
    guard frame >= 0, let name = frames[Int(frame)].subject.name else { return .unknown(because(.unnamed(id))) }
    if plan.lists[Int(list)].contains(name) { return .yes }
    return entry.complete ? .no : .unknown(because(index, frame) { .notOnIncompleteList(id) })
  }

  private mutating func membership(_ node: Node, _ index: Int32, _ frame: Int32) -> Ref<Tri> {
    if plan.nodes[Int(node.a)].isTruth {
      return map(truth(node.a, frame)) { engine, tri in
        tri.state == .unknown ? tri : engine.membership(.option(tri.state == .yes ? 1 : 0), node, index, frame)
      }
    }
    return map(value(node.a, frame)) { engine, cell in engine.membership(cell, node, index, frame) }
  }

  private mutating func membership(_ cell: Cell, _ node: Node, _ index: Int32, _ frame: Int32) -> Tri {
    switch cell {
    case .notApplicable: return .no
    case .unknown(let reasons, _): return .unknown(reasons)
    case .quantity, .date, .duration, .text, .option:
      if case .duration(let length) = cell, let tri = membership(length, node) { return tri }
      for offset in 0..<Int(node.c) where plan.constants[Int(plan.operands[Int(node.b) + offset])] == cell {
        return .yes
      }
      if node.detail == 0 { return .no }
      let operand = plan.nodes[Int(node.a)]
      let field = operand.operation == .field || operand.operation == .fieldOf ? FieldID(Int(operand.a)) : nil
      let span = plan.expressions[Int(node.source)].span
      // The same for every subject.
      return .unknown(because(index, 0) { .openList(field, list: span) })
    }
  }

  /// Whether a length is one of the list's; nil where it is surely none.
  private mutating func membership(_ length: Duration, _ node: Node) -> Tri? {
    var open: Tri?
    for offset in 0..<Int(node.c) {
      guard case .duration(let other) = plan.constants[Int(plan.operands[Int(node.b) + offset])] else { continue }
      let tri = compare(length, other, .equal)
      if tri.state == .yes { return tri }
      if tri.state == .unknown { open = tri }
    }
    return open
  }
}
