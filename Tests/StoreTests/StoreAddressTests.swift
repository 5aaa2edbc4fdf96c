import PolicyStore
import Testing

/// Addresses as messages and the history show them: never with a password.
@Suite struct StoreAddressTests {
  @Test(arguments: [
    ("postgres://u:secret@h/db", "postgres://u:***@h/db"),
    ("postgresql://u:s%40ecret@h:5432/db", "postgresql://u:***@h:5432/db"),
    ("postgres://u@h/db", "postgres://u@h/db"), ("postgres:///db?host=/run/pg", "postgres:///db?host=/run/pg"),
    ("postgres://h/db?user=u&password=secret&host=x", "postgres://h/db?user=u&password=***&host=x"),
    ("postgres://u:se:cr@et@h/db", "postgres://u:***@h/db"), ("postgres://u:se/cret@h/db", "postgres://u:***@h/db"),
    ("postgres://u:secret@h", "postgres://u:***@h"), ("postgres://h:5432/db", "postgres://h:5432/db"),
  ])
  func shown(_ typed: String, _ shown: String) {
    #expect(StoreAddress(typed).shown == shown)
    #expect(ServerURL.withoutPasswords(":加载 \(typed) --known 2024-06-01") == ":加载 \(shown) --known 2024-06-01")
    #expect(ServerURL.withoutPasswords("没有文件“\(typed)”") == "没有文件“\(shown)”")
  }

  @Test func files() {
    #expect(StoreAddress("项目.db") == .file("项目.db") && StoreAddress("postgres.db") == .file("postgres.db"))
    #expect(ServerURL.withoutPasswords("投资 甲:乙@丙") == "投资 甲:乙@丙")
  }
}
