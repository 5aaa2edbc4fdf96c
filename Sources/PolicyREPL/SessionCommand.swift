import PolicyDiagnostics
import PolicyText
import PolicyVerbs

/// A command about the session, written with a colon in front.
package enum SessionCommand: CaseIterable {
  case help, quit, load, save, find, reload, select, date, subjects, status, history, edit, saveCase, output, language

  /// The Chinese name, the English name, and short forms.
  package var names: [String] {
    switch self {
    case .help: ["帮助", "help", "h", "?", "？"]
    case .quit: ["退出", "quit", "q"]
    case .load: ["加载", "load", "l", "载入"]
    case .save: ["保存", "save", "sv"]
    case .find: ["认定", "find", "fi"]
    case .reload: ["重载", "reload", "r"]
    case .select: ["选定", "select", "s"]
    case .date: ["日期", "date", "d"]
    case .subjects: ["主体", "subjects", "su"]
    case .status: ["状态", "status", "st"]
    case .history: ["历史", "history", "hi"]
    case .edit: ["编辑", "edit", "e"]
    case .saveCase: ["存案例", "savecase", "sc"]
    case .output: ["输出", "output", "o"]
    case .language: ["语言", "language", "la"]
    }
  }

  /// Those of its names that stand for it without a colon too.
  var bareNames: [String] {
    switch self {
    case .load: ["载入", "load"]
    case .save: ["保存", "save"]
    case .find: ["认定", "find"]
    case .help, .quit, .reload, .select, .date, .subjects, .status, .history, .edit, .saveCase, .output, .language: []
    }
  }

  /// What its words name.
  var wordKinds: [WordKind] {
    switch self {
    case .load, .save, .saveCase: [.file]
    case .find: []
    case .select: [.subject]
    case .edit: [.rule]
    case .output: [.format]
    case .language: [.language]
    case .help: [.command]
    case .quit, .reload, .date, .subjects, .status, .history: []
    }
  }

  var summary: Bilingual {
    switch self {
    case .help: Bilingual(zh: "显示帮助", en: "show help")
    case .quit: Bilingual(zh: "退出（空行按 Ctrl-D 也可以）", en: "leave (or Ctrl-D on an empty line)")
    case .load:
      Bilingual(
        zh: "载入事实文件或者项目库，代替已载入的；--known 日期：只用到那天为止记下的",
        en: "load files of facts or a store in place of those loaded; --known DAY: what was recorded up to then")
    case .save:
      Bilingual(
        zh: "存入项目库：:保存 项目.db --by 谁说 --from 日期或者自始 --insist",
        en: "save in a store: projects.db --by WHO --from DATE, or always --insist")
    case .find:
      Bilingual(
        zh: "认定选定主体的事实，保存时写入；不写事实：把假设都认定", en: "take facts of the selected subject as found, or all suppositions")
    case .reload: Bilingual(zh: "重新读取规则和事实文件", en: "read rules and facts again")
    case .select: Bilingual(zh: "选定主体，其后的问题不必再写它的名称", en: "select the subject that questions are about")
    case .date: Bilingual(zh: "查看或者改变查询日期", en: "show or change the as-of date")
    case .subjects: Bilingual(zh: "列出已载入的主体", en: "list the loaded subjects")
    case .status: Bilingual(zh: "载入了什么", en: "what is loaded")
    case .history: Bilingual(zh: "列出以前的输入，可写要找的词", en: "list earlier entries, or those with a word")
    case .edit: Bilingual(zh: "在 $VISUAL 或 $EDITOR 中打开规则，退出后重载", en: "open a rule in $VISUAL or $EDITOR, then reload")
    case .saveCase:
      Bilingual(zh: "把选定主体现在的结论存成案例：:存案例 文件 名称", en: "save the selected subject's answers as a case: file name")
    case .output: Bilingual(zh: "查看或者改变回答的格式：text、json、csv、markdown", en: "show or change the format of answers")
    case .language: Bilingual(zh: "zh 或 en", en: "zh or en")
    }
  }

  /// What a typed name resolves to.
  package enum Resolution {
    case one(SessionCommand)
    case several([String])
    case none(nearest: [String])
  }

  /// Exact names first; interactively also a prefix that only one command has.
  package static func resolve(_ name: String, interactive: Bool) -> Resolution {
    for command in allCases where command.names.contains(name) { return .one(command) }
    // The Chinese or the English names, as the typed one is.
    let position = name.utf8.allSatisfy { $0 < 0x80 } ? 1 : 0
    if interactive, !name.isEmpty {
      let fitting = allCases.filter { $0.names[position].hasPrefix(name) }
      if fitting.count == 1 { return .one(fitting[0]) }
      if fitting.count > 1 { return .several(fitting.map { $0.names[position] }) }
    }
    return .none(nearest: nearest(name, in: allCases.map { $0.names[position] }))
  }
}
