import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

/// A small repeatable source of numbers.
struct Dice {
  var state: UInt64

  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(sides))
  }
}

/// A program of random conditions over a few facts of every kind.
struct RandomWorld {
  var world = World()
  var truths: [FieldID] = []
  var numbers: [FieldID] = []
  var definitions: [Expression] = []
  var amounts: [Expression] = []
  var loans: FieldID
  var principal: FieldID
  var dice: Dice

  init(seed: UInt64, computes: Bool) {
    dice = Dice(state: seed &* 7_919 &+ 17)
    for index in 0..<3 { truths.append(world.field("是否\(index)", .truth)) }
    for index in 0..<2 { numbers.append(world.field("数\(index)", .money)) }
    let loan = world.kind("贷款")
    principal = world.field("本金", .money, of: loan)
    loans = world.field("贷款", .many(loan))
    for index in 0..<3 {
      let bodies = (0..<(1 + dice.roll(3))).map { _ in truth(2, computes) }
      definitions.append(world.define("定义\(index)", .truth, bodies, ruling: dice.roll(5) == 0 ? 0 : nil))
    }
    amounts.append(world.define("基数", .money, [number(1, computes), number(1, computes)]))
    for index in 0..<6 {
      let conditions = (0..<(1 + dice.roll(3))).map { _ in truth(3, computes) }
      let id = world.measure("措施\(index)", conditions, amount: dice.roll(2) == 0 ? number(2, computes) : nil)
      if dice.roll(3) == 0 {
        let role: Measure.Condition.Role = dice.roll(2) == 0 ? .exception : .condition
        world.program.measures[id.index].conditions[0].role = role
      }
      if dice.roll(3) == 0 {
        let membership = truth(1, computes)
        world.program.measures[id.index].object?.membership = membership
      }
      if index > 0 { definitions.append(Expression(.measureHolds(MeasureID(dice.roll(index))))) }
    }
  }

  mutating func truth(_ depth: Int, _ computes: Bool) -> Expression {
    let leaf = depth == 0
    switch dice.roll(leaf ? 3 : 10) {
    case 0, 1: return world.get(truths[dice.roll(truths.count)])
    case 2:
      let comparison = Expression.Comparison.allCases[dice.roll(6)]
      return compare(number(computes ? 1 : 0, computes), comparison, money(dice.roll(3) * 10))
    case 3: return not(truth(depth - 1, computes))
    case 4, 5: return all(truth(depth - 1, computes), truth(depth - 1, computes))
    case 6: return either(truth(depth - 1, computes), truth(depth - 1, computes))
    case 7: return Expression(.atLeast(2, (0..<3).map { _ in truth(depth - 1, computes) }))
    case 8:
      return Expression(
        .conditional(truth(depth - 1, computes), truth(depth - 1, computes), truth(depth - 1, computes)))
    default: return definitions.isEmpty ? always : definitions[dice.roll(definitions.count)]
    }
  }

  mutating func number(_ depth: Int, _ computes: Bool) -> Expression {
    if depth == 0 { return world.get(numbers[dice.roll(numbers.count)]) }
    switch dice.roll(8) {
    case 0: return money(dice.roll(4) * 10)
    case 1: return compute(number(depth - 1, computes), .add, number(depth - 1, computes))
    case 2: return compute(number(depth - 1, computes), .subtract, number(depth - 1, computes))
    case 3: return compute(number(depth - 1, computes), .multiply, number(depth - 1, computes))
    case 4: return call(.least, number(depth - 1, computes), money(10))
    case 5:
      return Expression(.aggregate(.sum, relation: loans, depth: 0, filter: nil, body: world.get(principal)), .money)
    case 6: return amounts.isEmpty ? number(0, computes) : amounts[0]
    default: return number(0, computes)
    }
  }

  /// Facts, each missing for one roll in `holes`.
  mutating func subject(holes: Int, notApplicable: Bool = false) -> Subject {
    var facts: [FieldID: Fact] = [:]
    for field in truths where dice.roll(holes) != 0 { facts[field] = flag(dice.roll(2) == 0) }
    for field in numbers where dice.roll(holes) != 0 { facts[field] = quantity(dice.roll(5) * 5) }
    if notApplicable, dice.roll(3) == 0 { facts[numbers[0]] = .notApplicable }
    if dice.roll(holes) != 0 {
      let members = (0..<dice.roll(3)).map { _ in
        world.subject(dice.roll(holes) == 0 ? [:] : [principal: quantity(dice.roll(4) * 5)], kind: KindID(1))
      }
      facts[loans] = .many(members, complete: dice.roll(2) == 0)
    }
    return world.subject(facts)
  }

  /// The subject with one missing fact given.
  mutating func filled(_ subject: Subject) -> Subject {
    var copy = subject
    let slot = dice.roll(copy.facts.count)
    let field = world.program.kinds[0].fields[slot]
    switch copy.facts[slot] {
    case .many(var members, let complete):
      if let open = members.firstIndex(where: { $0.facts[0] == .missing }) {
        members[open].facts[0] = dice.roll(4) == 0 ? .notApplicable : quantity(dice.roll(4) * 5)
        copy.facts[slot] = .many(members, complete: complete)
      } else if !complete {
        members.append(world.subject([principal: quantity(dice.roll(4) * 5)], kind: KindID(1)))
        copy.facts[slot] = .many(members, complete: dice.roll(2) == 0)
      }
    case .missing:
      if field == loans {
        copy.facts[slot] = .many([], complete: dice.roll(2) == 0)
      } else if dice.roll(5) == 0 {
        copy.facts[slot] = .notApplicable
      } else {
        copy.facts[slot] = truths.contains(field) ? flag(dice.roll(2) == 0) : quantity(dice.roll(5) * 5)
      }
    default: break
    }
    return copy
  }
}

