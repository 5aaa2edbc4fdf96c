package import ArgumentParser
import PolicyAnalysis
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
package import PolicyWorkspace

/// `analyze 分析`: what no single answer shows of the rules.
package struct Analyze: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "analyze", ["分析", "析", "an"], "分析规则：恒不符合、恒符合、无作用的条件、互相矛盾、表的空隙……",
    "analyse the rules: never or always met, conditions that don't matter, contradictions, gaps of tables…")

  package static let wordKinds: [WordKind] = [.measure]

  @OptionGroup package var common: CommonOptions
  @Flag(
    name: .customLong("exit-status"),
    help: help("有发现或者有不能分析的规则时退出码为 1", "exit with 1 on a finding, or a rule that can't be analysed"))
  package var exitStatus = false
  @OptionGroup package var solver: SolverOptions
  @Argument(help: help("规则文件夹或文件，其后可写措施的名称", "policies, then names of measures")) package var words: [String] = []

  package init() {}

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    let format = try AnswerFormat(common.format, session, among: [.text, .json])
    var measures: [MeasureID] = []
    for word in words { measures.append(try session.measure(word)) }
    let report: AnalysisReport
    do throws(SolverFailure) {
      report = try session.analysis(of: words.isEmpty ? nil : measures, limits: solver.limits)
    } catch { throw VerbFailure(error) }
    let text = format == .json ? json(report, session) : text(report, session)
    let isClean = report.findings.isEmpty && report.notAnalysed.isEmpty
    return Answer(text, exit: exitStatus && !isClean ? .negative : .answered)
  }

  // MARK: Text

  private func text(_ report: AnalysisReport, _ session: Session) -> String {
    let wording = session.wording
    var parts: [String] = []
    for (index, finding) in report.findings.enumerated() where finding.kind != .unreadFact {
      var lines = ["\(index + 1). \(title(finding.kind, wording))\(wording.say("：", ": "))\(subject(finding, session))"]
      lines.append("   " + meaning(finding, wording))
      lines += finding.causes.map { "   \(session.place(of: $0)) \(wording.ruleText($0).prefix(80))" }
      if finding.isBounded { lines.append("   " + bound(report, wording)) }
      if let example = session.caseText(of: finding, numbered: index + 1) {
        lines.append(example.split(separator: "\n").map { "   " + $0 }.joined(separator: "\n"))
      }
      parts.append(lines.joined(separator: "\n"))
    }
    let unread = report.findings.compactMap(\.field).map { id in
      session.program.kinds[session.program.fields[id].kind].name + wording.say("的", ".")
        + session.program.fields[id].name
    }
    if !unread.isEmpty {
      parts.append(wording.say("没有规则使用的事实：", "facts that no rule reads: ") + unread.joined(separator: wording.comma))
    }
    if !report.notAnalysed.isEmpty {
      parts.append(
        report.notAnalysed.map {
          wording.say("不能分析：\(name($0.subject, session))，", "not analysed: \(name($0.subject, session)), ")
            + why($0.why, wording)
        }.joined(separator: "\n"))
    }
    let count = report.findings.count { $0.kind != .unreadFact }
    parts.append(
      wording.say(
        "分析了\(report.analysed)项措施：发现\(count)处，不能分析\(report.notAnalysed.count)处",
        "\(report.analysed) measures analysed: \(count) findings, \(report.notAnalysed.count) not analysed"))
    return parts.joined(separator: "\n\n")
  }

  private func bound(_ report: AnalysisReport, _ wording: Wording) -> String {
    wording.say(
      "限于每组至多\(report.memberLimit)个成员", "for lists of at most \(report.memberLimit) members")
  }

  private func subject(_ finding: Finding, _ session: Session) -> String {
    let program = session.program
    var names = finding.measures.map { id -> String in
      let clause = program.measures[id].origin.clause.map { program.clauses[$0].address.description } ?? ""
      return program.measures[id].name + (clause.isEmpty ? "" : "（\(clause)）")
    }
    if let table = finding.table { names.append(program.tables[table].name) }
    if let group = finding.group { names.append(program.groups[group].name) }
    if let field = finding.field { names.append(program.fields[field].name) }
    return names.joined(separator: session.wording.comma)
  }

  private func name(_ subject: AnalysisReport.NotAnalysed.Subject, _ session: Session) -> String {
    switch subject {
    case .measure(let id): session.program.measures[id].name
    case .amount(let id): session.program.measures[id].name + session.wording.say("的金额", " (amount)")
    case .table(let id): session.program.tables[id].name
    case .group(let id): session.program.groups[id].name
    }
  }

  private func title(_ kind: Finding.Kind, _ wording: Wording) -> String {
    switch kind {
    case .neverHolds: wording.say("恒不符合", "never holds")
    case .shadowed: wording.say("被例外遮蔽", "shadowed")
    case .alwaysHolds: wording.say("恒符合", "always holds")
    case .redundant: wording.say("多余的条件", "redundant condition")
    case .blocked: wording.say("不起作用的选项", "alternative that can't be met")
    case .contradiction: wording.say("互相矛盾", "contradiction")
    case .twoAmounts: wording.say("一项两额", "one grant, two amounts")
    case .tableGap: wording.say("表有空隙", "gap in a table")
    case .tableOverlap: wording.say("表有重叠", "overlap in a table")
    case .tableMasked: wording.say("表行被遮盖", "masked row")
    case .tableMergeable: wording.say("表行可合并", "mergeable rows")
    case .doublePay: wording.say("可能重复享受", "may be granted twice")
    case .unreachableCap: wording.say("达不到的限额", "cap that can't be reached")
    case .unreadFact: wording.say("没有规则使用的事实", "fact that no rule reads")
    }
  }

  private func meaning(_ finding: Finding, _ wording: Wording) -> String {
    switch finding.kind {
    case .neverHolds: wording.say("没有主体能够满足它的全部条件；起因", "no subject can meet all its conditions, because of")
    case .shadowed: wording.say("能满足其余条件的主体都被排除；起因", "whoever meets the other conditions is excluded, because of")
    case .alwaysHolds: wording.say("属于对象的主体都满足它的条件", "every subject that it is for meets its conditions")
    case .redundant: wording.say("其余条件满足时，它总是满足", "it is met wherever the others are")
    case .blocked: wording.say("其余条件满足时，它不可能满足", "it can't be met where the others are")
    case .contradiction: wording.say("对同一主体同时要求和禁止同一行为", "one act is required and forbidden for one subject")
    case .twoAmounts: wording.say("同一主体的同一项给予有两个金额", "one grant to one subject has two amounts")
    case .tableGap: wording.say("下面的事实没有对应的行", "no row holds for these facts")
    case .tableOverlap: wording.say("下面的事实对应两行", "two rows hold for these facts")
    case .tableMasked: wording.say("这一行成立时，总有别的行也成立", "where this row holds, another does too")
    case .tableMergeable: wording.say("两行只差一列，结果相同", "two rows differ in one column and have one result")
    case .doublePay: wording.say("同一主体可以同时得到", "one subject can be granted both")
    case .unreachableCap: wording.say("没有主体的金额达到这个限额", "no subject's amount comes up to it")
    case .unreadFact: wording.say("改变它不影响任何结论", "changing it changes no answer")
    }
  }

  private func why(_ why: AnalysisReport.NotAnalysed.Why, _ wording: Wording) -> String {
    switch why {
    case .limit(let word): wording.say("求解器未能在限度内回答（\(word)）", "the solver gave up (\(word))")
    case .notReplayed: wording.say("求解器找到的例子没有得到印证", "the evaluator does not confirm what the solver found")
    case .unsupported(let reason): unsupported(reason, wording)
    }
  }

  // MARK: JSON

  private func json(_ report: AnalysisReport, _ session: Session) -> String {
    let program = session.program
    let writer = AnswerJSON(session.wording)
    let findings = report.findings.enumerated().map { index, finding -> JSONValue in
      .object([
        ("kind", .string(finding.kind.rawValue)),
        (
          "measures",
          .array(
            finding.measures.enumerated().map { place, id in
              .object([
                ("name", .string(program.measures[id].name)),
                (
                  "clause",
                  .optional(program.measures[id].origin.clause.map { program.clauses[$0].address.description })
                ),
                (
                  "verdict",
                  .optional(finding.verdicts.indices.contains(place) ? writer.verdictKey(finding.verdicts[place]) : nil)
                ),
              ])
            })
        ),
        ("table", .optional(finding.table.map { program.tables[$0].name })),
        ("group", .optional(finding.group.map { program.groups[$0].name })),
        ("fact", .optional(finding.field.map { program.fields[$0].name })),
        (
          "causes",
          .array(
            finding.causes.map {
              .object([("rule", writer.rule($0)), ("text", .string(session.wording.ruleText($0)))])
            })
        ),
        ("memberLimit", finding.isBounded ? .integer(report.memberLimit) : .null),
        ("case", .optional(session.caseText(of: finding, numbered: index + 1))),
      ])
    }
    return JSONValue.object([
      ("asOf", .string(session.asOf.isoDescription)),
      ("analysed", .integer(report.analysed)),
      ("findings", .array(findings)),
      (
        "notAnalysed",
        .array(
          report.notAnalysed.map {
            .object([("name", .string(name($0.subject, session))), ("why", .string(why($0.why, session.wording)))])
          })
      ),
    ]).serialized(pretty: true)
  }
}
