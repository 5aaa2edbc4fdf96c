import Foundation
import PolicyDiagnostics
import PolicyText
import Testing

@Suite struct RenderTests {
  private func span(_ needle: String, in file: FileID, of files: SourceFiles) -> Span {
    let bytes = files[file].bytes
    let start = firstOffset(of: Array(needle.utf8)[...], in: bytes, range: 0..<bytes.count) ?? 0
    return Span(file: file, start: UInt32(start), end: UInt32(start + needle.utf8.count))
  }

  private func marked(_ source: String, _ needle: String, width: Int? = nil) -> [String] {
    var files = SourceFiles()
    let file = files.add(path: "甲.tiaoli", bytes: Array(source.utf8))
    let diagnostic = Diagnostic(.unknownName, at: span(needle, in: file, of: files), Bilingual(zh: "错", en: "bad"))
    let text = render([diagnostic], files: files, format: .text, language: .en, width: width)
    return text.split(separator: "\n").suffix(2).map(String.init)
  }

  @Test(arguments: [
    ("条件：投资頟 3亿元", "投资頟"), ("a\tb康c", "b康"), ("ＡＢ％康", "％"), ("👨‍👩‍👧康养😀尾", "尾"), ("“引”—x", "x"), ("甲\n  乙丙丁", "丙"),
    ("e\u{301}康", "康"), ("康养", "康养"),
  ])
  func `carets stand under the place`(_ source: String, _ needle: String) throws {
    let lines = marked(source, needle)
    let shown = lines[0].replacing("\t", with: "    ")
    let at = try #require(shown.ranges(of: needle).last)
    let carets = try #require(lines[1].firstIndex(of: "^"))
    #expect(displayWidth(shown[..<at.lowerBound]) == displayWidth(lines[1][..<carets]))
    #expect(lines[1][carets...].count == displayWidth(needle))
  }

  @Test(arguments: 18...90) func `long lines are cut around the place`(_ width: Int) throws {
    let lines = marked(
      String(repeating: "康养产业", count: 20) + "此处有误" + String(repeating: "abc，", count: 30), "此处有误", width: width)
    let at = try #require(lines[0].ranges(of: "此处有误").last)
    let carets = try #require(lines[1].firstIndex(of: "^"))
    #expect(displayWidth(lines[0][..<at.lowerBound]) == displayWidth(lines[1][..<carets]))
    #expect(displayWidth(lines[0]) <= max(width, 20))
  }

  private func example() -> (SourceFiles, [Diagnostic]) {
    var files = SourceFiles()
    let rules = files.add(path: "规则/三.tiaoli", bytes: Array("条款 三（三）：\n\n措施 补助：\n    条件：投资頟3亿元以上\n".utf8))
    let facts = files.add(path: "主体.tiaoli", bytes: Array("主体 项目：\n    投资额：金额\n".utf8))
    let place = span("投资頟", in: rules, of: files)
    let unknown = Diagnostic(
      .unknownName, at: place, Bilingual(zh: "没有“投资頟”这个名称", en: "there is no name “投资頟”"),
      caption: Bilingual(zh: "在这里用到", en: "used here"),
      related: [
        .init(
          span: span("投资额", in: facts, of: files),
          message: Bilingual(zh: "相近的名称在此声明", en: "a similar name is declared here"))
      ],
      help: [Bilingual(zh: "写作“投资额”", en: "write “投资额”")], clause: "三（三）",
      replacement: .init(span: place, text: "投资额"))
    let remark = Diagnostic(
      .numberNotUsed, .warning, at: Span(file: rules, start: 0, end: 6), Bilingual(zh: "多\n余", en: "spare"))
    return (files, [unknown, remark, unknown])
  }

