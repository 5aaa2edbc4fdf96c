package import ArgumentParser
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
package import PolicyWorkspace

/// `query 查询`: decisions for subjects.
package struct Query: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "query", ["查询", "查", "q"], "对主体逐项给出结论", "decisions for subjects: all measures or one")
  package static let wordKinds: [WordKind] = [.measure, .subject]

  @OptionGroup package var common: CommonOptions
  @Option(help: help("主体的名称", "the name of a subject")) package var subject: String?
  @Option(help: help("措施的名称", "the name of a measure")) package var measure: String?
  @Option(
    name: .customLong("where"), help: help("只问满足此式的主体，如“所在县区 为 右玉县”", "only subjects for which this expression holds"))
  package var filter: String?
  @Flag(
    name: .customLong("exit-status"), help: help("唯一的结论不是符合时，以 1 退出", "exit with 1 where the single decision isn't yes")
  )
  package var exitStatus = false
  @Flag(help: help("只列可能符合的措施，并说明其余的为什么不列；也可写“可能符合”", "only measures that may hold, and why the others don't"))
  package var possible = false
  @Flag(
    name: .customLong("no-index"), help: help("与 --possible 同用：逐项判断，不按条件索引；结论相同", "with --possible: decide one by one"))
  package var noIndex = false
  @Argument(help: help("规则文件夹或文件，其后可写措施和主体的名称", "policies, then names of a measure and a subject"))
  package var words: [String] = []

  package init() {}

  /// As JSON it names a digest of all rules.
  package var need: PolicyNeed {
    common.format == "json" ? .rules : .measure(in: words + [measure, subject].compactMap { $0 })
  }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    let format = try AnswerFormat(common.format, session)
    if possible || words.contains("可能符合") { return try possibleAnswer(format, in: session) }
    let (measures, subjects) = try session.selection(measure, subject, filter, words)
    var answers: [(Subject, Decisions)] = []
    for (done, index) in subjects.enumerated() {
      try session.goOn(done, of: subjects.count)
      let subject = session.subjects[index]
      var decisions = session.decisions(for: subject)
      if let measures { decisions.decisions.removeAll { !measures.contains($0.measure) } }
      if measures != nil { decisions.groups = [] }
      answers.append((subject, decisions))
    }
    let allotments = subjects.count > 1 ? session.allotments(measures) : []
    let all = answers.flatMap(\.1.decisions)
    let negative = exitStatus && all.count == 1 && all[0].verdict != .yes
    let text =
      switch format {
      case .json: json(answers, allotments, session)
      case .csv: table(answers, session).csv()
      case .markdown: table(answers, session).markdown() + "\n\n" + asOfLine(session)
      case .text: listing(answers, allotments, session, single: measures?.count == 1)
      }
    return Answer(text, exit: negative ? .negative : .answered)
  }

  func asOfLine(_ session: Session) -> String {
    let wording = session.wording
    return wording.say("查询日期：", "as of ") + wording.date(session.asOf)
  }

  // MARK: Forms

  private func listing(
    _ answers: [(Subject, Decisions)], _ allotments: [Allotment], _ session: Session, single: Bool
  ) -> String {
    let wording = session.wording
    if answers.count == 1, answers[0].1.decisions.count == 1 {
      return wording.letter(answers[0].1.decisions[0], subject: answers[0].0, asOf: session.asOf)
    }
    var parts: [String] = []
    if single {
      var table = Table([wording.say("主体", "subject"), wording.say("结论", "answer"), wording.say("说明", "why")])
      for (subject, decisions) in answers {
        for decision in decisions.decisions {
          table.add([subject.id, wording.label(decision.label), why(decision, wording)], [1: decision.label.ink])
        }
      }
      if let first = answers.first?.1.decisions.first {
        let measure = session.program.measures[first.measure]
        parts.append("\(wording.paint(measure.name, .head))  \(wording.clause(measure.origin))")
      }
      parts.append(session.text(table))
    } else {
      for (subject, decisions) in answers { parts.append(section(subject, decisions, session)) }
    }
    for allotment in allotments { parts.append(session.text(allotment)) }
    parts.append(asOfLine(session))
    return parts.joined(separator: "\n\n")
  }

  func section(_ subject: Subject, _ decisions: Decisions, _ session: Session) -> String {
    let wording = session.wording
    var table = Table([
      wording.say("条款", "clause"), wording.say("措施", "measure"), wording.say("结论", "answer"), wording.say("说明", "why"),
    ])
    var others = 0
    for decision in decisions.decisions {
      if decision.verdict == .notApplicable, !decision.classFailed {
        others += 1
        continue
      }
      let measure = session.program.measures[decision.measure]
      table.add(
        [wording.clause(measure.origin), measure.name, wording.label(decision.label), why(decision, wording)],
        [2: decision.label.ink])
    }
    var lines = [
      wording.paint(subject.id, .head) + "（\(session.program.kinds[subject.kind].name)）", session.text(table),
    ]
    for group in decisions.groups where group.verdict != .notApplicable {
      lines.append(
        wording.say(
          "组合“\(session.program.groups[group.group].name)”：", "group “\(session.program.groups[group.group].name)”: ")
          + wording.paint(wording.verdict(group.verdict), group.verdict.ink) + groupAmount(group, wording))
    }
    if others > 0 {
      lines.append(wording.say("另有\(others)项措施的对象是别的主体", "\(others) more measures are for other kinds of subject"))
    }
    return lines.joined(separator: "\n")
  }

  private func groupAmount(_ group: GroupDecision, _ wording: Wording) -> String {
    let type = wording.program.amountType(of: group.group)
    let word = wording.amountWord(type)
    return wording.say("，\(word)", ", \(word) ") + wording.amount(group.amount, type)
  }

  private func why(_ decision: Decision, _ wording: Wording) -> String {
    var parts: [String] = []
    if let because = wording.because(decision) { parts.append(because) }
    if decision.verdict == .yes, decision.amount != .none { parts.append(wording.amountSentence(decision)) }
    return parts.joined(separator: wording.say("；", "; "))
  }

  func table(_ answers: [(Subject, Decisions)], _ session: Session) -> Table {
    let wording = session.wording
    let isMoney = answers.allSatisfy { $0.1.decisions.allSatisfy { !$0.grantsOtherwise } }
    var table = Table(
      session.language == .zh
        ? ["主体", "条款", "措施", "结论", isMoney ? "金额" : "数额", "说明", "责任单位", "原文", "查询日期"]
        : [
          "subject", "clause", "measure", "answer", isMoney ? "amount" : "quantity", "why", "departments", "quote",
          "as of",
        ])
    for (subject, decisions) in answers {
      for decision in decisions.decisions {
        let measure = session.program.measures[decision.measure]
        table.add([
          subject.id, wording.clause(measure.origin), measure.name, wording.label(decision.label),
          decision.amount == .none ? "" : wording.amount(decision.amount, of: decision.measure),
          wording.because(decision) ?? "", wording.departments(decision) ?? "",
          measure.origin.quotes.map(\.text).joined(separator: "／"), wording.date(session.asOf),
        ])
      }
    }
    return table
  }

  func json(
    _ answers: [(Subject, Decisions)], _ allotments: [Allotment], _ session: Session,
    more: [(String, JSONValue)] = []
  ) -> String {
    let writer = AnswerJSON(session.wording)
    let value = JSONValue.object(
      [
        (
          "policy",
          .object([
            ("paths", .array(session.policies.paths.map { .string($0) })), ("digest", .string(session.policies.digest)),
          ])
        ),
        ("engine", .string(engineVersion)),
        ("asOf", .string(session.asOf.isoDescription)),
        (
          "decisions",
          .array(
            answers.flatMap { subject, decisions in
              decisions.decisions.map { writer.decision($0, subject: subject) }
            })
        ),
        (
          "groups",
          .array(answers.flatMap { subject, decisions in decisions.groups.map { writer.group($0, subject: subject) } })
        ),
      ]
        + (allotments.isEmpty
          ? [] : [("allotments", .array(allotments.map { writer.allotment($0, subjects: session.subjects) }))]) + more)
    return value.serialized(pretty: true)
  }
}

/// The version of the program that answers carry.
package let engineVersion = "tiaoli 0.1.0"
