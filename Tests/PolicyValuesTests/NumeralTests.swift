import PolicyValues
import SeededRandom
import Testing

@Suite struct NumeralTests {
  @Test(arguments: [
    ("0", "0", ""), ("9,000", "9000", ""), ("30，000", "30000", ""), ("1,234,567.5", "1234567.5", ""),
    ("1,2345", "1", ",2345"), ("1234,567", "1234", ",567"), ("1,23", "1", ",23"), ("3.", "3", "."),
    ("29999.99", "29999.99", ""), ("3．5", "3.5", ""), ("３亿", "300000000", ""), ("3 亿元", "300000000", "元"),
    ("3　万", "30000", ""), ("1.5万", "15000", ""), ("2千", "2000", ""), ("2千万元", "20000000", "元"),
    ("1.5万亿", "1500000000000", ""), ("1亿2000万", "120000000", ""), ("1亿2千万", "120000000", ""),
    ("3亿元", "300000000", "元"), ("0万元", "0", "元"), ("100万千瓦", "1000000", "千瓦"), ("3千米", "3", "千米"),
    ("2023年", "2023", "年"), ("三", "3", ""), ("两", "2", ""), ("两个", "2", "个"), ("十", "10", ""),
    ("十五", "15", ""), ("二十", "20", ""), ("二十三", "23", ""), ("一百", "100", ""), ("一百零五", "105", ""),
    ("一百一十", "110", ""), ("三百五十", "350", ""), ("一千零五十", "1050", ""), ("两千零二十五", "2025", ""),
    ("一万零五", "10005", ""), ("一万零三百", "10300", ""), ("三亿", "300000000", ""), ("叁亿", "300000000", ""),
    ("三亿五千万", "350000000", ""), ("三亿零五百万", "305000000", ""), ("十二万", "120000", ""),
    ("壹仟贰佰叁拾肆萬伍仟陆佰柒拾捌", "12345678", ""), ("玖億", "900000000", ""), ("三万亿", "3000000000000", ""),
    ("二○二二年", "2022", "年"), ("二〇二二", "2022", ""), ("二零二二", "2022", ""), ("零", "0", ""), ("二〇", "20", ""),
    ("十万元", "100000", "元"), ("三百分之一", "3", "百分之一"), ("5个", "5", "个"),
  ])
  func reads(_ text: String, _ value: String, _ rest: String) throws {
    let bytes = Array(text.utf8)
    let (number, end) = try #require(Numerals.parse(bytes, from: 0, limit: bytes.count))
    #expect(number.description == value)
    #expect(String(decoding: bytes[end...], as: UTF8.self) == rest)
  }

  @Test(arguments: [
    "", "元", "万", "亿元", "百", "千", "半", "半年", ".5", ",000", "七八", "三五千", "一万二", "三百五", "三亿五",
    "3亿5", "3三", "三3", "一万三万", "十四五", "5十", "1.5亿3000万", "三十百", "十两", "一百零",
    "1000000000000000000000000000000000000000", "99999999999999999999999999999999999999亿", "第三",
  ])
  func refuses(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(Numerals.parse(bytes, from: 0, limit: bytes.count) == nil)
  }

  @Test func chineseNumeralsOfEveryNumber() throws {
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    func section(_ number: Int) -> String {
      var text = ""
      var gap = false
      for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10
        if digit == 0 {
          gap = !text.isEmpty
        } else {
          text += (gap ? "零" : "") + digits[digit] + name
          gap = false
        }
      }
      return text
    }
    for number in 1..<10_000 {
      #expect(Numerals.parse(section(number)) == Rational(number))
      let large = section(number) + "亿" + section(10_000 - number) + "万"
      #expect(Numerals.parse(large) == Rational(number * 100_000_000 + (10_000 - number) * 10_000))
    }
  }

  @Test func neverTraps() {
    var generator = SeededGenerator(seed: 7)
    let letters = Array("0159,.，．３ 一两十百千万亿零○半年月日元张/%第季度底约余分之个工作-周岁").map { Array(String($0).utf8) }
    for round in 0..<30_000 {
      var bytes = (0..<Int.random(in: 0...9, using: &generator)).flatMap { _ in
        letters.randomElement(using: &generator) ?? []
      }
      if round % 4 == 0, !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      let start = Int.random(in: -1...bytes.count + 1, using: &generator)
      let limit = Int.random(in: -1...bytes.count + 1, using: &generator)
      for end in [
        Numerals.parse(bytes, from: start, limit: limit)?.end,
        LiteralReader.quantityPrefix(bytes, from: start, limit: limit)?.end,
        LiteralReader.datePrefix(bytes, from: start, limit: limit)?.end,
        LiteralReader.durationPrefix(bytes, from: start, limit: limit)?.end,
      ] {
        if let end { #expect(end > max(start, 0) && end <= min(limit, bytes.count)) }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      _ = (try? LiteralReader.quantity(text), try? LiteralReader.date(text), try? LiteralReader.duration(text))
    }
  }
}
