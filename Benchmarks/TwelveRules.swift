import Glibc
import PolicyDiagnostics
import PolicyIR
import PolicyText
import PolicyValues
import PolicyWorkspace
import SeededRandom

/// The workload of docs/performance.md: twelve rules over one project record, the records from a fixed seed.
struct TwelveRules {
  static let counties = ["右玉县", "怀仁市", "应县", "山阴县", "平鲁区", "朔城区", "其他县"]
  static let kinds = ["生态旅游康养基地", "乡村旅游康养度假区", "医养综合体", "旅居村", "敬老院", "康复中心", "老年公寓", "其他项目"]
  static let investors = ["社会资本", "国有企业", "集体组织", "外商", "其他主体"]
  static let landUses = ["集体建设用地", "划拨用地", "出让用地", "租赁用地", "先租后让", "点状供地", "其他用地"]

  /// The rules' conditions, in order; nil: always.
  static let conditions: [String?] = [
    "备案总投资 3亿元以上",
    "备案总投资 3亿元以上 且 （龙头企业 或 项目种类 为 生态旅游康养基地、乡村旅游康养度假区）",
    nil,
    "符合国土空间规划",
    "用地方式 为 集体建设用地",
    "备案总投资 3亿元以上",
    "用地方式 为 集体建设用地、划拨用地、出让用地、租赁用地、先租后让",
    "投资主体 为 社会资本 且 建成日期 在 2025年12月31日 以前",
    "投资主体 为 社会资本 且 有银行贷款 且 贷款合规",
    "措施八 符合 或 措施九 符合",
    "（所在县区 为 右玉县、怀仁市、应县 且 项目种类 为 生态旅游康养基地） 或 "
      + "（所在县区 为 山阴县、平鲁区 且 项目种类 为 乡村旅游康养度假区） 或 "
      + "（所在县区 为 朔城区 且 项目种类 为 医养综合体、旅居村）",
    "是医院 且 医院等级 二级以上",
  ]

  static let names = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"].map { "措施" + $0 }

  /// The options and the facts; with `cities` a project has a city too.
  static func vocabulary(cities: [String] = []) -> String {
    """
    选项 县区：\(counties.joined(separator: "、"))
    选项 种类：\(kinds.joined(separator: "、"))
    选项 主体类别：\(investors.joined(separator: "、"))
    选项 用地：\(landUses.joined(separator: "、"))
    选项 等级（有序）：一级、二级、三级
    \(cities.isEmpty ? "" : "选项 城市：" + cities.joined(separator: "、"))

    主体 项目：
        备案总投资：金额
        所在县区：县区
        项目种类：种类
        龙头企业、有银行贷款、贷款合规、符合国土空间规划、是医院：是否
        投资主体：主体类别
        用地方式：用地
        建成日期：日期
        养老床位：数量（张）
        医院等级：等级
    \(cities.isEmpty ? "" : "    所在市：城市\n")

    """
  }

  /// The rules as a person would write them.
  static var rules: String {
    var rules =
      vocabulary() + """
        文件 虚政发〔2024〕12号：
            标题：“虚构市康养扶持办法”
            成文日期：未规定
            施行日期：未规定
            有效期：未规定
            原文：“原文.txt”

        不入规则 首部：标题

        条款 一 十二项：


        """
    for (name, condition) in zip(names, conditions) {
      rules += "措施 \(name)：\n    对象：项目\n    原文：“\(quote(name, condition))”\n"
      if let condition { rules += "    条件：\(condition)\n" }
      rules += "    支持：\(name)\n\n"
    }
    return rules
  }

  static var text: String {
    "虚构市康养扶持办法\n\n一、十二项\n\n" + zip(names, conditions).map { quote($0, $1) + "。" }.joined() + "\n"
  }

  private static func quote(_ name: String, _ condition: String?) -> String {
    "支持\(name)的项目" + (condition.map { "：" + $0.filter { $0 != " " } } ?? "")
  }

  /// Puts rules, official text and one complete record into a folder.
  static func write(to folder: String) {
    mkdir(folder, 0o755)
    let program = load().program
    var records = TwelveRules(program, seed: 36, missing: false)
    let table = header(program) + records.line(records.next(), 1)
    do {
      try FileSystem.write(rules, to: folder + "/规则.tiaoli")
      try FileSystem.write(text, to: folder + "/原文.txt")
      try FileSystem.write(table, to: folder + "/项目.csv")
    } catch { fail("can't write to \(folder)") }
  }

  /// The checked program.
  static func load() -> PolicySet {
    let files = ["十二项/规则.tiaoli": Array(rules.utf8), "十二项/原文.txt": Array(text.utf8)]
    guard let set = try? loadPolicies(["十二项/规则.tiaoli"], from: .memory(files)) else {
      fail("can't load the twelve rules")
    }
    for remark in set.remarks where remark.severity == .error { fail("the twelve rules: \(remark.primary.message.en)") }
    return set
  }

  private var numbers: SeededGenerator
  private let program: Program
  private let missing: Bool
  private let dayOne = CivilDate(year: 2023, month: 1, day: 1)!

  /// Records of a seed; with `missing` one value in ten is not given.
  init(_ program: Program, seed: UInt64, missing: Bool) {
    (self.program, numbers, self.missing) = (program, SeededGenerator(seed: seed), missing)
  }

  /// The next record: every option equally likely, 1万元 … 10亿元, days of 2023 … 2027.
  mutating func next() -> Subject {
    let facts = program.kinds[0].fields.map { id -> Fact in
      if missing, numbers.number(below: 10) == 0 { return .missing }
      switch program.fields[id].type {
      case .truth: return .value(.truth(numbers.number(below: 2) == 1))
      case .option(let option):
        return .value(.option(Int32(numbers.number(below: program.optionTypes[option].values.count))))
      case .date: return .value(.date((try? dayOne.adding(days: numbers.number(below: 1800))) ?? dayOne))
      case .quantity(.money): return .value(.quantity(Rational((1 + numbers.number(below: 100_000)) * 10_000)))
      case .quantity: return .value(.quantity(Rational(numbers.number(below: 500))))
      case .duration, .text, .entity, .many: return .missing
      }
    }
    return Subject(kind: KindID(0), id: "项目", facts: facts)
  }

  /// A record as a line of CSV, money in 万元.
  func line(_ subject: Subject, _ number: Int) -> String {
    var cells = ["虚构项目\(number)"]
    for (id, fact) in zip(program.kinds[0].fields, subject.facts) {
      guard case .value(let value) = fact else {
        cells.append("")
        continue
      }
      switch value {
      case .truth(let flag): cells.append(flag ? "是" : "否")
      case .quantity(let number):
        let isMoney = program.fields[id].type == .money
        cells.append(isMoney ? "\(number.numerator / 10_000)" : "\(number.numerator)")
      case .date(let date): cells.append(date.isoDescription)
      case .option(let place):
        guard case .option(let option) = program.fields[id].type else { continue }
        cells.append(program.optionTypes[option].values[Int(place)].name)
      case .duration, .text: cells.append("")
      }
    }
    return cells.joined(separator: ",") + "\n"
  }

  /// The header of such lines.
  static func header(_ program: Program) -> String {
    (["名称"] + program.kinds[0].fields.map { program.fields[$0].name + (program.fields[$0].type == .money ? "_万元" : "") })
      .joined(separator: ",") + "\n"
  }
}
