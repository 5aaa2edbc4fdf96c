import GRDB
import PolicySQL

/// SQLite in this process.
struct SQLiteEngine: SQLEngine {
  let dialect = SQLDialect.sqlite
  private let database: DatabaseQueue

  init() throws { database = try DatabaseQueue() }

  mutating func ask(_ query: SQLQuery, _ schema: SQLSchema, rows: [[String]]) throws -> (
    names: [String], rows: [[String?]]
  ) {
    try database.write { database in
      try database.execute(sql: "DROP TABLE IF EXISTS \"\(schema.options.table)\"")
      try database.execute(sql: schema.createTable(note: { _ in "" }, state: "") + schema.insert(rows))
      let statement = try database.makeStatement(sql: query.text)
      let cursor = try Row.fetchCursor(statement)
      let names = Array(statement.columnNames)
      var result: [[String?]] = []
      while let row = try cursor.next() {
        result.append(
          row.databaseValues.map { value in
            switch value.storage {
            case .null: nil
            case .int64(let number): "\(number)"
            case .string(let text): text
            case .double(let number): "\(number) (a REAL)"
            case .blob: "a blob"
            }
          })
      }
      return (names, result)
    }
  }
}
