import Foundation
import PolicyDiagnostics
import PolicySyntax
import PolicyText
import PolicyValues
import Testing

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

private let grammar: EBNF = {
  let text = (try? String(contentsOf: root.appending(path: "Grammar/Tiaoli.ebnf"), encoding: .utf8)) ?? ""
  return EBNF(text)
}()

@Suite struct GrammarFileTests {
  @Test func isWellFormed() {
    #expect(grammar.problems == [])
    #expect(grammar.unreachable == [])
    #expect(grammar.names.count > 300, "\(grammar.names.count) rules")
  }

  /// One rule a keyword, its words in the table's order, the English twins last.
  @Test func keywordsAreThoseOfTheTable() {
    var seen: Set<String> = []
    for entry in Keyword.table {
      let rule = upperSnake("\(entry.keyword)")
      seen.insert(rule)
      #expect(grammar.rules[rule].map(words) == entry.zh + entry.enWords, "rule \(rule)")
    }
    let others = Set(grammar.names.filter { $0 == $0.uppercased() }).subtracting(seen)
      .filter { !$0.hasSuffix("_WORD") && !$0.hasSuffix("_CLASS") }
    #expect(others == [])
  }

  @Test func wordsOfStrengthAreThoseOfTheTable() {
    var rows: [String] = []
    for name in grammar.names where name.hasSuffix("_WORD") && grammar.rules["\(name.dropLast(5))_CLASS"] != nil {
      guard case .choice(let pairs)? = grammar.rules[name] else { continue }
      for pair in pairs {
        let twins = words(pair)
        #expect(twins.count == 2)
        rows.append("\(name.dropLast(5).lowercased()) \(twins.joined(separator: " "))")
      }
    }
    #expect(Set(rows) == Set(ForceWord.table.map { "\($0.strength) \($0.word) \($0.en)" }))
    #expect(rows.count == ForceWord.table.count)
    for row in ForceWord.classNames {
      #expect(grammar.rules["\(row.strength.uppercased())_CLASS"].map(words) == [row.zh, row.en])
    }
  }

  @Test func unitsAreThoseOfTheTables() {
    #expect(Set(grammar.rules["unit"].map(words) ?? []) == spellings(PolicyValues.Unit.table))
    #expect(Set(grammar.rules["timeUnit"].map(words) ?? []) == spellings(PolicyValues.Unit.timeTable))
  }

  private func spellings(_ units: [PolicyValues.Unit]) -> Set<String> {
    Set(units.flatMap { [$0.name, $0.englishName] + $0.aliases }.map(folded))
  }

  private func folded(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.compactMap { Unicode.Scalar(foldingWidth($0.value)) }))
  }

  private func words(_ expression: EBNFExpression) -> [String] {
    switch expression {
    case .terminal(let scalars): [String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) }))]
    case .choice(let parts), .sequence(let parts): parts.flatMap(words)
    default: []
    }
  }

  private func upperSnake(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1)" : $1.uppercased() }
  }
}

@Suite struct GeneratedSentenceTests {
  private let seed: UInt64 = ProcessInfo.processInfo.environment["TIAOLI_SEED"].flatMap { UInt64($0) } ?? 20_241_124

  @Test func blocksParse() {
    let vocabulary = Vocabulary(SentenceGenerator.names)
    var generator = SentenceGenerator(grammar, seed: seed)
    print("seed \(seed)")
    var failures = 0
    for index in 0..<1600 {
      let text = generator.sentence("Block", budget: 4 + index % 12)
      if !reads(
        text, "block \(index), seed \(seed)",
        parse(SourceFile(path: "g.tiaoli", text: text), id: file, vocabulary: vocabulary))
      {
        failures += 1
        if failures > 5 { break }
      }
    }
  }

  @Test func expressionsParse() {
    let vocabulary = Vocabulary(SentenceGenerator.names)
    var generator = SentenceGenerator(grammar, seed: seed &+ 1)
    print("seed \(seed &+ 1)")
    var failures = 0
    for index in 0..<1600 {
      let text = generator.sentence("Whole", budget: 3 + index % 12)
      if !reads(
        text, "expression \(index), seed \(seed &+ 1)",
        parseExpression(SourceFile(path: "g", text: text), id: file, vocabulary: vocabulary))
      {
        failures += 1
        if failures > 5 { break }
      }
    }
  }

