import Foundation
import PolicyDiagnostics
import PolicyTables
import Testing

/// Workbooks as office programs write them, read as CSV.
@Suite struct WorkbookTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  static func path(_ name: String) -> String { folder.appending(path: name).path }

  /// A sheet as CSV, read in parts of so many bytes.
  static func csv(_ path: String, sheet: Int = 0, part: Int = 1 << 16, padding: (width: Int, row: Int)? = nil) throws
    -> String
  {
    let workbook = try Workbook(path)
    let source = try WorkbookSource(workbook, workbook.sheets[sheet])
    if let padding { source.fill(to: padding.width, from: padding.row) }
    var bytes: [UInt8] = []
    while try source.read(into: &bytes, atMost: part) {}
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: ["台账", "一九〇四", "格式", "内联", "空"]) func sheetsReadAsExpected(name: String) throws {
    let text = try Self.csv(Self.path(name + ".xlsx"))
    // Vertical tabs are shown, so that the file is one to look at.
    let shown = text.replacingOccurrences(of: "\u{B}", with: "␋").replacingOccurrences(of: "\r\n", with: "\n")
    let golden = Self.folder.appending(path: name + ".csv")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try shown.write(to: golden, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: golden, encoding: .utf8) == shown)
  }

  /// However it is cut into parts, a sheet reads the same; rows below a place are filled up.
  @Test func partsDoNotMatter() throws {
    let whole = try Self.csv(Self.path("台账.xlsx"))
    #expect(try Self.csv(Self.path("台账.xlsx"), part: 7) == whole)
    let filled = try Self.csv(Self.path("台账.xlsx"), padding: (8, 5)).split(separator: "\r\n").map(String.init)
    let plain = whole.split(separator: "\r\n").map(String.init)
    #expect(filled.prefix(4) == plain.prefix(4))
    #expect(filled.last == "合计,208,,,,,,")
  }

  @Test func sheetsAreListed() throws {
    let workbook = try Workbook(Self.path("台账.xlsx"))
    #expect(workbook.sheets.map(\.name) == ["台账", "填表说明", "旧表"])
    #expect(workbook.sheets.map(\.isHidden) == [false, false, true])
    let source = try WorkbookSource(workbook, workbook.sheets[0])
    var bytes: [UInt8] = []
    while try source.read(into: &bytes, atMost: 1 << 16) {}
    #expect(source.hiddenRows == 1)
    #expect(source.place(row: 7, column: 28) == "台账!AB7")
    #expect(source.done > 0 && source.done == source.size)
  }

  /// Whatever is wrong is told with its place, and nothing hangs or takes the machine's memory.
  @Test(arguments: [
    ("坏XML.xlsx", "第 2 行第"), ("有DOCTYPE.xlsx", "DOCTYPE"), ("行乱序.xlsx", "第 1 行不在它的位置上"), ("缺共享文字.xlsx", "A1 的共享文字"),
    ("缺工作表.xlsx", "不在压缩包里"), ("炸弹.xlsx", "超过 64 MiB"), ("截断.xlsx", "不是完整的 XLSX"), ("不是工作簿.xlsx", "不是 XLSX 工作簿"),
  ]) func damageIsTold(name: String, words: String) {
    do {
      _ = try Self.csv(Self.path(name))
      Issue.record("\(name) was read")
    } catch let failure as TableFailure {
      #expect(failure.message.zh.contains(words), "\(failure.message.zh)")
      #expect(failure.message.zh.contains(name) && failure.message.en.contains(name), "\(failure.message)")
      #expect(failure.cause == .unreadable)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func otherFormsAreTold() throws {
    for (name, word) in [("旧格式.xlsx", ".xls 工作簿"), ("加密.xlsx", "密码")] {
      let bytes = Array(try Data(contentsOf: Self.folder.appending(path: name)))
      #expect(try #require(Workbook.otherForm(bytes)).zh.contains(word))
    }
    #expect(Workbook.otherForm(Array("名称,床位".utf8)) == nil)
  }

  /// Every prefix of a workbook, and every byte of it changed, is read or refused.
  @Test func damagedBytesDoNotCrash() throws {
    let whole = Array(try Data(contentsOf: Self.folder.appending(path: "台账.xlsx")))
    let file = FileManager.default.temporaryDirectory.appending(path: "tiaoli-\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: file) }
    for place in stride(from: 0, to: whole.count, by: 61) {
      var changed = whole
      changed[place] ^= 0x55
      for bytes in [changed, Array(whole[..<place])] {
        try Data(bytes).write(to: file)
        do { _ = try Self.csv(file.path) } catch is TableFailure {}
      }
    }
  }
}
