import CSheets
import Glibc
import PolicyText

/// Writes records of CSV into a workbook as they come: numbers, days and percentages as such, the header in view.
///
/// Where a sheet is full, the rows go on in a further one under the same header.
package final class WorkbookSink {
  private let library: CSheetsWriter
  private var book: UnsafeMutablePointer<lxw_workbook>?
  private let path: String
  private let delimiter: [UInt8]
  private let withUnits: Bool
  private let typed: Int
  private let name: String
  private let folder: UnsafeMutablePointer<CChar>
  private var head: (titles: [[CSVRecords.Cell]], header: [CSVRecords.Cell]) = ([], [])
  private var sheet: UnsafeMutablePointer<lxw_worksheet>?
  private var sheets = 0
  private var row = 0
  private var widths: [Int] = []
  private var styles: [Style: UnsafeMutablePointer<lxw_format>] = [:]
  private var written: [(rows: Int, cells: Int)] = []

  private enum Style: Hashable {
    case header, wrapped, percent(decimals: Int), date, dateTime, time, unit(String)
  }

  /// Begins a workbook.
  ///
  /// - Parameter folder: Where the unfinished sheets are kept.
  /// - Parameter typed: How many columns may hold numbers and days; behind them stand texts, the answers.
  /// - Parameter withUnits: Whether 800万元 is a number that is shown with its unit, as it comes from a workbook.
  package init(
    _ path: String, in folder: String, sheet name: String, delimiter: [UInt8], typed: Int, withUnits: Bool
  ) throws(TableFailure) {
    let functions = UnsafeMutablePointer<CSheetsWriter>.allocate(capacity: 1)
    defer { functions.deallocate() }
    guard CSheets_open_writer(functions) else { throw .missing("libxlsxwriter", "libxlsxwriter4") }
    library = functions.pointee
    (self.path, self.delimiter, self.typed, self.withUnits, self.name) = (path, delimiter, typed, withUnits, name)
    self.folder = strdup(folder)
    guard let book = CSheets_workbook(functions, path, self.folder) else {
      throw TableFailure("\(path)：不能开始写", "\(path): can't be begun")
    }
    self.book = book
  }

  deinit {
    if let book { library.lxw_workbook_free(book) }
    free(folder)
  }

  /// Writes what stands above the rows: records of titles, the header the last.
  package func begin(_ bytes: [UInt8]) throws(TableFailure) {
    var records = CSVRecords(bytes, delimiter: delimiter)
    while let record = records.next() { head.titles.append(record) }
    head.header = head.titles.popLast() ?? []
    guard head.header.count <= SheetReader.columnLimit else {
      throw TableFailure(
        "\(path)：答案要 \(head.header.count) 列，工作表至多 \(SheetReader.columnLimit) 列；用 --columns 少写几列，或者用 --long，或者写成 CSV",
        "\(path): the answers need \(head.header.count) columns and a sheet has at most \(SheetReader.columnLimit); take fewer with --columns, use --long, or write CSV",
        .choice)
    }
    widths = Array(repeating: 0, count: head.header.count)
    try beginSheet()
  }

  private func beginSheet() throws(TableFailure) {
    sheets += 1
    // A sheet's name has at most 31 UTF-16 units.
    let ending = sheets == 1 ? "" : "_\(sheets)"
    var own = name
    while own.utf16.count + ending.utf16.count > 31 { own.removeLast() }
    guard let sheet = library.workbook_add_worksheet(book, own + ending) else {
      throw TableFailure("\(path)：不能写工作表“\(own + ending)”", "\(path): the sheet “\(own + ending)” can't be written")
    }
    self.sheet = sheet
    row = 0
    written.append((0, 0))
    if sheets == 1 { for title in head.titles { try write(title) } }
    try write(head.header, isHeader: true)
    _ = library.worksheet_freeze_panes(sheet, UInt32(row), 0)
  }

  /// Writes whole records.
  package func write(_ bytes: [UInt8]) throws(TableFailure) {
    var records = CSVRecords(bytes, delimiter: delimiter)
    while let record = records.next() {
      if row == SheetReader.rowLimit {
        setWidths()
        try beginSheet()
      }
      let (own, answers) = CSVRecords.parts(record, width: typed, answers: head.header.count - typed)
      try write(own + answers)
    }
    if let sheet, !CSheets_is_written(sheet) { throw full }
  }

  private var full: TableFailure {
    TableFailure("\(path)：磁盘已满，没有写成", "\(path): the disk is full; nothing was written", .full)
  }

  // MARK: Cells

  private func write(_ record: some Collection<CSVRecords.Cell>, isHeader: Bool = false) throws(TableFailure) {
    for (column, cell) in record.enumerated() {
      if cell.content.isEmpty { continue }
      try write(cell, column, isHeader)
      written[sheets - 1].cells += 1
      written[sheets - 1].rows = row + 1
      // A title is no cell of its column.
      if column < widths.count, isHeader || row > head.titles.count, row < 1000 {
        let lines = cell.content.split(separator: 0x0B)
        let width = lines.map { displayWidth(String(decoding: $0, as: UTF8.self)) }.max() ?? 0
        widths[column] = max(widths[column], isHeader ? min(width, 24) : width)
      }
    }
    row += 1
  }

  private func write(_ cell: CSVRecords.Cell, _ column: Int, _ isHeader: Bool) throws(TableFailure) {
    let value = isHeader || cell.isQuoted || column >= typed ? .text : CSVValue(cell.content, withUnits: withUnits)
    let error: lxw_error
    switch value {
    case .blank: return
    case .text: error = write(text: cell.content, column, isHeader)
    case .truth(let value):
      error = library.worksheet_write_boolean(sheet, UInt32(row), UInt16(column), value ? 1 : 0, nil)
    case .number: error = write(cell.content, column, nil)
    case .percent(let number, let decimals): error = write(number.bytes[...], column, .percent(decimals: decimals))
    case .day(let serial, let seconds):
      error = write(Self.serial(serial, seconds ?? 0), column, seconds == nil ? .date : .dateTime)
    case .time(let seconds): error = write(Self.serial(0, seconds), column, .time)
    case .unit(let length):
      let unit = String(decoding: cell.content.dropFirst(length), as: UTF8.self)
      error = write(cell.content.prefix(length), column, .unit(unit))
    }
    if error == LXW_NO_ERROR { return }
    let place = CellPlace(row + 1, column + 1).name
    if error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED {
      throw TableFailure(
        "\(path)：\(place) 的文字超过 32767 字，工作簿放不下；写成 CSV",
        "\(path): the text of \(place) has more than 32 767 characters, which no workbook holds; write CSV")
    }
    let why = library.lxw_strerror(error).map { String(cString: $0) } ?? ""
    throw TableFailure("\(path)：\(place) 没有写成（\(why)）", "\(path): \(place) can't be written (\(why))")
  }

  private func write(text: ArraySlice<UInt8>, _ column: Int, _ isHeader: Bool) -> lxw_error {
    let hasLines = text.contains { $0 == 0x0A || $0 == 0x0B }
    // Vertical tabs are the line ends of cells that came from a workbook.
    var bytes = text.map { $0 == 0x0B ? 0x0A : $0 == 0x0C ? 0x0D : CChar(bitPattern: $0) }
    bytes.append(0)
    let style = isHeader ? format(.header) : hasLines ? format(.wrapped) : nil
    return library.worksheet_write_string(sheet, UInt32(row), UInt16(column), bytes, style)
  }

  private func write(_ decimal: ArraySlice<UInt8>, _ column: Int, _ style: Style?) -> lxw_error {
    let bytes = decimal.map { CChar(bitPattern: $0) } + [0]
    return CSheets_write_number([library], sheet!, UInt32(row), UInt16(column), bytes, style.flatMap { format($0) })
  }

  /// A serial with its part of a day to fifteen digits.
  private static func serial(_ day: Int, _ seconds: Int) -> ArraySlice<UInt8> {
    var text = Array("\(day)".utf8)
    if seconds > 0 {
      text.append(0x2E)
      var rest = seconds
      for _ in 0..<10 {
        rest *= 10
        text.append(UInt8(rest / 86_400) + 0x30)
        rest %= 86_400
      }
    }
    return text[...]
  }

  private func format(_ style: Style) -> UnsafeMutablePointer<lxw_format>? {
    if let known = styles[style] { return known }
    guard let format = library.workbook_add_format(book) else { return nil }
    switch style {
    case .header:
      library.format_set_bold(format)
      library.format_set_bg_color(format, 0xDDEBF7)
      library.format_set_text_wrap(format)
      library.format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
      library.format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
    case .wrapped: library.format_set_text_wrap(format)
    case .percent(let decimals):
      library.format_set_num_format(format, decimals == 0 ? "0%" : "0." + String(repeating: "0", count: decimals) + "%")
    case .date: library.format_set_num_format(format, "yyyy-mm-dd")
    case .dateTime: library.format_set_num_format(format, "yyyy-mm-dd hh:mm:ss")
    case .time: library.format_set_num_format(format, "hh:mm:ss")
    case .unit(let unit):
      library.format_set_num_format(format, "General\"\(unit.split(separator: "\"").joined())\"")
    }
    styles[style] = format
    return format
  }

  private func setWidths() {
    guard let sheet else { return }
    for (column, width) in widths.enumerated() {
      CSheets_set_width([library], sheet, UInt16(column), Int32(max(8, min(width + 2, 60))))
    }
  }

  // MARK: The end

  /// Ends the workbook and reads it back: it holds as many rows and cells as were written.
  package func finish() throws(TableFailure) {
    setWidths()
    if let sheet, !CSheets_is_written(sheet) { throw full }
    let error = library.workbook_close(book)
    book = nil
    switch error {
    case LXW_NO_ERROR: break
    case LXW_ERROR_ZIP_FILE_OPERATION, LXW_ERROR_ZIP_FILE_ADD, LXW_ERROR_ZIP_CLOSE, LXW_ERROR_CREATING_TMPFILE:
      throw full
    default:
      let why = library.lxw_strerror(error).map { String(cString: $0) } ?? ""
      throw TableFailure("\(path)：没有写成（\(why)）", "\(path): can't be written (\(why))")
    }
    // The library doesn't say when the disk is full while it puts its parts together.
    do throws(TableFailure) {
      let workbook = try Workbook(path)
      for (sheet, expected) in zip(workbook.sheets, written) {
        let source = try WorkbookSource(workbook, sheet)
        var bytes: [UInt8] = []
        while try source.read(into: &bytes, atMost: 1 << 20) { bytes.removeAll(keepingCapacity: true) }
        if source.cells != expected.cells || source.rows != expected.rows { throw full }
      }
      if workbook.sheets.count != written.count { throw full }
    } catch {
      throw full
    }
  }
}
