import PolicyAnswers
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyWorkspace

/// `query --possible`, `查询 甲 可能符合`: the measures that are not 不符合 or 不适用, and why the others are.
extension Query {
  /// What is said of one subject.
  private struct Possible {
    var subject: Subject
    var decisions: Decisions
    /// The measures that are left out, in the program's order.
    var others: [(measure: MeasureID, cause: SkipCause, why: String)] = []
    /// How many measures were decided one by one.
    var asked = 0
  }

  func possibleAnswer(_ format: AnswerFormat, in session: Session) throws(VerbFailure) -> Answer {
    let words = words.filter { $0 != "可能符合" }
    let (measures, subjects) = try session.selection(measure, subject, filter, words)
    guard measures == nil else {
      throw VerbFailure("“可能符合”问的是全部措施，不写措施的名称", "--possible asks of all measures; don't name one")
    }
    var answers: [Possible] = []
    for (done, index) in subjects.enumerated() {
      try session.goOn(done, of: subjects.count)
      answers.append(answer(for: session.subjects[index], session))
    }
    let found = answers.map { ($0.subject, $0.decisions) }
    switch format {
    case .json: return Answer(json(found, [], session, more: [("leftOut", .array(answers.map { json($0, session) }))]))
    case .csv: return Answer(table(found, session).csv())
    case .markdown: return Answer(table(found, session).markdown() + "\n\n" + asOfLine(session))
    case .text:
      return Answer((answers.map { text($0, session) } + [asOfLine(session)]).joined(separator: "\n\n"))
    }
  }

  private func answer(for subject: Subject, _ session: Session) -> Possible {
    let (measures, decisions) = session.possible(for: subject, usesIndex: !noIndex)
    var answer = Possible(subject: subject, decisions: decisions)
    answer.asked = measures.asked
    let found = Set(measures.measures)
    let others = session.program.measures.indices.map { MeasureID($0) }
      .filter { session.program.measures[$0].object != nil && !found.contains($0) }
    let wording = session.wording
    for (measure, cause) in zip(others, session.causes(for: subject, others)) {
      let why = wording.sentence(cause, of: measure, subject: subject) {
        session.decisions(for: subject, measures: [measure]).decisions.first
      }
      answer.others.append((measure, cause, why))
    }
    return answer
  }

  /// How many reasons a text names; JSON has all.
  private static var mostReasons: Int { 20 }

  private func text(_ answer: Possible, _ session: Session) -> String {
    let wording = session.wording
    var lines: [String] = []
    if answer.decisions.decisions.isEmpty {
      lines.append(wording.paint(answer.subject.id, .head) + wording.say("：没有可能符合的措施", ": no measure may hold"))
    } else {
      lines.append(section(answer.subject, answer.decisions, session))
    }
    guard !answer.others.isEmpty else { return lines.joined(separator: "\n") }
    lines.append(wording.say("不列的\(answer.others.count)项：", "left out, \(answer.others.count):"))
    var order: [String] = []
    var named: [String: [String]] = [:]
    for other in answer.others {
      if named[other.why] == nil { order.append(other.why) }
      named[other.why, default: []].append(session.program.measures[other.measure].name)
    }
    let kind = answer.others.first { $0.cause == .kind }?.why
    for why in order.prefix(Self.mostReasons) {
      let names = named[why] ?? []
      if why == kind {
        lines.append(wording.say("  \(names.count)项  \(why)", "  \(names.count)  \(why)"))
        continue
      }
      let shown = names.prefix(3).joined(separator: wording.say("、", ", ")) + (names.count > 3 ? "……" : "")
      lines.append(wording.say("  \(names.count)项  \(why)  〔\(shown)〕", "  \(names.count)  \(why)  [\(shown)]"))
    }
    if order.count > Self.mostReasons {
      let rest = order.count - Self.mostReasons
      lines.append(
        wording.say("  ……还有\(rest)种原因，用 --format json 看全部", "  … \(rest) more reasons; --format json has all"))
    }
    return lines.joined(separator: "\n")
  }

  private func json(_ answer: Possible, _ session: Session) -> JSONValue {
    .object([
      ("subject", .string(answer.subject.id)), ("asked", .integer(answer.asked)),
      (
        "measures",
        .array(
          answer.others.map { other in
            .object([
              ("measure", .string(session.program.measures[other.measure].name)),
              ("cause", .string(other.cause.word)), ("why", .string(Ink.plain(other.why))),
            ])
          })
      ),
    ])
  }
}

extension SkipCause {
  /// What JSON calls it.
  fileprivate var word: String {
    switch self {
    case .kind: "kind"
    case .period: "period"
    case .object: "class"
    case .condition: "condition"
    case .reference: "reference"
    case .decided: "decided"
    }
  }
}