  private var file: FileID { var files = SourceFiles(); return files.add(SourceFile(path: "g.tiaoli", text: "")) }

  /// Whether the text is read without a remark, and its tokens in order are the text.
  private func reads(_ text: String, _ name: String, _ result: (tree: SyntaxTree, remarks: [Diagnostic])) -> Bool {
    let bytes = Array(text.utf8)
    var joined: [UInt8] = []
    for node in result.tree.nodes where node.kind.isToken { joined += bytes[Int(node.start)..<Int(node.end)] }
    let messages = result.remarks.map { "\($0.id.rawValue) \($0.primary.message.zh)" }
    #expect(messages == [], "\(name):\n\(text)")
    #expect(String(decoding: joined, as: UTF8.self) == text, "\(name) is not lossless")
    return messages.isEmpty && joined == bytes
  }
}

@Suite struct FixtureTests {
  /// Every rule file of the policies follows the grammar.
  @Test func ruleFilesFollowTheGrammar() throws {
    let folder = root.appending(path: "policies")
    let paths = try #require(FileManager.default.enumerator(atPath: folder.path())?.allObjects as? [String])
      .filter { $0.hasSuffix(".tiaoli") }.sorted()
    #expect(paths.count > 20)
    // Names are those of the policy that a file belongs to, with what it imports.
    var groups: [String: [String]] = [:]
    for path in paths { groups[policy(of: path), default: []].append(path) }
    let common = try groups["common", default: []].flatMap {
      declaredNames(in: Array(try Data(contentsOf: folder.appending(path: $0))))
    }
    let blockWords = Keyword.table.filter { $0.role == .block }.flatMap { $0.zh + [$0.en] }
    for (name, files) in groups.sorted(by: { $0.key < $1.key }) {
      let texts = try files.map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
      let names = texts.flatMap { declaredNames(in: Array($0.utf8)) } + (name.hasPrefix("tutorial") ? [] : common)
      var recogniser = Recogniser(grammar, names: names)
      for (path, text) in zip(files, texts) {
        let prepared = PreparedLines(text, blockWords: blockWords)
        let follows = recogniser.accepts(prepared.scalars, as: "File")
        let line = prepared.lines[min(recogniser.furthest, prepared.lines.count - 1)]
        #expect(follows, "\(path):\(line) is as far as the grammar goes")
      }
    }
  }

  private func policy(of path: String) -> String {
    let parts = path.split(separator: "/")
    return parts.prefix(parts.first == "tutorial" ? 2 : 1).joined(separator: "/")
  }

  /// Literals in all their spellings, by grammar and by reader.
  @Test(arguments: [
    (
      "quantity",
      [
        "3亿元", "３亿元", "3 亿元", "三亿元", "叁亿元", "3.0亿", "30,000万元", "1.5个百分点", "5％", "500元/人/月", "三分之一", "百分之五", "一百二十张",
        "三亿五千万", "二十张", "10%", "两", "十五人", "8000元/张",
      ]
    ),
    ("duration", ["3年", "半年", "一年半", "18个月", "20个工作日", "1年6个月", "30日", "两年"]),
    (
      "date",
      [
        "2025年12月31日", "2025年年底", "2025年底", "二○二二年十二月二十三日", "2025-12-31", "2023.6.1", "2025年上半年", "2025年第三季度",
        "2025年6月底", "2025年6月上旬", "２０２５年",
      ]
    ),
    (
      "address",
      [
        "三（三）", "三(三)", "三、（三）", "第三部分第（三）项", "三（三）第2句", "3.3", "第五条第二款第（一）项", "正文", "首部第1句", "尾部", "二、1", "第二章第一节",
        "（三）",
      ]
    ),
  ])
  func literals(rule: String, samples: [String]) {
    var recogniser = Recogniser(grammar, names: nil)
    for sample in samples {
      let accepted = recogniser.accepts(sample.unicodeScalars.map { foldingWidth($0.value) }, as: rule)
      #expect(accepted, "\(rule) \(sample)")
      let isRead: Bool =
        switch rule {
        case "quantity": (try? LiteralReader.quantity(sample)) != nil
        case "duration": (try? LiteralReader.duration(sample)) != nil
        case "date": (try? LiteralReader.date(sample)) != nil
        default: ClauseAddress.parse(sample) != nil
        }
      #expect(isRead, "\(rule) \(sample) is not read")
    }
  }
}
