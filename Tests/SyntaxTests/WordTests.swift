import PolicyDiagnostics
import PolicySyntax
import PolicyText
import Testing

/// How single words, literals, quotes and addresses are read.
@Suite struct WordTests {
  private func words(_ text: String, _ names: [String]) -> [String] {
    let (tree, _) = expression(text, names: names)
    let bytes = Array(text.utf8)
    return tree.nodes.filter { $0.kind.isToken && !$0.kind.isTrivia }.map { node in
      "\(node.kind):" + bytes.string(ByteRange(start: Int(node.start), end: Int(node.end)))
    }
  }

  private func items(_ text: String, _ names: [String]) -> [String] {
    let file = SourceFile(path: "例", text: text)
    let (tree, _) = parseItems(file, id: FileID(rawValue: 0), vocabulary: Vocabulary(names))
    return tree.nodes.filter { $0.kind.isToken && !$0.kind.isTrivia }.map { node in
      "\(node.kind):" + file.bytes.string(ByteRange(start: Int(node.start), end: Int(node.end)))
    }
  }

  @Test func datesAndBounds() {
    #expect(words("完工日期在2025年年底以前", ["完工日期"]) == ["name:完工日期", "keyword:在", "date:2025年年底", "keyword:以前"])
    #expect(words("完工日期在二○二五年年底前", ["完工日期"]) == ["name:完工日期", "keyword:在", "date:二○二五年年底", "keyword:前"])
    #expect(words("医院等级二级以上", ["医院等级", "二级"]) == ["name:医院等级", "name:二级", "keyword:以上"])
    #expect(words("经营时间满1年", ["经营时间"]) == ["name:经营时间", "keyword:满", "numeral:1年"])
    #expect(words("投资额三亿元及以上", ["投资额"]) == ["name:投资额", "numeral:三亿元", "keyword:及以上"])
  }

  @Test func quotesOfAllKinds() {
    #expect(
      items("“一企一策”、\"直\"、「甲 乙」", ["甲乙"]) == [
        "quoted:“一企一策”", "punctuation:、", "quoted:\"直\"", "punctuation:、", "quotedName:「甲 乙」",
      ])
    #expect(items("“实行“一企一策””、“外“中“内”中”外”", []) == ["quoted:“实行“一企一策””", "punctuation:、", "quoted:“外“中“内”中”外”"])
    #expect(items("“，、：#且”", []) == ["quoted:“，、：#且”"])
    #expect(items("《条例“甲”》", []) == ["text:《条例“甲”》"])
  }

  @Test func quotesRunOverLinesAndHoldAnything() {
    let text = "措施 甲：\n    原文：“第一行，\n条件：不是标签 # 不是注释\n第三行”\n    给予：乙\n"
    let (tree, remarks) = tree(Array(text.utf8))
    #expect(remarks.isEmpty)
    #expect(tree.nodes.count { $0.kind == .quoted } == 1 && tree.nodes.count { $0.kind == .line } == 2)
    #expect(!tree.nodes.contains { $0.kind == .comment })
  }

  @Test(arguments: ["三（三）", "三(三)", "三、（三）", "三、(三)", "第三部分第（三）项", "第三部分（三）", "“三（三）”"])
  func addressesAreOneKey(_ text: String) {
    #expect(ClauseAddress.parse(text) == ClauseAddress([.part(3), .item(3)]))
    let block = "条款 \(text) 财政政策：\n    责任单位：市财政局\n"
    guard !text.hasPrefix("“") else { return }
    let (tree, remarks) = tree(Array(block.utf8), names: ["市财政局"])
    #expect(remarks.isEmpty, "\(remarks.map(\.primary.message.zh))")
    let address = tree.nodes.first { $0.kind == .address }
    #expect(address.map { block.utf8.prefix(Int($0.end)).dropFirst(Int($0.start)).elementsEqual(text.utf8) } == true)
  }

  @Test func sentencesOfClauses() {
    for text in ["三（三）第2句", "三(三)第二句", "三、（三）第2句", "第三部分第（三）项第2句"] {
      #expect(ClauseAddress.parse(text) == ClauseAddress([.part(3), .item(3)], sentence: 2), "\(text)")
    }
    #expect(items("限 三（三）", []) == ["keyword:限", "address:三（三）"])
    #expect(items("一“各类机构”", []) == ["address:一", "quoted:“各类机构”"])
    #expect(
      items("金额 2.8亿元，应付 16万元", []) == ["keyword:金额", "numeral:2.8亿元", "punctuation:，", "keyword:应付", "numeral:16万元"])
  }

  @Test func namesHoldKeywordsAndMarks() {
    let names = ["市规划和自然资源局", "各县（市、区）人民政府", "市财政局", "不满意", "第三方或担保"]
    #expect(
      items("市财政局、市规划和自然资源局、各县(市、区)人民政府", names) == [
        "name:市财政局", "punctuation:、", "name:市规划和自然资源局", "punctuation:、", "name:各县(市、区)人民政府",
      ])
    #expect(words("不满意且第三方或担保", names) == ["name:不满意", "keyword:且", "name:第三方或担保"])
    let half = Vocabulary(["各县(市、区)人民政府"])
    #expect(half.number(of: "各县（市、区）人民政府") == 0 && half.number(of: "各县（市，区）人民政府") == nil)
  }

  @Test func linesGoOn() {
    for text in [
      "甲，\n乙", "甲、\n乙", "甲；\n乙", "甲且\n乙", "甲或\n乙", "甲\n    且 乙", "甲\n或乙", "甲 and\n乙", "甲\nor 乙", "（甲\n乙）", "“甲\n乙”",
      "甲 ×\n乙", "甲＋\n乙", "甲 ＝\n乙",
    ] {
      var scanner = LineScanner(bytes: Array(("标签：" + text + "\n后：一\n").utf8))
      #expect(scanner.next().map { $0.range.end } == ("标签：" + text).utf8.count, "\(text)")
      #expect(scanner.next() != nil && scanner.next() == nil)
    }
    for text in ["甲\n乙：丙", "甲 # ，\n乙：丙", "甲。\n乙：丙"] {
      var scanner = LineScanner(bytes: Array(text.utf8))
      _ = scanner.next()
      #expect(scanner.next() != nil, "\(text)")
    }
  }

  /// What is never closed is remarked once, and the lines behind it are read.
  @Test(arguments: ["“", "（", "(", "「", "\""]) func unclosed(_ mark: String) {
    let text = "措施 甲：\n    备注：\(mark)没有结尾\n    给予：乙\n    备注：“还有”\n措施 丙：\n    给予：乙\n"
    let (tree, remarks) = tree(Array(text.utf8))
    #expect(
      remarks.map(\.id) == [mark == "（" || mark == "(" ? .unclosedBracket : .unterminatedQuote] || mark == "（"
        || mark == "(")
    #expect(tree.nodes.count { $0.kind == .line } == 4 && tree.nodes.count { $0.kind == .block } == 2)
  }
}
