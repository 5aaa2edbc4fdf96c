package import SQLiteFiles

/// Why a store can't be read or written; what it held stays.
package enum StoreFailure: Error, Hashable, Sendable {
  case file(SQLiteFailure)
  /// There is no such file.
  case notFound
  /// The store holds less than was read in it, so it is another one by now.
  case replaced
  /// libpq isn't installed.
  case noLibrary
  /// The server can't be reached or refuses, in its own words.
  case notConnected(String)
  /// The database has no store, and this user may not make one.
  case notAllowed
  /// The store is of a later schema, with its number.
  case newer(Int)
  /// The database has other tables under the store's name.
  case foreign
  /// Another session wrote for longer than can be waited for.
  case locked
  /// The server's disk is full.
  case full
  /// The server is read-only, or this user may not write.
  case notWritable
  /// Anything else, with the server's code and words.
  case server(String, String)
}
