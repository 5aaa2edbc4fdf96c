import PolicyAnalysis
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
import Testing

/// What the analysis says is held against every subject of a small domain, one value for each stretch that the literals of the
/// random programs tell apart.
@Suite struct AnalysisTests {
  static let programs = min(setting("TIAOLI_PROGRAMS", 150), 2000)
  static let limit = 3000

  static func half(_ number: Int) -> Rational { try! Rational(numerator: Int128(number), denominator: 2) }
  static let numbers: [Rational] = [0, 1, 2, 3, 4, 10, 20, 30, 40, 50, 60, 62].map { half($0) }
  static let dates: [CivilDate] = Set(
    RandomProgram.dates.flatMap { [try! $0.adding(days: -1), $0, try! $0.adding(days: 1)] }
  ).sorted()

  static func values(_ type: ValueType, _ program: Program) -> [Value] {
    switch type {
    case .truth: [.truth(true), .truth(false)]
    case .quantity: numbers.map { .quantity($0) }
    case .date: dates.map { .date($0) }
    case .option(let id): program.optionTypes[id].values.indices.map { .option(Int32($0)) }
    case .text: ["甲", "乙", "丙"].map { .text($0) }
    case .duration, .entity, .many: []
    }
  }

  /// Every subject over the fields, other facts missing; nil where there are more than `limit`.
  static func grid(_ program: Program, _ fields: [FieldID], absent: Bool = true) -> [Subject]? {
    let kind = KindID(0)
    var subjects = [Subject(kind: kind, id: "甲", facts: program.kinds[kind].fields.map { _ in .missing })]
    for id in fields {
      var facts = values(program.fields[id].type, program).map { Fact.value($0) }
      if absent { facts.append(.notApplicable) }
      if subjects.count * facts.count > limit { return nil }
      subjects = subjects.flatMap { subject in
        facts.map { fact in
          var copy = subject
          copy.facts[program.fields[id].slot] = fact
          return copy
        }
      }
    }
    return subjects
  }

  /// The fields and whether the as-of date is read by a measure.
  static func reads(_ program: Program, _ id: MeasureID) -> [FieldID]? {
    guard let solver = try? Solver() else { return nil }
    let space = FactSpace(solver)
    guard (try? Encoder(program, in: space).wouldBe(of: id)) != nil else { return nil }
    let subject = space.subject(of: KindID(0), in: program)
    return program.kinds[0].fields.filter { subject.facts[program.fields[$0].name] != nil }
  }

  /// A measure's verdicts without the period, for every subject, date and reading of the domain.
  static func verdicts(_ program: Program, _ id: MeasureID, _ subjects: [Subject]) -> [Verdict] {
    decisions(program, id, subjects).map(\.wouldBe)
  }

  /// A measure's answers, for every subject, date and reading of the domain.
  static func decisions(_ program: Program, _ id: MeasureID, _ subjects: [Subject]) -> [Decision] {
    EncoderTests.rulings(program).flatMap { readings in
      var evaluation = Evaluation(PreparedProgram(EncoderTests.ruled(program, readings)))
      return subjects.flatMap { subject in
        dates.compactMap { evaluation.decision(of: id, for: subject, asOf: $0) }
      }
    }
  }

