import ArgumentParser
import LineEditing
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyStore
import PolicySyntax
import PolicyText
import PolicyValues
package import PolicyVerbs
package import PolicyWorkspace

/// Lets Ctrl-C no longer end the program; what it returns says whether it was pressed since.
package func noticeInterrupt() -> () -> Bool {
  _ = catchInterrupts()
  return takeInterrupt
}

/// Opens the prompt on a session, or runs a script on it; returns when it ends.
package func openPrompt(_ session: Session, _ options: Repl) -> ExitStatus {
  guard AmbiguousWidth.isWide else { return PromptLoop(session, options).run() }
  return ExtraWidth.$current.withValue(ExtraWidth(AmbiguousWidth.contains)) { PromptLoop(session, options).run() }
}

/// Reads entries and answers them until the end.
final class PromptLoop {
  /// The most words of a question.
  static let wordLimit = 200

  let session: Session
  let options: Repl
  let completer: Completer
  var isEnding = false
  var editor: any LineEditor
  var pager = Pager(isWanted: false)
  var progress = Progress(isWanted: false)
  /// Whether the person stopped the present question.
  private var isStopped = false
  /// The number of the entry, and of the latest at which it was said that findings would be lost.
  var entry = 0
  var warned = -1
  /// Changed files that were told of already.
  var toldChanges: [String] = []

  init(_ session: Session, _ options: Repl) {
    self.session = session
    self.options = options
    completer = Completer(session)
    editor = ScriptReader(text: "", source: "")
  }

  func run() -> ExitStatus {
    if !options.commands.isEmpty {
      return run(options.commands.enumerated().map { .text($1, name: "-c \($0 + 1)") })
    }
    if let script = options.script { return run([.file(script)]) }
    return run([.standardInput])
  }

  func run(_ sources: [EntrySource]) -> ExitStatus {
    var status = ExitStatus.answered
    for source in sources {
      editor = makeEditor(source, options: editorOptions, inputState: inputState)
      if editor.isInteractive { greet() } else { _ = catchInterrupts() }
      pager = Pager(isWanted: editor.isInteractive && !options.plain && !options.noPager)
      progress = Progress(isWanted: editor.isInteractive && !options.plain)
      session.watch = { [unowned self] done, total in goOn(done, of: total) }
      let ended = runEntries()
      if ended != .answered {
        status = ended
        if !options.keepGoing { return status }
      }
      if isEnding { break }
    }
    return status
  }

  var editorOptions: EditorOptions {
    var result = EditorOptions()
    result.isPlain = options.plain
    result.colour = useColor(options.common.color)
    result.historyPath = HistoryFile.standardPath(program: "tiaoli")
    result.remembered = { ServerURL.withoutPasswords($0) }
    if session.language == .en {
      result.texts.search = "(search)"
      result.texts.searchFailed = "(not found)"
      result.texts.listQuestion = { "\($0) in all; list them? (y/n) " }
      result.texts.entryFull = {
        "an entry holds at most \($0) characters, the rest was left out; run long texts with -f"
      }
    }
    return result
  }

  var inputState: InputState {
    InputState(
      isComplete: { isCompleteEntry($0) },
      completer: { [unowned self] text, cursor in completer.complete(text, at: cursor) },
      whileIdle: { [unowned self] in completer.prepare() })
  }

  func greet() {
    for note in editor.notes { showError(text(of: note)) }
    guard !options.quiet else { return }
    show(banner)
    if session.policies.hasErrors {
      showError(session.wording.say("规则有错误，先输入“检查”查看", "the rules have errors; type “check” to see them"))
    }
  }

  var banner: String {
    let (measures, subjects) = (session.program.measures.count, session.subjects.count)
    return session.wording.say(
      "\(engineVersion)  措施\(measures)项，主体\(subjects)个，查询日期\(session.wording.date(session.asOf))  输入“:帮助”查看用法",
      "\(engineVersion)  \(measures) measures, \(subjects) subjects, as of \(session.wording.date(session.asOf))  type :help"
    )
  }

