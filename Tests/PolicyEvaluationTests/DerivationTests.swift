import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

@Suite struct DerivationTests {
  var world = World()
  let today = day(2024, 6, 1)

  @Test mutating func everyOperandIsRecorded() {
    let (a, b) = (world.field("甲", .truth), world.field("乙", .truth))
    let projectClass = world.define("康养项目", .truth, [world.get(a), world.get(b)])
    let measure = world.measure("措施", [all(never, world.get(b), projectClass), projectClass], amount: world.hole("办法"))
    let (decision, derivation) = explain(
      PreparedProgram(world.program), subject: world.subject([a: flag(true), b: .notKnown]), asOf: today,
      measure: measure)!
    #expect(decision.verdict == .no)
    let root = derivation.roots[0]
    #expect(derivation[root].what == .measure(measure))
    #expect(derivation[root].origin != nil)
    #expect(derivation[root].outcome == .truth(.leaf(.no)))
    let parts = derivation.children(of: root).map { derivation[$0].what }
    #expect(
      parts == [.period, .object(world.project), .condition(0, .condition), .condition(1, .condition)])
    let first = derivation.children(of: root)[2]
    let connective = derivation.children(of: first)[0]
    let operands = derivation.children(of: connective)
    #expect(operands.count == 3)
    #expect(derivation[operands[1]].what == .field(b) && derivation[operands[1]].fact == .notKnown)
    #expect(derivation[operands[2]].what == .definition(DefinitionID(0)))
    let readings = derivation.children(of: operands[2])
    #expect(readings.map { derivation[$0].what } == [.reading(ChoiceID(0), 0), .reading(ChoiceID(0), 1)])
    let missing = Truth.unknown([.missingFact(b, subject: .root, asked: true)])
    #expect(derivation[operands[2]].outcome == .truth(.choice(ChoiceID(0), [.leaf(.yes), .leaf(missing)])))
    // The second use of the definition points at the first and shows its parts.
    let second = derivation.children(of: derivation.children(of: root)[3])[0]
    #expect(derivation[second].sameAs == operands[2])
    #expect(derivation.children(of: second) == readings)
  }

  @Test mutating func elementsAndRows() {
    let loan = world.kind("贷款")
    let fine = world.field("合规", .truth, of: loan)
    let loans = world.field("贷款", .many(loan))
    let any = Expression(.aggregate(.any, relation: loans, depth: 0, filter: nil, body: world.get(fine)))
    world.program.tables = [
      DecisionTable(
        name: "表", kind: world.project, type: .money, columns: ["甲"],
        rows: [
          .init(tests: [never], result: money(1), span: nowhere), .init(tests: [nil], result: money(2), span: nowhere),
        ], origin: origin)
    ]
    let measure = world.measure("措施", [any], amount: Expression(.table(TableID(0)), .money))
    let two = [true, false].map { world.subject([fine: flag($0)], kind: loan) }
    let (decision, derivation) = explain(
      PreparedProgram(world.program), subject: world.subject([loans: .many(two, complete: false)]), asOf: today,
      measure: measure)!
    #expect(decision.verdict == .yes && decision.amount == .exact(2))
    let steps = (0..<derivation.count).map { derivation[$0] }
    #expect(steps.map(\.what).contains(.element(loans, 1)))
    #expect(steps.first { $0.what == .row(TableID(0), 0) }?.outcome == .truth(.leaf(.no)))
    #expect(steps.first { $0.what == .row(TableID(0), 1) }?.outcome == .truth(.leaf(.yes)))
    #expect(derivation.roots.map { derivation[$0].what } == [.measure(measure), .amount])
  }
}
