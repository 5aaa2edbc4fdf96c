package import GRDB

/// A SQLite file of ours; the one place that opens such files.
///
/// Rollback journal and `synchronous = EXTRA`: a kill or a power cut leaves what was committed and nothing else.
package struct SQLiteFile {
  private let queue: DatabaseQueue
  private let schema: SQLiteSchema

  /// How long another writer is waited for, in seconds.
  package static let patience = 10

  /// Opens a file; where there is none, the first writing makes it. A file of an earlier version is brought to the latest.
  ///
  /// - Parameter patience: How long another writer is waited for, in seconds.
  /// - Throws: `SQLiteFailure` where the file is something else.
  package init(path: String, schema: SQLiteSchema, patience: Int = SQLiteFile.patience) throws(SQLiteFailure) {
    var configuration = Configuration()
    configuration.busyMode = .timeout(.init(patience))
    configuration.prepareDatabase { database in
      // EXTRA also waits until the folder knows that the journal is gone.
      try database.execute(sql: "PRAGMA synchronous = EXTRA; PRAGMA trusted_schema = OFF")
    }
    // A path is never a URI or the name of a database in memory.
    let path = path.hasPrefix("/") ? path : "./" + path
    queue = try SQLiteFile.attempt { try DatabaseQueue(path: path, configuration: configuration) }
    self.schema = schema
    let found = try SQLiteFile.attempt {
      try queue.read { database in
        let found = try version(database)
        if found > 0 { try checkObjects(database, found) }
        return found
      }
    }
    if found > 0, found < schema.version {
      try SQLiteFile.attempt {
        try queue.inTransaction(.immediate) {
          try migrate($0); return .commit
        }
      }
    }
  }

  /// Reads in one transaction; nil where nothing was written yet.
  package func read<Result>(_ body: (Database) throws -> Result) throws(SQLiteFailure) -> Result? {
    try SQLiteFile.attempt { try queue.read { try version($0) > 0 ? try body($0) : nil } }
  }

  /// Writes in one transaction, all or, where anything throws, nothing; other writers wait meanwhile.
  ///
  /// - Throws: `SQLiteFailure`, or what `body` throws.
  package func write(_ body: (Database) throws -> Void) throws {
    do {
      try queue.inTransaction(.immediate) { database in
        // Another process may have made the file since it was opened.
        try migrate(database)
        try body(database)
        return .commit
      }
    } catch let error as DatabaseError {
      throw SQLiteFailure(error)
    }
  }

  /// The version of the file; 0 for one that is empty.
  private func version(_ database: Database) throws -> Int {
    let id = try Int.fetchOne(database, sql: "PRAGMA application_id")
    let number = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if id == schema.applicationID, number > 0 {
      if number > schema.version { throw SQLiteFailure.newer(number) }
      return number
    }
    guard id == 0, try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 else {
      throw id == schema.applicationID ? SQLiteFailure.altered : SQLiteFailure.foreign
    }
    return 0
  }

  private func migrate(_ database: Database) throws {
    let found = try version(database)
    guard found < schema.version else { return }
    for migration in schema.migrations[found...] { try database.execute(sql: migration) }
    try database.execute(
      sql: "PRAGMA application_id = \(schema.applicationID); PRAGMA user_version = \(schema.version)")
  }

  /// - Throws: `altered` where a table or trigger isn't what this program made, so that rows could be anything.
  private func checkObjects(_ database: Database, _ version: Int) throws {
    func objects(_ database: Database) throws -> Set<[String]> {
      Set(
        try Row.fetchAll(database, sql: "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").map {
          [$0[0], $0[1], $0[2]]
        })
    }
    let expected = try DatabaseQueue().write { database in
      for migration in schema.migrations[..<version] { try database.execute(sql: migration) }
      return try objects(database)
    }
    if !(try objects(database).isSuperset(of: expected)) { throw SQLiteFailure.altered }
  }

  /// Runs something that asks SQLite; its errors come out as `SQLiteFailure`.
  private static func attempt<Result>(_ body: () throws -> Result) throws(SQLiteFailure) -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw SQLiteFailure(error)
    } catch let failure as SQLiteFailure {
      throw failure
    } catch {
      throw .other(0, "\(error)")
    }
  }
}
