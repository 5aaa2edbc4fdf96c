package import GRDB

/// Why a SQLite file of ours can't be read or written.
package enum SQLiteFailure: Error, Hashable, Sendable {
  /// The file is no SQLite database.
  case notDatabase
  /// The file is a database of something else.
  case foreign
  /// The file is of a later schema, with its number.
  case newer(Int)
  /// Its tables or triggers are not those that were made.
  case altered
  /// Another process wrote to it for longer than can be waited for.
  case locked
  /// The disk is full.
  case full
  /// The file or its folder can't be written to.
  case notWritable
  /// The file can't be opened: its folder isn't there, or permission is missing.
  case notOpened
  /// SQLite found the file damaged.
  case damaged
  /// The system could not read or write the file.
  case inputOutput
  /// Anything else, with SQLite's code and words.
  case other(Int, String)

  /// What an error of SQLite means for a person.
  package init(_ error: DatabaseError) {
    self =
      switch error.resultCode {
      case .SQLITE_NOTADB: .notDatabase
      case .SQLITE_BUSY, .SQLITE_LOCKED: .locked
      case .SQLITE_FULL: .full
      case .SQLITE_READONLY, .SQLITE_PERM: .notWritable
      case .SQLITE_CANTOPEN: .notOpened
      case .SQLITE_CORRUPT: .damaged
      case .SQLITE_IOERR: .inputOutput
      default: .other(Int(error.extendedResultCode.rawValue), error.message ?? "")
      }
  }
}
