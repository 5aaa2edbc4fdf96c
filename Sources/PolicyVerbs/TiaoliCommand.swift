package import ArgumentParser
import PolicyDiagnostics

/// The root of the command line.
package struct TiaoliCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tiaoli",
    abstract: ProcessLanguage.current == .zh
      ? "条理：把政策文件写成能问的规则" : "Tiaoli: policy documents as rules that can be asked",
    version: engineVersion,
    subcommands: Verbs.all + [Repl.self, DiagnosticPage.self])

  package init() {}
}

/// All verbs, in the order in which help lists them.
package enum Verbs {
  package static let questions: [any Verb.Type] = [
    Check.self, Query.self, Explain.self, MissingVerb.self, Ask.self, Measures.self, ClauseVerb.self,
    DepartmentVerb.self, Which.self, Count.self, Batch.self, SQLVerb.self, How.self, Analyze.self, Diff.self,
    TestVerb.self, RecordVerb.self, ReplayVerb.self, HistoryVerb.self, Format.self,
  ]

  // A cast of the whole list would look up each conformance while the program starts; this one is known to the compiler.
  static var all: [any ParsableCommand.Type] { questions.map { $0 } }

  /// Every name of a verb with its type.
  package static let names: [(name: String, verb: any Verb.Type)] = questions.flatMap { verb in
    let names = [verb.configuration.commandName ?? verb._commandName] + verb.configuration.aliases
    return names.map { ($0, verb) }
  }

  /// Whether a name is a short form: one Chinese character (问 is whole), or at most two letters. Behind it stands a blank.
  package static func isShort(_ name: String) -> Bool {
    name.utf8.allSatisfy { $0 < 0x80 } ? name.utf8.count <= 2 : name.count == 1 && name != "问"
  }
}

/// `repl`: the prompt; run by the program, which knows the line editor.
package struct Repl: ParsableCommand {
  package static let configuration = PolicyVerbs.configuration(
    "repl", ["对话"], "打开提示符，或者运行脚本", "open a prompt, or run a script")

  @OptionGroup package var common: CommonOptions
  @Option(
    help: help(
      "项目库：SQLite 文件或 postgres:// 地址；有就载入，“:保存”存到这里",
      "a store, a SQLite file or postgres:// address: loaded where it is there, and saved to"))
  package var store: String?
  @Option(name: .customShort("c"), help: help("运行这一行；可以重复", "run this line; can be repeated")) package var commands:
    [String] = []
  @Option(name: .customShort("f"), help: help("运行脚本文件", "run a script file")) package var script: String?
  @Flag(name: .customLong("keep-going"), help: help("出错后继续", "go on after an error")) package var keepGoing = false
  @Flag(name: .customLong("plain"), help: help("不用行编辑", "no line editing")) package var plain = false
  @Flag(name: .customLong("no-pager"), help: help("长的回答也直接显示", "long answers are shown without a pager"))
  package var noPager = false
  @Flag(name: .customShort("q"), help: help("不显示开头的一行", "no banner")) package var quiet = false
  @Argument(help: help("规则文件夹或文件", "policies: folders or files")) package var words: [String] = []

  package init() {}
}

/// `diagnostic`: the page of one diagnostic.
package struct DiagnosticPage: ParsableCommand {
  package static let configuration = PolicyVerbs.configuration(
    "diagnostic", ["诊断"], "说明一个诊断编号", "what a diagnostic means")

  @Argument(help: help("编号，如 T0201", "its id, such as T0201")) package var id: String

  package init() {}
}
