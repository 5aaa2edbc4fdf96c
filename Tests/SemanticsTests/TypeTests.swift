import Foundation
import PolicyDiagnostics
import PolicyIR
import PolicyText
import PolicyWorkspace
import Testing

/// Names, types and the meanings of words.
@Suite struct TypeTests {
  /// Words of a list that can be cut in two ways that cross are remarked, unless only one can be read.
  @Test func crossingCuts() throws {
    let crossing = Rules().adding("选项 投资类：民营、主体民营、公办").changing(
      "    连锁：是否", to: "    连锁：是否\n    投资：投资类\n    投资主体：投资类")
    func facts(_ line: String) -> Rules {
      var rules = crossing
      rules.rules += "\n案例 试：\n    查询日期：2024年6月1日\n    养老机构：\(line)\n    预期：床位补助 待定\n"
      return rules
    }
    try facts("投资主体民营").yields(["T0202 “投资主体 民营”、“投资 主体民营”"])
    try facts("投资 主体民营").yields([])
    try facts("投资主体公办").yields([])
    try facts("投资 公办，投资主体民营").yields([])
  }

  let rules = Rules()

  @Test(arguments: [
    ("占地 ＋ 资产 5万元以上", "T0207 不能相加"), ("床位数 5万元以上", "T0207"), ("床位数", "T0207 写“床位数 …以上”等"),
    ("举办主体", "T0207 写“举办主体 为 …”"),
    ("举办主体 公办以上", "T0207 没有大小"), ("开业日期 5万元以上", "T0207"), ("连锁 且 床位数", "T0207"), ("机构名称 5万元以上", "T0207"),
    ("开业日期 在 20张 以前", "T0207"), ("分部 的 床数 20张以上", "T0207 若干主体要用"), ("合计（分部） 20张以上", "T0208"),
    ("任一（床位数，连锁）", "T0208 不是“若干”主体"), ("任一（分部）", "T0208 后面应写条件"), ("至少 3 项（连锁；床位数20张以上）", "T0208 不能要求至少3项"),
    ("较大值（床位数） 20张以上", "T0208 要两个以上"),
    ("停业期间 30元以上", "T0207"), ("较大值（停业期间，30元） 1年以上", "T0207"), ("周岁（开业日期） 5以上", "T0208 2个日期"),
    ("床位补助", "T0204 应写“床位补助 符合”"),
    ("床位补助 符合", "T0209 互相依赖"), ("市财政局", "T0204"), ("床数 20张以上", "T0204 “床数”是“网点”的字段"), ("连锁 符合", "T0204 不能说它“符合”"),
    ("任一（分部，床位补助 符合）", "T0204 不能问措施是否符合"),
    ("机构名称 在名单 床位补助", "T0204 不是名单"), ("连琐", "T0201 是不是“连锁”"), ("举办主体 为 民力", "T0201 是不是“民办”"),
    ("举办主体 为 二级", "T0207"), ("床位数 于 开业日期 20张以上", "T0204 不是参数"), ("开业日期 在 2025年2月30日 以前", "T0005 日历上没有"),
  ])
  func conditions(_ condition: String, _ wanted: String) throws { try rules.when(condition).yields([wanted]) }

  @Test(arguments: [
    ("床位数20张以上", "床位数 20张", "是"), ("床位数20张以上", "床位数 19张", "否"), ("床位数20张以下", "床位数 20张", "是"),
    ("床位数20张以内", "床位数 20张", "是"),
    ("床位数20张以外", "床位数 20张", "否"), ("床位数超过20张", "床位数 20张", "否"), ("床位数不足20张", "床位数 20张", "否"),
    ("床位数不满20张", "床位数 19张", "是"),
    ("床位数低于20张", "床位数 20张", "否"), ("床位数不低于20张", "床位数 20张", "是"), ("床位数20张以上（不含）", "床位数 20张", "否"),
    ("床位数20张以外（含）", "床位数 20张", "是"),
    ("床位数 ≥ 20张", "床位数 20张", "是"), ("床位数 ＞ 20张", "床位数 20张", "否"), ("等级二级以上", "等级 三级", "是"), ("等级二级以上", "等级 一级", "否"),
    ("等级二级以下", "等级 二级", "是"), ("占地1公顷以上", "占地 15亩", "是"), ("占地10000平方米以上", "占地 15亩", "是"),
    ("占地10000平方米以上", "占地 14.99亩", "否"),
    ("开业日期 在 2025年年底 以前", "开业日期 2025年12月31日", "是"), ("开业日期 在 2025年底 之前", "开业日期 2026年1月1日", "否"),
    ("开业日期 在 2025年 以后", "开业日期 2025年1月1日", "是"), ("开业日期 在 2024年 至 2025年", "开业日期 2025年12月31日", "是"),
    ("开业日期 在 2024年5月 以前", "开业日期 2024年5月31日", "是"), ("举办主体 为 公办、民办", "举办主体 民办", "是"),
    ("举办主体 不为 公办、民办", "举办主体 公建民营", "是"),
    ("停业期间30日以上", "停业期间 30日", "是"), ("停业期间 不足 1年", "停业期间 12个月", "否"), ("停业期间 一年以上", "停业期间 366日", "是"),
    ("较大值（停业期间，1年） 2年以上", "停业期间 24个月", "是"), ("非 连锁 或 床位数20张以上", "连锁 否", "是"), ("资产 ÷ 3 × 3 等于 1元", "资产 1元", "是"),
  ])
  func bounds(_ expression: String, _ facts: String, _ wanted: String) throws {
    #expect(try rules.value(expression, facts) == wanted)
  }

