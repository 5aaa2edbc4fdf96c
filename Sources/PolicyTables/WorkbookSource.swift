/// Reads one sheet of a workbook as CSV in UTF-8, part by part, in memory that grows only with its shared texts.
package final class WorkbookSource {
  package let sheet: Workbook.Sheet
  /// The names of the other sheets that can be seen.
  package var others: [String] {
    workbook.sheets.filter { !$0.isHidden && $0.name != sheet.name }.map(\.name)
  }
  private let workbook: Workbook
  private let member: ArchiveMember
  private let reader: SheetReader
  private let scanner: XMLScanner
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private var isEnded = false

  /// Begins to read a sheet.
  package init(_ workbook: Workbook, _ sheet: Workbook.Sheet) throws(TableFailure) {
    (self.workbook, self.sheet) = (workbook, sheet)
    guard let member = workbook.archive.member(sheet.part, limit: Workbook.sheetLimit) else {
      throw TableFailure(
        "工作表“\(sheet.name)”的内容（\(sheet.part)）不在压缩包里",
        "the sheet “\(sheet.name)” has no content (\(sheet.part)) in the archive"
      ).at(workbook.path)
    }
    self.member = member
    reader = SheetReader(
      strings: try workbook.strings(), workbook, covered: try MergedCells.covered(in: workbook.archive, sheet.part))
    scanner = try XMLScanner(reader)
  }

  deinit { buffer.deallocate() }

  /// The bytes that the sheet unpacks to, and those that are unpacked.
  package var size: Int { max(workbook.archive.size(of: sheet.part) ?? 0, done) }
  package var done: Int { member.done }
  /// The rows that are hidden; they are read like others.
  package var hiddenRows: Int { reader.hiddenRows }
  /// The first cell of the formulas that were never computed, and how many they are; they read as they were typed.
  package var uncomputed: (first: String, count: Int)? { reader.uncomputed.map { ($0.first.name, $0.count) } }
  /// The rows up to the last one with content, and the cells with content.
  package var rows: Int { reader.row }
  package var cells: Int { reader.cells }

  /// Has the rows from one on filled up to a width with blank cells.
  package func fill(to width: Int, from row: Int) { reader.padding = (width, row) }

  /// Appends some of the following bytes, at most so many; false at the end.
  ///
  /// - Throws: What is wrong with the sheet, behind which row.
  package func read(into bytes: inout [UInt8], atMost most: Int) throws(TableFailure) -> Bool {
    while reader.output.isEmpty {
      if isEnded { return false }
      do throws(TableFailure) {
        let count = try member.read(into: buffer)
        isEnded = count == 0
        try scanner.read(UnsafeRawBufferPointer(rebasing: buffer[..<count]), isLast: isEnded, of: member.name)
        if let failure = reader.failure { throw failure }
      } catch {
        throw error.at("\(workbook.path):\(sheet.name)", behind: reader.row)
      }
    }
    let count = min(most, reader.output.count)
    bytes += reader.output[..<count]
    reader.output.removeFirst(count)
    return true
  }

  /// Where the cell of a row and column stands, from 1: 台账!B7.
  package func place(row: Int, column: Int) -> String { "\(sheet.name)!\(CellPlace(row, column).name)" }
}
