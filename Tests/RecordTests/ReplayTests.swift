import Foundation
import PolicyAnswers
import PolicyDiagnostics
import PolicyFormat
import PolicyIR
import PolicyRecords
import PolicySyntax
import PolicyText
import PolicyValues
import PolicyWorkspace
import Testing

/// What changes between a record and its replay, and which rules are named as the cause.
@Suite struct ReplayTests {
  private func replays(_ records: [AnswerRecord], _ session: Session) -> [ReplayedRecord] {
    let index = RuleIndex(session.policies)
    return records.map { session.replay($0, asOf: nil, index: index) }
  }

  /// On the rules that made it, every record is as it was.
  @Test(arguments: Policies.tutorials + [Policies.shuozhou]) func nothingFlipsByItself(_ path: String) throws {
    let session = try Policies.session(path, facts: [path])
    let records = Policies.records(session)
    for replayed in replays(records, session) {
      guard case .same = replayed.result else {
        Issue.record("\(replayed)")
        return
      }
      #expect(replayed.rules.isEmpty)
    }
  }

  /// Layout, comments, notes, wrapped quotes and the order of files are no change of a rule.
  @Test func digestsSeeOnlyWords() throws {
    let records = Policies.records(try Policies.shuozhouSession(), subjects: 12)
    let temporary = try TemporaryFile()
    try FileManager.default.copyItem(atPath: Policies.root + "/policies", toPath: temporary.folder + "/p")
    let folder = temporary.folder + "/p/shuozhou-2022-36"
    for file in try loadPolicies([folder]).syntax where file.source.path.hasPrefix(folder) {
      var text = format(file)
      text = text.replacingOccurrences(of: "\n\n", with: "\n# 虚构的说明\n\n\n")
      text = text.replacingOccurrences(of: "，探索实行", with: "，探索\n            实行")
      let name = (file.source.path as NSString).lastPathComponent
      // Vocabulary and clauses stay before what uses them; files of clauses change places.
      let number = name.first == "3" ? "\(90 - Int(name.prefix(2))!)" : String(name.prefix { $0.isNumber })
      try FileManager.default.removeItem(atPath: file.source.path)
      try text.write(
        toFile: folder + "/" + number + "新" + name.drop { $0.isNumber }, atomically: true, encoding: .utf8)
    }
    let session = try Policies.session(folder)
    let isSound = !session.policies.hasErrors
    #expect(isSound, "\(session.policies.remarks.map(\.primary.message.zh))")
    for (record, replayed) in zip(records, replays(records, session)) {
      guard case .same = replayed.result, replayed.rules.isEmpty else {
        Issue.record("\(record.measure) \(record.subject) \(replayed)")
        continue
      }
    }
  }

  /// Whatever is changed in a rule: a record flips only where a rule that took part is named as changed, gone or new, and where
  /// none is named it is as it was.
  @Test func everyFlipHasItsRule() throws {
    let session = try Policies.shuozhouSession()
    let records = Policies.records(session, subjects: 10)
    var random = SplitMix(state: 4)
    var (flips, adopted) = (0, 0)
    #if DEBUG
      let wanted = 15
    #else
      let wanted = 150
    #endif
    let rules = session.policies.syntax.flatMap { file in
      file.blocks.filter { [.measure, .definition, .classification, .filling, .ruling].contains($0.keyword) }.map {
        file.text($0.node)
      }
    }
    for _ in 0..<20 * wanted where adopted < wanted {
      guard let text = edited(rules.randomElement(using: &random)!, &random),
        case .adopted = try session.declare(text)
      else { continue }
      adopted += 1
      for (record, replayed) in zip(records, replays(records, session)) {
        switch replayed.result {
        case .same: break
        case .flipped:
          flips += 1
          #expect(!replayed.rules.isEmpty, "\(record.measure) \(record.subject): \(text)")
        case .failed(let causes): Issue.record("\(causes)")
        }
      }
      _ = try session.undo()
    }
    #expect(adopted == wanted && flips > adopted, "\(adopted) \(flips)")
  }

  /// A rule without one of its lines, with a line that says the opposite, or with another number.
  private func edited(_ rule: String, _ random: inout SplitMix) -> String? {
    var lines = rule.split(separator: "\n").map(String.init)
    func line(_ fits: (String) -> Bool) -> Int? {
      lines.indices.dropFirst().filter { fits(lines[$0]) }.randomElement(using: &random)
    }
    func begins(_ line: String, _ words: [String]) -> Bool {
      words.contains { line.drop(while: \.isWhitespace).hasPrefix($0) }
    }
    switch Int.random(in: 0..<3, using: &random) {
    case 0:
      guard let line = line({ begins($0, ["条件", "除外", "前提", "期限", "承接", "出资", "金额", "承办", "原文"]) }) else { return nil }
      lines.remove(at: line)
    case 1:
      guard let line = line({ begins($0, ["条件", "除外", "前提", "读法", "即"]) }),
        let colon = lines[line].firstIndex(of: "：")
      else { return nil }
      lines[line] = "\(lines[line][...colon])非（\(lines[line][lines[line].index(after: colon)...])）"
    default:
      guard let line = line({ $0.contains { $0.isASCII && $0.isNumber } }) else { return nil }
      lines[line] = String(lines[line].map { $0.isASCII && $0.isNumber ? ($0 == "9" ? "1" : "9") : $0 })
    }
    return lines.joined(separator: "\n")
  }

