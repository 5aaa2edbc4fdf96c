import Foundation
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyTables
import PolicyValues
import PolicyWorkspace
import Testing

/// `batch` from and to workbooks, JSON Lines and SQLite: the same answers, everything kept, nothing lost.
@Suite struct TableFormTests {
  static let policy = BatchTests.folder
  static let workbooks = Repository.root.appending(path: "Tests/PolicyTablesTests/Fixtures")
  static let forms = ["xlsx", "jsonl", "db:机构"]

  private func session() throws -> Session {
    Session(
      policies: try loadPolicies([Self.policy.path]), asOf: CivilDate(year: 2024, month: 6, day: 1)!, language: .zh)
  }

  private func answer(_ input: String, to output: String, _ change: (inout BatchOptions) -> Void = { _ in }) throws
    -> BatchReport
  {
    var options = BatchOptions(columns: [.answer, .amount, .lacking])
    change(&options)
    return try session().batch(input, to: output, measures: nil, options: options).run(tell: { _ in }) { _, _, _ in true
    }
  }

  /// The rows of CSV without its header.
  private func rows(_ path: String) throws -> [[String]] {
    var bytes = Array(try Data(contentsOf: URL(filePath: path)))
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    var records = CSVRecords(bytes, delimiter: [0x2C])
    var rows: [[String]] = []
    while let record = records.next() { rows.append(record.map { String(decoding: $0.content, as: UTF8.self) }) }
    return Array(rows.dropFirst())
  }

