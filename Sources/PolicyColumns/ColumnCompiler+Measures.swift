import PolicyEvaluation
import PolicyIR

extension ColumnCompiler {
  /// How a measure is answered.
  mutating func plan(of id: MeasureID) -> MeasurePlan {
    var plan = MeasurePlan()
    plan.period = prepared.periodState(of: id, on: asOf)
    let measure = program.measures[id]
    guard measure.object?.kind == kind else {
      plan.isOfKind = false
      return plan
    }
    if !plan.period.blocks {
      do throws(Refusal) {
        plan.readings = try parts(of: id)
      } catch {
        plan.refusal = error
      }
    }
    var reach = StepReach(truths: truths, values: values)
    for reading in plan.readings {
      if reading.object >= 0 { reach.add(truth: reading.object) }
      reach.add(truth: reading.conditions)
    }
    (plan.slots, plan.values) = (reach.slots.sorted(), reach.computed.sorted())
    plan.amount = plan.refusal == nil ? amount(of: measure) : .interpreted
    return plan
  }

  /// Object and conditions under every combination of the readings that they touch.
  private mutating func parts(of id: MeasureID) throws(Refusal) -> [(object: Int32, conditions: Int32)] {
    var result: [(object: Int32, conditions: Int32)] = []
    var waiting: [[ChoiceID: Int]] = [[:]]
    var arities: [ChoiceID: Int] = [:]
    defer { readings = [:] }
    while let next = waiting.popLast() {
      readings = next
      do throws(Obstacle) {
        result.append(try parts(of: id))
      } catch {
        open = []
        depth = 0
        switch error {
        case .refused(let refusal): throw refusal
        case .open(let choice, let count):
          arities[choice] = count
          for reading in 0..<count {
            var further = next
            further[choice] = reading
            waiting.append(further)
          }
        }
      }
      // Beyond the limit of the interpreter too many combinations are a reason of their own.
      let combinations = arities.values.reduce(1) { min($0 * $1, 1 << 20) }
      if result.count + waiting.count > Self.mostReadings || combinations > Evaluation.combinationLimit {
        throw .readings
      }
    }
    return result
  }

  private mutating func parts(of id: MeasureID) throws(Obstacle) -> (object: Int32, conditions: Int32) {
    guard open.insert(id).inserted else { throw .refused(.nesting) }
    let measure = program.measures[id]
    var object: Int32 = -1
    if let membership = measure.object?.membership { object = try truth(membership) }
    var all: [Int32] = []
    for condition in measure.conditions {
      let test = try truth(condition.test)
      all.append(condition.role.isNegated ? add(.negation(test)) : test)
    }
    switch measure.reference?.target {
    case nil: break
    case .text(let text)?: all.append(unknown(.danglingReference(text)))
    case .measure(let target)?:
      let other = try holds(target)
      all.append(measure.reference?.manner == .deference ? add(.negation(other)) : other)
    }
    open.remove(id)
    return (object, all.count == 1 ? all[0] : add(.all(all)))
  }

  /// Whether another measure's verdict is yes; 不适用 counts as no.
  mutating func holds(_ id: MeasureID) throws(Obstacle) -> Int32 {
    guard program.measures.indices.contains(id.index) else { throw .refused(.form) }
    guard program.measures[id].object?.kind == kind, !prepared.periodState(of: id, on: asOf).blocks else {
      return constant(false)
    }
    let parts: (object: Int32, conditions: Int32) = try parts(of: id)
    return parts.object < 0 ? parts.conditions : add(.holds(object: parts.object, conditions: parts.conditions))
  }

  private mutating func amount(of measure: Measure) -> MeasurePlan.AmountPlan {
    guard let amount = measure.amount else {
      if case .measure? = measure.reference?.target { return .interpreted }
      return .none
    }
    guard !amount.discretionary, case .quantity = amount.value.type else { return .interpreted }
    readings = [:]
    do throws(Obstacle) {
      let number = try value(amount.value)
      var reach = StepReach(truths: truths, values: values)
      reach.add(value: number)
      return .value(number, slots: reach.slots.sorted())
    } catch {
      (open, depth) = ([], 0)
      return .interpreted
    }
  }
}
