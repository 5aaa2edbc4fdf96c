import PolicyAnswers
import PolicyCoverage
import PolicyDiagnostics
import PolicyTesting
import PolicyText

/// A report as one page that needs nothing else: the rules with marks.
struct CoverageHTML {
  let report: CoverageReport
  let text: CoverageText
  let files: SourceFiles
  private var wording: Wording { text.wording }

  func page() -> String {
    let count = report.plan.items.count
    let title = wording.say("案例的覆盖", "What the cases cover")
    let percent = text.percent(report.covered, of: count)
    let total = wording.say(
      "共\(count)项，已覆盖\(report.covered)项（\(percent)）", "\(report.covered) of \(count) covered (\(percent))")
    let sources = files.ids.filter { file in report.plan.items.contains { report.plan.spans[$0]?.file == file } }
    let body: HTML = """
      <h1>\(title)</h1>
      <p>\(total)</p>
      <p><span class="full">\(wording.say("全部覆盖", "all covered"))</span>
      <span class="part">\(wording.say("部分覆盖", "partly covered"))</span>
      <span class="none">\(wording.say("没有覆盖", "not covered"))</span>
      \(wording.say("指着规则里的文字，可以看到每一项", "point at the words of the rules to see each item"))</p>
      \(html: summary())
      \(html: sources.map { file -> HTML in "<h2>\(files[file].path)</h2><pre>\(html: marked(file))</pre>" })
      """
    return HTML.page(
      title: title, language: wording.say("zh", "en"),
      style: """
        .full { background: #d8f0d8; } .part { background: #fff0c0; }
        .none { background: #f8d0d0; text-decoration: underline dotted; }
        td:nth-child(-n+3) { white-space: nowrap; } ul { margin: 0; padding-left: 1.2em; }
        """, body: body)
  }

  private func summary() -> HTML {
    let heads =
      wording.language == .zh ? ["条款", "规则", "已覆盖", "没有覆盖的"] : ["clause", "rule", "covered", "not covered"]
    let rows = report.rules.map { rule -> HTML in
      let missing = rule.items.filter { report.hits[$0] == nil }.map { item -> HTML in
        "<li>\(text.sentence(item))</li>"
      }
      return """
        <tr><td>\(text.clause(rule))</td><td>\(text.title(rule))</td><td>\(rule.covered)/\(rule.items.count)</td>\
        <td><ul>\(html: missing)</ul></td></tr>

        """
    }
    return "<table><tr>\(html: heads.map { head -> HTML in "<th>\(head)</th>" })</tr>\n\(html: rows)</table>"
  }

  /// The text of a file; each place is marked by the innermost words that items stand for.
  private func marked(_ file: FileID) -> [HTML] {
    var items: [Span: [CoverageItem]] = [:]
    for item in report.plan.items {
      if let span = report.plan.spans[item], span.file == file { items[span, default: []].append(item) }
    }
    let bytes = files[file].bytes
    var owner = [Span?](repeating: nil, count: bytes.count)
    // Longer ones first, so that inner ones overwrite them.
    let spans = items.keys.sorted { ($0.end - $0.start, $1.start) > ($1.end - $1.start, $0.start) }
    for span in spans { for place in Int(span.start)..<min(Int(span.end), bytes.count) { owner[place] = span } }
    var parts: [HTML] = []
    var start = 0
    while start < bytes.count {
      var end = start + 1
      while end < bytes.count, owner[end] == owner[start] { end += 1 }
      let words = String(decoding: bytes[start..<end], as: UTF8.self)
      if let own = owner[start].flatMap({ items[$0] }) {
        let covered = own.count { report.hits[$0] != nil }
        let tip = own.map { (report.hits[$0] == nil ? "✗ " : "✓ ") + text.sentence($0) }.joined(separator: "\n")
        let name = covered == own.count ? "full" : covered == 0 ? "none" : "part"
        parts.append("<span class=\"\(name)\" title=\"\(tip)\">\(words)</span>")
      } else {
        parts.append("\(words)")
      }
      start = end
    }
    return parts
  }
}