  /// Writes a table of CSV in another form, without answers.
  private func write(_ csv: String, as path: String) throws {
    let lines = csv.components(separatedBy: "\r\n").filter { !$0.isEmpty }
    let head = lines[0].components(separatedBy: ",")
    let body = Array((lines.dropFirst().joined(separator: "\r\n") + "\r\n").utf8)
    if path.hasSuffix("xlsx") {
      let sink = try WorkbookSink(
        path, in: URL(filePath: path).deletingLastPathComponent().path, sheet: "机构", delimiter: [0x2C],
        typed: head.count,
        withUnits: false)
      try sink.begin(Array((lines[0] + "\r\n").utf8))
      try sink.write(body)
      try sink.finish()
    } else if path.hasSuffix("jsonl") {
      var text = ""
      for line in lines.dropFirst() {
        let cells = zip(head, line.components(separatedBy: ",")).filter { !$1.isEmpty }
        text += "{" + cells.map { "\"\($0)\": \(Int($1) == nil ? "\"\($1)\"" : $1)" }.joined(separator: ", ") + "}\n"
      }
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    } else {
      let parts = path.components(separatedBy: ":")
      let sink = try DatabaseSink(
        parts[0], table: parts[1], columns: head, own: head.count, keeping: nil, sharing: nil, original: nil,
        perRecord: 1,
        delimiter: [0x2C], replaces: false, withUnits: false)
      try sink.write(body)
      try sink.finish()
    }
  }

  @Test(arguments: forms, [false, true]) func answersAreThoseOfCSV(form: String, long: Bool) throws {
    let text = BatchTests.table(400)
    let temporary = try TemporaryFolder(["表.csv": Array(text.utf8)])
    let folder = temporary.path
    _ = try answer(folder + "/表.csv", to: folder + "/甲.csv") { $0.isLong = long }
    let expected = try rows(folder + "/甲.csv")
    // Into the form, and read back through it.
    let report = try answer(folder + "/表.csv", to: folder + "/出.\(form)") { $0.isLong = long }
    #expect(report.answered == 400)
    #expect(try cells(of: folder + "/出.\(form)").map { $0.map(\.nilIfEmpty) } == expected.map { $0.map(\.nilIfEmpty) })
    // From the form.
    try write(text, as: folder + "/入.\(form)")
    _ = try answer(folder + "/入.\(form)", to: folder + "/乙.csv") { $0.isLong = long }
    #expect(try rows(folder + "/乙.csv") == expected)
    // From form to form.
    _ = try answer(folder + "/入.\(form)", to: folder + "/丙.\(form)") { $0.isLong = long }
    #expect(try answers(of: folder + "/丙.\(form)") == expected.map { Array($0.dropFirst(7)).map(\.nilIfEmpty) })
  }

  /// The rows of a table as texts, of JSON Lines and SQLite without their header.
  private func cells(of path: String) throws -> [[String]] {
    let csv = NSTemporaryDirectory() + "tiaoli-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: csv) }
    var bytes: [UInt8] = []
    if path.hasSuffix("xlsx") {
      let book = try Workbook(path)
      let source = try WorkbookSource(book, book.sheets[0])
      source.fill(to: 7, from: 1)
      while try source.read(into: &bytes, atMost: 1 << 16) {}
      try Data(bytes).write(to: URL(filePath: csv))
      let rows = try rows(csv)
      return rows
    }
    if path.contains(".db:") {
      let parts = path.components(separatedBy: ":")
      let source = try DatabaseSource(parts[0], table: parts[1])
      while try source.read(into: &bytes, atMost: 1 << 16) {}
      try Data(bytes).write(to: URL(filePath: csv))
      return try rows(csv)
    }
    return try lines(path).map { object in object.map { $0.value.map { "\($0)" } ?? "" } }
  }

  private func answers(of path: String) throws -> [[String?]] {
    if path.hasSuffix("jsonl") {
      return try lines(path).map { object in
        let added = object.drop { !$0.key.contains("·") && $0.key != "措施" }
        return added.map { $0.value.flatMap { "\($0)".nilIfEmpty } }
      }
    }
    return try cells(of: path).map { $0.dropFirst(7).map(\.nilIfEmpty) }
  }

  /// The objects of JSON Lines, each as its members in order; only strings, numbers and null stand in them.
  private func lines(_ path: String) throws -> [[(key: String, value: String?)]] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
      // Foundation forgets the order, so it is that of the keys in the text.
      return object.sorted { place(of: $0.key, in: line) < place(of: $1.key, in: line) }.map {
        ($0, $1 is NSNull ? nil : "\($1)")
      }
    }
  }

  private func place(of key: String, in line: Substring) -> Int {
    line.range(of: "\"\(key)\":").map { line.distance(from: line.startIndex, to: $0.lowerBound) } ?? 0
  }

  /// Numbers and days of a workbook are such again; texts that look like them stay texts.
  @Test func workbooksKeepTheirCells() throws {
    let temporary = try TemporaryFolder()
    let output = temporary.path + "/答.xlsx"
    let report = try answer(Self.workbooks.appending(path: "台账.xlsx").path, to: output) { $0.columns = [.answer] }
    #expect(report.answered == 7 && report.faulty == 4 && report.notes.count == 3, "\(report.notes)")
    func csv(_ path: String) throws -> [[String]] {
      let book = try Workbook(path)
      let source = try WorkbookSource(book, book.sheets[0])
      #expect(book.sheets[0].name == "台账")
      var bytes: [UInt8] = []
      while try source.read(into: &bytes, atMost: 1 << 16) {}
      // Quotes tell texts from values, so lines are compared and not cells.
      return String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n").map {
        $0.components(separatedBy: ",")
      }
    }
    var before = try csv(Self.workbooks.appending(path: "台账.xlsx").path)
    // An error is written as the text that it is.
    before[7][1] = "\"#N/A\""
    let after = try csv(output)
    #expect(after.count == before.count)
    for (old, new) in zip(before, after) where old != [""] { #expect(Array(new.prefix(old.count)) == old) }
    #expect(after[3].suffix(7) == ["床位补助·结论", "开办补助·结论", "运营补贴·结论", "闲置厂房使用·结论", "读取", "查询日期", "规则摘要"])
  }

  /// An unfinished output is gone on with, wherever it was cut off, and the whole is the same.
  @Test(arguments: ["jsonl", "db:机构"], [false, true]) func partsAreGoneOnWith(form: String, long: Bool) throws {
    let temporary = try TemporaryFolder(["表.csv": Array(BatchTests.table(4_500).utf8)])
    let (input, output) = (temporary.path + "/表.csv", temporary.path + "/答.\(form)")
    var options = BatchOptions(columns: [.answer])
    options.isLong = long
    let batch = try session().batch(input, to: output, measures: nil, options: options)
    #expect(throws: BatchFailure.self) { try batch.run(tell: { _ in }) { _, _, records in records < 4_000 } }
    #expect(try batch.unfinished() != nil)
    if form == "jsonl" {
      let part = output + ".part"
      let bytes = try Data(contentsOf: URL(filePath: part))
      try bytes.dropLast(25).write(to: URL(filePath: part))
    }
    let report = try answer(input, to: output) { ($0.columns, $0.isLong, $0.resumes) = ([.answer], long, true) }
    #expect(report.kept > 4_000 && report.kept + report.answered == 4_500)
    _ = try answer(input, to: temporary.path + "/整.\(form)") { ($0.columns, $0.isLong) = ([.answer], long) }
    #expect(try cells(of: output) == cells(of: temporary.path + "/整.\(form)"))
    // One of other columns is refused.
    #expect(throws: BatchFailure.self) { try batch.run(tell: { _ in }) { _, _, records in records < 4_000 } }
    if form == "jsonl" {
      #expect(throws: BatchFailure.self) { try answer(input, to: output) { ($0.isLong, $0.resumes) = (long, true) } }
    }
  }

  @Test func jsonLinesKeepTheirText() throws {
    let text = """
      {"机构名称":"甲院", "床位数_张":50.0,"举办者":"企业" }

      {"机构名称":"乙院","床位数_张":"约800"}
      {"机构名称":"丙院","举办者":"企业
      {"机构名称":"丁院","举办者":"企业","举办者":"个人"}
      ["戊院"]
      {"机构名称":"己\\n院","床位数_张":19,"验收合格":true,"附件":{"深":[1,2]}}

      """
    let temporary = try TemporaryFolder(["表.jsonl": Array(text.utf8)])
    let run = try Tool.run(
      ["batch", Self.policy.path, "表.jsonl", "床位补助", "--columns", "结论", "--as-of", "2024-06-01"],
      folder: URL(filePath: temporary.path))
    #expect(run.code == 1)
    let output = try String(contentsOfFile: temporary.path + "/表.结论.jsonl", encoding: .utf8)
    try expectGolden(run.errors + "\n" + output, BatchTests.fixtures.appending(path: "expected-lines.txt"))
    for line in text.split(separator: "\n") where line.hasPrefix("{") && line.hasSuffix("}") && !line.contains("丁院") {
      #expect(output.contains(line.dropLast().trimmingCharacters(in: .whitespaces)))
    }
  }

  @Test func tablesOfDatabasesKeepTheirValues() throws {
    let temporary = try TemporaryFolder()
    let path = temporary.path + "/登记.db"
    try sqlite(
      path,
      """
      CREATE TABLE 机构(机构名称 TEXT, 床位数_张 REAL, 举办者, 附件 BLOB, 编号 TEXT);
      INSERT INTO 机构 VALUES ('甲院', 50, '企业', x'00FF80', '007'), ('乙院', NULL, '', NULL, char(10)), ('丙院', 0.1, '火星', 1e300, '');
      CREATE VIEW 看 AS SELECT * FROM 机构;
      """)
    let run = try Tool.run(
      ["batch", Self.policy.path, "登记.db:机构", "床位补助", "--columns", "结论", "--as-of", "2024-06-01", "--out", "登记.db:答复"],
      folder: URL(filePath: temporary.path))
    #expect(run.code == 1 && run.errors.contains("登记.db:机构[rowid=3].举办者: 错误[T0612]: 第 3 行第 3 列"), "\(run.errors)")
    #expect(
      try sqlite(
        path,
        "SELECT count(*) FROM 机构 AS a JOIN 答复 AS b USING (机构名称) WHERE a.床位数_张 IS b.床位数_张 AND a.附件 IS b.附件 AND a.编号 IS b.编号 AND typeof(a.附件) = typeof(b.附件)"
      ) == "3\n")
    #expect(try sqlite(path, "SELECT \"床位补助·结论\" FROM 答复 ORDER BY rowid") == "符合\n待定（缺事实）\n不符合\n")
    func batch(_ words: String...) throws -> Tool.Run {
      try Tool.run(
        ["batch", Self.policy.path] + words + ["--as-of", "2024-06-01"], folder: URL(filePath: temporary.path))
    }
    let again = try batch("登记.db:机构", "--out", "登记.db:答复")
    #expect(again.code == 2 && again.errors.contains("--replace"))
    #expect(try batch("登记.db:机构", "--out", "登记.db:答复", "--replace").code == 1)
    #expect(try batch("登记.db:看").code == 1)
    #expect(try sqlite(temporary.path + "/登记.结论.db", "SELECT count(*) FROM 看") == "3\n")
    let which = try batch("登记.db")
    #expect(which.code == 2 && which.errors.contains("“机构”"))
    #expect(try batch("登记.db:无").code == 2)
    #expect(try batch("没有.db:无").code == 3)
    try Data("不是数据库，只是叫这个名称".utf8).write(to: URL(filePath: temporary.path + "/假.db"))
    let none = try batch("假.db:无")
    #expect(none.code == 3 && none.errors.contains("不是 SQLite"))
  }

  @discardableResult private func sqlite(_ path: String, _ sql: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/sqlite3")
    process.arguments = [path, sql]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text
  }

  @Test func sheetsAreChosen() throws {
    let temporary = try TemporaryFolder()
    let book = Self.workbooks.appending(path: "台账.xlsx").path
    func batch(_ words: String...) throws -> Tool.Run {
      try Tool.run(
        ["batch", Self.policy.path, book, "床位补助", "--as-of", "2024-06-01", "--out", "答.xlsx"] + words,
        folder: URL(filePath: temporary.path))
    }
    let first = try batch()
    #expect(first.code == 1 && first.output.contains("读的是工作表“台账”"), "\(first.output)")
    #expect(first.errors.contains("台账!B6: 错误[T0611]"), "\(first.errors)")
    for sheet in ["旧表", "3"] { #expect(try batch("--sheet", sheet).output.contains("回答1行")) }
    let none = try batch("--sheet", "无")
    #expect(none.code == 2 && none.errors.contains("“填表说明”"))
    let notes = try batch("--sheet", "填表说明")
    #expect(notes.code == 3 && notes.errors.contains("没有找到表头"))
    let resumed = try batch("--resume")
    #expect(resumed.code == 2 && resumed.errors.contains("--resume"))
    for (name, code) in [("旧格式", 3), ("加密", 3), ("坏XML", 3), ("截断", 3)] as [(String, Int32)] {
      let run = try Tool.run(
        ["batch", Self.policy.path, Self.workbooks.appending(path: name + ".xlsx").path, "--out", "坏.xlsx"],
        folder: URL(filePath: temporary.path))
      #expect(run.code == code && run.errors.contains(name), "\(run.errors)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == ["答.xlsx"])
  }

  /// A limit on the size of files stands for a disk that is full.
  @Test(arguments: forms) func aFullDiskIsTold(form: String) throws {
    // Two transactions of a database must fit, so that the first is kept.
    let count = form.hasPrefix("db") ? 9_000 : 4_500
    let temporary = try TemporaryFolder(["表.csv": Array(BatchTests.table(count).utf8)])
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let errors = temporary.path + "/errors"
    process.arguments = [
      "-c",
      "trap '' XFSZ; ulimit -f \(form == "xlsx" ? 300 : 1500); '\(Tool.path)' batch '\(Self.policy.path)' 表.csv --columns 结论 --threads 1 --as-of 2024-06-01 --out 答.\(form) 2>'\(errors)'",
    ]
    process.currentDirectoryURL = URL(filePath: temporary.path)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let text = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(process.terminationStatus == 3 && text.contains("磁盘已满"), "\(text)")
    #expect(!FileManager.default.fileExists(atPath: temporary.path + "/答.xlsx"))
    #expect(!FileManager.default.fileExists(atPath: temporary.path + "/答.jsonl"))
    if form == "xlsx" { return }
    let whole = try Tool.run(
      [
        "batch", Self.policy.path, "表.csv", "--columns", "结论", "--resume", "--as-of", "2024-06-01", "--out",
        "答.\(form)",
      ],
      folder: URL(filePath: temporary.path))
    #expect(whole.code == 0 && whole.output.contains("以前答好"), "\(whole.errors)")
    #expect(try cells(of: temporary.path + "/答.\(form)").count == count)
  }

  @Test func factsComeFromEveryForm() throws {
    let text = BatchTests.table(60)
    let temporary = try TemporaryFolder(["表.csv": Array(text.utf8)])
    let expected = try session()
    try expected.loadFacts([temporary.path + "/表.csv"])
    for form in ["xlsx", "jsonl"] {
      try write(text, as: temporary.path + "/表.\(form)")
      let session = try session()
      try session.loadFacts([temporary.path + "/表.\(form)"])
      #expect(session.factRemarks.filter { $0.severity != .note }.isEmpty)
      #expect(session.subjects.map(\.id) == expected.subjects.map(\.id))
      #expect(session.subjects.map(\.facts) == expected.subjects.map(\.facts))
    }
  }
}

extension String {
  fileprivate var nilIfEmpty: String? { isEmpty ? nil : self }
}
