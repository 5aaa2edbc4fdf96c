import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

/// What holds of every program, over random ones.
@Suite struct PropertyTests {
  static let programs = setting("TIAOLI_PROPERTIES", 1500)
  private let asOf = RandomProgram.asOf

  private func each(_ features: RandomProgram.Features, _ body: (inout RandomProgram, Int) throws -> Void) rethrows {
    for number in 0..<Self.programs {
      var random = RandomProgram(seed: runSeed &* 7_000_003 &+ UInt64(number), features)
      try body(&random, number)
    }
  }

  @Test func moreFactsNeverChangeADefiniteAnswer() throws {
    try each(.all) { random, number in
      var evaluation = Evaluation(PreparedProgram(random.program))
      for _ in 0..<3 {
        var subject = random.subject(open: 4 + random.random.below(5))
        var before = evaluation.decisions(for: subject, asOf: asOf).decisions
        for _ in 0..<40 {
          let more = random.completed(subject)
          if more == subject { continue }
          let after = evaluation.decisions(for: more, asOf: asOf).decisions
          for (one, two) in zip(before, after) {
            let flips =
              isDefinite(one.verdict) && one.verdict != two.verdict
              || isDefinite(one.wouldBe) && one.wouldBe != two.wouldBe
              || one.verdict == .yes && isExact(one.amount) && one.amount != two.amount
            if !flips { continue }
            reportFlip(random.program, subject, more, one.measure, number)
            try #require(Bool(false))
          }
          (subject, before) = (more, after)
        }
      }
    }
  }

  private func isDefinite(_ verdict: Verdict) -> Bool { verdict != .unknown && verdict != .disputed }
  private func isExact(_ amount: Amount) -> Bool { if case .exact = amount { true } else { false } }

  private func reportFlip(_ program: Program, _ before: Subject, _ after: Subject, _ measure: MeasureID, _ number: Int)
  {
    func answers(_ failing: Failing, _ subject: Subject) -> Decision? {
      evaluate(failing.program, subject: subject, asOf: asOf, measures: [measure]).decisions.first
    }
    func flips(_ failing: Failing) -> Bool {
      guard let one = answers(failing, before), let two = answers(failing, after) else { return false }
      return isDefinite(one.verdict) && one.verdict != two.verdict
        || isDefinite(one.wouldBe) && one.wouldBe != two.wouldBe
        || one.verdict == .yes && isExact(one.amount) && one.amount != two.amount
    }
    var failing = Failing(program: program, subject: after)
    failing.shrink { candidate in candidate.subject == after && flips(candidate) }
    let (one, two) = (answers(failing, before), answers(failing, after))
    Issue.record(
      """
      TIAOLI_SEED=\(runSeed), program \(number): \(one!.verdict) \(one!.amount) becomes \(two!.verdict) \(two!.amount)
      \(failing.program.dump(measure, before))
      \(failing.program.text(after))
      """)
  }

