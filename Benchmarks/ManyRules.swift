import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
import PolicyWorkspace

/// Copies of the twelve rules, each for a city, a band of investment or days of its own, so that a project has as many candidates
/// whatever the number of copies is: one copy of each rule.
struct ManyRules {
  let copies: Int
  /// The rules as the files have them, and the official text.
  private(set) var rules = ""
  private(set) var text = "虚构省康养扶持办法\n\n"

  /// What tells the copies of each rule apart.
  private enum Key { case city, investment, days, members }

  private static let keys: [Key] = [
    .city, .city, .investment, .investment, .days, .city, .days, .investment, .investment, .members, .city, .days,
  ]
  private static let firstDay = CivilDate(year: 2022, month: 1, day: 1)!
  /// The days that the copies share out among them.
  private static let dayCount = 1_200
  static let asOf = CivilDate(year: 2024, month: 6, day: 1)!
  private static let perPart = 20

  init(copies: Int) {
    self.copies = copies
    let cities = (0..<copies).map { "虚构\(ChineseCount.text($0 + 1))市" }
    rules = TwelveRules.vocabulary(cities: cities)
    rules += """
      文件 虚政发〔2024〕13号：
          标题：“虚构省康养扶持办法”
          成文日期：未规定
          施行日期：未规定
          有效期：未规定
          原文：“原文.txt”

      不入规则 首部：标题


      """
    for copy in 0..<copies { add(copy, cities[copy]) }
  }

  private mutating func add(_ copy: Int, _ city: String) {
    let (part, item) = (ChineseCount.text(copy / Self.perPart + 1), ChineseCount.text(copy % Self.perPart + 1))
    if copy % Self.perPart == 0 {
      text += "\(part)、扶持事项\(part)\n\n"
      rules += "条款 \(part) 扶持事项\(part)：\n\n"
    }
    text += "（\(item)）十二项。"
    rules += "条款 \(part)（\(item)） 十二项：\n\n"
    let number = ChineseCount.text(copy + 1)
    for (place, name) in TwelveRules.names.enumerated() {
      var condition = TwelveRules.conditions[place]
      var days = ""
      switch Self.keys[place] {
      case .city: condition = joined("所在市 为 \(city)", condition)
      case .investment:
        let (low, high) = (100_000 * copy / copies, 100_000 * (copy + 1) / copies)
        condition = joined("备案总投资 超过 \(low)万元 且 备案总投资 \(high)万元以下", condition)
      case .days:
        let (first, last) = (day(Self.dayCount * copy / copies), day(Self.dayCount * (copy + 1) / copies - 1))
        days = "    施行：\(first)\n    有效期：\(last)\n"
      case .members: condition = "第\(number)组措施八 符合 或 第\(number)组措施九 符合"
      }
      let quote =
        "支持第\(number)组\(name)的项目" + (condition.map { "：" + $0.filter { $0 != " " } } ?? "")
        + days.filter { $0 != " " && $0 != "\n" }
      text += quote + "。"
      rules += "措施 第\(number)组\(name)：\n    对象：项目\n    原文：“\(quote)”\n"
      if let condition { rules += "    条件：\(condition)\n" }
      rules += days + "    支持：\(name)\n\n"
    }
    text += "\n\n"
  }

  private func joined(_ key: String, _ condition: String?) -> String { condition.map { "\(key) 且 （\($0)）" } ?? key }

  private func day(_ number: Int) -> String {
    ((try? Self.firstDay.adding(days: number)) ?? Self.firstDay).chineseDescription
  }

  /// The checked rules.
  func load() -> PolicySet {
    let files = ["多份/规则.tiaoli": Array(rules.utf8), "多份/原文.txt": Array(text.utf8)]
    guard let set = try? loadPolicies(["多份/规则.tiaoli"], from: .memory(files)) else {
      fail("can't load \(copies) copies")
    }
    for remark in set.remarks where remark.severity == .error {
      fail("\(copies) copies: \(remark.primary.message.zh) \(remark.id)")
    }
    require(set.program.measures.count == 12 * copies, "\(set.program.measures.count) measures")
    return set
  }
}
