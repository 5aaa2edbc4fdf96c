import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

@Suite struct ReadingTests {
  var world = World()

  @Test mutating func agreeingReadingsAreNoDispute() {
    let (a, b) = (world.field("甲", .truth), world.field("乙", .truth))
    let projectClass = world.define("康养项目", .truth, [world.get(a), world.get(b)])
    let measure = world.measure("措施", [projectClass])
    let both = world.decide(measure, world.subject([a: flag(true), b: flag(true)]))
    #expect(both.verdict == .yes && both.readings.isEmpty)
    let split = world.decide(measure, world.subject([a: flag(true), b: flag(false)]))
    #expect(split.verdict == .disputed && split.label == .disputed && split.disputed == .verdict)
    #expect(split.readings.map(\.choice) == [ChoiceID(0)])
    #expect(split.readings[0].readings.map(\.verdict) == [.yes, .no])
    let half = world.decide(measure, world.subject([a: flag(true)]))
    #expect(half.readings[0].readings[1].lacking == [.missingFact(b, subject: .root, asked: false)])
    let open = world.decide(measure, world.subject())
    #expect(open.verdict == .unknown && open.readings.isEmpty)
    #expect(
      open.reasons == [
        DecisionReason(
          reason: .missingFact(a, subject: .root, asked: false),
          under: [[ChosenReading(choice: ChoiceID(0), reading: 0)]]),
        DecisionReason(
          reason: .missingFact(b, subject: .root, asked: false),
          under: [[ChosenReading(choice: ChoiceID(0), reading: 1)]]),
      ])
  }

  @Test mutating func onlyChoicesThatMatterAreListed() {
    let a = world.field("甲", .truth)
    let one = world.define("一", .truth, [always, never])
    let two = world.define("二", .truth, [always, world.get(a)])
    let measure = world.measure("措施", [either(one, world.get(a)), two])
    let decision = world.decide(measure, world.subject([a: flag(true)]))
    #expect(decision.verdict == .yes && decision.readings.isEmpty)
    let other = world.decide(measure, world.subject([a: flag(false)]))
    #expect(other.readings.map(\.choice) == [ChoiceID(0), ChoiceID(1)])
  }

  @Test mutating func anotherMeasureIsSeenUnderTheSameChoice() {
    let one = world.define("一", .truth, [always, never])
    let first = world.measure("甲", [one])
    let holds = Expression(.measureHolds(first))
    let second = world.measure("乙", [either(holds, not(one))])
    #expect(world.decide(second, world.subject()).verdict == .yes)
    let third = world.measure("丙", [all(holds, not(one))])
    #expect(world.decide(third, world.subject()).verdict == .no)
  }

  @Test mutating func dependentDefinitionsShareAChoice() {
    let choice = world.choice("一", ["读法0", "读法1"])
    let one = world.define("一", .truth, [always, never], choice: choice)
    let two = world.define("二", .truth, [never, always], choice: choice)
    let measure = world.measure("措施", [either(one, two)])
    #expect(world.decide(measure, world.subject()).verdict == .yes)
  }

  @Test mutating func rulingsSettleAndAreCited() {
    let one = world.define("一", .truth, [always, never], ruling: 1)
    let untouched = world.define("二", .truth, [always, never], ruling: 0)
    let first = world.measure("甲", [one])
    let second = world.measure("乙", [either(always, untouched)])
    #expect(world.decide(first, world.subject()).verdict == .no)
    #expect(world.decide(first, world.subject()).rulings == [ChoiceID(0)])
    #expect(world.decide(second, world.subject()).rulings == [])
  }

  @Test mutating func sortedValues() {
    let investor = world.option("投资主体", ["民企", "政府", "央企", "外资"])
    let field = world.field("投资主体", .option(investor))
    let choice = world.choice("社会力量：央企", ["是", "否"])
    world.program.classifications.append(
      Classification(
        name: "社会力量", kind: world.project, field: field, sorting: [.yes, .no, .disputed(choice), .unsettled],
        origin: origin))
    let measure = world.measure("措施", [Expression(.classification(ClassificationID(0), depth: 0))])
    func decide(_ fact: Fact) -> Decision { world.decide(measure, world.subject([field: fact])) }
    #expect(decide(.value(.option(0))).verdict == .yes)
    #expect(decide(.value(.option(1))).verdict == .no)
    #expect(decide(.value(.option(2))).verdict == .disputed)
    #expect(decide(.value(.option(3))).reasonList == [.unsettled(ClassificationID(0), value: 3)])
    #expect(decide(.notApplicable).verdict == .no)
    #expect(decide(.missing).label == .missingFact)
  }

  @Test mutating func tooManyCombinationsAreRefused() {
    let a = world.field("甲", .truth)
    let ten = (0..<10).map { world.define("定义\($0)", .truth, [always, world.get(a)]) }
    let fits = world.measure("十", [Expression(.conjunction(ten))])
    #expect(world.decide(fits, world.subject([a: flag(false)])).verdict == .disputed)
    let eleventh = world.define("定义十一", .truth, [always, world.get(a)])
    let refused = world.measure("十一", [Expression(.conjunction(ten + [eleventh]))])
    let decision = world.decide(refused, world.subject([a: flag(false)]))
    #expect(decision.verdict == .unknown && decision.label == .notComputable)
    #expect(decision.reasonList == [.notComputable(.limit(EvaluationLimit(choices: (0..<11).map { ChoiceID($0) })))])
    // What doesn't depend on the choices is not refused.
    #expect(world.decide(refused, world.subject([a: flag(true)])).verdict == .yes)
  }

  @Test mutating func amountsCanBeDisputedAlone() {
    let value = world.define("基数", .money, [money(100), money(200)])
    let measure = world.measure("措施", amount: value)
    let decision = world.decide(measure, world.subject())
    #expect(decision.verdict == .yes && decision.disputed == .amount)
    #expect(decision.amount == .disputed([.exact(100), .exact(200)]))
    #expect(decision.readings[0].readings.map(\.amount) == [.exact(100), .exact(200)])
    #expect(decision.label == .amountOpen)
  }

  @Test mutating func laterSmallerChoicesKeepTheOrder() {
    // The reading of the later choice refers to a definition with the earlier one.
    let a = world.define("一", .truth, [always, never])
    let b = world.define("二", .truth, [a, not(a)])
    let measure = world.measure("措施", [all(b, either(a, not(a)))])
    let decision = world.decide(measure, world.subject())
    #expect(decision.verdict == .disputed && decision.readings.count == 2)
  }
}
