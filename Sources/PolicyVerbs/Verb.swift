package import ArgumentParser
package import PolicyDiagnostics
import PolicyTables
package import PolicyWorkspace

/// A command of the command line and a statement of the prompt: one type for both.
package protocol Verb: ParsableCommand {
  /// What stands on the line besides options: names of measures, subjects, clauses.
  var words: [String] { get set }
  var common: CommonOptions { get set }
  /// What its words may name, in the order in which they are usually written.
  static var wordKinds: [WordKind] { get }
  /// Takes the policies from the words, which leaves those of the question.
  ///
  /// - Returns: The folders and files of rules; empty where none are named.
  mutating func takePolicies() throws(VerbFailure) -> [String]
  /// What of the policies its answer rests on, told from its words once the policies are taken from them.
  var need: PolicyNeed { get }
  /// Answers in a session whose policies and facts are loaded.
  ///
  /// - Throws: `VerbFailure` with a message for a person and an exit code.
  func answer(in session: Session) throws(VerbFailure) -> Answer
}

extension Verb {
  package var need: PolicyNeed { .all }

  package mutating func takePolicies() throws(VerbFailure) -> [String] {
    let (paths, rest) = splitPolicies(words)
    words = rest
    return paths
  }
}

/// What a word of a statement or a session command may name; completion offers it where it can stand.
package enum WordKind: Hashable, Sendable {
  case measure, subject, clause, authority, kind, verdict, rule, command, file, language, format
}

/// What a verb says, and the exit code that it ends with.
package struct Answer: Sendable {
  package var text: String
  package var exit: ExitStatus

  package init(_ text: String, exit: ExitStatus = .answered) {
    self.text = text
    self.exit = exit
  }
}

/// The documented exit codes.
package enum ExitStatus: Int32, Sendable {
  /// Answered, clean, all pass.
  case answered = 0
  /// Check errors, failed cases, or with `--exit-status` a decision that isn't yes.
  case negative = 1
  /// The words of the call are off.
  case usage = 2
  /// Input that can't be read.
  case unreadable = 3
  /// A defect of the program.
  case `internal` = 4
  case interrupted = 130
}

/// Why a verb can't answer.
package struct VerbFailure: Error, Sendable {
  package let message: Bilingual
  package let exit: ExitStatus

  package init(_ zh: String, _ en: String, exit: ExitStatus = .usage) {
    message = Bilingual(zh: zh, en: en)
    self.exit = exit
  }

  /// A file that can't be read.
  package init(_ failure: FileFailure) {
    if failure.cause == .interrupted {
      self = .interrupted
      return
    }
    if case .store(let cause) = failure.cause {
      self.init(cause, failure.path)
      return
    }
    if case .table(let table) = failure.cause {
      self.init(table)
      return
    }
    let (zh, en): (String, String) =
      switch failure.cause {
      case .notFound: ("没有这个文件或文件夹", "no such file or folder")
      case .notPermitted: ("没有权限读取", "permission denied")
      case .isFolder: ("是文件夹，不是文件", "is a folder, not a file")
      case .tooLarge: ("文件太大", "the file is too large")
      case .interrupted, .store: ("已中断", "interrupted")
      case .table(let table): (table.message.zh, table.message.en)
      case .other(let number): ("读取失败（系统错误 \(number)）", "can't be read (system error \(number))")
      }
    self.init("\(failure.path)：\(zh)", "\(failure.path): \(en)", exit: .unreadable)
  }
}

/// What every verb takes.
package struct CommonOptions: ParsableArguments {
  @Option(
    name: .customLong("facts"), parsing: .upToNextOption,
    help: help(
      "事实文件：CSV、XLSX、JSON、JSON Lines、YAML，或者放它们的文件夹；项目库",
      "files of facts: CSV, XLSX, JSON, JSON Lines, YAML, or a folder of them; stores"))
  package var facts: [String] = []

  @Option(
    name: .customLong("known"),
    help: help("项目库里只用到这一天（UTC）为止记下的", "of a store, only what was recorded up to this day (UTC)"))
  package var known: String?

  @Option(
    name: .customLong("as-of"),
    help: help("查询日期，如 2024-06-01 或 2024年6月1日；默认今天", "the as-of date, such as 2024-06-01; today if not given"))
  package var asOf: String?

  @Option(name: .customLong("lang"), help: help("语言：zh 或 en", "language: zh or en"))
  package var language: String?

  @Option(
    name: .customLong("format"),
    help: help("输出格式：text、json、csv、markdown 等", "output format: text, json, csv, markdown and others"))
  package var format: String?

  @Option(name: .customLong("color"), help: help("颜色：auto、always 或 never", "colour: auto, always or never"))
  package var color: String?

  @Option(
    name: .customLong("ambiguous-width"),
    help: help("“ ” — … ① 等字符在终端上占几格：1 或 2", "the columns that “ ” — … ① take in this terminal: 1 or 2"))
  package var ambiguousWidth: Int?

  package init() {}
}

/// Help in the language of the process.
package func help(_ zh: String, _ en: String) -> ArgumentHelp {
  ArgumentHelp(stringLiteral: ProcessLanguage.current == .zh ? zh : en)
}

/// A configuration with its Chinese name, its English name and what it is for.
package func configuration(
  _ english: String, _ chinese: [String], _ zh: String, _ en: String, subcommands: [any ParsableCommand.Type] = []
) -> CommandConfiguration {
  // With a command above it, the parser looks for no requests for completion scripts, a fifth of the time of a short answer.
  CommandConfiguration(
    commandName: english, _superCommandName: "tiaoli", abstract: ProcessLanguage.current == .zh ? zh : en,
    subcommands: subcommands,
    aliases: chinese)
}
