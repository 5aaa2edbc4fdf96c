import PolicyValues
import Testing

@Suite struct LiteralTests {
  @Test(arguments: [
    ("3亿元", "300000000", "元"), ("三亿元", "300000000", "元"), ("叁亿元", "300000000", "元"), ("3.0亿元", "300000000", "元"),
    ("30,000万元", "300000000", "元"), ("３亿元", "300000000", "元"), (" 3 亿元\u{3000}", "300000000", "元"),
    ("\u{A0}3亿元", "300000000", "元"), ("¥3,000.50", "3000.5", "元"), ("-3元", "-3", "元"), ("－３元", "-3", "元"),
    ("5角", "0.5", "元"), ("12千元", "12000", "元"), ("10000元/张", "10000", "元/张"), ("1万元／张", "10000", "元/张"),
    ("500元/人/月", "500", "元/人/月"), ("500元/人·月", "500", "元/人/月"), ("1200元/人/年", "100", "元/人/月"),
    ("20元/天", "20", "元/日"), ("30元/平方米", "20000", "元/亩"), ("12亩", "12", "亩"), ("2公顷", "30", "亩"),
    ("2000平方米", "3", "亩"), ("1.5万㎡", "22.5", "亩"), ("50张", "50", "张"), ("50张床位", "50", "张"),
    ("80周岁", "80", "岁"), ("10名", "10", "人"), ("3家", "3", "家"), ("5个", "5", "个"), ("200人次", "200", "人次"),
    ("1.5个百分点", "0.015", "个百分点"), ("100万千瓦", "1000000", "千瓦"), ("500 yuan/person/month", "500", "元/人/月"),
    ("20 Beds", "20", "张"), ("300000000 yuan", "300000000", "元"),
  ])
  func quantitiesWithUnits(_ text: String, _ value: String, _ unit: String) throws {
    let literal = try LiteralReader.quantity(text)
    #expect(literal.value.description == value)
    #expect(literal.dimension.symbol(chinese: true) == unit)
    #expect(literal.hadUnit)
  }

  @Test(arguments: [
    ("300000000", "300000000", false), ("29999.99", "29999.99", false), ("3亿", "300000000", false),
    ("5%", "0.05", true), ("５％", "0.05", true), ("百分之五", "0.05", true), ("3‰", "0.003", true),
    ("8折", "0.8", true), ("三分之一", "1/3", false), ("4分之3", "0.75", false), ("0", "0", false),
  ])
  func plainNumbers(_ text: String, _ value: String, _ hadUnit: Bool) throws {
    let literal = try LiteralReader.quantity(text)
    #expect(literal.value.description == value)
    #expect(literal.dimension == .number)
    #expect(literal.hadUnit == hadUnit)
  }

  @Test(arguments: [
    ("约800", LiteralFailure.approximate("约")), ("几十", .approximate("几")), ("数百", .approximate("数")),
    ("3亿左右", .approximate("左右")), ("3亿元左右", .approximate("左右")), ("800余", .approximate("余")),
    ("800余亩", .approximate("余")), ("近3亿", .approximate("近")), ("十几", .approximate("几")),
    ("3亿多元", .approximate("多")), ("大约 5", .approximate("大约")), ("若干", .approximate("若干")),
    ("", .empty), (" \u{3000}", .empty), ("无", .notANumber), ("一万二", .notANumber), ("/", .notANumber),
    ("5斤", .unknownUnit("斤")), ("5 apples", .unknownUnit("apples")), ("5元/朵", .unknownUnit("/朵")),
    ("3张/人", .unknownUnit("/人")), ("5张以上", .trailing("以上")), ("2023.6.1", .trailing(".1")),
    ("3年", .unknownUnit("年")), ("3元 4角", .trailing("4角")),
    ("99999999999999999999999999999999999999999", .outOfRange),
    ("99999999999999999999999999999999999999元", .outOfRange),
  ])
  func quantityFailures(_ text: String, _ failure: LiteralFailure) {
    if text.hasPrefix("99999999999999999999999999999999999999元") {
      #expect(throws: Never.self) { try LiteralReader.quantity(text) }
      #expect(throws: LiteralFailure.outOfRange) { try LiteralReader.quantity(text.replacing("元", with: "万元")) }
    } else {
      #expect(throws: failure) { try LiteralReader.quantity(text) }
    }
  }

