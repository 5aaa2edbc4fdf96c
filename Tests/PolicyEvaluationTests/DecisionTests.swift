import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
import Testing

@Suite struct DecisionTests {
  var world = World()

  /// Shares and fixed sums that don't come to the amount are a conflict, and nothing is scaled.
  @Test mutating func paymentsThatDoNotComeToTheAmount() {
    let (city, county) = (world.authority("市财政局"), world.authority("县级财政"))
    let rate = world.field("比例", .quantity(.number))
    let total = world.field("金额", .money)
    let half = try! Rational(numerator: 1, denominator: 2)
    let id = world.measure("补助", amount: world.get(total)) {
      $0.payers = [
        Payer(authority: city, share: .rate(Expression(.field(rate, depth: 0), .quantity(.number))), span: nowhere),
        Payer(authority: county, share: .rate(number(half)), span: nowhere),
      ]
      $0.instalments = [
        Instalment(name: "一", share: .amount(30), condition: nil, span: nowhere),
        Instalment(name: "二", share: .rate(half), condition: nil, span: nowhere),
        Instalment(name: "三", share: .rest, condition: nil, span: nowhere),
      ]
    }
    func decide(_ amount: Int?, _ share: Rational?) -> Decision {
      world.decide(
        id,
        world.subject([
          total: amount.map { quantity($0) } ?? .missing, rate: share.map { .value(.quantity($0)) } ?? .missing,
        ]))
    }
    let fine = decide(100, half)
    #expect(fine.payers.map(\.share) == [.exact(50), .exact(50)] && fine.paymentReasons.isEmpty)
    #expect(fine.instalments.map(\.amount) == [.exact(30), .exact(50), .exact(20)])
    let off = decide(100, 1)
    #expect(off.amount == .exact(100) && off.payers.map(\.share) == [.unknown, .unknown])
    #expect(off.paymentReasons.map(\.reason) == [.conflict(.shares(id))])
    let small = decide(40, half)
    #expect(small.paymentReasons.map(\.reason) == [.conflict(.instalments(id))])
    #expect(small.instalments.map(\.amount) == [.unknown, .unknown, .unknown])
    let open = decide(nil, nil)
    #expect(open.instalments[0].amount == .range(low: .zero, high: 30))
    #expect(open.paymentReasons.map(\.reason) == [.missingFact(rate, subject: .root, asked: false)])
  }

  @Test mutating func kindsAndClasses() {
    let a = world.field("甲", .truth)
    let other = world.kind("企业")
    let measure = world.measure("措施") { [test = world.get(a)] in $0.object?.membership = test }
    let goal = world.measure("目标", force: .goal) { $0.object = nil }
    #expect(world.decide(measure, world.subject([a: flag(true)])).verdict == .yes)
    let outside = world.decide(measure, world.subject([a: flag(false)]))
    #expect(outside.verdict == .notApplicable && outside.classFailed && outside.label == .notApplicable)
    let foreign = world.decide(measure, world.subject(kind: other))
    #expect(foreign.verdict == .notApplicable && !foreign.classFailed)
    #expect(world.decide(measure, world.subject()).verdict == .unknown)
    #expect(world.decideAll(world.subject()).decisions.map(\.measure) == [measure])
    _ = goal
    // Inside an expression 不适用 counts as no.
    #expect(world.truth(not(Expression(.measureHolds(measure))), world.subject([a: flag(false)])) == .yes)
  }

  @Test mutating func exceptionsAndPrecedence() {
    let (a, b) = (world.field("甲", .truth), world.field("乙", .truth))
    let (x, y) = (world.get(a), world.get(b))
    let measure = world.measure("措施") {
      $0.conditions = [.init(role: .condition, test: x), .init(role: .exception, test: y)]
    }
    #expect(world.decide(measure, world.subject([a: flag(true), b: flag(false)])).verdict == .yes)
    let blocked = world.decide(measure, world.subject([a: flag(true), b: flag(true)]))
    #expect(blocked.verdict == .no && blocked.blockedBy == [1] && Array(blocked.conditions) == [.yes, .no])
    #expect(world.decide(measure, world.subject([a: flag(true)])).verdict == .unknown)
    #expect(world.decide(measure, world.subject([a: flag(false)])).verdict == .no)

    let first = world.measure("甲", [x])
    let second = world.measure("乙") {
      $0.conditions = [
        .init(role: .condition, test: y),
        .init(role: .precedence, test: Expression(.measureHolds(first)), source: first),
      ]
    }
    #expect(world.decide(second, world.subject([a: flag(false), b: flag(true)])).verdict == .yes)
    #expect(world.decide(second, world.subject([a: flag(true), b: flag(true)])).verdict == .no)
    #expect(world.decide(second, world.subject([b: flag(true)])).verdict == .unknown)
    #expect(world.decide(second, world.subject([b: flag(false)])).verdict == .no)
  }

