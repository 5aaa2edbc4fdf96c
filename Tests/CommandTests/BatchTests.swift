import Foundation
import Glibc
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyFacts
import PolicyIR
import PolicyValues
import PolicyWorkspace
import Testing

/// `batch`: the same answers as one by one, every row kept, and nothing lost however a run ends.
@Suite struct BatchTests {
  static let folder = Repository.root.appending(path: "Tests/Fixtures/policy")
  static let fixtures = Repository.root.appending(path: "Tests/Fixtures/batch")
  static let header = "机构名称,床位数_张,举办者,验收合格,受理日期,验收日期,开业日期"

  /// A table of rows of all sorts, more than a chunk of them, the same each time.
  static func table(_ count: Int) -> String {
    var state: UInt64 = 7
    func pick(_ cells: [String]) -> String {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return cells[Int(state >> 33) % cells.count]
    }
    let days = ["2024-03-01", "2023-01-01", "2025-12-31", "2026-01-01", "", "", "不适用", "不知"]
    var text = header + "\r\n"
    for number in 1...count {
      let cells = [
        "机构\(number)", pick(["19", "20", "21", "50", "100", "101", "", "不知", "不适用"]),
        pick(["企业", "个人", "公办", "公建民营", "", "不适用"]), pick(["是", "否", "", "不知"]), pick(days), pick(days), pick(days),
      ]
      text += cells.joined(separator: ",") + "\r\n"
    }
    return text
  }

  /// The rows of a table in commas, by RFC 4180.
  private func rows(_ text: String) -> [[String]] {
    var (rows, row, cell, isQuoted) = ([[String]](), [String](), "", false)
    var scalars = Array(text.unicodeScalars)[...]
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        cell.unicodeScalars.append(scalar)
        scalars.removeFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(cell)
        cell = ""
      case "\r" where !isQuoted: continue
      case "\n" where !isQuoted:
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return rows
  }

  private func session() throws -> Session {
    Session(
      policies: try loadPolicies([Self.folder.path]), asOf: CivilDate(year: 2024, month: 6, day: 1)!, language: .zh)
  }

  private func run(_ input: String, to output: String, _ options: BatchOptions) throws -> BatchReport {
    try session().batch(input, to: output, measures: nil, options: options).run(tell: { _ in }) { _, _, _ in true }
  }

  private func options(long: Bool = false, resumes: Bool = false, threads: Int = 1) -> BatchOptions {
    var options = BatchOptions()
    (options.isLong, options.resumes, options.threads) = (long, resumes, threads)
    return options
  }

  @Test func answersAreThoseOfOneByOne() throws {
    let temporary = try TemporaryFolder(["表.csv": Array(Self.table(4_500).utf8)])
    let input = temporary.path + "/表.csv"
    let session = try session()
    try session.loadFacts([input])
    for (long, threads) in [(false, 2), (true, 1)] {
      let report = try run(input, to: temporary.path + "/答.csv", options(long: long, threads: threads))
      #expect(report.answered == 4_500 && report.faulty == 0)
      let output = rows(try String(contentsOfFile: temporary.path + "/答.csv", encoding: .utf8))
      let measures = session.program.measures.indices.filter { session.program.measures[$0].object != nil }
      #expect(measures.count >= 4)
      #expect(output.count == 1 + 4_500 * (long ? measures.count : 1))
      var labels: Set<Label> = []
      for (place, subject) in session.subjects.enumerated() {
        for (column, decision) in session.decisions(for: subject).decisions.enumerated() {
          let row = long ? output[1 + place * measures.count + column] : output[1 + place]
          let start = long ? 8 : 7 + column * 6
          let cells = session.wording.cells(decision)
          labels.insert(cells.label)
          #expect(row[0] == subject.id)
          #expect(
            [row[start], row[start + 1], row[start + 4], row[start + 5]]
              == [session.wording.label(cells.label), cells.amount, cells.departments, cells.lacking])
          if long { #expect(row[7] == session.program.measures[measures[column]].name) }
        }
      }
      #expect(labels.count >= 5, "\(labels)")
    }
  }

