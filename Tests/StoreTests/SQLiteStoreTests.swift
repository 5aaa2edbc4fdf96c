import Foundation
import GRDB
import PolicyStore
import SQLiteFiles
import Testing

/// What only a file can be: something else, damaged, locked, of an earlier version.
@Suite struct SQLiteStoreTests {
  private let fact = SaidFact(kind: "项目", subject: "虚构甲", path: FactPath(["投资"]), value: "1元", since: nil)

  private func say(_ store: SQLiteStore) throws { _ = try store.say(after: 0, by: nil) { _ in [fact] } }

  private func failure(_ prepare: (String) throws -> Void) throws -> StoreFailure? {
    let folder = try TemporaryFolder()
    let path = folder.path + "/项目.db"
    try prepare(path)
    do throws(StoreFailure) {
      _ = try SQLiteStore(path: path)
      return nil
    } catch { return error }
  }

  private func sql(_ path: String, _ sql: String) throws {
    try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  @Test func otherFilesAreRefused() throws {
    #expect(try failure { try "名称,投资\n".write(toFile: $0, atomically: true, encoding: .utf8) } == .file(.notDatabase))
    #expect(try failure { try sql($0, "CREATE TABLE t (a)") } == .file(.foreign))
    #expect(try failure { try sql($0, "PRAGMA application_id = 1414286408") } == .file(.foreign))
    #expect(
      try failure {
        try say(SQLiteStore(path: $0)); try sql($0, "DROP TRIGGER 说法不改")
      } == .file(.altered))
    #expect(
      try failure { try FileManager.default.removeItem(atPath: ($0 as NSString).deletingLastPathComponent) }
        == .file(.notOpened))
    #expect(try failure { _ = FileManager.default.createFile(atPath: $0, contents: nil) } == nil)
  }

  @Test func aDamagedFileIsReported() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/项目.db"
    try say(SQLiteStore(path: path))
    var bytes = try Data(contentsOf: URL(filePath: path))
    for index in 4096..<bytes.count where index % 4096 < 64 { bytes[index] = 0xFF }
    try bytes.write(to: URL(filePath: path))
    #expect(throws: StoreFailure.file(.damaged)) { try SQLiteStore(path: path).facts(after: 0) }
  }

  @Test func aSecondWriterWaitsOrSaysSo() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/项目.db"
    let first = try SQLiteStore(path: path)
    try say(first)
    let second = try SQLiteStore(path: path, patience: 0)
    _ = try first.say(after: 1, by: nil) { _ in
      #expect(throws: StoreFailure.file(.locked)) { try say(second) }
      // What is there already can be read meanwhile.
      #expect((try? second.latest()) == 1)
      return [fact]
    }
    #expect(try second.latest() == 2)
  }

  /// A file of an earlier version is brought to the present one with all it holds; the earlier program then refuses it.
  @Test func migrations() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/项目.db"
    try say(SQLiteStore(path: path))
    let later = SQLiteSchema(
      applicationID: SQLiteStore.applicationID,
      migrations: SQLiteStore.schema.migrations + ["CREATE TABLE 附件 (编号 INTEGER PRIMARY KEY) STRICT"])
    let store = try SQLiteStore(path: path, schema: later)
    #expect(try store.facts(after: 0).map(\.said) == [fact])
    #expect(
      try shell("/usr/bin/sqlite3", path, "SELECT count(*) FROM 附件; PRAGMA user_version") == "0\n\(later.version)\n")
    #expect(throws: StoreFailure.file(.newer(later.version))) { try SQLiteStore(path: path) }
    #expect(try SQLiteStore(path: path, schema: later).latest() == 1)
    // A migration that fails leaves the file as it was.
    let broken = SQLiteSchema(
      applicationID: SQLiteStore.applicationID,
      migrations: later.migrations + ["CREATE TABLE 新 (a); CREATE TABLE 附件 (b)"])
    #expect(throws: StoreFailure.self) { try SQLiteStore(path: path, schema: broken) }
    #expect(try SQLiteStore(path: path, schema: later).facts(after: 0).map(\.said) == [fact])
  }
}
