import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

@Suite struct GroupTests {
  var world = World()

  private mutating func group(_ rule: Group.Rule, _ amounts: [Expression?], _ change: (inout Group) -> Void = { _ in })
    -> GroupDecision
  {
    world.program.measures = []
    let members = amounts.enumerated().map { world.measure("措施\($0.offset)", amount: $0.element) }
    var group = Group(name: "组合", kind: world.project, members: members, rule: rule, origin: origin)
    change(&group)
    world.program.groups = [group]
    return world.decideAll(world.subject()).groups[0]
  }

  private var payables: [Payable?] { world.decideAll(world.subject()).decisions.map(\.payable) }

  @Test mutating func highest() {
    let decision = group(.highest, [money(100), money(300)])
    #expect(decision.amount == .exact(300) && decision.counted == [MeasureID(1)])
    #expect(payables[0]?.amount == .exact(0) && payables[0]?.cause == .givenWay(to: MeasureID(1)))
    #expect(payables[1]?.amount == .exact(300))
    let open = group(.highest, [money(100), world.hole("办法")])
    #expect(open.amount == .range(low: 100, high: nil) && open.verdict == .yes)
  }

  /// A member that is open leaves a range, never a number, also where it can't exceed the known greatest.
  @Test mutating func anOpenMemberLeavesARange() {
    let open = world.field("待定", .truth)
    let decision = group(.highest, [money(300), money(100)]) { _ in }
    #expect(decision.amount == .exact(300))
    world.program.measures[1].conditions = [.init(role: .condition, test: world.get(open))]
    let decisions = world.decideAll(world.subject())
    #expect(decisions.groups[0].amount == .range(low: 300, high: 300))
    #expect(decisions.decisions[0].payable?.amount == .exact(300))
    #expect(decisions.decisions[1].payable?.amount == .exact(0))
    world.program.groups[0].rule = .stack
    #expect(world.decideAll(world.subject()).groups[0].amount == .range(low: 300, high: 400))
    world.program.groups[0].cap = money(250)
    #expect(world.decideAll(world.subject()).groups[0].amount == .range(low: 250, high: 250))
  }

  /// What a cap cuts isn't distributed by the text: each member is left between what the others leave of it and itself.
  @Test mutating func whatACapLeaves() {
    _ = group(.stack, [money(80), money(40), money(10)]) { $0.cap = money(100) }
    #expect(
      payables.map { $0?.amount } == [.range(low: 50, high: 80), .range(low: 10, high: 40), .range(low: 0, high: 10)])
    _ = group(.highest, [money(80), money(140)]) { $0.cap = money(100) }
    #expect(payables.map { $0?.amount } == [.exact(0), .exact(100)])
    _ = group(.stack, [money(80), world.hole("办法")]) { $0.cap = money(100) }
    #expect(payables.map { $0?.amount } == [.range(low: 0, high: 80), .range(low: 0, high: 100)])
    _ = group(.stack, [money(80), money(20)]) { $0.cap = money(100) }
    #expect(payables == [nil, nil])
  }

  /// An outer cap reaches the members of the groups inside.
  @Test mutating func groupsInside() {
    _ = group(.highest, [money(200), money(120), money(100)])
    var inner = world.program.groups[0]
    inner.members.removeLast()
    var outer = inner
    outer.members = [MeasureID(2)]
    outer.subgroups = [GroupID(0)]
    outer.rule = .stack
    world.program.groups = [inner, outer]
    #expect(payables.map { $0?.amount } == [.exact(200), .exact(0), nil])
    world.program.groups[1].cap = money(250)
    let decisions = world.decideAll(world.subject())
    #expect(decisions.groups.map(\.amount) == [.exact(200), .exact(250)])
    #expect(payables.map { $0?.amount } == [.range(low: 150, high: 200), .exact(0), .range(low: 50, high: 100)])
    #expect(payables[0]?.cause == .capped && payables[1]?.cause == .givenWay(to: MeasureID(0)))
    world.program.groups[0].rule = .stack
    #expect(
      payables.map { $0?.amount } == [
        .range(low: 30, high: 200), .range(low: 0, high: 120), .range(low: 0, high: 100),
      ])
  }

  @Test mutating func stack() {
    #expect(group(.stack, [money(100), money(300)]).amount == .exact(400))
    let capped = group(.stack, [money(100), money(300)]) { $0.cap = money(250) }
    #expect(capped.amount == .exact(250) && capped.isCapped)
    #expect(payables[0] == Payable(amount: .range(low: 0, high: 100), group: GroupID(0), cause: .capped))
    let open = group(.stack, [money(100), world.hole("办法")]) { $0.cap = money(250) }
    #expect(open.amount == .range(low: 100, high: 250))
  }

  @Test mutating func topUp() {
    #expect(group(.topUp, [money(100), money(300)]) { $0.received = money(120) }.amount == .exact(180))
    #expect(group(.topUp, [money(100)]) { $0.received = money(120) }.amount == .exact(0))
  }

  @Test mutating func oneOf() {
    let choice = world.option("选择", ["措施0", "措施1", "别的"])
    let field = world.field("选择", .option(choice))
    let open = group(.oneOf, [money(100), money(300)]) { $0.chosen = field }
    #expect(open.verdict == .unknown && open.amount == .range(low: 0, high: 300))
    #expect(open.reasons == [.missingFact(field, subject: .root, asked: false)])
    let chosen = world.decideAll(world.subject([field: .value(.option(0))]))
    #expect(chosen.groups[0].amount == .exact(100))
    #expect(chosen.decisions[1].payable?.cause == .givenWay(to: MeasureID(0)) && chosen.decisions[1].verdict == .yes)
    #expect(
      world.decideAll(world.subject([field: .value(.option(2))])).groups[0].reasons == [
        .notComputable(.noSuchMember(GroupID(0)))
      ])
  }

  @Test mutating func exclusive() {
    let both = group(.exclusive, [money(100), money(300)])
    #expect(
      both.verdict == .unknown && both.reasons == [.conflict(.members(GroupID(0), [MeasureID(0), MeasureID(1)]))])
    #expect(group(.exclusive, [money(100)]).amount == .exact(100))
  }

  @Test mutating func membersOfARelatedKind() {
    let loan = world.kind("贷款")
    let principal = world.field("本金", .money, of: loan)
    let loans = world.field("贷款", .many(loan))
    let own = world.measure("建设补助", amount: money(10))
    let interest = world.measure("贴息", amount: world.get(principal)) { $0.object?.kind = loan }
    world.program.groups = [
      Group(name: "组合", kind: world.project, members: [own, interest], rule: .stack, origin: origin)
    ]
    let two = [1, 2].map { world.subject([principal: quantity($0)], kind: loan) }
    let decisions = world.decideAll(world.subject([loans: .many(two, complete: true)]))
    #expect(decisions.groups[0].amount == .exact(13))
    #expect(
      world.decideAll(world.subject([loans: .many(two, complete: false)])).groups[0].amount
        == .range(low: 13, high: nil))
  }
}
