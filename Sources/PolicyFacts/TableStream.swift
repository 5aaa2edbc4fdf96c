import PolicyDiagnostics
package import PolicyIR
import PolicyText

/// Reads a table that may be larger than memory part by part: its head once, then blocks of whole records.
///
/// Every part is read as `readFacts` reads a whole table, so that types and messages are the same; subjects that share a name, or name one
/// another, are not linked across records.
package struct TableStream: Sendable {
  private let path: String
  private let program: Program
  private let defaultKind: KindID?

  package init(path: String, program: Program, defaultKind: KindID? = nil) {
    (self.path, self.program, self.defaultKind) = (path, program, defaultKind)
  }

  /// The head of a table, from its beginning (some 1 MB, or all of it); nil, with remarks, where no row is a header.
  package func head(_ beginning: [UInt8], isWhole: Bool) -> (head: TableHead?, remarks: [TableBlock.Remark]) {
    var beginning = beginning
    // A character or a record that is cut off says nothing of the file.
    if !isWhole { beginning.removeSubrange((beginning.lastIndex(of: 0x0A).map { $0 + 1 } ?? beginning.count)...) }
    var decoded = decodeFacts(beginning)
    // Damage below the header is a matter of its row.
    while case .invalidByte(_, let offset, _, _)? = decoded.failure {
      guard let end = beginning[..<offset].lastIndex(of: 0x0A) else { break }
      beginning.removeSubrange((end + 1)...)
      decoded = decodeFacts(beginning)
    }
    let mark = decoded.encoding == .utf8WithMark ? 3 : 0
    let file = SourceFile(path: path, bytes: decoded.bytes)
    let id = FileID(rawValue: 0)
    var remarks = FactsRemarks(id)
    reportEncoding(decoded, &remarks)
    var reader = TableReader(
      file, report: FactsReport(file: id, encoding: decoded.encoding, format: .csv), program: program)
    reader.readsHeadOnly = true
    if decoded.failure == nil { reader.read(defaultKind: defaultKind) { (_) throws(Never) in } }
    let all = (remarks.all + reader.remarks.all).sortedAndUnique()
    guard decoded.failure == nil, let records = reader.report.headerRow, let delimiter = reader.report.delimiter,
      !reader.plans.isEmpty, let header = reader.headerRow
    else { return (nil, placed(all, in: file, lines: 0, headLines: 0)) }
    // The fullwidth comma is the one delimiter that GB18030 writes otherwise.
    let rawDelimiter: [UInt8] =
      delimiter == "，" && decoded.encoding == .gb18030 ? [0xA3, 0xAC] : Array(delimiter.utf8)
    let body = Array(beginning[mark...])
    var raw = CSVReader(body, delimiter: rawDelimiter)
    for _ in 0..<records { _ = raw.next() }
    let bytes = Array(body[..<raw.offset])
    let lines = bytes.count { $0 == 0x0A }
    let own = all.filter { Int($0.primary.span.start) <= header.end && $0.id != .subjectWithoutName }
    return (
      TableHead(
        bytes: bytes, titles: Array(decoded.bytes[..<header.start]),
        header: Array(decoded.bytes[header.start..<header.end]), records: records, lines: lines, delimiter: delimiter,
        rawDelimiter: rawDelimiter, width: header.cells.count, encoding: decoded.encoding, report: reader.report,
        kind: reader.tableKind, plan: reader.tableKind.flatMap { reader.plans[$0] },
        blankColumns: reader.blankColumns, lost: reader.lost, remarks: placed(own, in: file, lines: 0, headLines: 0)),
      []
    )
  }

  /// How many bytes of a buffer hold whole records, at most so many, and how many records and lines they are.
  ///
  /// A record that reaches the end of the buffer is whole only where the file ends there (`isLast`).
  package func whole(
    _ buffer: ArraySlice<UInt8>, _ head: TableHead, atMost most: Int, isLast: Bool
  ) -> (bytes: Int, records: Int, lines: Int) {
    // Line ends end records but within quotes.
    buffer.withUnsafeBufferPointer { text in
      var marks = ByteMarks([0x22, 0x0A, 0x0D, 0x0A], in: text)
      var (place, records, lines) = (0, 0, 0)
      while records < most, place < text.count {
        var next = marks.next(from: place)
        if next < text.count, text[next] == 0x22 {
          var reader = CSVReader(buffer, delimiter: head.rawDelimiter, from: buffer.startIndex + place)
          guard let row = reader.next() else { break }
          if !isLast, row.end >= buffer.endIndex { break }
          next = reader.offset - buffer.startIndex
          lines += buffer[(buffer.startIndex + place)..<reader.offset].count { $0 == 0x0A }
        } else {
          if !isLast, next >= text.count { break }
          if next < text.count, text[next] == 0x0D { next += 1 }
          if next < text.count, text[next] == 0x0A {
            next += 1
            lines += 1
          }
        }
        // A CR that ends the buffer may have its LF in the next.
        if !isLast, next >= text.count { break }
        place = next
        records += 1
      }
      return (place, records, lines)
    }
  }

  /// Reads whole records that stand behind so many others below the head.
  package func block(_ bytes: [UInt8], _ head: TableHead, recordsBefore: Int, linesBefore: Int) -> TableBlock {
    let decoded = decode(bytes, head)
    guard decoded.failure == nil else { return apart(bytes, head, recordsBefore, linesBefore) }
    return read(decoded.bytes, head, recordsBefore, linesBefore)
  }

  func decode(_ bytes: [UInt8], _ head: TableHead) -> DecodedFacts {
    // A part without any byte above ASCII shows no encoding, one of another encoding is damaged.
    let decoded = decodeFacts(bytes)
    if bytes.allSatisfy({ $0 < 0x80 }) || decoded.failure != nil { return decoded }
    let isSame = (decoded.encoding == .gb18030) == (head.encoding == .gb18030)
    let isHeadPlain = head.bytes.allSatisfy { $0 < 0x80 }
    if isSame || isHeadPlain { return decoded }
    let place = bytes.firstIndex { $0 >= 0x80 } ?? 0
    return DecodedFacts(
      bytes: [], encoding: head.encoding, failure: .invalidByte(bytes[place], offset: place, line: 1, decoded: 0))
  }

  /// Reads records that are decoded.
  ///
  /// - Parameter places: for each record how many records and lines stand before it, where they don't follow on one another.
  func read(
    _ text: [UInt8], _ head: TableHead, _ recordsBefore: Int, _ linesBefore: Int,
    places: [(records: Int, lines: Int)] = []
  ) -> TableBlock {
    var block = TableBlock()
    let start = head.titles.count + head.header.count + 1
    let file = SourceFile(path: path, bytes: head.titles + head.header + [0x0A] + text)
    block.text = text
    var rows = CSVReader(text, delimiter: Array(head.delimiter.utf8))
    while let row = rows.next() {
      block.rows.append(TableBlock.Row(range: row.start..<row.end, cells: row.cells.count))
      if case .unterminatedQuote(let place)? = row.problem {
        block.openQuote = head.lines + linesBefore + text[..<place].count { $0 == 0x0A } + 1
      }
    }
    var reader = TableReader(
      file, report: FactsReport(file: FileID(rawValue: 0), encoding: head.encoding, format: .csv), program: program)
    reader.rowsBefore = recordsBefore
    reader.rowNumbers = places.map { head.records + $0.records + 1 }
    reader.isNamelessReported = true
    reader.read(defaultKind: head.kind ?? defaultKind) { (_) throws(Never) in }
    var linker = SubjectLinker(reader.drafts, lost: reader.lost, program: program)
    let linked = linker.link()
    block.subjects = linked.subjects
    for (subject, place) in linked.places.enumerated() {
      let row = place.row.flatMap { number in
        places.isEmpty ? number - head.records - recordsBefore - 1 : reader.rowNumbers.firstPlace(of: number)
      }
      guard let row, block.rows.indices.contains(row) else { continue }
      block.rows[row].subject = subject
    }
    let remarks = (reader.remarks.all + linker.remarks).filter {
      // Every record stands for itself: names are not compared.
      Int($0.primary.span.start) >= start && $0.id != .duplicateSubject && $0.id != .subjectWithoutName
        && ($0.severity != .note || $0.id == .rowNotUsed)
    }.sortedAndUnique()
    var row = 0
    for remark in remarks {
      let offset = Int(remark.primary.span.start) - start
      while row + 1 < block.rows.count, block.rows[row + 1].range.lowerBound <= offset { row += 1 }
      guard block.rows.indices.contains(row) else { continue }
      block.rows[row].remarks.append(remark.primary.message)
      if remark.severity != .note { block.rows[row].isFaulty = true }
    }
    block.remarks = placed(
      remarks.filter { $0.severity != .note }, in: file, lines: head.lines + linesBefore,
      headLines: head.titles.count { $0 == 0x0A } + head.header.count { $0 == 0x0A } + 1)
    if !places.isEmpty { block.move(to: places, in: file, from: start, linesBefore: head.lines) }
    return block
  }

  /// Reads records one by one, where some byte of them is of no encoding: the others are read all the same.
  private func apart(_ bytes: [UInt8], _ head: TableHead, _ recordsBefore: Int, _ linesBefore: Int) -> TableBlock {
    var block = TableBlock()
    var reader = CSVReader(bytes, delimiter: head.rawDelimiter)
    var (records, lines) = (recordsBefore, linesBefore)
    while let row = reader.next() {
      let raw = Array(bytes[row.start..<row.end])
      let decoded = decode(raw, head)
      let start = block.text.count
      if decoded.failure == nil {
        let one = read(decoded.bytes, head, records, lines)
        for var part in one.rows {
          part.range = (part.range.lowerBound + start)..<(part.range.upperBound + start)
          part.subject = part.subject.map { $0 + block.subjects.count }
          block.rows.append(part)
        }
        if one.rows.isEmpty { block.rows.append(TableBlock.Row(range: start..<start, cells: 0)) }
        block.subjects += one.subjects
        block.remarks += one.remarks
        block.openQuote = block.openQuote ?? one.openQuote
        block.text += decoded.bytes
      } else {
        let message = Bilingual(
          zh: "第 \(head.records + records + 1) 行有不是 \(head.encoding == .gb18030 ? "GB18030" : "UTF-8") 的字节，没有读取",
          en:
            "row \(head.records + records + 1) has a byte that is not \(head.encoding == .gb18030 ? "GB18030" : "UTF-8"); it was not read"
        )
        block.text += raw
        block.rows.append(
          TableBlock.Row(range: start..<block.text.count, cells: row.cells.count, remarks: [message], isFaulty: true))
        let none = FactsRemarks(FileID(rawValue: 0)).span(0, 0)
        block.remarks.append(
          TableBlock.Remark(
            line: head.lines + lines + 1, column: 1, diagnostic: Diagnostic(.factsNotDecoded, at: none, message)))
      }
      records += 1
      lines += bytes[row.start..<reader.offset].count { $0 == 0x0A }
    }
    return block
  }

  private func placed(_ remarks: [Diagnostic], in file: SourceFile, lines: Int, headLines: Int) -> [TableBlock.Remark] {
    remarks.map { remark in
      let position = file.position(of: remark.primary.span.start)
      return TableBlock.Remark(
        line: position.line - headLines + lines, column: position.column, diagnostic: remark)
    }
  }
}

extension TableBlock {
  /// Gives remarks on records that don't follow on one another the lines where these stand.
  ///
  /// - Parameter start: where the records begin in the file that they were read from.
  fileprivate mutating func move(
    to places: [(records: Int, lines: Int)], in file: SourceFile, from start: Int, linesBefore: Int
  ) {
    var row = 0
    for place in remarks.indices {
      let offset = Int(remarks[place].diagnostic.primary.span.start)
      while row + 1 < rows.count, start + rows[row + 1].range.lowerBound <= offset { row += 1 }
      let first = file.position(of: UInt32(start + rows[row].range.lowerBound)).line
      remarks[place].line = linesBefore + places[row].lines + file.position(of: UInt32(offset)).line - first + 1
    }
  }
}

extension [Int] {
  /// The place of a number; nil where it isn't there.
  ///
  /// - Requires: ascending.
  fileprivate func firstPlace(of number: Int) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number ? low : nil
  }
}
