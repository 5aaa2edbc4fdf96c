import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyWorkspace

extension Batch {
  /// What a person is told at the end: rows, and the answers by measure, by county and by authority.
  func summary(_ report: BatchReport, _ batch: TableBatch, _ output: String, _ session: Session) -> String {
    let wording = session.wording
    var parts = [
      wording.say("已写“\(output)”：回答\(report.answered)行", "wrote “\(output)”: \(report.answered) rows answered")
        + (report.kept > 0 ? wording.say("，另有\(report.kept)行是以前答好的", ", \(report.kept) more by an earlier run") : "")
        + (report.faulty > 0
          ? wording.say(
            "；\(report.faulty)行里有内容没有读取，见“读取”一列",
            "; in \(report.faulty) rows something was not read, see the column “reading”")
          : "")
        + (report.remarks > 0
          ? wording.say("；还有\(report.remarks)处提示没有列出", "; \(report.remarks) more remarks are not shown") : "")
    ]
    parts += report.notes.map { $0[wording.language] }
    let measures = zip(batch.measures, report.byMeasure).map { (session.program.measures[$0].name, $1) }
    parts.append(session.text(table(wording.say("措施", "measure"), measures, wording)))
    if !report.byCounty.isEmpty, let county = batch.countyOption {
      let order = session.program.optionTypes[county].values.map(\.name)
      let rest = report.byCounty.keys.filter { !order.contains($0) }.sorted()
      let rows = (order + rest).compactMap { name in report.byCounty[name].map { (name, $0) } }
      parts.append(session.text(table(session.program.optionTypes[county].name, rows, wording)))
    }
    if !report.byAuthority.isEmpty {
      let rows = report.byAuthority.keys.sorted().map { ($0, report.byAuthority[$0] ?? [:]) }
      parts.append(session.text(table(wording.say("单位", "authority"), rows, wording)))
    }
    if report.kept > 0 {
      parts.append(wording.say("统计只算这一次回答的行", "the figures are of the rows answered this time"))
    }
    parts.append(wording.say("查询日期：", "as of ") + wording.date(session.asOf))
    return parts.joined(separator: "\n\n")
  }

  private func table(_ head: String, _ rows: [(name: String, counts: [Label: Int])], _ wording: Wording) -> Table {
    let used = Label.allCases.filter { label in rows.contains { $0.counts[label] != nil } }
    var table = Table([head] + used.map { wording.label($0) })
    for (column, label) in used.enumerated() { table.headInks[column + 1] = label.ink }
    for row in rows { table.add([row.name] + used.map { label in row.counts[label].map { "\($0)" } ?? "" }) }
    return table
  }
}
