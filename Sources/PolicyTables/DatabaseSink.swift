/// Writes records of CSV into a new table of a SQLite file: under another name, some thousands at a time, until it is whole.
package final class DatabaseSink {
  private let database: Database
  private let table: String
  private let part: String
  private let delimiter: [UInt8]
  private let original: DatabaseSource?
  private let width: Int
  private let perRecord: Int
  private let replaces: Bool
  private let withUnits: Bool
  private var insert: Statement?
  /// Makes a number of a decimal text, as SQLite keeps it.
  private let number: Statement
  private var row = 0

  /// The name under which an unfinished table stands.
  package static func part(of table: String) -> String { table + ".part" }

  /// Begins a table, or goes on with an unfinished one.
  ///
  /// - Parameter columns: The names of its columns: the table's own, then those of the answers.
  /// - Parameter kept: How many records the unfinished table has.
  /// - Parameter other: A source of the same file, whose connection is shared: two would wait for each other.
  /// - Parameter original: Where the table's own values come from as they are kept there; else they come from the records.
  /// - Parameter perRecord: How many rows there are for each record of the original.
  package init(
    _ path: String, table: String, columns: [String], own: Int, keeping kept: Int?,
    sharing other: DatabaseSource?, original: DatabaseSource?, perRecord: Int, delimiter: [UInt8], replaces: Bool,
    withUnits: Bool
  ) throws(TableFailure) {
    database = if let other { other.database } else { try Database(path, isWritten: true) }
    (self.table, part, self.original, width) = (table, Self.part(of: table), original, own)
    (self.perRecord, self.delimiter, self.replaces, self.withUnits) = (perRecord, delimiter, replaces, withUnits)
    if !replaces, try database.holds(table) { throw Self.exists(path, table) }
    number = try database.prepare("SELECT CAST(? AS NUMERIC)")
    let names = columns.map { Database.quoted($0) }
    if kept == nil {
      try database.run("DROP TABLE IF EXISTS \(Database.quoted(part))")
      try database.run("CREATE TABLE \(Database.quoted(part)) (\(names.joined(separator: ", ")))")
    }
    for _ in 0..<(kept ?? 0) { _ = try original?.next() }
    let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    insert = try database.prepare("INSERT INTO \(Database.quoted(part)) VALUES (\(marks))")
  }

  static func exists(_ path: String, _ table: String) -> TableFailure {
    TableFailure(
      "\(path)：已有表“\(table)”；用 --replace 换掉它，或者用 --out 写到别的表",
      "\(path): there is a table “\(table)” already; replace it with --replace, or write to another with --out", .choice
    )
  }

  /// Writes whole records, all of them or, where anything fails, none.
  package func write(_ bytes: [UInt8]) throws(TableFailure) {
    try database.run("BEGIN IMMEDIATE")
    do throws(TableFailure) {
      var records = CSVRecords(bytes, delimiter: delimiter)
      while let cells = records.next() { try write(cells) }
      try database.run("COMMIT")
    } catch {
      try? database.run("ROLLBACK")
      throw error
    }
  }

  private func write(_ cells: [CSVRecords.Cell]) throws(TableFailure) {
    guard let insert else { return }
    if row % perRecord == 0 { _ = try original?.next() }
    row += 1
    let (own, answers) = CSVRecords.parts(cells, width: width, answers: max(0, insert.parameters - width))
    for column in 0..<width {
      if let original {
        original.bind(column, to: insert, at: column)
      } else if own.indices.contains(column) {
        bind(own[column], at: column)
      } else {
        insert.bindNull(at: column)
      }
    }
    for (place, cell) in answers.enumerated() {
      if cell.content.isEmpty {
        insert.bindNull(at: width + place)
      } else {
        insert.bind(text: Array(cell.content), at: width + place)
      }
    }
    _ = try insert.step()
  }

  private func bind(_ cell: CSVRecords.Cell, at place: Int) {
    guard let insert else { return }
    if !cell.isQuoted {
      switch CSVValue(cell.content, withUnits: withUnits) {
      case .blank: return insert.bindNull(at: place)
      // Numbers with a point are kept in binary, as in workbooks; their fifteen digits come back as they were.
      case .number: return bind(number: Array(cell.content), at: place)
      case .truth(let value): return bind(number: [value ? 0x31 : 0x30], at: place)
      case .text, .percent, .day, .time, .unit: break
      }
    }
    insert.bind(text: cell.content.map { $0 == 0x0B ? 0x0A : $0 == 0x0C ? 0x0D : $0 }, at: place)
  }

  private func bind(number text: [UInt8], at place: Int) {
    number.reset()
    number.bind(text: text, at: 0)
    if (try? number.step()) == true { insert?.bind(number, column: 0, at: place) }
  }

  /// Gives the table its name.
  package func finish() throws(TableFailure) {
    insert = nil
    number.reset()
    original?.end()
    try database.run("BEGIN IMMEDIATE")
    do throws(TableFailure) {
      if replaces {
        let type = try database.texts("SELECT type FROM sqlite_schema WHERE name = ? COLLATE NOCASE", [table]).first?[0]
        if let type { try database.run("DROP \(type == "view" ? "VIEW" : "TABLE") \(Database.quoted(table))") }
      } else if try database.holds(table) {
        throw Self.exists(database.path, table)
      }
      try database.run("ALTER TABLE \(Database.quoted(part)) RENAME TO \(Database.quoted(table))")
      try database.run("COMMIT")
    } catch {
      try? database.run("ROLLBACK")
      throw error
    }
  }

  /// How many rows an unfinished table has, its columns and its last row; nil where there is none.
  package static func unfinished(
    _ path: String, table: String
  ) throws(TableFailure) -> (rows: Int, columns: [String], last: [String])? {
    let database = try Database(path)
    guard try database.holds(part(of: table)) else { return nil }
    let name = Database.quoted(part(of: table))
    let rows = try database.prepare("SELECT * FROM \(name) ORDER BY rowid DESC LIMIT 1")
    let columns = (0..<rows.width).map { rows.name(at: $0) }
    let last = try rows.step() ? columns.indices.map { String(decoding: rows.bytes(at: $0), as: UTF8.self) } : []
    return (Int(try database.texts("SELECT count(*) FROM \(name)")[0][0]) ?? 0, columns, last)
  }
}
