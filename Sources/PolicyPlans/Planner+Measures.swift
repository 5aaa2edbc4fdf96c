import PolicyEvaluation
package import PolicyIR

extension Planner {
  /// How a measure of the kind is answered.
  ///
  /// - Parameter amounts: whether its amount is planned as well; what that touches makes more combinations of readings.
  package mutating func plan(of id: MeasureID, amounts: Bool = true) -> MeasurePlan {
    begin()
    var plan = MeasurePlan(id: id, period: prepared.periodState(of: id, on: asOf))
    if plan.period.blocks { return plan }
    let grant = grant(of: id)
    plan.amount = grant?.rule
    do throws(Refusal) {
      plan.readings = try readings(of: id, amounts ? grant : nil)
    } catch {
      plan.refusal = error
    }
    return plan
  }

  /// The measure's amount, or that of the rule that it follows.
  private func grant(of id: MeasureID) -> (rule: AmountRule, measure: MeasureID)? {
    var id = id
    for _ in program.measures.indices {
      if let amount = program.measures[id].amount { return (amount, id) }
      guard let reference = program.measures[id].reference, reference.manner != .deference,
        case .measure(let target) = reference.target, program.measures.indices.contains(target.index)
      else { return nil }
      id = target
    }
    return nil
  }

  /// The measure under every combination of the readings that it touches.
  private mutating func readings(
    of id: MeasureID, _ grant: (rule: AmountRule, measure: MeasureID)?
  ) throws(Refusal) -> [MeasurePlan.Reading] {
    let whole = program.measures[id].origin.span
    var result: [MeasurePlan.Reading] = []
    var waiting: [[(choice: OpenChoice, reading: Int)]] = [[]]
    var arities: [OpenChoice: Int] = [:]
    defer { readings = [:] }
    while let chosen = waiting.popLast() {
      readings = Dictionary(chosen.map { ($0.choice, $0.reading) }) { first, _ in first }
      place = whole
      do throws(Obstacle) {
        let (object, conditions) = try parts(of: id)
        var amount: Int32 = -1
        if let grant {
          amount = try value(grant.rule.value)
          name(.value(amount), program.measures[grant.measure].name + "_数额")
        }
        result.append(.init(chosen: chosen, object: object, conditions: conditions, amount: amount))
      } catch {
        open = []
        depth = 0
        switch error {
        case .refused(let cause): throw Refusal(cause: cause, place: place)
        case .open(let choice, let count):
          arities[choice] = count
          for reading in (0..<count).reversed() { waiting.append(chosen + [(choice, reading)]) }
        }
      }
      // Beyond the limit of the interpreter too many combinations are a reason of their own.
      let combinations = arities.values.reduce(1) { min($0 * $1, 1 << 20) }
      if result.count + waiting.count > Self.mostReadings || combinations > Evaluation.combinationLimit {
        throw Refusal(cause: .readings, place: whole)
      }
    }
    return result
  }

  private mutating func parts(of id: MeasureID) throws(Obstacle) -> (object: Int32, conditions: Int32) {
    guard open.insert(id).inserted else { throw .refused(.nesting) }
    let measure = program.measures[id]
    guard measure.object != nil else { throw .refused(.form) }
    var object: Int32 = -1
    if let membership = measure.object?.membership { object = try truth(membership) }
    var tests: [Int32] = []
    for condition in measure.conditions {
      let test = try truth(condition.test)
      tests.append(condition.role.isNegated ? negation(test) : test)
    }
    switch measure.reference?.target {
    case nil: break
    case .text(let text)?: tests.append(unknown(.danglingReference(text)))
    case .measure(let target)?:
      let other = try holds(target)
      tests.append(measure.reference?.manner == .deference ? negation(other) : other)
    }
    open.remove(id)
    let conditions = all(tests)
    if tests.count > 1 { name(.truth(conditions), measure.name + "_条件") }
    return (object, conditions)
  }

  /// Whether another measure's verdict is yes; 不适用 counts as no.
  mutating func holds(_ id: MeasureID) throws(Obstacle) -> Int32 {
    guard program.measures.indices.contains(id.index) else { throw .refused(.form) }
    guard program.measures[id].object?.kind == kind, !prepared.periodState(of: id, on: asOf).blocks else {
      return constant(false)
    }
    let parts: (object: Int32, conditions: Int32) = try parts(of: id)
    let step = parts.object < 0 ? parts.conditions : add(.holds(object: parts.object, conditions: parts.conditions))
    name(.truth(step), program.measures[id].name + "_符合")
    return step
  }
}
