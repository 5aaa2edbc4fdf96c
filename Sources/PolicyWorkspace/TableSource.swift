import PolicyDiagnostics
import PolicyFacts
import PolicyTables
import PolicyText

/// A table that is read from its beginning to its end, whatever it is kept in: as bytes of CSV.
protocol TableSource: AnyObject {
  /// How much there is to read and how much of it is read, in a measure of its own.
  var size: Int { get }
  var done: Int { get }
  /// Appends some of the following bytes, at most so many; false at the end.
  func read(into bytes: inout [UInt8], atMost most: Int) throws(BatchFailure) -> Bool
  /// Told of the head before the rows are read.
  func begin(_ head: TableHead)
  /// How many rows of the head are none of the table's own.
  var headRows: Int { get }
  /// Where a cell stands that is this one of the bytes, from 1, in the table's own terms; nil where line and column say it.
  func place(line: Int, cell: Int) -> String?
  /// Gives out what was found wrong with the rows up to a line, before anything is read of them.
  func takeFaults(upTo line: Int) -> [TableFault]
  /// Told that the rows before a line are answered.
  func forget(before line: Int)
  /// What is to be said of the table when it is read.
  var remarks: [Bilingual] { get }
}

/// A row that its table can't give.
struct TableFault {
  /// The line of the bytes that stands for it.
  var line: Int
  var place: String
  var diagnostic: Diagnostic

  init(line: Int, place: String, _ id: DiagnosticID, _ message: Bilingual) {
    (self.line, self.place) = (line, place)
    diagnostic = Diagnostic(id, at: Span(file: FileID(rawValue: 0), start: 0, end: 0), message)
  }

  var message: Bilingual { diagnostic.primary.message }
}

extension TableSource {
  var headRows: Int { 0 }
  func takeFaults(upTo line: Int) -> [TableFault] { [] }
  func forget(before line: Int) {}
}

/// A file of CSV.
final class FileTable: TableSource {
  private let reader: FileReader
  private(set) var done = 0

  init(_ path: String) throws(BatchFailure) {
    do throws(FileFailure) { reader = try FileReader(path) } catch { throw .file(error) }
  }

  var size: Int { reader.size }
  var remarks: [Bilingual] { [] }

  func read(into bytes: inout [UInt8], atMost most: Int) throws(BatchFailure) -> Bool {
    let before = bytes.count
    do throws(FileFailure) {
      let goesOn = try reader.read(into: &bytes, atMost: most)
      done += bytes.count - before
      return goesOn
    } catch {
      throw .file(error)
    }
  }

  func begin(_ head: TableHead) {}
  func place(line: Int, cell: Int) -> String? { nil }
}

/// A sheet of a workbook.
final class SheetTable: TableSource {
  private let path: String
  private let source: WorkbookSource

  init(_ path: String, _ source: WorkbookSource) { (self.path, self.source) = (path, source) }

  var size: Int { source.size }
  var done: Int { source.done }
  var remarks: [Bilingual] {
    var remarks: [Bilingual] = []
    let others = source.others.map { "“\($0)”" }
    if !others.isEmpty {
      remarks.append(
        Bilingual(
          zh: "读的是工作表“\(source.sheet.name)”，没有读\(others.joined(separator: "、"))",
          en: "the sheet “\(source.sheet.name)” was read, not \(others.joined(separator: ", "))"))
    }
    if source.hiddenRows > 0 {
      remarks.append(
        Bilingual(
          zh: "有 \(source.hiddenRows) 行是隐藏的，也读取了", en: "\(source.hiddenRows) rows are hidden; they were read too"))
    }
    if let (first, count) = source.uncomputed {
      remarks.append(
        Bilingual(
          zh: "有 \(count) 个公式没有算好的值（第一个在 \(first)），照公式的文字读取；在 Excel 或 WPS 里打开、保存一次再读",
          en:
            "\(count) formulas have no computed value (the first in \(first)) and were read as they are typed; open and save the file in Excel or WPS"
        ))
    }
    return remarks
  }

  func read(into bytes: inout [UInt8], atMost most: Int) throws(BatchFailure) -> Bool {
    do throws(TableFailure) { return try source.read(into: &bytes, atMost: most) } catch { throw .table(error) }
  }

  func begin(_ head: TableHead) { source.fill(to: head.width, from: head.records + 1) }

  /// Each row is one line.
  func place(line: Int, cell: Int) -> String? { "\(path):\(source.place(row: line, column: cell))" }
}
