import ArgumentParser
import LineEditing
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues
import PolicyVerbs
import PolicyWorkspace

extension PromptLoop {
  func run(_ name: String, _ words: [String]) throws(VerbFailure) {
    switch SessionCommand.resolve(name, interactive: editor.isInteractive) {
    case .one(let command): try run(command, words)
    case .several(let names):
      let list = names.map { ":\($0)" }.joined(separator: "、")
      throw VerbFailure("“:\(name)”可以是\(list)", "“:\(name)” could be \(list)")
    case .none(let near):
      let list = near.map { "“:\($0)”" }.joined(separator: "、")
      throw VerbFailure(
        "没有命令“:\(name)”" + (near.isEmpty ? "；输入“:帮助”查看" : "；是不是\(list)？"),
        "there is no command “:\(name)”" + (near.isEmpty ? "; see :help" : "; did you mean \(list)?"))
    }
  }

  func run(_ command: SessionCommand, _ words: [String]) throws(VerbFailure) {
    switch command {
    case .help: show(helpText(session.language))
    case .quit: isEnding = !editor.isInteractive || mayForget()
    case .load: try load(words)
    case .save: try save(words)
    case .find: try find(words.joined(separator: " "))
    case .reload: try reload()
    case .select: try select(words)
    case .date:
      if !words.isEmpty { session.asOf = try session.day(words.joined()) }
      show(session.wording.say("查询日期：", "as of ") + session.wording.date(session.asOf))
    case .subjects: show(subjectList())
    case .status:
      show(banner)
      for store in session.stores { show(text(of: store)) }
      let changed = session.changedFiles()
      if !changed.isEmpty { show(changeNotice(changed)) }
    case .history: showHistory(words)
    case .edit: try edit(words)
    case .saveCase: try saveCase(words)
    case .output:
      if let name = words.first {
        let forms = ["text", "json", "csv", "markdown"]
        guard forms.contains(name) else {
          throw VerbFailure(
            "没有格式“\(name)”；可以是 \(forms.joined(separator: "、"))",
            "there is no format “\(name)”; it can be \(forms.joined(separator: ", "))")
        }
        session.format = name == "text" ? nil : name
      }
      show(session.wording.say("回答的格式：", "answers as ") + (session.format ?? "text"))
    case .language:
      if let name = words.first { session.language = try language(name) }
      show(session.wording.say("语言：", "language: ") + session.language.rawValue)
    }
  }

  func reload() throws(VerbFailure) {
    let suppositions = session.steps.count(where: \.isSupposition)
    let findings = session.steps.count(where: \.isFinding)
    let adoption: Adoption
    let stays = Bilingual(zh: "没有重载，仍用原来的规则和事实", en: "not reloaded; the old rules and facts stay in use")
    do throws(FileFailure) { adoption = try session.reload() } catch { throw VerbFailure(error).and(stays) }
    if case .interrupted = adoption { throw VerbFailure.interrupted.and(stays) }
    if case .refused(let policies) = adoption {
      showError(text(of: policies.remarks.filter { $0.severity == .error }, of: policies.files))
      throw VerbFailure(
        "规则有错误，仍用原来的规则", "the rules have errors; the old ones stay in use", exit: .negative)
    }
    toldChanges = []
    show(banner)
    if suppositions > 0 {
      show(session.wording.say("\(suppositions)个假设已取消", "\(suppositions) suppositions ended"))
    }
    let lost = findings - session.steps.count(where: \.isFinding)
    if lost > 0 {
      show(
        session.wording.say(
          "\(lost)处认定在现在的规则和事实上不成立，没有保留", "\(lost) findings don't fit the rules and facts of now and were dropped"))
    }
    try show(adoption)
  }

  func select(_ words: [String]) throws(VerbFailure) {
    guard !words.isEmpty else {
      session.selected = nil
      show(session.wording.say("没有选定主体", "no subject is selected"))
      return
    }
    switch session.subject(named: words.joined(separator: " ")) {
    case .one(let index): session.selected = index
    case .several(let names):
      let list = names.prefix(8).map { "“\($0)”" }.joined(separator: "、")
      let name = words.joined(separator: " ")
      throw VerbFailure("“\(name)”可以是几个主体：\(list)", "“\(name)” could be several subjects: \(list)")
    case .none(let near):
      let list = near.map { "“\($0)”" }.joined(separator: "、")
      throw VerbFailure(
        "没有这个主体" + (near.isEmpty ? "" : "；是不是\(list)？"),
        "there is no such subject" + (near.isEmpty ? "" : "; did you mean \(list)?"))
    }
    show(session.wording.say("选定：", "selected: ") + session.subjects[session.selected!].id)
  }

  /// Opens the rule that a name declares at its line, and reloads when the editor ends well.
  func edit(_ words: [String]) throws(VerbFailure) {
    let name = words.joined(separator: " ")
    guard let span = session.place(ofRule: name) else {
      let names = session.policies.syntax.flatMap { $0.blocks.compactMap(\.headName) }
      throw .none("规则", "rule", name, nearest(name, in: names))
    }
    let file = session.files[span.file]
    guard FileSystem.isFolder(file.path) == false else {
      throw VerbFailure("“\(name)”不在文件里", "“\(name)” stands in no file")
    }
    switch runEditor(file.path, line: file.line(of: span.start)) {
    case .exit(0): try reload()
    case .exit(let code):
      throw VerbFailure(
        "编辑器没有正常结束（\(code)），没有重载，规则不变", "the editor did not end well (\(code)); nothing was reloaded, the rules stay")
    case .notStarted(let command):
      throw VerbFailure(
        "不能启动编辑器“\(command)”；用环境变量 VISUAL 或 EDITOR 指定一个",
        "the editor “\(command)” can't be started; name one in VISUAL or EDITOR")
    }
  }

  func saveCase(_ words: [String]) throws(VerbFailure) {
    guard words.count >= 2 else {
      throw VerbFailure("应写“:存案例 文件 案例名”", "Expected “:savecase file name”")
    }
    let index = try current()
    let text = session.caseText(
      named: words.dropFirst().joined(separator: " "), subject: session.subjects[index])
    let failures: [String]
    do throws(FileFailure) { failures = try session.saveCase(text, to: words[0]) } catch { throw VerbFailure(error) }
    if !failures.isEmpty {
      let list = failures.joined(separator: "\n  ")
      throw VerbFailure(
        "案例不能重现现在的结论，没有存：\n  \(list)", "The case does not give the same answers, so it was not saved:\n  \(list)")
    }
    show(session.wording.say("已存入 \(words[0])：\n", "saved in \(words[0]):\n") + text)
  }

  func subjectList() -> String {
    guard !session.subjects.isEmpty else { return session.wording.say("没有载入主体", "no subjects are loaded") }
    return session.subjects.enumerated().map { index, subject in
      "\(index + 1)  \(subject.id)（\(session.program.kinds[subject.kind].name)）"
    }.joined(separator: "\n")
  }

  func showHistory(_ words: [String]) {
    let wanted = words.joined(separator: " ")
    let entries = editor.history?.history.entries ?? []
    for (index, entry) in entries.enumerated() where wanted.isEmpty || entry.contains(wanted) {
      show("\(index + 1)  \(entry)")
    }
  }
}
