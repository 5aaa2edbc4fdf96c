import PolicyAnswers
import PolicyCoverage
import PolicyDiagnostics
import PolicyIR
import PolicyTesting
import PolicyText
import PolicyWorkspace

/// `test --coverage`
extension TestVerb {
  /// What the cases show of the rules; cases that fail show nothing.
  func coverage(_ session: Session) throws(VerbFailure) -> Answer {
    let program = session.program
    let passed = Set(runCases(program, files: session.files, filter: filter).filter(\.passed).map(\.span))
    let report = PolicyCoverage.coverage(of: program) { passed.contains($0.span) }
    let text = CoverageText(report.plan, session.wording)
    let output: String
    switch common.format ?? session.format {
    case nil, "text": output = listing(report, text)
    case "json": output = coverageJSON(report, text).serialized(pretty: true)
    case "lcov": output = coverageLCOV(report, session.files)
    case "html": output = CoverageHTML(report: report, text: text, files: session.files).page()
    case let other?:
      throw VerbFailure(
        "没有格式“\(other)”；可以是 text、json、lcov、html", "there is no format “\(other)”; it can be text, json, lcov, html")
    }
    return Answer(output, exit: threshold.map { report.reaches($0) } ?? true ? .answered : .negative)
  }

  private func listing(_ report: CoverageReport, _ text: CoverageText) -> String {
    let wording = text.wording
    var table = Table(
      wording.language == .zh ? ["条款", "规则", "已覆盖", "共", "比例"] : ["clause", "rule", "covered", "of", "share"])
    for rule in report.rules {
      table.add([
        text.clause(rule), text.title(rule), "\(rule.covered)", "\(rule.items.count)",
        text.percent(rule.covered, of: rule.items.count),
      ])
    }
    var lines = [table.text()]
    for rule in report.rules where rule.covered < rule.items.count {
      lines.append("")
      lines.append(
        wording.say(
          "\(text.title(rule))（\(text.clause(rule))）没有覆盖：", "\(text.title(rule)) (\(text.clause(rule))), not covered:"))
      for item in rule.items where report.hits[item] == nil { lines.append("  ✗ " + text.sentence(item)) }
    }
    lines.append("")
    lines.append(
      wording.say(
        "共\(report.plan.items.count)项，已覆盖\(report.covered)项（\(text.percent(report.covered, of: report.plan.items.count))）",
        "\(report.covered) of \(report.plan.items.count) covered (\(text.percent(report.covered, of: report.plan.items.count)))"
      ))
    if let threshold, !report.reaches(threshold) {
      lines.append(wording.say("低于要求的\(threshold)%", "below the \(threshold)% that are asked for"))
    }
    return lines.joined(separator: "\n")
  }
}

/// A report as JSON: rules and items in their order, no lines of files.
func coverageJSON(_ report: CoverageReport, _ text: CoverageText) -> JSONValue {
  .object([
    ("items", .integer(report.plan.items.count)), ("covered", .integer(report.covered)),
    (
      "rules",
      .array(
        report.rules.map { rule in
          .object([
            ("rule", .string(text.title(rule))),
            ("clause", .optional(rule.clause.map { report.plan.program.clauses[$0].address.description })),
            ("items", .integer(rule.items.count)), ("covered", .integer(rule.covered)),
            (
              "list",
              .array(
                rule.items.map { item in
                  .object([
                    ("item", .string(text.sentence(item))), ("words", .string(text.words(item))),
                    ("cases", .integer(report.hits[item] ?? 0)),
                  ])
                })
            ),
          ])
        })
    ),
  ])
}

/// A report in the format of LCOV: each item is a branch of the line on which its words begin.
func coverageLCOV(_ report: CoverageReport, _ files: SourceFiles) -> String {
  var lines: [String] = ["TN:tiaoli"]
  for file in files.ids {
    let items = report.plan.items.filter { report.plan.spans[$0]?.file == file }
    if items.isEmpty { continue }
    lines.append("SF:\(files[file].path)")
    var hits: [Int: Int] = [:]
    for (number, item) in items.enumerated() {
      let line = files[file].line(of: report.plan.spans[item]!.start)
      let count = report.hits[item] ?? 0
      hits[line] = max(hits[line] ?? 0, count)
      lines.append("BRDA:\(line),0,\(number),\(count == 0 ? "-" : "\(count)")")
    }
    lines.append("BRF:\(items.count)")
    lines.append("BRH:\(items.count { report.hits[$0] != nil })")
    lines += hits.sorted { $0.key < $1.key }.map { "DA:\($0.key),\($0.value)" }
    lines.append("LF:\(hits.count)")
    lines.append("LH:\(hits.values.count { $0 > 0 })")
    lines.append("end_of_record")
  }
  return lines.joined(separator: "\n")
}
