import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

import PolicyAnalysis

/// The formulas of the encoder say what the evaluator says, on random programs and subjects.
@Suite struct EncoderTests {
  static let programs = min(setting("TIAOLI_PROGRAMS", 60), 2000)

  /// Every combination of the open readings, as rulings.
  static func rulings(_ program: Program) -> [[ChoiceID: Int]] {
    var all: [[ChoiceID: Int]] = [[:]]
    for index in program.choices.indices where program.choices[index].ruling == nil {
      all = all.flatMap { known in
        program.choices[index].readings.indices.map { reading in
          known.merging([ChoiceID(index): reading]) { $1 }
        }
      }
    }
    return all
  }

  static func ruled(_ program: Program, _ readings: [ChoiceID: Int]) -> Program {
    var program = program
    for (choice, reading) in readings {
      program.choices[choice.index].ruling = Ruling(
        reading: reading, basis: "", date: RandomProgram.asOf, span: program.choices[choice].origin.span)
    }
    return program
  }

  static func word(_ verdict: SymbolicVerdict, _ answer: Answer) -> Verdict {
    if answer.truth(verdict.yes) { return .yes }
    if answer.truth(verdict.no) { return .no }
    return answer.truth(verdict.notApplicable) ? .notApplicable : .unknown
  }

  /// A subject whose facts are all given folds to the evaluator's verdict.
  @Test func recordedSubjects() throws {
    var (compared, refused): (Int, [String: Int]) = (0, [:])
    for number in 0..<Self.programs {
      var random = RandomProgram(seed: runSeed &* 7_368_787 &+ UInt64(number), .all)
      let program = random.program
      for open in [0, 3] {
        let subject = random.subject(open: open)
        let solver = try Solver()
        var domain = FactSpace.Domain()
        (domain.recorded, domain.asOf, domain.fillsGaps) = (subject, RandomProgram.asOf, false)
        let space = FactSpace(solver, domain)
        for readings in Self.rulings(program) {
          var evaluation = Evaluation(PreparedProgram(Self.ruled(program, readings)))
          let expected = evaluation.verdicts(for: subject, asOf: RandomProgram.asOf)
          let encoder = Encoder(program, in: space, readings: readings)
          for id in program.measures.indices.map({ MeasureID($0) }) {
            do {
              let verdict = try encoder.verdict(of: id, kind: subject.kind)
              let answer = try #require(try space.question().answer())
              compared += 1
              let found = Self.word(verdict, answer)
              guard found == expected[id.index] else {
                Issue.record(
                  "TIAOLI_SEED=\(runSeed), program \(number): measure \(id) is \(String(describing: expected[id.index])), encoded \(found)\n\(program.dump(id, subject))"
                )
                return
              }
            } catch let error as Unsupported { refused["\(error)".prefix { $0 != "(" }.description, default: 0] += 1 }
          }
        }
      }
    }
    print("recorded subjects: \(compared) verdicts, refused \(refused)")
    #expect(compared > Self.programs)
  }

  /// A formula over unknown facts gives the evaluator's verdict for each subject that is put into it.
  @Test func unknownSubjects() throws {
    var (compared, refused, open) = (0, 0, 0)
    for number in 0..<Self.programs {
      var random = RandomProgram(seed: runSeed &* 9_176_263 &+ UInt64(number), .all)
      let program = random.program
      let solver = try Solver(limits: .init(time: 1000, steps: 400_000))
      var domain = FactSpace.Domain()
      (domain.mayBeMissing, domain.asOf, domain.fillsGaps) = (number.isMultiple(of: 2), RandomProgram.asOf, false)
      let space = FactSpace(solver, domain)
      let all = Self.rulings(program)
      let readings = all[number % all.count]
      let encoder = Encoder(program, in: space, readings: readings)
      var evaluation = Evaluation(PreparedProgram(Self.ruled(program, readings)))
      var verdicts: [(MeasureID, SymbolicVerdict)] = []
      for id in program.measures.indices.map({ MeasureID($0) })
      where program.measures[id].object?.kind == random.project {
        do { verdicts.append((id, try encoder.verdict(of: id))) } catch { refused += 1 }
      }
      let question = space.question()
      for _ in 0..<8 {
        let subject = random.subject(open: domain.mayBeMissing ? 3 : 0)
        guard let facts = space.binding(subject, program) else { continue }
        let answer: Answer
        do {
          answer = try #require(try question.answer(assuming: facts), "program \(number)")
        } catch SolverFailure.limit {
          open += 1
          continue
        }
        let expected = evaluation.verdicts(for: subject, asOf: RandomProgram.asOf)
        for (id, verdict) in verdicts {
          compared += 1
          let found = Self.word(verdict, answer)
          guard found == expected[id.index] else {
            Issue.record(
              "TIAOLI_SEED=\(runSeed), program \(number): measure \(id) is \(String(describing: expected[id.index])), encoded \(found)\n\(program.dump(id, subject))"
            )
            return
          }
        }
      }
    }
    print("unknown subjects: \(compared) verdicts, \(refused) measures refused, \(open) subjects given up")
    #expect(compared > Self.programs)
  }
}

extension FactSpace {
  /// That the unknowns are a subject's facts; nil where the space can't hold it.
  func binding(_ subject: Subject, _ program: Program) -> [Term]? {
    binding(subject, self.subject(of: subject.kind, in: program), program)
  }

  private func binding(_ subject: Subject, _ symbolic: SymbolicSubject, _ program: Program) -> [Term]? {
    guard let name = subject.name else { return nil }
    var terms = [solver.equal(symbolic.name, solver.integer(place(of: name)))]
    for field in program.kinds[subject.kind].fields.map({ program.fields[$0] }) {
      guard let fact = symbolic.facts[field.name] else { continue }
      let given = subject.facts[field.slot]
      let isMissing = given == .missing || given == .notKnown
      if isMissing, !domain.mayBeMissing { return nil }
      terms.append(solver.equal(fact.unknown, solver.truth(isMissing)))
      terms.append(solver.equal(fact.notApplicable, solver.truth(given == .notApplicable)))
      switch (given, fact.content) {
      case (.value(let value), .value(let term)):
        switch (constant(value), term) {
        case (.quantity(let a), .quantity(let b)), (.date(let a), .date(let b)), (.option(let a), .option(let b)),
          (.text(let a), .text(let b)):
          terms.append(solver.equal(a, b))
        default: return nil
        }
      case (.one(let other), .one(let inner)):
        guard let more = binding(other, inner, program) else { return nil }
        terms += more
      case (.many(let members, let complete), .many(let inner, let count, _)):
        guard complete, members.count <= inner.count else { return nil }
        terms.append(solver.equal(count, solver.integer(members.count)))
        for (member, symbolic) in zip(members, inner) {
          guard let more = binding(member, symbolic, program) else { return nil }
          terms += more
        }
      default: continue
      }
    }
    return terms
  }
}
