import PolicyEvaluation
import PolicyIR
import PolicyValues
import Testing

/// The interview against brute force, on programs that only compare facts with fixed values.
@Suite struct InterviewTests {
  static let programs = setting("TIAOLI_INTERVIEWS", 1500)
  private let asOf = RandomProgram.asOf

  @Test func onlyWhatCanChangeAVerdictIsAskedUntilAllIsSettled() throws {
    var (questions, missing) = (0, 0)
    for number in 0..<Self.programs {
      let note = "TIAOLI_SEED=\(runSeed), program \(number)"
      var random = RandomProgram(seed: runSeed &* 11_000_003 &+ UInt64(number), [.readings, .gaps])
      for id in random.program.measures.indices {
        // Out of its period a measure asks nothing.
        (random.program.measures[id].period, random.program.measures[id].origin.clause) = (Period(), nil)
      }
      let prepared = PreparedProgram(random.program)
      var inquiry = Inquiry(prepared)
      var evaluation = Evaluation(prepared)
      var subject = random.subject(open: 0)
      for slot in random.random.shuffled(Array(subject.facts.indices)).prefix(1 + random.random.below(4)) {
        subject.facts[slot] = .missing
      }
      missing += subject.facts.count { $0 == .missing }
      while true {
        let asked = inquiry.nextQuestion(for: subject, asOf: asOf)
        let relevant = relevant(random.program, subject, &evaluation)
        guard let asked else {
          try #require(relevant.isEmpty, "\(note): nothing is asked, but \(relevant) matter\n\(dump(random.program, subject))")
          break
        }
        try #require(relevant.contains(asked), "\(note): \(asked) is asked, but \(relevant) matter\n\(dump(random.program, subject))")
        questions += 1
        let field = random.program.fields[asked]
        subject.facts[field.slot] = random.random.oneIn(6) ? .notKnown : random.random.pick(domain(field.type, random.program))
      }
    }
    print("interview: \(questions) questions for \(missing) missing facts")
  }

  private func dump(_ program: Program, _ subject: Subject) -> String {
    program.measures.indices.map { program.dump(MeasureID($0), subject) }.joined(separator: "\n")
  }

  /// The missing facts of which two values give different verdicts, under some values of the others.
  private func relevant(_ program: Program, _ subject: Subject, _ evaluation: inout Evaluation) -> Set<FieldID> {
    let open = program.kinds[subject.kind].fields.filter { subject.facts[program.fields[$0].slot] == .missing }
    var found: Set<FieldID> = []
    for field in open {
      var subjects = [subject]
      for other in open where other != field {
        subjects = subjects.flatMap { given(other, $0, program) }
      }
      for subject in subjects {
        let verdicts = given(field, subject, program).map { evaluation.verdicts(for: $0, asOf: asOf) }
        if Set(verdicts).count > 1 {
          found.insert(field)
          break
        }
      }
    }
    return found
  }

  private func given(_ field: FieldID, _ subject: Subject, _ program: Program) -> [Subject] {
    domain(program.fields[field].type, program).map { fact in
      var copy = subject
      copy.facts[program.fields[field].slot] = fact
      return copy
    }
  }

  /// One value on, below and above everything that a random program compares with.
  private func domain(_ type: ValueType, _ program: Program) -> [Fact] {
    switch type {
    case .truth: return [.value(.truth(true)), .value(.truth(false))]
    case .quantity:
      let ends = RandomProgram.numbers.flatMap { [Rational($0), try! Rational(numerator: Int128(2 * $0 + 1), denominator: 2)] }
      return ends.map { .value(.quantity($0)) }
    case .date:
      let days = Set(RandomProgram.dates.flatMap { date in (-1...1).map { try! date.adding(days: $0) } })
      return days.sorted().map { .value(.date($0)) }
    case .text: return ["甲", "乙", "别的"].map { .value(.text($0)) }
    case .option(let id): return program.optionTypes[id].values.indices.map { .value(.option(Int32($0))) }
    case .duration, .entity, .many: return [.missing]
    }
  }
}
