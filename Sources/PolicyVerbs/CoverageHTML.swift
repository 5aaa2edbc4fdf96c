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
    let total = wording.say(
      "共\(count)项，已覆盖\(report.covered)项（\(text.percent(report.covered, of: count))）",
      "\(report.covered) of \(count) covered (\(text.percent(report.covered, of: count)))")
    var parts = [
      "<!doctype html>",
      "<html lang=\"\(wording.say("zh", "en"))\"><head><meta charset=\"utf-8\"><title>\(title)</title>",
      "<style>\(Self.style)</style></head><body>", "<h1>\(title)</h1>", "<p>\(total)</p>",
      "<p><span class=\"full\">\(wording.say("全部覆盖", "all covered"))</span> <span class=\"part\">\(wording.say("部分覆盖", "partly"))</span> <span class=\"none\">\(wording.say("没有覆盖", "not covered"))</span> \(wording.say("指着文字，可以看到每一项", "point at the words to see each item"))</p>",
      summary(),
    ]
    for file in files.ids where report.plan.items.contains(where: { report.plan.spans[$0]?.file == file }) {
      parts.append("<h2>\(escaped(files[file].path))</h2>")
      parts.append("<pre>\(marked(file))</pre>")
    }
    parts.append("</body></html>")
    return parts.joined(separator: "\n")
  }

  private func summary() -> String {
    let heads = wording.language == .zh ? ["条款", "规则", "已覆盖", "没有覆盖的"] : ["clause", "rule", "covered", "not covered"]
    var rows = ["<table><tr>" + heads.map { "<th>\($0)</th>" }.joined() + "</tr>"]
    for rule in report.rules {
      let missing = rule.items.filter { report.hits[$0] == nil }.map { "<li>\(escaped(text.sentence($0)))</li>" }
        .joined()
      rows.append(
        "<tr><td>\(escaped(text.clause(rule)))</td><td>\(escaped(text.title(rule)))</td><td>\(rule.covered)/\(rule.items.count)</td><td>"
          + (missing.isEmpty ? "" : "<ul>\(missing)</ul>") + "</td></tr>")
    }
    return rows.joined(separator: "\n") + "</table>"
  }

  /// The text of a file; each place is marked by the innermost words that items stand for.
  private func marked(_ file: FileID) -> String {
    var items: [Span: [CoverageItem]] = [:]
    for item in report.plan.items {
      if let span = report.plan.spans[item], span.file == file { items[span, default: []].append(item) }
    }
    let bytes = files[file].bytes
    var owner = [Span?](repeating: nil, count: bytes.count)
    // Longer ones first, so that inner ones overwrite them.
    let spans = items.keys.sorted { ($0.end - $0.start, $1.start) > ($1.end - $1.start, $0.start) }
    for span in spans { for place in Int(span.start)..<min(Int(span.end), bytes.count) { owner[place] = span } }
    var result = ""
    var start = 0
    while start < bytes.count {
      var end = start + 1
      while end < bytes.count, owner[end] == owner[start] { end += 1 }
      let words = escaped(String(decoding: bytes[start..<end], as: UTF8.self))
      if let span = owner[start], let own = items[span] {
        let covered = own.count { report.hits[$0] != nil }
        let tip = own.map { (report.hits[$0] == nil ? "✗ " : "✓ ") + text.sentence($0) }.joined(separator: "\n")
        let name = covered == own.count ? "full" : covered == 0 ? "none" : "part"
        result += "<span class=\"\(name)\" title=\"\(escaped(tip))\">\(words)</span>"
      } else {
        result += words
      }
      start = end
    }
    return result
  }

  private static let style = """
    body{font:16px/1.6 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif;margin:2em auto;max-width:72em;padding:0 1em;color:#222}
    pre{font:14px/1.7 "Noto Sans Mono CJK SC",monospace;white-space:pre-wrap;background:#fafafa;padding:1em;border:1px solid #ddd}
    table{border-collapse:collapse}td,th{border:1px solid #ddd;padding:.2em .6em;text-align:left;vertical-align:top}ul{margin:0;padding-left:1.2em}
    .full{background:#d8f0d8}.part{background:#fff0c0}.none{background:#f8d0d0;text-decoration:underline dotted}
    """
}

/// A text that HTML and XML take as it is.
func escaped(_ text: String) -> String {
  var result = ""
  for character in text {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.append(character)
    }
  }
  return result
}
