import ArgumentParser
import PolicyDiagnostics
import PolicyText
import PolicyVerbs

/// What can be typed at the prompt: questions first, then session commands.
func helpText(_ language: Language) -> String {
  var lines = [language == .zh ? "问题（不用前缀，中英文都可以）：" : "Questions (no prefix, in Chinese or English):"]
  for verb in Verbs.questions {
    let names = Verbs.names.filter { $0.verb == verb }.map(\.name).joined(separator: " ")
    lines += row(names, verb.configuration.abstract)
  }
  let others: [(String, Bilingual)] = [
    (
      Statement.supposeNames.joined(separator: " "),
      Bilingual(zh: "假设 备案总投资 3亿元：看哪些结论改变", en: "suppose a fact and see which answers change")
    ),
    (
      Statement.undoNames.joined(separator: " "),
      Bilingual(zh: "撤销最近的假设或者定义", en: "undo the latest supposition or definition")
    ),
    (
      language == .zh ? "措施 …： 定义 …： 参数 …：" : "措施 …:  定义 …:  参数 …:",
      Bilingual(
        zh: "写下或者改写一条规则，空行结束：看哪些结论改变", en: "write or rewrite a rule, ended by an empty line: which answers change")
    ),
    (
      language == .zh ? "式子" : "expression",
      Bilingual(zh: "如 投资额 3亿元以上：对选定的主体求值", en: "its value for the selected subject")
    ),
  ]
  for (names, summary) in others { lines += row(names, summary[language]) }
  lines.append(language == .zh ? "会话命令（以“:”或“：”开头）：" : "Session commands (after a colon):")
  for command in SessionCommand.allCases {
    let names = command.names.filter { $0 != "？" }.map { ":" + $0 }.joined(separator: " ")
    lines += row(names, command.summary[language])
  }
  return lines.joined(separator: "\n")
}

/// Names and what they are for, side by side within the terminal.
private func row(_ names: String, _ summary: String) -> [String] {
  let left = 38
  return wrapped(summary, width: max(20, outputWidth() - left - 2)).enumerated().map { line, part in
    "  " + padded(line == 0 ? names + " " : "", to: left) + part
  }
}

/// Whether an entry needs no further line: no open bracket or quote, no operator or connective at its end.
///
/// A declaration goes on until an empty line, as its lines are not bracketed.
func isCompleteEntry(_ text: String) -> Bool {
  if case .declaration = Statement(text) { return text.hasSuffix("\n") || text.hasSuffix("\n\n") }
  var depth = 0
  var quotes = 0
  var straight = false
  var last: Character?
  for character in text {
    switch character {
    case "“", "「": quotes += 1
    case "”", "」": quotes = max(0, quotes - 1)
    case "\"" where quotes == 0: straight.toggle()
    case _ where quotes > 0 || straight: break
    case "（", "(": depth += 1
    case "）", ")": depth = max(0, depth - 1)
    default: break
    }
    if !character.isWhitespace { last = character }
  }
  if depth > 0 || quotes > 0 || straight {
    // An empty line sends what there is.
    return text.hasSuffix("\n")
  }
  return !(last.map { "，、；,且或×＋+÷".contains($0) } ?? false) || text.hasSuffix("\n")
}
