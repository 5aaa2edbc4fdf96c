import PolicyDiagnostics
import PolicyFacts
import PolicyIR
import PolicyValues
import Testing

@Suite struct CellTests {
  @Test(arguments: [
    ("备案总投资", "3亿元", "3亿元"), ("备案总投资", "3亿", "3亿元"), ("备案总投资", "30,000万元", "3亿元"),
    ("备案总投资", "２９９９９．９９万元", "29999.99万元"), ("备案总投资", "\u{A0}9，000 元\u{3000}", "9000元"),
    ("备案总投资", "0", "0元"), ("备案总投资", "¥800", "800元"), ("备案总投资", "", "未给出"), ("备案总投资", " — ", "未给出"),
    ("备案总投资", "／", "未给出"), ("备案总投资", "-", "未给出"), ("备案总投资", "——", "未给出"), ("备案总投资", "不知", "不知"),
    ("备案总投资", "未知", "不知"), ("备案总投资", "不详", "不知"), ("备案总投资", "不适用", "不适用"), ("备案总投资", "无关", "不适用"),
    ("床位数", "50", "50张"), ("床位数", "50张", "50张"), ("床位数", "１，２００", "1200张"), ("用地面积", "2公顷", "30亩"),
    ("用地面积", "2000平方米", "3亩"), ("贷款利率", "5%", "0.05"), ("贷款利率", "3‰", "0.003"), ("贷款利率", "百分之五", "0.05"),
    ("贷款利率", "0", "0"), ("每床标准", "1万元/张", "1万元/张"), ("投资主体", " 央 企 ", "央企"), ("所在县区", "右玉", "右玉县"),
    ("所在县区", "140681", "怀仁市"), ("所在县区", "１４０６２３", "右玉县"), ("所在县区", "怀仁县", "怀仁市"), ("等级", "无", "无"),
    ("属康养产业", "是", "是"), ("属康养产业", "√", "是"), ("属康养产业", "否", "否"), ("属康养产业", "×", "否"), ("属康养产业", "", "未给出"),
    ("开工日期", "2023.6.1", "2023-06-01"), ("开工日期", "2023年6月1日", "2023-06-01"), ("开工日期", "２０２３／６／１", "2023-06-01"),
    ("开工日期", "20230601", "2023-06-01"), ("开工日期", "2023-06-01 00:00:00", "2023-06-01"), ("运营期", "3年", "3年"),
    ("运营期", "18个月", "1年6个月"), ("建设单位", " 朔州 某 公司\u{3000}", "“朔州 某 公司”"), ("建设单位", "无", "“无”"),
    ("贷款", "无", "［ 列全］"), ("贷款", "", "未给出"), ("贷款", "不知", "不知"), ("运营方", "甲公司", "（企业 甲公司）"),
  ])
  func readable(_ name: String, _ text: String, _ expected: String) throws {
    let field = try Sample.field(name)
    #expect(describe(try readCell(text, as: field, in: Sample.program).get(), field.type) == expected)
  }

  @Test(arguments: [
    ("备案总投资", "约800", CellFailure.Cause.approximate(word: "约")), ("备案总投资", "3亿元左右", .approximate(word: "左右")),
    ("备案总投资", "800余万元", .approximate(word: "余")), ("备案总投资", "30000", .missingUnit(.money)),
    ("备案总投资", "12亩", .wrongUnit(found: .area, expected: .money)),
    ("备案总投资", "5%", .wrongUnit(found: .number, expected: .money)),
    ("备案总投资", "-3万元", .negative), ("备案总投资", "无", .notANumber), ("备案总投资", "3亿元（含土地）", .trailing("（含土地）")),
    ("备案总投资", "5美元", .unknownUnit("美元", expected: .money)), ("备案总投资", "#REF!", .spreadsheetError),
    ("用地面积", "30", .missingUnit(.area)), ("贷款利率", "5", .missingUnit(.number)), ("贷款利率", "0.05", .missingUnit(.number)),
    ("属康养产业", "无", .notYesNo), ("属康养产业", "有", .notYesNo), ("开工日期", "2023年6月", .notADay), ("开工日期", "2025年底", .notADay),
    ("开工日期", "2023年2月30日", .impossibleDate), ("开工日期", "明年", .notADate), ("开工日期", "45383", .notADate),
    ("运营期", "3", .missingTimeUnit), ("运营期", "长期", .notADuration),
    ("投资主体", "民营企", .unknownOption(type: "投资主体类别", nearest: ["民营企业"])),
    ("投资主体", "无", .unknownOption(type: "投资主体类别", nearest: [])),
    ("运营方", "无", .nobody(kind: "企业")), ("贷款", "两笔", .itemsExpected(kind: "贷款")),
  ])
  func refused(_ name: String, _ text: String, _ cause: CellFailure.Cause) throws {
    let field = try Sample.field(name)
    guard case .failure(let failure) = readCell(text, as: field, in: Sample.program) else {
      Issue.record("\(text) was read")
      return
    }
    #expect(failure.cause == cause)
    #expect(failure.message.zh.contains(text))
  }

  @Test(
    arguments: [
      ("备案总投资", "30000", "万元", "3亿元"), ("备案总投资", "3亿元", "万元", "3亿元"), ("备案总投资", "3亿", "元", "3亿元"),
      ("备案总投资", "9,000", "（万元）", nil), ("备案总投资", "3亿", "万元", nil), ("备案总投资", "5", "亩", nil),
      ("备案总投资", "5", "5万元", nil), ("每床标准", "8000", "元/张", "8000元/张"), ("贷款利率", "4.35", "%", "0.0435"),
      ("运营期", "3", "年", "3年"), ("运营期", "18", "月", "1年6个月"), ("床位数", "2", "张", "2张"),
    ] as [(String, String, String, String?)])
  func headerUnits(_ name: String, _ text: String, _ unit: String, _ expected: String?) throws {
    let field = try Sample.field(name)
    let fact = try? readCell(text, as: field, in: Sample.program, unit: ColumnUnit(named: unit)).get()
    #expect(fact.map { describe($0, field.type) } == expected)
  }

  @Test(
    arguments: [
      ("45383", "2024-04-01"), ("20000", "1954-10-03"), ("60000", "2064-04-08"), ("19999", nil), ("60001", nil),
      ("45383.5", nil), ("４５３８３", "2024-04-01"),
    ] as [(String, String?)])
  func serials(_ text: String, _ expected: String?) throws {
    let field = try Sample.field("开工日期")
    let fact = try? readCell(text, as: field, in: Sample.program, serials: true).get()
    #expect(fact.map { describe($0, field.type) } == expected)
  }
}