  @Test mutating func periods() {
    world.program.documents = [
      Document(key: "文", period: Period(start: .date(day(2023, 1, 1)), end: .date(day(2025, 12, 31))), span: nowhere)
    ]
    world.program.clauses = [
      Clause(document: DocumentID(0), address: ClauseAddress([.part(1)]), title: nil, departments: [], span: nowhere)
    ]
    let a = world.field("甲", .truth)
    let measure = world.measure("措施", [world.get(a)]) { $0.origin.clause = ClauseID(0) }
    let subject = world.subject([a: flag(true)])
    #expect(world.decide(measure, subject, on: day(2025, 12, 31)).period == .inForce)
    let late = world.decide(measure, subject, on: day(2026, 1, 1))
    #expect(late.verdict == .no && late.wouldBe == .yes && late.label == .expired && late.blockedBy.isEmpty)
    #expect(world.decide(measure, subject, on: day(2022, 12, 31)).label == .notYet)
    #expect(world.decide(measure, subject, on: day(2023, 1, 1)).verdict == .yes)
    let unstated = world.measure("无期")
    #expect(world.decide(unstated, subject).period == .unstated)
    #expect(world.truth(Expression(.measureHolds(measure)), subject, on: day(2026, 1, 1)) == .no)
  }

  @Test mutating func labelsByForce() {
    let expected: [Force: Label] = [
      .obligation: .duty, .prohibition: .duty, .entitlement: .entitled, .procedure: .mayApply,
      .permission: .atDiscretion,
      .priority: .prioritised, .encouragement: .advocated, .trial: .piloted, .delegation: .noClaim, .goal: .noClaim,
    ]
    for force in Force.allCases {
      let measure = world.measure("措施", force: force)
      #expect(world.decide(measure, world.subject()).label == expected[force])
    }
    let two = world.measure("支持试点") { $0.force = [ForceClaim(.encouragement, "支持"), ForceClaim(.trial, "试点")] }
    #expect(world.decide(two, world.subject()).label == .piloted)
  }

  @Test mutating func holesAndReferences() {
    let hole = world.hole("办法")
    let measure = world.measure("措施", amount: hole)
    let decision = world.decide(measure, world.subject())
    #expect(decision.verdict == .yes && decision.amount == .toBeSet(HoleID(0), low: nil, high: nil))
    #expect(decision.label == .amountOpen && decision.label.chinese == "符合（金额待定）")
    let test = world.hole("条件", .truth)
    let conditioned = world.measure("条件", [test])
    #expect(world.decide(conditioned, world.subject()).label == .ruleMissing)
    world.program.holes[1].fillings = [
      .init(value: always, period: Period(start: .date(day(2024, 1, 1))), origin: origin),
      .init(value: never, period: Period(start: .date(day(2025, 1, 1))), origin: origin),
    ]
    #expect(world.decide(conditioned, world.subject(), on: day(2023, 6, 1)).verdict == .unknown)
    #expect(world.decide(conditioned, world.subject(), on: day(2024, 6, 1)).verdict == .yes)
    let conflict = world.decide(conditioned, world.subject(), on: day(2025, 6, 1))
    #expect(conflict.reasonList == [.conflict(.fillings(HoleID(1), [0, 1]))] && conflict.label == .ruleConflict)
    let dangling = world.measure("参照") {
      $0.reference = Reference(manner: .analogy, target: .text("某办法"), span: nowhere)
    }
    #expect(world.decide(dangling, world.subject()).reasonList == [.danglingReference("某办法")])
    let a = world.field("甲", .truth)
    let model = world.measure("本则", [world.get(a)], amount: money(7))
    let follower = world.measure("参照措施") {
      $0.reference = Reference(manner: .analogy, target: .measure(model), span: nowhere)
    }
    let followed = world.decide(follower, world.subject([a: flag(true)]))
    #expect(followed.verdict == .yes && followed.reference == .yes && followed.amount == .exact(7))
    let deferring = world.measure("从其规定") {
      $0.reference = Reference(manner: .deference, target: .measure(model), span: nowhere)
    }
    #expect(world.decide(deferring, world.subject([a: flag(true)])).verdict == .no)
    #expect(world.decide(deferring, world.subject([a: flag(false)])).verdict == .yes)
  }

