import ArgumentParser
import LineEditing
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
package import PolicyVerbs
package import PolicyWorkspace

/// Opens the prompt on a session, or runs a script on it; returns when it ends.
package func openPrompt(_ session: Session, _ options: Repl) -> ExitStatus {
  PromptLoop(session, options).run()
}

/// Reads entries and answers them until the end.
final class PromptLoop {
  let session: Session
  let options: Repl
  /// What a supposition replaced, newest last.
  private var undone: [(index: Int, subject: Subject)] = []
  private var isEnding = false
  var editor: any LineEditor

  init(_ session: Session, _ options: Repl) {
    self.session = session
    self.options = options
    editor = ScriptReader(text: "", source: "")
  }

  func run() -> ExitStatus {
    if !options.commands.isEmpty {
      return run(options.commands.enumerated().map { .text($1, name: "-c \($0 + 1)") })
    }
    if let script = options.script { return run([.file(script)]) }
    return run([.standardInput])
  }

  private func run(_ sources: [EntrySource]) -> ExitStatus {
    var status = ExitStatus.answered
    for source in sources {
      editor = makeEditor(source, options: editorOptions, inputState: inputState)
      if editor.isInteractive { greet() } else { _ = catchInterrupts() }
      let ended = runEntries()
      if ended != .answered {
        status = ended
        if !options.keepGoing { return status }
      }
      if isEnding { break }
    }
    return status
  }

  private var editorOptions: EditorOptions {
    var result = EditorOptions()
    result.isPlain = options.plain
    result.colour = useColor(options.common.color)
    result.historyPath = HistoryFile.standardPath(program: "tiaoli")
    if session.language == .en {
      result.texts.search = "(search)"
      result.texts.searchFailed = "(not found)"
      result.texts.listQuestion = { "\($0) in all; list them? (y/n) " }
      result.texts.entryFull = { "an entry holds at most \($0) characters, the rest was left out; run long texts with -f" }
    }
    return result
  }

  private var inputState: InputState {
    InputState(
      isComplete: { isCompleteEntry($0) },
      completer: { [unowned self] text, cursor in Completer(session: session).complete(text, at: cursor) })
  }

  private func greet() {
    for note in editor.notes { showError(text(of: note)) }
    guard !options.quiet else { return }
    show(banner)
    if session.policies.hasErrors {
      showError(session.wording.say("规则有错误，先输入“检查”查看", "the rules have errors; type “check” to see them"))
    }
  }

  private var banner: String {
    let (measures, subjects) = (session.program.measures.count, session.subjects.count)
    return session.wording.say(
      "\(engineVersion)  措施\(measures)项，主体\(subjects)个，查询日期\(session.wording.date(session.asOf))  输入“:帮助”查看用法",
      "\(engineVersion)  \(measures) measures, \(subjects) subjects, as of \(session.wording.date(session.asOf))  type :help")
  }

  private func text(of note: EditorNote) -> String {
    let wording = session.wording
    switch note {
    case .foreignLocale(let name):
      return wording.say("终端的区域设置是 \(name)，请改用 UTF-8", "the locale is \(name); use a UTF-8 one")
    case .noUTF8Locale: return wording.say("没有 UTF-8 区域设置，不能行编辑", "there is no UTF-8 locale, so lines can't be edited")
    case .badKeyFile(let path, let line): return wording.say("\(path):\(line)：看不懂这一行", "\(path):\(line): this line can't be read")
    case .viKeysUnsafe: return wording.say("本机的 libedit 不能安全使用 vi 键，改用 emacs 键", "vi keys are not safe with this libedit; emacs keys are used")
    case .historyUnwritable(let path, let code):
      return wording.say("历史不能写入 \(path)（系统错误 \(code)）", "history can't be kept in \(path) (system error \(code))")
    }
  }

  private var prompt: Prompt {
    var main = session.wording.say("条理", "tiaoli")
    if let selected = session.selected { main += "〔\(session.subjects[selected].id)〕" }
    return Prompt(main + "> ", continuation: "  … ", right: session.wording.date(session.asOf))
  }

