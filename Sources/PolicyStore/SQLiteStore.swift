import GRDB
package import SQLiteFiles

/// A store in a SQLite file.
package struct SQLiteStore: ProjectStore {
  private let file: SQLiteFile

  /// Opens a store; where there is none, the first saving makes it.
  ///
  /// - Parameter patience: How long another writer is waited for, in seconds.
  package init(
    path: String, schema: SQLiteSchema = SQLiteStore.schema, patience: Int = SQLiteFile.patience
  ) throws(StoreFailure) {
    do throws(SQLiteFailure) {
      file = try SQLiteFile(path: path, schema: schema, patience: patience)
    } catch {
      throw .file(error)
    }
  }

  package func latest() throws(StoreFailure) -> Int {
    try read { try SQLiteStore.latest($0) } ?? 0
  }

  private static func latest(_ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT coalesce(max(编号), 0) FROM 说法")!
  }

  package func facts(after number: Int) throws(StoreFailure) -> [StoredFact] {
    try read { try facts(after: number, $0) } ?? []
  }

  package func say(
    after number: Int, by: String?, _ decide: ([StoredFact]) throws -> [SaidFact]
  ) throws -> News {
    var result = News()
    do {
      try file.write { database in
        if try SQLiteStore.latest(database) < number { throw StoreFailure.replaced }
        result.others = try facts(after: number, database)
        let said = try decide(result.others)
        guard !said.isEmpty else { return }
        try insert(said, by: by, database)
        result.own = try facts(after: result.others.last?.number ?? number, database)
      }
    } catch let failure as SQLiteFailure {
      throw StoreFailure.file(failure)
    }
    return result
  }

  private func facts(after number: Int, _ database: Database) throws -> [StoredFact] {
    let savings = try Row.fetchAll(
      database,
      sql: "SELECT * FROM 保存 WHERE 保存号 >= coalesce((SELECT min(保存号) FROM 说法 WHERE 编号 > ?), 0) ORDER BY 保存号",
      arguments: [number]
    ).map { Saving(number: $0["保存号"], recorded: $0["记录时间"], by: $0["谁说"]) }
    guard let first = savings.first?.number else { return [] }
    let rows = try database.cachedStatement(
      sql: """
        SELECT 编号, 保存号, 种类, 名称, 事实, 内容, 起 FROM 说法 JOIN 主体 USING (主体号) WHERE 编号 > ? ORDER BY 编号
        """)
    return try Array(
      Row.fetchCursor(rows, arguments: [number]).map { row in
        StoredFact(
          number: row[0],
          said: SaidFact(kind: row[2], subject: row[3], path: FactPath(text: row[4]), value: row[5], since: row[6]),
          saving: savings[(row[1] as Int) - first])
      })
  }

  private func insert(_ said: [SaidFact], by: String?, _ database: Database) throws {
    func next(_ column: String, _ table: String) throws -> Int {
      try Int.fetchOne(database, sql: "SELECT coalesce(max(\(column)), 0) + 1 FROM \(table)")!
    }
    let saving = try next("保存号", "保存")
    try database.execute(sql: "INSERT INTO 保存 (保存号, 谁说) VALUES (?, ?)", arguments: [saving, by])
    let known = try database.cachedStatement(sql: "SELECT 主体号 FROM 主体 WHERE 种类 = ? AND 名称 = ?")
    let addition = try database.cachedStatement(sql: "INSERT INTO 主体 VALUES (?, ?, ?)")
    let row = try database.cachedStatement(sql: "INSERT INTO 说法 VALUES (?, ?, ?, ?, ?, ?)")
    var number = try next("编号", "说法")
    var nextSubject = try next("主体号", "主体")
    for fact in said {
      var subject = try Int.fetchOne(known, arguments: [fact.kind, fact.subject])
      if subject == nil {
        try addition.execute(arguments: [nextSubject, fact.kind, fact.subject])
        subject = nextSubject
        nextSubject += 1
      }
      try row.execute(arguments: [number, saving, subject, fact.path.text, fact.value, fact.since])
      number += 1
    }
  }

  private func read<Result>(_ body: (Database) throws -> Result) throws(StoreFailure) -> Result? {
    do throws(SQLiteFailure) { return try file.read(body) } catch { throw .file(error) }
  }
}
