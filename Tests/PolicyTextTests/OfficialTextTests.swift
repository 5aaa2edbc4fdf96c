import PolicyText
import Testing

@Suite struct OfficialTextTests {
  private func outline(_ text: OfficialText) -> [String] {
    text.clauses.map { clause in
      "\(clause.address):" + clause.sentences.map { "\($0.number)\($0.text)" }.joined(separator: "|")
    }
  }

  @Test func `a document without headings has a body`() {
    let text = OfficialDocument.text(
      "关于发放高龄津贴的通知\n\n各县（市、区）民政局：\n\n自下月起发放。每月一百元！\n\n望遵照执行。\n\n朔州市民政局\n2024年1月2日\n")
    #expect(
      outline(text) == [
        "首部:1关于发放高龄津贴的通知各县（市、区）民政局：", "正文:1自下月起发放。|2每月一百元！|3望遵照执行。", "尾部:1朔州市民政局2024年1月2日",
      ])
  }

  @Test func `texts without any frame`() {
    #expect(outline(OfficialDocument.text("甲。乙。")) == ["正文:1甲。|2乙。"])
    #expect(outline(OfficialDocument.text("甲")) == ["正文:1甲"])
    #expect(outline(OfficialDocument.text(" \n　\n")) == [])
  }

  @Test func `numbers of all four levels nest`() {
    let text = OfficialDocument.text(
      """
      一、支持政策
      （一）补助。
      1. 建设补助。新建的补助 1.5 万元。
      （1）护理型床位，每张 2000 元。
      （2）其他床位，每张1000元；
      2．运营补助
      按月发放。（责任单位：市民政局）
      二、附则。
      本办法自发布之日起施行。
      """)
    #expect(
      outline(text) == [
        "一:0一、支持政策", "一（一）:0（一）补助。", "一（一）1:01.建设补助。|1新建的补助1.5万元。", "一（一）1（1）:0（1）|1护理型床位，每张2000元。",
        "一（一）1（2）:0（2）|1其他床位，每张1000元；", "一（一）2:02．运营补助|1按月发放。|2（责任单位：市民政局）", "二:0二、附则。|1本办法自发布之日起施行。",
      ])
  }

  @Test func `articles have paragraphs and items`() {
    let text = OfficialDocument.text(
      """
      某某市养老服务办法
      第一章 总则
      第一条 为了规范服务，制定本办法。
      第二条【适用范围】本市适用本办法。
      前款所称本市，包括下列区域：
      （一）城区；
      （二）郊区。
      第二条第一款规定的区域可以调整。
      第二章　附则
      第三条　本办法自2024年1月1日起施行。
      """)
    #expect(
      outline(text) == [
        "首部:1某某市养老服务办法", "第一章:0第一章总则", "第一条:0第一条|1为了规范服务，制定本办法。", "第二条:0第二条【适用范围】|1本市适用本办法。",
        "第二条第二款:1前款所称本市，包括下列区域：", "第二条第二款第（一）项:0（一）|1城区；", "第二条第二款第（二）项:0（二）|1郊区。",
        "第二条第三款:1第二条第一款规定的区域可以调整。", "第二章:0第二章附则", "第三条:0第三条|1本办法自2024年1月1日起施行。",
      ])
    #expect(text.clause(ClauseAddress([.article(2), .paragraph(1)]))?.address == ClauseAddress([.article(2)]))
    #expect(text.clause(ClauseAddress([.article(2)]))?.title == "适用范围")
    #expect(text.find("本市", in: ClauseAddress([.article(2)])).count == 2)
  }

  @Test func `a line that goes on after a page break is no heading`() {
    let text = OfficialDocument.text("一、要求\n支持二、\n\n三、四级医院和第\n\n一、二类项目。\n（一）细则。按照本办法\n\n（二）项规定执行。")
    #expect(outline(text) == ["一:0一、要求|1支持二、三、四级医院和第一、二类项目。", "一（一）:0（一）细则。|1按照本办法（二）项规定执行。"])
  }

  @Test func `quotes and brackets keep sentences together`() {
    let text = OfficialDocument.text("一、要求\n他说“好。‘行！’对”，《甲。乙》（丙。丁）结束！！下一句？don’t“坏\n没关的“引号。\n\n再一句。")
    #expect(
      text.clauses[0].sentences.map(\.text) == [
        "一、要求", "他说“好。‘行！’对”，《甲。乙》（丙。丁）结束！！", "下一句？", "don’t“坏没关的“引号。", "再一句。",
      ])
  }

  @Test func `the tail begins at the signature or the attachment`() {
    let body = "一、要求\n做好工作。\n"
    for tail in ["某某局\n2024年1月2日", "附件：1．名单\n2．表格", "（此件公开发布）", "抄送：各单位。", "某某办公室"] {
      let text = OfficialDocument.text(body + tail, issuer: "某某办公室")
      #expect(text.clauses.map(\.address) == [ClauseAddress([.part(1)]), .tail], "\(tail)")
      #expect(text.clauses[0].sentences.count == 2)
    }
    let attached = OfficialDocument.text(body + "某某办公室\n2024年1月2日\n某某办法\n第一条 制定本办法。\n某某办公室", issuer: "某某办公室")
    #expect(attached.clauses.map(\.address.description) == ["一", "第一条", "尾部"])
  }

  @Test func `unit notes before a full stop and without brackets`() {
    let text = OfficialDocument.text("一、要求\n（一）甲事。做好甲事（市财政局牵头，市民政局配合）。\n（二）乙事。做好（含试点）。\n责任单位：市民政局\n（三）丙事。做好丙事（含试点）。")
    #expect(
      text.clauses.map { $0.unitNote.map { text.text(of: $0) } }
        == [nil, "（市财政局牵头，市民政局配合）", "责任单位：市民政局", nil])
    #expect(text.clauses[1].sentences.map(\.text) == ["（一）甲事。", "做好甲事", "（市财政局牵头，市民政局配合）。"])
  }

  @Test func `an address that occurs twice is reported`() {
    let text = OfficialDocument.text("一、甲\n甲事。\n一、乙\n乙事。")
    #expect(text.duplicates.map(\.description) == ["一"])
    #expect(text.clause(ClauseAddress([.part(1)]))?.title == "甲")
  }

  @Test func `ten thousand quotes of six megabytes are found`() {
    var source = ""
    for number in 1...20_000 {
      source += "第\(number)号项目在第\(number * 7)号地块建设，由某某单位负责实施并按照有关规定给予一次性建设补助和运营补贴，具体办法由有关部门另行制定，报批准后施行。"
    }
    let text = OfficialDocument.text(source)
    #expect(text.clauses.count == 1 && text.clauses[0].sentences.count == 20_000)
    for number in 10_000..<20_000 {
      let found = text.find("第\(number)号项目在第\(number * 7)号 地块建设", in: .body)
      #expect(found.count == 1 && found[0].sentences == number...number)
    }
  }

  @Test func `every prefix of the document can be cut`() throws {
    let bytes = try OfficialDocument.shuozhou().normalized.file.bytes
    for end in stride(from: 0, to: bytes.count, by: 97) {
      let text = OfficialText(file: SourceFile(path: "", bytes: Array(bytes[..<end])), issuer: "朔州市人民政府办公室")
      #expect(text.clauses.last?.range.upperBound ?? 0 == text.normalized.bytes.count)
    }
  }

  @Test func `a signature behind articles is the tail`() {
    let text = OfficialDocument.text("第一条 甲事。\n\n第二条 乙事。\n\n某某局\n\n2024年1月2日\n")
    #expect(outline(text) == ["第一条:0第一条|1甲事。", "第二条:0第二条|1乙事。", "尾部:1某某局2024年1月2日"])
  }

  @Test(arguments: 0..<600) func `any text is cut without gaps`(_ seed: UInt64) {
    let pieces = [
      "第", "一", "二", "十", "条", "章", "款", "、", "（", "）", "(", ")", "1", "2.", "．", "\n", "\n", "\n\n", "。", "，", "：",
      "“", "”",
      "〔", "〕", "责任单位：", "附件：", "抄送：", "2024年1月2日", "某某局", "【", "】", " ", "　", "甲乙丙", "e\u{301}", "第一条 ", "一、", "（一）",
      "。\n（1）", "。\n1.", "。\n（二）", "：\n第二节 ", "。\n第三条 ",
    ]
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var source = ""
    for _ in 0..<next(80) { source += pieces[next(pieces.count)] }
    let text = OfficialDocument.text(source, issuer: "某某局")
    var end = 0
    for clause in text.clauses {
      #expect(clause.range.lowerBound == end && !clause.range.isEmpty && !clause.sentences.isEmpty)
      for sentence in clause.sentences {
        #expect(sentence.range.lowerBound == end && !sentence.range.isEmpty)
        end = sentence.range.upperBound
        let found = text.find(sentence.text, in: clause.address)
        #expect(text.duplicates.contains(clause.address) || found.contains { $0.range == sentence.range })
      }
      #expect(clause.range.upperBound == end)
      #expect(ClauseAddress.parse(clause.address.description) == clause.address, "\(clause.address)")
    }
    #expect(end == text.normalized.bytes.count)
    for start in 0..<8 {
      _ = text.nearestPassage(to: Array(text.normalized.bytes.dropFirst(start * 7).prefix(20)) + [0x41])
    }
  }
}