  private func runEntries() -> ExitStatus {
    var status = ExitStatus.answered
    while !isEnding {
      switch editor.readLine(prompt: prompt) {
      case .endOfInput: return status
      case .interrupted: continue
      case .failure(let failure):
        showError(text(of: failure))
        status = .unreadable
        if !editor.isInteractive, !options.keepGoing { return status }
      case .line(let entry):
        let ended = answer(entry)
        if ended != .answered, !editor.isInteractive {
          status = ended
          if ended != .negative, !options.keepGoing { return status }
        }
        if !editor.isInteractive, takeInterrupt() { return .interrupted }
      }
    }
    return status
  }

  private func text(of failure: EditorFailure) -> String {
    let wording = session.wording
    switch failure.code {
    case .invalidUTF8:
      return wording.say(
        "\(failure.source):\(failure.line)：第\(failure.byte)个字节不是 UTF-8（全文第\(failure.offset + 1)个字节）",
        "\(failure.source):\(failure.line): byte \(failure.byte) is not UTF-8 (byte \(failure.offset + 1) of the input)")
    case .unreadable where failure.systemError == 2:
      return wording.say("没有文件“\(failure.source)”", "there is no file “\(failure.source)”")
    case .unreadable:
      return wording.say(
        "\(failure.source)：读取失败（系统错误 \(failure.systemError)）", "\(failure.source): can't be read (system error \(failure.systemError))")
    case .entryTooLong: return wording.say("输入太长", "the entry is too long")
    }
  }

  // MARK: Answers

  /// Answers one entry; a failure is shown with its place in a script.
  private func answer(_ entry: String) -> ExitStatus {
    do throws(VerbFailure) {
      switch Statement(entry) {
      case .nothing: return .answered
      case .command(let name, let words): try run(name, words)
      case .verb(let verb, let words): return try run(verb, words)
      case .suppose(let facts): try suppose(facts)
      case .undo: try undo()
      case .declaration(let text): try declare(text)
      case .expression(let text): try evaluate(text)
      }
      return .answered
    } catch {
      let place = editor.origin.map { "\($0.source):\($0.line): " } ?? ""
      showError(place + error.message[session.language])
      return error.exit
    }
  }

  private func run(_ verb: any Verb.Type, _ words: [String]) throws(VerbFailure) -> ExitStatus {
    var parsed: any Verb
    do {
      parsed = try verb.parse(words)
    } catch {
      let text = localizedMessage(error)
      throw VerbFailure(text, text)
    }
    if !(parsed is Check) { try refuseErrors(session) }
    if let date = parsed.common.asOf {
      let kept = session.asOf
      defer { session.asOf = kept }
      session.asOf = try session.day(date)
      return try show(&parsed)
    }
    return try show(&parsed)
  }

  private func show(_ verb: inout any Verb) throws(VerbFailure) -> ExitStatus {
    session.input = { [unowned self] question in ask(question) }
    session.say = { [unowned self] in show($0) }
    let answer = try verb.answer(in: session)
    show(answer.text)
    return answer.exit
  }

  /// One question of an interview, answered on the same input.
  private func ask(_ question: String) -> String? {
    let prompt = Prompt(question, continuation: "  … ")
    if case .line(let reply) = editor.readLine(prompt: prompt) { return reply }
    return nil
  }

  // MARK: Suppositions

  private func current() throws(VerbFailure) -> Int {
    if let selected = session.selected { return selected }
    if session.subjects.count == 1 { return 0 }
    throw VerbFailure("先选定主体，如“:选定 名称”", "select a subject first, such as “:select name”")
  }

  private func suppose(_ text: String) throws(VerbFailure) {
    let index = try current()
    var subject = session.subjects[index]
    // A supposition may change what is known already.
    let before = subject
    subject.facts = subject.facts.map { fact in
      if case .many = fact { return fact }
      return .missing
    }
    let remarks = session.readFacts(text, into: &subject)
    if remarks.contains(where: { $0.severity == .error }) || subject.facts.isEmpty {
      let shown = session.text(of: remarks)
      throw VerbFailure(shown, shown)
    }
    var merged = before
    for (slot, fact) in subject.facts.enumerated() where fact != .missing { merged.facts[slot] = fact }
    let flips = session.flips(from: before, to: merged)
    undone.append((index, before))
    session.replace(index, with: merged)
    show(session.wording.say("假设：\(merged.id)的\(text)", "supposing of \(merged.id): \(text)"))
    show(flips.isEmpty ? session.wording.say("没有结论改变", "no answer changes") : flips.joined(separator: "\n"))
  }

