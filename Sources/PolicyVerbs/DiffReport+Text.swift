import PolicyAnswers
import PolicyComparison
import PolicyDiagnostics
import PolicyText
import PolicyWorkspace

extension DiffReport {
  /// For a person at a terminal: each measure that differs with an example and the edit that causes it, then who is affected.
  func text() -> String {
    var parts = [head()]
    var number = 0
    for measure in changed {
      var lines = [title(measure) + wording.say("：", ": ") + measure.state.title[wording.language]]
      for change in measure.changes {
        for example in change.examples {
          number += 1
          lines += text(example, change.aspect, measure, number)
        }
      }
      for entry in measure.notCompared {
        lines.append("  " + notCompared(entry))
      }
      if measure.isBounded {
        lines.append(
          "  "
            + wording.say(
              "限于每组至多\(comparison.memberLimit)个成员", "for lists of at most \(comparison.memberLimit) members"))
      }
      lines += causeLines(measure.causes, indent: "  ")
      parts.append(lines.joined(separator: "\n"))
    }
    let equivalent = comparison.measures.filter { $0.state == .equivalent }
    if !equivalent.isEmpty {
      parts.append(
        wording.say("改写而等价：", "written otherwise, with the same answers: ")
          + equivalent.map(title).joined(separator: wording.comma))
    }
    if !comparison.silentEdits.isEmpty {
      parts.append(
        wording.say("不改变任何答复的修改：", "edits that change no answer: ") + causes(comparison.silentEdits))
    }
    if let impact { parts += text(impact) }
    return parts.joined(separator: "\n\n")
  }

  func head() -> String {
    wording.say(
      "比较：\(names.before) → \(names.after)（查询日期：\(wording.date(later.asOf))）",
      "comparison: \(names.before) → \(names.after) (as of \(wording.date(later.asOf)))") + "\n" + counts()
      + wording.say("；修改\(comparison.edits.count)处", "; \(comparison.edits.count) edits")
  }

  private func text(
    _ example: AspectChange.Example, _ aspect: Aspect, _ measure: MeasureComparison, _ number: Int
  ) -> [String] {
    var lines = [
      "  " + aspect.title[wording.language]
        + (aspect.isOfMeasure ? "" : wording.say("：", ": ") + meaning(example, aspect))
    ]
    lines.append("    " + wording.say("旧：", "old: ") + shown(example.before))
    lines.append("    " + wording.say("新：", "new: ") + shown(example.after))
    lines += causeLines(example.causes, indent: "    ")
    if !aspect.isOfMeasure {
      lines += caseText(example, measure, numbered: number).split(separator: "\n").map { "    " + $0 }
    }
    return lines
  }

  func notCompared(_ entry: NotCompared) -> String {
    let side = entry.aspect.title[wording.language]
    return wording.say("未能比较：\(side)（\(why(entry))）", "not compared: \(side) (\(why(entry)))")
  }

  func shown(_ text: String) -> String { text.isEmpty ? wording.say("（无）", "(none)") : text }

  private func causeLines(_ edits: [Int], indent: String) -> [String] {
    edits.flatMap { index -> [String] in
      let edit = comparison.edits[index]
      return [indent + wording.say("起因：", "cause: ") + causes([index])]
        + lines(edit).map { "\(indent)  \($0.mark) \($0.text)" }
    }
  }

  private func text(_ impact: Impact) -> [String] {
    var parts = [effects(impact)]
    if !impact.effects.isEmpty { parts.append(table(impact).text()) }
    let changed = impact.money.filter { $0.before != $0.after }
    if !changed.isEmpty { parts.append(budget(changed).text()) }
    if !impact.money.isEmpty, changed.count < impact.money.count {
      let count = impact.money.count - changed.count
      parts.append(
        changed.isEmpty
          ? wording.say("各单位、各县区的金额不变", "no sum changes for any payer, county or department")
          : wording.say("其余\(count)个单位或县区的金额不变", "the sums of \(count) others don't change"))
    }
    return parts
  }

  /// Who is affected, one effect a row; the edits by number, or with their places for a table that stands alone.
  func table(_ impact: Impact, withPlaces: Bool = false) -> Table {
    var table = Table([
      wording.say("主体", "subject"), wording.say("县区", "county"), wording.say("措施", "measure"),
      wording.say("影响", "effect"), wording.say("旧", "old"), wording.say("新", "new"), wording.say("修改", "edit"),
    ])
    for effect in impact.effects {
      table.add([
        effect.subject, effect.county ?? "", effect.measure, self.effect(effect), effect.before, effect.after,
        withPlaces ? causes(effect.causes) : numbers(effect.causes),
      ])
    }
    return table
  }

  /// What it costs whom, under both versions.
  func budget(_ rows: [Impact.Budget]) -> Table {
    var table = Table([
      wording.say("按", "by"), wording.say("名称", "name"), wording.say("旧版金额", "old amount"),
      wording.say("新版金额", "new amount"),
    ])
    for row in rows {
      table.add([row.dimension.title[wording.language], row.name, money(row.before), money(row.after)])
    }
    return table
  }

  /// Rows for a program that reads tables: effects where subjects are loaded, else what differs in the measures.
  func table() -> Table {
    if let impact { return table(impact, withPlaces: true) }
    return measureTable()
  }

  func measureTable() -> Table {
    var table = Table([
      wording.say("措施", "measure"), wording.say("条款", "clause"), wording.say("状态", "state"),
      wording.say("方面", "side"), wording.say("旧", "old"), wording.say("新", "new"), wording.say("起因", "cause"),
    ])
    for measure in changed {
      let head = [measure.name, clause(measure), measure.state.title[wording.language]]
      for change in measure.changes {
        for example in change.examples {
          table.add(
            head + [change.aspect.title[wording.language], example.before, example.after, causes(example.causes)])
        }
      }
      for entry in measure.notCompared {
        table.add(head + [entry.aspect.title[wording.language], "", why(entry), ""])
      }
      if measure.changes.isEmpty, measure.notCompared.isEmpty {
        table.add(head + ["", "", "", causes(measure.causes)])
      }
    }
    return table
  }

  func markdown() -> String {
    var parts = [
      "# " + wording.say("规则比较", "Comparison of rules"), head(), measureTable().markdown(),
    ]
    if let impact {
      parts += ["## " + wording.say("对主体的影响", "What changes for whom"), effects(impact)]
      if !impact.effects.isEmpty { parts.append(table(impact).markdown()) }
      if !impact.money.isEmpty { parts.append(budget(impact.money).markdown()) }
    }
    return parts.joined(separator: "\n\n")
  }
}
