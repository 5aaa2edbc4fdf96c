import PolicyDiagnostics
import PolicySyntax
import PolicyText
import Testing

/// The one table of reserved words.
@Suite struct KeywordTests {
  @Test func everyKeywordHasItsRow() {
    #expect(Keyword.table.count == Keyword.allCases.count)
    for keyword in Keyword.allCases {
      let entry = keyword.entry
      #expect(entry.keyword == keyword)
      #expect(!entry.zh.isEmpty && !entry.en.isEmpty && !entry.summary.isEmpty)
      #expect(entry.en.utf8.allSatisfy { $0 < 0x80 && $0 != 0x20 })
      #expect(entry.zh.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value > 0x2E80 } })
    }
  }

  /// Two words of one role would be one word; across roles the place tells them apart.
  @Test func wordsOfOneRoleDiffer() {
    for role in [Keyword.Role.block, .attribute, .type, .connective, .test, .arithmetic, .function, .verdict] {
      let rows = Keyword.table.filter { $0.role == role }
      let words = rows.flatMap { $0.zh + [$0.en] }
      #expect(Set(words).count == words.count, "\(role)")
    }
    for (block, labels) in LabelIndex.labels {
      let words = labels.flatMap { $0.entry.zh + [$0.entry.en] }
      #expect(Set(words).count == words.count, "\(block)")
    }
  }

  @Test func wordsOfStrengthDiffer() {
    let words = ForceWord.table.flatMap { [$0.word, $0.en] } + ForceWord.classNames.flatMap { [$0.zh, $0.en] }
    #expect(Set(words).count == words.count)
  }

  /// A block in English words has the tree of the Chinese one.
  @Test(arguments: [
    ("机关 甲：级别 市\n    别名：“乙”\n", "authority 甲: level city\n    alias: “乙”\n"),
    ("选项 甲（有序）：乙、丙\n    不排序：丁\n", "option 甲 (ordered): 乙、丙\n    unranked: 丁\n"),
    (
      "主体 甲：\n    乙：金额，问“几？”，由 丙 认定\n    丁：若干 甲\n",
      "kind 甲:\n    乙: money, ask “几？”, found-by 丙 finding\n    丁: many 甲\n"
    ),
    (
      "定义 甲（乙）：是否，限 一（一）\n    原文：“字”\n    读法 一种：丙 3亿元以上 且 非 丁\n    读法 两种：是\n",
      "definition 甲 (乙): yes-no, only-in 一（一）\n    quote: “字”\n    reading 一种: 丙 3亿元 or-more and not 丁\n    reading 两种: yes\n"
    ),
    ("归类 甲（乙 的 丙）：\n    是：丁\n    分歧：戊\n", "classification 甲 (乙 of 丙):\n    yes: 丁\n    disputed: 戊\n"),
    (
      "措施 甲：\n    对象：乙\n    承办：未规定\n    条件：丙 为 丁、戊 等 或 己 不足 3亿元\n    期限：庚 在 2025年年底 以前\n    可以：办\n    出资：辛，比例 未规定\n    金额：较小值（壬，癸） × 5%，最高 3万元\n    时限：未规定\n",
      "measure 甲:\n    for: 乙\n    actor: unstated\n    when: 丙 is 丁、戊 etc or 己 less-than 3亿元\n    time-limit: 庚 on 2025年年底 before\n    may: 办\n    paid-by: 辛, share unstated\n    amount: lesser (壬, 癸) × 5%, capped-at 3万元\n    deadline: unstated\n"
    ),
    ("组合 甲（同一乙）：\n    成员：丙、丁\n    规则：就高不重复\n", "group 甲 (same 乙):\n    members: 丙、丁\n    rule: highest-only\n"),
    (
      "案例 甲：\n    查询日期：2024年6月1日\n    乙：丙 3亿元\n    预期：丁 符合，金额 3万元\n",
      "case 甲:\n    as-of: 2024年6月1日\n    乙: 丙 3亿元\n    expect: 丁 holds, amount 3万元\n"
    ),
    ("不入规则 一（一）第1句：目标\n", "unruled 一（一）第1句: goal\n"),
  ])
  func englishTwins(_ zh: String, _ en: String) {
    let names = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "一种", "两种"]
    let (one, first) = tree(Array(zh.utf8), names: names)
    let (two, second) = tree(Array(en.utf8), names: names)
    #expect(first.isEmpty && second.isEmpty, "\((first + second).map(\.primary.message.zh))")
    #expect(kinds(one) == kinds(two))
  }

  /// Kinds, and which keywords, without the words themselves.
  private func kinds(_ tree: SyntaxTree) -> [String] {
    tree.nodes.filter { !$0.kind.isTrivia }.map { node in
      // 金额 is an attribute or a type, which English tells apart.
      if node.kind == .keyword, let keyword = Keyword(rawValue: UInt8(truncatingIfNeeded: node.detail)),
        node.detail < 256
      {
        return "keyword \(keyword.entry.zh[0])"
      }
      return "\(node.kind) \(node.kind.isToken ? 0 : node.detail)"
    }
  }
}