  private func undo() throws(VerbFailure) {
    guard let last = undone.popLast() else { throw VerbFailure("没有可以撤销的假设", "there is no supposition to undo") }
    session.replace(last.index, with: last.subject)
    show(session.wording.say("已撤销，余下\(undone.count)个假设", "undone; \(undone.count) suppositions remain"))
  }

  // MARK: Declarations

  /// A rule defined or redefined at the prompt answers at once with what flips.
  private func declare(_ text: String) throws(VerbFailure) {
    try adopt(session.draft(adding: text))
  }

  private func adopt(_ draft: Draft) throws(VerbFailure) {
    let result: Session.DraftResult
    do throws(FileFailure) { result = try session.adopt(draft) } catch { throw VerbFailure(error) }
    switch result {
    case .refused(let policies):
      showError(
        render(
          policies.remarks.filter { $0.severity == .error }, files: policies.files, format: .text,
          language: session.language, color: useColor(options.common.color, descriptor: 2), width: outputWidth()))
      throw VerbFailure("没有采用：原来的规则不变", "Not adopted: the rules stay as they were", exit: .negative)
    case .adopted(let flips):
      undone = []
      show(text(of: flips))
    }
  }

  private func text(of flips: [Flip]) -> String {
    guard !flips.isEmpty else { return session.wording.say("已采用，没有结论改变", "adopted; no answer changes") }
    let shown = flips.prefix(20).map { "  \($0.subject)  \($0.measure)：\($0.before) → \($0.after)" }
    let more = flips.count > 20 ? session.wording.say("\n  ……共\(flips.count)处", "\n  … \(flips.count) in all") : ""
    return session.wording.say("已采用，\(flips.count)处结论改变：\n", "adopted; \(flips.count) answers change:\n")
      + shown.joined(separator: "\n") + more
  }

  // MARK: Expressions

  private func evaluate(_ text: String) throws(VerbFailure) {
    try refuseErrors(session)
    let index = session.subjects.isEmpty ? nil : try? current()
    let subject = index.map { session.subjects[$0] }
    let kind = subject?.kind ?? (session.program.kinds.isEmpty ? nil : KindID(0))
    guard let kind else { throw VerbFailure("没有声明主体", "no kind is declared") }
    let (expression, remarks) = session.expression(text, kind: kind)
    guard let expression else {
      let shown = session.text(of: remarks) + unknownWord(text)
      throw VerbFailure(shown, shown)
    }
    let about =
      subject
      ?? Subject(
        kind: kind, id: "", facts: Array(repeating: .missing, count: session.program.kinds[kind].fields.count))
    let (outcome, _) = session.value(of: expression, for: about)
    show(session.wording.outcome(outcome, expression.type))
  }

  /// A first word that is nearly a verb's name was probably meant as one.
  private func unknownWord(_ text: String) -> String {
    let word = String(text.prefix { !$0.isWhitespace })
    let near = nearest(word, in: Verbs.names.map(\.name))
    guard !near.isEmpty else { return "" }
    let list = near.map { "“\($0)”" }.joined(separator: "、")
    return session.wording.say("\n如果要问问题：是不是\(list)？", "\nif this is a question: did you mean \(list)?")
  }

  // MARK: Commands

