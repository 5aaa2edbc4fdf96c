import PolicyText
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("康养", 4), ("￥％㎡", 6), ("〔2022〕", 8), ("（一）", 6), ("ｶﾅ", 2), ("Ａ", 2), ("e\u{301}", 1),
    ("😀", 2), ("👨‍👩‍👧", 2), ("🇨🇳", 2), ("❤️", 2), ("❤", 1), ("“”‘’—…·①§×→℃", 12), ("\u{200B}\u{FEFF}", 0), ("圙", 2),
    ("\u{20000}", 2), ("か\u{3099}", 2), ("가", 2), ("\t\n", 0), ("𠀀鿿", 4),
  ])
  func `cells of a text`(_ text: String, _ cells: Int) { #expect(displayWidth(text) == cells) }

  @Test func `ambiguous characters are wide on demand`() {
    #expect(displayWidth("“”‘’—…·①§×→℃", ambiguousIsWide: true) == 24)
    #expect(displayWidth("康a", ambiguousIsWide: true) == 3)
  }

  @Test func `texts are padded and cut by cells`() {
    #expect(padded("康养", to: 6) == "康养  ")
    #expect(padded("康养", to: 5, alignRight: true) == " 康养")
    #expect(padded("康养", to: 3) == "康养")
    #expect(truncated("康养项目", to: 8) == "康养项目")
    #expect(truncated("康养项目", to: 7) == "康养项…")
    #expect(truncated("康养项目", to: 6) == "康养…")
    #expect(truncated("康养项目", to: 1) == "…")
    #expect(truncated("康养项目", to: 0) == "")
    #expect(truncated("康养项目", to: -3) == "")
  }

  @Test func `lines break as Chinese texts do`() {
    #expect(wrapped("康养项目，实行", width: 8) == ["康养项", "目，实行"])
    #expect(wrapped("实行（一）的", width: 6) == ["实行", "（一）", "的"])
    #expect(wrapped("投资 3 亿元", width: 7) == ["投资 3", "亿元"])
    #expect(wrapped("hello world", width: 8) == ["hello", "world"])
    #expect(wrapped("康养", width: 1) == ["康", "养"])
    #expect(wrapped("", width: 10) == [""])
    #expect(wrapped("一\n\n二", width: 10) == ["一", "", "二"])
    #expect(wrapped("，，，，", width: 2) == ["，", "，", "，", "，"])
  }

  @Test func `wrapping loses nothing but spaces`() {
    let text = "对社会力量投资且有银行贷款的康养项目，符合相关规定的，在省财政给予“贴息”（2025 年）的基础上，hello world。"
    for width in 1...60 {
      let lines = wrapped(text, width: width)
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
      if width >= 12 {
        for line in lines { #expect(displayWidth(line) <= width && !"，。）”".contains(line.first ?? "a")) }
      }
    }
  }
}
