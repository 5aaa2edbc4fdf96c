import PolicyAnalysis
import PolicyCoverage
import PolicyEvaluation
import PolicyIR
import PolicyValues

/// Where the solver can't say: known subjects with one fact changed.
extension CaseGenerator {
  /// The most subjects that are changed.
  private static let poolLimit = 60

  /// Adds a candidate from a known subject, or from one with one fact changed; false where none shows the item.
  mutating func nearby(_ item: CoverageItem, _ measure: MeasureID) -> Bool {
    guard let kind = program.measures[measure].object?.kind else { return false }
    let known = pool[kind, default: []].prefix(Self.poolLimit)
    for witness in known where items(witness, measure).contains(item) {
      add(witness, measure, item)
      return true
    }
    for witness in known {
      for subject in changes(of: witness.subject, depth: 0) {
        var changed = witness
        changed.subject = subject
        guard items(changed, measure).contains(item) else { continue }
        add(changed, measure, item)
        return true
      }
    }
    return false
  }

  /// The subject with one fact changed each: missing, another option, a number or date next to those of the rules.
  private func changes(of subject: Subject, depth: Int) -> [Subject] {
    var result: [Subject] = []
    if depth == 0, subject.name != nil {
      var copy = subject
      copy.name = nil
      result.append(copy)
    }
    for id in program.kinds[subject.kind].fields {
      let field = program.fields[id]
      for fact in facts(in: subject.facts[field.slot], field.type, depth) where fact != subject.facts[field.slot] {
        var copy = subject
        copy.facts[field.slot] = fact
        result.append(copy)
      }
    }
    return result
  }

  private func facts(in fact: Fact, _ type: ValueType, _ depth: Int) -> [Fact] {
    switch type {
    case .truth: return [.missing, .value(.truth(true)), .value(.truth(false))]
    case .option(let id):
      return [.missing] + program.optionTypes[id].values.indices.map { .value(.option(Int32($0))) }
    case .quantity: return [.missing] + literals.numbers.prefix(60).map { .value(.quantity($0)) }
    case .date: return [.missing] + dates.prefix(80).map { .value(.date($0)) }
    case .duration, .text: return [.missing]
    case .entity(let kind):
      let blank = blank(kind)
      guard depth < 2 else { return [.missing] }
      if case .one(let other) = fact { return [.missing] + changes(of: other, depth: depth + 1).map { .one($0) } }
      return [.missing, .one(blank)]
    case .many(let kind):
      guard depth < 2 else { return [.missing] }
      var result: [Fact] = [.missing, .many([], complete: true), .many([], complete: false)]
      // A case needs something to say of a member.
      result += changes(of: blank(kind), depth: depth + 1).map { .many([$0], complete: true) }
      guard case .many(let members, let complete) = fact else { return result }
      result.append(.many(members, complete: !complete))
      for (place, member) in members.enumerated() {
        for changed in changes(of: member, depth: depth + 1) {
          var copy = members
          copy[place] = changed
          result.append(.many(copy, complete: complete))
        }
      }
      return result
    }
  }

  /// The dates of the rules, and the days of every year that they name, with their neighbours.
  private var dates: [CivilDate] {
    let days = literals.numbers.flatMap { number -> [CivilDate] in
      guard number.isInteger, let count = Int(exactly: number.numerator), (101...1231).contains(count),
        let day = CivilDate(year: search.asOf.year, month: count / 100, day: count % 100)
      else { return [] }
      return [day, try? day.adding(days: -1), try? day.adding(days: 1)].compactMap { $0 }
    }
    return literals.dates + days
  }

  private func blank(_ kind: KindID) -> Subject {
    Subject(
      kind: kind, id: program.kinds[kind].name, isNamed: false,
      facts: Array(repeating: .missing, count: program.kinds[kind].fields.count))
  }
}
