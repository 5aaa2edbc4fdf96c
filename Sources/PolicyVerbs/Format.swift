package import ArgumentParser
import PolicyAnswers
import PolicyDiagnostics
import PolicyFormat
import PolicySyntax
import PolicyText
package import PolicyWorkspace

/// `format 整理`: spaces between words, keywords in one language.
package struct Format: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "format", ["整理", "整", "f"], "整理规则文件，或者在中文和英文关键词之间转换",
    "lay out rule files, or convert keywords between Chinese and English")
  package static let wordKinds: [WordKind] = []

  @OptionGroup package var common: CommonOptions
  @Option(help: help("关键词的语言：zh 或 en", "language of keywords: zh or en")) package var keywords: String?
  @Flag(help: help("写回文件；不写则显示结果", "write the files; otherwise the result is shown")) package var write = false
  @Flag(help: help("只检查，有文件要整理时以 1 退出", "only check, exit with 1 where a file would change")) package var check = false
  @Argument(help: help("规则文件夹或文件", "policies: folders or files")) package var words: [String] = []

  package init() {}

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    var language: KeywordLanguage?
    if let keywords {
      guard let wanted = KeywordLanguage(rawValue: keywords) else {
        throw VerbFailure("没有语言“\(keywords)”；可以是 zh 或 en", "there is no language “\(keywords)”; it can be zh or en")
      }
      language = wanted
    }
    if session.policies.remarks.contains(where: { $0.severity == .error && $0.id.isSyntactic }) {
      try refuseErrors(session)
    }
    var texts: [String] = []
    var changed: [String] = []
    for file in session.policies.syntax where session.policies.isAskedFor(file.source.path) {
      let text = format(file, keywords: language)
      if text != file.source.text { changed.append(file.source.path) }
      if write, text != file.source.text {
        do throws(FileFailure) { try FileSystem.write(text, to: file.source.path) } catch { throw VerbFailure(error) }
      }
      texts.append(text)
    }
    if check { return Answer(changed.joined(separator: "\n"), exit: changed.isEmpty ? .answered : .negative) }
    if write {
      return Answer(session.wording.say("整理了\(changed.count)个文件", "\(changed.count) files laid out"))
    }
    return Answer(texts.joined())
  }
}

extension DiagnosticID {
  /// Whether a remark of this id means that the text could not be read, so that laying it out could go wrong.
  fileprivate var isSyntactic: Bool { rawValue.hasPrefix("T00") || rawValue.hasPrefix("T01") }
}