  private static let tutorial = Policies.root + "/policies/tutorial/06-金额空缺补入"

  /// The record of 建设补助 for 100 new beds on 2024-08-01, replayed on the rules after an edit.
  private func replayed(after edit: (String, String)) throws -> ReplayedRecord {
    let temporary = try TemporaryFile()
    let folder = temporary.folder + "/规则"
    try FileManager.default.copyItem(atPath: Self.tutorial, toPath: folder)
    let before = try Policies.session(folder)
    before.asOf = CivilDate(year: 2024, month: 8, day: 1)!
    var subject = Subject(
      kind: KindID(0), id: "虚构甲院", facts: Array(repeating: .missing, count: before.program.kinds[0].fields.count))
    #expect(before.readFacts("新建 是，床位数 100张", into: &subject).isEmpty)
    let measure = MeasureID(try #require(before.program.measures.firstIndex { $0.name == "建设补助" }))
    let record = try #require(
      before.record(of: measure, for: subject, index: RuleIndex(before.policies), engine: "test"))
    #expect(
      record.rules.map { "\($0.kind) \($0.name)" }.sorted() == [
        "事实 养老机构的床位数", "事实 养老机构的新建", "措施 建设补助", "文件 虚政发〔2024〕6号", "文件 虚财社〔2024〕16号",
        "机关 市财政局", "条款 虚政发〔2024〕6号 一", "空缺 建设补助标准", "补入 虚政发〔2024〕6号 建设补助标准",
      ])
    var found = false
    for name in ["意见.tiaoli", "原文.txt", "细则/细则.tiaoli", "细则/原文.txt"] {
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      if text.contains(edit.0) { found = true }
      try text.replacingOccurrences(of: edit.0, with: edit.1).write(
        toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }
    try #require(found)
    let after = try Policies.session(folder)
    let isSound = !after.policies.hasErrors
    #expect(isSound, "\(after.policies.remarks.map(\.primary.message.zh))")
    return after.replay(record, asOf: nil, index: RuleIndex(after.policies))
  }

  private func describe(_ replayed: ReplayedRecord) -> [String] {
    let rules = replayed.rules.map { rule in
      "\(rule.kind.rawValue) \(rule.key.kind) \(rule.key.name) "
        + "\(rule.before.joined(separator: "；")) → \(rule.after.joined(separator: "；"))"
    }
    switch replayed.result {
    case .same: return rules
    case .flipped(let changes): return changes.map { "\($0.axis.rawValue): \($0.before) → \($0.after)" } + rules
    case .failed(let causes): return causes.map(\.zh) + rules
    }
  }

  private static let edits: [((String, String), [String])] = [
    // What takes no part changes nothing, and is not named.
    (("临江县、望山县", "临江县、望山县、虚构县"), []),
    (("金额：20万元，由机关确定", "金额：20万元"), []),
    (("    新建：是否", "    新建：是否 问“是新建的吗？”"), ["changed 事实 养老机构的新建 新建：是否 → 新建：是否问“是新建的吗？”"]),
    (
      ("2000元", "3000元"),
      [
        "amount: 20万元 → 30万元",
        "changed 补入 虚政发〔2024〕6号 建设补助标准 原文：“新建养老机构的建设补助，每张床位2000元，最高50万元”；值：床位数×2000元/张，最高50万元"
          + " → 原文：“新建养老机构的建设补助，每张床位3000元，最高50万元”；值：床位数×3000元/张，最高50万元",
      ]
    ),
    (
      ("2026年6月30日", "2024年7月31日"),
      [
        "amount: 20万元 → 待市财政局按“建设补助标准”确定（2024年6月7日以前）；“建设补助标准”待市财政局制定（2024年6月7日以前）",
        "changed 文件 虚财社〔2024〕16号 有效期：2026年6月30日，原文“有效期至2026年6月30日”"
          + " → 有效期：2024年7月31日，原文“有效期至2024年7月31日”",
        "changed 补入 虚政发〔2024〕6号 建设补助标准 有效期：2026年6月30日 → 有效期：2024年7月31日",
        "unused 事实 养老机构的床位数 床位数：数量（张） → ",
      ]
    ),
    (
      ("出资：市财政局\n    金额：建设补助标准", "出资：县级财政\n    金额：建设补助标准"),
      [
        "payers: 市财政局，比例未规定 → 县级财政（所在县待定），比例未规定",
        "departments: 出资：市财政局 → 出资：县级财政（所在县待定）", "changed 措施 建设补助 出资：市财政局 → 出资：县级财政",
        "new 机关 县级财政  → 机关县级财政：级别县，按县区", "new 选项 县区  → 选项县区：临江县、望山县",
        "new 事实 养老机构的所在县区  → 所在县区：县区", "unused 机关 市财政局 机关市财政局：级别市 → ",
      ]
    ),
    (("建设补助", "新建补助"), ["现在没有措施“建设补助”（相近的有“新建补助”）"]),
    (("床位数", "床位"), ["“养老机构”现在没有事实“床位数”"]),
  ]

  @Test(arguments: edits) func causesAreNamed(_ edit: (String, String), _ expected: [String]) throws {
    let found = describe(try replayed(after: edit))
    #expect(found == expected, "\(found)")
  }
}
