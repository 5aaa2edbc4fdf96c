import SeededRandom

/// Makes sentences of a grammar from a seed, with a fixed vocabulary for the words of texts.
struct SentenceGenerator {
  private let grammar: EBNF
  private var random: SeededGenerator
  private var depths: [String: Int] = [:]
  private var output = ""
  private var atLineStart = true
  private var spaces = true
  /// Whether Chinese words stand without spaces between them.
  private var isTight = false
  /// Whether the last word was a number, a date or a length of time, and whether two of them met.
  private var afterLiteral = false
  private var literalsMeet = false

  static let names = [
    "项目", "机构", "贷款", "投资额", "床位数", "完工日期", "康养项目", "建设补助", "县区", "临江县", "望山县", "市财政局", "办法",
    "各县（市、区）人民政府", "规划和自然资源局", "清单", "低保标准", "每床标准", "虚政发〔2024〕1号", "A类",
  ]
  /// What stands for the words of a text; the rest of the grammar is spelled out.
  private static let samples: [String: [String]] = [
    "name": names,
    "quotedName": ["「规划和自然资源局」", "「项目」"],
    "quoted": ["“原话”", "“实行“一企一策”的”", "\"words\"", "“第一句。第二句”"],
    "quantity": ["3亿元", "30000万元", "三亿元", "50%", "5个百分点", "20张", "8000元/张", "９,000元", "三", "12", "1.5亿元", "百分之五"],
    "duration": ["1年", "半年", "20个工作日", "18个月", "30日"],
    "date": ["2025年12月31日", "2025年年底", "2025-12-31", "２０２５年６月", "二○二五年", "2025年上半年"],
    "EveryYear": ["每年3月1日"],
    "address": ["三（三）", "三(三)", "三、（三）", "第三部分第（三）项", "三（三）第2句", "第五条第二款", "正文", "首部"],
    "year": ["2025"],
    "clauseTitle": ["财政政策", "附则"],
    "target": [" 标准地", " 怀仁医养", " “甲 乙”", " 「项目」", " A类"],
    "option": [" --format json", " --as-of 2024-06-01", " --lang en"],
    "commandWord": ["帮助", "help", "选定", "s", "输出"],
    "caseName": ["刚好二十张", "甲", "case one"],
    "effect": ["一次性建设补助", "“一企一策”“一事一议”", "按办法执行"],
    "headCell": [" 标准 ", "每张"],
    "unit": ["张", "人", "元"],
  ]
  private static let blocks: Set<String> = [
    "Document", "Authority", "Option", "Kind", "Definition", "Classification", "Clause", "Hole", "Filling", "Measure",
    "DecisionTable", "Tiers", "Group", "Parameter", "NameList", "Calendar", "Ruling", "Case", "Unruled", "Import",
    "Record",
  ]

  init(_ grammar: EBNF, seed: UInt64) {
    self.grammar = grammar
    random = SeededGenerator(seed: seed)
    var changed = true
    while changed {
      changed = false
      for name in grammar.names {
        guard let depth = depth(of: grammar.rules[name]!), depth + 1 < depths[name] ?? .max else { continue }
        depths[name] = depth + 1
        changed = true
      }
    }
  }

  /// One sentence of a rule; `budget` bounds how deep it goes before it takes the shortest way out.
  mutating func sentence(_ rule: String, budget: Int) -> String {
    // Literals take as much as they can, so two that meet may be read as one.
    repeat {
      (output, atLineStart, afterLiteral, literalsMeet) = ("", true, false, false)
      spaces = random.below(4) != 0
      isTight = !spaces && random.below(2) == 0
      emit(rule, budget)
    } while literalsMeet
    return output
  }

  private func depth(of expression: EBNFExpression) -> Int? {
    switch expression {
    case .terminal, .characters, .rule("Eol"): return 0
    case .rule(let name): return SentenceGenerator.samples[name] != nil ? 0 : depths[name]
    case .sequence(let parts):
      var deepest = 0
      for part in parts {
        guard let depth = depth(of: part) else { return nil }
        deepest = max(deepest, depth)
      }
      return deepest
    case .choice(let parts): return parts.compactMap { depth(of: $0) }.min()
    case .optional: return 0
    case .many(let inner, let atLeastOne): return atLeastOne ? depth(of: inner) : 0
    }
  }

  private mutating func emit(_ rule: String, _ budget: Int) {
    if SentenceGenerator.blocks.contains(rule), output.hasSuffix("\n    ") { output.removeLast(4) }
    if let samples = SentenceGenerator.samples[rule] {
      let isLiteral = ["quantity", "duration", "date", "EveryYear", "year", "unit"].contains(rule)
      if isLiteral, afterLiteral { literalsMeet = true }
      word(samples[random.below(samples.count)])
      afterLiteral = isLiteral
    } else {
      emit(grammar.rules[rule]!, budget - 1)
    }
  }

  private mutating func emit(_ expression: EBNFExpression, _ budget: Int) {
    switch expression {
    case .terminal(let scalars): word(String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) })))
    case .characters: break
    case .rule("Eol"):
      output += "\n    "
      atLineStart = true
    case .rule(let name): emit(name, budget)
    case .sequence(let parts): for part in parts { emit(part, budget) }
    case .choice(let parts): emit(choose(parts, budget), budget)
    case .optional(let inner): if budget > 0, random.below(2) == 0 { emit(inner, budget) }
    case .many(let inner, let atLeastOne):
      var count = budget > 0 ? random.below(3) : 0
      if atLeastOne { count = max(count, 1) }
      for _ in 0..<count { emit(inner, budget) }
    }
  }

  private mutating func choose(_ parts: [EBNFExpression], _ budget: Int) -> EBNFExpression {
    if budget > 0 {
      // English twins stand last in a keyword's rule and come up less often.
      if case .terminal? = parts.last, random.below(5) != 0 {
        return parts[random.below(max(1, parts.count - 1))]
      }
      return parts[random.below(parts.count)]
    }
    let shortest = parts.compactMap { depth(of: $0) }.min() ?? 0
    let short = parts.filter { depth(of: $0) == shortest }
    return short[random.below(short.count)]
  }

  /// Appends a word, parted from the one before it by a space where that is needed or chosen.
  private mutating func word(_ text: String) {
    // 50% / 天… begins like a rate per day.
    if afterLiteral, text == "/" { literalsMeet = true }
    let wasLiteral = afterLiteral || text.first?.isNumber == true
    if !atLineStart, let last = output.last, let first = text.first {
      let touches = isLatin(last) && isLatin(first)
      // Behind a short form of a statement a space has to stand.
      let isShortForm = output.count == 1 && last.isLetter && first.isLetter
      if isShortForm || touches || spaces && last != " " || needsSpace(last, first, wasLiteral) { output += " " }
    }
    atLineStart = false
    afterLiteral = false
    output += text
  }

  private func isLatin(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "-")
  }

  /// Digits and Chinese numerals would run together with what follows them.
  private func needsSpace(_ last: Character, _ first: Character, _ wasLiteral: Bool) -> Bool {
    if isTight, !wasLiteral, !last.isASCII, !first.isASCII { return false }
    let isPunctuation = first.isPunctuation || last.isPunctuation || first.isSymbol || last.isSymbol
    return !isPunctuation
  }
}
