import ArgumentParser
import LineEditing
import PolicyAnswers
import PolicyDiagnostics
import PolicyIR
import PolicyText
import PolicyVerbs
import PolicyWorkspace

/// Completes the word before the cursor: commands after a colon, verbs at the start, then names.
struct Completer {
  let session: Session

  func complete(_ text: String, at cursor: Int) -> Completion {
    let bytes = Array(text.utf8)
    let cursor = min(max(cursor, 0), bytes.count)
    let before = String(decoding: bytes[..<cursor], as: UTF8.self)
    let word = String(before.reversed().prefix { !$0.isWhitespace && !"，、；“”（）()\"".contains($0) }.reversed())
    let start = cursor - word.utf8.count
    let candidates = names(for: word, isFirst: before.count == word.count)
      .filter { $0.0.hasPrefix(word) || word.isEmpty }
    var seen: Set<String> = []
    return Completion(
      replacing: start..<cursor,
      candidates: candidates.filter { seen.insert($0.0).inserted }.map { Candidate($0.0, detail: $0.1) })
  }

  private func names(for word: String, isFirst: Bool) -> [(String, String)] {
    let say = session.wording.say
    if isFirst, let mark = word.first, mark == ":" || mark == "：" {
      return SessionCommand.allCases.flatMap { command in
        command.names.prefix(2).map { (String(mark) + $0, command.summary[session.language]) }
      }
    }
    var result: [(String, String)] = []
    if isFirst {
      result += Verbs.names.map { ($0.name, $0.verb.configuration.abstract) }
      result += [("假设", ""), ("撤销", "")]
    }
    let program = session.program
    result += program.measures.map { ($0.name, say("措施", "measure")) }
    result += session.subjects.map { ($0.id, say("主体", "subject")) }
    result += program.clauses.map { ($0.address.description, $0.title ?? "") }
    result += program.authorities.map { ($0.name, say("机关", "authority")) }
    result += program.fields.map { ($0.name, say("字段", "fact")) }
    result += program.definitions.map { ($0.name, say("定义", "definition")) }
    result += program.optionTypes.flatMap { option in option.values.map { ($0.name, option.name) } }
    return result
  }
}
