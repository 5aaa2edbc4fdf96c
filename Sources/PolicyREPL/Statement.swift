package import PolicySyntax
import PolicyText
package import PolicyVerbs
import PolicyWorkspace

/// What an entry at the prompt asks for.
package enum Statement {
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
  /// A first word that several statements begin with.
  case ambiguous(String, [String])
  /// A quote that isn't closed.
  case openQuote(Character)

  package static let supposeNames = ["假设", "设", "suppose", "s"]
  package static let undoNames = ["撤销", "撤", "undo", "u"]
  static let commandNames = SessionCommand.allCases.flatMap(\.bareNames)

  /// The names of all statements.
  package static var names: [String] { Verbs.names.map(\.name) + supposeNames + undoNames + commandNames }

  /// Reads an entry. Statements begin with the Chinese or English name of a verb, spaced or, in Chinese, not.
  ///
  /// - Parameters:
  ///   - prefixes: Whether a beginning that only one statement has stands for it.
  ///   - vocabulary: The names of the rules; they win over short forms and beginnings, and over a statement's name that
  ///     they begin with.
  package init(_ entry: String, prefixes: Bool = false, vocabulary: Vocabulary = Vocabulary()) {
    let text = entry.trimmed
    guard let first = text.first, first != "#", first != "＃" else {
      self = .nothing
      return
    }
    if first == ":" || first == "：" {
      var words = splitWords(String(text.dropFirst()))
      let name = words.isEmpty ? "" : words.removeFirst()
      self = unclosedQuote(in: text).map { .openQuote($0) } ?? .command(name, words)
      return
    }
    if let word = Statement.bareWords[text] {
      self = .command(word, [])
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
    let statement = Statement.named(text, prefixes: prefixes, vocabulary) ?? .expression(text)
    switch statement {
    case .verb, .command: self = unclosedQuote(in: text).map { .openQuote($0) } ?? statement
    default: self = statement
    }
  }

  private static let bareWords = [
    "退出": "退出", "exit": "退出", "quit": "退出", "帮助": "帮助", "help": "帮助", "?": "帮助", "？": "帮助",
  ]

  private static func named(_ text: String, prefixes: Bool, _ vocabulary: Vocabulary) -> Statement? {
    // An English word ends where no letter follows, a Chinese one at a blank or quote.
    let isEnglish = text.first?.isASCII == true
    let word = String(text.prefix { isEnglish ? $0.isASCII && ($0.isLetter || $0 == "-") : !isGap($0) })
    let rest = String(text.dropFirst(word.count)).trimmed
    let longest = vocabulary.longestName(atHeadOf: text)
    let isName = longest > word.count || Verbs.isShort(word) && longest == word.count
    if !isName, let statement = Statement(name: word, rest) { return statement }
    // Unspaced Chinese: the longest name that the line begins with.
    if let name = wordsAtHead(of: text, vocabulary).max(by: { $0.count < $1.count }) {
      return Statement(name: name, String(text.dropFirst(name.count)).trimmed)
    }
    guard prefixes, !word.isEmpty, vocabulary.number(of: word) == nil else { return nil }
    return beginning(word, rest)
  }

  /// The statement that a name begins; nil for any other word.
  private init?(name: String, _ rest: String) {
    if Statement.supposeNames.contains(name) {
      self = .suppose(rest)
    } else if Statement.undoNames.contains(name) {
      if !rest.isEmpty { return nil }
      self = .undo
    } else if Statement.commandNames.contains(name) {
      self = .command(name, splitWords(rest))
    } else if let (_, verb) = Verbs.names.first(where: { $0.name == name }) {
      self = .verb(verb, splitWords(rest))
    } else {
      return nil
    }
  }

  private static func isSame(_ one: String, _ other: String) -> Bool {
    switch (Statement(name: one, ""), Statement(name: other, "")) {
    case (.verb(let one, _), .verb(let other, _)): one == other
    case (.suppose, .suppose), (.undo, .undo): true
    case (.command(let one, _), .command(let other, _)): one == other
    default: false
    }
  }

  /// The Chinese names that a text begins with, unless a longer name of the rules stands there (查询日期).
  static func wordsAtHead(of text: String, _ vocabulary: Vocabulary = Vocabulary()) -> [String] {
    let words = names.filter { !$0.isASCII && !Verbs.isShort($0) && text.hasPrefix($0) }
    guard !words.isEmpty else { return [] }
    let keyword = Keyword.asOf.entry.zh.filter { text.hasPrefix($0) }.map(\.count).max() ?? 0
    let longest = max(keyword, vocabulary.longestName(atHeadOf: text))
    return words.filter { $0.count >= longest }
  }

  /// What follows a name at the head of a text: anything behind a whole Chinese name, else a blank; nil where it isn't there.
  static func rest(of text: String, after name: String) -> Substring? {
    guard text.hasPrefix(name) else { return nil }
    let rest = text.dropFirst(name.count)
    let isOpen = !name.isASCII && !Verbs.isShort(name)
    return isOpen || rest.first.map(isGap) ?? true ? rest : nil
  }

  /// Whether a character ends a word: a blank or the beginning of a quote.
  private static func isGap(_ character: Character) -> Bool { character.isWhitespace || "“\"「".contains(character) }

  /// The statement whose name, or a beginning of it with a blank behind, stands at the head of a text, and what stands there.
  static func head(of text: String, _ vocabulary: Vocabulary) -> (typed: String, statement: Statement)? {
    let whole = names.filter { rest(of: text, after: $0) != nil }.max { $0.count < $1.count }
    if let whole, let statement = Statement(name: whole, "") { return (whole, statement) }
    let word = String(text.prefix { !$0.isWhitespace })
    guard !word.isEmpty, vocabulary.number(of: word) == nil, let statement = beginning(word, "") else { return nil }
    return (word, statement)
  }

  /// The statement that a beginning of its name stands for; ambiguous where several have it.
  private static func beginning(_ word: String, _ rest: String) -> Statement? {
    let fitting = names.filter { !Verbs.isShort($0) && $0.hasPrefix(word) }
    guard let first = fitting.first else { return nil }
    return fitting.allSatisfy { isSame($0, first) } ? Statement(name: first, rest) : .ambiguous(word, fitting)
  }
}

/// The words of a line; “…”, "…" and 「…」 keep white space together.
func splitWords(_ line: String) -> [String] { cut(line).words }

/// The mark of a quote that a line opens and doesn't close.
func unclosedQuote(in line: String) -> Character? { cut(line).open }

private func cut(_ line: String) -> (words: [String], open: Character?) {
  var words: [String] = []
  var current = ""
  var open: (mark: Character, closing: Character)?
  var isQuoted = false
  for character in line {
    if let quote = open {
      if character == quote.closing { open = nil } else { current.append(character) }
      continue
    }
    switch character {
    case "“": (open, isQuoted) = (("“", "”"), true)
    case "\"": (open, isQuoted) = (("\"", "\""), true)
    case "「": (open, isQuoted) = (("「", "」"), true)
    case _ where character.isWhitespace:
      if !current.isEmpty || isQuoted { words.append(current) }
      (current, isQuoted) = ("", false)
    default: current.append(character)
    }
  }
  if !current.isEmpty || isQuoted { words.append(current) }
  return (words, open?.mark)
}

extension String {
  var trimmed: String {
    var text = Substring(self)
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }

  var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}
