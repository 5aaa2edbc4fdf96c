import PolicyIR
import PolicyValues

extension Engine {
  /// The value of a node for the subject of a frame.
  mutating func value(_ index: Int32, _ frame: Int32) -> Ref<Cell> {
    let node = plan.nodes[Int(index)]
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { return .leaf(failed(.nesting)) }
    if node.memo >= 0, frame == 0 {
      let memo = cellMemo[Int(node.memo)]
      if memo.stamp == stamp {
        touched = registry.sets.union(touched, memo.touched)
        if Tracer.isOn { again(index, frame, memo.step, .value(memo.ref)) }
        return memo.ref
      }
      let before = touched
      touched = .empty
      let step = Int32(truncatingIfNeeded: recorder.count)
      let result = freshValue(node, index, frame)
      cellMemo[Int(node.memo)] = Memo(stamp: stamp, step: step, touched: touched, ref: result)
      touched = registry.sets.union(before, touched)
      return result
    }
    return freshValue(node, index, frame)
  }

  private mutating func freshValue(_ node: Node, _ index: Int32, _ frame: Int32) -> Ref<Cell> {
    if Tracer.isOn, node.isElementary {
      let result = computeValue(node, index, frame)
      recordElementary(index, frame, .value(result))
      return result
    }
    if Tracer.isOn { open(index, frame) }
    let result = computeValue(node, index, frame)
    if Tracer.isOn { recorder.close(.value(result)) }
    return result
  }

  private mutating func computeValue(_ node: Node, _ index: Int32, _ frame: Int32) -> Ref<Cell> {
    switch node.operation {
    case .literal: return .leaf(plan.constants[Int(node.a)])
    case .field: return .leaf(cellFact(node.a, ancestor(frame, node.depth)))
    case .fieldOf:
      return .leaf(
        related(node.b, frame) { engine, owner in
          engine.cellFact(node.a, owner)
        } missing: { engine, reasons in
          .unknown(reasons, engine.unknownBounds(node.a))
        } absent: {
          .notApplicable
        })
    case .definition: return definitionValue(node.a, ancestor(frame, node.depth))
    case .hole: return holeValue(node.a, index, frame)
    case .parameter: return parameter(node, frame)
    case .table: return table(node.a, frame)
    case .tiers: return tiers(node.a, frame)
    case .measureAmount: return measureAmount(node.a, index, frame)
    case .asOf: return .leaf(.date(asOf))
    case .arithmetic: return arithmetic(node, frame)
    case .conditional: return valueConditional(node, frame)
    case .call: return call(node, frame)
    case .aggregate:
      if node.isTruth { return cellOfTruth(truthAggregate(node, frame)) }
      return valueAggregate(node, index, frame)
    case .rounded: return rounded(node, frame)
    case .classification, .measureHolds, .onList, .dangling, .conjunction, .disjunction, .negation, .atLeast,
      .comparison, .membership:
      return cellOfTruth(truth(index, frame))
    case .malformed: return .leaf(failed(.malformed))
    }
  }

  /// A truth as an option, 1 for yes.
  mutating func cellOfTruth(_ truth: Ref<Tri>) -> Ref<Cell> {
    map(truth) { _, tri in
      switch tri.state {
      case .yes: .option(1)
      case .no: .option(0)
      case .unknown: .unknown(tri.reasons, .none)
      case .notApplicable: .notApplicable
      }
    }
  }

  /// A value of any type, truth as an option.
  mutating func any(_ index: Int32, _ frame: Int32) -> Ref<Cell> {
    plan.nodes[Int(index)].isTruth ? cellOfTruth(truth(index, frame)) : value(index, frame)
  }

  private mutating func valueConditional(_ node: Node, _ frame: Int32) -> Ref<Cell> {
    let test = truth(node.a, frame)
    if case .leaf(let tri) = test, tri.state != .unknown {
      if tri.state == .yes {
        let result = any(node.b, frame)
        if Tracer.isOn { unattended(node.c, frame) }
        return result
      }
      if Tracer.isOn { unattended(node.b, frame) }
      return any(node.c, frame)
    }
    let (then, otherwise) = (any(node.b, frame), any(node.c, frame))
    return applyAll([test], [then, otherwise]) { engine, tests, leaves in
      guard let test = tests.first, leaves.count == 2 else { return .notApplicable }
      switch test.state {
      case .yes: return leaves[0]
      case .no, .notApplicable: return leaves[1]
      case .unknown: return engine.either(test.reasons, leaves)
      }
    }
  }

