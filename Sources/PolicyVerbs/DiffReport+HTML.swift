import PolicyAnswers
import PolicyComparison
import PolicyDiagnostics
import PolicyValues
import PolicyWorkspace

extension DiffReport {
  /// One page that holds everything: it can be sent by mail and printed.
  func html() -> String {
    let title = wording.say("规则比较", "Comparison of rules")
    var body: [HTML] = ["<h1>\(title)</h1>", "<p>\(names.before) → \(names.after)</p>"]
    body.append(
      "<p>\(wording.say("查询日期：", "as of "))\(wording.date(later.asOf))\(wording.say("；", "; "))\(counts())</p>")
    body.append(impact.map { plot($0) } ?? statePlot())
    if let impact {
      body.append("<h2>\(wording.say("对主体的影响", "What changes for whom"))</h2><p>\(effects(impact))</p>")
      if !impact.effects.isEmpty { body.append(html(table(impact))) }
      if !impact.money.isEmpty { body.append(html(budget(impact.money))) }
    }
    body.append("<h2>\(wording.say("措施的变化", "Measures that change"))</h2>")
    var number = 0
    for measure in changed { body.append(html(measure, &number)) }
    let equivalent = comparison.measures.filter { $0.state == .equivalent }
    if !equivalent.isEmpty {
      body.append(
        "<p>\(wording.say("改写而等价：", "written otherwise, with the same answers: "))\(equivalent.map { self.title($0) }.joined(separator: wording.comma))</p>"
      )
    }
    if !comparison.silentEdits.isEmpty {
      body.append(
        "<p>\(wording.say("不改变任何答复的修改：", "edits that change no answer: "))\(causes(comparison.silentEdits))</p>")
    }
    return HTML.page(
      title: title, language: wording.say("zh-CN", "en"),
      style: """
        .state { font-weight: normal; font-size: .85em; padding: .1em .6em; border-radius: 1em; background: #e7ebef; }
        .narrower, .removed { background: #f8d7da; } .broader, .added { background: #d4edda; }
        .changed, .notCompared { background: #fff3cd; }
        ins { background: #d4edda; text-decoration: none; } del { background: #f8d7da; text-decoration: none; }
        svg text { font-size: 13px; fill: #1b1f24; }
        """,
      body: "\(html: body)")
  }

  private func html(_ table: Table) -> HTML {
    func row(_ cells: [String], _ isHead: Bool) -> HTML {
      let cells = cells.map { cell -> HTML in isHead ? "<th>\(cell)</th>" : "<td>\(cell)</td>" }
      return "<tr>\(html: cells)</tr>\n"
    }
    return "<table>\n\(html: row(table.heads, true))\(html: table.rows.map { row($0, false) })</table>\n"
  }

  private func html(_ measure: MeasureComparison, _ number: inout Int) -> HTML {
    var parts: [HTML] = [
      "<h3>\(title(measure)) <span class=\"state \(measure.state.rawValue)\">\(measure.state.title[wording.language])</span></h3>\n"
    ]
    for change in measure.changes {
      for example in change.examples {
        number += 1
        parts.append(
          """
          <p>\(change.aspect.title[wording.language])\(change.aspect.isOfMeasure ? "" : wording.say("：", ": ") + meaning(example, change.aspect))</p>
          <table><tr><th>\(wording.say("旧", "old"))</th><td>\(shown(example.before))</td></tr>
          <tr><th>\(wording.say("新", "new"))</th><td>\(shown(example.after))</td></tr></table>
          \(html: example.causes.map { edit($0) })
          \(html: change.aspect.isOfMeasure ? "" : "<details><summary>\(wording.say("例", "example"))</summary><pre>\(caseText(example, measure, numbered: number))</pre></details>")

          """)
      }
    }
    for entry in measure.notCompared { parts.append("<p>\(notCompared(entry))</p>\n") }
    parts += measure.causes.map { edit($0) }
    return "\(html: parts)"
  }

  private func edit(_ index: Int) -> HTML {
    let lines = lines(comparison.edits[index]).map { line -> HTML in
      line.mark == "-" ? "<del>- \(line.text)</del>\n" : "<ins>+ \(line.text)</ins>\n"
    }
    return "<p>\(wording.say("起因：", "cause: "))\(causes([index]))</p><pre>\(html: lines)</pre>\n"
  }

