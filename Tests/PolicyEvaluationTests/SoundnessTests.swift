import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

/// Small programs on which an answer once was definite too early, or said too little; the reference found them.
@Suite struct SoundnessTests {
  var world = World()

  private func missing(_ field: FieldID, _ path: SubjectPath = .root) -> Reason {
    .missingFact(field, subject: path, asked: false)
  }

  @Test mutating func aTableMayHaveNoRow() {
    let way = world.option("方式", ["新建", "改建"])
    let how = world.field("方式", .option(way))
    world.program.tables = [
      DecisionTable(
        name: "标准", kind: world.project, type: .money, columns: ["方式"],
        rows: (0..<2).map {
          .init(tests: [compare(world.get(how), .equal, option($0, way))], result: money(10), span: nowhere)
        }, origin: origin)
    ]
    // 不适用 fits neither row.
    let test = compare(Expression(.table(TableID(0)), .money), .greaterOrEqual, money(5))
    #expect(world.truth(test) == .unknown([missing(how)]))
    let gap = Reason.notComputable(.tableGap(TableID(0)))
    #expect(world.truth(test, world.subject([how: .notApplicable])) == .unknown([gap]))
  }

  @Test mutating func divisorsAndListsMayFail() {
    let loan = world.kind("贷款")
    let (a, b) = (world.field("甲", .money), world.field("乙", .quantity(.number)))
    let loans = world.field("贷款", .many(loan))
    let quotient = call(.greatest, compute(world.get(a), .divide, world.get(b)), money(9))
    let facts: [FieldID: Fact] = [a: quantity(10)]
    #expect(world.truth(compare(quotient, .less, money(9)), world.subject(facts)) == .unknown([missing(b)]))
    let most = Expression(.aggregate(.greatest, relation: loans, depth: 0, filter: nil, body: money(3)), .money)
    #expect(world.truth(compare(call(.greatest, most, money(9)), .less, money(9))) == .unknown([missing(loans)]))
  }

  @Test mutating func theOrderOfMembersDoesNotMatter() {
    let loan = world.kind("贷款")
    let (sum, fine) = (world.field("本金", .money, of: loan), world.field("合规", .truth, of: loan))
    let loans = world.field("贷款", .many(loan))
    let open = world.subject([sum: quantity(9)], kind: loan)
    let sure = world.subject([sum: quantity(7), fine: flag(true)], kind: loan)
    let most = Expression(
      .aggregate(.greatest, relation: loans, depth: 0, filter: world.get(fine), body: world.get(sum)), .money)
    for members in [[open, sure], [sure, open]] {
      let subject = world.subject([loans: .many(members, complete: true)])
      let path = SubjectPath(steps: [.init(relation: loans, position: members[0] == open ? 0 : 1)])
      #expect(world.value(most, subject) == .unknown([missing(fine, path)], low: 7, high: 9))
      #expect(world.truth(compare(most, .greaterOrEqual, money(5)), subject) == .yes)
    }
  }

  @Test mutating func onlyWhatCannotBeNegativeBoundsAnOpenSum() {
    let loan = world.kind("贷款")
    let (from, to) = (world.field("起", .date, of: loan), world.field("止", .date, of: loan))
    let loans = world.field("贷款", .many(loan))
    let body = call(.days, world.get(from), world.get(to), type: .quantity(.number))
    let total = Expression(
      .aggregate(.sum, relation: loans, depth: 0, filter: nil, body: body), .quantity(.number))
    let member = world.subject(
      [from: .value(.date(day(2024, 1, 1))), to: .value(.date(day(2024, 1, 6)))], kind: loan)
    let subject = world.subject([loans: .many([member], complete: false)])
    #expect(
      world.truth(compare(total, .greaterOrEqual, number(5)), subject)
        == .unknown([.listIncomplete(loans, subject: .root)]))
  }

  @Test mutating func pathsOfOuterLists() {
    let loan = world.kind("贷款")
    let fine = world.field("合规", .truth, of: loan)
    let loans = world.field("贷款", .many(loan))
    func any(_ depth: Int, _ body: Expression) -> Expression {
      Expression(.aggregate(.any, relation: loans, depth: depth, filter: nil, body: body))
    }
    let subject = world.subject([loans: .many([world.subject(kind: loan)], complete: true)])
    let path = SubjectPath(steps: [.init(relation: loans, position: 0)])
    #expect(world.truth(any(0, any(1, world.get(fine))), subject) == .unknown([missing(fine, path)]))
  }

  @Test mutating func bothSidesOfAComparisonGiveReasons() {
    let level = world.option("等级", ["未定级", "一级"], ordered: true, unranked: ["未定级"])
    let (one, two) = (world.field("甲", .option(level)), world.field("乙", .option(level)))
    let test = compare(world.get(one), .greaterOrEqual, world.get(two))
    let subject = world.subject([two: .value(.option(0))])
    #expect(world.truth(test, subject) == .unknown([missing(one), .unranked(level, value: 0)]))
  }

  @Test mutating func outOfPeriodIsNoWhateverTheClass() {
    let a = world.field("甲", .truth)
    let over = Period(end: .date(day(2023, 12, 31)))
    let measure = world.measure("措施") { [test = world.get(a)] in
      $0.object?.membership = test
      $0.period = over
    }
    #expect(world.decide(measure, world.subject()).verdict == .no)
    let outside = world.decide(measure, world.subject([a: flag(false)]))
    #expect(outside.verdict == .no && outside.wouldBe == .notApplicable && outside.label == .expired)
    let begun = world.measure("已施行") { $0.period = Period(start: .date(day(2023, 1, 1))) }
    #expect(world.decide(begun, world.subject()).period == .unstated)
  }

  @Test mutating func aFollowedAmountKeepsItsNature() {
    let first = world.measure("甲", amount: money(10), discretionary: true)
    func follow(_ target: MeasureID) -> (inout Measure) -> Void {
      { $0.reference = Reference(manner: .analogy, target: .measure(target), span: nowhere) }
    }
    let second = world.measure("乙", [], follow(first))
    let third = world.measure("丙", [], follow(second))
    #expect(world.decide(second, world.subject()).amount == .atMost(10))
    #expect(world.decide(third, world.subject()).amount == .atMost(10))
    let test = compare(Expression(.measureAmount(first), .money), .greaterOrEqual, money(5))
    #expect(world.truth(test) == .unknown([.discretion(first)]))
  }

  @Test mutating func nothingIsGrantedWhereNoReadingGrants() {
    let class_ = world.define("一", .truth, [always, never])
    let measure = world.measure("措施", [never], amount: money(1)) { $0.object?.membership = class_ }
    let decision = world.decide(measure, world.subject())
    #expect(decision.verdict == .disputed && decision.amount == .none)
  }
}