  enum Filling {
    case none
    case one(Int)
    case several([Int])
  }

  /// What fills a hole at the as-of date.
  mutating func filling(of hole: Int32) -> Filling {
    var found: Int?
    var several: [Int] = []
    for (position, filling) in plan.program.holes[Int(hole)].fillings.enumerated()
    where filling.period.contains(asOf) {
      if let first = found, several.isEmpty { several.append(first) }
      if found != nil { several.append(position) }
      found = found ?? position
    }
    if !several.isEmpty { return .several(several) }
    return found.map { .one($0) } ?? .none
  }

  private mutating func holeValue(_ hole: Int32, _ index: Int32, _ frame: Int32) -> Ref<Cell> {
    let id = HoleID(Int(hole))
    switch filling(of: hole) {
    case .one(let position):
      if Tracer.isOn { recorder.open(RawStep(.filling(id, position))) }
      let result = any(plan.holes[Int(hole)].fillings[position], frame)
      if Tracer.isOn { recorder.close(.value(result)) }
      return result
    case .several(let positions):
      return .leaf(.unknown(because(.conflict(.fillings(id, positions))), .failed))
    case .none:
      let reasons = because(index, frame) { .hole(id) }
      let plan = self.plan.holes[Int(hole)]
      if plan.lowest < 0, plan.highest < 0 {
        return .leaf(.unknown(reasons, Bounds(low: nil, high: nil, mayVanish: false)))
      }
      var bounds: [Ref<Cell>] = []
      bounds.append(plan.lowest < 0 ? .leaf(.notApplicable) : value(plan.lowest, frame))
      bounds.append(plan.highest < 0 ? .leaf(.notApplicable) : value(plan.highest, frame))
      return apply(bounds[0], bounds[1]) { _, low, high in
        .unknown(reasons, Bounds(low: low.bounds.low, high: high.bounds.high, mayVanish: false))
      }
    }
  }

  private mutating func parameter(_ node: Node, _ frame: Int32) -> Ref<Cell> {
    let at = value(node.b, frame)
    return map(at) { engine, cell in
      switch cell {
      case .unknown(let reasons, var bounds):
        // The date may lie before the first step.
        bounds.mayFail = true
        return .unknown(reasons, bounds)
      case .notApplicable: return .notApplicable
      case .quantity, .duration, .text, .option: return engine.failed(.malformed)
      case .date(let date):
        let steps = engine.plan.program.parameters[Int(node.a)].steps
        guard let step = steps.last(where: { $0.from <= date }) else {
          return engine.failed(.beforeFirstPeriod(ParameterID(Int(node.a))))
        }
        return engine.cell(step.value)
      }
    }
  }

  /// The amount of another measure for the same subject: nothing where its verdict is no.
  private mutating func measureAmount(_ measure: Int32, _ index: Int32, _ frame: Int32) -> Ref<Cell> {
    guard frame == 0 else { return .leaf(failed(.malformed)) }
    let plan = self.plan.measures[Int(measure)]
    let id = MeasureID(Int(measure))
    let verdict = self.verdict(measure)
    guard plan.grants else { return .leaf(failed(.noAmount(id))) }
    let amount = self.amount(measure)
    return apply(verdict, amount) { engine, tri, cell in
      switch tri.state {
      case .no, .notApplicable: return .quantity(.zero)
      case .yes where !plan.isDiscretionary: return cell
      case .yes, .unknown:
        var reasons = tri.reasons
        if plan.isDiscretionary { reasons = engine.registry.sets.union(reasons, engine.because(.discretion(id))) }
        return engine.either(reasons, [cell, .quantity(.zero)])
      }
    }
  }

  private mutating func rounded(_ node: Node, _ frame: Int32) -> Ref<Cell> {
    let operand = value(node.a, frame)
    guard case .quantity(let unit) = plan.constants[Int(node.b)] else { return .leaf(failed(.malformed)) }
    let modes = RoundingMode.allCases
    let mode = modes[min(Int(node.detail), modes.count - 1)]
    return map(operand) { engine, cell in engine.rounded(cell, .init(mode: mode, unit: unit)) }
  }
}
