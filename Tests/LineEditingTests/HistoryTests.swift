import Foundation
import Glibc
import LineEditing
import TerminalDriver
import Testing

@Suite struct HistoryTests {
  @Test func laterCopyCounts() {
    var history = History(["甲", "乙", "甲"])
    #expect(history.entries == ["乙", "甲"])
    history.add("乙")
    #expect(history.entries == ["甲", "乙"])
  }

  @Test func whatIsKept() {
    #expect(History.kept("  ") == nil && History.kept(" 密") == nil && History.kept("\u{3000}密") == nil)
    #expect(History.kept("甲\n乙\n") == "甲\n乙")
  }

  @Test func searchFindsAnyLanguageAndEitherCase() {
    let history = History(["项目不合格", "标准一", "Rule A", "一票否决"])
    #expect(history.search("不", before: 4) == 0)
    #expect(history.search("标", before: 4) == 1)
    #expect(history.search("一", before: 4) == 3 && history.search("一", before: 3) == 1)
    #expect(history.search("rule", before: 4) == 2 && history.search("无", before: 4) == nil)
    #expect(history.search("一", after: 1) == 3)
    #expect(history.continuation(of: "一票") == "否决" && history.continuation(of: "") == nil)
    #expect(History.match(of: "合格", in: "项目不合格") == 9..<15)
  }

  @Test func upAndDownKeepToTheBeginningTyped() {
    let history = History(["查询 甲", "列出", "查询 乙"])
    var cursor = HistoryCursor()
    let typed = LineBuffer("查询")
    let first = cursor.older(than: typed, in: history)
    #expect(first?.text == "查询 乙")
    let second = first.flatMap { cursor.older(than: $0, in: history) }
    #expect(second?.text == "查询 甲")
    #expect(second.flatMap { cursor.older(than: $0, in: history) } == nil)
    #expect(second.flatMap { cursor.newer(than: $0, in: history) }?.text == "查询 乙")
    #expect(first.flatMap { cursor.newer(than: $0, in: history) } == typed)
    #expect(cursor.newer(than: typed, in: history) == nil)
  }

  @Test func searchStateSteps() {
    let history = History(["不一", "标二", "不三"])
    var state = SearchState(from: LineBuffer("原"))
    state.append("不", in: history)
    #expect(state.line(in: history).text == "不三")
    state.older(in: history)
    #expect(state.line(in: history).text == "不一")
    state.older(in: history)
    #expect(state.isFailing && state.line(in: history).text == "不一")
    state.newer(in: history)
    #expect(!state.isFailing && state.line(in: history).text == "不三")
    state.deleteLast(in: history)
    #expect(state.line(in: history).text == "原")
  }

  @Test(arguments: ["", "甲\n\t\"乙\"\\", "\u{1}\u{7F}", "𠮷😀", "{\"text\":\"x\"}"])
  func recordsComeBack(text: String) {
    let line = HistoryRecord.encode(text)
    #expect(line.last == "\n" && !line.dropLast().contains("\n"))
    #expect(HistoryRecord.decode(Array(line.utf8.dropLast())) == text)
  }

  @Test func foreignRecords() {
    func decode(_ line: String) -> String? { HistoryRecord.decode(Array(line.utf8)) }
    #expect(decode(#" { "at" : 12, "text" : "\u4e0d\ud842\udfb7\/" , "ok":true } "#) == "不𠮷/")
    for bad in [
      "", "{", "{}", "[]", "null", #"{"text":1}"#, #"{"text":"x"#, #"{"text":"\ud842"}"#, #"{"text":"x"}y"#,
      #"{"text":"\q"}"#,
    ] {
      #expect(decode(bad) == nil, "\(bad)")
    }
    #expect(HistoryRecord.decode([0x7B, 0xFF, 0x7D]) == nil)
  }

  @Test func fileIsPrivateAndSurvivesDamage() throws {
    let directory = TemporaryDirectory()
    let path = directory.path + "/a/b/history"
    umask(0)
    let store = HistoryStore(path: path)
    store.record("甲\n乙")
    store.record("丙")
    store.record("丙")
    #expect(store.failure == 0)
    var status = stat()
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o600)
    stat(directory.path + "/a/b", &status)
    #expect(status.st_mode & 0o777 == 0o700)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data([0xFF, 0x0A]) + Data("{\"text\":\"断".utf8))
    store.record("丁")
    #expect(HistoryStore(path: path).history.entries == ["甲\n乙", "丙", "丁"])
    store.clear()
    #expect(HistoryStore(path: path).history.entries.isEmpty)
  }

  @Test func unwritableFileIsReportedOnly() {
    let store = HistoryStore(path: "/proc/no/history")
    store.record("甲")
    #expect(store.failure != 0 && store.history.entries == ["甲"])
  }

  @Test func compactionKeepsWhatConcurrentWritersAppend() async {
    let directory = TemporaryDirectory()
    let path = directory.path + "/history"
    let writers = 4
    let each = 500
    await withTaskGroup(of: Int32.self) { group in
      for writer in 0..<writers {
        group.addTask {
          let file = HistoryFile(path: path)
          var failure: Int32 = 0
          for number in 0..<each {
            // Repetitions make the file worth compacting while the others write.
            failure |= file.append("\(writer)-\(number)") | file.append("重复") | file.append("重复")
            if number % 50 == 0 { file.compact() }
          }
          return failure
        }
      }
      for await failure in group { #expect(failure == 0) }
    }
    let lines = HistoryFile(path: path).load()
    #expect(History(lines).entries.count == writers * each + 1)
    #expect(lines.count < 3 * writers * each)
  }
}
