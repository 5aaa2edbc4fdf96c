import Foundation
import PolicyAnswers
import PolicyDiagnostics
import PolicyIR
import PolicyValues
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
    try paying("市财政局 60%、县级财政 20% 加 20%").yields(["T0305", "T0305"])
    try paying("市财政局 110%、县级财政 其余").yields(["T0405 超过100%"])
    try paying("市财政局 2万元、县级财政 40%").yields(["T0405 合计是4万元，不是5万元"])
    try paying("市财政局 收住率、县级财政 其余").yields(["T0306", "T0306"])
    try paying("市财政局 床位数").yields(["T0207"])
  }

  @Test func instalments() throws {
    func paying(_ lines: String) -> Rules {
      rules.quoting("给予一次性", as: "先拨60%、后拨40%，给予一次性").changing("    出资：市财政局", to: "    出资：市财政局\n" + lines)
    }
    try paying("    分期：“先拨” 60%\n    分期：“后拨” 40%").yields([])
    try paying("    分期：“先拨” 60%\n    分期：“后拨” 60%").yields(["T0405 各期合计是120%"])
    try paying("    分期：“先拨” 60%").yields(["T0405 各期合计是60%"])
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

  /// A hole's time limit from the document's date, and the word when it has passed.
  @Test func holesAreDue() throws {
    func due(_ limit: String) -> Rules {
      let words = "2024年4月8日起30日、33日、34日、2个月、10个工作日内制定办法"
      return rules.changing("    施行日期：未规定", to: "    成文日期：2024年4月8日\n    施行日期：未规定")
        .quoting("由市财政承担", as: words + "，由市财政承担")
        .adding("空缺 办法：金额\n    原文：“\(words)”\n    制定：市财政局，时限 \(limit)")
        .adding("日历 2024：\n    上班：2024年5月11日")
    }
    // 8 May 2024 is a Wednesday, the 11th a Saturday that is worked, the 12th a Sunday.
    for (length, month, day) in [("30日", 5, 8), ("33日", 5, 11), ("34日", 5, 13), ("2个月", 6, 8), ("10个工作日", 4, 22)] {
      let policies = try due("成文日期 起 \(length) 内").checked()
      let last = try #require(CivilDate(year: 2024, month: month, day: day))
      #expect(policies.program.dueDate(of: policies.program.holes[0]) == .date(last), "\(length)")
      let before = Session(policies: policies, asOf: last, language: .zh)
      #expect(before.overdueHoles().isEmpty)
      #expect(before.wording.due(HoleID(0)) == "（\(last.chineseDescription)以前）")
      let after = Session(policies: policies, asOf: try last.adding(days: 1), language: .zh)
      #expect(after.overdueHoles().map(\.hole) == ["办法"])
    }
    let other = try due("成文日期 起 30日 内").changing("日历 2024：", to: "日历 2023：").checked().program
    #expect(other.dueDate(of: other.holes[0]) == .yearNotLoaded(2024))
    #expect(try due("未规定").checked().program.holes[0].deadline == nil)
    #expect(try due("施行日期 起 30日 内").remarks().contains { $0.hasPrefix("T0105 文件没有规定施行日期") })
    #expect(try due("30日 内").remarks().contains { $0.hasPrefix("T0102 时限应写") })
  }

  /// What is granted is money under 金额 and anything else under 数额.
  @Test func grantsThatAreNoMoney() throws {
    func granting(_ line: String, _ words: String) -> Rules {
      rules.quoting("一次性补助5万元", as: "一次性补助" + words).changing("    金额：5万元", to: "    " + line)
        .changing("    出资：市财政局\n", to: "")
    }
    try granting("数额：20亩", "20亩").yields([])
    try granting("数额：3年", "3年").yields([])
    try granting("quantity：2个百分点", "2个百分点").yields([])
    try granting("数额：5万元", "5万元").yields(["T0207 面积、数量、比率或期间，却是金额"])
    try granting("金额：20亩", "20亩").yields(["T0207 应为金额，却是面积"])
    let group = "\n\n组合 全部（同一养老机构）：\n    原文：“床位20张以上的养老机构”\n    成员：床位补助、用地\n    规则：叠加"
    func other(_ grant: String) -> String {
      "措施 用地：\n    对象：养老机构\n    原文：“床位20张以上的养老机构，给予一次性补助20亩”\n"
        + "    条件：床位数20张以上\n    给予：用地\n    \(grant)"
    }
    let base = granting("数额：20亩", "20亩")
    try base.adding(other("数额：20亩") + group).yields([])
    try base.adding(other("数额：床位数") + group).yields(["T0207 不是一种东西"])
    try granting("数额：3年", "3年、20亩").adding(
      other("数额：3年").replacingOccurrences(of: "补助20亩", with: "补助3年、20亩") + group
    ).yields(["T0207 不能合并计算"])
    try base.when("用地 的 金额 5万元以上").adding(other("数额：20亩")).yields(["T0207 给的不是金额"])
  }

  /// A combination that the measure excludes needs no row.
  @Test func combinationsThatTheMeasureExcludes() throws {
    let words = "公办的连锁机构每张床位100元，民办的200元"
    let table =
      "标准表 每床：\n    原文：“\(words)”\n    | 举办主体 | 标准 |\n    | 公办 | 100元/张 |\n    | 民办 | 200元/张 |"
    let base = rules.quoting("给予一次性补助5万元", as: words + "，给予一次性补助").adding(table)
      .changing("金额：5万元", to: "金额：床位数 × 每床")
    try base.yields(["T0407 举办主体 公建民营"])
    try base.when("举办主体 为 公办、民办").yields([])
    try base.changing("    出资：市财政局", to: "    除外：举办主体 为 公建民营\n    出资：市财政局").yields([])
    try base.when("举办主体 为 公办、民办 或 连锁").yields(["T0407"])
  }

  /// A limit over all applicants, its order and the fact that the order goes by.
  @Test func totalLimits() throws {
    func limited(_ line: String) -> Rules {
      rules.quoting("由市财政承担", as: "由市财政承担，全市总额100万元").changing(
        "    金额：5万元", to: "    金额：5万元\n    总额：\(line)")
    }
    for line in ["100万元，先到先得（备案日期）", "100万元，按排名（床位数）", "100万元，按比例", "100万元"] {
      try limited(line).yields([])
    }
    let total = try limited("100万元，先到先得（备案日期）").checked().program.measures[0].totalLimit
    #expect(total?.limit == 1_000_000 && total?.order == .firstCome && total?.key != nil)
    try limited("100万元，先到先得（床位数）").yields(["T0204 不能用来排先后"])
    try limited("100万元，按排名（备案日期）").yields(["T0204 不能用来排先后"])
    try limited("100亩，先到先得").yields(["T0207"])
  }

  /// 参照 by the clause in which a rule stands.
  @Test func referencesByClause() throws {
    func following(_ target: String, _ more: String = "") -> Rules {
      rules.adding(
        "条款 二 参照：\n措施 参照补助：\n    对象：养老机构\n    原文：“连锁机构参照执行”\n    给予：补助\n    参照：\(target)\n\n条款 一（一） 床位补助："
          + more
      ).appending("\n    二、参照\n    连锁机构参照执行。")
    }
    for target in ["养老机构补助办法 一（一） 床位补助", "养老机构补助办法 一（一）", "一（一）", "床位补助"] {
      let set = try following(target).checked()
      let ids = Dictionary(uniqueKeysWithValues: set.program.measures.enumerated().map { ($1.name, MeasureID($0)) })
      let id = try #require(ids["参照补助"])
      #expect(set.program.measures[id].reference?.target == .measure(try #require(ids["床位补助"])), "\(target)")
    }
    func remarks(_ target: String) throws -> [String] {
      try following(target).remarks().filter { $0.contains("参照") || $0.hasPrefix("T0301") || $0.hasPrefix("T0204") }
    }
    #expect(try remarks("养老机构补助办法 二 「床位补助」").map { $0.prefix(12) } == ["T0204 “床位补助”"])
    #expect(try remarks("养老机构补助办法 九").contains { $0.hasPrefix("T0301") })
    #expect(try remarks("养老机构补助办法 一").contains { $0.hasPrefix("T0204") && $0.contains("没有写成措施") })
    let dangling = try following("“有关规定”").checked().program
    #expect(dangling.measures.contains { $0.reference?.target == .text("有关规定") })
  }
}