  // MARK: Plots

  /// Effects by county, and money by payer under both versions.
  private func plot(_ impact: Impact) -> HTML {
    let other = wording.say("（未提供）", "(not given)")
    var names: [String] = []
    for effect in impact.effects where !names.contains(effect.county ?? other) { names.append(effect.county ?? other) }
    let rows = names.map { name -> PlotRow in
      let effects = impact.effects.filter { ($0.county ?? other) == name }
      return PlotRow(
        name: name,
        bars: [
          (Rational(effects.count { [.gains, .more].contains($0.kind) }), "#2e8540"),
          (Rational(effects.count { [.loses, .less, .becomesRefused].contains($0.kind) }), "#c0392b"),
          (
            Rational(
              effects.count { [.becomesUnknown, .becomesDisputed, .otherAmount, .otherwise].contains($0.kind) }),
            "#d4a017"
          ),
        ], label: wording.say("\(effects.count)项次", "\(effects.count)"))
    }
    var parts: [HTML] = []
    if !rows.isEmpty {
      parts.append(
        "<h2>\(wording.say("各县区受影响的项次（绿：得到或提高；红：失去或降低；黄：待定或其他）", "Effects by county (green: gained or more; red: lost or less; yellow: open or other)"))</h2>"
      )
      parts.append(svg(rows))
    }
    let payers = impact.money.filter { $0.dimension == .payer && ($0.before.low > .zero || $0.after.low > .zero) }
    if !payers.isEmpty {
      let rows = payers.flatMap { row in
        [
          PlotRow(name: row.name, bars: bars(row.before, "#8497a8", "#c9d3dc"), label: money(row.before)),
          PlotRow(
            name: wording.say("　新版", "  new"), bars: bars(row.after, "#1f6feb", "#a8c7fa"), label: money(row.after)),
        ]
      }
      parts.append(
        "<h2>\(wording.say("各出资单位的金额（上：旧版；下：新版；浅色：未定的部分）", "Money by payer (above: old; below: new; pale: open)"))</h2>"
      )
      parts.append(svg(rows))
    }
    return "\(html: parts)"
  }

  private func bars(_ total: Impact.Total, _ color: String, _ pale: String) -> [(Rational, String)] {
    [(total.low, color), ((try? total.high.subtracting(total.low)) ?? .zero, pale)]
  }

  /// Measures by state.
  private func statePlot() -> HTML {
    svg(
      MeasureComparison.State.allCases.map { state in
        PlotRow(
          name: state.title[wording.language], bars: [(Rational(comparison.count(state)), "#1f6feb")],
          label: "\(comparison.count(state))")
      })
  }

  private struct PlotRow {
    var name: String
    var bars: [(length: Rational, color: String)]
    var label: String

    var length: Rational { bars.reduce(.zero) { (try? $0.adding($1.length)) ?? $0 } }
  }

  /// Bars drawn to one scale, each row with its name and figure.
  private func svg(_ rows: [PlotRow]) -> HTML {
    let longest = rows.map(\.length).max() ?? .zero
    let (left, width, step) = (260, 420, 26)
    func pixels(_ length: Rational) -> Int {
      guard longest > .zero, let share = try? length.divided(by: longest),
        let scaled = try? share.multiplied(by: Rational(width)).rounded(toDecimals: 0, mode: .halfUp)
      else { return 0 }
      return Int(scaled.numerator)
    }
    var parts: [HTML] = []
    for (index, row) in rows.enumerated() {
      let y = index * step
      parts.append("<text x=\"\(left - 8)\" y=\"\(y + 17)\" text-anchor=\"end\">\(row.name)</text>\n")
      var x = left
      for bar in row.bars where bar.length > .zero {
        let length = pixels(bar.length)
        parts.append("<rect x=\"\(x)\" y=\"\(y + 4)\" width=\"\(length)\" height=\"18\" fill=\"\(bar.color)\"/>\n")
        x += length
      }
      parts.append("<text x=\"\(x + 6)\" y=\"\(y + 17)\">\(row.label)</text>\n")
    }
    let height = rows.count * step + 4
    return "<svg viewBox=\"0 0 960 \(height)\" width=\"100%\" role=\"img\">\n\(html: parts)</svg>\n"
  }
}
