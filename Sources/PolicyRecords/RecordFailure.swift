package import SQLiteFiles

/// Why a file of records can't be read or written.
package enum RecordFailure: Error, Hashable, Sendable {
  case file(SQLiteFailure)
  /// There is no such record in the file.
  case noRecord(Int)
}
