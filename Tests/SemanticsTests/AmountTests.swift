import Foundation
import PolicyDiagnostics
import PolicyIR
import PolicyWorkspace
import Testing

/// Amounts, tiers, shares, holes, groups and what a reader of such documents asks of a measure.
@Suite struct AmountTests {
  let rules = Rules()

  private func tiers(_ rows: String, _ quote: String) -> Rules {
    rules.quoting("给予一次性", as: quote + "，给予一次性")
      .adding("档次表 标准（养老机构 的 床位数）：按全额\n    原文：“\(quote)”\n\(rows)")
  }

  @Test func tierBoundaries() throws {
    let quote = "20张以上50张以下每张100元，超过50张每张200元"
    let low = "    | 20张以上 且 50张以下 | 100元/张 |\n"
    try tiers(low + "    | 超过 50张 | 200元/张 |", quote).yields([])
    try tiers("    | 床位 | 标准 |\n" + low + "    | 超过 50张 | 200元/张 |", quote).yields([])
    try tiers(low + "    | 50张以上 | 200元/张 |", quote).yields(["T0403 “50张”同时属于两档"])
    try tiers("    | 20张以上 且 不足 50张 | 100元/张 |\n    | 超过 50张 | 200元/张 |", quote).yields(["T0404 没有档"])
    try tiers("    | 20张以上 且 50张以下 | 100元/张 |\n    | 20张以上 | 200元/张 |", quote).yields(["T0403 两档在“20张”以上重叠"])
    try tiers(low + "    | 超过 50张 | 200元/亩 |", quote).yields(["T0207"])
    try tiers(low + "    | 超过 50张 | 200元/张 | 多 |", quote).yields(["T0201"])
    try tiers(low + "    | 超过 50张 | 200元/张 |", quote).changing("：按全额", to: "：").yields(["T0102 按全额”或“：按分段"])
  }

  @Test func shares() throws {
    func paying(_ line: String) -> Rules {
      rules.quoting("由市财政承担", as: "由市财政、县财政按60%、40%承担").changing("出资：市财政局", to: "出资：" + line)
    }
    try paying("市财政局 60%、县级财政 40%").yields([])
    try paying("市财政局 60%、县级财政 其余").yields(["T0306 “40%”"])
    try paying("市财政局 60%、县级财政 60%").yields(["T0405 合计是120%"])
    try paying("市财政局 40%").yields(["T0405 合计是40%"])
    try paying("市财政局、县级财政，比例 未规定").yields(["T0306", "T0306"])
    try paying("养老机构").yields(["T0204 不是机关"])
  }

  @Test func instalments() throws {
    func paying(_ lines: String) -> Rules {
      rules.quoting("给予一次性", as: "先拨60%、后拨40%，给予一次性").changing("    出资：市财政局", to: "    出资：市财政局\n" + lines)
    }
    try paying("    分期：“先拨” 60%\n    分期：“后拨” 40%").yields([])
    try paying("    分期：“先拨” 60%\n    分期：“后拨” 60%").yields(["T0405 各期比例合计是120%"])
    try paying("    分期：“先拨” 60%").yields(["T0405 各期比例合计是60%"])
  }

  @Test func holesAndFillings() throws {
    let hole = "空缺 补助办法：金额\n    原文：“给予一次性补助5万元”\n    制定：市财政局"
    let fill = "\n\n补入 养老机构补助办法 补助办法：\n    原文：“给予一次性补助5万元”\n    值：5万元"
    let filled = rules.adding(hole).changing("金额：5万元", to: "金额：补助办法")
    try filled.adding(fill).yields([])
    try filled.adding(fill + fill).yields(["T0402 “补助办法”在同一时间有两个补入"])
    let early = fill + "\n    有效期：2024年12月31日"
    let late = fill + "\n    施行日期：2025年1月1日"
    try filled.adding(early + late).yields([])
    try filled.adding(early + fill + "\n    施行日期：2024年12月31日").yields(["T0402"])
    try filled.adding(fill.replacingOccurrences(of: "法 补助办法", with: "法 补助版法")).yields(["T0201"])
    try filled.adding(fill.replacingOccurrences(of: "值：5万元", with: "值：5张")).yields(["T0207"])
    try rules.adding(hole.replacingOccurrences(of: "\n    制定：市财政局", with: "")).yields(["T0105 没有写由谁制定"])
    try rules.adding(hole.replacingOccurrences(of: "：金额", with: "：")).yields(["T0206"])
  }

