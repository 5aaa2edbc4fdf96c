import Glibc
import PolicyText
import PolicyWorkspace

/// A document and its rules of any length: every measure has a name of its own, a quote, two conditions, an amount and two
/// payers, and every sentence of the document is quoted.
struct GeneratedPolicy {
  private(set) var rules = ""
  private(set) var text = "某市养老服务补助办法\n\n各县（市、区）人民政府：\n\n"
  private static let counties = ["右玉县", "怀仁市", "应县", "山阴县", "平鲁区", "朔城区"]
  private static let grants = ["建设补助", "运营补助", "床位补助", "贷款贴息", "租金补贴", "培训补助", "设备补助", "改造补助"]
  private static let syllables = ["东", "西", "南", "北", "中", "山", "川", "河", "湖", "海"]
  /// Measures in one clause, and clauses in one part.
  private static let measuresPerClause = 50
  private static let clausesPerPart = 20

  /// What the rules of every such document rest on.
  static let vocabulary = """
    选项 县区：\(counties.joined(separator: "、"))
    主体 项目
        养老床位：数量（张）
        所在县区：县区

    机关 市财政局：级别 市
    机关 县级财政：每县一个


    """

  init(measures: Int) {
    self.init(number: 1, measures: 0..<measures)
    rules = GeneratedPolicy.vocabulary + rules
  }

  /// One of several documents, whose measures have their names by their numbers; the vocabulary is elsewhere.
  init(number: Int, measures: Range<Int>) {
    rules = """
      文件 某政发〔2024〕\(number)号：
          标题：“某市养老服务补助办法”
          成文日期：未规定
          施行日期：未规定
          有效期：未规定
          原文：“原文.txt”

      不入规则 首部第1句：标题


      """
    let size = GeneratedPolicy.measuresPerClause
    for clause in 0..<((measures.count + size - 1) / size) {
      let first = measures.lowerBound + clause * size
      addClause(clause, first..<min(measures.upperBound, first + size))
    }
  }

  /// Puts rules and official text into a folder.
  func write(to folder: String) {
    mkdir(folder, 0o755)
    do {
      try FileSystem.write(rules, to: folder + "/规则.tiaoli")
      try FileSystem.write(text, to: folder + "/原文.txt")
    } catch { fail("can't write to \(folder)") }
  }

  /// Three cases a measure: on its threshold, one below it, and in another county.
  static func cases(measures: Int) -> String {
    let policy = GeneratedPolicy(measures: 0)
    return (0..<measures).map { number in
      let name = policy.place(number) + grants[number % 8]
      func one(_ what: String, _ beds: Int, _ county: Int, _ answer: String) -> String {
        """
        案例 \(name)\(what)：
            查询日期：2024年6月1日
            项目：养老床位 \(beds)张，所在县区 \(counties[county % 6])
            预期：\(name) \(answer)，责任单位 市财政局


        """
      }
      let beds = policy.beds(number)
      return one("刚好", beds, number, "符合，金额 \(policy.amount(number))万元") + one("差一张", beds - 1, number, "不符合")
        + one("外县", beds, number + 1, "不符合")
    }.joined()
  }

  private mutating func addClause(_ clause: Int, _ measures: Range<Int>) {
    let part = ChineseCount.text(clause / GeneratedPolicy.clausesPerPart + 1)
    let item = ChineseCount.text(clause % GeneratedPolicy.clausesPerPart + 1)
    if clause % GeneratedPolicy.clausesPerPart == 0 {
      text += "\(part)、补助类别\(part)\n\n"
      rules += "条款 \(part) 补助类别\(part)：\n\n"
    }
    text += "（\(item)）补助标准。"
    rules += "条款 \(part)（\(item)） 补助标准：\n    责任单位：市财政局\n\n"
    for measure in measures {
      text += quote(measure) + "。"
      addMeasure(measure)
    }
    text += "〔责任单位：市财政局〕\n\n"
  }

  private mutating func addMeasure(_ number: Int) {
    rules += """
      措施 \(place(number))\(GeneratedPolicy.grants[number % 8])：
          对象：项目
          原文：“\(quote(number))”
          条件：养老床位 \(beds(number))张以上 且 所在县区 为 \(GeneratedPolicy.counties[number % 6])
          给予：一次性补助
          金额：\(amount(number))万元
          出资：市财政局、县级财政，比例 未规定


      """
  }

  private func quote(_ number: Int) -> String {
    "对位于\(GeneratedPolicy.counties[number % 6])、养老床位达到\(beds(number))张以上的\(place(number))项目，"
      + "给予一次性补助\(amount(number))万元"
  }

  private func beds(_ number: Int) -> Int { 20 + number }

  private func amount(_ number: Int) -> String { "\(number / 100 + 1).\(number % 90 + 10)" }

  /// Five characters that no other measure has.
  private func place(_ number: Int) -> String {
    var rest = number
    var name = ""
    for _ in 0..<5 {
      name = GeneratedPolicy.syllables[rest % 10] + name
      rest /= 10
    }
    return name
  }
}