  func text(of note: EditorNote) -> String {
    let wording = session.wording
    switch note {
    case .foreignLocale(let name):
      return wording.say("终端的区域设置是 \(name)，请改用 UTF-8", "the locale is \(name); use a UTF-8 one")
    case .noUTF8Locale: return wording.say("没有 UTF-8 区域设置，不能行编辑", "there is no UTF-8 locale, so lines can't be edited")
    case .badKeyFile(let path, let line):
      return wording.say("\(path):\(line)：看不懂这一行", "\(path):\(line): this line can't be read")
    case .viKeysUnsafe:
      return wording.say(
        "本机的 libedit 不能安全使用 vi 键，改用 emacs 键", "vi keys are not safe with this libedit; emacs keys are used")
    case .historyUnwritable(let path, let code):
      return wording.say("历史不能写入 \(path)（系统错误 \(code)）", "history can't be kept in \(path) (system error \(code))")
    }
  }

  var prompt: Prompt {
    var main = session.wording.say("条理", "tiaoli")
    if let selected = session.selected { main += "〔\(session.subjects[selected].id)〕" }
    return Prompt(main + "> ", continuation: "  … ", right: session.wording.date(session.asOf))
  }

  func runEntries() -> ExitStatus {
    var status = ExitStatus.answered
    while !isEnding {
      entry += 1
      switch editor.readLine(prompt: prompt) {
      case .endOfInput:
        if editor.isInteractive, !mayForget() { continue }
        return status
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
        if !editor.isInteractive, ended == .interrupted || takeInterrupt() { return .interrupted }
      }
    }
    return status
  }

  func text(of failure: EditorFailure) -> String {
    let wording = session.wording
    switch failure.code {
    case .invalidUTF8:
      return wording.say(
        "\(failure.source):\(failure.line)：第\(failure.byte)个字节不是 UTF-8（全文第\(failure.offset + 1)个字节）",
        "\(failure.source):\(failure.line): byte \(failure.byte) is not UTF-8 (byte \(failure.offset + 1) of the input)"
      )
    case .unreadable where failure.systemError == 2:
      return wording.say("没有文件“\(failure.source)”", "there is no file “\(failure.source)”")
    case .unreadable:
      return wording.say(
        "\(failure.source)：读取失败（系统错误 \(failure.systemError)）",
        "\(failure.source): can't be read (system error \(failure.systemError))")
    case .entryTooLong: return wording.say("输入太长", "the entry is too long")
    }
  }

  // MARK: Answers

  /// Answers one entry; a failure is shown with its place in a script.
  func answer(_ entry: String) -> ExitStatus {
    progress.begin()
    isStopped = false
    do throws(VerbFailure) {
      let statement = Statement(entry, prefixes: editor.isInteractive, vocabulary: session.policies.vocabulary)
      tellChanges(before: statement)
      return try answer(statement)
    } catch {
      endProgress()
      let place = editor.origin.map { "\($0.source):\($0.line): " } ?? ""
      showError(place + error.message[session.language])
      return error.exit
    }
  }

  func answer(_ statement: Statement) throws(VerbFailure) -> ExitStatus {
    switch statement {
    case .nothing: return .answered
    case .command(let name, let words): try run(name, words)
    case .verb(let verb, let words): return try run(verb, words)
    case .suppose(let facts): try suppose(facts)
    case .undo: try undo()
    case .declaration(let text): try declare(text)
    case .expression(let text): try evaluate(text)
    case .ambiguous(let word, let names):
      let list = names.map { "“\($0)”" }.joined(separator: "、")
      throw VerbFailure("“\(word)”可以是\(list)", "“\(word)” could be \(list)")
    case .openQuote(let mark):
      throw VerbFailure("引号“\(mark)”没有结束", "the quote that \(mark) opens is not closed")
    }
    return .answered
  }