  /// What fills or bounds a hole is said of the subject of the rules that use it, whichever kind that is.
  @Test func holesOfAnyKind() throws {
    let quote = "给予一次性补助5万元，由市财政承担"
    let site =
      "措施 网点补助：\n    对象：网点\n    原文：“\(quote)”\n    给予：一次性补助\n    出资：市财政局\n    金额：补助办法"
    let hole = "空缺 补助办法：金额\n    原文：“\(quote)”\n    制定：市财政局\n    不多于：床数 × 5万元/张"
    let fill = "\n\n补入 养老机构补助办法 补助办法：\n    原文：“\(quote)”\n    值：床数 × 5万元/张"
    let filled = rules.adding(hole + fill + "\n\n" + site)
    try filled.yields([])
    let policies = try filled.checked()
    let program = policies.program
    let filling = try #require(program.holes.first?.fillings.first)
    guard case .arithmetic(_, let field, _) = filling.value.form, case .field(let id, let depth) = field.form else {
      return #expect(Bool(false), "\(filling.value)")
    }
    #expect(program.fields[id].name == "床数" && depth == 0)
    // Of an institution it would be another thing, or none.
    try filled.changing("    金额：5万元", to: "    金额：补助办法").yields(["T0204 “床数”是“网点”的字段", "T0204 “床数”是“网点”的字段"])
    // Nothing uses it: any one kind may be meant.
    try rules.adding(hole + fill).yields([])
  }

  @Test func groups() throws {
    let second = "措施 改造补助：\n    对象：养老机构\n    原文：“给予一次性补助5万元，由市财政承担”\n    给予：一次性补助\n    出资：市财政局\n    金额：5万元"
    func group(_ lines: String) -> Rules {
      rules.adding(second + "\n\n组合 建设类（养老机构）：\n    原文：“一次性补助”\n" + lines)
    }
    try group("    成员：床位补助、改造补助\n    规则：就高不重复").yields([])
    try group("    成员：床位补助\n    规则：就高不重复").yields(["T0105 至少要有两个成员"])
    try group("    成员：床位补助、床位补助、改造补助\n    规则：叠加").yields(["T0203 写了两次"])
    try group("    成员：床位补助、改造补助").yields(["T0105 应写规则"])
    try group("    成员：床位补助、改造补助\n    规则：补差").yields(["T0105 应写“已得"])
    try group("    成员：床位补助、改造补助\n    规则：择一").yields(["T0105 应写“选择"])
    try group("    成员：床位补助、连锁\n    规则：叠加").yields(["T0204 不是措施"])
  }

  @Test func whatAReaderAsks() throws {
    try rules.changing("    出资：市财政局\n", to: "").yields(["T0501 没有写出资"])
    try rules.changing("    金额：5万元\n", to: "").yields(["T0502 没有金额", "T0306"])
    try rules.changing("    连锁：是否", to: "    连锁：是否\n    属重点机构：是否").when("属重点机构").yields(["T0503 “属重点机构”是哪些没有规定"])
    try rules.changing("    连锁：是否", to: "    连锁：是否\n    属重点机构：是否，由 市财政局 认定").when("属重点机构").yields([])
    try rules.changing("    连锁：是否", to: "    连锁：是否\n    属重点机构：是否 凭“认定文件”").when("属重点机构").yields([])
    try rules.changing("金额：5万元", to: "金额：床位数").yields(["T0207"])
    try rules.changing("    给予：一次性补助\n", to: "").yields(["T0105 没有写力度"])
    try rules.changing("    对象：养老机构\n", to: "").yields(["T0105 没有“对象”的措施不能有“条件”"])
  }

  @Test func cases() throws {
    func adding(_ lines: String) -> Rules {
      var result = rules
      result.rules += "\n案例 甲：\n" + lines
      return result
    }
    try adding("    查询日期：2024年6月1日\n    养老机构：床位数 20张，资产 3亿元，举办主体 民办\n    预期：床位补助 符合，金额 5万元").yields([])
    try adding("    养老机构：床位数 20张\n    预期：床位补助 符合").yields(["T0105 没有写查询日期"])
    try adding("    查询日期：2024年6月1日\n    养老机构：床位数 20张").yields(["T0105 没有预期"])
    try adding("    查询日期：2024年6月\n    养老机构：床位数 20张\n    预期：床位补助 符合").yields(["T0005"])
    try adding("    查询日期：2024年6月1日\n    养老机构：床位数 20亩\n    预期：床位补助 符合").yields(["T0207 “床位数”应为"])
    try adding("    查询日期：2024年6月1日\n    养老机构：床位数 20张，床位数 21张\n    预期：床位补助 符合").yields(["T0203 写了两次"])
    try adding("    查询日期：2024年6月1日\n    养老机构：举办主体 一级\n    预期：床位补助 符合").yields(["T0207 “举办主体”应为"])
    try adding("    查询日期：2024年6月1日\n    养老机构：连锁 是\n    预期：床位补助 符合，随便").yields(["T0201"])
  }
}
