package import ArgumentParser
import PolicyAnswers
package import PolicyDiagnostics
import PolicyIR
import PolicySemantics
import PolicyText
import PolicyValues
package import PolicyWorkspace

/// `check 检查`: diagnostics and source coverage.
package struct Check: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "check", ["检查", "检", "k"], "检查规则文件，报告原文的覆盖情况", "check rule files and report how far they cover the text")
  package static let wordKinds: [WordKind] = []

  @OptionGroup package var common: CommonOptions
  @Flag(help: help("逐句列出原文由哪些规则覆盖", "list every sentence with the rules that rest on it")) package var coverage = false
  @Argument(help: help("规则文件夹或文件", "policies: folders or files")) package var words: [String] = []

  package init() {}

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    let format = try diagnosticFormat
    let remarks = checkRemarks(session)
    let exit: ExitStatus = session.policies.hasErrors ? .negative : .answered
    guard format == .text else {
      return Answer(session.text(of: remarks, format: format, color: useColor(common.color)), exit: exit)
    }
    var parts: [String] = []
    for (done, remark) in remarks.sortedAndUnique().enumerated() {
      try session.goOn(done, of: remarks.count)
      parts.append(session.text(of: [remark], color: useColor(common.color)))
    }
    if coverage { parts += try sentences(session) }
    parts += totals(session)
    parts.append(
      summary(of: remarks, language: session.language) ?? session.wording.say("没有错误，没有警告", "no errors, no warnings"))
    return Answer(parts.joined(separator: "\n"), exit: exit)
  }

  private var diagnosticFormat: DiagnosticFormat {
    get throws(VerbFailure) {
      guard let name = common.format else { return .text }
      guard let format = DiagnosticFormat(rawValue: name) else {
        throw VerbFailure(
          "没有格式“\(name)”；可以是 text、gnu、json、sarif", "there is no format “\(name)”; it can be text, gnu, json, sarif")
      }
      return format
    }
  }

  /// Every sentence of every text with the measures that quote it, or why it is no rule.
  private func sentences(_ session: Session) throws(VerbFailure) -> [String] {
    let program = session.program
    let wording = session.wording
    return try session.policies.checked.coverage.map { report throws(VerbFailure) in
      var table = Table([
        wording.say("句", "sentence"), wording.say("状态", "state"), wording.say("规则", "rules"), wording.say("原文", "text"),
      ])
      for (done, sentence) in report.sentences.enumerated() {
        try session.goOn(done, of: report.sentences.count)
        let measures = program.measures.filter { measure in
          measure.origin.quotes.contains { quote in
            quote.document == report.document
              && (quote.address == sentence.address || quote.address == sentence.address.clause)
          }
        }
        let state =
          switch sentence.state {
          case .covered: wording.say("入规则", "in rules")
          case .exempt(let reason): wording.say("不入规则：\(reason)", "no rule: \(reason)")
          case .uncovered: wording.say("未覆盖", "uncovered")
          }
        table.add([
          sentence.address.description, state, measures.map(\.name).joined(separator: wording.comma),
          sentence.text.count > 40 ? sentence.text.prefix(40) + "…" : sentence.text,
        ])
      }
      return program.documents[report.document].key + "\n" + session.text(table)
    }
  }

  /// One line a document: sentences in rules, marked and left.
  private func totals(_ session: Session) -> [String] {
    session.policies.checked.coverage.map { report in
      let document = session.program.documents[report.document]
      let measures = session.program.measures.count { measure in
        measure.origin.clause.map { session.program.clauses[$0].document == report.document } ?? false
      }
      return session.wording.say(
        "\(document.key)：原文\(report.sentences.count)句，入规则\(report.coveredCount)句，标明不入规则\(report.exemptCount)句，未覆盖\(report.uncoveredCount)句；措施\(measures)项",
        "\(document.key): \(report.sentences.count) sentences, \(report.coveredCount) in rules, \(report.exemptCount) marked as no rule, \(report.uncoveredCount) uncovered; \(measures) measures"
      )
    }
  }
}

/// What there is to say of a session's rules: the remarks of reading and checking, and what is past at the as-of date.
package func checkRemarks(_ session: Session) -> [Diagnostic] {
  session.policies.remarks + pastTimeLimits(session) + overdueHoles(session)
}

/// Time limits that no subject can meet any more at the as-of date are no error of the rules, but worth a word.
private func pastTimeLimits(_ session: Session) -> [Diagnostic] {
  session.pastTimeLimits().map { measure, span, last in
    Diagnostic(
      .pastTimeLimit, .warning, at: span,
      Bilingual(
        zh: "“\(measure)”的期限到\(last.chineseDescription)为止，查询日期\(session.asOf.chineseDescription)已过",
        en:
          "the time limit of “\(measure)” ended on \(last.isoDescription), before the as-of date \(session.asOf.isoDescription)"
      ))
  }
}

/// Rules that are overdue at the as-of date.
private func overdueHoles(_ session: Session) -> [Diagnostic] {
  session.overdueHoles().map { hole, span, last in
    Diagnostic(
      .pastTimeLimit, .warning, at: span,
      Bilingual(
        zh: "“\(hole)”应于\(last.chineseDescription)以前制定，查询日期\(session.asOf.chineseDescription)还没有补入",
        en:
          "“\(hole)” was due by \(last.isoDescription); nothing fills it at the as-of date \(session.asOf.isoDescription)"
      ))
  }
}
