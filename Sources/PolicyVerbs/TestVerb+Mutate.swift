import PolicyAnalysis
import PolicyAnswers
import PolicyCoverage
import PolicyDiagnostics
import PolicyIR
import PolicyTesting
import PolicyText
import PolicyWorkspace

/// `test --mutate`
extension TestVerb {
  /// Lists the single mistakes in the rules that no case notices.
  func mutate(_ session: Session) throws(VerbFailure) -> Answer {
    let format = try AnswerFormat(common.format, session, among: [.text, .json])
    var measures: Set<MeasureID>?
    if !words.isEmpty {
      measures = []
      for word in words { measures!.insert(try session.measure(word)) }
    }
    let report: MutationReport
    do throws(SolverFailure) { report = try session.mutationReport(of: measures) } catch { throw VerbFailure(error) }
    let text = format == .json ? json(report, session).serialized(pretty: true) : listing(report, session)
    return Answer(text, exit: threshold.map { report.percent >= $0 } ?? true ? .answered : .negative)
  }

  private func listing(_ report: MutationReport, _ session: Session) -> String {
    let wording = session.wording
    var parts: [String] = []
    for (index, survivor) in report.survivors.enumerated() {
      let mutant = survivor.mutant
      var lines = [
        "\(index + 1). \(title(mutant, session))",
        "   \(session.place(of: mutant.span)) \(String(wording.ruleText(mutant.span).prefix(80)))",
        wording.say("   改动：", "   change: ") + mutant.change[session.language],
      ]
      if let example = session.caseText(noticing: survivor, numbered: index + 1) {
        lines.append(wording.say("   这个案例能发现它：", "   this case would notice it:"))
        lines += example.split(separator: "\n").map { "   " + $0 }
      } else {
        lines.append(
          wording.say("   没有找到能发现它的案例，也没有证明它不起作用", "   no case was found that would notice it, and nothing is proved"))
      }
      parts.append(lines.joined(separator: "\n"))
    }
    parts.append(
      wording.say(
        "改动\(report.total)处：案例发现\(report.killed)处，没有发现\(report.survivors.count)处，另有\(report.equivalent.count)处经求解器证明不改变任何结论和金额；发现率\(report.percent)%",
        "\(report.total) changes: \(report.killed) noticed, \(report.survivors.count) not, \(report.equivalent.count) proved to change no verdict and no amount; \(report.percent)% noticed"
      ))
    if let threshold, report.percent < threshold {
      parts.append(wording.say("低于要求的\(threshold)%", "below the \(threshold)% that are asked for"))
    }
    return parts.joined(separator: "\n\n")
  }

  private func title(_ mutant: Mutant, _ session: Session) -> String {
    let title = session.program.title(of: mutant.rule)
    let clause = session.program.clause(of: mutant.rule).map { session.program.clauses[$0].address.description }
    return session.wording.say("\(title.zh) \(title.name)", "\(title.en) \(title.name)")
      + (clause.map { "（\($0)）" } ?? "")
  }

  private func json(_ report: MutationReport, _ session: Session) -> JSONValue {
    func entry(_ mutant: Mutant) -> [(String, JSONValue)] {
      [
        ("rule", .string(title(mutant, session))), ("place", .string(session.place(of: mutant.span))),
        ("words", .string(session.wording.ruleText(mutant.span))), ("change", .string(mutant.change[session.language])),
      ]
    }
    return .object([
      ("changes", .integer(report.total)), ("noticed", .integer(report.killed)), ("percent", .integer(report.percent)),
      ("equivalent", .array(report.equivalent.map { .object(entry($0)) })),
      (
        "survivors",
        .array(
          report.survivors.enumerated().map { index, survivor in
            .object(
              entry(survivor.mutant) + [
                ("case", .optional(session.caseText(noticing: survivor, numbered: index + 1)))
              ])
          })
      ),
    ])
  }
}
