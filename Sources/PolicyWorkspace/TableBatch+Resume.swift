import PolicyFacts
import PolicyTables

extension TableBatch {
  /// How far an unfinished output is: the bytes of its whole records, and how many of the input they answer.
  struct PartState {
    var bytes: Int
    var records: Int
  }

  /// The state of the unfinished output; nil, to begin anew, where there is none.
  func part() throws(BatchFailure) -> PartState? {
    let path = PartFile.name(of: output)
    switch TableForm(named: output) {
    case .csv: return FileSystem.isFolder(path) == false ? try rowsPart(path) : nil
    case .lines: return FileSystem.isFolder(path) == false ? try linesPart(path) : nil
    case .database: return try databasePart()
    case .workbook:
      throw .table(
        TableFailure(
          "工作簿只能一次写完，不能用 --resume 接着做；要能接着做，写成 CSV、JSON Lines 或 SQLite",
          "a workbook is written in one run and can't be gone on with; for --resume write CSV, JSON Lines or SQLite",
          .choice))
    }
  }

  /// The state of unfinished CSV.
  ///
  /// It is this table's where its titles and header are those that would be written, and its last row says the same date and rules.
  private func rowsPart(_ path: String) throws(BatchFailure) -> PartState? {
    let reader = try FileTable(path)
    let expected = [0xEF, 0xBB, 0xBF] + head.titles + Array(headLine.utf8)
    var buffer: [UInt8] = []
    var isLast = false
    while buffer.count < expected.count, !isLast { isLast = try !reader.read(into: &buffer, atMost: 1 << 18) }
    if buffer.count < expected.count, expected.starts(with: buffer) { return nil }
    guard buffer.starts(with: expected) else { throw .otherPart(path) }
    buffer.removeFirst(expected.count)
    let perRecord = options.isLong ? measures.count : 1
    let ending = Array((stamp.map { csvCell($0, head.delimiter) }.joined(separator: head.delimiter) + "\r\n").utf8)
    // The output is in UTF-8 whatever the input is in.
    var plain = head
    plain.rawDelimiter = Array(head.delimiter.utf8)
    let stream = TableStream(path: path, program: program)
    var (bytes, rows) = (expected.count, 0)
    while true {
      // The last record may be cut off, so it is answered again.
      let most = perRecord * 4096
      var whole = stream.whole(buffer[...], plain, atMost: most, isLast: false)
      if whole.records == most || isLast {
        if whole.records % perRecord != 0 {
          whole = stream.whole(buffer[...], plain, atMost: whole.records - whole.records % perRecord, isLast: false)
        }
        if whole.bytes > 0 {
          guard buffer[..<whole.bytes].suffix(ending.count).elementsEqual(ending) else {
            throw .otherPart(path)
          }
          (bytes, rows) = (bytes + whole.bytes, rows + whole.records / perRecord)
          buffer.removeFirst(whole.bytes)
        }
        if isLast { return PartState(bytes: bytes, records: rows) }
      } else {
        isLast = try !reader.read(into: &buffer, atMost: 1 << 20)
      }
    }
  }
}