  /// 30000万元 ≡ 3亿元 ≡ 三亿元, in rules and in facts.
  @Test func oneAmountInManySpellings() throws {
    let spellings = ["3亿元", "三亿元", "30000万元", "30,000万元", "３亿元", "叁亿元", "300000000元", "3亿", "三万万元"]
    for one in spellings.dropLast(2) {
      for other in spellings.dropLast(2) {
        #expect(try rules.value("资产 等于 \(one)", "资产 \(other)") == "是", "\(one) \(other)")
      }
      #expect(try rules.value("资产 \(one)以上", "资产 299999999.99元") == "否", "\(one)")
    }
  }

  /// Paths of a policy are relative, days of every year have an English twin, and no field is called like a word of cases.
  @Test func smallThings() throws {
    try rules.changing("    原文：“原文.txt”", to: "    原文：“/原文.txt”").yields(["T0308 是绝对路径"])
    let imported = try rules.changing("机关 市财政局：级别 市", to: "引入 “/tmp”\n机关 市财政局：级别 市").remarks()
    #expect(imported.contains { $0.hasPrefix("T0308 引入的“/tmp”是绝对路径") })
    for text in ["开业日期 在 每年3月1日 以后", "开业日期 on every-year 3月1日 after", "开业日期 on every-year3月1日 after"] {
      #expect(try rules.value(text, "开业日期 2024年3月1日") == "是", "\(text)")
      #expect(try rules.value(text, "开业日期 2024年2月29日") == "否", "\(text)")
    }
    try rules.changing("    连锁：是否", to: "    连锁、条款：是否").yields(["T0205 “条款”是案例里的词"])
  }

  @Test func boundsThatADocumentReadsOtherwise() throws {
    #expect(try rules.changing("    有效期：未规定", to: "    有效期：未规定\n    本数：以下 不含").checked().remarks.isEmpty)
    let other = rules.quoting("20张以上的", as: "20张以下的").changing("条件：床位数20张以上", to: "条件：床位数20张以下")
    let plain = try other.checked().program.measures[0].conditions[0].test.form
    let changed = try other.changing("    有效期：未规定", to: "    有效期：未规定\n    本数：以下 不含").checked().program.measures[0]
      .conditions[0].test.form
    guard case .comparison(let one, _, _) = plain, case .comparison(let two, _, _) = changed else {
      Issue.record("no comparisons")
      return
    }
    #expect(one == .lessOrEqual && two == .less)
  }

  @Test func duplicates() throws {
    try rules.adding("措施 床位补助：\n    原文：“给予一次性补助5万元”\n    给予：补助").yields(["T0203 “床位补助”已经声明过"])
    try rules.changing("    占地：面积", to: "    占地：面积\n    占地：金额").yields(["T0203 字段“占地”"])
    try rules.changing("公办、民办、公建民营", to: "公办、民办、公办").yields(["T0203 值“公办”写了两次"])
    try rules.changing("机关 县级财政", to: "机关 市财政局：级别 市\n机关 县级财政").yields(["T0203 “市财政局”已经声明过"])
    try rules.when("举办主体 为 公办、公办").yields(["T0305 “公办”不在", "T0203 写了两次"])
  }

  @Test func classifications() throws {
    let head = "归类 社会办（养老机构 的 举办主体）：\n    原文：“养老机构”\n"
    try rules.adding(head + "    是：民办\n    否：公办\n    分歧：公建民营").when("社会办").yields([])
    try rules.adding(head + "    是：民办\n    否：公办").yields(["T0401 没有归入：公建民营"])
    try rules.adding(head + "    是：民办\n    否：公办、民办\n    待定：公建民营").yields(["T0203 “民办”归了两次"])
    try rules.adding(head + "    是：民办、一级\n    否：公办\n    待定：公建民营").yields(["T0204 不是“举办方式”的值"])
    try rules.adding("归类 社会办（养老机构 的 连锁）：\n    原文：“养老机构”\n    是：民办").yields(["T0207 不是选项"])
  }

