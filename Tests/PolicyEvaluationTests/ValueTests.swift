import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

@Suite struct ValueTests {
  var world = World()

  @Test mutating func aggregates() {
    let loan = world.kind("贷款")
    let (sum, fine) = (world.field("本金", .money, of: loan), world.field("合规", .truth, of: loan))
    let loans = world.field("贷款", .many(loan))
    func aggregate(
      _ kind: Expression.Aggregate, filter: Expression? = nil, _ body: Expression?, _ type: ValueType = .money
    ) -> Expression {
      Expression(.aggregate(kind, relation: loans, depth: 0, filter: filter, body: body), type)
    }
    func subject(_ items: [(Int?, Bool?)], complete: Bool) -> Subject {
      world.subject([
        loans: .many(
          items.map { item in
            world.subject(
              [sum: item.0.map { quantity($0) } ?? .missing, fine: item.1.map { flag($0) } ?? .missing], kind: loan)
          }, complete: complete)
      ])
    }
    let (body, test) = (world.get(sum), world.get(fine))
    let total = aggregate(.sum, body)
    #expect(world.value(total, subject([(1, true), (2, false)], complete: true)) == .value(.quantity(3)))
    #expect(world.value(total, subject([], complete: true)) == .value(.quantity(0)))
    let path = SubjectPath(steps: [.init(relation: loans, position: 1)])
    let open = Reason.listIncomplete(loans, subject: .root)
    #expect(world.value(total, subject([(5, nil)], complete: false)) == .unknown([open], low: 5, high: nil))
    #expect(
      world.value(total, subject([(1, nil), (nil, nil)], complete: true))
        == .unknown([.missingFact(sum, subject: path, asked: false)], low: 1, high: nil))
    #expect(
      world.value(aggregate(.sum, filter: test, body), subject([(1, true), (2, false)], complete: true))
        == .value(.quantity(1)))
    // The known part may decide.
    #expect(world.truth(compare(total, .greaterOrEqual, money(4)), subject([(5, nil)], complete: false)) == .yes)
    #expect(
      world.value(aggregate(.count, filter: test, nil), subject([(1, true), (2, false)], complete: true))
        == .value(.quantity(1)))
    #expect(
      world.value(aggregate(.count, filter: test, nil), subject([(1, true)], complete: false))
        == .unknown([open], low: 1, high: nil))
    #expect(
      world.value(aggregate(.greatest, body), subject([(1, nil), (7, nil)], complete: true)) == .value(.quantity(7)))
    #expect(
      world.value(aggregate(.greatest, body), subject([], complete: true))
        == .unknown([.notComputable(.emptyList(loans))], low: nil, high: nil))
    #expect(
      world.value(aggregate(.least, body), subject([(3, nil)], complete: false)) == .unknown([open], low: 0, high: 3))
    let (any, every) = (aggregate(.any, test, .truth), aggregate(.all, test, .truth))
    #expect(world.truth(any, subject([(1, true)], complete: false)) == .yes)
    #expect(world.truth(any, subject([(1, false)], complete: false)) == .unknown([open]))
    #expect(world.truth(any, subject([], complete: true)) == .no)
    #expect(world.truth(every, subject([(1, false)], complete: false)) == .no)
    #expect(world.truth(every, subject([(1, true)], complete: false)) == .unknown([open]))
    #expect(world.truth(every, subject([], complete: true)) == .yes)
    // The body sees the subject around it at depth 1.
    let limit = world.field("限额", .money)
    let below = aggregate(.all, compare(body, .lessOrEqual, world.get(limit, depth: 1)), .truth)
    var around = subject([(5, nil)], complete: true)
    around.facts[world.program.fields[limit.index].slot] = quantity(4)
    #expect(world.truth(below, around) == .no)
  }

  @Test mutating func relatedOne() {
    let firm = world.kind("企业")
    let size = world.field("规模", .money, of: firm)
    let owner = world.field("运营方", .entity(firm))
    let get = Expression(.fieldOf(world.get(owner), size), .money)
    #expect(
      world.value(get, world.subject([owner: .one(world.subject([size: quantity(3)], kind: firm))]))
        == .value(.quantity(3)))
    #expect(world.value(get, world.subject([owner: .notApplicable])) == .notApplicable)
    let path = SubjectPath(steps: [.init(relation: owner, position: nil)])
    #expect(
      world.value(get, world.subject([owner: .one(world.subject(kind: firm))]))
        == .unknown([.missingFact(size, subject: path, asked: false)], low: 0, high: nil))
  }

  @Test mutating func parameters() {
    world.program.parameters = [
      Parameter(
        name: "低保标准", type: .money,
        steps: [
          .init(from: day(2024, 1, 1), value: .quantity(500), span: nowhere),
          .init(from: day(2025, 1, 1), value: .quantity(600), span: nowhere),
        ], origin: origin)
    ]
    let at = Expression(.parameter(ParameterID(0), at: Expression(.asOf, .date)), .money)
    #expect(world.value(at, on: day(2024, 12, 31)) == .value(.quantity(500)))
    #expect(world.value(at, on: day(2025, 1, 1)) == .value(.quantity(600)))
    #expect(
      world.value(at, on: day(2023, 1, 1))
        == .unknown([.notComputable(.beforeFirstPeriod(ParameterID(0)))], low: nil, high: nil))
  }

  @Test mutating func tables() {
    let way = world.option("建设方式", ["新建", "改建", "其他"])
    let (how, care) = (world.field("建设方式", .option(way)), world.field("护理型", .truth))
    func on(_ index: Int32) -> Expression { compare(world.get(how), .equal, option(index, way)) }
    let rows: [([Expression?], Int)] = [
      ([on(0), world.get(care)], 8000), ([on(0), not(world.get(care))], 4000), ([on(1), nil], 2000),
    ]
    world.program.tables = [
      DecisionTable(
        name: "每床补助", kind: world.project, type: .money, columns: ["建设方式", "护理型"],
        rows: rows.map { .init(tests: $0.0, result: money($0.1), span: nowhere) }, origin: origin)
    ]
    let table = Expression(.table(TableID(0)), .money)
    func subject(_ option: Int32?, _ care: Bool?) -> Subject {
      world.subject([
        how: option.map { .value(.option($0)) } ?? .missing, self.care(care): care.map { flag($0) } ?? .missing,
      ])
    }
    #expect(world.value(table, subject(1, nil)) == .value(.quantity(2000)))
    #expect(world.value(table, subject(0, true)) == .value(.quantity(8000)))
    #expect(
      world.value(table, subject(0, nil))
        == .unknown([.missingFact(care, subject: .root, asked: false)], low: 4000, high: 8000))
    #expect(
      world.value(table, subject(2, nil)) == .unknown([.notComputable(.tableGap(TableID(0)))], low: nil, high: nil))
    world.program.tables[0].rows[2].tests = [nil, nil]
    #expect(
      world.value(table, subject(0, true)) == .unknown([.conflict(.rows(TableID(0), [0, 2]))], low: nil, high: nil))
  }

  private func care(_ flag: Bool?) -> FieldID { FieldID(1) }

  @Test mutating func tiers() {
    let field = world.field("投资", .money)
    let schedule = TierSchedule(
      name: "阶梯", kind: world.project, base: world.get(field), mode: .sliced, type: .money,
      tiers: [
        .init(low: nil, lowIncluded: true, high: 100, highIncluded: true, rate: number(2), isRate: true, span: nowhere),
        .init(
          low: 100, lowIncluded: false, high: nil, highIncluded: false, rate: number(3), isRate: true, span: nowhere),
      ], origin: origin)
    world.program.tierSchedules = [schedule, schedule, schedule]
    world.program.tierSchedules[1].mode = .whole
    world.program.tierSchedules[2].tiers.removeFirst()
    func value(_ index: Int, _ base: Int?) -> KnownValue? {
      world.value(
        Expression(.tiers(TierScheduleID(index)), .money), world.subject([field: base.map { quantity($0) } ?? .missing])
      )
    }
    #expect(value(0, 150) == .value(.quantity(350)))
    #expect(value(1, 150) == .value(.quantity(450)))
    #expect(value(1, 100) == .value(.quantity(200)))
    #expect(value(2, 100) == .unknown([.notComputable(.tierGap(TierScheduleID(2)))], low: nil, high: nil))
    #expect(value(0, nil) == .unknown([.missingFact(field, subject: .root, asked: false)], low: 0, high: nil))
    world.program.tierSchedules[0].base = call(.least, world.get(field), money(150))
    #expect(value(0, nil) == .unknown([.missingFact(field, subject: .root, asked: false)], low: 0, high: 350))
    // A step down at a boundary is not monotone, so nothing is said.
    world.program.tierSchedules[0].mode = .whole
    world.program.tierSchedules[0].tiers[1].rate = number(1)
    #expect(value(0, nil) == .unknown([.missingFact(field, subject: .root, asked: false)], low: nil, high: nil))
  }

  @Test mutating func dates() {
    let field = world.field("出生日期", .date)
    let years = call(.fullYears, world.get(field), Expression(.asOf, .date), type: .quantity(.number))
    let subject = world.subject([field: .value(.date(day(1944, 6, 1)))])
    #expect(world.value(years, subject, on: day(2024, 6, 1)) == .value(.quantity(80)))
    #expect(world.value(years, subject, on: day(2024, 5, 31)) == .value(.quantity(79)))
    let after = call(.workingDaysAfter, world.get(field), number(5), type: .date)
    #expect(world.value(after, subject) == .unknown([.notComputable(.calendarYear(1944))], low: nil, high: nil))
    let end = call(.endOfYear, world.get(field), type: .date)
    #expect(world.value(end, subject) == .value(.date(day(1944, 12, 31))))
    let shifted = Expression(
      .arithmetic(.add, world.get(field), Expression(.literal(.duration(Duration(months: 1))), .duration)), .date)
    #expect(world.value(shifted, subject) == .value(.date(day(1944, 7, 1))))
  }

  /// Months against days are decided by the months' bounds, and open between them; working days against others never.
  @Test(arguments: [
    ((1, 0, 0), (0, 27, 0), 1...1), ((1, 0, 0), (0, 28, 0), 0...1), ((1, 0, 0), (0, 30, 0), -1...1),
    ((1, 0, 0), (0, 31, 0), -1...0), ((1, 0, 0), (0, 32, 0), -1 ... -1), ((12, 0, 0), (0, 365, 0), 0...1),
    ((12, 0, 0), (0, 366, 0), -1...0), ((2, 0, 0), (0, 58, 0), 1...1), ((2, 0, 0), (0, 59, 0), 0...1),
    ((2, 0, 0), (0, 63, 0), -1 ... -1), ((1, 2, 0), (0, 33, 0), -1...0), ((1, 0, 0), (1, 0, 0), 0...0),
    ((12, 0, 0), (11, 0, 0), 1...1), ((0, 0, 20), (0, 30, 0), -1...1), ((0, 0, 20), (0, 0, 5), 1...1),
    ((1, 0, 5), (1, 0, 0), 1...1), ((4800, 0, 0), (0, 146_097, 0), 0...0), ((96, 0, 0), (0, 2920, 0), 1...1),
    ((96, 0, 0), (0, 2921, 0), 0...1), ((0, 30, 0), (1, 0, 0), -1...1),
  ])
  func lengthsOfTime(_ one: (Int32, Int32, Int32), _ two: (Int32, Int32, Int32), _ order: ClosedRange<Int>) {
    let (a, b) = (
      Duration(months: one.0, days: one.1, workingDays: one.2),
      Duration(months: two.0, days: two.1, workingDays: two.2)
    )
    #expect(a.order(to: b) == order)
    #expect(b.order(to: a) == -order.upperBound ... -order.lowerBound)
    func literal(_ length: Duration) -> Expression { Expression(.literal(.duration(length)), .duration) }
    let open = Reason.notComputable(.unlikeDurations)
    for comparison in Expression.Comparison.allCases {
      let truths = Set(order.map { comparison.holds($0, 0) })
      let wanted: Truth = truths.count > 1 ? .unknown([open]) : truths == [true] ? .yes : .no
      #expect(world.truth(compare(literal(a), comparison, literal(b))) == wanted, "\(a) \(comparison) \(b)")
    }
    // The greatest is found in whatever order they are written.
    let longest = Duration(months: 4801, days: 146_098, workingDays: 21)
    for items in [[a, b], [b, a]].map({ $0.map(literal) }) {
      for all in [[literal(longest)] + items, items + [literal(longest)]] {
        #expect(world.value(Expression(.call(.greatest, all), .duration)) == .value(.duration(longest)))
      }
      let least = world.value(Expression(.call(.least, items), .duration))
      if order == -1...1 {
        #expect(least == .unknown([open], low: nil, high: nil))
      } else if order.lowerBound == order.upperBound, order != 0...0 {
        #expect(least == .value(.duration(order == 1...1 ? b : a)))
      }
    }
  }
}
