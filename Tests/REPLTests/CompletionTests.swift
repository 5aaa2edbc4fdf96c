import Foundation
import LineEditing
import PolicyDiagnostics
import PolicyIR
import PolicyREPL
import PolicyValues
import PolicyWorkspace
import Testing

/// What Tab offers on the Shuozhou document with its sample subjects.
@Suite struct CompletionTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private let completer: Completer
  private let session: Session

  init() throws {
    let folder = Self.root + "/policies/shuozhou-2022-36"
    session = Session(
      policies: try loadPolicies([folder]), asOf: CivilDate(year: 2024, month: 6, day: 1)!, language: .zh)
    try session.loadFacts([folder + "/项目"])
    session.selected = session.subjects.firstIndex { $0.id == "虚构右玉康养园" }
    completer = Completer(session)
  }

  /// The candidates where ‸ stands, and the entry with the first of them in its place.
  private func tab(_ entry: String) -> (all: [String], line: String) {
    let parts = entry.split(separator: "‸", omittingEmptySubsequences: false)
    let text = parts.joined()
    let completion = completer.complete(text, at: parts[0].utf8.count)
    var bytes = Array(text.utf8)
    guard let first = completion.candidates.first else { return ([], text) }
    bytes.replaceSubrange(completion.replaced, with: Array(first.text.utf8))
    return (completion.candidates.map(\.text), String(decoding: bytes, as: UTF8.self))
  }

  @Test func completes() {
    let cases: [(entry: String, expected: String?)] = [
      ("touzie‸", "投资额"), ("tze‸", "投资额"), ("qqq‸", nil), ("beiazongtz‸", "备案总投资"), ("beianztz‸", "备案总投资"),
      ("备案z‸", "备案总投资"), ("部门 shicz‸", "部门 市财政局"), ("部门shiczj‸", "部门市财政局"), ("部门 市财‸", "部门 市财政局"),
      ("条款 33‸", "条款 三（三）"), ("条款 三（s‸", "条款 三（三）"), ("条款 三（三‸", "条款 三（三）"), ("clause ss‸", "clause 三（三）"),
      ("：xuand‸", "：选定"), (":xd‸", ":选定"), (":sel‸", ":select"), (":选定 怀仁‸", ":选定 虚构怀仁医养综合体"),
      (":选定 hryy‸", ":选定 虚构怀仁医养综合体"), ("所在县区 = yyx‸", "所在县区 = 右玉县"),
      ("所在县区 为 youyu‸", "所在县区 为 右玉县"), ("所在县区为右‸", "所在县区为右玉县"),
      ("投资额3亿元以上且tze‸", "投资额3亿元以上且投资额"), ("投资额3亿元以上且所在县‸", "投资额3亿元以上且所在县区"),
      ("统计 标准地供地探索 按 szxq‸", "统计 标准地供地探索 按 所在县区"), ("cx‸", "查询"), ("查‸", "查询"),
      ("查询bzdgd‸", "查询标准地供地探索"), ("查询 biaozhundi‸", "查询 标准地供地探索"),
      ("查询 标准地‸供地探索", "查询 标准地供地探索"), ("查询 标准‸ 怀仁", "查询 标准地供地探索 怀仁"),
      ("假设 投资主体 yq‸", "假设 投资主体 央企"), ("假设 备案总投资 3亿元，tzzt‸", "假设 备案总投资 3亿元，投资主体"),
      ("假设 投资主体 = y‸", "假设 投资主体 = 央企"), (":语言 z‸", ":语言 zh"), (":输出 m‸", ":输出 markdown"),
      ("查询 --fo‸", "查询 --format"), ("查询 --format j‸", "查询 --format json"), ("合计（dk‸", "合计（贷款"),
      ("合计（贷款，bj‸", "合计（贷款，本金"), ("哪些 项目 符合 bzd‸", "哪些 项目 符合 标准地供地探索"),
      ("哪些 标准地供地探索 当 所在县区 = 怀‸", "哪些 标准地供地探索 当 所在县区 = 怀仁市"),
      ("查询 “标准‸", "查询 “标准地供地探索"), ("统 标准地供地探索 按 szxq‸", "统 标准地供地探索 按 所在县区"),
      ("cou 标准地供地探索 by szxq‸", "cou 标准地供地探索 by 所在县区"), ("查 bzdgd‸", "查 标准地供地探索"), ("怎 bzdgd‸", "怎 标准地供地探索"),
      ("假 投资主体 yq‸", "假 投资主体 央企"), (":sel hryy‸", ":sel 虚构怀仁医养综合体"), (":加 --‸", nil),
      ("措施 标准地供地‸", "措施 标准地供地探索"), ("措施 甲：\n    对‸", "措施 甲：\n    对象"),
      ("措施 甲：\n    对象：kyxm‸", "措施 甲：\n    对象：康养项目"), ("措施 甲：\n    条件：tze‸", "措施 甲：\n    条件：投资额"),
      ("措施 甲：\n    对象：项目\n    条件：所在县区 为 yyx‸", "措施 甲：\n    对象：项目\n    条件：所在县区 为 右玉县"),
      ("条款 三（三）：\n    责任单位：shicz‸", "条款 三（三）：\n    责任单位：市财政局"),
      ("措施 甲：\n    让位于：bzdgd‸", "措施 甲：\n    让位于：标准地供地探索"),
      ("登记 甲：\n    项目：投资主体 yq‸", "登记 甲：\n    项目：投资主体 央企"), ("定义 kyx‸", "定义 康养项目"),
    ]
    for (entry, expected) in cases {
      #expect(tab(entry).line == expected ?? entry.replacingOccurrences(of: "‸", with: ""), "\(tab(entry).all)")
    }
  }

  @Test func eachNameOnlyWhereItCanStand() {
    let departments = tab("部门 ‸").all
    #expect(departments.contains("市财政局") && !departments.contains("标准地供地探索"))
    let clauses = tab("条款 ‸").all
    #expect(clauses.contains("三（三）") && !clauses.contains("市财政局"))
    let counties = tab("所在县区 = ‸").all
    #expect(counties.contains("右玉县") && !counties.contains("央企") && !counties.contains("投资额"))
    let lists = tab("所在县区 为 右玉县、‸").all
    #expect(lists.contains("怀仁市") && !lists.contains("投资额"))
    let fields = tab("统计 标准地供地探索 按 ‸").all
    #expect(fields.contains("所在县区") && !fields.contains("标准地供地探索"))
    let loans = tab("贷款 的 ‸").all
    #expect(loans.contains("本金") && !loans.contains("备案总投资"))
    let second = tab("查询 标准地供地探索 ‸").all
    #expect(second.contains("虚构右玉康养园") && !second.contains("标准地供地探索"))
    #expect(tab("备案总投资 ‸").all.contains("以上"))
    #expect(!tab("‸").all.contains("右玉县"))
  }

  /// Behind a label of a declaration stand only names of the kinds that it takes.
  @Test func declarationsTakeWhatTheirLabelsTake() {
    let departments = tab("条款 三（三）：\n    责任单位：‸").all
    #expect(departments.contains("市财政局") && !departments.contains("投资额") && !departments.contains("三（三）"))
    let objects = tab("措施 甲：\n    对象：‸").all
    #expect(objects.contains("康养项目") && objects.contains("项目") && !objects.contains("市财政局"))
    let conditions = tab("措施 甲：\n    对象：项目\n    条件：‸").all
    #expect(conditions.contains("投资额") && !conditions.contains("市财政局") && !conditions.contains("右玉县"))
    let labels = tab("措施 甲：\n    ‸").all
    #expect(labels.contains("条件") && labels.contains("给予") && !labels.contains("放假") && !labels.contains("投资额"))
    let quotes = tab("措施 甲：\n    原文：‸").all
    #expect(quotes.contains("三（三）") && !quotes.contains("标准地供地探索"))
    let heads = tab("参数 ‸").all
    #expect(!heads.contains("标准地供地探索"))
    #expect(tab("措施 甲：\n    备注：‸").all == [])
  }

  /// What was prepared ahead gives the same, also after rules changed.
  @Test func preparedAheadOfTheFirstKey() throws {
    while completer.prepare() {}
    #expect(tab("tze‸").line == "投资额")
    _ = try session.declare("参数 测试限额：金额\n    自2020年1月1日：3亿元")
    while completer.prepare() {}
    #expect(tab("csxe‸").line == "测试限额" && tab("tze‸").line == "投资额")
  }

  @Test func filesAfterLoad() throws {
    let folder = Self.root + "/policies/shuozhou-2022-36/"
    #expect(tab(":load \(folder)项‸").line == ":load \(folder)项目/")
    #expect(tab("：加载 \(folder)项目/proj‸").line == "：加载 \(folder)项目/projects.csv")
    #expect(tab(":load \(folder)没有‸").all == [])
  }

  @Test func characterOfSeveralSpellings() throws {
    // 重点 is zhòngdiǎn, but 重新 chóngxīn; 长 in 长期, 行 in 银行, 会 in 会计, 调 in 调整, 还 in 还款.
    for (word, spellings) in [
      ("重点", ["zhongdian", "chongdian", "zd", "cd"]), ("长期", ["changq", "zhangqi", "cq"]), ("银行", ["yinhang", "yh"]),
      ("行业", ["hangye", "hy"]), ("会计", ["kuaiji", "kj"]), ("调整", ["tiaozheng", "tz"]), ("还款", ["huankuan", "hk"]),
      ("重新", ["chongxin", "cx"]), ("都", ["du", "dou"]), ("朔州", ["shuozhou", "sz"]), ("绿地", ["lvdi", "ludi", "ld"]),
    ] {
      let rules = "主体 甲：\n    \(word)口径：是否\n"
      let folder = NSTemporaryDirectory() + UUID().uuidString
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try rules.write(toFile: folder + "/规则.tiaoli", atomically: true, encoding: .utf8)
      let session = Session(policies: try loadPolicies([folder]), asOf: self.session.asOf, language: .zh)
      let completer = Completer(session)
      for spelling in spellings {
        let found = completer.complete(spelling, at: spelling.utf8.count).candidates.map(\.text)
        #expect(found.contains(word + "口径"), "\(spelling) → \(word): \(found)")
      }
    }
  }

  @Test func anyTextAndCursorAreTaken() {
    var seed: UInt64 = 7
    func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    let parts = [
      "查询", "标准地", "“", "”", "（", "）", " ", "，", ":", "：选定", "按", "当", "的", "=", "投资额", "tz", "𠮷", "e\u{301}", "--",
      "假设", "\n", "条款", "三（", "\"", "、", "为", "措施 甲：",
    ]
    for _ in 0..<400 {
      let text = (0..<next(9)).map { _ in parts[next(parts.count)] }.joined()
      let completion = completer.complete(text, at: next(text.utf8.count + 1))
      #expect(completion.replaced.lowerBound >= 0 && completion.replaced.upperBound <= text.utf8.count, "\(text)")
    }
  }
}
