import PolicyText
import Testing

@Suite struct ShuozhouTests {
  private let text: OfficialText

  init() throws { text = try OfficialDocument.shuozhou() }

  private func clause(_ address: String) throws -> OfficialText.Clause {
    let key = try #require(ClauseAddress.parse(address))
    return try #require(text.clause(key))
  }

  @Test func `the clauses are those of the document`() {
    #expect(
      text.clauses.map { "\($0.address) \($0.title)" } == [
        "首部 ", "一 总体要求", "二 重点任务", "二（一） 支持优化康养产业发展", "二（二） 完善基本养老服务体系", "二（三） 提升医养结合服务能力",
        "二（四） 积极发展“康养+”业态", "三 政策支持", "三（一） 立项政策", "三（二） 用地政策", "三（三） 财政政策", "三（四） 金融政策", "三（五） 税收政策",
        "四 工作保障", "四（一） 加强组织领导", "四（二） 推进项目落地", "四（三） 优化营商环境", "尾部 ",
      ])
    #expect(text.duplicates.isEmpty)
    #expect(text.clauses.map(\.line) == [3, 13, 19, 21, 23, 27, 29, 31, 33, 35, 39, 41, 45, 47, 49, 51, 55, 57])
  }

  @Test func `clauses and sentences cover the text without gaps`() {
    var end = 0
    for clause in text.clauses {
      #expect(clause.range.lowerBound == end)
      for sentence in clause.sentences {
        #expect(sentence.range.lowerBound == end && sentence.address.clause == clause.address)
        #expect(clause.sentence(sentence.number)?.range == sentence.range)
        end = sentence.range.upperBound
      }
      #expect(clause.range.upperBound == end)
    }
    #expect(end == text.normalized.bytes.count)
  }

  @Test func `sentences of the clauses`() throws {
    let finance = try clause("三（三）")
    #expect(finance.sentences.map(\.number) == [0, 1, 2, 3, 4, 5, 6])
    #expect(finance.sentence(0)?.text == "（三）财政政策。" && finance.sentence(0)?.kind == .title)
    #expect(finance.sentence(1)?.text == "加大财政支持力度。")
    #expect(finance.sentence(5)?.text == "具体建设补助办法和贴息政策由市财政局牵头另行制定。")
    #expect(finance.sentence(6)?.text == "（责任单位：市财政局）" && finance.sentence(6)?.kind == .unitNote)
    #expect(try clause("二").sentences.map(\.text) == ["二、重点任务"])
    let goals = try clause("一")
    #expect(goals.sentences.count == 2 && goals.sentence(0)?.text == "一、总体要求" && goals.unitNote == nil)
    let head = try clause("首部")
    #expect(head.sentences.count == 1 && head.sentences[0].number == 1)
    #expect(head.sentences[0].text.hasSuffix("提出如下实施意见。") && head.sentences[0].line == 3)
    #expect(try clause("三（一）").sentences.count == 3)
    #expect(try clause("四（二）").sentences.count == 5)
  }

  @Test func `all clauses with units have their bracket`() throws {
    #expect(text.clauses.filter { $0.unitNote != nil }.count == 12)
    let first = try clause("二（一）")
    let note = text.text(of: try #require(first.unitNote))
    #expect(note.hasPrefix("〔责任单位：市发改委") && note.hasSuffix("不再列出〕"))
    #expect(first.sentences.last?.kind == .unitNote)
    // The bracket belongs to the clause and not to the page.
    #expect(first.sentences.count == 4)
  }

  /// The addresses of the sentences that a quote touches.
  private func touched(_ match: OfficialText.Match) -> [ClauseAddress] {
    var addresses: [ClauseAddress] = []
    text.eachTouched(by: match.range) { clause, sentences in
      addresses += text.clauses[clause].sentences[sentences].map(\.address)
    }
    return addresses
  }

  @Test func `every phrase of the measures stands in its clause`() throws {
    let phrases = try OfficialDocument.phrases()
    #expect(phrases.count == 56)
    for (id, address, phrase) in phrases {
      let clause = try #require(ClauseAddress.parse(address))
      let found = text.find(phrase, in: clause)
      #expect(found.count == 1, "\(id)")
      let first = try #require(found.first)
      #expect(first.clause == clause && touched(first).allSatisfy(clause.contains))
    }
  }

  @Test func `a quote is found across a page break and with other spaces`() throws {
    let land = try #require(text.find("安排土地利用 计划指标").first)
    #expect(land.clause.description == "三（二）" && land.sentences == 1...1 && land.line == 35)
    let after = try #require(text.find("地利用计划指标时").first)
    #expect(after.line == 37)
    #expect(text.find("3亿元以上").map(\.clause.description) == ["三（一）", "三（二）"])
    #expect(text.find("３亿元以上").isEmpty && text.find("").isEmpty && text.find(" \n").isEmpty)
    let two = try #require(text.find("给予一次性建设补助。对社会力量投资且有银行贷款的康养项目").first)
    #expect(two.sentences == 2...3 && touched(two).map(\.description) == ["三（三）第2句", "三（三）第3句"])
    // Without a clause a quote may not run over the border of one.
    #expect(text.find("二、重点任务（一）支持优化").isEmpty)
    #expect(text.find("二、重点任务（一）支持优化", in: ClauseAddress([.part(2)])).count == 1)
    #expect(text.find("财政", in: ClauseAddress([.part(9)])).isEmpty)
    #expect(text.find("加大财政支持力度", in: ClauseAddress.parse("三（三）第1句")).count == 1)
    #expect(text.find("加大财政支持力度", in: ClauseAddress.parse("三（三）第2句")).isEmpty)
  }

  @Test func `every passage is found where it stands`() {
    for clause in text.clauses {
      for sentence in clause.sentences {
        let found = text.find(sentence.text, in: clause.address)
        #expect(found.contains { $0.range == sentence.range && $0.sentences == sentence.number...sentence.number })
      }
    }
  }

  @Test func `a wrong quote leads to the right passage`() throws {
    let clause = ClauseAddress.parse("三（三）")
    func nearest(_ quote: String) -> String? { text.nearestPassage(to: quote.utf8, in: clause)?.text }
    #expect(nearest("加大财政支持强度") == "加大财政支持力度")
    #expect(nearest("增大财政支持力度") == "加大财政支持力度")
    #expect(nearest("在2025年底前，对社会力量") == "2025年年底前，对社会力量")
    #expect(nearest("绝无此事的一句话") == nil)
    #expect(nearest("") == nil && nearest("补助") == nil)
    #expect(text.nearestPassage(to: "立项政策。对投资3亿".utf8)?.line == 33)
  }

  @Test func `normalised offsets lead back to the file`() {
    let bytes = text.normalized.file.bytes
    for offset in stride(from: 0, to: text.normalized.bytes.count, by: 7) {
      #expect(bytes[text.normalized.originalOffset(of: offset)] == text.normalized.bytes[offset])
      let original = UInt32(text.normalized.originalOffset(of: offset))
      #expect(text.normalized.file.line(of: original) == text.line(ofNormalizedOffset: offset))
    }
  }
}
