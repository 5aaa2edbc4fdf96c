import ArgumentParser
import Glibc
import PolicyAnswers
import PolicyDiagnostics
import PolicyStore
import PolicyText
import PolicyValues
package import PolicyWorkspace

/// Runs one command line and returns its exit code.
///
/// - Parameter noticeInterrupt: Lets Ctrl-C no longer end the program; what it returns says whether it was pressed since.
/// - Parameter openPrompt: Runs `repl` on a loaded session.
package func runCommandLine(
  _ arguments: [String], noticeInterrupt: () -> (() -> Bool), openPrompt: (Session, Repl) -> ExitStatus
) -> Int32 {
  do {
    if let verb = namedVerb(arguments) { return try run(verb, noticeInterrupt).rawValue }
    try refuseUnknownVerb(arguments)
    let command = try TiaoliCommand.parseAsRoot(arguments)
    if let verb = command as? any Verb { return try run(verb, noticeInterrupt).rawValue }
    return try run(command, openPrompt).rawValue
  } catch let failure as VerbFailure {
    report(failure)
    return failure.exit.rawValue
  } catch {
    let text = Localization.translate(TiaoliCommand.fullMessage(for: error), ProcessLanguage.current)
    let isHelp = TiaoliCommand.exitCode(for: error) == .success
    write(ServerURL.withoutPasswords(text) + "\n", to: isHelp ? 1 : 2)
    return isHelp ? ExitStatus.answered.rawValue : ExitStatus.usage.rawValue
  }
}

/// The verb that the first word names, without parsing for all the others; nil where its words can't be taken or ask for help,
/// so that the whole command answers.
private func namedVerb(_ arguments: [String]) -> (any Verb)? {
  guard let word = arguments.first, let named = Verbs.names.first(where: { $0.name == word }) else { return nil }
  func parsed<Named: Verb>(_ type: Named.Type) -> Named? {
    do { return try type.parseAsRoot(Array(arguments.dropFirst())) as? Named } catch { return nil }
  }
  return parsed(named.verb)
}

/// Runs with characters as wide as the options say.
private func withWidth(_ common: CommonOptions, _ body: () throws -> ExitStatus) throws -> ExitStatus {
  guard [1, 2].contains(common.ambiguousWidth ?? 1) else {
    throw VerbFailure("--ambiguous-width 应为 1 或 2", "--ambiguous-width is 1 or 2")
  }
  return try AmbiguousWidth.$isWide.withValue(common.ambiguousWidth == 2, operation: body)
}

/// A first word that is no verb is answered with the nearest one.
private func refuseUnknownVerb(_ arguments: [String]) throws(VerbFailure) {
  guard let word = arguments.first, !word.hasPrefix("-"), word != "help" else { return }
  let others = [Repl.configuration, DiagnosticPage.configuration].flatMap { [$0.commandName ?? ""] + $0.aliases }
  let names = Verbs.names.map(\.name) + others
  if !names.contains(word) {
    throw VerbFailure.none("命令", "command", word, nearest(word, in: names.filter { !Verbs.isShort($0) }))
  }
}

private func run(_ verb: any Verb, _ noticeInterrupt: () -> (() -> Bool)) throws -> ExitStatus {
  try withWidth(verb.common) {
    var verb = verb
    // `--facts 甲.csv 措施名` takes everything up to the next option; what names no file is a word of the question.
    let given = verb.common.facts.partitioned { looksLikeFile($0) }
    verb.common.facts = given.fitting
    verb.words += given.others
    if let diff = verb as? Diff {
      let (session, earlier) = try diff.open()
      session.say = { write($0 + "\n", to: 2) }
      try refuseErrors(session)
      return show(try diff.answer(comparing: earlier, with: session))
    }
    let paths = try verb.takePolicies()
    guard !paths.isEmpty else {
      throw VerbFailure(
        "没有给出规则：第一个参数应是规则文件夹或文件" + (verb.words.first.map { "，而“\($0)”不存在" } ?? ""),
        "no policies are given: the first argument is a folder or file of rules"
          + (verb.words.first.map { "; “\($0)” is not there" } ?? ""))
    }
    let session = try loadSession(paths, for: verb.need, verb.common)
    if !(verb is Check), !(verb is Format) { try refuseErrors(session) }
    session.input = standardInput
    // Whoever stops a long table is told how to go on with it.
    if verb is Batch {
      let isInterrupted = noticeInterrupt()
      session.watch = { _, _ in !isInterrupted() }
    }
    session.say = { write($0 + "\n", to: 2) }
    return show(try verb.answer(in: session))
  }
}

private func run(
  _ command: any ParsableCommand, _ openPrompt: (Session, Repl) -> ExitStatus
) throws -> ExitStatus {
  switch command {
  case let repl as Repl:
    let (paths, words) = splitPolicies(repl.words)
    if let word = words.first {
      throw VerbFailure("没有文件或文件夹“\(word)”", "there is no file or folder “\(word)”", exit: .unreadable)
    }
    return try withWidth(repl.common) {
      openPrompt(try loadSession(paths, repl.common, store: repl.store), repl)
    }
  case let page as DiagnosticPage:
    write(try diagnosticPage(page.id) + "\n", to: 1)
    return .answered
  case is TiaoliCommand:
    write(Localization.translate(TiaoliCommand.helpMessage(), ProcessLanguage.current) + "\n", to: 1)
    return .answered
  default:
    // What `--help` and `help VERB` parse to: it throws the help of its verb.
    var command = command
    try command.run()
    return .answered
  }
}

