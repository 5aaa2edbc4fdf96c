import CPlanes
import PolicyDiagnostics
package import PolicyIR
import PolicyValues

/// Reads block after block of a table into vectors; one for each thread.
///
/// Plain rows go from bytes to numbers: marks of delimiters, quotes and line ends, then each cell by what the same cell gave before, as a
/// whole number or as an ISO date. Whatever is not plain is read as `readFacts` reads it, by `TableStream`.
package final class VectorReader {
  private let stream: TableStream
  private let head: TableHead
  private let program: Program
  private let kind: KindID
  /// How plain rows are read, column by column, nil where a column isn't; nothing where the table has no plain rows.
  private let sources: [LaneSource?]
  private let lanes: [Lane]
  /// The slots of related subjects that rows describe.
  private let relations: [Int]
  private let nameColumn: Int?
  private let delimiter: UInt8
  /// The first characters of the words of totals and notes, three bytes each.
  private let specialBeginnings: [UInt32]
  /// A bit for the lower six bits of each third byte of theirs.
  private let specialThirds: UInt64
  private var marks: [UInt64] = []
  private var hasLoneReturn = false
  /// The memo of columns that are not read.
  private let unread: CellMemo
  package let block: VectorBlock

  /// The most rows of a block.
  package let capacity: Int
  /// Bytes that may be read behind the end of a text.
  private static var padding: Int { 32 }

  /// - Parameter kind: the kind of which rows are put into vectors.
  package init(_ stream: TableStream, _ head: TableHead, kind: KindID, in program: Program, capacity: Int) {
    (self.stream, self.head, self.kind, self.program, self.capacity) = (stream, head, kind, program, capacity)
    let columns = VectorColumns(head, kind, in: program, capacity: capacity)
    block = VectorBlock(columns.facts)
    delimiter = Array(head.delimiter.utf8)[0]
    nameColumn = head.plan?.nameColumn
    let beginnings = wordsOfSkippedRows.map { $0.utf8.prefix(3).reversed().reduce(0) { $0 << 8 | UInt32($1) } }
    specialBeginnings = Set(beginnings).sorted()
    specialThirds = specialBeginnings.reduce(0) { $0 | 1 << UInt64($1 >> 16 & 63) }
    let unread = CellMemo()
    self.unread = unread
    sources = columns.sources
    lanes = sources.map { Lane($0, memo: $0?.memo ?? unread) }
    relations = columns.facts.related.indices.filter { columns.facts.related[$0] != nil }
  }

  /// Reads whole records that stand behind so many others below the head.
  ///
  /// - Requires: at most `capacity` records.
  package func read(_ bytes: ArraySlice<UInt8>, recordsBefore: Int, linesBefore: Int) {
    block.begin()
    if !lanes.isEmpty, takeText(bytes) {
      let count = block.text.count
      block.text.append(contentsOf: repeatElement(0, count: Self.padding))
      block.facts.clear(0..<capacity)
      hasLoneReturn = false
      scan(count)
      if !hasLoneReturn, readOthers(count, recordsBefore, linesBefore) { return }
      block.begin()
    }
    take(stream.block(Array(bytes), head, recordsBefore: recordsBefore, linesBefore: linesBefore))
  }

  /// Takes over the text; false where it can't be decoded.
  private func takeText(_ bytes: ArraySlice<UInt8>) -> Bool {
    block.text.removeAll(keepingCapacity: true)
    if head.encoding == .gb18030 {
      let decoded = stream.decode(Array(bytes), head)
      block.text.append(contentsOf: decoded.bytes)
      return decoded.failure == nil
    }
    // Cells are looked at where they are read.
    block.text.append(contentsOf: bytes)
    return true
  }

  /// Finds the rows and reads those that are plain; the others are marked.
  private func scan(_ count: Int) {
    marks.removeAll(keepingCapacity: true)
    marks.append(contentsOf: repeatElement(0, count: (count + 63) / 64 + 1))
    var rows = block.rows
    block.rows = []
    block.text.withUnsafeBufferPointer { text in
      guard let bytes = text.baseAddress else { return }
      marks.withUnsafeMutableBufferPointer { marks in
        planes_mark(bytes, count, [delimiter, 0x22, 0x0A, 0x0D], marks.baseAddress)
        lanes.withUnsafeBufferPointer { scan(bytes, count, $0, marks.baseAddress!, &rows) }
      }
    }
    block.rows = rows
  }

  private func scan(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ lanes: UnsafeBufferPointer<Lane>,
    _ marks: UnsafeMutablePointer<UInt64>, _ rows: inout [VectorBlock.Row]
  ) {
    let (delimiter, nameColumn) = (delimiter, nameColumn ?? -1)
    var place = 0
    while place < count {
      let row = rows.count
      let start = place
      var (column, cell, name, isPlain) = (0, place, place, true)
      // The next mark from `cell` on, by what is left of its word.
      var word = cell >> 6
      var left = marks[word] & (UInt64.max &<< UInt64(truncatingIfNeeded: cell & 63))
      while true {
        while left == 0, word &<< 6 < count {
          word &+= 1
          left = marks[word]
        }
        let mark = left == 0 ? count : word &<< 6 &+ left.trailingZeroBitCount
        let byte = mark < count ? bytes[mark] : 0x0A
        if byte == 0x22 {
          place = quoted(from: start, bytes, lanes, &rows)
          break
        }
        left &= left &- 1
        if column < lanes.count {
          if column == nameColumn { name = cell }
          if isPlain, lanes[column].read(bytes + cell, mark &- cell, row) == .unknown {
            isPlain = readAnew(column, UnsafeBufferPointer(start: bytes + cell, count: mark &- cell), row)
          }
        }
        column &+= 1
        if byte == delimiter {
          cell = mark &+ 1
          continue
        }
        if !isPlain || column != lanes.count || !isLinked(row)
          || isSpecial(bytes + start, bytes + mark, name: bytes + name)
        {
          rows.append(VectorBlock.Row(start: Int32(start), end: Int32(mark), apart: 0))
        } else {
          rows.append(VectorBlock.Row(start: Int32(start), end: Int32(mark)))
        }
        place = mark &+ 1
        if byte == 0x0D {
          // Lines that end in CR alone are counted where whole tables are read.
          if place >= count || bytes[place] != 0x0A { hasLoneReturn = true }
          place &+= place < count && bytes[place] == 0x0A ? 1 : 0
        }
        break
      }
    }
  }

  /// Whether what a row says of related subjects goes together; where it doesn't there is a remark on it.
  @inline(__always)
  private func isLinked(_ row: Int) -> Bool { relations.isEmpty || relations.allSatisfy { isLinked($0, row) } }

  private func isLinked(_ slot: Int, _ row: Int) -> Bool {
    guard let others = block.facts.related[slot] else { return true }
    let isThere = others.items.contains { $0.facts.isThere(at: row) }
    let hasOwn = block.vectors[slot].number(at: row) != FactVector.State.missing.wide
    // Of one related subject the columns that describe it go before.
    if !others.isMany { return true }
    return isThere ? !hasOwn : hasOwn || others.complete?.number(at: row) != 1
  }

  /// Reads a cell that its lane couldn't; false where it can't be read.
  private func readAnew(_ column: Int, _ cell: UnsafeBufferPointer<UInt8>, _ row: Int) -> Bool {
    isPlainUTF8(cell) && sources[column]?.read(cell, row) ?? true
  }

  /// Reads a row that has a quote; returns where the next begins.
  private func quoted(
    from start: Int, _ bytes: UnsafePointer<UInt8>, _ lanes: UnsafeBufferPointer<Lane>,
    _ rows: inout [VectorBlock.Row]
  ) -> Int {
    let number = rows.count
    let text = block.text.dropLast(Self.padding)
    var reader = CSVReader(text, delimiter: [delimiter], from: start)
    guard let row = reader.next() else { return text.endIndex }
    var isPlain = row.problem == nil && row.cells.count == lanes.count
    if isPlain {
      for (column, cell) in row.cells.enumerated() where isPlain {
        isPlain = !(cell.hasDoubledQuotes && lanes[column].isRead)
        if isPlain, lanes[column].read(bytes + cell.start, cell.end - cell.start, number) == .unknown {
          let content = UnsafeBufferPointer(start: bytes + cell.start, count: cell.end - cell.start)
          isPlain = readAnew(column, content, number)
        }
      }
      isPlain = isPlain && isLinked(number) && !isSpecial(row.cells.map { reader.text($0) })
    }
    rows.append(VectorBlock.Row(start: Int32(row.start), end: Int32(row.end), apart: isPlain ? -1 : 0))
    return reader.offset
  }

  /// Whether a row may be blank, a total or a note below the table; most rows are told apart by the first character of two cells.
  @inline(__always)
  private func isSpecial(
    _ bytes: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, name: UnsafePointer<UInt8>
  ) -> Bool {
    if !isSuspicious(bytes, end), name == bytes || name == end || name[0] == delimiter || !isSuspicious(name, end) {
      return false
    }
    var reader = CSVReader(
      Array(UnsafeBufferPointer(start: bytes, count: end - bytes)), delimiter: [delimiter])
    guard let row = reader.next() else { return true }
    return isSpecial(row.cells.map { reader.text($0) })
  }

  /// Whether a cell may be blank, or begin like a word of totals and notes.
  @inline(__always)
  private func isSuspicious(_ cell: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    guard cell < end, cell[0] > 0x20, cell[0] != delimiter else { return true }
    switch cell[0] {
    // White space beyond ASCII, and ASCII of full width.
    case 0xC2, 0xE1, 0xE2, 0xE3, 0xEF: return true
    case ..<0x80: return false
    default:
      guard end - cell >= 3 else { return true }
      if specialThirds &>> UInt64(cell[2] & 63) & 1 == 0 { return false }
      let first = UInt32(cell[0]) | UInt32(cell[1]) &<< 8 | UInt32(cell[2]) &<< 16
      return specialBeginnings.contains(first)
    }
  }

  private func isSpecial(_ texts: [String]) -> Bool {
    guard let first = texts.first(where: { !comparable($0).isEmpty }) else { return true }
    if isRowOfTotals(comparable(first)) || isNoteBelow(comparable(first)) { return true }
    guard let nameColumn, texts.indices.contains(nameColumn) else { return false }
    return isRowOfTotals(comparable(texts[nameColumn]))
  }

  /// Reads the rows that are not plain, all at once; false where bytes of them are of no encoding.
  private func readOthers(_ count: Int, _ recordsBefore: Int, _ linesBefore: Int) -> Bool {
    var (text, others, places): ([UInt8], [Int], [(records: Int, lines: Int)]) = ([], [], [])
    // The lines before a record in the table, and among those that are read.
    var (lines, linesRead, counted) = (linesBefore, 0, 0)
    var last = 0
    for row in block.rows.indices where block.rows[row].apart >= 0 {
      let start = Int(block.rows[row].start)
      let end = row + 1 < block.rows.count ? Int(block.rows[row + 1].start) : count
      guard block.text[start..<end].withUnsafeBufferPointer(isPlainUTF8) else { return false }
      lines += block.text[counted..<start].count { $0 == 0x0A }
      counted = start
      linesRead += text[last...].count { $0 == 0x0A }
      last = text.count
      text += block.text[start..<end]
      others.append(row)
      places.append((recordsBefore + row, lines))
    }
    if others.isEmpty { return true }
    let read = stream.read(text, head, recordsBefore, linesBefore, places: places)
    for (row, part) in zip(others, read.rows) {
      var part = part
      let start = Int(block.rows[row].start)
      part.range = start..<start + part.range.count
      block.rows[row].apart = Int32(block.apart.count)
      block.apart.append(part)
      block.facts.clear(row..<row + 1)
      if let subject = part.subject { block.set(read.subjects[subject], at: row) }
    }
    block.remarks = read.remarks
    // It is in the last of them.
    block.openQuote = read.openQuote.map { $0 - linesBefore - linesRead + lines }
    return true
  }

  /// Takes over a block that was read the long way.
  private func take(_ other: TableBlock) {
    block.text = other.text
    block.remarks = other.remarks
    block.openQuote = other.openQuote
    block.facts.clear(0..<capacity)
    for (place, row) in other.rows.enumerated() {
      block.rows.append(
        VectorBlock.Row(start: Int32(row.range.lowerBound), end: Int32(row.range.upperBound), apart: Int32(place)))
      block.apart.append(row)
      guard let subject = row.subject.map({ other.subjects[$0] }) else { continue }
      if subject.kind == kind { block.set(subject, at: place) } else { block.subjects[place] = subject }
    }
  }

  /// The subject of a row.
  ///
  /// - Requires: it has one.
  package func subject(at row: Int, recordsBefore: Int) -> Subject {
    if let known = block.subjects[row] { return known }
    let (start, end) = (Int(block.rows[row].start), Int(block.rows[row].end))
    var reader = CSVReader(block.text[start..<end], delimiter: [delimiter], from: start)
    let cells = reader.next()?.cells ?? []
    let name = nameColumn.flatMap { cells.indices.contains($0) ? trimmed(reader.text(cells[$0])) : nil }.flatMap {
      stateOfFact(comparable($0)) == nil ? $0 : nil
    }
    let number = head.records + recordsBefore + row + 1
    return subject(block.facts, kind, name ?? "第\(number)行", isNamed: name != nil, row) { vector in
      // What a vector doesn't hold is read once more.
      guard let column = sources.firstIndex(where: { $0?.vector === vector }), cells.indices.contains(column) else {
        return nil
      }
      return try? sources[column]?.reader.read(reader.text(cells[column])).fact
    }
  }

  private func subject(
    _ rows: RowVectors, _ kind: KindID, _ id: String, isNamed: Bool, _ row: Int, odd: (FactVector) -> Fact?
  ) -> Subject {
    var facts = rows.vectors.map { $0.fact(at: row) ?? odd($0) ?? .missing }
    for (slot, others) in rows.related.enumerated() {
      guard let others, let (places, isComplete) = rows.members(in: slot, at: row), !places.isEmpty else { continue }
      let subjects = places.map {
        subject(others.items[$0].facts, others.kind, others.items[$0].name, isNamed: true, row, odd: odd)
      }
      facts[slot] = others.isMany ? .many(subjects, complete: isComplete) : .one(subjects[0])
    }
    return Subject(kind: kind, id: id, isNamed: isNamed, facts: facts)
  }
}
