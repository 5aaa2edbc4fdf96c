import PolicyAnswers
import PolicyComparison
import PolicyDiagnostics
import PolicyWorkspace

extension DiffReport {
  /// A draft of the note that goes with a change of rules (起草说明), of at most 15 lines.
  func note() -> String {
    var lines = [
      wording.say("起草说明（草稿）", "Note on the draft"),
      wording.say(
        "由“\(names.before)”改为“\(names.after)”，按\(wording.date(later.asOf))的答复比较。",
        "From “\(names.before)” to “\(names.after)”, by the answers of \(wording.date(later.asOf))."),
      counts() + wording.say("。", "."),
    ]
    let tail = impact.map { tailLines($0) } ?? []
    let notCompared = comparison.measures.filter { !$0.notCompared.isEmpty }
    let open =
      notCompared.isEmpty
      ? []
      : [
        wording.say("须人工核对（未能比较）：", "To be checked by hand (not compared): ")
          + notCompared.map(title).joined(separator: wording.comma) + wording.say("。", ".")
      ]
    let room = 15 - lines.count - tail.count - open.count
    let points = changed.map { sentence($0) }
    if points.count <= room {
      lines += points
    } else {
      lines += points.prefix(room - 1)
      lines.append(
        wording.say(
          "其余\(points.count - room + 1)项见比较全文。", "\(points.count - room + 1) more stand in the full comparison."))
    }
    return (lines + open + tail).joined(separator: "\n")
  }

  /// What changes in one measure, by which words of the rules.
  private func sentence(_ measure: MeasureComparison) -> String {
    let sides = measure.changes.map { $0.aspect.title[wording.language] }.joined(separator: wording.comma)
    let telling = measure.state == .text ? measure.changes : measure.changes.filter { $0.aspect != .source }
    var edits = telling.flatMap(\.examples).flatMap(\.causes) + measure.causes
    var seen: Set<Int> = []
    edits = edits.filter { seen.insert($0).inserted }
    var text = title(measure) + wording.say("：", ": ") + measure.state.title[wording.language]
    if !sides.isEmpty, measure.state == .changed { text += wording.say("（\(sides)）", " (\(sides))") }
    let words = edits.prefix(2).map { index -> String in
      let edit = comparison.edits[index]
      let (old, new) = (trimmed(edit.removed), trimmed(edit.added))
      if old.isEmpty { return wording.say("增加“\(new)”", "added “\(new)”") }
      if new.isEmpty { return wording.say("删去“\(old)”", "removed “\(old)”") }
      return wording.say("“\(old)”改为“\(new)”", "“\(old)” became “\(new)”")
    }
    if !words.isEmpty, measure.causes.isEmpty {
      text += wording.say("，", ", ") + words.joined(separator: wording.say("，", ", "))
    }
    return text + wording.say("。", ".")
  }

  private func trimmed(_ lines: [String]) -> String {
    let text = lines.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.joined(separator: " ")
    return text.count > 60 ? text.prefix(60) + "…" : text
  }

  private func tailLines(_ impact: Impact) -> [String] {
    var lines = [effects(impact) + wording.say("。", ".")]
    let changed = impact.money.filter { $0.dimension == .payer && $0.before != $0.after }
    for row in changed.prefix(3) {
      lines.append(
        wording.say(
          "\(row.name)出资：由\(money(row.before))变为\(money(row.after))。",
          "\(row.name) pays \(money(row.after)) instead of \(money(row.before))."))
    }
    return lines
  }
}
