import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

/// Limits over all applicants.
@Suite struct AllotmentTests {
  var world = World()

  private mutating func measure(_ order: TotalLimit.Order, limit: Rational) -> (MeasureID, FieldID, FieldID) {
    let amount = world.field("金额", .money)
    let rank = world.field("名次", .quantity(.number))
    let id = world.measure("补助", amount: world.get(amount)) {
      $0.totalLimit = TotalLimit(limit: limit, order: order, key: order == .ranked ? rank : nil, span: nowhere)
    }
    return (id, amount, rank)
  }

  @Test mutating func inOrder() throws {
    let (id, amount, rank) = measure(.ranked, limit: 50)
    func shares(_ applicants: [(amount: Int?, rank: Int?)]) throws -> [Allotment.Share] {
      let subjects = applicants.map { applicant in
        world.subject([
          amount: applicant.amount.map { quantity($0) } ?? .missing,
          rank: applicant.rank.map { quantity($0) } ?? .missing,
        ])
      }
      let decisions = subjects.map { world.decide(id, $0) as Decision? }
      return try #require(allot(id, in: world.program, among: subjects, decisions)).shares
    }
    #expect(try shares([(20, 3), (40, 1), (30, 2)]).map(\.allotted) == [.exact(0), .exact(40), .exact(10)])
    let tied = try shares([(30, 1), (30, 1), (10, 2)])
    #expect(tied.map(\.allotted) == [.range(low: 20, high: 30), .range(low: 20, high: 30), .exact(0)])
    #expect(tied[0].open == [.tie] && tied[2].open.isEmpty)
    // A tie that changes nothing is not spoken of.
    #expect(try shares([(20, 1), (30, 1)]).map(\.open) == [[], []])
    let missing = try shares([(40, nil), (40, 1)])
    #expect(missing.map(\.allotted) == [.range(low: 10, high: 40), .range(low: 10, high: 40)])
    #expect(missing.map(\.open) == [[.key], [.others]])
    #expect(try shares([(nil, 1), (40, 2)]).map(\.allotted) == [.range(low: 0, high: 50), .range(low: 0, high: 40)])
    world.program.measures[id.index].totalLimit?.order = .unstated
    let subject = world.subject([amount: quantity(40)])
    #expect(allot(id, in: world.program, among: [subject], [world.decide(id, subject)]) == nil)
  }

  @Test mutating func inProportion() throws {
    let (id, amount, _) = measure(.proportional, limit: 50)
    func shares(_ amounts: [Int?]) throws -> [Allotment.Share] {
      let subjects = amounts.map { world.subject([amount: $0.map { quantity($0) } ?? .missing]) }
      return try #require(
        allot(id, in: world.program, among: subjects, subjects.map { world.decide(id, $0) })
      ).shares
    }
    #expect(try shares([20, 30]).map(\.allotted) == [.exact(20), .exact(30)])
    #expect(try shares([40, 60]).map(\.allotted) == [.exact(20), .exact(30)])
    let thirds = try shares([20, 40, 30])
    let ninths = try [100, 200, 150].map { Amount.exact(try Rational(numerator: $0, denominator: 9)) }
    #expect(thirds.map(\.allotted) == ninths)
    #expect(thirds.map(\.unrounded) == [true, true, true])
    let open = try shares([50, nil])
    #expect(open.map(\.allotted) == [.range(low: 0, high: 50), .range(low: 0, high: 50)] && open[0].open == [.others])
  }

  /// Together they never get more than the limit, and whoever is known gets no more than without it.
  @Test mutating func neverMoreThanTheLimit() throws {
    var state: UInt64 = 7
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let (id, amount, rank) = measure(.ranked, limit: 50)
    for _ in 0..<300 {
      world.program.measures[id.index].totalLimit?.order = random(2) == 0 ? .ranked : .proportional
      let subjects = (0..<(1 + random(6))).map { place in
        world.subject([amount: quantity(random(40)), rank: quantity(place)])
      }
      let decisions = subjects.map { world.decide(id, $0) as Decision? }
      let shares = try #require(allot(id, in: world.program, among: subjects, decisions)).shares
      var sum = Rational.zero
      var whole = Rational.zero
      for share in shares {
        guard case .exact(let got) = share.allotted, case .exact(let full) = share.amount else {
          Issue.record("a range where all is known")
          return
        }
        #expect(got <= full)
        sum = try sum.adding(got)
        whole = try whole.adding(full)
      }
      #expect(sum == min(whole, 50))
    }
  }
}