  @Test func measuresAgainstEverySubject() throws {
    var (compared, found) = (0, [Finding.Kind: Int]())
    for number in 0..<Self.programs {
      let random = RandomProgram(seed: runSeed &* 3_333_367 &+ UInt64(number), [])
      let program = random.program
      let report = try analyze(program, asOf: RandomProgram.asOf)
      #expect(report.notAnalysed.isEmpty, "program \(number): \(report.notAnalysed)")
      for finding in report.findings { found[finding.kind, default: 0] += 1 }
      for id in program.measures.indices.map({ MeasureID($0) }) {
        guard let fields = Self.reads(program, id), let subjects = Self.grid(program, fields), subjects.count <= 300
        else { continue }
        let verdicts = Self.verdicts(program, id, subjects)
        compared += 1
        let own = report.findings.filter { $0.measures == [id] }
        let never = own.contains { $0.kind == .neverHolds || $0.kind == .shadowed }
        let always = own.contains { $0.kind == .alwaysHolds }
        let isNever = !verdicts.contains(.yes)
        // Whether a measure is for somebody may be open; that its conditions are met isn't.
        let isAlways =
          !isNever
          && Self.decisions(program, id, subjects).allSatisfy { decision in
            decision.wouldBe == .yes || decision.wouldBe == .notApplicable
              || decision.wouldBe == .unknown && program.measures[id].reference == nil
                && decision.conditions.allSatisfy { $0 == .yes }
          }
        let label = "TIAOLI_SEED=\(runSeed), program \(number), measure \(id)"
        #expect(never == isNever, "\(label)\n\(program.dump(id, subjects[0]))")
        #expect(
          always == (isAlways && !program.measures[id].conditions.isEmpty), "\(label)\n\(program.dump(id, subjects[0]))"
        )
        for finding in own where finding.kind == .redundant || finding.kind == .blocked {
          let other = Self.replacing(finding, id, program)
          let after = Self.verdicts(other, id, subjects)
          #expect(
            zip(verdicts, after).allSatisfy { ($0 == .yes) == ($1 == .yes) },
            "\(label): \(finding.kind)\n\(program.dump(id, subjects[0]))")
        }
      }
    }
    print("analysis: \(compared) measures against every subject, findings \(found)")
    #expect(compared > Self.programs / 3)
  }

  /// The program without what a finding says does not matter.
  static func replacing(_ finding: Finding, _ id: MeasureID, _ program: Program) -> Program {
    func replaced(_ expression: Expression, negated: Bool, top: Bool) -> Expression {
      var copy = expression
      if finding.causes.contains(expression.span) {
        // A condition that is met falls away; an alternative is one that isn't.
        copy.form = .literal(.truth(top != negated))
        return copy
      }
      switch expression.form {
      case .conjunction(let parts) where top:
        copy.form = .conjunction(parts.map { replaced($0, negated: negated, top: true) })
      case .disjunction(let parts): copy.form = .disjunction(parts.map { replaced($0, negated: negated, top: false) })
      default: break
      }
      return copy
    }
    var program = program
    for place in program.measures[id].conditions.indices {
      let role = program.measures[id].conditions[place].role
      program.measures[id.index].conditions[place].test = replaced(
        program.measures[id].conditions[place].test, negated: role == .exception || role == .precedence, top: true)
    }
    return program
  }

  /// Each witness shows what its finding says, in the evaluator alone.
  @Test func witnesses() throws {
    var shown = 0
    for number in 0..<Self.programs {
      var random = RandomProgram(seed: runSeed &* 6_111_111 &+ UInt64(number), .all)
      random.addPayments()
      let program = random.program
      for finding in try analyze(program, asOf: RandomProgram.asOf, limits: .init(time: 1000, steps: 200_000)).findings
      {
        guard let witness = finding.witness else { continue }
        shown += 1
        var replay = Replay(program)
        let verdicts = finding.measures.map { replay.verdict(witness, $0) }
        #expect(verdicts == finding.verdicts)
        switch finding.kind {
        case .neverHolds, .shadowed: #expect(!verdicts.contains(.yes))
        case .contradiction, .twoAmounts, .doublePay: #expect(verdicts.allSatisfy { $0 == .yes })
        case .alwaysHolds, .redundant, .blocked: #expect(verdicts == [.yes])
        case .tableGap, .tableOverlap, .tableMasked, .tableMergeable, .unreachableCap, .unreadFact: break
        }
      }
    }
    print("analysis: \(shown) witnesses replayed")
    #expect(shown > Self.programs / 4)
  }

  /// Nearest plans hold, none of their changes can be left out, their numbers can't be nearer, and one fact is enough where they
  /// say several only if no single one is.
  @Test func nearest() throws {
    var (asked, plans, several) = (0, 0, 0)
    for number in 0..<Self.programs {
      var random = RandomProgram(seed: runSeed &* 1_299_709 &+ UInt64(number), [])
      let program = random.program
      var evaluation = Evaluation(PreparedProgram(program))
      let subject = random.subject(of: random.project, open: 0)
      func verdict(_ changes: [NearestPlan.Change], _ id: MeasureID) -> Verdict? {
        var copy = subject
        for change in changes { copy.facts[program.fields[change.field].slot] = .value(change.to) }
        return evaluation.decision(of: id, for: copy, asOf: RandomProgram.asOf)?.verdict
      }
      for id in program.measures.indices.map({ MeasureID($0) }) where verdict([], id) == .no {
        guard let found = try nearestPlans(program, of: id, for: subject, asOf: RandomProgram.asOf) else { continue }
        asked += 1
        plans += found.plans.count
        let label = "TIAOLI_SEED=\(runSeed), program \(number), measure \(id)"
        #expect(found.plans.count <= 10)
        for plan in found.plans {
          let now = verdict(plan.changes, id)
          #expect(plan.readings.isEmpty ? now == .yes : now == .disputed, "\(label): \(plan)")
          for place in plan.changes.indices where plan.readings.isEmpty {
            var fewer = plan.changes
            fewer.remove(at: place)
            #expect(verdict(fewer, id) != .yes, "\(label): \(plan)")
          }
          if plan.changes.count == 1, plan.readings.isEmpty, case .quantity(let from) = plan.changes[0].from,
            case .quantity(let to) = plan.changes[0].to,
            case .quantity(let dimension) = program.fields[plan.changes[0].field].type
          {
            let nearer = to > from ? try to.subtracting(dimension.step) : try to.adding(dimension.step)
            var change = plan.changes[0]
            change.to = .quantity(nearer)
            #expect(nearer == from || verdict([change], id) != .yes, "\(label): \(plan)")
          }
        }
        // Any single change of the domain.
        let single = program.kinds[0].fields.contains { field in
          let entry = program.fields[field]
          guard entry.changeable, entry.finder == nil, case .value(let from) = subject.facts[entry.slot] else {
            return false
          }
          return Self.values(entry.type, program).contains {
            verdict([.init(field: field, from: from, to: $0)], id) == .yes
          }
        }
        if single { #expect(found.plans.first?.changes.count == 1, "\(label): \(found)\n\(program.dump(id, subject))") }
        if found.plans.first.map({ $0.changes.count > 1 }) ?? false { several += 1 }
      }
    }
    print("nearest: \(asked) measures, \(plans) plans, \(several) measures that need several facts")
    #expect(plans > Self.programs / 4 && several > 0)
  }

  /// A fact that changes a verdict for some answers to the others is never said not to matter.
  @Test func relevance() throws {
    var (asked, dropped) = (0, 0)
    for number in 0..<Self.programs {
      var random = RandomProgram(seed: runSeed &* 8_675_309 &+ UInt64(number), [])
      let program = random.program
      let subject = random.subject(of: random.project, open: 4)
      var evaluation = Evaluation(PreparedProgram(program))
      for id in program.measures.indices.map({ MeasureID($0) })
      where program.measures[id].object?.kind == random.project {
        guard let fields = Self.reads(program, id) else { continue }
        let open = fields.filter { subject.facts[program.fields[$0].slot] == .missing }
        guard let answers = Self.grid(program, open, absent: false) else { continue }
        for field in open {
          let slot = program.fields[field].slot
          var seen: [[Fact]: Verdict] = [:]
          var matters = false
          for answer in answers where !matters {
            var copy = subject
            for other in open { copy.facts[program.fields[other].slot] = answer.facts[program.fields[other].slot] }
            let verdict = evaluation.decision(of: id, for: copy, asOf: RandomProgram.asOf)!.verdict
            copy.facts[slot] = .missing
            matters = seen[copy.facts].map { $0 != verdict } ?? false
            seen[copy.facts] = verdict
          }
          asked += 1
          let said = canMatter(field, to: id, for: subject, asOf: RandomProgram.asOf, in: program)
          if said == false { dropped += 1 }
          if matters {
            #expect(
              said != false,
              "TIAOLI_SEED=\(runSeed), program \(number), measure \(id), field \(field)\n\(program.dump(id, subject))")
          }
        }
      }
    }
    print("relevance: \(asked) facts, \(dropped) that can't matter")
    #expect(dropped > 0)
  }
}
