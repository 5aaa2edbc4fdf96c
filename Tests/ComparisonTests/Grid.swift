import PolicyAnalysis
import PolicyAnswers
import PolicyComparison
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
import PolicyWorkspace
import SeededRandom

/// Subjects close to everything that two versions write, and what both answer to them; it knows nothing of the solver.
struct Grid {
  let before: PolicySet
  let after: PolicySet
  let asOf: CivilDate
  private var generator: SeededGenerator
  private let numbers: [Rational]
  private let dates: [CivilDate]

  init(_ before: PolicySet, _ after: PolicySet, asOf: CivilDate, seed: UInt64) {
    (self.before, self.after, self.asOf) = (before, after, asOf)
    generator = SeededGenerator(seed: seed)
    let (old, new) = (Literals(before.program), Literals(after.program))
    numbers = Array(Set(old.numbers + new.numbers)).sorted()
    dates = Array(Set(old.dates + new.dates + [asOf])).sorted()
  }

  /// A subject of the later version.
  mutating func subject(_ kind: KindID, depth: Int = 0) -> Subject {
    let program = after.program
    let facts = program.kinds[kind].fields.map { id -> Fact in
      let chance = generator.below(20)
      if chance == 0 { return .missing }
      if chance == 1 { return .notApplicable }
      return fact(program.fields[id].type, depth)
    }
    return Subject(kind: kind, id: "虚构主体", facts: facts)
  }

  private mutating func fact(_ type: ValueType, _ depth: Int) -> Fact {
    switch type {
    case .truth: return .value(.truth(generator.below(4) > 0))
    case .quantity(let dimension):
      let number = numbers[generator.below(numbers.count)]
      return .value(.quantity(dimension.isNumber && generator.below(2) == 0 ? Rational(generator.below(3)) : number))
    case .date: return dates.isEmpty ? .missing : .value(.date(dates[generator.below(dates.count)]))
    case .duration: return .missing
    case .text: return .value(.text("虚构"))
    case .option(let id):
      let count = after.program.optionTypes[id].values.count
      return count == 0 ? .missing : .value(.option(Int32(generator.below(count))))
    case .entity(let kind): return depth > 1 ? .missing : .one(subject(kind, depth: depth + 1))
    case .many(let kind):
      if depth > 1 { return .missing }
      return .many(
        (0..<generator.below(3)).map { _ in subject(kind, depth: depth + 1) }, complete: generator.below(4) > 0)
    }
  }

  /// The names of measures whose answers differ for a subject of both versions on any side.
  func differing(
    _ subject: Subject, _ old: inout Evaluation, _ new: inout Evaluation
  ) -> Set<String> {
    let (one, two) = (old.decisions(for: subject, asOf: asOf), new.decisions(for: subject, asOf: asOf))
    return differing(one.decisions, two.decisions)
  }

  func differing(_ one: [Decision], _ two: [Decision]) -> Set<String> {
    func told(_ decisions: [Decision], _ policies: PolicySet) -> [String: [Aspect: String]] {
      let wording = Wording(program: policies.program, language: .zh, files: policies.files)
      var result: [String: [Aspect: String]] = [:]
      for decision in decisions {
        var aspects = wording.aspects(decision)
        aspects[.source] = nil
        result[policies.program.measures[decision.measure].name] = aspects
      }
      return result
    }
    let (old, new) = (told(one, before), told(two, after))
    return Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
  }
}