  @Test func `text in Chinese`() {
    let (files, diagnostics) = example()
    #expect(
      render(diagnostics, files: files, format: .text, language: .zh) == """
        警告[T0306]：多 余
         --> 规则/三.tiaoli:1:1
          |
        1 | 条款 三（三）：
          | ^^^^

        错误[T0201]：没有“投资頟”这个名称
         --> 规则/三.tiaoli:4:8
          |
        4 |     条件：投资頟3亿元以上
          |           ^^^^^^ 在这里用到
         --> 主体.tiaoli:2:5
          |
        2 |     投资额：金额
          |     ------ 相近的名称在此声明
          = 所在条款：三（三）
          = 建议：写作“投资额”

        """)
  }

  @Test func `one line each for editors`() {
    let (files, diagnostics) = example()
    #expect(
      render(diagnostics, files: files, format: .gnu, language: .en) == """
        规则/三.tiaoli:1:1: warning: spare [T0306]
        规则/三.tiaoli:4:8: error: there is no name “投资頟” [T0201]

        """)
  }

  @Test func `JSON is valid and complete`() throws {
    let (files, diagnostics) = example()
    let text = render(diagnostics, files: files, format: .json, language: .zh)
    let array = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(array.count == 2)
    let last = try #require(array.last)
    #expect(last["id"] as? String == "T0201" && last["severity"] as? String == "error")
    #expect(last["line"] as? Int == 4 && last["column"] as? Int == 8 && last["endColumn"] as? Int == 11)
    #expect((last["message"] as? [String: String])?["en"] == "there is no name “投资頟”")
    #expect((last["replacement"] as? [String: Any])?["text"] as? String == "投资额")
    #expect((last["related"] as? [[String: Any]])?.first?["path"] as? String == "主体.tiaoli")
    #expect(array[0]["clause"] is NSNull && last["clause"] as? String == "三（三）")
  }

  @Test func `SARIF has rules, results and fixes`() throws {
    let (files, diagnostics) = example()
    let text = render(diagnostics, files: files, format: .sarif, language: .zh)
    let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["ruleId"] as? String } == ["T0306", "T0201"])
    #expect(results[1]["fixes"] != nil && text.contains("%E4%B8%BB%E4%BD%93.tiaoli"))
  }

  @Test func `counts are summed up`() {
    let (_, diagnostics) = example()
    #expect(summary(of: diagnostics, language: .zh) == "1 个错误，1 个警告")
    #expect(summary(of: diagnostics, language: .en) == "1 error, 1 warning")
    #expect(summary(of: [], language: .zh) == nil)
  }

  @Test func `nothing crashes, and controls do not reach the terminal`() {
    var files = SourceFiles()
    let file = files.add(path: "x", bytes: [0x1B, 0x5B, 0xFF, 0xE5, 0xBA, 0x0A, 0x61])
    for start in 0...9 as ClosedRange<UInt32> {
      for end in start...10 {
        for id in [file, FileID(rawValue: 9)] {
          let place = Span(file: id, start: start, end: end)
          let diagnostic = Diagnostic(
            .invalidEncoding, at: place, Bilingual(zh: "\u{1B}", en: ""), help: [Bilingual(zh: "", en: "")],
            replacement: .init(span: place, text: ""))
          for format in DiagnosticFormat.allCases {
            for width in [nil, 1, 20] {
              let text = render([diagnostic], files: files, format: format, language: .zh, width: width)
              #expect(!text.contains("\u{1B}"))
            }
          }
        }
      }
    }
  }

  @Test func `colours wrap whole parts`() {
    let (files, diagnostics) = example()
    let text = render(diagnostics, files: files, format: .text, language: .zh, color: true)
    #expect(text.contains("\u{1B}[1;31m错误[T0201]\u{1B}[0m"))
    let plain = text.replacing(#/\x{1B}\[[0-9;]*m/#, with: "")
    #expect(plain == render(diagnostics, files: files, format: .text, language: .zh))
  }

  @Test func `the catalogue has one number and title each`() {
    #expect(Set(DiagnosticID.allCases.map(\.rawValue)).count == DiagnosticID.allCases.count)
    #expect(DiagnosticID.allCases.allSatisfy { $0.rawValue.count == 5 && !$0.title.zh.isEmpty && !$0.title.en.isEmpty })
  }
}
