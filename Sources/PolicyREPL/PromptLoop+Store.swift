import LineEditing
import PolicyAnswers
import PolicyDiagnostics
import PolicyIR
import PolicyStore
import PolicyText
import PolicyValues
import PolicyVerbs
import PolicyWorkspace

extension PromptLoop {
  // MARK: Loading

  func load(_ words: [String]) throws(VerbFailure) {
    var paths: [String] = []
    var known: CivilDate?
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--known" { known = try session.day(try value(of: word, &rest)) } else { paths.append(word) }
    }
    guard !paths.isEmpty else {
      throw VerbFailure("应写事实文件或者项目库，如“:加载 项目.csv”", "expected files of facts or a store, such as “:load projects.csv”")
    }
    let stays = Bilingual(zh: "没有载入，仍用原来的事实", en: "not loaded; the old facts stay in use")
    guard mayForget() else { throw VerbFailure(stays.zh, stays.en) }
    let before = session.knownUntil
    session.knownUntil = known
    do throws(FileFailure) { try session.loadFacts(paths) } catch {
      session.knownUntil = before
      throw VerbFailure(error).and(stays)
    }
    let remarks = session.factRemarks.filter { $0.severity != .note }
    if !remarks.isEmpty { showError(text(of: remarks)) }
    if let note = unknownKindsNote(session) { showError(note) }
    show(session.wording.say("载入主体\(session.subjects.count)个", "\(session.subjects.count) subjects loaded"))
  }

  /// Whether findings that are not saved may go: there are none, or it was just said that they would.
  func mayForget() -> Bool {
    let count = session.steps.count(where: \.isFinding)
    if count == 0 || warned == entry - 1 || !editor.isInteractive { return true }
    warned = entry
    showError(
      session.wording.say(
        "有\(count)处认定没有保存：先“:保存”，或者再来一次就放弃",
        "\(count) findings are not saved: “:save” them, or do this again to drop them"))
    return false
  }

  // MARK: Findings

  /// Takes facts as found, or all that is supposed.
  func find(_ text: String) throws(VerbFailure) {
    guard !text.isEmpty else {
      let count = session.confirmSuppositions()
      guard count > 0 else {
        throw VerbFailure(
          "没有假设可以认定；应写事实，如“认定 备案总投资 3亿元”", "nothing is supposed; expected facts, such as “find 备案总投资 3亿元”")
      }
      show(session.wording.say("\(count)个假设已认定，保存时写入", "\(count) suppositions are facts now, and will be saved"))
      return
    }
    let index = try current()
    let before = session.subjects[index]
    let remarks = session.find(text, of: index)
    if remarks.contains(where: { $0.severity == .error }) {
      let shown = self.text(of: remarks)
      throw VerbFailure(shown, shown)
    }
    let after = session.subjects[index]
    show(session.wording.say("认定：\(after.id)的\(text)", "found of \(after.id): \(text)"))
    showChanges(from: before, to: after)
  }

  // MARK: Saving

  func save(_ words: [String]) throws(VerbFailure) {
    var path: String?
    var options = SaveOptions()
    var rest = words[...]
    while let word = rest.popFirst() {
      switch word {
      case "--by", "据": options.by = try value(of: word, &rest)
      case "--from", "自":
        let text = try value(of: word, &rest)
        options.since = ["自始", "always"].contains(text) ? .always : .day(try session.day(text))
      case "自始", "always": options.since = .always
      case "--insist": options.insists = true
      case _ where word.hasPrefix("--") || path != nil:
        throw VerbFailure(
          "看不懂“\(word)”；应写“:保存 项目.db --by 谁说 --from 日期 --insist”",
          "“\(word)” is not understood; expected “:save projects.db --by WHO --from DATE --insist”")
      default: path = word
      }
    }
    let report: SaveReport
    do throws(SaveFailure) { report = try session.save(to: path, options) } catch { throw VerbFailure(error) }
    toldChanges = []
    show(text(of: report, options))
  }

  func text(of store: (address: StoreAddress, latest: Saving?)) -> String {
    let (wording, shown) = (session.wording, store.address.shown)
    guard let saving = store.latest else { return wording.say("项目库 \(shown)：空", "store \(shown): empty") }
    let (by, time) = (saving.by, recordedText(saving))
    return wording.say(
      "项目库 \(shown)：读到第\(saving.number)次保存（\(by.map { "据\($0)，" } ?? "")\(time) UTC）",
      "store \(shown): read up to saving \(saving.number) (\(by.map { "said by \($0), " } ?? "")\(time) UTC)")
  }

  private func value(of option: String, _ rest: inout ArraySlice<String>) throws(VerbFailure) -> String {
    guard let value = rest.popFirst(), !value.isEmpty, !value.hasPrefix("--") else {
      throw VerbFailure("“\(option)”后面应有内容", "“\(option)” wants something behind it")
    }
    return value
  }

  private func text(of report: SaveReport, _ options: SaveOptions) -> String {
    let (wording, shown) = (session.wording, report.address.shown)
    var lines: [String] = []
    if let saving = report.said.first?.saving {
      let new = report.said.filter { $0.said.path == .existence }
      let keys = Set(new.map { [$0.said.kind, $0.said.subject] })
      let changes = report.said.count { !keys.contains([$0.said.kind, $0.said.subject]) }
      let by = saving.by
      lines.append(
        wording.say(
          "已存入 \(shown)（第\(saving.number)次保存，\(by.map { "据\($0)" } ?? "没有写明谁说")）：新主体\(new.count)个，已有主体的事实\(changes)处",
          "saved in \(shown) (saving \(saving.number), \(by.map { "said by \($0)" } ?? "nobody named as saying it")): \(new.count) new subjects, \(changes) facts of others"
        ))
      var days: [String] = []
      for fact in report.said {
        let day = sinceText(fact.said)[wording.language]
        if !days.contains(day) { days.append(day) }
      }
      lines[0] += wording.say("，", ", ") + days.joined(separator: wording.comma)
    } else {
      lines.append(wording.say("\(shown) 里都有，没有新的要存", "\(shown) has it all; there is nothing new to save"))
    }
    let supposed = session.steps.count(where: \.isSupposition)
    if supposed > 0 {
      lines.append(
        wording.say("\(supposed)个假设没有存；“认定”之后再保存", "\(supposed) suppositions were not saved; “find” makes them facts"))
    }
    if report.ruleSubjects > 0 {
      lines.append(
        wording.say(
          "规则文件里登记的\(report.ruleSubjects)个主体随规则载入，没有存",
          "\(report.ruleSubjects) subjects of rule files are loaded with the rules and were not saved"))
    }
    for (said, holding) in report.hidden.prefix(10) {
      let (subject, fact) = (said.said.subject, said.said.path.steps.joined(separator: "/"))
      lines.append(
        wording.say(
          "查询日期适用的\(subject)的\(fact)仍是\(holding.map { "\($0.said.value)（\(sinceText($0.said).zh)）" } ?? "没有给出")",
          "as of the date \(fact) of \(subject) still is \(holding.map { "\($0.said.value) (\(sinceText($0.said).en))" } ?? "not given")"
        ))
    }
    let rest = report.hidden.count - 10
    if rest > 0 { lines.append(wording.say("……另有\(rest)处", "… and \(rest) more")) }
    return lines.joined(separator: "\n")
  }
}