  @Test mutating func amounts() {
    let field = world.field("投资", .money)
    let half = compute(world.get(field), .divide, number(3))
    let measure = world.measure("补助", amount: half)
    let thirds = world.decide(measure, world.subject([field: quantity(100)]))
    #expect(thirds.amount == .exact(try! Rational(numerator: 100, denominator: 3)) && thirds.unrounded)
    let rounded = world.measure(
      "取整", amount: Expression(.rounded(half, .init(mode: .halfUp, unit: 1)), .money))
    let whole = world.decide(rounded, world.subject([field: quantity(100)]))
    #expect(whole.amount == .exact(33) && !whole.unrounded)
    let capped = world.measure("封顶", amount: call(.least, world.get(field), money(300)))
    #expect(world.decide(capped, world.subject()).amount == .range(low: 0, high: 300))
    #expect(world.decide(capped, world.subject([field: quantity(500)])).amount == .exact(300))
    let discretionary = world.measure("酌情", amount: money(10), discretionary: true)
    #expect(world.decide(discretionary, world.subject()).amount == .atMost(10))
    let divided = world.measure(
      "除零", amount: compute(money(1), .divide, compute(world.get(field), .subtract, world.get(field))))
    let failed = world.decide(divided, world.subject([field: quantity(1)]))
    #expect(failed.amount == .unknown && failed.amountReasons.map(\.reason) == [.notComputable(.divisionByZero)])
    let huge = Expression(.literal(.quantity(Rational(Int128.max))), .money)
    let overflow = world.measure("溢出", [compare(compute(huge, .add, huge), .greater, money(0))])
    #expect(world.decide(overflow, world.subject()).reasonList == [.notComputable(.overflow)])
    let other = world.measure("引用", [compare(Expression(.measureAmount(capped), .money), .greaterOrEqual, money(200))])
    #expect(world.decide(other, world.subject([field: quantity(250)])).verdict == .yes)
  }

  @Test mutating func payersAndDepartments() {
    let county = world.option("县区", ["右玉", "应县"])
    let (place, poor) = (world.field("县区", .option(county)), world.field("贫困", .truth))
    let (city, local, province) = (world.authority("市财政"), world.authority("县财政", per: county), world.authority("省"))
    let measure = world.measure("措施", amount: money(100)) { [test = world.get(poor)] in
      $0.payers = [
        Payer(authority: city, share: .rate(number(try! Rational(numerator: 1, denominator: 2))), span: nowhere),
        Payer(authority: local, share: .rest, span: nowhere),
        Payer(authority: province, share: .unstated, condition: test, span: nowhere),
      ]
      $0.departments = [Department(city, .responsible), Department(local, .general)]
    }
    let decision = world.decide(measure, world.subject([place: .value(.option(1)), poor: flag(false)]))
    #expect(decision.payers.map(\.authority) == [city, local])
    #expect(decision.payers[0].share == .exact(50))
    #expect(decision.payers[1].county == .option(county, 1))
    #expect(decision.departments.map(\.role) == [.responsible, .general, .payer, .payer])
    let open = world.decide(measure, world.subject())
    #expect(open.payers[2].verdict == .unknown && open.payers[2].isUnstated)
    #expect(open.departments.last?.isUncertain == true && open.departments[1].county == .unknown)
  }

  @Test mutating func instalmentsAndDeadlines() {
    let (started, accepted) = (world.field("开工", .truth), world.field("受理日期", .date))
    world.program.calendar = WorkCalendar(years: [2024], holidays: [], workdays: [])
    let measure = world.measure("措施", amount: money(100)) { [a = world.get(started), b = world.get(accepted)] in
      $0.instalments = [
        Instalment(
          name: "开工", share: .rate(try! Rational(numerator: 2, denominator: 5)), condition: a, date: b, span: nowhere),
        Instalment(
          name: "竣工", share: .rate(try! Rational(numerator: 3, denominator: 5)), condition: not(a), span: nowhere),
      ]
      $0.deadlines = [
        DutyDeadline(act: "答复", start: b, length: Duration(workingDays: 5), words: "", span: nowhere),
        DutyDeadline(act: "拨付", start: b, length: Duration(days: 2), words: "", span: nowhere),
        DutyDeadline(act: "及时", start: nil, length: nil, words: "及时", span: nowhere),
      ]
    }
    let friday = day(2024, 6, 7)
    let decision = world.decide(measure, world.subject([started: flag(true), accepted: .value(.date(friday))]))
    #expect(decision.instalments.map(\.verdict) == [.yes, .no])
    #expect(decision.instalments.map(\.amount) == [.exact(40), .none])
    #expect(decision.instalments[0].date == .date(friday))
    #expect(decision.dueDates.map(\.due) == [.date(day(2024, 6, 14)), .date(day(2024, 6, 10)), .unstated])
    let later = world.decide(measure, world.subject([accepted: .value(.date(day(2024, 12, 30)))]))
    #expect(later.dueDates[0].due == .unknown([.notComputable(.calendarYear(2025))]))
  }
}