@Suite struct RandomTests {
  @Test func explanationsAgree() {
    for seed in 0..<150 {
      var random = RandomWorld(seed: UInt64(seed), computes: true)
      let prepared = PreparedProgram(random.world.program)
      var evaluation = Evaluation(prepared)
      var explanation = Explanation(prepared)
      for _ in 0..<4 {
        let subject = random.subject(holes: 3, notApplicable: true)
        let decisions = evaluation.decisions(for: subject, asOf: day(2024, 6, 1))
        #expect(explanation.decisions(for: subject, asOf: day(2024, 6, 1)).0 == decisions)
        for decision in decisions.decisions {
          #expect(evaluation.decision(of: decision.measure, for: subject, asOf: day(2024, 6, 1)) == decision)
        }
        #expect(evaluation.verdicts(for: subject, asOf: day(2024, 6, 1)) == decisions.decisions.map(\.verdict))
      }
    }
  }

  @Test func moreFactsNeverChangeADefiniteAnswer() {
    for seed in 0..<300 {
      var random = RandomWorld(seed: UInt64(seed), computes: true)
      var evaluation = Evaluation(PreparedProgram(random.world.program))
      var subject = random.subject(holes: 2)
      var before = evaluation.verdicts(for: subject, asOf: day(2024, 6, 1))
      for _ in 0..<8 {
        subject = random.filled(subject)
        let after = evaluation.verdicts(for: subject, asOf: day(2024, 6, 1))
        for place in before.indices where before[place] != .unknown && before[place] != .disputed {
          #expect(after[place] == before[place], "seed \(seed), measure \(place), \(subject.facts)")
        }
        before = after
      }
    }
  }

  /// Each reading's verdict is what the program gives when that reading is settled.
  @Test func readingsAreRulings() {
    for seed in 0..<100 {
      var random = RandomWorld(seed: UInt64(seed), computes: true)
      let subject = random.subject(holes: 4)
      let decisions = evaluate(random.world.program, subject: subject, asOf: day(2024, 6, 1)).decisions
      for choice in random.world.program.choices.indices where random.world.program.choices[choice].ruling == nil {
        for reading in random.world.program.choices[choice].readings.indices {
          var settled = random.world.program
          settled.choices[choice].ruling = Ruling(reading: reading, basis: "", date: day(2024, 1, 1), span: nowhere)
          let own = evaluate(settled, subject: subject, asOf: day(2024, 6, 1)).decisions
          for (place, decision) in decisions.enumerated() {
            let split = decision.readings.first { $0.choice == ChoiceID(choice) }
            if decision.verdict != .disputed || split == nil {
              #expect(own[place].verdict == decision.verdict)
            } else {
              #expect(own[place].verdict == split?.readings[reading].verdict)
            }
          }
        }
      }
    }
  }

  @Test func onlyRelevantFactsAreAsked() {
    for seed in 0..<150 {
      var random = RandomWorld(seed: UInt64(seed), computes: false)
      var inquiry = Inquiry(PreparedProgram(random.world.program))
      var subject = random.subject(holes: 2)
      subject.facts[random.world.program.fields[random.loans.index].slot] = .many([], complete: true)
      let asked = inquiry.nextQuestion(for: subject, asOf: day(2024, 6, 1))
      let relevant = inquiry.relevantFields(for: subject, asOf: day(2024, 6, 1))
      #expect(relevant.contains { $0 == asked } || (asked == nil && relevant.isEmpty))
      let truly = bruteForce(random, subject)
      #expect(Set(relevant) == truly, "seed \(seed)")
    }
  }

  private func bruteForce(_ random: RandomWorld, _ subject: Subject) -> Set<FieldID> {
    var evaluation = Evaluation(PreparedProgram(random.world.program))
    let open = (random.truths + random.numbers).filter {
      subject.facts[random.world.program.fields[$0.index].slot] == .missing
    }
    var found: Set<FieldID> = []
    func values(_ field: FieldID) -> [Fact] {
      random.truths.contains(field) ? [flag(true), flag(false)] : [0, 5, 10, 15, 20, 25].map { quantity($0) }
    }
    func complete(_ subject: Subject, _ rest: ArraySlice<FieldID>, _ field: FieldID) {
      guard let next = rest.first else {
        let slot = random.world.program.fields[field.index].slot
        var seen: Set<[Verdict?]> = []
        for value in values(field) {
          var copy = subject
          copy.facts[slot] = value
          seen.insert(evaluation.verdicts(for: copy, asOf: day(2024, 6, 1)))
        }
        if seen.count > 1 { found.insert(field) }
        return
      }
      for value in values(next) {
        var copy = subject
        copy.facts[random.world.program.fields[next.index].slot] = value
        complete(copy, rest.dropFirst(), field)
      }
    }
    for field in open { complete(subject, ArraySlice(open.filter { $0 != field }), field) }
    return found
  }
}
