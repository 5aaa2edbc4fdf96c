import GRDBSQLite

/// A SQLite file whose tables are read or written row by row.
final class Database {
  let path: String
  private let handle: OpaquePointer

  /// Opens a file; with `isWritten` it is made where there is none.
  init(_ path: String, isWritten: Bool = false) throws(TableFailure) {
    self.path = path
    // A path is never a URI or the name of a database in memory.
    let file = path.hasPrefix("/") ? path : "./" + path
    var handle: OpaquePointer?
    let flags = isWritten ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
    let code = sqlite3_open_v2(file, &handle, flags, nil)
    guard let handle, code == SQLITE_OK else {
      sqlite3_close_v2(handle)
      throw Self.failure(code, path, "")
    }
    self.handle = handle
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, 10_000)
    try run("PRAGMA trusted_schema = OFF")
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs a statement to its end.
  func run(_ sql: String) throws(TableFailure) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  func prepare(_ sql: String) throws(TableFailure) -> Statement {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
    guard code == SQLITE_OK, let statement else { throw failure(code) }
    return Statement(self, statement)
  }

  /// The rows of a query as texts.
  func texts(_ sql: String, _ values: [String] = []) throws(TableFailure) -> [[String]] {
    let statement = try prepare(sql)
    for (place, value) in values.enumerated() { statement.bind(text: Array(value.utf8), at: place) }
    var rows: [[String]] = []
    while try statement.step() {
      rows.append((0..<statement.width).map { String(decoding: statement.bytes(at: $0), as: UTF8.self) })
    }
    return rows
  }

  /// Whether a table or view of this name is there; names are compared as SQLite does.
  func holds(_ table: String) throws(TableFailure) -> Bool {
    try !texts("SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE", [table])
      .isEmpty
  }

  /// The tables and views, by name.
  func tables() throws(TableFailure) -> [String] {
    try texts(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    ).map { $0[0] }
  }

  func failure(_ code: Int32) -> TableFailure { Self.failure(code, path, String(cString: sqlite3_errmsg(handle))) }

  private static func failure(_ code: Int32, _ path: String, _ message: String) -> TableFailure {
    switch code & 0xFF {
    case SQLITE_FULL: TableFailure("\(path)：磁盘已满", "\(path): the disk is full", .full)
    // SQLITE_IOERR_WRITE, of which a full disk is nearly always the cause.
    case SQLITE_IOERR where code == SQLITE_IOERR | 3 << 8:
      TableFailure("\(path)：磁盘已满，或者不能写", "\(path): the disk is full, or can't be written", .full)
    case SQLITE_NOTADB: TableFailure("\(path)：不是 SQLite 数据库", "\(path): not a SQLite database")
    case SQLITE_BUSY, SQLITE_LOCKED:
      TableFailure("\(path)：别的程序正在用它，等了 10 秒", "\(path): another program is using it; waited for 10 seconds")
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: TableFailure("\(path)：没有权限写", "\(path): it may not be written")
    case SQLITE_CANTOPEN: TableFailure("\(path)：打不开", "\(path): can't be opened")
    case SQLITE_CORRUPT: TableFailure("\(path)：数据库坏了（\(message)）", "\(path): the database is damaged (\(message))")
    default: TableFailure("\(path)：SQLite 错误 \(code)（\(message)）", "\(path): SQLite error \(code) (\(message))")
    }
  }

  /// A name in SQL.
  static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

/// A prepared statement of a database; columns and parameters count from 0.
final class Statement {
  private let database: Database
  private let handle: OpaquePointer

  fileprivate init(_ database: Database, _ handle: OpaquePointer) { (self.database, self.handle) = (database, handle) }

  deinit { sqlite3_finalize(handle) }

  var width: Int { Int(sqlite3_column_count(handle)) }

  func name(at column: Int) -> String { sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? "" }

  /// Goes on to the next row; false at the end, after which it can begin anew.
  func step() throws(TableFailure) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    sqlite3_reset(handle)
    guard code == SQLITE_DONE else { throw database.failure(code) }
    return false
  }

  /// Lets parameters be bound anew where not all rows were asked for.
  func reset() { sqlite3_reset(handle) }

  /// What a value of the row is kept as.
  enum Storage { case null, integer, real, text, blob }

  func storage(at column: Int) -> Storage {
    switch sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_BLOB: .blob
    default: .text
    }
  }

  /// The value of a column as text; numbers as SQLite writes them, with fifteen digits.
  func bytes(at column: Int) -> [UInt8] {
    guard let start = sqlite3_column_text(handle, Int32(column)) else { return [] }
    return Array(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
  }

  func integer(at column: Int) -> Int { Int(sqlite3_column_int64(handle, Int32(column))) }

  // MARK: Parameters

  var parameters: Int { Int(sqlite3_bind_parameter_count(handle)) }

  func bindNull(at place: Int) { sqlite3_bind_null(handle, Int32(place + 1)) }

  func bind(_ integer: Int, at place: Int) { sqlite3_bind_int64(handle, Int32(place + 1), Int64(integer)) }

  func bind(text: [UInt8], at place: Int) {
    // SQLITE_TRANSIENT: the bytes are copied.
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    _ = text.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text(
          handle, Int32(place + 1), $0.baseAddress ?? UnsafePointer(bitPattern: 1), Int32($0.count), copied)
      }
    }
  }

  /// Binds the value that another statement's row has, as it is kept there.
  func bind(_ other: Statement, column: Int, at place: Int) {
    sqlite3_bind_value(handle, Int32(place + 1), sqlite3_column_value(other.handle, Int32(column)))
  }
}
