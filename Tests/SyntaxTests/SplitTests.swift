import PolicyDiagnostics
import PolicySyntax
import PolicyText
import Testing

/// How a run of characters without spaces is cut into words.
@Suite struct SplitTests {
  @Test func severalCutsAreKept() {
    let (tree, remarks) = expression("甲并且乙", names: ["甲", "甲并", "乙"])
    #expect(remarks.isEmpty)
    #expect(tree.alternatives.values.map(\.count) == [1])
    let (one, _) = expression("「甲并」且乙", names: ["甲", "甲并", "乙"])
    #expect(one.alternatives.isEmpty)
  }

  @Test func cutsThatDoNotParseFallAway() {
    // 甲并 且 followed by nothing that 且 could join; 并且 has 乙.
    let (tree, remarks) = expression("甲加5加减5", names: ["甲", "甲加"])
    #expect(!remarks.isEmpty && tree.alternatives.isEmpty)
    let (other, none) = expression("甲满20张且乙", names: ["甲", "甲满", "乙"])
    #expect(none.map(\.id) == [.missingText] && other.alternatives.isEmpty)
  }

  @Test func aNameWinsOverWordsInIt() {
    let (tree, remarks) = expression("依法且合规且甲", names: ["依法", "合规", "依法且合规", "甲"])
    #expect(remarks.isEmpty && tree.alternatives.isEmpty)
    #expect(tree.nodes.count { $0.kind == .nameUse } == 2)
  }

  @Test(arguments: [
    ("投资额3亿元以上且由银行贷款", "由银行贷款", "有银行贷款"), ("头资额3亿元以上", "头资额3亿元以上", "投资额"), ("有银行贷款且投资饿3亿元以上", "投资饿3亿元以上", "投资额"),
    ("投资额 三亿元 以上 且 有银航贷款", "有银航贷款", "有银行贷款"),
  ])
  func unknownNames(_ text: String, _ rest: String, _ near: String) throws {
    let (tree, remarks) = expression(text, names: ["投资额", "有银行贷款"])
    try #require(remarks.map(\.id) == [.unknownName], "\(remarks)")
    let span = remarks[0].primary.span
    #expect(text.utf8.dropFirst(Int(span.start)).prefix(Int(span.end - span.start)).elementsEqual(rest.utf8))
    #expect(remarks[0].help.first?.zh.contains("“\(near)”") == true)
    let readable = text.prefix(text.count - rest.count)
    if !readable.isEmpty { #expect(remarks[0].primary.message.zh.hasPrefix("读到“")) }
    #expect(flaw(in: tree, of: text.utf8.count) == nil)
  }

  /// The best prefix counts, not the first one: 甲 alone leads nowhere, 甲乙 gets further.
  @Test func theLongestReadablePrefix() {
    let (_, remarks) = expression("甲乙且丙丁且戊", names: ["甲", "甲乙", "丙", "丙丁"])
    #expect(remarks.map(\.id) == [.unknownName])
    #expect(remarks.first?.primary.message.zh == "读到“甲乙 且 丙丁 且”为止；“戊”没有声明")
  }

  @Test func marksAndNumbersThatMeanNothing() {
    #expect(expression("甲≧20张", names: ["甲"]).remarks.map(\.id) == [.unexpectedCharacter])
    #expect(expression("甲 20.5.5张以上", names: ["甲"]).remarks.map(\.id) == [.malformedNumber])
    #expect(
      expression("甲 " + String(repeating: "9", count: 60) + "元以上", names: ["甲"]).remarks.map(\.id) == [.malformedNumber]
    )
  }

  @Test func manyNames() {
    // 10 000 names that share long beginnings, all of them used, and 200 KB of one run.
    let names = (0..<10_000).map { "康养产业发展引导项目第\($0)号指标" }
    let one = (0..<10_000).map { names[($0 * 7919) % 10_000] }.joined(separator: "且")
    #expect(one.utf8.count > 400_000)
    let (tree, remarks) = expression(one, names: names)
    #expect(remarks.isEmpty && tree.alternatives.isEmpty)
    #expect(tree.nodes.count { $0.kind == .nameUse } == 10_000)
    #expect(flaw(in: tree, of: one.utf8.count) == nil)
  }

  @Test func hopelessRunsEnd() {
    // Every place could begin a name, and no cut uses the whole run.
    let names = ["甲", "甲甲", "甲甲甲", "甲且", "且甲", "甲且甲"]
    for text in [
      String(repeating: "甲且", count: 20_000) + "乙", String(repeating: "甲", count: 20_000),
      String(repeating: "甲并且", count: 5000),
    ] {
      let (tree, _) = expression(text, names: names)
      #expect(flaw(in: tree, of: text.utf8.count) == nil)
    }
  }

  @Test func manyAmbiguousRunsAreCutOff() {
    let text = Array(repeating: "甲并且乙", count: 200).joined(separator: " 且 ")
    let (tree, remarks) = expression(text, names: ["甲", "甲并", "乙"])
    #expect(remarks.isEmpty)
    #expect(tree.alternatives.values.allSatisfy { $0.count < 64 })
  }
}
