import Foundation
import PolicyDiagnostics
import PolicyText
import PolicyWorkspace
import Testing

/// Language reference §1.5: every rule stands in a clause and rests on its words.
@Suite struct QuoteTests {
  let rules = Rules()

  @Test func theRulesAreClean() throws { try rules.yields([]) }

  @Test func whiteSpaceAndPageBreaksDoNotCount() throws {
    try rules.changing("床位20张以上的养老机构，给予", to: "床位 20 张以上的养老机构，\n        给予").yields([])
    var broken = rules
    broken.text = rules.text.replacingOccurrences(of: "给予一次性", with: "给予\n\u{C}\n一次性")
    try broken.yields([])
  }

  @Test func nothingElseIsFolded() throws {
    for (old, new) in [("养老机构，给予", "养老机构,给予"), ("20张以上", "２０张以上"), ("给予一次性", "给与一次性"), ("床位20", "床位數20")] {
      try rules.changing(
        "原文：“床位20张以上的养老机构，给予一次性", to: "原文：“" + "床位20张以上的养老机构，给予一次性".replacingOccurrences(of: old, with: new)
      )
      .yields(["T0303 “一（一）”里没有这句话"])
    }
  }

  @Test func theNearestPassageIsShown() throws {
    try rules.changing("由市财政承担”", to: "由市级财政承担”").yields(["T0303 原文第4行写的是"])
  }

  @Test func severalPassages() throws {
    try rules.changing("养老机构，给予一次性补助5万元，由市财政承担”", to: "养老机构”、“给予一次性补助5万元”").yields([])
  }

  /// A number that a rule of one document uses is not used in another that quotes it too.
  @Test func numbersOfTwoDocuments() throws {
    let second = """


      文件 另一办法：
          施行日期：未规定
          有效期：未规定
          原文：“另文.txt”

      不入规则 首部第1句：标题

      条款 一 奖励：

      措施 奖励：
          对象：养老机构
          原文：“床位20张以上的，可以先行先试”
          条件：连锁
          可以 先行先试：奖励
      """
    let folder = try TemporaryFolder([
      "规则.tiaoli": rules.rules + second, "原文.txt": rules.text, "另文.txt": "另一办法\n\n一、奖励。床位20张以上的，可以先行先试。\n",
    ])
    let remarks = try loadPolicies([folder.path + "/规则.tiaoli"]).remarks
    #expect(remarks.map(\.id) == [.numberNotUsed], "\(remarks.map(\.primary.message.zh))")
  }

  @Test func aQuoteOfAnotherClause() throws {
    var other = rules
    other.text += "二、附则\n本办法由市财政局解释。\n"
    other = other.changing("条款 一 补助：", to: "条款 二 附则：\n不入规则 二第1句：修饰\n条款 一 补助：")
    try other.yields([])
    try other.changing("由市财政承担”", to: "由市财政承担”、“由市财政局解释”").yields(["T0304 而在条款“二”（原文第6行）"])
    try other.changing("由市财政承担”", to: "由市财政承担”，二“由市财政局解释”").yields([])
  }

  @Test func numbersDatesAndListItemsStandInAQuote() throws {
    try rules.changing("条件：床位数20张以上", to: "条件：床位数20张以上且床位数30张以下").yields(["T0305 “30张”不在"])
    try rules.when("开业日期 在 2025年底 以前").yields(["T0305 “2025年底”不在"])
    try rules.when("举办主体 为 民办、公建民营").yields(["T0305 “民办”", "T0305 “公建民营”"])
    try rules.when("等级 二级以上").yields([])
    try rules.changing("金额：5万元", to: "金额：50000元").yields([])
    try rules.changing("金额：5万元", to: "金额：五万元").yields([])
    try rules.changing("    出资：市财政局", to: "    出资：市财政局 60%、县级财政 40%").yields(["T0305 “60%”", "T0305 “40%”"])
    try rules.changing("    给予：一次性补助", to: "    奖励：一次性补助").yields(["T0103 “奖励”不是"])
    try rules.changing("    给予：一次性补助", to: "    享受：一次性补助").yields(["T0305 “享受”不在"])
    try rules.changing("    给予：一次性补助", to: "    承办：“社会组织”\n    给予：一次性补助").yields(["T0305 “社会组织”不在"])
  }

