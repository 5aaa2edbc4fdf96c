/// One cell of a row: where its content stands, without its quotes.
struct CSVCell {
  var start: Int
  var end: Int
  /// Whether "" stands for a quote in it.
  var hasDoubledQuotes = false
}

/// One record of a CSV file.
struct CSVRow {
  var start: Int
  var end: Int
  var cells: [CSVCell]
  /// The first thing wrong with its quotes.
  var problem: Problem?

  /// A fault of quoting, with its offset.
  enum Problem {
    case unterminatedQuote(Int)
    case textAfterQuote(Int)
    case quoteInsideCell(Int)
  }
}

/// Reads the records of RFC 4180 one by one: quoted cells may hold delimiters, line ends and doubled quotes; lines end in CRLF,
/// LF or CR. Never fails; each byte is looked at once.
struct CSVReader {
  private let bytes: ArraySlice<UInt8>
  private let delimiter: [UInt8]
  private(set) var offset: Int
  /// Where the text ends.
  private let end: Int

  /// - Requires: `delimiter` is not empty.
  init(_ bytes: [UInt8], delimiter: [UInt8]) { self.init(bytes[...], delimiter: delimiter, from: 0) }

  /// A reader of the bytes from `start` on; offsets are indices of the slice.
  ///
  /// - Requires: `delimiter` is not empty.
  init(_ bytes: ArraySlice<UInt8>, delimiter: [UInt8], from start: Int) {
    (self.bytes, self.delimiter, offset, end) = (bytes, delimiter, start, bytes.endIndex)
  }

  /// The next record, blank lines too; nil at the end.
  mutating func next() -> CSVRow? {
    guard offset < end else { return nil }
    var row = CSVRow(start: offset, end: offset, cells: [], problem: nil)
    while true {
      readCell(&row)
      if isDelimiter(offset) {
        offset += delimiter.count
        continue
      }
      row.end = offset
      if offset < end, bytes[offset] == 0x0D { offset += 1 }
      if offset < end, bytes[offset] == 0x0A { offset += 1 }
      return row
    }
  }

  /// The text of a cell.
  func text(_ cell: CSVCell) -> String {
    if !cell.hasDoubledQuotes { return String(decoding: bytes[cell.start..<cell.end], as: UTF8.self) }
    var content: [UInt8] = []
    var index = cell.start
    while index < cell.end {
      content.append(bytes[index])
      index += bytes[index] == 0x22 ? 2 : 1
    }
    return String(decoding: content, as: UTF8.self)
  }

  private func isDelimiter(_ index: Int) -> Bool {
    guard index < end, bytes[index] == delimiter[0] else { return false }
    if delimiter.count == 1 { return true }
    guard index + delimiter.count <= end else { return false }
    for position in 1..<delimiter.count where bytes[index + position] != delimiter[position] { return false }
    return true
  }

  /// Appends the cell at the offset, which then stands at a delimiter, a line end or the end.
  private mutating func readCell(_ row: inout CSVRow) {
    if offset < end, bytes[offset] == 0x22 {
      readQuotedCell(&row)
      return
    }
    let start = offset
    while offset < end, bytes[offset] != 0x0A, bytes[offset] != 0x0D, !isDelimiter(offset) {
      if bytes[offset] == 0x22, row.problem == nil { row.problem = .quoteInsideCell(offset) }
      offset += 1
    }
    row.cells.append(CSVCell(start: start, end: offset))
  }

  private mutating func readQuotedCell(_ row: inout CSVRow) {
    let opening = offset
    offset += 1
    var cell = CSVCell(start: offset, end: offset)
    while offset < end {
      if bytes[offset] != 0x22 {
        offset += 1
      } else if offset + 1 < end, bytes[offset + 1] == 0x22 {
        cell.hasDoubledQuotes = true
        offset += 2
      } else {
        break
      }
    }
    cell.end = offset
    row.cells.append(cell)
    guard offset < end else {
      if row.problem == nil { row.problem = .unterminatedQuote(opening) }
      return
    }
    offset += 1
    let closed = offset
    while offset < end, bytes[offset] != 0x0A, bytes[offset] != 0x0D, !isDelimiter(offset) { offset += 1 }
    if offset > closed, row.problem == nil { row.problem = .textAfterQuote(closed) }
  }
}
