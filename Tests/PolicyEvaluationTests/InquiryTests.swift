import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

@Suite struct InquiryTests {
  var world = World()
  let today = day(2024, 6, 1)

  @Test mutating func nearestChanges() {
    let investment = world.field("投资", .money)
    let way = world.option("方式", ["新建", "改建"])
    let how = world.field("方式", .option(way))
    let fixed = world.field("县区", .truth, changeable: false)
    let until = world.field("完工", .date)
    let measure = world.measure(
      "措施",
      [
        compare(world.get(investment), .greaterOrEqual, money(300)),
        compare(world.get(until), .lessOrEqual, date(day(2025, 12, 31))),
      ])
    let second = world.measure("新建", [compare(world.get(how), .equal, option(0, way)), world.get(fixed)])
    var facts: [FieldID: Fact] = [
      investment: quantity(280), how: .value(.option(1)), fixed: flag(true), until: .value(.date(day(2025, 6, 1))),
    ]
    var inquiry = Inquiry(PreparedProgram(world.program))
    #expect(
      inquiry.nearestChanges(of: measure, for: world.subject(facts), asOf: today) == [
        NearestChange(field: investment, from: .quantity(280), to: .quantity(300), isExclusive: false, difference: 20)
      ])
    #expect(
      inquiry.nearestChanges(of: second, for: world.subject(facts), asOf: today) == [
        NearestChange(field: how, from: .option(1), to: .option(0), isExclusive: false, difference: nil)
      ])
    facts[fixed] = flag(false)
    #expect(inquiry.nearestChanges(of: second, for: world.subject(facts), asOf: today) == [])
    facts[investment] = quantity(300)
    facts[until] = .value(.date(day(2026, 2, 1)))
    #expect(
      inquiry.nearestChanges(of: measure, for: world.subject(facts), asOf: today) == [
        NearestChange(
          field: until, from: .date(day(2026, 2, 1)), to: .date(day(2025, 12, 31)), isExclusive: false, difference: 32)
      ])
  }

  @Test mutating func exclusiveBoundary() {
    let investment = world.field("投资", .money)
    let measure = world.measure("超过", [compare(world.get(investment), .greater, money(300))])
    var inquiry = Inquiry(PreparedProgram(world.program))
    #expect(
      inquiry.nearestChanges(of: measure, for: world.subject([investment: quantity(300)]), asOf: today) == [
        NearestChange(field: investment, from: .quantity(300), to: .quantity(300), isExclusive: true, difference: 0)
      ])
  }

  @Test mutating func missing() {
    let office = world.authority("市财政局")
    let (a, finding) = (world.field("甲", .truth), world.field("认定", .truth, finder: office))
    let hole = world.hole("办法") { [department = Department(office, .lead)] in $0.authors = [department] }
    let reading = world.define("定义", .truth, [always, never])
    _ = world.measure("一", [world.get(a), world.get(finding)], amount: hole)
    _ = world.measure("二", [world.get(a)])
    _ = world.measure("三", [reading])
    var inquiry = Inquiry(PreparedProgram(world.program))
    let missing = inquiry.missing(for: world.subject(), asOf: today)
    #expect(missing.gaps.map(\.owner) == [.applicant, .authority(office), .authors([Department(office, .lead)])])
    #expect(missing.gaps[0].measures == [MeasureID(0), MeasureID(1)])
    #expect(missing.gaps[0].answers[0].verdicts == [.init(measure: MeasureID(1), verdict: .yes)])
    #expect(missing.gaps[0].answers[1].verdicts.map(\.verdict) == [.no, .no])
    #expect(missing.rulings == [ChoiceID(0)])
    #expect(missing.firstQuestion == a)
  }

  @Test mutating func irrelevantFactsAreNotAsked() {
    let (a, b, c) = (world.field("甲", .truth), world.field("乙", .truth), world.field("丙", .money))
    // 乙 or 非乙 never matters, though Kleene's logic leaves it unknown.
    _ = world.measure("措施", [world.get(a), either(world.get(b), not(world.get(b)))])
    _ = world.measure("金额", amount: compute(world.get(c), .multiply, number(2)))
    var inquiry = Inquiry(PreparedProgram(world.program))
    #expect(inquiry.nextQuestion(for: world.subject(), asOf: today) == a)
    #expect(inquiry.nextQuestion(for: world.subject([a: flag(true)]), asOf: today) == nil)
    #expect(inquiry.nextQuestion(for: world.subject([a: .notKnown]), asOf: today) == nil)
    #expect(inquiry.relevantFields(for: world.subject(), asOf: today) == [a])
  }

  @Test mutating func textsAreAskedFor() {
    let place = world.field("地点", .text)
    let name = Expression(.literal(.text("朔州")), .text)
    _ = world.measure("措施", [compare(world.get(place), .equal, name)])
    var inquiry = Inquiry(PreparedProgram(world.program))
    #expect(inquiry.nextQuestion(for: world.subject(), asOf: today) == place)
  }
}