  @Test(arguments: [
    ("3亿元以上", "3亿元"), ("20张以上且", "20张"), ("3 亿元的", "3 亿元"), ("10000元/张 × 50张", "10000元/张"),
    ("5 以上", "5"), ("3元/朵", "3元"), ("12,5", "12"), ("二级以上", "二"),
  ])
  func quantityPrefixes(_ text: String, _ prefix: String) throws {
    let bytes = Array(text.utf8)
    let end = try #require(LiteralReader.quantityPrefix(bytes, from: 0, limit: bytes.count)).end
    #expect(String(decoding: bytes[..<end], as: UTF8.self) == prefix)
  }

  @Test(arguments: [
    ("2023-06-01", "2023-06-01"), ("2023.6.1", "2023-06-01"), ("2023/6/1", "2023-06-01"), ("20230601", "2023-06-01"),
    ("2023年6月1日", "2023-06-01"), ("２０２３年６月１日", "2023-06-01"), ("2022 年 12 月 23 日", "2022-12-23"),
    ("二○二二年十二月二十三日", "2022-12-23"), ("二〇二二年十二月二十三日", "2022-12-23"), ("二零二二年十二月三十一日", "2022-12-31"),
    ("2023年6月1号", "2023-06-01"), ("2023-06-01 00:00:00", "2023-06-01"), ("2023/6/1 0:00", "2023-06-01"),
    ("2023-06-01T00:00:00", "2023-06-01"), ("2025年年底", "2025-12-31"), ("2025年底", "2025-12-31"),
    ("2025年末", "2025-12-31"), ("2025 年年底", "2025-12-31"), ("2025年6月底", "2025-06-30"), ("2024年2月底", "2024-02-29"),
    ("2024年2月29日", "2024-02-29"), ("2024年9月月底", "2024-09-30"),
  ])
  func days(_ text: String, _ iso: String) throws {
    let period = try LiteralReader.date(text)
    #expect(period.day?.isoDescription == iso)
    #expect(period.granularity == .day)
  }

  @Test(arguments: [
    ("2022年12月", "2022-12-01", "2022-12-31", DatePeriod.Granularity.month),
    ("2025年", "2025-01-01", "2025-12-31", .year),
    ("2025年度", "2025-01-01", "2025-12-31", .year), ("2025年上半年", "2025-01-01", "2025-06-30", .half),
    ("2025年下半年", "2025-07-01", "2025-12-31", .half), ("2025年第三季度", "2025-07-01", "2025-09-30", .quarter),
    ("2025年4季度", "2025-10-01", "2025-12-31", .quarter), ("2024年2月下旬", "2024-02-21", "2024-02-29", .tenDays),
  ])
  func periods(_ text: String, _ first: String, _ last: String, _ granularity: DatePeriod.Granularity) throws {
    let period = try LiteralReader.date(text)
    #expect(period.first.isoDescription == first)
    #expect(period.last.isoDescription == last)
    #expect(period.granularity == granularity)
    #expect(period.contains(period.first) && period.contains(period.last))
  }

  @Test(arguments: [
    ("2023年2月30日", LiteralFailure.invalidDate("2023年2月30日")), ("2023-02-29", .invalidDate("2023-02-29")),
    ("2023年13月", .invalidDate("2023年13月")), ("2025年第五季度", .invalidDate("2025年第五季度")),
    ("20231301", .invalidDate("20231301")), ("", .empty), ("6月1日", .notADate), ("23-6-1", .notADate),
    ("2023-6", .notADate),
    ("45383", .notADate), ("2023-06-01 12:30", .trailing("12:30")), ("2023年6月1日前", .trailing("前")), ("年底", .notADate),
    ("2023-6/1", .notADate), ("尽快", .notADate),
  ])
  func dateFailures(_ text: String, _ failure: LiteralFailure) {
    #expect(throws: failure) { try LiteralReader.date(text) }
  }

