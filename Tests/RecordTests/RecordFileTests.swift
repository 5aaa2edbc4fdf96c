import Foundation
import GRDB
import PolicyRecords
import SQLiteFiles
import Testing

/// The file of records by itself: what goes in comes out, and nothing else can be done to it.
@Suite struct RecordFileTests {
  private func sample(_ number: Int, rules: [RuleVersion] = []) -> AnswerRecord {
    AnswerRecord(
      asOf: "2024-06-01", measure: "措施\(number)", clause: number % 2 == 0 ? nil : "三（二）", kind: "项目", subject: "虚构甲",
      letter: "“虚构甲”……", axes: [.init(name: "结论", text: "符合"), .init(name: "金额", text: "\(number)元")],
      facts: "{}", answer: "{}", derivation: "[]", sessionChanges: "", policies: ["甲", "乙"], policyDigest: "d",
      engine: "test", rules: rules)
  }

  private func append(_ records: [AnswerRecord], to file: RecordFile) throws -> Range<Int> {
    var rest = records[...]
    return try file.append { rest.popFirst() }
  }

  private func sql(_ path: String, _ sql: String) throws {
    try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  @Test func digestsAreSHA256() {
    #expect(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let long = String(repeating: "a", count: 1_000_000)
    #expect(sha256(long) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func recordsComeBackAsTheyWent() throws {
    let temporary = try TemporaryFile()
    let rule = RuleVersion(kind: "措施", name: "甲", clause: "三（二）", text: "措施甲：")
    let shared = RuleVersion(kind: "选项", name: "县区", clause: nil, text: "选项县区：甲、乙")
    let records = [sample(1, rules: [rule, shared]), sample(2), sample(3, rules: [shared])]
    #expect(try append(Array(records[..<2]), to: try RecordFile(path: temporary.path)) == 1..<3)
    let file = try RecordFile(path: temporary.path)
    #expect(try append([records[2]], to: file) == 3..<4)
    #expect(try file.count() == 3)
    #expect(try (1...3).map { try file.record($0) } == records)
    #expect(try file.policies() == [["甲", "乙"]])
    #expect(throws: RecordFailure.noRecord(4)) { try file.record(4) }
    // A rule that took part twice is kept once.
    let rules = try DatabaseQueue(path: temporary.path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM 规则") }
    #expect(rules == 2)
  }

  @Test func aFailureLeavesNothing() throws {
    struct Stop: Error {}
    let temporary = try TemporaryFile()
    let file = try RecordFile(path: temporary.path)
    _ = try append([sample(1)], to: file)
    var count = 0
    #expect(throws: Stop.self) {
      try file.append {
        count += 1
        if count == 5 { throw Stop() }
        return sample(count)
      }
    }
    #expect(try file.count() == 1)
    #expect(try append([sample(2)], to: file) == 2..<3)
  }

  @Test(arguments: [
    "UPDATE 留痕 SET 主体 = '虚构乙'", "UPDATE 方面 SET 内容 = '不符合'", "UPDATE 规则 SET 文本 = ''", "UPDATE 参与 SET 规则号 = 1",
    "DELETE FROM 留痕", "DELETE FROM 方面", "DELETE FROM 规则", "DELETE FROM 参与",
    "REPLACE INTO 方面 VALUES (1, 1, '结论', '不符合')", "INSERT INTO 方面 VALUES (1, 9, '金额', '1元')",
    "REPLACE INTO 规则 VALUES (1, '措施', '甲', '', 'x', '')", "INSERT INTO 参与 VALUES (1, 1)",
    "REPLACE INTO 规则 SELECT * FROM 规则", "REPLACE INTO 留痕 SELECT * FROM 留痕",
    "INSERT INTO 留痕 SELECT 5, 记录时间, 查询日期, 措施, 条款, 主体种类, 主体, 复函, 事实, 答复, 推导, 会话改动, 规则路径, 规则摘要, 引擎 FROM 留痕",
  ])
  func whatIsWrittenStays(_ statement: String) throws {
    let temporary = try TemporaryFile()
    let rule = RuleVersion(kind: "措施", name: "甲", clause: nil, text: "措施甲：")
    _ = try append([sample(1, rules: [rule])], to: try RecordFile(path: temporary.path))
    #expect(throws: DatabaseError.self) { try sql(temporary.path, statement) }
    #expect(try RecordFile(path: temporary.path).record(1) == sample(1, rules: [rule]))
  }

  @Test func otherFilesAreRefused() throws {
    func failure(_ prepare: (String) throws -> Void) throws -> RecordFailure? {
      let temporary = try TemporaryFile()
      try prepare(temporary.path)
      do throws(RecordFailure) {
        _ = try RecordFile(path: temporary.path)
        return nil
      } catch { return error }
    }
    func made(_ path: String) throws { _ = try append([sample(1)], to: try RecordFile(path: path)) }
    #expect(
      try failure { try "名称,备案总投资\n".write(toFile: $0, atomically: true, encoding: .utf8) } == .file(.notDatabase))
    #expect(try failure { try sql($0, "CREATE TABLE t (a)") } == .file(.foreign))
    #expect(
      try failure {
        try made($0); try sql($0, "PRAGMA user_version = 2")
      } == .file(.newer(2)))
    #expect(
      try failure {
        try made($0); try sql($0, "DROP TRIGGER 留痕不改")
      } == .file(.altered))
    #expect(try failure { try sql($0, "PRAGMA application_id = 1414286408; CREATE TABLE 留痕 (编号)") } == .file(.altered))
    #expect(
      try failure { try FileManager.default.removeItem(atPath: ($0 as NSString).deletingLastPathComponent) }
        == .file(.notOpened))
    // A file that was made and never written to, as a kill leaves it, is as good as none.
    #expect(try failure { _ = FileManager.default.createFile(atPath: $0, contents: nil) } == nil)
    // A damaged page.
    let damaged = try TemporaryFile()
    try made(damaged.path)
    var bytes = try Data(contentsOf: URL(filePath: damaged.path))
    for index in 4096..<bytes.count where index % 4096 < 64 { bytes[index] = 0xFF }
    try bytes.write(to: URL(filePath: damaged.path))
    #expect(throws: RecordFailure.file(.damaged)) { try RecordFile(path: damaged.path).record(1) }
  }

  @Test func aSecondWriterWaitsOrSaysSo() throws {
    let temporary = try TemporaryFile()
    let first = try RecordFile(path: temporary.path)
    _ = try append([sample(1)], to: first)
    let second = try RecordFile(path: temporary.path, patience: 0)
    var isDone = false
    _ = try first.append {
      if isDone { return nil }
      isDone = true
      #expect(throws: RecordFailure.file(.locked)) { try append([sample(9)], to: second) }
      // What is there already can be read meanwhile.
      #expect((try? second.count()) == 1)
      return sample(2)
    }
    #expect(try append([sample(3)], to: second) == 3..<4)
  }
}
