import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyFacts
package import PolicyIR
package import PolicyRecords
import PolicyText
import PolicyValues

extension Session {
  /// An answer with all that it rests on; nil where the measure decides no single case.
  ///
  /// - Parameter engine: The version of the program.
  package func record(of measure: MeasureID, for subject: Subject, index: RuleIndex, engine: String) -> AnswerRecord? {
    guard let (decision, derivation) = explain(measure, for: subject) else { return nil }
    let wording = Wording(program: program, language: .zh, files: files)
    let writer = AnswerJSON(wording)
    let origin = program.measures[measure].origin
    return AnswerRecord(
      asOf: asOf.isoDescription, measure: program.measures[measure].name,
      clause: origin.clause.map { _ in wording.clause(origin) }, kind: program.kinds[subject.kind].name,
      subject: subject.id, letter: wording.letter(decision, subject: subject, asOf: asOf),
      axes: axes(decision), facts: recordedFacts(subject, in: program).serialized(),
      answer: writer.decision(decision, subject: subject).serialized(),
      derivation: writer.derivation(derivation).serialized(), sessionChanges: changeLines(subject),
      policies: policies.paths, policyDigest: policies.digest, engine: engine,
      rules: participants(decision, derivation, subject, index).map { index.version(at: $0) })
  }

  /// A decision on every side on which it says something, in Chinese.
  func axes(_ decision: Decision) -> [AnswerRecord.Axis] {
    let wording = Wording(program: program, language: .zh, files: files)
    let aspects = wording.aspects(decision)
    return Aspect.allCases.compactMap { aspect in
      aspects[aspect].map { AnswerRecord.Axis(name: aspect.title.zh, text: $0) }
    }
  }

  /// The declarations that took part in an answer, by their positions in the index, ascending.
  func participants(
    _ decision: Decision, _ derivation: Derivation, _ subject: Subject, _ index: RuleIndex
  ) -> [Int] {
    var participants = Participants(policies, index)
    participants.add(decision, derivation)
    // What a group leaves payable rests on its other members as well.
    if let payable = decision.payable {
      for (member, owner) in members(of: payable.group, subject) {
        if let (decision, derivation) = explain(member, for: owner) { participants.add(decision, derivation) }
      }
    }
    return participants.positions.sorted()
  }

  /// The members of a group and of those inside and around it, each with the subjects that they are asked for.
  private func members(of group: GroupID, _ subject: Subject) -> [(MeasureID, Subject)] {
    var groups: [GroupID] = [group]
    var seen: Set<GroupID> = [group]
    var measures: [MeasureID] = []
    while let next = groups.popLast() {
      measures += program.groups[next].members
      let around = program.groups.indices.map { GroupID($0) }.filter { program.groups[$0].subgroups.contains(next) }
      for other in program.groups[next].subgroups + around where seen.insert(other).inserted { groups.append(other) }
    }
    return measures.flatMap { measure -> [(MeasureID, Subject)] in
      guard let kind = program.measures[measure].object?.kind else { return [] }
      if kind == subject.kind { return [(measure, subject)] }
      return subject.facts.flatMap { fact -> [Subject] in
        switch fact {
        case .one(let other): [other]
        case .many(let others, _): others
        case .missing, .notKnown, .notApplicable, .value: []
        }
      }.filter { $0.kind == kind }.map { (measure, $0) }
    }
  }

  /// What the session supposes of a subject and declares, a line each.
  private func changeLines(_ subject: Subject) -> String {
    steps.compactMap { step -> String? in
      switch step {
      case .supposition(let facts, let index, _): subjects[index] == subject ? "假设 \(facts)" : nil
      case .finding(let facts, let index, _): subjects[index] == subject ? "认定 \(facts)" : nil
      case .declaration(let text): text.split(whereSeparator: \.isNewline).first.map(String.init)
      }
    }.joined(separator: "\n")
  }
}