  @Test func explanationsGiveTheSameAnswers() throws {
    try each(.all) { random, number in
      random.addPayments()
      let prepared = PreparedProgram(random.program)
      var evaluation = Evaluation(prepared), explanation = Explanation(prepared)
      for turn in 0..<4 {
        let subject = random.subject(open: turn)
        let decisions = evaluation.decisions(for: subject, asOf: asOf)
        try #require(
          explanation.decisions(for: subject, asOf: asOf).0 == decisions, "TIAOLI_SEED=\(runSeed), program \(number)")
        try #require(evaluation.verdicts(for: subject, asOf: asOf) == decisions.decisions.map(\.verdict))
        for decision in decisions.decisions {
          var alone = decision
          alone.payable = nil
          try #require(explanation.decision(of: decision.measure, for: subject, asOf: asOf)?.decision == alone)
          try #require(evaluation.decision(of: decision.measure, for: subject, asOf: asOf) == alone)
        }
      }
    }
  }

  /// What an evaluation keeps from subject to subject and from date to date changes nothing.
  @Test func answersDoNotDependOnWhatWasAskedBefore() throws {
    try each(.all) { random, number in
      random.addPayments()
      let prepared = PreparedProgram(random.program)
      var evaluation = Evaluation(prepared)
      for turn in 0..<6 {
        let subject = random.subject(open: turn % 4)
        let date = CivilDate(year: asOf.year + turn % 3 - 1, month: asOf.month, day: 1)!
        var fresh = Evaluation(prepared)
        try #require(
          evaluation.decisions(for: subject, asOf: date) == fresh.decisions(for: subject, asOf: date),
          "TIAOLI_SEED=\(runSeed), program \(number)")
      }
    }
  }

  /// Conditions, operands, measures, fields and members of lists: their order matters to no verdict, reason or amount.
  @Test func theOrderDoesNotMatter() throws {
    try each(.core) { random, number in
      let order = random.random.shuffled(Array(random.program.measures.indices))
      var shuffled = random.program.reordered(order).rewritten { expression in
        var expression = expression
        switch expression.form {
        case .conjunction(let tests): expression.form = .conjunction(random.random.shuffled(tests))
        case .disjunction(let tests): expression.form = .disjunction(random.random.shuffled(tests))
        case .atLeast(let count, let tests): expression.form = .atLeast(count, random.random.shuffled(tests))
        case .call(.least, let items): expression.form = .call(.least, random.random.shuffled(items))
        case .call(.greatest, let items): expression.form = .call(.greatest, random.random.shuffled(items))
        default: break
        }
        return expression
      }
      for id in shuffled.measures.indices {
        shuffled.measures[id].conditions = random.random.shuffled(shuffled.measures[id].conditions)
      }
      let slots = random.random.shuffled(Array(shuffled.kinds[random.project].fields.indices))
      let fields = shuffled.kinds[random.project].fields
      shuffled.kinds[random.project.index].fields = slots.map { fields[$0] }
      for (slot, field) in shuffled.kinds[random.project].fields.enumerated() {
        shuffled.fields[field.index].slot = slot
      }
      var evaluation = Evaluation(PreparedProgram(random.program)), other = Evaluation(PreparedProgram(shuffled))
      for turn in 0..<4 {
        let subject = random.subject(open: turn)
        var moved = subject
        moved.facts = slots.map { subject.facts[$0] }
        let one = evaluation.decisions(for: subject, asOf: asOf).decisions
        let two = other.decisions(for: moved, asOf: asOf).decisions
        for (new, old) in order.enumerated() {
          guard let difference = difference(one[old], two[new], order) else { continue }
          Issue.record(
            "TIAOLI_SEED=\(runSeed), program \(number): \(difference)\n\(random.program.dump(MeasureID(old), subject))\n\(shuffled.dump(MeasureID(new), moved))"
          )
          try #require(Bool(false))
        }
      }
    }
  }

  private func difference(_ one: Decision, _ two: Decision, _ order: [Int]) -> String? {
    if one.verdict != two.verdict || one.wouldBe != two.wouldBe { return "\(one.verdict) \(two.verdict)" }
    func known(_ reasons: [DecisionReason]) -> Set<Reference.Why> {
      Set(
        reasons.map { entry in
          switch entry.reason {
          case .discretion(let id): .discretion(id)
          case .notComputable(.noAmount(let id)): .noAmount(id)
          default: Reference.Why(entry.reason)
          }
        })
    }
    func moved(_ whys: Set<Reference.Why>) -> Set<Reference.Why> {
      Set(
        whys.map { why in
          switch why {
          case .discretion(let id): .discretion(MeasureID(order[id.index]))
          case .noAmount(let id): .noAmount(MeasureID(order[id.index]))
          default: why
          }
        })
    }
    if known(one.reasons) != moved(known(two.reasons)) { return "\(known(one.reasons)) \(known(two.reasons))" }
    if one.readings.map(\.choice) != two.readings.map(\.choice) { return "\(one.readings) \(two.readings)" }
    if case .disputed(let a) = one.amount, case .disputed(let b) = two.amount {
      return Set(a) == Set(b) ? nil : "\(a) \(b)"
    }
    return one.amount == two.amount ? nil : "\(one.amount) \(two.amount)"
  }

  @Test func departmentsAndForceAreThoseOfTheMeasure() throws {
    try each(.all) { random, number in
      random.addPayments()
      var evaluation = Evaluation(PreparedProgram(random.program))
      let subject = random.subject()
      for decision in evaluation.decisions(for: subject, asOf: asOf).decisions {
        let measure = random.program.measures[decision.measure]
        let note = "TIAOLI_SEED=\(runSeed), program \(number)"
        try #require(decision.force.strongest == measure.force.map(\.strength).min(), "\(note)")
        try #require(decision.force.weakest == measure.force.map(\.strength).max(), "\(note)")
        let written = decision.departments.filter { $0.role != .payer }.map { Department($0.authority, $0.role) }
        try #require(written == measure.departments.filter { $0.role != .payer }, "\(note)")
        // A payer falls away only where its condition is no.
        let payers = decision.departments.filter { $0.role == .payer }
        for payer in measure.payers where payer.condition == nil {
          try #require(payers.contains { $0.authority == payer.authority && !$0.isUncertain }, "\(note)")
        }
        for payer in decision.payers {
          try #require(payers.contains { $0.authority == payer.authority }, "\(note)")
        }
        for entry in decision.departments {
          guard random.program.authorities[entry.authority].perOption != nil else {
            try #require(entry.county == .whole, "\(note)")
            continue
          }
          if case .value(.option(let value)) = subject.facts[random.program.fields[random.field("类别")].slot] {
            try #require(entry.county == .option(random.plain, value), "\(note)")
          } else {
            try #require(entry.county == .unknown, "\(note)")
          }
        }
      }
    }
  }
}
