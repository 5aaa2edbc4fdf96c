import GRDB
import SQLiteFiles

/// A SQLite file of records that only grows.
package struct RecordFile {
  private let file: SQLiteFile

  /// Opens a file of records; where there is none, the first record makes it.
  ///
  /// - Parameter patience: How long another writer is waited for, in seconds.
  /// - Throws: `RecordFailure` where the file is something else.
  package init(path: String, patience: Int = SQLiteFile.patience) throws(RecordFailure) {
    do throws(SQLiteFailure) {
      file = try SQLiteFile(path: path, schema: RecordFile.schema, patience: patience)
    } catch {
      throw .file(error)
    }
  }

  // MARK: Writing

  /// Appends records, all of them or, where anything throws, none; other writers wait meanwhile.
  ///
  /// - Parameter next: The next record; nil at the end.
  /// - Returns: The numbers that the records got.
  /// - Throws: `RecordFailure`, or what `next` throws.
  package func append(_ next: () throws -> AnswerRecord?) throws -> Range<Int> {
    var written = 1..<1
    do {
      try file.write { database in
        let first = try RecordFile.count(database) + 1
        var number = first
        while let record = try next() {
          try RecordFile.insert(record, as: number, database)
          number += 1
        }
        written = first..<number
      }
    } catch let failure as SQLiteFailure {
      throw RecordFailure.file(failure)
    }
    return written
  }

  private static func insert(_ record: AnswerRecord, as number: Int, _ database: Database) throws {
    let axis = try database.cachedStatement(sql: "INSERT INTO 方面 VALUES (?, ?, ?, ?)")
    for (position, entry) in record.axes.enumerated() {
      try axis.execute(arguments: [number, position + 1, entry.name, entry.text])
    }
    let part = try database.cachedStatement(sql: "INSERT INTO 参与 VALUES (?, ?)")
    for rule in record.rules { try part.execute(arguments: [number, try self.number(of: rule, database)]) }
    let row = try database.cachedStatement(
      sql: """
        INSERT INTO 留痕 (编号, 查询日期, 措施, 条款, 主体种类, 主体, 复函, 事实, 答复, 推导, 会话改动, 规则路径, 规则摘要, 引擎)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try row.execute(arguments: [
      number, record.asOf, record.measure, record.clause, record.kind, record.subject, record.letter, record.facts,
      record.answer, record.derivation, record.sessionChanges, record.policies.joined(separator: "\n"),
      record.policyDigest, record.engine,
    ])
  }

  /// The number of a rule, which is added where it isn't there yet.
  private static func number(of rule: RuleVersion, _ database: Database) throws -> Int {
    let known = try database.cachedStatement(
      sql: "SELECT 规则号 FROM 规则 WHERE 种类 = ? AND 名称 = ? AND 条款 = ? AND 摘要 = ?")
    let clause = rule.clause ?? ""
    if let number = try Int.fetchOne(known, arguments: [rule.kind, rule.name, clause, rule.digest]) { return number }
    let number = try Int.fetchOne(database, sql: "SELECT coalesce(max(规则号), 0) + 1 FROM 规则")!
    try database.cachedStatement(sql: "INSERT INTO 规则 VALUES (?, ?, ?, ?, ?, ?)")
      .execute(arguments: [number, rule.kind, rule.name, clause, rule.digest, rule.text])
    return number
  }

  // MARK: Reading

  private static func count(_ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT coalesce(max(编号), 0) FROM 留痕") ?? 0
  }

  /// How many records there are; they are numbered from 1 without gaps.
  package func count() throws(RecordFailure) -> Int { try read { try RecordFile.count($0) } ?? 0 }

  /// The different rules that records were made with, as they were asked for.
  package func policies() throws(RecordFailure) -> [[String]] {
    try read { database in
      let all = try String.fetchAll(database, sql: "SELECT 规则路径 FROM 留痕 GROUP BY 规则路径 ORDER BY min(编号)")
      return all.map { $0.split(separator: "\n").map(String.init) }
    } ?? []
  }

  /// The record of a number.
  package func record(_ number: Int) throws(RecordFailure) -> AnswerRecord {
    let found = try read { database -> AnswerRecord? in
      let statement = try database.cachedStatement(sql: "SELECT * FROM 留痕 WHERE 编号 = ?")
      guard let row = try Row.fetchOne(statement, arguments: [number]) else { return nil }
      let axes = try database.cachedStatement(sql: "SELECT 方面, 内容 FROM 方面 WHERE 编号 = ? ORDER BY 序号")
      let rules = try database.cachedStatement(
        sql: "SELECT 种类, 名称, 条款, 文本, 摘要 FROM 参与 JOIN 规则 USING (规则号) WHERE 编号 = ? ORDER BY 规则号")
      return AnswerRecord(
        asOf: row["查询日期"], measure: row["措施"], clause: row["条款"], kind: row["主体种类"], subject: row["主体"],
        letter: row["复函"],
        axes: try Row.fetchAll(axes, arguments: [number]).map { AnswerRecord.Axis(name: $0[0], text: $0[1]) },
        facts: row["事实"], answer: row["答复"], derivation: row["推导"], sessionChanges: row["会话改动"],
        policies: (row["规则路径"] as String).split(separator: "\n").map(String.init), policyDigest: row["规则摘要"],
        engine: row["引擎"],
        rules: try Row.fetchAll(rules, arguments: [number]).map { rule in
          let clause: String = rule[2]
          return RuleVersion(
            kind: rule[0], name: rule[1], clause: clause.isEmpty ? nil : clause, text: rule[3], digest: rule[4])
        })
    }
    guard let record = found ?? nil else { throw .noRecord(number) }
    return record
  }

  private func read<Result>(_ body: (Database) throws -> Result) throws(RecordFailure) -> Result? {
    do throws(SQLiteFailure) { return try file.read(body) } catch { throw .file(error) }
  }
}
