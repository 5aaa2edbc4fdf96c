import PolicyDiagnostics
import PolicySyntax
import PolicyText
import Testing

/// Chinese without spaces is read as with them, and full-width forms as half-width ones.
@Suite struct SpacingTests {
  static let names = [
    "投资额", "有银行贷款", "属康养产业", "医院等级", "二级", "三级", "完工日期", "立项日期", "出生日期", "投资主体", "民营企业", "个人", "民办非企业",
    "项目", "贷款", "本金", "贷款机构", "银行", "项目名称", "重点项目", "床位补助", "申报床位", "核定床位", "低保标准", "每床补助", "用地面积",
    "规划和自然资源局意见", "同意", "依法且合规", "不满一年", "为老服务", "各县（市、区）意见",
  ]

  static let expressions: [(unspaced: String, spaced: String)] = [
    ("投资额3亿元以上且有银行贷款", "投资额 3亿元 以上 且 有银行贷款"),
    ("投资额三亿元以上或者属康养产业", "投资额 三亿元 以上 或者 属康养产业"),
    ("投资额3亿元以下（不含）", "投资额 3亿元 以下 （ 不含 ）"),
    ("完工日期在2025年年底以前", "完工日期 在 2025年年底 以前"),
    ("完工日期在2024年1月1日至2024年12月31日", "完工日期 在 2024年1月1日 至 2024年12月31日"),
    ("医院等级二级以上", "医院等级 二级 以上"),
    ("投资主体为民营企业、个人等", "投资主体 为 民营企业、个人 等"),
    ("投资主体不为民办非企业且非有银行贷款", "投资主体 不为 民办非企业 且 非 有银行贷款"),
    ("项目的投资额超过5000万元", "项目 的 投资额 超过 5000万元"),
    ("合计（贷款的本金）3000万元以上", "合计 （ 贷款 的 本金 ） 3000万元 以上"),
    ("任一（贷款，贷款机构为银行）", "任一 （ 贷款 ， 贷款机构 为 银行 ）"),
    ("（有银行贷款或投资额1亿元以下）且投资额不满3亿元", "（ 有银行贷款 或 投资额 1亿元 以下 ） 且 投资额 不满 3亿元"),
    ("项目名称在名单重点项目", "项目名称 在名单 重点项目"),
    ("床位补助符合且投资额不低于3亿元", "床位补助 符合 且 投资额 不低于 3亿元"),
    ("若有银行贷款则3万元否则1万元", "若 有银行贷款 则 3万元 否则 1万元"),
    ("投资额×5%，最高300万元", "投资额 × 5% ， 最高 300万元"),
    ("投资额乘以5%提高10%减半", "投资额 乘以 5% 提高 10% 减半"),
    ("较小值（申报床位，核定床位）×每床补助", "较小值 （ 申报床位 ， 核定床位 ） × 每床补助"),
    ("至少2项（有银行贷款；投资额3亿元以上；属康养产业）", "至少 2 项 （ 有银行贷款 ； 投资额 3亿元 以上 ； 属康养产业 ）"),
    ("周岁（出生日期，查询日期）60岁以上", "周岁 （ 出生日期 ， 查询日期 ） 60岁 以上"),
    ("低保标准于立项日期×3", "低保标准 于 立项日期 × 3"),
    ("规划和自然资源局意见为同意且依法且合规", "规划和自然资源局意见 为 同意 且 依法且合规"),
    ("各县（市、区）意见为同意且为老服务", "各县（市、区）意见 为 同意 且 为老服务"),
    ("非不满一年且用地面积20亩以内", "非 不满一年 且 用地面积 20亩 以内"),
    ("投资额3亿元以上and有银行贷款", "投资额 3亿元 以上 and 有银行贷款"),
  ]

  @Test(arguments: expressions) func unspacedIsSpaced(_ pair: (unspaced: String, spaced: String)) {
    let (one, first) = expression(pair.unspaced, names: Self.names)
    let (two, second) = expression(pair.spaced, names: Self.names)
    #expect(first.isEmpty && second.isEmpty, "\((first + second).map(\.primary.message.zh))")
    #expect(shape(one, pair.unspaced) == shape(two, pair.spaced))
    #expect(one.alternatives.isEmpty && two.alternatives.isEmpty)
  }

  @Test(arguments: expressions) func fullWidthIsHalfWidth(_ pair: (unspaced: String, spaced: String)) {
    let (plain, _) = expression(pair.unspaced, names: Self.names)
    for text in [widened(pair.unspaced), narrowed(pair.unspaced), widened(pair.spaced), narrowed(pair.spaced)] {
      let (other, remarks) = expression(text, names: Self.names)
      #expect(remarks.isEmpty, "\(text): \(remarks.map(\.primary.message.zh))")
      #expect(shape(plain, pair.unspaced) == shape(other, text), "\(text)")
    }
  }

  /// ！ to ～ and the ideographic space for their half-width twins.
  private func widened(_ text: String) -> String {
    map(text) { (0x21...0x7E).contains($0) ? $0 + 0xFEE0 : $0 == 0x20 ? 0x3000 : $0 }
  }

  private func narrowed(_ text: String) -> String {
    map(text) { (0xFF01...0xFF5E).contains($0) ? $0 - 0xFEE0 : $0 == 0x3000 ? 0x20 : $0 }
  }

  private func map(_ text: String, _ change: (UInt32) -> UInt32) -> String {
    var result = ""
    for scalar in text.unicodeScalars { result.unicodeScalars.append(Unicode.Scalar(change(scalar.value)) ?? scalar) }
    return result
  }

  /// Everything outside quotes, heads and labels too; what stands in quotes is kept as it is.
  @Test func wholeFilesInFullWidth() throws {
    for path in RuleFiles.paths where path.hasPrefix("policies/shuozhou") {
      let text = String(decoding: try RuleFiles.bytes(path), as: UTF8.self)
      var wide = ""
      var depth = 0
      var isComment = false
      for scalar in text.unicodeScalars {
        if scalar == "“" { depth += 1 }
        if scalar == "”" { depth -= 1 }
        if scalar == "#", depth == 0 { isComment = true }
        if scalar == "\n" { isComment = false }
        wide.unicodeScalars.append(
          depth == 0 && !isComment && (0x21...0x7E).contains(scalar.value)
            ? Unicode.Scalar(scalar.value + 0xFEE0)! : scalar)
      }
      let (one, first) = tree(Array(text.utf8))
      let (two, second) = tree(Array(wide.utf8))
      #expect(first.map(\.id) == second.map(\.id), "\(path)")
      #expect(shape(one, text) == shape(two, wide), "\(path)")
    }
  }
}