  @Test func namedDefinitionsBringTheirQuotes() throws {
    let other = rules.quoting("给予一次性", as: "连锁的、占地10亩以上的，给予一次性")
    try other.adding("定义 大型（养老机构）：是否\n    原文：“占地10亩以上”\n    即：占地10亩以上").when("大型").yields([])
    try other.adding("定义 大型（养老机构）：是否\n    原文：“连锁的”\n    即：占地10亩以上").when("大型").yields(["T0305 “10亩”不在"])
  }

  @Test func unusedNumbers() throws {
    let other = rules.quoting("给予一次性", as: "占地10亩以上、等级三级的，给予一次性")
    try other.yields(["T0306 “10亩”没有规则用到"])
    try other.when("占地10亩以上").yields([])
    for exempt in ["依照《民法典2020》，", "依照国发〔2023〕15号，", "按照“331”工程，"] {
      try rules.quoting("给予一次性", as: exempt + "给予一次性").yields([])
    }
  }

  @Test func coverage() throws {
    var longer = rules
    longer.text = rules.text.replacingOccurrences(of: "由市财政承担。", with: "由市财政承担。资金专款专用！“何时？何地？”由县财政定。（责任单位")
    longer.text = longer.text.replacingOccurrences(of: "（责任单位（责任单位", with: "（责任单位")
    try longer.yields(["T0307 “一（一）第2句”没有规则", "T0307 “一（一）第3句”没有规则"])
    let marked = longer.changing("首部第1句：标题", to: "首部第1句：标题\n不入规则 一（一）第2句、一（一）第3句：修饰")
    try marked.yields([])
    try longer.changing("首部第1句：标题", to: "首部第1句：标题\n不入规则 一（一）第2句、一（一）第9句：目标")
      .yields(["T0301 原文没有“一（一）第9句”", "T0307 “一（一）第3句”"])
    try longer.changing("首部第1句：标题", to: "首部第1句：标题\n不入规则 一（一）第2句：不重要")
      .yields(["T0201", "T0307 第2句", "T0307 第3句"])
  }

  @Test func clausesAndTitles() throws {
    for address in ["一(一)", "一、（一）", "第一部分第（一）项", "一（一）"] {
      try rules.changing("条款 一（一） 床位补助", to: "条款 \(address) 床位补助").yields([])
    }
    try rules.changing("条款 一（一） 床位补助", to: "条款 一（一） 床位补贴").yields(["T0303 的标题是“床位补助”，不是“床位补贴”"])
    try rules.changing("责任单位：市财政局", to: "责任单位：市财政局、县级财政").yields(["T0303 没有“县级财政”"])
    try rules.changing("条款 一（一） 床位补助", to: "条款 一（八） 床位补助").yields(["T0301 原文有：一（一）"])
  }

  @Test func everyRuleQuotes() throws {
    for block in [
      "定义 甲（养老机构）：是否\n    即：连锁", "归类 乙（养老机构 的 举办主体）：\n    是：公办、民办、公建民营", "空缺 丙：金额\n    制定：市财政局",
      "参数 丁：金额\n    自 2024年1月1日：5万元", "标准表 戊（养老机构）：\n    | 连锁 | 标准 |\n    | — | 5万元 |",
      "档次表 己（养老机构 的 床位数）：按全额\n    | 20张以上 | 5万元 |", "措施 庚：\n    应当：办",
    ] {
      let found = try rules.adding(block).remarks().filter { $0.hasPrefix("T0302") }
      #expect(found.count == 1, "\(block)")
    }
  }
}
