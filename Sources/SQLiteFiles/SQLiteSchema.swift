/// What tells one kind of our SQLite files from others, and how its tables came about.
package struct SQLiteSchema: Sendable {
  /// `PRAGMA application_id`.
  package let applicationID: Int
  /// The statements that make each version of the one before, the first from an empty file.
  package let migrations: [String]

  /// The latest version; `PRAGMA user_version`.
  package var version: Int { migrations.count }

  package init(applicationID: Int, migrations: [String]) {
    self.applicationID = applicationID
    self.migrations = migrations
  }
}
