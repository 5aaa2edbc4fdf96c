import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

@Suite struct TruthTests {
  var world = World()

  @Test mutating func kleene() {
    let (a, b) = (world.field("甲", .truth), world.field("乙", .truth))
    let (x, y) = (world.get(a), world.get(b))
    let missing = Reason.missingFact(a, subject: .root, asked: false)
    let other = Reason.missingFact(b, subject: .root, asked: false)
    #expect(world.truth(all(x, y)) == .unknown([missing, other]))
    #expect(world.truth(all(x, y), world.subject([b: flag(false)])) == .no)
    #expect(world.truth(either(x, y), world.subject([b: flag(true)])) == .yes)
    #expect(world.truth(either(x, y), world.subject([b: flag(false)])) == .unknown([missing]))
    #expect(world.truth(not(x)) == .unknown([missing]))
    #expect(world.truth(not(x), world.subject([a: .notApplicable])) == .yes)
    #expect(world.truth(x, world.subject([a: .notKnown])) == .unknown([.missingFact(a, subject: .root, asked: true)]))
    #expect(world.truth(Expression(.conjunction([]))) == .yes)
    #expect(world.truth(Expression(.disjunction([]))) == .no)
  }

  @Test mutating func counts() {
    let fields = (0..<3).map { world.field("项\($0)", .truth) }
    let two = Expression(.atLeast(2, fields.map { world.get($0) }))
    #expect(world.truth(two, world.subject([fields[0]: flag(true), fields[1]: flag(true)])) == .yes)
    #expect(world.truth(two, world.subject([fields[0]: flag(false), fields[1]: flag(false)])) == .no)
    #expect(
      world.truth(two, world.subject([fields[0]: flag(true), fields[1]: flag(false)]))
        == .unknown([.missingFact(fields[2], subject: .root, asked: false)]))
  }

  @Test mutating func comparisons() {
    let field = world.field("投资", .money)
    let test = compare(world.get(field), .greaterOrEqual, money(3))
    #expect(world.truth(test, world.subject([field: quantity(3)])) == .yes)
    #expect(world.truth(test, world.subject([field: quantity(2)])) == .no)
    #expect(world.truth(test, world.subject([field: .notApplicable])) == .no)
    #expect(world.truth(compare(world.get(field), .less, money(0))) == .no)
    // Further facts may show 不适用, and then the answer would be no.
    #expect(
      world.truth(compare(world.get(field), .greaterOrEqual, money(0)))
        == .unknown([.missingFact(field, subject: .root, asked: false)]))
  }

  @Test mutating func orderedOptions() {
    let level = world.option("等级", ["未定级", "一级", "二级"], ordered: true, unranked: ["未定级"])
    let field = world.field("等级", .option(level))
    let test = compare(world.get(field), .greaterOrEqual, option(2, level))
    #expect(world.truth(test, world.subject([field: .value(.option(2))])) == .yes)
    #expect(world.truth(test, world.subject([field: .value(.option(1))])) == .no)
    #expect(world.truth(test, world.subject([field: .value(.option(0))])) == .unknown([.unranked(level, value: 0)]))
    let equal = compare(world.get(field), .equal, option(0, level))
    #expect(world.truth(equal, world.subject([field: .value(.option(0))])) == .yes)
  }

  @Test mutating func lists() {
    let county = world.option("县区", ["右玉", "怀仁", "应县"])
    let field = world.field("县区", .option(county))
    let open = Expression(.membership(world.get(field), [.option(0)], open: true))
    let closed = Expression(.membership(world.get(field), [.option(0)], open: false))
    #expect(world.truth(open, world.subject([field: .value(.option(0))])) == .yes)
    #expect(
      world.truth(open, world.subject([field: .value(.option(1))])) == .unknown([.openList(field, list: nowhere)]))
    #expect(world.truth(closed, world.subject([field: .value(.option(1))])) == .no)
    #expect(world.truth(closed, world.subject([field: .notApplicable])) == .no)
  }

  @Test mutating func names() {
    for (names, complete) in [(nil, true), (["甲"], true), (["乙"], true), (["乙"], false), ([], true)]
      as [([String]?, Bool)]
    {
      world.program.nameLists.append(
        NameList(name: "名单", kind: world.project, names: names, complete: complete, origin: origin))
    }
    func on(_ index: Int) -> Truth? { world.truth(Expression(.onList(NameListID(index)))) }
    #expect(on(0) == .unknown([.listNotOnFile(NameListID(0))]))
    #expect(on(1) == .yes)
    #expect(on(2) == .no)
    #expect(on(3) == .unknown([.notOnIncompleteList(NameListID(3))]))
    // Who is recorded under no name is not “not listed”.
    var nameless = world.subject()
    nameless.name = nil
    #expect(world.truth(Expression(.onList(NameListID(2))), nameless) == .unknown([.unnamed(NameListID(2))]))
    #expect(world.truth(Expression(.dangling("相关规定"))) == .unknown([.danglingReference("相关规定")]))
  }

  @Test mutating func findings() {
    let office = world.authority("市财政局")
    let field = world.field("符合相关规定", .truth, finder: office)
    #expect(world.truth(world.get(field)) == .unknown([.finding(field, by: office, subject: .root, asked: false)]))
  }

  @Test mutating func referencesWithoutAText() {
    let office = world.authority("市财政局")
    let field = world.field("符合贴息相关规定", .truth, finder: office, refersTo: "相关规定")
    let open = OpenFinding(field: field, by: office, subject: .root, asked: false)
    let reason = Reason.danglingReference("相关规定", finding: open)
    #expect(world.truth(world.get(field)) == .unknown([reason]))
    #expect(world.truth(world.get(field), world.subject([field: flag(false)])) == .no)
    let measure = world.measure("贴息", [world.get(field)])
    #expect(world.decide(measure, world.subject()).label == .ruleMissing)
    var inquiry = Inquiry(PreparedProgram(world.program))
    let missing = inquiry.missing(for: world.subject(), asOf: day(2024, 6, 1))
    #expect(missing.gaps.map(\.owner) == [.authority(office)] && missing.firstQuestion == field)
  }

  @Test mutating func conditionals() {
    let field = world.field("甲", .truth)
    let choose = Expression(.conditional(world.get(field), always, never))
    #expect(world.truth(choose, world.subject([field: flag(false)])) == .no)
    #expect(world.truth(Expression(.conditional(world.get(field), always, always))) == .yes)
    #expect(world.truth(choose) == .unknown([.missingFact(field, subject: .root, asked: false)]))
    let value = Expression(.conditional(world.get(field), money(2), money(5)), .money)
    #expect(
      world.value(value)
        == .unknown([.missingFact(field, subject: .root, asked: false)], low: 2, high: 5))
  }

  @Test mutating func manyReasonsSpill() {
    let fields = (0..<90).map { world.field("项\($0)", .truth) }
    let every = Expression(.conjunction(fields.map { world.get($0) }))
    #expect(world.truth(every) == .unknown(fields.map { .missingFact($0, subject: .root, asked: false) }))
  }

  @Test mutating func malformedSubjectsDoNotTrap() {
    let field = world.field("甲", .truth)
    let many = world.field("贷款", .many(world.project))
    let short = Subject(kind: world.project, id: "甲", facts: [])
    #expect(world.truth(world.get(field), short) == .unknown([.missingFact(field, subject: .root, asked: false)]))
    let wrong = world.subject([field: quantity(3), many: flag(true)])
    #expect(world.truth(world.get(field), wrong) == .unknown([.notComputable(.malformed)]))
    let sum = Expression(.aggregate(.sum, relation: many, depth: 0, filter: nil, body: money(1)), .money)
    #expect(world.value(sum, wrong) == .unknown([.notComputable(.malformed)], low: 0, high: nil))
    let deep = (0..<5000).reduce(world.get(field)) { inner, _ in not(inner) }
    _ = deep
  }
}
