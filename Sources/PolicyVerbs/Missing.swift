package import ArgumentParser
import PolicyAnswers
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
package import PolicyWorkspace

/// `missing 还缺`: what stands between a subject and an answer.
package struct MissingVerb: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "missing", ["还缺", "缺", "lacks", "m"], "列出得出结论还缺什么，由谁提供",
    "what stands between a subject and an answer, and who owes it")
  package static let wordKinds: [WordKind] = [.subject, .measure]

  @OptionGroup package var common: CommonOptions
  @Option(help: help("主体的名称", "the name of a subject")) package var subject: String?
  @Option(help: help("措施的名称", "the name of a measure")) package var measure: String?
  @Argument(help: help("规则文件夹或文件，其后写主体和措施的名称", "policies, then names of a subject and a measure"))
  package var words: [String] = []

  package init() {}

  package var need: PolicyNeed { .measure(in: words + [measure, subject].compactMap { $0 }) }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    let (index, measures) = try session.subjectAndMeasures(subject, measure, words)
    let subject = session.subjects[index]
    let missing = try stoppable { () throws(Interrupted) in try session.missing(for: subject, measures: measures) }
    let format = try AnswerFormat(common.format, session, among: [.text, .json])
    if format == .json { return Answer(json(missing, subject, session)) }
    return Answer(text(missing, subject, session))
  }

  private func text(_ missing: Missing, _ subject: Subject, _ session: Session) -> String {
    let wording = session.wording
    guard !missing.gaps.isEmpty || !missing.rulings.isEmpty else {
      return wording.say("“\(subject.id)”不缺什么：所问的结论都已确定", "nothing is missing for “\(subject.id)”")
    }
    var parts: [String] = []
    if let first = missing.firstQuestion {
      parts.append(
        wording.say("先问：", "ask first: ")
          + (session.program.fields[first].question ?? session.program.fields[first].name))
    }
    var table = Table([
      wording.say("还缺", "missing"), wording.say("由谁", "owed by"), wording.say("影响的措施", "measures"),
      wording.say("各种回答的结果", "what each answer settles"),
    ])
    for gap in missing.gaps {
      table.add([
        wording.what(gap.reason) + kind(gap.reason, wording),
        (wording.owner(gap.reason) ?? wording.say("未写明", "not named")) + due(gap.reason, wording),
        names(gap.measures, session), answers(gap, session),
      ])
    }
    if !table.rows.isEmpty { parts.append(session.text(table)) }
    if !missing.rulings.isEmpty {
      let lines = missing.rulings.map { id in
        let choice = session.program.choices[id]
        return "  \(choice.name)\(wording.say("：", ": "))\(choice.readings.joined(separator: wording.say("／", " / ")))"
      }
      parts.append(wording.say("需要明确口径的读法：\n", "readings that need a ruling:\n") + lines.joined(separator: "\n"))
    }
    parts.append(wording.say("查询日期：", "as of ") + wording.date(session.asOf))
    return parts.joined(separator: "\n\n")
  }

  private func kind(_ reason: Reason, _ wording: Wording) -> String {
    switch reason {
    case .missingFact(_, _, let asked): asked ? wording.say("（不知）", " (not known)") : ""
    case .finding: wording.say("（待认定）", " (finding)")
    case .hole: wording.say("（待制定）", " (rule to be issued)")
    case .danglingReference: wording.say("（所指规定未取得）", " (text not on file)")
    case .listNotOnFile: wording.say("（名单未取得）", " (list not on file)")
    case .openList: wording.say("（列举未穷尽）", " (open list)")
    case .listIncomplete: wording.say("（未列全）", " (incomplete)")
    default: ""
    }
  }

  private func due(_ reason: Reason, _ wording: Wording) -> String {
    if case .hole(let id) = reason { return wording.due(id) }
    return ""
  }

  private func names(_ measures: [MeasureID], _ session: Session) -> String {
    let names = measures.map { session.program.measures[$0].name }
    let shown = names.prefix(3).joined(separator: session.wording.comma)
    return names.count > 3 ? shown + session.wording.say("等\(names.count)项", " and \(names.count - 3) more") : shown
  }

  private func answers(_ gap: Gap, _ session: Session) -> String {
    guard let field = gap.reason.field else { return "" }
    let wording = session.wording
    return gap.answers.prefix(6).map { answer in
      let value = wording.value(answer.value, session.program.fields[field].type)
      let results = answer.verdicts.prefix(3).map { settled in
        session.program.measures[settled.measure].name + wording.say("", ": ") + wording.verdict(settled.verdict)
      }
      return "\(value) → "
        + (results.isEmpty ? wording.say("还不能确定", "still open") : results.joined(separator: wording.comma))
        + (answer.verdicts.count > 3 ? "…" : "")
    }.joined(separator: wording.say("；", "; ")) + (gap.answers.count > 6 ? "…" : "")
  }

  private func json(_ missing: Missing, _ subject: Subject, _ session: Session) -> String {
    let wording = session.wording
    let program = session.program
    let writer = AnswerJSON(wording)
    return JSONValue.object([
      ("asOf", .string(session.asOf.isoDescription)),
      ("subject", .object([("kind", .string(program.kinds[subject.kind].name)), ("id", .string(subject.id))])),
      ("first", .optional(missing.firstQuestion.map { program.fields[$0].name })),
      (
        "missing",
        .array(
          missing.gaps.map { gap in
            var due: [(String, JSONValue)] = []
            if case .hole(let id) = gap.reason, program.holes[id].deadline != nil { due = [("due", writer.due(id))] }
            return .object(
              [
                ("kind", .string(writer.kindKey(gap.reason))), ("what", .string(wording.what(gap.reason))),
                ("who", .optional(wording.owner(gap.reason))),
                ("measures", .array(gap.measures.map { .string(program.measures[$0].name) })),
                (
                  "answers",
                  .array(
                    gap.answers.map { answer in
                      .object([
                        (
                          "value",
                          .string(gap.reason.field.map { wording.value(answer.value, program.fields[$0].type) } ?? "")
                        ),
                        (
                          "settles",
                          .array(
                            answer.verdicts.map {
                              .object([
                                ("measure", .string(program.measures[$0.measure].name)),
                                ("verdict", .string(writer.verdictKey($0.verdict))),
                              ])
                            })
                        ),
                      ])
                    })
                ),
              ] + due)
          })
      ),
      (
        "rulings",
        .array(
          missing.rulings.map { id in
            .object([
              ("definition", .string(program.choices[id].name)),
              ("readings", .array(program.choices[id].readings.map { .string($0) })),
            ])
          })
      ),
    ]).serialized(pretty: true)
  }
}

extension Session {
  /// A subject, and the measures asked for, from options and words in any order; nil measures: all.
  func subjectAndMeasures(
    _ subject: String?, _ measure: String?, _ words: [String]
  ) throws(VerbFailure) -> (Int, [MeasureID]?) {
    var found: Int?
    var measures: [MeasureID]?
    if let subject { found = try self.subject(subject) }
    if let measure { measures = [try self.measure(measure)] }
    for word in words {
      if found == nil, case .one(let index) = self.subject(named: word) {
        found = index
      } else if case .one(let id) = self.measure(named: word) {
        measures = (measures ?? []) + [id]
      } else if found == nil, case .none = self.subject(named: word), case .none = self.measure(named: word) {
        let names = subjects.map(\.id) + program.measures.map(\.name)
        throw .none("主体或者措施", "subject or measure", word, nearest(word, in: names))
      } else if found == nil {
        found = try self.subject(word)
      } else {
        measures = (measures ?? []) + [try self.measure(word)]
      }
    }
    if let found = found ?? selected { return (found, measures) }
    if let first = measures?.first { return (try currentSubject(for: first), measures) }
    if subjects.count == 1 { return (0, measures) }
    throw VerbFailure("应写主体的名称", "expected the name of a subject")
  }
}
