import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

/// Laws of tables, tiers, groups, instalments and rounding, on random numbers.
@Suite struct LawTests {
  static let rounds = setting("TIAOLI_LAWS", 2000)
  private let asOf = RandomProgram.asOf

  /// A program with one kind of numbers and measures without conditions.
  private struct World {
    var base = RandomProgram(seed: 1, [])
    var random: Random
    init(_ number: Int) {
      random = Random(seed: runSeed &* 13_000_003 &+ UInt64(number))
      base.program.measures = []
      base.program.documents[0].period = Period()
    }

    func number(_ value: Rational, _ type: ValueType = .money) -> Expression {
      Expression(.literal(.quantity(value)), type: type, span: base.program.fields[0].span)
    }
    mutating func measure(_ conditions: [Expression] = [], amount: Expression? = nil) -> MeasureID {
      let span = base.program.fields[0].span
      var measure = Measure(name: "措施", origin: Origin(span: span, clause: nil))
      measure.force = [ForceClaim(.entitlement, "给予")]
      measure.object = .init(kind: base.project, membership: nil, name: "", span: span)
      measure.conditions = conditions.map { .init(role: .condition, test: $0) }
      measure.amount = amount.map { AmountRule(value: $0, discretionary: false) }
      base.program.measures.append(measure)
      return MeasureID(base.program.measures.count - 1)
    }
    /// A subject with these numbers, everything else missing.
    func subject(_ facts: [String: Fact]) -> Subject {
      var all = [Fact](repeating: .missing, count: base.program.kinds[base.project].fields.count)
      for (name, fact) in facts { all[base.program.fields[base.field(name)].slot] = fact }
      return Subject(kind: base.project, id: "甲", facts: all)
    }
    func decisions(_ facts: [String: Fact] = [:]) -> Decisions {
      evaluate(base.program, subject: subject(facts), asOf: RandomProgram.asOf)
    }
    mutating func amounts(_ count: Int) -> [Rational] { (0..<count).map { _ in Rational(random.below(50)) } }
  }

  private func each(_ body: (inout World, String) throws -> Void) rethrows {
    for number in 0..<Self.rounds {
      var world = World(number)
      try body(&world, "TIAOLI_SEED=\(runSeed), round \(number)")
    }
  }

  private func quantity(_ value: Rational) -> Fact { .value(.quantity(value)) }

