import PolicyIR
import PolicyValues

extension Engine {
  /// The measure's verdict for the subject asked about, with regard to the period.
  mutating func verdict(_ measure: Int32) -> Ref<Tri> {
    let memo = complete(measure)
    return inPeriod(memo)
  }

  /// Outside the period the verdict is no, whatever the class; 不适用 to another kind stays.
  mutating func inPeriod(_ memo: VerdictMemo) -> Ref<Tri> {
    memo.period.blocks && memo.isOfKind ? .leaf(.no) : memo.wouldBe
  }

  /// Whether another measure's verdict is yes; 不适用 counts as no.
  mutating func holds(_ measure: Int32, _ index: Int32, _ frame: Int32) -> Ref<Tri> {
    guard frame == 0 else { return .leaf(.unknown(because(.notComputable(.malformed)))) }
    return remembered(.asCondition, verdict(measure)) { _, tri, _ in tri.state == .notApplicable ? .no : tri }
  }

  /// The measure's results, computed once for the subject.
  mutating func complete(_ measure: Int32) -> VerdictMemo {
    let known = verdictMemo[Int(measure)]
    if known.stamp == stamp {
      if known.isOpen {
        var failed = VerdictMemo()
        failed.wouldBe = .leaf(.unknown(because(.notComputable(.nesting))))
        return failed
      }
      touched = registry.sets.union(touched, known.touched)
      if Tracer.isOn {
        recorder.leaf(RawStep(.measure(MeasureID(Int(measure)))), .truth(inPeriod(known)))
        recorder.repeats(known.step)
      }
      return known
    }
    let before = touched
    touched = .empty
    var memo = VerdictMemo()
    memo.stamp = stamp
    memo.isOpen = true
    memo.step = Int32(truncatingIfNeeded: recorder.count)
    verdictMemo[Int(measure)] = memo
    if Tracer.isOn { recorder.open(RawStep(.measure(MeasureID(Int(measure))))) }
    memo.period = periodState(measure)
    if Tracer.isOn {
      recorder.leaf(RawStep(.period), .truth(.leaf(.of(!memo.period.blocks))))
    }
    compute(measure, &memo)
    memo.isOpen = false
    memo.touched = touched
    if Tracer.isOn { recorder.close(.truth(inPeriod(memo))) }
    verdictMemo[Int(measure)] = memo
    touched = registry.sets.union(before, touched)
    return memo
  }

  private mutating func compute(_ measure: Int32, _ memo: inout VerdictMemo) {
    let kind = plan.measures[Int(measure)].kind
    guard kind >= 0, frames[0].subject.kind.rawValue == kind else {
      if Tracer.isOn, kind >= 0 {
        recorder.leaf(RawStep(.object(KindID(Int(kind)))), .truth(.leaf(.no)))
      }
      memo.wouldBe = .leaf(.notApplicable)
      memo.isOfKind = false
      return
    }
    let membership = plan.measures[Int(measure)].membership
    var object: Ref<Tri> = .leaf(.yes)
    if Tracer.isOn { recorder.open(RawStep(.object(KindID(Int(kind))))) }
    if membership >= 0 { object = truth(membership, 0) }
    if Tracer.isOn { recorder.close(.truth(object)) }
    if case .leaf(let tri) = object, tri.state == .no, !Tracer.isOn {
      memo.wouldBe = .leaf(.notApplicable)
      return
    }
    let touchedByObject = touched
    var states = ConditionStates()
    var all: Ref<Tri> = .leaf(.yes)
    for position in 0..<plan.measures[Int(measure)].conditions.count {
      let condition = plan.measures[Int(measure)].conditions[position]
      if Tracer.isOn {
        recorder.open(RawStep(.condition(position, condition.role)))
      }
      let test = truth(condition.node, 0)
      let result = condition.isNegated ? not(test) : test
      if Tracer.isOn { recorder.close(.truth(test)) }
      states.append(summary(result))
      all = and(all, result)
    }
    all = and(all, reference(measure, &memo))
    if case .leaf(let tri) = object, tri.state == .no {
      touched = touchedByObject
      memo.reference = nil
      memo.wouldBe = .leaf(.notApplicable)
      return
    }
    conditions[Int(measure)] = states
    memo.hasConditions = true
    if case .leaf(let tri) = object, tri.state == .yes {
      memo.wouldBe = all
    } else {
      memo.wouldBe = remembered(.ofObject, object, all) { engine, object, all in
        switch object.state {
        case .no, .notApplicable: return .notApplicable
        case .yes: return all
        case .unknown: return .unknown(engine.registry.sets.union(object.reasons, all.reasons))
        }
      }
    }
  }