  /// Projects with loans and securities in columns, the policy of the repository with all its readings: answered as one by one, also
  /// where answers are forgotten again and again.
  @Test func relatedSubjectsAreAnswered() throws {
    let policy = Repository.root.appending(path: "policies/shuozhou-2022-36")
    let temporary = try TemporaryFolder(["表.csv": Array(Self.projects(5_000).utf8)])
    let input = temporary.path + "/表.csv"
    let session = Session(
      policies: try loadPolicies([policy.path]), asOf: CivilDate(year: 2024, month: 6, day: 1)!, language: .zh)
    var written: [Data] = []
    for remembered in [BatchOptions().remembered, 3] {
      var options = options(threads: 2)
      options.remembered = remembered
      let output = temporary.path + "/答\(remembered).csv"
      let batch = try session.batch(input, to: output, measures: nil, options: options)
      let report = try batch.run(tell: { _ in }) { _, _, _ in true }
      #expect(report.answered == 5_000)
      written.append(try Data(contentsOf: URL(filePath: output)))
    }
    #expect(written[0] == written[1], "forgetting changes answers")
    let output = rows(String(decoding: written[0], as: UTF8.self))
    let few = temporary.path + "/少.csv"
    try Data(Self.projects(400).utf8).write(to: URL(filePath: few))
    try session.loadFacts([few])
    let width = output[0].firstIndex { $0.hasSuffix("·结论") } ?? 0
    var lacking: Set<String> = []
    for (place, subject) in session.subjects.enumerated() {
      for (column, decision) in session.decisions(for: subject).decisions.filter({
        session.program.measures[$0.measure].object?.kind == subject.kind
      }).enumerated() {
        let cells = session.wording.cells(decision)
        let row = output[1 + place][(width + column * 6)...].prefix(6).map { String($0) }
        #expect(
          [row[0], row[1], row[4], row[5]]
            == [session.wording.label(cells.label), cells.amount, cells.departments, cells.lacking],
          "\(subject.id), \(session.program.measures[decision.measure].name)")
        lacking.insert(cells.lacking)
      }
    }
    #expect(lacking.count > 100 && lacking.contains { $0.contains("贷款") }, "\(lacking.count)")
  }

  /// Rows of projects with related subjects, good and bad, the same each time.
  static func projects(_ count: Int) -> String {
    var state: UInt64 = 36
    func pick(_ cells: [String]) -> String {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return cells[Int(state >> 33) % cells.count]
    }
    let columns: [(head: String, cells: [String])] = [
      ("所在县区", ["右玉县", "怀仁市", "朔城区", ""]), ("属康养产业", ["是", "是", "否", "不知", ""]), ("以养老为核心", ["是", "是", "否", ""]),
      ("备案总投资_万元", ["30000", "29999.99", "50000", "", "不适用", "0.00001"]), ("固定资产投资_万元", ["30000", "1", ""]),
      ("协议投资_万元", ["40000", "2", "", "不知"]), ("已完成投资_万元", ["30000", "3", "", "不详"]),
      ("投资主体", ["民营企业", "央企", "市属国企", "政府", ""]), ("省建设补助", ["已获", "审核中", ""]), ("省贴息", ["已获", "不予", ""]),
      ("符合贴息相关规定", ["是", "否", ""]), ("带动示范作用强", ["是", "否", "", "不知"]), ("综合体类别", ["医养综合体", "其他类型", ""]),
      ("立项日期", ["2023-03-01", "2026-01-01", ""]), ("开工日期", ["2024-03-01", "2027-01-01", ""]),
      ("完工日期", ["2025-12-31", ""]),
      ("补助申请日期", ["2025-12-31", "2026-01-01", ""]), ("依法依规", ["是", ""]), ("贷款", ["", "", "", "", "", "无", "不知"]),
      ("贷款1_本金_万元", ["5000", "", ""]), ("贷款1_贷款机构", ["银行", "融资租赁", "", "不知", "", "某行"]),
      ("贷款2_贷款机构", ["银行", "其他", "", ""]),
      ("贷款_列全", ["是", "否", "", ""]), ("可担保财产1_财产种类", ["土地使用权", "房产", "", ""]), ("可担保财产1_取得方式", ["出让", "划拨", ""]),
      ("可担保财产1_产权明晰", ["是", "否", ""]), ("可担保财产_列全", ["是", "", ""]),
    ]
    var text = (["名称"] + columns.map(\.head)).joined(separator: ",") + "\n"
    for number in 1...count {
      text += (["虚构项目\(number)"] + columns.map { pick($0.cells) }).joined(separator: ",") + "\n"
    }
    return text
  }

  /// Wherever a run was cut off, going on with it gives the same bytes.
  @Test(arguments: [false, true]) func aCutPartIsGoneOnWith(long: Bool) throws {
    let temporary = try TemporaryFolder(["表.csv": Array(("石城台账\n" + Self.table(300)).utf8)])
    let (input, output) = (temporary.path + "/表.csv", temporary.path + "/答.csv")
    _ = try run(input, to: output, options(long: long))
    let whole = try Data(contentsOf: URL(filePath: output))
    let ends = whole.indices.filter { whole[$0] == 0x0A }
    for cut in [
      0, 10, ends[0] + 1, ends[1] + 1, ends[2] + 5, ends[2] + 1, ends[40], ends[40] + 1, whole.count - 1, whole.count,
    ] {
      try FileManager.default.removeItem(atPath: output)
      try whole[..<cut].write(to: URL(filePath: output + ".part"))
      let report = try run(input, to: output, options(long: long, resumes: true))
      #expect(report.answered + report.kept == 300, "cut at \(cut)")
      #expect(cut < ends[20] || report.kept > 0, "cut at \(cut)")
      #expect(try Data(contentsOf: URL(filePath: output)) == whole, "cut at \(cut)")
      #expect(!FileManager.default.fileExists(atPath: output + ".part"))
    }
    // Of another form, or another date, it is refused and stays.
    try whole[..<ends[50]].write(to: URL(filePath: output + ".part"))
    #expect(throws: BatchFailure.self) { try run(input, to: output, options(long: !long, resumes: true)) }
    let other = Session(
      policies: try loadPolicies([Self.folder.path]), asOf: CivilDate(year: 2025, month: 1, day: 1)!, language: .zh)
    #expect(throws: BatchFailure.self) {
      try other.batch(input, to: output, measures: nil, options: options(long: long, resumes: true)).run(
        tell: { _ in }, progress: { _, _, _ in true })
    }
    #expect(try Data(contentsOf: URL(filePath: output + ".part")) == whole[..<ends[50]])
  }

  @Test func gb18030IsRead() throws {
    let text = Self.table(40)
    let temporary = try TemporaryFolder(["甲.csv": Array(text.utf8), "乙.csv": try gb18030(text)])
    for name in ["甲", "乙"] {
      _ = try run(temporary.path + "/\(name).csv", to: temporary.path + "/\(name)答.csv", options())
    }
    let one = try String(contentsOfFile: temporary.path + "/甲答.csv", encoding: .utf8)
    #expect(try String(contentsOfFile: temporary.path + "/乙答.csv", encoding: .utf8) == one)
    #expect(one.contains("机构40"))
  }

  /// Every way in which a row can be off: told with its place, kept, and marked in its row.
  @Test func badRowsAreToldAndKept() throws {
    let temporary = try TemporaryFolder([
      "坏表.csv": Array(try Data(contentsOf: Self.fixtures.appending(path: "坏表.csv")))
    ])
    let run = try Tool.run(
      ["batch", Self.folder.path, "坏表.csv", "--as-of", "2024-06-01", "--columns", "结论", "待补"],
      folder: URL(filePath: temporary.path))
    #expect(run.code == 1)
    let output = try String(contentsOfFile: temporary.path + "/坏表.结论.csv", encoding: .utf8)
    try expectGolden(run.errors + "\n" + run.output + "\n" + output, Self.fixtures.appending(path: "expected.txt"))
    // The input's cells stand in the output as they were.
    let input = rows(try String(contentsOf: Self.fixtures.appending(path: "坏表.csv"), encoding: .utf8))
    let kept = rows(output)
    #expect(kept.count == input.count)
    for (row, before) in zip(kept, input) { #expect(Array(row.prefix(before.count)) == before) }
  }

  /// Also in the first row, from whose part the head is read.
  @Test(arguments: [1, 12]) func aByteOfNoEncodingLosesOneRow(row: Int) throws {
    var lines = Self.table(20).split(separator: "\r\n", omittingEmptySubsequences: true).map { Array($0.utf8) }
    lines[row].insert(0xFF, at: 7)
    let temporary = try TemporaryFolder(["表.csv": Array(lines.joined(separator: [0x0A]))])
    let report = try run(temporary.path + "/表.csv", to: temporary.path + "/答.csv", options())
    #expect(report.answered == 19 && report.faulty == 1)
    let output = Array(try Data(contentsOf: URL(filePath: temporary.path + "/答.csv"))).split(separator: 0x0A)
    #expect(output.count == 21 && output[row].starts(with: lines[row]))
    #expect(String(decoding: output[row], as: UTF8.self).contains("第 \(row + 1) 行有不是 UTF-8 的字节"))
  }

  @Test func whatStopsARunLosesNothing() throws {
    let good = Self.header + "\n甲院,50,企业,是,2024-03-01,,\n"
    let temporary = try TemporaryFolder([
      "开引号.csv": Array((good + "乙院,\"50,企业,是\n丙院,3,个人,,,,\n").utf8),
      "无表头.csv": Array("a,b\n1,2\n".utf8), "大.csv": Array(Self.table(400).utf8), "二进制.csv": [0x50, 0x4B, 0x03, 0x04],
      "有剩.csv": Array(good.utf8), "有剩.结论.csv.part": Array("旧".utf8),
    ])
    let folder = URL(filePath: temporary.path)
    func batch(_ words: [String]) throws -> Tool.Run {
      try Tool.run(["batch", Self.folder.path] + words + ["--as-of", "2024-06-01"], folder: folder)
    }
    let open = try batch(["开引号.csv"])
    #expect(open.code == 3 && open.errors.contains("开引号.csv:3:"), "\(open.errors)")
    #expect(FileManager.default.fileExists(atPath: temporary.path + "/开引号.结论.csv.part"))
    #expect(!FileManager.default.fileExists(atPath: temporary.path + "/开引号.结论.csv"))
    for name in ["无表头", "二进制", "没有"] {
      let run = try batch([name + ".csv"])
      #expect(name == "没有" ? run.code == 2 || run.code == 3 : run.code == 3, "\(name): \(run.errors)")
      #expect(run.errors.contains(name))
    }
    let left = try batch(["有剩.csv"])
    #expect(left.code == 2 && left.errors.contains("--resume"))
    #expect(try String(contentsOfFile: temporary.path + "/有剩.结论.csv.part", encoding: .utf8) == "旧")
    let itself = try batch(["有剩.csv", "--out", "有剩.csv"])
    #expect(itself.code == 2)
    #expect(try String(contentsOfFile: temporary.path + "/有剩.csv", encoding: .utf8) == good)
    #expect(try batch(["有剩.csv", "--columns", "结伦"]).code == 2)
  }

  /// A limit on the size of files stands for a disk that is full.
  @Test func aFullDiskKeepsWhatIsWritten() throws {
    let temporary = try TemporaryFolder(["表.csv": Array(Self.table(9_000).utf8)])
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let errors = temporary.path + "/errors"
    process.arguments = [
      "-c",
      "trap '' XFSZ; ulimit -f 1500; '\(Tool.path)' batch '\(Self.folder.path)' 表.csv --columns 结论 --threads 1 --as-of 2024-06-01 2>'\(errors)'",
    ]
    process.currentDirectoryURL = URL(filePath: temporary.path)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let text = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(process.terminationStatus == 3 && (text.contains("磁盘已满") || text.contains("disk is full")), "\(text)")
    #expect(FileManager.default.fileExists(atPath: temporary.path + "/表.结论.csv.part"))
    let whole = try Tool.run(
      ["batch", Self.folder.path, "表.csv", "--columns", "结论", "--resume", "--as-of", "2024-06-01"],
      folder: URL(filePath: temporary.path))
    #expect(whole.code == 0 && whole.output.contains("以前答好"), "\(whole.errors)")
    let output = rows(try String(contentsOfFile: temporary.path + "/表.结论.csv", encoding: .utf8))
    #expect(output.count == 9_001 && output[9_000][0] == "机构9000")
  }

  private func gb18030(_ text: String) throws -> [UInt8] {
    let converter = try #require(iconv_open("GB18030", "UTF-8"))
    defer { iconv_close(converter) }
    var input = Array(text.utf8).map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 2)
    var (left, room) = (input.count, output.count)
    let result = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        var (from, to) = (source.baseAddress, target.baseAddress)
        return iconv(converter, &from, &left, &to, &room)
      }
    }
    try #require(result != -1)
    return output.dropLast(room).map { UInt8(bitPattern: $0) }
  }
}
