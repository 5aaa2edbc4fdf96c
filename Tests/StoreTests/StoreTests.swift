import Foundation
import PolicyStore
import SQLiteFiles
import Testing

/// A store by itself: what is said stays said, in its order, and one says after the other.
@Suite struct StoreTests {
  private func said(_ subject: String, _ fact: String, _ value: String, since: String? = nil) -> SaidFact {
    SaidFact(kind: "项目", subject: subject, path: FactPath(text: fact), value: value, since: since)
  }

  private func open(_ address: String) throws -> any ProjectStore { try openStore(StoreAddress(address)) }

  @Test(arguments: Engine.all) func whatIsSaidComesBack(_ engine: Engine) throws {
    let folder = try TemporaryFolder()
    let address = try engine.newStore(folder)
    let store = try open(address)
    #expect(try store.latest() == 0 && store.facts(after: 0).isEmpty)
    let first = [said("虚构甲", "投资", "3亿元"), said("虚构“乙”\n'园'", "贷款/贷款\\/1/本金", "2000万元", since: "2024-06-01")]
    let news = try store.say(after: 0, by: "某“局”'") { others in
      #expect(others.isEmpty)
      return first
    }
    #expect(news.others.isEmpty && news.own.map(\.said) == first)
    #expect(news.own[1].said.path.steps == ["贷款", "贷款/1", "本金"])
    _ = try store.say(after: 2, by: nil) { _ in [said("虚构甲", "投资", "2亿元")] }
    let facts = try open(address).facts(after: 0)
    #expect(facts.map(\.said) == first + [said("虚构甲", "投资", "2亿元")])
    #expect(facts.map(\.number) == [1, 2, 3] && facts.map(\.saving.number) == [1, 1, 2])
    #expect(facts.map(\.saving.by) == ["某“局”'", "某“局”'", nil])
    #expect(facts.allSatisfy { $0.saving.recorded.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil })
    #expect(try open(address).facts(after: 2).map(\.number) == [3])
    #expect(try open(address).latest() == 3)
  }

  @Test(arguments: Engine.all) func othersAreHeardAndARefusalLeavesNothing(_ engine: Engine) throws {
    struct Refused: Error {}
    let folder = try TemporaryFolder()
    let address = try engine.newStore(folder)
    let (one, other) = (try open(address), try open(address))
    _ = try one.say(after: 0, by: nil) { _ in [said("虚构甲", "投资", "1元")] }
    #expect(throws: Refused.self) {
      try other.say(after: 0, by: nil) { others in
        #expect(others.map(\.said) == [said("虚构甲", "投资", "1元")])
        throw Refused()
      }
    }
    #expect(try one.latest() == 1)
    let news = try other.say(after: 0, by: nil) { _ in [said("虚构乙", "投资", "2元")] }
    #expect(news.others.map(\.number) == [1] && news.own.map(\.number) == [2])
    #expect(try other.say(after: 2, by: nil) { _ in [] }.own.isEmpty)
    #expect(try one.latest() == 2)
  }

  /// Sessions that say things at once all get to say them, in an order that every reader sees alike.
  @Test(arguments: Engine.all) func severalAtOnce(_ engine: Engine) throws {
    let folder = try TemporaryFolder()
    let address = try engine.newStore(folder)
    DispatchQueue.concurrentPerform(iterations: 4) { writer in
      do {
        let store = try open(address)
        for number in 0..<10 {
          _ = try store.say(after: 0, by: "\(writer)") { _ in
            (0..<3).map { said("虚构\(writer)", "第\(number)", "\($0)") }
          }
        }
      } catch {
        Issue.record("\(error)")
      }
    }
    let facts = try open(address).facts(after: 0)
    #expect(facts.map(\.number) == Array(1...120))
    #expect(facts.map(\.saving.number) == (1...40).flatMap { [$0, $0, $0] })
    for writer in 0..<4 {
      #expect(
        facts.filter { $0.said.subject == "虚构\(writer)" }.map(\.said.path.text)
          == (0..<10).flatMap { number in
            Array(repeating: "第\(number)", count: 3)
          })
    }
  }

  @Test(arguments: Engine.all) func whatIsSaidCannotBeChanged(_ engine: Engine) throws {
    let folder = try TemporaryFolder()
    let address = try engine.newStore(folder)
    let store = try open(address)
    _ = try store.say(after: 0, by: nil) { _ in [said("虚构甲", "投资", "1元")] }
    let prefix = engine == .sqlite ? "" : "条理."
    for statement in [
      "UPDATE \(prefix)说法 SET 内容 = '2元'", "DELETE FROM \(prefix)说法", "UPDATE \(prefix)保存 SET 谁说 = '别人'",
      "DELETE FROM \(prefix)主体",
    ] {
      _ = try? engine.sql(statement, in: address)
      #expect(try store.facts(after: 0).map(\.said) == [said("虚构甲", "投资", "1元")], "\(statement)")
      #expect(try store.facts(after: 0).map(\.saving.by) == [nil], "\(statement)")
    }
    let view = try engine.sql("SELECT 名称, 事实, 内容, 起 FROM \(prefix)履历", in: address)
    #expect(view == "虚构甲|投资|1元|自始\n")
  }

  @Test(arguments: Engine.all) func aLaterVersionIsRefused(_ engine: Engine) throws {
    let folder = try TemporaryFolder()
    let address = try engine.newStore(folder)
    _ = try open(address).say(after: 0, by: nil) { _ in [said("虚构甲", "投资", "1元")] }
    try engine.sql(engine == .sqlite ? "PRAGMA user_version = 9" : "INSERT INTO 条理.版本 VALUES (9)", in: address)
    do throws(StoreFailure) {
      _ = try openStore(StoreAddress(address))
      Issue.record("opened")
    } catch {
      #expect(error == (engine == .sqlite ? .file(.newer(9)) : .newer(9)))
    }
  }

  @Test func pathsAreTexts() {
    for steps in [["投资"], ["贷款", "贷款1", "本金"], ["a/b", "/", "\\", "c\\/d"], [""]] {
      #expect(FactPath(text: FactPath(steps).text).steps == steps)
    }
    #expect(FactPath(["贷款", "甲/乙"]).text == "贷款/甲\\/乙")
  }
}
