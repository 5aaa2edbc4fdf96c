import CPQ
import PolicyText

/// A store in the schema 条理 of a PostgreSQL database, for several offices at once.
package final class PostgresStore: ProjectStore {
  private let url: ServerURL
  private let library: CPQ
  private var connection: OpaquePointer?
  /// Whether the latest attempt to connect failed.
  private var isLost = false

  /// How long another session's saving is waited for, in seconds.
  package let patience: Int

  /// Connects to a server.
  package init(_ url: ServerURL, patience: Int = 10) throws(StoreFailure) {
    guard let library = CPQ.opened else { throw .noLibrary }
    (self.url, self.library, self.patience) = (url, library, patience)
    try connect()
    if let found = try version(), found > PostgresStore.migrations.count { throw .newer(found) }
  }

  deinit { library.finish(connection) }

  private func connect() throws(StoreFailure) {
    library.finish(connection)
    isLost = true
    // Parameters that stand behind the address go before those in it.
    let parameters = [
      ("connect_timeout", "10"), ("dbname", url.text), ("fallback_application_name", "tiaoli"),
      ("client_encoding", "UTF8"),
    ]
    connection = withCStrings(parameters.map(\.0) + [nil]) { names in
      withCStrings(parameters.map(\.1) + [nil]) { values in library.connectdbParams(names, values, 1) }
    }
    guard let connection, Int(library.status(connection)) == CPQ_CONNECTION_OK else {
      throw .notConnected(url.withoutSecrets(String(cString: library.errorMessage(connection)).oneLine))
    }
    isLost = false
    withUnsafePointer(to: library) { CPQ_ignoreNotices($0, connection) }
  }

  // MARK: Store

  package func latest() throws(StoreFailure) -> Int {
    // This is asked before every answer, and a server that is away can take long to be missed.
    if isLost { throw .notConnected("") }
    guard try isMade() else { return 0 }
    return Int(try rows("SELECT coalesce(max(编号), 0) FROM 条理.说法")[0][0] ?? "") ?? 0
  }

  package func facts(after number: Int) throws(StoreFailure) -> [StoredFact] {
    guard try isMade() else { return [] }
    return try rows(
      """
      SELECT 编号, 保存号, 种类, 名称, 事实, 内容, 起, 记录时间, 谁说
      FROM 条理.说法 JOIN 条理.主体 USING (主体号) JOIN 条理.保存 USING (保存号) WHERE 编号 > $1::bigint ORDER BY 编号
      """, ["\(number)"]
    ).map { row in
      StoredFact(
        number: Int(row[0]!)!,
        said: SaidFact(kind: row[2]!, subject: row[3]!, path: FactPath(text: row[4]!), value: row[5]!, since: row[6]),
        saving: Saving(number: Int(row[1]!)!, recorded: row[7]!, by: row[8]))
    }
  }

  package func say(
    after number: Int, by: String?, _ decide: ([StoredFact]) throws -> [SaidFact]
  ) throws -> News {
    var result = News()
    try rows("BEGIN")
    do {
      // One saving at a time, also where the store isn't made yet; reading goes on meanwhile.
      try rows("SET LOCAL lock_timeout = '\(patience)s'")
      try rows("SELECT pg_advisory_xact_lock(\(SQLiteStore.applicationID))")
      try migrate()
      if try latest() < number { throw StoreFailure.replaced }
      result.others = try facts(after: number)
      let said = try decide(result.others)
      if !said.isEmpty {
        try insert(said, by: by)
        result.own = try facts(after: result.others.last?.number ?? number)
      }
      try rows("COMMIT")
      return result
    } catch {
      // Where the connection is gone, so is the transaction.
      _ = try? rows("ROLLBACK")
      throw error
    }
  }

  private func insert(_ said: [SaidFact], by: String?) throws(StoreFailure) {
    let saving = try rows(
      """
      INSERT INTO 条理.保存 (保存号, 谁说) SELECT coalesce(max(保存号), 0) + 1, $1 FROM 条理.保存 RETURNING 保存号
      """, [by])[0][0]
    // Everything goes to the server at once, however far it is.
    let facts = JSONValue.array(
      said.enumerated().map { index, fact in
        .object([
          ("n", .integer(index)), ("k", .string(fact.kind)), ("s", .string(fact.subject)),
          ("f", .string(fact.path.text)), ("v", .string(fact.value)), ("d", fact.since.map { .string($0) } ?? .null),
        ])
      }
    ).serialized()
    let columns = "json_to_recordset($1::json) AS x (n int, k text, s text, f text, v text, d text)"
    try rows(
      """
      INSERT INTO 条理.主体 SELECT (SELECT coalesce(max(主体号), 0) FROM 条理.主体) + row_number() OVER (ORDER BY min(n)), k, s
      FROM \(columns) WHERE NOT EXISTS (SELECT 1 FROM 条理.主体 WHERE 种类 = k AND 名称 = s) GROUP BY k, s
      """, [facts])
    try rows(
      """
      INSERT INTO 条理.说法 SELECT (SELECT coalesce(max(编号), 0) FROM 条理.说法) + row_number() OVER (ORDER BY n), $2::bigint,
        主体号, f, v, d FROM \(columns) JOIN 条理.主体 ON 种类 = k AND 名称 = s
      """, [facts, saving])
  }

  // MARK: Versions

  private func isMade() throws(StoreFailure) -> Bool { try version() != nil }

  /// The version of the tables; nil where there are none.
  private func version() throws(StoreFailure) -> Int? {
    // to_regclass would answer from a cache that doesn't hear, within a transaction, of what others have made.
    let found = try rows(
      "SELECT 1 FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = '条理' AND relname = '版本'")
    guard !found.isEmpty else { return nil }
    return Int(try rows("SELECT max(版本) FROM 条理.版本")[0][0] ?? "")
  }

  private func migrate() throws(StoreFailure) {
    let found = try version() ?? 0
    let migrations = PostgresStore.migrations
    if found > migrations.count { throw .newer(found) }
    guard found < migrations.count else { return }
    for migration in migrations[found...] { try rows(migration) }
    try rows("INSERT INTO 条理.版本 VALUES (\(migrations.count))")
  }

  // MARK: Asking

  /// Runs one statement; without parameters also several. Values are texts, nil for NULL.
  @discardableResult
  private func rows(_ statement: String, _ parameters: [String?] = []) throws(StoreFailure) -> [[String?]] {
    if Int(library.status(connection)) != CPQ_CONNECTION_OK { try connect() }
    let result =
      parameters.isEmpty
      ? library.exec(connection!, statement)
      : withCStrings(parameters) { values in
        library.execParams(connection!, statement, Int32(parameters.count), nil, values, nil, nil, 0)
      }
    defer { library.clear(result) }
    let status = Int(library.resultStatus(result))
    guard let result, status == CPQ_TUPLES_OK || status == CPQ_COMMAND_OK else {
      throw failure(result)
    }
    guard status == CPQ_TUPLES_OK else { return [] }
    return (0..<library.ntuples(result)).map { row in
      (0..<library.nfields(result)).map { column in
        library.getisnull(result, row, column) == 1 ? nil : String(cString: library.getvalue(result, row, column))
      }
    }
  }

  private func failure(_ result: OpaquePointer?) -> StoreFailure {
    let message = url.withoutSecrets(
      String(cString: library.resultErrorField(result, Int32(CPQ_MESSAGE)) ?? library.errorMessage(connection)).oneLine)
    let state = library.resultErrorField(result, Int32(CPQ_SQLSTATE)).map { String(cString: $0) } ?? ""
    switch state {
    case "": return .notConnected(message)
    case "55P03", "40P01", "40001": return .locked
    case "53100": return .full
    case "25006": return .notWritable
    case "42501": return .notAllowed
    case "42P07", "42P06", "42703", "42P01": return .foreign
    case _ where state.hasPrefix("08") || state.hasPrefix("57P"): return .notConnected(message)
    default: return .server(state, message)
    }
  }
}

extension CPQ {
  /// libpq, where it is installed.
  fileprivate static var opened: CPQ? {
    let functions = UnsafeMutablePointer<CPQ>.allocate(capacity: 1)
    defer { functions.deallocate() }
    let names: [String] = ["libpq.so.5", "libpq.so"]
    return names.contains { CPQ_open($0, functions) } ? functions.pointee : nil
  }
}

/// Texts as C has them, for one call.
private func withCStrings<Result>(
  _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
  let copies = texts.map { $0.map { Array($0.utf8CString) } }
  func next(_ index: Int, _ pointers: [UnsafePointer<CChar>?]) -> Result {
    guard index < copies.count else { return pointers.withUnsafeBufferPointer { body($0.baseAddress!) } }
    guard let copy = copies[index] else { return next(index + 1, pointers + [nil]) }
    return copy.withUnsafeBufferPointer { next(index + 1, pointers + [$0.baseAddress!]) }
  }
  return next(0, [])
}

extension String {
  /// The lines of a message in one.
  fileprivate var oneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
