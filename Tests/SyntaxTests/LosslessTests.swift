import PolicySyntax
import PolicyText
import Testing

/// The tokens of a tree, in order, are the file: for whole files, for their beginnings, and with a token taken out.
@Suite struct LosslessTests {
  /// Every prefix and every removal in release; a debug build, being some ten times slower, takes a part of them.
  #if DEBUG
    static let step = 17
  #else
    static let step = 1
  #endif
  static let short = 4096

  @Test func thereAreRuleFiles() { #expect(RuleFiles.paths.count >= 100) }

  @Test(arguments: RuleFiles.paths) func wholeFile(_ path: String) throws {
    let bytes = try RuleFiles.bytes(path)
    #expect(flaw(in: tree(bytes).tree, of: bytes.count) == nil)
  }

  @Test(arguments: RuleFiles.paths) func everyPrefix(_ path: String) throws {
    let bytes = try RuleFiles.bytes(path)
    guard bytes.count <= Self.short else { return }
    for length in stride(from: 0, through: bytes.count, by: Self.step) {
      let prefix = Array(bytes.prefix(length))
      if let flaw = flaw(in: tree(prefix).tree, of: length) {
        Issue.record("the first \(length) bytes: \(flaw)")
        return
      }
    }
  }

  @Test(arguments: RuleFiles.paths) func withoutAnyToken(_ path: String) throws {
    let bytes = try RuleFiles.bytes(path)
    guard bytes.count <= Self.short else { return }
    let tokens = tree(bytes).tree.nodes.filter { $0.kind.isToken }
    for index in stride(from: 0, to: tokens.count, by: Self.step) {
      let token = tokens[index]
      let rest = Array(bytes[..<Int(token.start)] + bytes[Int(token.end)...])
      if let flaw = flaw(in: tree(rest).tree, of: rest.count) {
        Issue.record("without bytes \(token.start)..<\(token.end): \(flaw)")
        return
      }
    }
  }

  @Test func seededCutsOfLongFiles() throws {
    let seed = UInt64.random(in: 0..<1_000_000)
    print("seed of the cuts: \(seed)")
    var random = SplitMix(seed: seed)
    let files = try RuleFiles.paths.map { try RuleFiles.bytes($0) }.filter { $0.count > Self.short }
    try #require(!files.isEmpty)
    for round in 0..<max(500 / Self.step, 60) {
      let bytes = files[round % files.count]
      let start = random.below(bytes.count)
      let cut = start..<min(bytes.count, start + random.below(round % 3 == 0 ? bytes.count : 40))
      let rest = Array(bytes[..<cut.lowerBound] + bytes[cut.upperBound...])
      if let flaw = flaw(in: tree(rest).tree, of: rest.count) {
        Issue.record("seed \(seed), round \(round), without \(cut): \(flaw)")
        return
      }
    }
  }

  /// Pieces of the language in any order, and bytes of any kind.
  @Test func anythingWhatever() {
    let seed = UInt64.random(in: 0..<1_000_000)
    print("seed of the soup: \(seed)")
    var random = SplitMix(seed: seed)
    let pieces = [
      "措施 ", "主体 ", "定义 甲（主体）：", "条款 一（一） ", "原文：“", "”", "「", "」", "（", "）", "(", ")", "\n", "\n    ", "：", ":",
      "，", "、", "；", "|", "｜", "且", "或", "非", "以上", "3亿元", "2025年年底", "二级", "#", "＃", "\t", "　", "\r\n", "—", "×", "《",
      "》",
      "〔", "〕", "条件", "金额", "when", "and", "若", "则", "否则", "的", "于", "为", "等", "甲", "乙丙", "\"", "𠮷", "\u{FEFF}", "\0",
      "-", "÷",
    ]
    for round in 0..<(2000 / Self.step) {
      var bytes: [UInt8] = []
      for _ in 0..<random.below(120) {
        if random.below(20) == 0 {
          bytes.append(UInt8(random.below(256)))
        } else {
          bytes += Array(pieces[random.below(pieces.count)].utf8)
        }
      }
      if let flaw = flaw(in: tree(bytes, names: ["甲", "甲且乙", "乙", "乙丙", "丙"]).tree, of: bytes.count) {
        Issue.record(
          "seed \(seed), round \(round): \(flaw) in \(String(decoding: bytes, as: UTF8.self).debugDescription)")
        return
      }
    }
  }

  @Test(arguments: ["（", "(", "“", "「", "非 ", "若 甲 则 ", "甲 且 （", "较小值（", "至少 1 项（", "甲 的 ", "《", "|"])
  func nestingDoesNotCrash(_ piece: String) {
    for text in [
      String(repeating: piece, count: 5000), "措施 甲：\n    条件：" + String(repeating: piece, count: 5000) + "\n措施 乙：\n",
    ] {
      #expect(flaw(in: tree(Array(text.utf8), names: ["甲"]).tree, of: text.utf8.count) == nil)
      #expect(flaw(in: expression(text, names: ["甲"]).tree, of: text.utf8.count) == nil)
    }
  }
}
