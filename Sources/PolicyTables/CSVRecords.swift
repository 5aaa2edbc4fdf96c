/// Takes whole records of CSV apart into their cells, leniently: what its reader has told of is kept as it stands.
package struct CSVRecords {
  /// One cell: its content, with doubled quotes undone.
  package struct Cell {
    package var content: ArraySlice<UInt8>
    package var isQuoted = false
  }

  private let bytes: [UInt8]
  private let delimiter: [UInt8]
  private var offset = 0

  package init(_ bytes: [UInt8], delimiter: [UInt8]) { (self.bytes, self.delimiter) = (bytes, delimiter) }

  /// The next record; nil at the end.
  package mutating func next() -> [Cell]? {
    guard offset < bytes.count else { return nil }
    var cells: [Cell] = []
    while true {
      cells.append(cell())
      if isDelimiter {
        offset += delimiter.count
        continue
      }
      if offset < bytes.count, bytes[offset] == 0x0D { offset += 1 }
      if offset < bytes.count, bytes[offset] == 0x0A { offset += 1 }
      return cells
    }
  }

  /// Which cell of a line in commas the character of a column, from 1, stands in.
  package static func cell(at column: Int, in line: [UInt8]) -> Int {
    let before = String(decoding: line, as: UTF8.self).prefix(max(0, column - 1))
    var (cell, isQuoted) = (1, false)
    for byte in before.utf8 {
      if byte == 0x22 { isQuoted.toggle() }
      if byte == 0x2C, !isQuoted { cell += 1 }
    }
    return cell
  }

  /// A record's own cells and those of its answers, of which the third from the end tells what was not read: cells beyond the header
  /// have no column and are added there.
  package static func parts(_ record: [Cell], width: Int, answers: Int) -> (own: ArraySlice<Cell>, answers: [Cell]) {
    let own = record.dropLast(answers)
    var added = Array(record.suffix(answers))
    let extra = own.dropFirst(width).filter { !$0.content.isEmpty }
    if !extra.isEmpty, added.count >= 3 {
      let told = extra.map { Array("〔".utf8) + $0.content + Array("〕".utf8) }.joined()
      added[added.count - 3].content = (added[added.count - 3].content + told)[...]
    }
    return (own.prefix(width), added)
  }

  private var isDelimiter: Bool {
    guard offset < bytes.count, bytes[offset] == delimiter[0], offset + delimiter.count <= bytes.count else {
      return false
    }
    return delimiter.count == 1 || bytes[offset..<(offset + delimiter.count)].elementsEqual(delimiter)
  }

  private var isEnd: Bool {
    offset >= bytes.count || bytes[offset] == 0x0A || bytes[offset] == 0x0D || isDelimiter
  }

  private mutating func cell() -> Cell {
    let start = offset
    guard offset < bytes.count, bytes[offset] == 0x22 else {
      while !isEnd { offset += 1 }
      return Cell(content: bytes[start..<offset])
    }
    offset += 1
    var doubled = 0
    while offset < bytes.count {
      if bytes[offset] != 0x22 {
        offset += 1
      } else if offset + 1 < bytes.count, bytes[offset + 1] == 0x22 {
        offset += 2
        doubled += 1
      } else {
        break
      }
    }
    let inner = bytes[(start + 1)..<offset]
    if offset < bytes.count { offset += 1 }
    guard isEnd else {
      // Text behind a closing quote: the cell as it stands.
      while !isEnd { offset += 1 }
      return Cell(content: bytes[start..<offset], isQuoted: true)
    }
    return Cell(content: doubled == 0 ? inner : undoubled(inner, by: doubled), isQuoted: true)
  }

  private func undoubled(_ inner: ArraySlice<UInt8>, by doubled: Int) -> ArraySlice<UInt8> {
    var result: [UInt8] = []
    result.reserveCapacity(inner.count - doubled)
    var place = inner.startIndex
    while place < inner.endIndex {
      result.append(inner[place])
      place += inner[place] == 0x22 ? 2 : 1
    }
    return result[...]
  }
}