  /// Says once for each set of changed files that answers rest on what was read before.
  func tellChanges(before statement: Statement) {
    switch statement {
    case .nothing, .command(_, _): return
    default: break
    }
    let changed = session.changedFiles()
    defer { toldChanges = changed }
    guard !changed.isEmpty, changed != toldChanges else { return }
    showError(changeNotice(changed))
  }

  func changeNotice(_ changed: [String]) -> String {
    let list = changed.prefix(5).joined(separator: session.wording.comma) + (changed.count > 5 ? "…" : "")
    return session.wording.say("\(list) 已更改；:重载 重新载入", "\(list) changed; :reload reads it again")
  }

  func run(_ verb: any Verb.Type, _ words: [String]) throws(VerbFailure) -> ExitStatus {
    guard words.count <= PromptLoop.wordLimit else {
      throw VerbFailure("一个问题最多\(PromptLoop.wordLimit)个词", "a question has at most \(PromptLoop.wordLimit) words")
    }
    var parsed: any Verb
    do {
      parsed = try verb.parse(words)
    } catch {
      let text = localizedMessage(error)
      throw VerbFailure(text, text)
    }
    if !(parsed is Check) { try refuseErrors(session) }
    let common = parsed.common
    guard common.facts.isEmpty else {
      throw VerbFailure(
        "提示符下不用 --facts；先载入：“:加载 \(common.facts.joined(separator: " "))”",
        "--facts is not for the prompt; load them first: “:load \(common.facts.joined(separator: " "))”")
    }
    let (asOf, language, isColoured) = (session.asOf, session.language, session.isColoured)
    defer { (session.asOf, session.language, session.isColoured) = (asOf, language, isColoured) }
    if common.color != nil { session.isColoured = useColor(common.color) }
    if let date = common.asOf { session.asOf = try session.day(date) }
    if let name = common.language { session.language = try self.language(name) }
    return try show(&parsed)
  }

  func language(_ name: String) throws(VerbFailure) -> Language {
    guard let language = Language(rawValue: name) else {
      throw VerbFailure("没有语言“\(name)”；可以是 zh 或 en", "there is no language “\(name)”; it can be zh or en")
    }
    return language
  }

  func show(_ verb: inout any Verb) throws(VerbFailure) -> ExitStatus {
    session.input = { [unowned self] question in ask(question) }
    session.say = { [unowned self] in show($0) }
    let answer = try verb.answer(in: session)
    show(answer.text)
    return answer.exit
  }

  /// One question of an interview, answered on the same input; Ctrl-C stops the interview.
  func ask(_ question: String) -> String? {
    let prompt = Prompt(question, continuation: "  … ")
    switch editor.readLine(prompt: prompt) {
    case .line(let reply): return reply
    case .interrupted: isStopped = true
    case .endOfInput, .failure: break
    }
    return nil
  }

  // MARK: Output

  /// Shows an answer, in the pager where it is longer than the terminal.
  func show(_ text: String) {
    endProgress()
    if pager.isNeeded(for: text), pager.show(text + "\n") { return }
    write(text + "\n", to: 1)
  }

  func showError(_ text: String) { writeLines(ServerURL.withoutPasswords(text), to: 2) }

  // MARK: Long questions

  func goOn(_ done: Int, of total: Int) -> Bool {
    if takeInterrupt() { isStopped = true }
    if isStopped { return false }
    if let text = progress.step(done, of: total) { write(text, to: 2) }
    return true
  }

  func endProgress() {
    if let text = progress.end() { write(text, to: 2) }
  }

  func text(of remarks: [Diagnostic], of files: SourceFiles? = nil) -> String {
    render(
      remarks, files: files ?? session.files, format: .text, language: session.language,
      color: useColor(options.common.color, descriptor: 2), width: outputWidth())
  }
}