  @Test(arguments: [
    ("2025年年底前", "2025年年底"), ("2025年3000万元", "2025年"), ("2024年6月1日起", "2024年6月1日"), ("2025年12张", "2025年"),
    ("2023.6.1.2", "2023.6.1"),
  ])
  func datePrefixes(_ text: String, _ prefix: String) throws {
    let bytes = Array(text.utf8)
    let (result, end) = try #require(LiteralReader.datePrefix(bytes, from: 0, limit: bytes.count))
    #expect(throws: Never.self) { try result.get() }
    #expect(String(decoding: bytes[..<end], as: UTF8.self) == prefix)
  }

  @Test func excelSerials() {
    #expect(LiteralReader.excelSerial(45_383)?.isoDescription == "2024-04-01")
    #expect(LiteralReader.excelSerial(1)?.isoDescription == "1900-01-01")
    #expect(LiteralReader.excelSerial(59)?.isoDescription == "1900-02-28")
    #expect(LiteralReader.excelSerial(61)?.isoDescription == "1900-03-01")
    #expect(LiteralReader.excelSerial(2_958_465)?.isoDescription == "9999-12-31")
    for serial in [Int.min, 0, 60, 2_958_466, .max] { #expect(LiteralReader.excelSerial(serial) == nil) }
  }

  @Test(
    arguments: [
      ("3年", 36, 0, 0, "3年"), ("半年", 6, 0, 0, "6个月"), ("一年半", 18, 0, 0, "1年6个月"), ("两年", 24, 0, 0, "2年"),
      ("18个月", 18, 0, 0, "1年6个月"), ("6个月", 6, 0, 0, "6个月"), ("30日", 0, 30, 0, "30日"), ("30天", 0, 30, 0, "30日"),
      ("5个工作日", 0, 0, 5, "5个工作日"), ("5工作日", 0, 0, 5, "5个工作日"), ("三十日", 0, 30, 0, "30日"),
      ("1年6个月", 18, 0, 0, "1年6个月"), ("1年零6个月", 18, 0, 0, "1年6个月"), ("一年零六个月", 18, 0, 0, "1年6个月"),
      ("2周", 0, 14, 0, "14日"), ("1.5年", 18, 0, 0, "1年6个月"), ("3 个月", 3, 0, 0, "3个月"), ("３年", 36, 0, 0, "3年"),
      ("5 working days", 0, 0, 5, "5个工作日"), ("0日", 0, 0, 0, "0日"), ("2年3个月10日", 27, 10, 0, "2年3个月10日"),
    ] as [(String, Int32, Int32, Int32, String)])
  func durations(_ text: String, _ months: Int32, _ days: Int32, _ workingDays: Int32, _ shown: String) throws {
    let duration = try LiteralReader.duration(text)
    #expect(duration == Duration(months: months, days: days, workingDays: workingDays))
    #expect(duration.chineseDescription == shown)
    #expect(try LiteralReader.duration(shown) == duration)
  }

  @Test(arguments: [
    ("6月", LiteralFailure.notADuration), ("2025年", .notADuration), ("3周岁", .notADuration), ("1.3年", .notADuration),
    ("及时", .notADuration), ("", .empty), ("3年内", .trailing("内")), ("99999999999日", .outOfRange),
    ("3日2年", .trailing("2年")),
  ])
  func durationFailures(_ text: String, _ failure: LiteralFailure) {
    #expect(throws: failure) { try LiteralReader.duration(text) }
  }

  @Test func yesNo() {
    for text in ["是", "√", "✓", "Y", "y", "true", "TRUE", "1", "１", " 是 "] {
      #expect(LiteralReader.yesNo(text) == true)
    }
    for text in ["否", "×", "✗", "N", "false", "0"] { #expect(LiteralReader.yesNo(text) == false) }
    for text in ["", "有", "无", "是的", "10", "不是", "yes?"] { #expect(LiteralReader.yesNo(text) == nil) }
  }
}