  private func run(_ name: String, _ words: [String]) throws(VerbFailure) {
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

  private func run(_ command: SessionCommand, _ words: [String]) throws(VerbFailure) {
    switch command {
    case .help: show(helpText(session.language))
    case .quit: isEnding = true
    case .load: try load(words)
    case .reload: try reload()
    case .select: try select(words)
    case .date:
      if let word = words.first { session.asOf = try session.day(words.joined()); _ = word }
      show(session.wording.say("查询日期：", "as of ") + session.wording.date(session.asOf))
    case .subjects: show(subjectList())
    case .status: show(banner)
    case .history: showHistory(words)
    case .edit: try edit(words)
    case .saveCase: try saveCase(words)
    case .language:
      guard let language = words.first.flatMap({ Language(rawValue: $0) }) else {
        throw VerbFailure("应写 zh 或 en", "expected zh or en")
      }
      session.language = language
    }
  }

  private func load(_ words: [String]) throws(VerbFailure) {
    guard !words.isEmpty else { throw VerbFailure("应写事实文件，如“:加载 项目.csv”", "expected files of facts") }
    do throws(FileFailure) { try session.loadFacts(words) } catch { throw VerbFailure(error) }
    undone = []
    let remarks = session.factRemarks.filter { $0.severity != .note }
    if !remarks.isEmpty { showError(session.text(of: remarks)) }
    show(session.wording.say("载入主体\(session.subjects.count)个", "\(session.subjects.count) subjects loaded"))
  }

  private func reload() throws(VerbFailure) {
    do throws(FileFailure) {
      let policies = try loadPolicies(session.policies.paths)
      if policies.hasErrors {
        showError(
          render(
            policies.remarks, files: policies.files, format: .text, language: session.language,
            color: useColor(options.common.color, descriptor: 2), width: nil))
        show(session.wording.say("规则有错误，仍用原来的规则", "the rules have errors; the old ones stay in use"))
        return
      }
    } catch { throw VerbFailure(error) }
    try adopt(session.draft)
    show(banner)
  }

  private func select(_ words: [String]) throws(VerbFailure) {
    guard !words.isEmpty else {
      session.selected = nil
      show(session.wording.say("没有选定主体", "no subject is selected"))
      return
    }
    switch session.subject(named: words.joined(separator: " ")) {
    case .one(let index): session.selected = index
    case .several(let names):
      let list = names.prefix(8).map { "“\($0)”" }.joined(separator: "、")
      throw VerbFailure("可以是几个主体：\(list)", "it could be several subjects: \(list)")
    case .none(let near):
      let list = near.map { "“\($0)”" }.joined(separator: "、")
      throw VerbFailure(
        "没有这个主体" + (near.isEmpty ? "" : "；是不是\(list)？"), "there is no such subject" + (near.isEmpty ? "" : "; did you mean \(list)?"))
    }
    show(session.wording.say("选定：", "selected: ") + session.subjects[session.selected!].id)
  }

  /// Opens the rule that a name declares at its line, and reloads when the editor ends well.
  private func edit(_ words: [String]) throws(VerbFailure) {
    let name = words.joined(separator: " ")
    guard let span = session.place(ofRule: name) else {
      throw VerbFailure("没有名为“\(name)”的规则", "There is no rule named “\(name)”")
    }
    let file = session.files[span.file]
    guard FileSystem.isFolder(file.path) == false else {
      throw VerbFailure("“\(name)”不在文件里", "“\(name)” stands in no file")
    }
    let status = runEditor(file.path, line: file.line(of: span.start))
    if status != 0 {
      throw VerbFailure("编辑器没有正常结束（\(status)），规则不变", "The editor did not end well (\(status)); the rules stay")
    }
    try reload()
  }

  private func saveCase(_ words: [String]) throws(VerbFailure) {
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
      throw VerbFailure("案例不能重现现在的结论，没有存：\n  \(list)", "The case does not give the same answers, so it was not saved:\n  \(list)")
    }
    show(session.wording.say("已存入 \(words[0])：\n", "saved in \(words[0]):\n") + text)
  }

  private func subjectList() -> String {
    guard !session.subjects.isEmpty else { return session.wording.say("没有载入主体", "no subjects are loaded") }
    return session.subjects.enumerated().map { index, subject in
      "\(index + 1)  \(subject.id)（\(session.program.kinds[subject.kind].name)）"
    }.joined(separator: "\n")
  }

  private func showHistory(_ words: [String]) {
    let wanted = words.joined(separator: " ")
    let entries = editor.history?.history.entries ?? []
    for (index, entry) in entries.enumerated() where wanted.isEmpty || entry.contains(wanted) {
      show("\(index + 1)  \(entry)")
    }
  }

  // MARK: Output

  func show(_ text: String) { write(text + "\n", to: 1) }
  func showError(_ text: String) { write(text + "\n", to: 2) }
}