private func show(_ answer: Answer) -> ExitStatus {
  if !answer.text.isEmpty { write(answer.text.hasSuffix("\n") ? answer.text : answer.text + "\n", to: 1) }
  return answer.exit
}

/// Whether a word is meant as a path: it is there, or it is written like one.
private func looksLikeFile(_ word: String) -> Bool {
  FileSystem.isFolder(word) != nil || word.contains("/") || word.contains(".")
}

extension Array {
  fileprivate func partitioned(_ fits: (Element) -> Bool) -> (fitting: [Element], others: [Element]) {
    (filter(fits), filter { !fits($0) })
  }
}

/// The leading words that are files or folders, and the rest.
package func splitPolicies(_ words: [String]) -> (paths: [String], words: [String]) {
  let count = words.prefix { FileSystem.isFolder($0) != nil }.count
  return (Array(words.prefix(count)), Array(words.dropFirst(count)))
}

/// Loads policies and facts as the options say.
///
/// - Parameter store: The store that the session stands on, which may not be there yet.
package func loadSession(
  _ paths: [String], for need: PolicyNeed = .all, _ common: CommonOptions, store: String? = nil,
  from source: FileSource = .disk
) throws(VerbFailure) -> Session {
  var language = ProcessLanguage.current
  if let name = common.language {
    guard let wanted = Language(rawValue: name) else {
      throw VerbFailure("没有语言“\(name)”；可以是 zh 或 en", "there is no language “\(name)”; it can be zh or en")
    }
    language = wanted
  }
  do {
    let policies = try loadPolicies(paths, for: need, from: source)
    let session = Session(policies: policies, asOf: today(), language: language)
    session.isColoured = useColor(common.color)
    if let text = common.asOf { session.asOf = try session.day(text) }
    if let text = common.known { session.knownUntil = try session.day(text) }
    var facts = common.facts
    if let store, try session.begin(with: store) { facts.append(store) }
    try session.loadFacts(facts)
    if !session.factRemarks.isEmpty {
      write(
        session.text(
          of: session.factRemarks.filter { $0.severity != .note }, color: useColor(common.color, descriptor: 2)), to: 2)
    }
    if let note = unknownKindsNote(session) { writeLines(note, to: 2) }
    return session
  } catch let failure as FileFailure {
    throw VerbFailure(failure)
  } catch let failure as VerbFailure {
    throw failure
  } catch {
    throw VerbFailure("内部错误：\(error)", "internal error: \(error)", exit: .internal)
  }
}

/// Rules with errors answer nothing: an answer by half a policy would not hold up.
package func refuseErrors(_ session: Session) throws(VerbFailure) {
  guard session.policies.hasErrors else { return }
  let errors = session.policies.remarks.filter { $0.severity == .error }
  var shown = session.text(of: Array(errors.prefix(10)))
  if errors.count > 10 {
    shown += session.wording.say("\n……共\(errors.count)个错误", "\n… \(errors.count) errors in all")
  }
  throw VerbFailure(
    shown + "\n规则有错误，不能回答；先运行“检查”", shown + "\nthe rules have errors and can't answer; run “check” first",
    exit: .negative)
}

/// The day of the clock in the local time zone; read once, here.
private func today() -> CivilDate {
  var now = time(nil)
  var parts = tm()
  localtime_r(&now, &parts)
  return CivilDate(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    ?? CivilDate(dayNumber: 0)!
}

/// Whether to colour: `--color`, then NO_COLOR, CLICOLOR_FORCE, TERM, and whether a terminal reads it.
package func useColor(_ option: String?, descriptor: Int32 = 1) -> Bool {
  func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
  switch option {
  case "always": return true
  case "never": return false
  default: break
  }
  if let no = environment("NO_COLOR"), !no.isEmpty { return false }
  for name in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
    if let force = environment(name), !force.isEmpty, force != "0" { return true }
  }
  if environment("TERM") == "dumb" { return false }
  return isatty(descriptor) == 1
}

private func report(_ failure: VerbFailure) {
  writeLines(ServerURL.withoutPasswords(failure.message[ProcessLanguage.current]), to: 2)
}

/// Writes a text whole and ends its last line, where the text doesn't itself.
package func writeLines(_ text: String, to descriptor: Int32) {
  write(text.hasSuffix("\n") ? text : text + "\n", to: descriptor)
}

/// Writes a text to a descriptor whole.
package func write(_ text: String, to descriptor: Int32) {
  let bytes = Array(text.utf8)
  var start = 0
  while start < bytes.count {
    let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + start, bytes.count - start) }
    if count <= 0 { break }
    start += count
  }
}

/// Puts a question on standard error and reads a line of standard input.
private func standardInput(_ question: String) -> String? {
  write(question, to: 2)
  return readLine(strippingNewline: true)
}
