import ArgumentParser
import PolicyDiagnostics

/// Puts the argument parser's fixed English phrases into Chinese; what the user typed stays as it is.
enum Localization {
  static func translate(_ text: String, _ language: Language) -> String {
    guard language == .zh else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { translateLine(String($0)) }
      .joined(separator: "\n")
  }

  private static let heads: [(String, String)] = [
    ("USAGE: ", "用法："), ("Usage: ", "用法："), ("OVERVIEW: ", "概述："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："),
    ("SUBCOMMANDS:", "子命令："), ("Error: ", "错误："), ("Help: ", "说明："),
  ]

  private static let phrases: [(String, String)] = [
    ("Show help information.", "显示帮助。"), ("Show the version.", "显示版本。"),
    ("Missing expected argument ", "缺少参数 "), ("Unknown option ", "没有选项 "), ("Unexpected argument ", "多余的参数 "),
    ("Missing value for ", "缺少选项的值："), (". Did you mean ", "。是不是 "),
    ("See 'tiaoli help <subcommand>' for detailed help.", "用“tiaoli help 子命令”查看详细帮助。"),
    ("  See '", "  见“"), ("' for more information.", "”。"),
    (" unexpected arguments: ", " 个多余的参数："), ("<subcommand>", "<子命令>"), ("[<options>]", "[<选项>]"),
  ]

  private static func translateLine(_ line: String) -> String {
    var line = line
    for (english, chinese) in heads where line.hasPrefix(english) {
      line = chinese + line.dropFirst(english.count)
      break
    }
    for (english, chinese) in phrases { line = replace(english, chinese, in: line) }
    return line
  }

  private static func replace(_ old: String, _ new: String, in text: String) -> String {
    let wanted = Array(old)
    var result: [Character] = []
    var rest = Array(text)[...]
    while !rest.isEmpty {
      if rest.starts(with: wanted) {
        result += Array(new)
        rest = rest.dropFirst(wanted.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return String(result)
  }
}

/// What the argument parser says of words that it can't take, in the language of the process.
package func localizedMessage(_ error: any Error) -> String {
  Localization.translate(TiaoliCommand.fullMessage(for: error), ProcessLanguage.current)
}
