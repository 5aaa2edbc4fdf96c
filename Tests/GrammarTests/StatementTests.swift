import ArgumentParser
import Foundation
import PolicyREPL
import PolicySyntax
import PolicyText
import PolicyVerbs
import Testing

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

private let grammar = EBNF(
  (try? String(contentsOf: root.appending(path: "Grammar/Tiaoli.ebnf"), encoding: .utf8)) ?? "")

/// Statements of the prompt, by grammar and by reader.
@Suite struct StatementTests {
  private func words(_ rule: String) -> [String] {
    guard case .choice(let parts)? = grammar.rules[rule] else { return [] }
    return parts.map { part in
      guard case .terminal(let scalars) = part else { return "" }
      return String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) }))
    }
  }

  @Test func namesAreThoseOfTheTables() {
    for verb in Verbs.questions {
      let names = Verbs.names.filter { $0.verb == verb }.map(\.name)
      #expect(words("\(names[0].prefix(1).uppercased())\(names[0].dropFirst())Word") == names)
    }
    #expect(words("SupposeWord") == Statement.supposeNames && words("UndoWord") == Statement.undoNames)
    let commands = SessionCommand.allCases.flatMap(\.names).filter { $0 != "？" }
    #expect(words("commandWord") == commands)
    let all = Statement.names
    #expect(Set(all).count == all.count && Set(commands).count == commands.count, "a name stands twice")
  }

  /// Each has a Chinese and an English name, and a short form of each.
  @Test func everyStatementHasItsNames() {
    let all = Verbs.questions.map { verb in Verbs.names.filter { $0.verb == verb }.map(\.name) }
    for names in all + [Statement.supposeNames, Statement.undoNames] {
      let (english, chinese) = (names.filter { $0.utf8.count == $0.count }, names.filter { $0.utf8.count > $0.count })
      #expect(english.contains { !Verbs.isShort($0) } && english.contains { Verbs.isShort($0) }, "\(names)")
      #expect(chinese.contains { !Verbs.isShort($0) } && chinese.contains { $0.count == 1 }, "\(names)")
    }
    for command in SessionCommand.allCases {
      #expect(command.names[0].utf8.count > command.names[0].count && command.names.count > 2, "\(command)")
      #expect(command.names.dropFirst(2).allSatisfy { $0.count <= 2 }, "\(command)")
    }
  }

  /// A short form stands before a blank, and a declared name wins over it; beginnings only help a person.
  @Test func shortFormsAndBeginnings() {
    let vocabulary = Vocabulary(["部件数", "查"])
    func isVerb(_ text: String, prefixes: Bool = false, _ names: Vocabulary = Vocabulary()) -> Bool {
      if case .verb = Statement(text, prefixes: prefixes, vocabulary: names) { true } else { false }
    }
    #expect(isVerb("查 标准地") && isVerb("怎样 标准地 甲") && isVerb("q 标准地") && isVerb("查询标准地"))
    #expect(!isVerb("查标准地") && !isVerb("部件数") && !isVerb("查 ＋ 1", vocabulary))
    #expect(isVerb("统 标准地", prefixes: true) && isVerb("cou 标准地", prefixes: true) && !isVerb("cou 标准地"))
  }

  /// What a wrong name is nearest to, or a beginning may be, is told in the language that was typed.
  @Test func namesAreSuggestedInTheLanguageTyped() {
    func names(_ typed: String) -> [String] {
      switch SessionCommand.resolve(typed, interactive: true) {
      case .one(let command): [command.names[0]]
      case .several(let names): names
      case .none(let nearest): nearest
      }
    }
    #expect(names("slect") == ["select"] && names("选丁") == ["选定"] && names("lo") == ["加载"])
    #expect(
      names("sa") == ["save", "savecase"] && names("savec") == ["存案例"] && names("su") == ["主体"] && names("历") == ["历史"])
    #expect(names("re") + names("s") + names("sta") + names("hel") == ["重载", "选定", "状态", "帮助"])
  }

  /// Sentences made from the grammar are read as what they are.
  @Test func generatedStatementsAreRead() {
    let vocabulary = Vocabulary(SentenceGenerator.names)
    var generator = SentenceGenerator(grammar, seed: 20_241_125)
    let kinds: [(rule: String, fits: (Statement) -> Bool)] = [
      ("Question", { if case .verb = $0 { true } else { false } }),
      ("Supposition", { if case .suppose = $0 { true } else { false } }),
      ("UndoWord", { if case .undo = $0 { true } else { false } }),
      (
        "SessionCommand",
        {
          guard case .command(let name, _) = $0, case .one = SessionCommand.resolve(name, interactive: false) else {
            return false
          }
          return true
        }
      ),
      ("StoreCommand", { if case .command = $0 { true } else { false } }),
      ("Whole", { if case .expression = $0 { true } else { false } }),
    ]
    for (rule, fits) in kinds {
      for index in 0..<300 {
        let text = generator.sentence(rule, budget: 2 + index % 10)
        let statement = Statement(text, vocabulary: vocabulary)
        #expect(fits(statement), "\(rule): \(text) → \(statement)")
        if !fits(statement) { break }
      }
    }
  }

  /// What the pages and tests show being typed follows the grammar.
  @Test func transcriptsFollowTheGrammar() throws {
    var recogniser = Recogniser(grammar, names: nil)
    var count = 0
    for page in ["docs/repl.md", "README.md", "README.zh-CN.md"] {
      let text = try String(contentsOf: root.appending(path: page), encoding: .utf8)
      let lines = text.components(separatedBy: "\n")
      for (number, line) in lines.enumerated() {
        guard let prompt = line.range(of: "^(条理|tiaoli)(〔[^〕]*〕)?> ", options: .regularExpression) else { continue }
        var entry = String(line[prompt.upperBound...])
        for next in lines[(number + 1)...] {
          guard next.hasPrefix("  … ") else { break }
          entry += "\n" + next.dropFirst(4)
        }
        if ["退出", "帮助", "查巡 标准地供地探索", ":日其"].contains(entry) { continue }
        count += 1
        let prepared = PreparedLines(
          entry + "\n", blockWords: Keyword.table.filter { $0.role == .block }.flatMap { $0.zh })
        let follows = recogniser.accepts(prepared.scalars, as: "Statement")
        #expect(follows, "\(page):\(number + 1): \(entry)")
      }
    }
    #expect(count > 10)
  }
}