  /// What a rule that this one follows adds to its conditions.
  private mutating func reference(_ measure: Int32, _ memo: inout VerdictMemo) -> Ref<Tri> {
    switch plan.measures[Int(measure)].reference {
    case .none: return .leaf(.yes)
    case .dangling(let text):
      let reasons = registry.dangling[Int(measure)] ?? because(.danglingReference(plan.texts[Int(text)]))
      registry.dangling[Int(measure)] = reasons
      let result: Ref<Tri> = .leaf(.unknown(reasons))
      if Tracer.isOn {
        recorder.leaf(RawStep(.reference(nil)), .truth(result))
      }
      memo.reference = .unknown
      return result
    case .follows(let target), .defers(let target):
      if Tracer.isOn { recorder.open(RawStep(.reference(MeasureID(Int(target))))) }
      let result = holds(target, -1, 0)
      if Tracer.isOn { recorder.close(.truth(result)) }
      memo.reference = summary(result)
      if case .defers = plan.measures[Int(measure)].reference { return not(result) }
      return result
    }
  }

  /// Records the steps of measures asked about a subject of another kind: the same for every such subject at one date.
  mutating func recordForeign(_ measures: Range<Int32>) {
    if foreignSteps.isEmpty {
      var tape = Tape()
      for measure in plan.measures.indices {
        foreignStarts.append(tape.count)
        let kind = plan.measures[measure].kind
        guard kind >= 0 else { continue }
        tape.open(RawStep(.measure(MeasureID(measure))))
        tape.leaf(RawStep(.period), .truth(.leaf(.of(!periodState(Int32(measure)).blocks))))
        tape.leaf(RawStep(.object(KindID(Int(kind)))), .truth(.leaf(.no)))
        tape.close(.truth(.leaf(.notApplicable)))
      }
      foreignStarts.append(tape.count)
      foreignSteps = tape.steps
    }
    let steps = foreignStarts[Int(measures.lowerBound)]..<foreignStarts[Int(measures.upperBound)]
    recorder.append(foreignSteps[steps])
  }

  /// The measure's amount for the subject, whatever its verdict.
  mutating func amount(_ measure: Int32) -> Ref<Cell> {
    let known = amountMemo[Int(measure)]
    if known.stamp == stamp {
      touched = registry.sets.union(touched, known.touched)
      return known.ref
    }
    let before = touched
    touched = .empty
    // A circle of amounts ends here.
    amountMemo[Int(measure)] = Memo(stamp: stamp, ref: .leaf(failed(.nesting)))
    let node = plan.measures[Int(measure)].amount
    let result: Ref<Cell>
    if Tracer.isOn { recorder.open(RawStep(.amount)) }
    if node >= 0 {
      result = value(node, 0)
    } else if case .follows(let target) = plan.measures[Int(measure)].reference {
      result = amount(target)
    } else {
      result = .leaf(.notApplicable)
    }
    if Tracer.isOn { recorder.close(.value(result)) }
    amountMemo[Int(measure)] = Memo(stamp: stamp, touched: touched, ref: result)
    touched = registry.sets.union(before, touched)
    return result
  }

  /// Where the as-of date lies in the life of the measure and of its document; 新旧划断 has made it conditions.
  @inline(__always)
  mutating func periodState(_ measure: Int32) -> PeriodState {
    if let known = periods[Int(measure)] { return known }
    let state = plan.periodState(of: MeasureID(Int(measure)), on: asOf)
    periods[Int(measure)] = state
    return state
  }
}
