package import PolicyEvaluation
package import PolicyIR
package import PolicyValues

/// A subject at a date under readings, found by a solver and shown only after the evaluator has replayed it.
package struct Witness: Hashable, Sendable {
  package var subject: Subject
  package var asOf: CivilDate
  /// The readings that have to be settled for the answer; empty: it is the same without.
  package var readings: [ChoiceID: Int]

  package init(subject: Subject, asOf: CivilDate, readings: [ChoiceID: Int] = [:]) {
    self.subject = subject
    self.asOf = asOf
    self.readings = readings
  }
}

extension Encoder {
  /// The subject that an answer describes; facts that nothing read are missing.
  ///
  /// - Parameter choices: Choices that matter besides those that the encoder met.
  package func witness(_ answer: Answer, kind: KindID, choices: Set<ChoiceID> = []) -> Witness {
    var readings: [ChoiceID: Int] = [:]
    for choice in touchedChoices.union(choices) {
      if let reading = space.reading(of: choice, in: program, answer) { readings[choice] = reading }
    }
    let day = answer.integer(space.asOf).flatMap { CivilDate(dayNumber: $0) } ?? FactSpace.firstDay
    return Witness(
      subject: subject(kind, space.subject(of: kind, in: program), answer), asOf: day, readings: readings)
  }

  private func subject(_ kind: KindID, _ symbolic: SymbolicSubject, _ answer: Answer) -> Subject {
    let facts = program.kinds[kind].fields.map { id -> Fact in
      let field = program.fields[id]
      guard let fact = symbolic.facts[field.name], !answer.truth(fact.unknown) else {
        // What was recorded and not read stays.
        return symbolic.recorded.flatMap { $0.facts.indices.contains(field.slot) ? $0.facts[field.slot] : nil }
          ?? .missing
      }
      return self.fact(fact, field.type, answer)
    }
    if let recorded = symbolic.recorded {
      var copy = recorded
      copy.facts = facts
      return copy
    }
    let name = answer.integer(symbolic.name).map { space.text(at: $0) } ?? "虚构"
    return Subject(kind: kind, id: symbolic.usesName ? name : "虚构主体", isNamed: symbolic.usesName, facts: facts)
  }

  private func fact(_ fact: SymbolicFact, _ type: ValueType, _ answer: Answer) -> Fact {
    if answer.truth(fact.notApplicable) { return .notApplicable }
    switch (fact.content, type) {
    case (.value(let value), _): return self.value(value, type, answer).map { .value($0) } ?? .missing
    case (.one(let other), .entity(let kind)): return .one(subject(kind, other, answer))
    case (.many(let members, let count, let complete), .many(let kind)):
      let size = answer.integer(count) ?? 0
      return .many(members.prefix(size).map { subject(kind, $0, answer) }, complete: complete)
    default: return .missing
    }
  }

  private func value(_ value: SymbolicValue, _ type: ValueType, _ answer: Answer) -> Value? {
    switch value {
    case .quantity(let term): answer.number(term).map { .quantity($0) }
    case .date(let term): answer.integer(term).flatMap { CivilDate(dayNumber: $0) }.map { .date($0) }
    case .text(let term): answer.integer(term).map { .text(space.text(at: $0)) }
    case .option(let term):
      answer.integer(term).map { type == .truth ? .truth($0 != 0) : .option(Int32(truncatingIfNeeded: $0)) }
    case .duration(let months, let days, let working):
      answer.integer(days).map {
        .duration(Duration(months: Int32(months), days: Int32($0), workingDays: Int32(working)))
      }
    case .nothing: nil
    }
  }
}

