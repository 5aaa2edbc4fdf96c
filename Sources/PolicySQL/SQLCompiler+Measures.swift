import PolicyEvaluation
import PolicyIR

/// A measure as steps, or why it isn't compiled.
struct MeasurePlan {
  var id: MeasureID
  var period = PeriodState.inForce
  var refusal: SQLRefusal?
  /// One for each combination of readings that the measure touches; none where the period decides.
  var readings: [Reading] = []
  /// The rule of the amount, the measure's own or of the one it follows.
  var amount: AmountRule?

  struct Reading {
    /// What is chosen, in the order in which it was met.
    var chosen: [(choice: SQLChoice, reading: Int)]
    /// −1: the kind.
    var object: Int32
    var conditions: Int32
    /// −1: none.
    var amount: Int32
  }
}

extension SQLCompiler {
  /// How a measure of the kind is answered.
  mutating func plan(of id: MeasureID) -> MeasurePlan {
    let measure = program.measures[id]
    var plan = MeasurePlan(id: id)
    plan.period = prepared.periodState(of: id, on: asOf)
    if plan.period.blocks { return plan }
    plan.amount = grant(of: id)?.rule
    do throws(SQLRefusal) {
      plan.readings = try readings(of: id)
    } catch {
      plan.refusal = error
    }
    if measure.object == nil { plan.refusal = SQLRefusal(cause: .form, place: measure.origin.span) }
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
  private mutating func readings(of id: MeasureID) throws(SQLRefusal) -> [MeasurePlan.Reading] {
    var result: [MeasurePlan.Reading] = []
    var waiting: [[(choice: SQLChoice, reading: Int)]] = [[]]
    var arities: [SQLChoice: Int] = [:]
    defer { readings = [:] }
    while let chosen = waiting.popLast() {
      readings = Dictionary(chosen.map { ($0.choice, $0.reading) }) { first, _ in first }
      place = program.measures[id].origin.span
      do throws(Obstacle) {
        let (object, conditions) = try parts(of: id)
        var amount: Int32 = -1
        if let grant = grant(of: id) {
          guard case .quantity = grant.rule.value.type else {
            place = grant.rule.value.span
            throw .refused(.duration)
          }
          amount = try value(grant.rule.value)
          let name = program.measures[grant.measure].name
          self.name(.value(amount), name + "_数额")
        }
        result.append(.init(chosen: chosen, object: object, conditions: conditions, amount: amount))
      } catch {
        open = []
        depth = 0
        switch error {
        case .refused(let cause): throw SQLRefusal(cause: cause, place: place)
        case .open(let choice, let count):
          arities[choice] = count
          for reading in (0..<count).reversed() { waiting.append(chosen + [(choice, reading)]) }
        }
      }
      let combinations = arities.values.reduce(1) { min($0 * $1, 1 << 20) }
      if result.count + waiting.count > Self.mostReadings || combinations > Evaluation.combinationLimit {
        throw SQLRefusal(cause: .readings, place: program.measures[id].origin.span)
      }
    }
    return result
  }

  private mutating func parts(of id: MeasureID) throws(Obstacle) -> (object: Int32, conditions: Int32) {
    guard open.insert(id).inserted else { throw .refused(.nesting) }
    let measure = program.measures[id]
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
    let name = program.measures[id].name
    self.name(.truth(step), name + "_符合")
    return step
  }
}