  @Test func circles() throws {
    func definition(_ name: String, _ body: String) -> String { "定义 \(name)（养老机构）：是否\n    原文：“养老机构”\n    即：\(body)" }
    try rules.adding(definition("甲", "乙") + "\n" + definition("乙", "丙 或 连锁") + "\n" + definition("丙", "甲")).yields([
      "T0209 甲 → 乙 → 丙 → 甲"
    ])
    try rules.adding(definition("甲", "甲")).yields(["T0209 甲 → 甲"])
    try rules.adding(definition("甲", "床位补助 符合")).when("甲").yields(["T0209"])
  }

  @Test func readings() throws {
    let one = "定义 规模（养老机构）：是否\n    原文：“养老机构”\n    读法 广义：连锁\n    读法 狭义：连锁 且 床位数20张以上"
    try rules.adding(one.replacingOccurrences(of: "20张以上", with: "20张以上")).changing(
      "    条件：床位数20张以上", to: "    条件：规模 且 床位数20张以上"
    )
    .yields(["T0305 “20张”不在"])
    let plain = "定义 规模（养老机构）：是否\n    原文：“床位20张以上的养老机构”\n    读法 广义：连锁\n    读法 狭义：床位数20张以上"
    let follower = "定义 随规模（养老机构）：是否\n    原文：“养老机构”\n    随：规模\n    读法 广义：是\n    读法 狭义：连锁"
    let two = rules.adding(plain + "\n" + follower).when("规模 且 随规模")
    try two.yields([])
    #expect(try two.checked().program.choices.count == 1)
    try rules.adding(plain + "\n" + follower.replacingOccurrences(of: "\n    读法 狭义：连锁", with: "")).yields([
      "T0204 没有同样多的读法"
    ])
    try rules.adding(follower.replacingOccurrences(of: "随：规模", with: "随：连锁")).yields(["T0204 不是定义"])
    try rules.adding("定义 空（养老机构）：是否\n    原文：“养老机构”").yields(["T0105 没有内容"])
  }

  @Test func namesRestrictedToAClause() throws {
    let definition = "定义 规模（养老机构）：是否，限 一（二）\n    原文：“养老机构”\n    即：连锁"
    try rules.adding(definition).when("规模").yields(["T0204 只在 一（二） 中使用，这里是 一（一）"])
    try rules.adding(definition.replacingOccurrences(of: "一（二）", with: "一（一）")).when("规模").yields([])
    try rules.adding(definition.replacingOccurrences(of: "一（二）", with: "一")).when("规模").yields([])
    try rules.adding(definition.replacingOccurrences(of: "限 一（二）", with: "限 此处")).yields(["T0201"])
  }

  @Test func rulings() throws {
    let plain = "定义 规模（养老机构）：是否\n    原文：“床位20张以上的养老机构”\n    读法 广义：连锁\n    读法 狭义：床位数20张以上"
    let ruling = "\n口径 规模：狭义\n    依据：“市财政局答复”\n    日期：2024年5月1日"
    try rules.adding(plain + ruling).when("规模").yields([])
    try rules.adding(plain + ruling.replacingOccurrences(of: "\n    日期：2024年5月1日", with: "")).yields(["T0105 没有写依据和日期"])
    try rules.adding(plain + ruling + ruling).yields(["T0203 已有口径"])
    try rules.adding(plain + ruling.replacingOccurrences(of: "：狭义", with: "：严格")).yields(["T0201"])
  }

  @Test func nearestSpellings() throws {
    try rules.changing("    出资：", to: "    出次：").yields(["T0103 是不是“出资”"])
    try rules.changing("出资：市财政局", to: "出资：市财证局").yields(["T0201 是不是“市财政局”"])
    try rules.changing("对象：养老机构", to: "对象：养老机够").yields(["T0201 是不是“养老机构”"])
    try rules.changing("对象：养老机构", to: "对象：市财政").yields(["T0204 不是主体"])
    try rules.changing("措施 床位补助", to: "错施 床位补助").yields(["T0103 是不是“措施”"])
    try rules.changing("    占地：面积", to: "    占地：面机").yields(["T0201"])
    try rules.when("床位 20张以上").yields(["T0201 是不是“床位数”"])
  }
}
