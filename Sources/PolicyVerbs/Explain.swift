package import ArgumentParser
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
package import PolicyWorkspace

/// `explain 为何 为何不`: the derivation of one decision.
package struct Explain: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "explain", ["为何", "为何不", "为", "why", "why-not", "w"], "说明一个结论是怎样得出的", "how a decision came about")
  package static let wordKinds: [WordKind] = [.measure, .subject]

  @OptionGroup package var common: CommonOptions
  @Option(help: help("主体的名称", "the name of a subject")) package var subject: String?
  @Option(help: help("措施的名称", "the name of a measure")) package var measure: String?
  @Flag(help: help("列出全部推导步骤", "every step of the derivation")) package var tree = false
  @Flag(help: help("只要一句话，可以写进复函", "one sentence only, fit for a letter")) package var line = false
  @Flag(help: help("列出使它符合的最小改变，可以同时改变几个事实", "the smallest changes that make it hold, of several facts together"))
  package var nearest = false
  @Argument(help: help("规则文件夹或文件，其后写措施和主体的名称", "policies, then names of a measure and a subject"))
  package var words: [String] = []

  package init() {}

  package var need: PolicyNeed { .measure(in: words + [measure, subject].compactMap { $0 }) }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    let (id, index) = try target(session)
    let subject = session.subjects[index]
    let measure = session.program.measures[id]
    guard let (decision, derivation) = session.explain(id, for: subject) else {
      throw VerbFailure(
        "“\(measure.name)”没有对象，没有个案结论；用“措施”或者“条款”查看",
        "“\(measure.name)” has no subject and decides no single case; see “measures” or “clause”")
    }
    let wording = session.wording
    let format = try AnswerFormat(common.format, session, among: [.text, .json])
    if format == .json { return Answer(json(decision, derivation, subject, session)) }
    let letter = wording.letter(decision, subject: subject, asOf: session.asOf)
    if line { return Answer(letter) }
    var parts = [letter, wording.conditions(decision, derivation, subject: subject).joined(separator: "\n")]
    parts.append(wording.particulars(decision).joined(separator: "\n"))
    if decision.verdict == .no || decision.verdict == .disputed {
      let changes = nearest ? [] : session.nearestChanges(id, subject: subject)
      let plans = nearest ? try session.plans(id, subject) : nil
      if let plans {
        parts.append(
          plans.lines.isEmpty
            ? wording.say("改变可变的事实都不能使它符合", "no change of changeable facts makes it hold")
            : wording.say("怎样才能符合：\n", "what would make it hold:\n")
              + plans.lines.map { "  " + $0 }.joined(separator: "\n"))
      }
      if !changes.isEmpty {
        parts.append(
          (session.language == .zh ? "改变一个事实就能符合：\n" : "one changed fact would make it hold:\n")
            + changes.map { "  " + $0 }.joined(separator: "\n"))
      }
    }
    if tree { parts.append(wording.tree(derivation).joined(separator: "\n")) }
    return Answer(parts.filter { !$0.isEmpty }.joined(separator: "\n\n"))
  }

  private func target(_ session: Session) throws(VerbFailure) -> (MeasureID, Int) {
    if let measure {
      let id = try session.measure(measure)
      if let name = subject ?? words.first { return (id, try session.subject(name)) }
      return (id, try session.currentSubject(for: id))
    }
    if let subject, let word = words.first { return (try session.measure(word), try session.subject(subject)) }
    return try session.measureAndSubject(words)
  }

  private func json(_ decision: Decision, _ derivation: Derivation, _ subject: Subject, _ session: Session) -> String {
    let wording = session.wording
    let writer = AnswerJSON(wording)
    return JSONValue.object([
      ("asOf", .string(session.asOf.isoDescription)),
      ("decision", writer.decision(decision, subject: subject)),
      ("letter", .string(Ink.plain(wording.letter(decision, subject: subject, asOf: session.asOf)))),
      ("derivation", writer.derivation(derivation)),
    ]).serialized(pretty: true)
  }
}
