/// A portfolio that outlasts the session: everything that was said of its subjects, in order. It only grows.
///
/// Reading and writing are transactions; several programs can use one store at once.
package protocol ProjectStore {
  /// The number of the latest thing said; 0 in a store that is empty or not made yet.
  func latest() throws(StoreFailure) -> Int
  /// What was said after a number, in order.
  func facts(after number: Int) throws(StoreFailure) -> [StoredFact]
  /// Says more, while no other program can.
  ///
  /// - Parameters:
  ///   - number: What the caller has read up to.
  ///   - by: Who says it.
  ///   - decide: Given what others said since, what is to be said; what it throws leaves the store as it was. Where it gives
  ///     nothing, nothing is written.
  /// - Throws: `StoreFailure`, `replaced` where there is nothing of that number, or what `decide` throws.
  func say(after number: Int, by: String?, _ decide: ([StoredFact]) throws -> [SaidFact]) throws -> News
}

/// What was said in a store since it was read, in order.
package struct News: Sendable {
  package var others: [StoredFact] = []
  /// What this call said.
  package var own: [StoredFact] = []
}

/// Opens the store of an address; a file that isn't there is made by the first saving.
package func openStore(_ address: StoreAddress) throws(StoreFailure) -> any ProjectStore {
  switch address {
  case .file(let path): try SQLiteStore(path: path)
  case .server(let url): try PostgresStore(url)
  }
}
