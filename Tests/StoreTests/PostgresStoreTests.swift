import Foundation
import PolicyStore
import PostgresServer
import Testing

/// What only a server can be: away, closed to a user, busy, of something else.
@Suite(.enabled(if: PostgresServer.isWanted)) struct PostgresStoreTests {
  private let fact = SaidFact(kind: "项目", subject: "虚构甲", path: FactPath(["投资"]), value: "1元", since: nil)

  private func newStore() throws -> String { try Engine.postgres.newStore(try TemporaryFolder()) }

  private func open(_ address: String, patience: Int = 10) throws(StoreFailure) -> PostgresStore {
    try PostgresStore(ServerURL(address)!, patience: patience)
  }

  private func failure(_ body: () throws -> Void) throws -> StoreFailure? {
    do {
      try body()
      return nil
    } catch let failure as StoreFailure { return failure }
  }

  private func say(_ store: any ProjectStore) throws { _ = try store.say(after: 0, by: nil) { _ in [fact] } }

  @Test func aServerThatIsNotThere() throws {
    let found = try failure { _ = try open("postgres://u:geheim@/d?host=/no/such/folder") }
    guard case .notConnected(let words)? = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(words.contains("/no/such/folder") && !words.contains("geheim"))
  }

  @Test func aUserWithoutPermission() throws {
    let store = try newStore()
    let user = "leser_\(UUID().uuidString.prefix(6).lowercased())"
    try Engine.postgres.sql("CREATE USER \(user)", in: store)
    let other = "postgres://\(user)@" + store.drop { $0 != "@" }.dropFirst()
    // Nobody has made a store yet, and this user can't.
    #expect(try failure { try say(open(other)) } == .notAllowed)
    try say(open(store))
    #expect(try failure { _ = try open(other) } == .notAllowed)
    try Engine.postgres.sql(
      "GRANT USAGE ON SCHEMA 条理 TO \(user); GRANT SELECT ON ALL TABLES IN SCHEMA 条理 TO \(user)", in: store)
    #expect(try open(other).facts(after: 0).map(\.said) == [fact])
    #expect(try failure { try say(open(other)) } == .notAllowed)
    #expect(try open(store).latest() == 1)
  }

  @Test func anotherSessionThatIsSaving() throws {
    let store = try newStore()
    let (first, second) = (try open(store), try open(store, patience: 1))
    try say(first)
    _ = try first.say(after: 1, by: nil) { _ in
      #expect((try? failure { try say(second) }) == .some(.locked))
      // What is there already can be read meanwhile.
      #expect((try? second.latest()) == 1)
      return [fact]
    }
    #expect(try second.latest() == 2)
    try say(second)
    #expect(try first.latest() == 3)
  }

  @Test func tablesOfSomethingElse() throws {
    let store = try newStore()
    try Engine.postgres.sql("CREATE SCHEMA 条理; CREATE TABLE 条理.说法 (a int)", in: store)
    #expect(try failure { try say(open(store)) } == .foreign)
    #expect(try Engine.postgres.sql("SELECT to_regclass('条理.保存') IS NULL", in: store) == "t\n", "nothing was made")
  }

  @Test func aServerThatOnlyReads() throws {
    let store = try newStore()
    let session = try open(store)
    try say(session)
    let name = String(store.drop { $0 != "@" }.dropFirst(2).prefix { $0 != "?" })
    try Engine.postgres.sql("ALTER DATABASE \(name) SET default_transaction_read_only = on", in: store)
    let reader = try open(store)
    #expect(try reader.facts(after: 0).map(\.said) == [fact])
    #expect(try failure { try say(reader) } == .notWritable)
  }

  /// A connection that broke is made again by what comes next; what was under way is not half done.
  @Test func aConnectionThatBreaks() throws {
    let store = try newStore()
    let session = try open(store)
    try say(session)
    let cut =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tiaoli' AND datname = current_database()"
    let found = try failure {
      _ = try session.say(after: 1, by: nil) { _ in
        try Engine.postgres.sql(cut, in: store)
        return [fact, fact]
      }
    }
    guard case .notConnected? = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(try session.facts(after: 0).count == 1)
    try Engine.postgres.sql(cut, in: store)
    #expect(throws: StoreFailure.self) { try session.latest() }
    #expect(try session.latest() == 1)
    try say(session)
    #expect(try session.latest() == 2)
  }
}