  /// A table has a value where exactly the rows with that value hold: it equals the 或 of its rows; and no comparison with it
  /// is decided as long as further facts may show that no row holds, or that two conflict.
  @Test func aTableIsItsRows() throws {
    for number in 0..<Self.rounds {
      var random = RandomProgram(seed: runSeed &* 17_000_003 &+ UInt64(number), [.readings])
      let rows = (0..<(1 + random.random.below(4))).map { _ in
        DecisionTable.Row(
          tests: [
            random.expression(.truth, 1, [random.project]),
            random.random.oneIn(3) ? nil : random.expression(.truth, 0, [random.project]),
          ],
          result: random.random.oneIn(2)
            ? random.make(.literal(.quantity(Rational(random.random.pick([10, 20])))), .money)
            : random.expression(.money, 0, [random.project]),
          span: random.span())
      }
      random.program.tables = [
        DecisionTable(
          name: "表", kind: random.project, type: .money, columns: ["", ""], rows: rows, origin: random.origin())
      ]
      let wanted = random.make(.literal(.quantity(10)), .money)
      let table = random.make(.table(TableID(0)), .money)
      let choices = rows.map { row in
        let is10 = random.make(.comparison(.equal, row.result, wanted))
        return random.make(.conjunction(row.tests.compactMap { $0 } + [is10]))
      }
      random.program.measures = Array(random.program.measures.prefix(1))
      let measure = random.program.measures[0]
      let tests = [
        random.make(.comparison(.equal, table, wanted)), random.make(.disjunction(choices)),
        random.make(.comparison(random.random.pick([.greaterOrEqual, .less]), table, wanted)),
      ]
      random.program.measures = tests.map { test in
        var copy = measure
        (copy.conditions, copy.reference, copy.period) = ([.init(role: .condition, test: test)], nil, Period())
        copy.object?.membership = nil
        copy.origin.clause = nil
        return copy
      }
      var evaluation = Evaluation(PreparedProgram(random.program))
      var subject = random.subject(open: 6)
      var before: [Verdict?] = []
      for _ in 0..<30 {
        let verdicts = evaluation.verdicts(for: subject, asOf: asOf)
        let note =
          "TIAOLI_SEED=\(runSeed), round \(number): \(before) \(verdicts)\n\(random.program.dump(MeasureID(2), subject))"
        for (one, two) in zip(before, verdicts) where one == .yes || one == .no { try #require(one == two, "\(note)") }
        if verdicts.prefix(2).allSatisfy({ $0 == .yes || $0 == .no }) {
          try #require(verdicts[0] == verdicts[1], "\(note)")
        }
        before = verdicts
        subject = random.completed(subject)
      }
    }
  }

  @Test func tiersAreDirectSums() throws {
    try each { world, note in
      let bounds = Set((0..<3).map { _ in Rational(1 + world.random.below(40)) }).sorted()
      let isOpenBelow = world.random.oneIn(2), isOpenAbove = world.random.oneIn(2), isUpper = world.random.oneIn(2)
      let isSliced = world.random.oneIn(2)
      let rates = (0...bounds.count).map { _ in Rational(world.random.below(5)) }
      let tiers = (0...bounds.count).map { index in
        TierSchedule.Tier(
          low: index == 0 ? (isOpenBelow ? nil : 0) : bounds[index - 1], lowIncluded: index == 0 || !isUpper,
          high: index == bounds.count ? (isOpenAbove ? nil : 50) : bounds[index],
          highIncluded: index == bounds.count || isUpper,
          rate: world.number(rates[index], .quantity(.number)), isRate: true, span: world.base.program.fields[0].span)
      }
      let field = world.base.get(world.base.field("金额一"))
      world.base.program.tierSchedules = [
        TierSchedule(
          name: "档", kind: world.base.project, base: field, mode: isSliced ? .sliced : .whole, type: .money,
          tiers: tiers,
          origin: world.base.origin())
      ]
      _ = world.measure(amount: world.base.make(.tiers(TierScheduleID(0)), .money))
      for base in [0, world.random.below(60), world.random.below(60)].map({ Rational($0) }) + bounds {
        let amount = world.decisions(["金额一": quantity(base)]).decisions[0].amount
        if !isOpenAbove, base > 50 {
          try #require(amount == .unknown, "\(note)")
          continue
        }
        let place = bounds.firstIndex { isUpper ? base <= $0 : base < $0 } ?? bounds.count
        var expected = try rates[place].multiplied(by: base)
        if isSliced {
          expected = try zip(rates, zip([0] + bounds, bounds + [base])).reduce(Rational.zero) { sum, slice in
            let (low, high) = (slice.1.0, min(base, slice.1.1))
            return high <= low ? sum : try sum.adding(slice.0.multiplied(by: high.subtracting(low)))
          }
        }
        try #require(amount == .exact(expected), "\(note): \(base)")
      }
    }
  }

  @Test func groupsAreMaximumSumAndDifference() throws {
    try each { world, note in
      let amounts = world.amounts(3), received = Rational(world.random.below(40)),
        cap = Rational(world.random.below(80))
      let holds = (0..<3).map { _ in !world.random.oneIn(4) }
      let members = zip(amounts, holds).map { amount, holds in
        world.measure([world.base.make(.literal(.truth(holds)))], amount: world.number(amount))
      }
      let isCapped = world.random.oneIn(2)
      for rule in [Group.Rule.highest, .stack, .topUp] {
        world.base.program.groups.append(
          Group(
            name: "组合", kind: world.base.project, members: members, rule: rule, cap: isCapped ? world.number(cap) : nil,
            received: rule == .topUp ? world.number(received) : nil, origin: world.base.origin()))
      }
      let granted = zip(amounts, holds).filter(\.1).map(\.0)
      let most = granted.max() ?? .zero, sum = try granted.reduce(Rational.zero) { try $0.adding($1) }
      let rest = max(.zero, try most.subtracting(received))
      let groups = world.decisions().groups
      for (group, total) in zip(groups, [most, sum, rest]) {
        let expected = isCapped ? min(total, cap) : total
        try #require(group.verdict == (granted.isEmpty ? .no : .yes), "\(note)")
        try #require(group.amount == (granted.isEmpty ? .none : .exact(expected)), "\(note)")
        if !granted.isEmpty { try #require(group.isCapped == (isCapped && total > cap), "\(note)") }
      }
    }
  }

  /// A member that is open makes a range from the known ones up, never a number, until it is known.
  @Test func anOpenMemberMakesARange() throws {
    try each { world, note in
      let known = Rational(world.random.below(50))
      let field = world.base.get(world.base.field("金额一"))
      let members = [world.measure(amount: world.number(known)), world.measure(amount: field)]
      for rule in [Group.Rule.highest, .stack] {
        world.base.program.groups.append(
          Group(name: "组合", kind: world.base.project, members: members, rule: rule, origin: world.base.origin()))
      }
      for group in world.decisions().groups { try #require(group.amount == .range(low: known, high: nil), "\(note)") }
      let other = Rational(world.random.below(50))
      let settled = world.decisions(["金额一": quantity(other)]).groups.map(\.amount)
      try #require(settled == [.exact(max(known, other)), .exact(try known.adding(other))], "\(note)")
    }
  }

  @Test func instalmentsSumToTheWhole() throws {
    try each { world, note in
      let amount = world.amounts(1)[0]
      let id = world.measure(amount: world.number(amount))
      let first = try Rational(numerator: Int128(1 + world.random.below(9)), denominator: 10)
      for share in [first, try Rational.one.subtracting(first)] {
        world.base.program.measures[id.index].instalments.append(
          Instalment(name: "", share: .rate(share), condition: nil, span: world.base.program.fields[0].span))
      }
      let instalments = world.decisions().decisions[0].instalments
      let sum = try instalments.reduce(Rational.zero) { sum, one in
        guard case .exact(let part) = one.amount else { return sum }
        return try sum.adding(part)
      }
      try #require(sum == amount && instalments.allSatisfy { $0.verdict == .yes }, "\(note)")
    }
  }

  /// A rounded amount is a multiple of the unit, less than one unit away and on the stated side.
  @Test func roundingGoesToTheStatedSide() throws {
    try each { world, note in
      let mode = world.random.pick(RoundingMode.allCases),
        unit = world.random.pick([1, 10, try Rational(numerator: 1, denominator: 100)])
      let amount = try Rational(
        numerator: Int128(world.random.below(5000)), denominator: Int128(1 + world.random.below(30)))
      let rounded = world.base.make(.rounded(world.number(amount), .init(mode: mode, unit: unit)), .money)
      _ = world.measure(amount: rounded)
      guard case .exact(let result) = world.decisions().decisions[0].amount else {
        Issue.record("\(note): no exact amount")
        return
      }
      try #require(try result.divided(by: unit).isInteger, "\(note)")
      let distance = try result.subtracting(amount)
      switch mode {
      case .up: try #require(distance >= .zero && distance < unit, "\(note)")
      case .down: try #require(try distance <= .zero && distance.absolute() < unit, "\(note)")
      case .halfUp: try #require(try distance.absolute().multiplied(by: 2) <= unit, "\(note)")
      }
    }
  }

  /// Every number within two ranges gives a result within their combination, and no comparison that they decide otherwise.
  @Test func boundsHoldForAllNumbersWithin() throws {
    try each { world, note in
      func range(_ random: inout Random) -> (Range, Rational) {
        let ends = [Rational(random.below(9) - 4), Rational(random.below(9) - 4)].sorted()
        let inside = try! ends[0].adding(
          ends[1].subtracting(ends[0]).multiplied(by: Rational(numerator: Int128(random.below(5)), denominator: 4)))
        return (Range(low: random.oneIn(4) ? nil : ends[0], high: random.oneIn(4) ? nil : ends[1]), inside)
      }
      let (one, a) = range(&world.random), (two, b) = range(&world.random)
      for operation in Expression.Arithmetic.allCases {
        let combined = one.combined(operation, two)
        guard let result = computed(operation, a, b) else {
          try #require(combined.mayFail, "\(note)")
          continue
        }
        try #require(combined.low.map { $0 <= result } ?? true, "\(note)")
        try #require(combined.high.map { $0 >= result } ?? true, "\(note)")
      }
      let (left, right) = (Range(low: a, high: a), Range(low: b, high: b))
      for comparison in Expression.Comparison.allCases {
        guard let decided = one.decides(comparison, two) else { continue }
        try #require(left.decides(comparison, right) == decided, "\(note)")
      }
    }
  }
}