/// Replays witnesses in the evaluator, and makes them small and independent of what the solver happened to choose.
package struct Replay {
  package let program: Program
  private let literals: Literals
  private var evaluations: [[ChoiceID: Int]: Evaluation] = [:]

  package init(_ program: Program) {
    self.program = program
    literals = Literals(program)
  }

  /// The decisions of measures, and of the groups that hold them all.
  package mutating func decisions(_ witness: Witness, _ measures: [MeasureID]? = nil) -> Decisions {
    var evaluation = evaluations[witness.readings] ?? Evaluation(PreparedProgram(settled(witness.readings)))
    evaluations[witness.readings] = nil
    let decisions = evaluation.decisions(for: witness.subject, asOf: witness.asOf, measures: measures)
    evaluations[witness.readings] = evaluation
    return decisions
  }

  package mutating func verdict(_ witness: Witness, _ measure: MeasureID) -> Verdict {
    var evaluation = evaluations[witness.readings] ?? Evaluation(PreparedProgram(settled(witness.readings)))
    evaluations[witness.readings] = nil
    let verdict = evaluation.verdicts(for: witness.subject, asOf: witness.asOf, measures: [measure]).first
    evaluations[witness.readings] = evaluation
    return (verdict ?? nil) ?? .notApplicable
  }

  /// The program with readings settled, as if by rulings.
  package func settled(_ readings: [ChoiceID: Int]) -> Program {
    var program = program
    for (choice, reading) in readings where program.choices[choice].ruling == nil {
      program.choices[choice.index].ruling = Ruling(
        reading: reading, basis: "", date: FactSpace.firstDay, span: program.choices[choice].origin.span)
    }
    return program
  }

  /// A smaller witness of the same thing: without the readings and facts that it doesn't need, and with the first option, the
  /// least number or the earliest date of the rules that does; nil where the evaluator doesn't see the thing at all.
  ///
  /// - Parameter asOf: The date that is preferred.
  package mutating func minimized(
    _ witness: Witness, asOf: CivilDate, _ shows: (inout Replay, Witness) -> Bool
  ) -> Witness? {
    guard shows(&self, witness) else { return nil }
    var best = witness
    func attempt(_ replay: inout Replay, _ change: (inout Witness) -> Void) {
      var copy = best
      change(&copy)
      if copy != best, shows(&replay, copy) { best = copy }
    }
    attempt(&self) { $0.readings = [:] }
    for choice in best.readings.keys.sorted() { attempt(&self) { $0.readings[choice] = nil } }
    attempt(&self) { $0.asOf = asOf }
    for slot in best.subject.facts.indices { attempt(&self) { $0.subject.facts[slot] = .missing } }
    for slot in best.subject.facts.indices {
      guard case .many(let members, _) = best.subject.facts[slot] else { continue }
      for place in members.indices.reversed() {
        attempt(&self) { copy in
          guard case .many(var members, let complete) = copy.subject.facts[slot], members.indices.contains(place) else {
            return
          }
          members.remove(at: place)
          copy.subject.facts[slot] = .many(members, complete: complete)
        }
      }
    }
    for slot in best.subject.facts.indices {
      for fact in candidates(
        best.subject.facts[slot], program.fields[program.kinds[best.subject.kind].fields[slot]].type)
      {
        if fact == best.subject.facts[slot] { break }
        var copy = best
        copy.subject.facts[slot] = fact
        if shows(&self, copy) {
          best = copy
          break
        }
      }
    }
    // Simpler facts may need fewer readings.
    for choice in best.readings.keys.sorted() { attempt(&self) { $0.readings[choice] = nil } }
    return best
  }

  /// Facts that are simpler than one, simplest first.
  private func candidates(_ fact: Fact, _ type: ValueType) -> [Fact] {
    guard case .value(let value) = fact else { return [] }
    switch (value, type) {
    case (.truth, _): return [.value(.truth(true)), .value(.truth(false))]
    case (.option, .option(let id)): return program.optionTypes[id].values.indices.map { .value(.option(Int32($0))) }
    case (.quantity, _): return literals.numbers.map { .value(.quantity($0)) }
    case (.date, _): return literals.dates.map { .value(.date($0)) }
    default: return []
    }
  }
}

/// What the rules of a program write and read.
package struct Literals {
  /// Zero and the numbers of the rules with their neighbours, ascending, none below zero.
  package private(set) var numbers: [Rational] = [.zero]
  /// The dates of the rules with their neighbours, ascending.
  package private(set) var dates: [CivilDate] = []
  /// The fields that an expression or a rule reads.
  private(set) var fields: Set<FieldID> = []
  private(set) var tables: Set<TableID> = []

  package init(_ program: Program) {
    var (numbers, dates): (Set<Rational>, Set<CivilDate>) = ([], [])
    for expression in program.expressions { read(expression, program, &numbers, &dates) }
    for schedule in program.tierSchedules {
      for tier in schedule.tiers { numbers.formUnion([tier.low, tier.high].compactMap { $0 }) }
    }
    for classification in program.classifications { fields.insert(classification.field) }
    for group in program.groups { if let chosen = group.chosen { fields.insert(chosen) } }
    let counties = Set(program.authorities.compactMap(\.perOption))
    for (index, field) in program.fields.enumerated() {
      if case .option(let id) = field.type, counties.contains(id) { fields.insert(FieldID(index)) }
    }
    for number in numbers {
      numbers.formUnion([try? number.adding(.one), try? number.subtracting(.one)].compactMap { $0 })
    }
    for date in dates { dates.formUnion([try? date.adding(days: 1), try? date.adding(days: -1)].compactMap { $0 }) }
    self.numbers = numbers.union([.zero]).filter { !$0.isNegative }.sorted()
    self.dates = dates.sorted()
  }

  private mutating func read(
    _ expression: Expression, _ program: Program, _ numbers: inout Set<Rational>, _ dates: inout Set<CivilDate>
  ) {
    switch expression.form {
    case .literal(.quantity(let number)): numbers.insert(number)
    case .literal(.date(let date)): dates.insert(date)
    case .field(let id, _), .fieldOf(_, let id): fields.insert(id)
    case .aggregate(_, let relation, _, _, _): fields.insert(relation)
    case .table(let id): tables.insert(id)
    default: break
    }
    for child in expression.children { read(child, program, &numbers, &dates) }
  }
}

extension Program {
  /// Every expression that stands in a rule.
  var expressions: [Expression] {
    var all: [Expression?] = []
    for measure in measures {
      all.append(measure.object?.membership)
      all += measure.conditions.map(\.test)
      all.append(measure.amount?.value)
      for payer in measure.payers {
        all.append(payer.condition)
        switch payer.share {
        case .rate(let share), .amount(let share): all.append(share)
        case .unstated, .rest: break
        }
      }
      for instalment in measure.instalments { all += [instalment.condition, instalment.date] }
      all += measure.deadlines.map(\.start)
    }
    all += definitions.flatMap { $0.bodies.map { $0 } }
    for hole in holes { all += [hole.lowest, hole.highest] + hole.fillings.map(\.value) }
    for table in tables { for row in table.rows { all += row.tests + [row.result] } }
    for schedule in tierSchedules { all += [schedule.base] + schedule.tiers.map(\.rate) }
    for group in groups { all += [group.cap, group.received] }
    return all.compactMap { $0 }
  }
}
