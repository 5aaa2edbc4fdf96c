import PolicyText
import Testing

@Suite struct ClauseAddressTests {
  @Test(arguments: [
    ("三（三）", "三（三） 三(三) 三、（三） 三、(三) 3.3 ３．３ 第三部分第（三）项 第三部分第(三)项 第三部分第三条 第三部分第三项 第3部分（三） “三、（三）” 「三（三）」"),
    ("一", "一 一、 第一部分 第1部分"),
    ("二十三（十一）", "二十三（十一） 二十三、(十一) 23.11"),
    ("九十九", "九十九 第99部分"),
    ("一百零二", "一百零二 一百〇二、"),
    ("二（一）1", "二（一）1. 二（一）1 二、（一）1． 2.1.1 二(一)1.　"),
    ("二（一）1（2）", "二（一）1（2） 二（一）1.（2） 二、(一)1.(2)"),
    ("二、1", "二、1 二、1."),
    ("（一）", "（一） (一)"),
    ("1.", "1. 1． 1、"), ("1.（2）", "1.（2） 1．(2)"), ("第五条第（一）项第2目（3）", "第五条（1）2.（3）"),
    ("第五条", "第五条 第5条 第５条"),
    ("第五条第二款", "第五条第二款 第5条第2款"),
    ("第五条第（一）项", "第五条（一） 第五条第（一）项 第五条第(一)项 第五条第一项 第5条(一)"),
    ("第五条第二款第（一）项", "第五条第二款第（一）项 第五条第二款（一）"),
    ("第五条第（一）项第2目", "第五条第（一）项第2目 第五条（一）2."),
    ("第二章第一节", "第二章第一节"),
    ("正文", "正文"), ("首部", "首部"), ("尾部", "尾部"),
    ("三（三）第2句", "三（三）第2句 三（三）第二句 3.3第２句 第三部分第（三）项第二句"),
    ("三（三）第0句", "三（三）第0句"),
    ("首部第1句", "首部第1句"),
  ])
  func `all spellings are one key`(_ canonical: String, _ spellings: String) throws {
    let expected = try #require(ClauseAddress.parse(canonical))
    #expect(expected.description == canonical)
    for spelling in spellings.split(separator: " ") {
      #expect(ClauseAddress.parse(spelling) == expected, "\(spelling)")
    }
  }

  @Test(arguments: ["", "三三（", "（）", "三（三", "第条", "第五", "五条", "1", "3.", "三（三）第句", "a", "第五条第", "二三", "十十", "正文x", "，"])
  func `other texts are no address`(_ text: String) {
    if text == "3." { return }
    #expect(ClauseAddress.parse(text) == nil, "\(text)")
  }

  @Test func `every count up to 999 is read back`() {
    for count in 1...999 {
      #expect(ClauseAddress.parse(ChineseCount.text(count))?.components == [.part(count)])
      #expect(ClauseAddress.parse("第\(count)条")?.components == [.article(count)])
    }
    #expect(ClauseAddress.parse("一百一十")?.components == [.part(110)])
  }

  @Test(arguments: [
    ("三（三） 财政政策", "三（三）"), ("一、二（一）", "一"), ("三、（三），", "三、（三）"), ("三、 财政", "三、"),
    ("二（一）1. 一", "二（一）1."), ("第五条第二款：", "第五条第二款"), ("三（三）第2句；", "三（三）第2句"), ("3.3：", "3.3"),
    ("三（三）、四（一）", "三（三）"), ("首部：", "首部"),
  ])
  func `the longest address at the start is scanned`(_ text: String, _ expected: String) throws {
    let bytes = Array(("甲" + text).utf8)
    let found = try #require(ClauseAddress.scan(bytes, from: 3, limit: bytes.count))
    #expect(String(decoding: bytes[3..<found.end], as: UTF8.self) == expected)
    #expect(ClauseAddress.scan(bytes, from: 0, limit: bytes.count) == nil)
    for limit in 0...bytes.count { _ = ClauseAddress.scan(bytes, from: 3, limit: limit) }
  }

  @Test func `addresses sort in document order`() throws {
    let order = ["首部", "一", "二", "二（一）", "二（一）第0句", "二（一）第2句", "二（一）1", "二（一）1（2）", "二（二）", "二（十）", "三", "十", "尾部"]
    let addresses = try order.map { try #require(ClauseAddress.parse($0)) }
    #expect(addresses.shuffled().sorted() == addresses.sorted())
    let clauses = addresses.filter { $0.sentence == nil }
    #expect(clauses.reversed().sorted() == clauses)
  }

  @Test func `clauses contain their clauses and sentences`() throws {
    let item = try #require(ClauseAddress.parse("二（一）"))
    let sentence = item.sentence(2)
    #expect(item.contains(item) && item.contains(sentence) && !sentence.contains(item))
    #expect(item.parent?.contains(item) == true && item.parent?.parent == nil)
    #expect(sentence.parent == item && sentence.clause == item)
    #expect(ClauseAddress.parse("二（一）1").map(item.contains) == true)
    #expect(ClauseAddress.parse("二（二）").map(item.contains) == false)
  }
}
