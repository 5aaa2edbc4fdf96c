import PolicyValues
import Testing

@Suite struct QuantityFormatTests {
  @Test(arguments: [
    ("300000000元", "3亿元", "300000000 yuan"), ("280000000元", "2.8亿元", "280000000 yuan"),
    ("20000000元", "2000万元", "20000000 yuan"), ("299999900元", "29999.99万元", "299999900 yuan"),
    ("8000元", "8000元", "8000 yuan"), ("12345.67元", "12345.67元", "12345.67 yuan"), ("12345元", "1.2345万元", "12345 yuan"),
    ("-300000000元", "-3亿元", "-300000000 yuan"), ("0.5元", "0.5元", "0.5 yuan"), ("12亩", "12亩", "12 mu"),
    ("20张", "20张", "20 beds"), ("10000元/张", "1万元/张", "10000 yuan/bed"), ("8000元/张", "8000元/张", "8000 yuan/bed"),
    ("500元/人/月", "500元/人/月", "500 yuan/person/month"), ("1000元/年", "1000元/年", "1000 yuan/year"),
    ("1.5个百分点", "1.5个百分点", "1.5 percentage points"), ("0.05", "0.05", "0.05"),
    ("123456789012元", "12345678.9012万元", "123456789012 yuan"),
    ("123456789012.34元", "123456789012.34元", "123456789012.34 yuan"),
  ])
  func texts(_ text: String, _ chinese: String, _ english: String) throws {
    let literal = try LiteralReader.quantity(text)
    let shown = QuantityFormat.chinese(literal.value, literal.dimension)
    #expect(shown == chinese)
    #expect(QuantityFormat.english(literal.value, literal.dimension) == english)
    #expect(try LiteralReader.quantity(shown) == literal)
    #expect(try LiteralReader.quantity(english) == literal)
  }

  @Test func exactRatios() throws {
    let third = try Rational(numerator: 100, denominator: 3)
    #expect(QuantityFormat.chinese(third, .money) == "100/3元")
    #expect(QuantityFormat.english(third, .money) == "100/3 yuan")
    #expect(!QuantityFormat.moneyIsWholeFen(third))
    #expect(QuantityFormat.moneyIsWholeFen(try Rational(numerator: 1, denominator: 25)))
    #expect(!QuantityFormat.moneyIsWholeFen(try Rational(numerator: 1, denominator: 8)))
    #expect(QuantityFormat.chinese(third, .area) == "100/3亩")
    #expect(QuantityFormat.rate(try Rational(numerator: 1, denominator: 20)) == "5%")
    #expect(QuantityFormat.rate(try Rational(numerator: 1, denominator: 3)) == "100/3%")
    #expect(QuantityFormat.rate(Rational(Int128.max)).hasSuffix("%"))
  }
}
