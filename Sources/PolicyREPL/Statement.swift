import PolicyVerbs
import PolicyWorkspace

/// What a line at the prompt asks for.
enum Statement {
  case nothing
  /// `:加载 …` — a session command with its words.
  case command(String, [String])
  /// A verb with its words: `为何 市县一次性建设补助 甲`.
  case verb(any Verb.Type, [String])
  /// `假设 备案总投资 3亿元`
  case suppose(String)
  /// `撤销`
  case undo
  /// A block of the language: a rule, a definition, a parameter.
  case declaration(String)
  /// Anything else: an expression about the selected subject.
  case expression(String)

  /// Reads an entry. Statements begin with the Chinese or English name of a verb, spaced or, in Chinese, not.
  init(_ entry: String) {
    let text = entry.trimmed
    guard let first = text.first, first != "#", first != "＃" else {
      self = .nothing
      return
    }
    if first == ":" || first == "：" {
      var words = splitWords(String(text.dropFirst()))
      let name = words.isEmpty ? "" : words.removeFirst()
      self = .command(name, words)
      return
    }
    if let word = Statement.bareWords[text] {
      self = .command(word, [])
      return
    }
    if text == "撤销" || text == "undo" {
      self = .undo
      return
    }
    for name in ["假设", "suppose "] where text.hasPrefix(name) {
      self = .suppose(String(text.dropFirst(name.count)).trimmed)
      return
    }
    // 条款, 机关 and 措施 are questions where no colon makes them a declaration.
    let isBlock =
      Session.declares(text)
      && text.split(whereSeparator: \.isNewline).first.map { line in
        line.contains("：") || line.contains(":")
      } == true
    if isBlock {
      self = .declaration(text)
      return
    }
    self = Statement.verb(in: text) ?? .expression(text)
  }

  private static let bareWords = [
    "退出": "退出", "exit": "退出", "quit": "退出", "帮助": "帮助", "help": "帮助", "?": "帮助", "？": "帮助",
  ]

  private static func verb(in text: String) -> Statement? {
    let word = String(text.prefix { !$0.isWhitespace })
    if let (_, verb) = Verbs.names.first(where: { $0.name == word }) {
      return .verb(verb, splitWords(String(text.dropFirst(word.count))))
    }
    // Unspaced Chinese: the longest name that the line begins with.
    let fitting = Verbs.names.filter { !$0.name.utf8.allSatisfy { $0 < 0x80 } && text.hasPrefix($0.name) }
    guard let (name, verb) = fitting.max(by: { $0.name.count < $1.name.count }) else { return nil }
    return .verb(verb, splitWords(String(text.dropFirst(name.count))))
  }
}

/// The words of a line; “…”, "…" and 「…」 keep white space together.
func splitWords(_ line: String) -> [String] {
  var words: [String] = []
  var current = ""
  var closing: Character?
  var isQuoted = false
  for character in line {
    if let end = closing {
      if character == end { closing = nil } else { current.append(character) }
      continue
    }
    switch character {
    case "“": (closing, isQuoted) = ("”", true)
    case "\"": (closing, isQuoted) = ("\"", true)
    case "「": (closing, isQuoted) = ("」", true)
    case _ where character.isWhitespace:
      if !current.isEmpty || isQuoted { words.append(current) }
      (current, isQuoted) = ("", false)
    default: current.append(character)
    }
  }
  if !current.isEmpty || isQuoted { words.append(current) }
  return words
}

extension String {
  var trimmed: String {
    var text = Substring(self)
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
