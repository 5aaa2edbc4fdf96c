import PolicyAnswers
import PolicyFacts
import PolicyTables
import PolicyText

/// A file of JSON Lines, under another name until it is whole: a line for each row. Titles have no place in it.
///
/// Where the table is JSON Lines too, each of its lines stands there as it was, with the answers behind its keys; one that is no object
/// is kept as a text.
final class LinesSink: TableSink {
  private let file: FileSink
  private let original: LineReader?
  private let delimiter: [UInt8]
  /// The keys of the table's own columns and of the answers, ready to be written: `"名称":`.
  private let keys: [[UInt8]]
  private let answers: [[UInt8]]
  /// How many rows there are for each record.
  private let perRecord: Int
  private let withUnits: Bool
  private var row = 0
  private var line: [UInt8] = []

  init(_ batch: TableBatch, keeping kept: TableBatch.PartState?) throws(BatchFailure) {
    file = try FileSink(batch.output, keeping: kept?.bytes)
    original = batch.input.form == .lines ? try LineReader(batch.input.path) : nil
    delimiter = Array(batch.head.delimiter.utf8)
    keys = batch.lineKeys.map { quoted($0) + [0x3A] }
    answers = batch.addedHeads.map { quoted($0) + [0x3A] }
    perRecord = batch.options.isLong ? batch.measures.count : 1
    withUnits = batch.input.form == .workbook
    for _ in 0..<(kept?.records ?? 0) { _ = try original?.next() }
  }

  func begin(_ head: [UInt8]) throws(BatchFailure) {}

  func write(_ bytes: UnsafeRawBufferPointer) throws(BatchFailure) {
    var records = CSVRecords(Array(bytes), delimiter: delimiter)
    var output: [UInt8] = []
    while let cells = records.next() {
      if row % perRecord == 0 { line = try original?.next() ?? [] }
      row += 1
      let (own, told) = CSVRecords.parts(cells, width: keys.count, answers: answers.count)
      var members = original == nil ? zip(keys, own).map { $0 + value($1) } : []
      if original != nil, line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
        output += line + [0x0A]
        continue
      }
      let added = zip(answers, told).map {
        $0 + (($1.content.isEmpty) ? null : quoted($1.content))
      }
      var body = original == nil ? nil : opened(line, isRead: !own.allSatisfy(\.content.isEmpty))
      if body == nil, original != nil { members = [Array("\"原行\":".utf8) + quoted(line)] }
      if body == nil { body = [0x7B] + members.joined(separator: [0x2C]) }
      output += body ?? []
      if output.last != 0x7B { output.append(0x2C) }
      output += added.joined(separator: [0x2C]) + [0x7D, 0x0A]
    }
    try file.write(bytes: output)
  }

  func finish() throws(BatchFailure) { try file.finish() }

  /// An object without its closing brace; nil for a line that is none.
  private func opened(_ line: [UInt8], isRead: Bool) -> [UInt8]? {
    let plain = line.withoutMark
    // A row with content was read as an object; another is looked at again.
    guard isRead || (try? JSONLine(plain)) != nil, let end = plain.lastIndex(of: 0x7D) else { return nil }
    var body = plain[..<end]
    while let last = body.last, last == 0x20 || last == 0x09 { body.removeLast() }
    return Array(body)
  }

  private func value(_ cell: CSVRecords.Cell) -> [UInt8] {
    if cell.isQuoted { return quoted(cell.content) }
    switch CSVValue(cell.content, withUnits: withUnits) {
    case .blank: return null
    case .number: return Array(cell.content)
    case .truth(let value): return Array((value ? "true" : "false").utf8)
    case .text, .percent, .day, .time, .unit: return quoted(cell.content)
    }
  }
}

private let null = Array("null".utf8)

/// A text in JSON's quotes; vertical tabs are the line ends of cells that came from elsewhere.
private func quoted(_ bytes: some Collection<UInt8>) -> [UInt8] {
  let text = bytes.map { $0 == 0x0B ? 0x0A : $0 == 0x0C ? 0x0D : $0 }
  return quoted(String(decoding: text, as: UTF8.self))
}

private func quoted(_ text: String) -> [UInt8] {
  Array(JSONValue.string(text).serialized().utf8)
}

extension TableBatch {
  /// The keys of the table's own columns: its header, a blank one by its number, a second of a name with a number.
  var lineKeys: [String] {
    var records = CSVRecords(head.header, delimiter: Array(head.delimiter.utf8))
    // SQLite tells names apart without case.
    var known = Set(addedHeads.map { $0.lowercased() })
    return (records.next() ?? []).enumerated().map { place, cell in
      let text = String(decoding: cell.content.map { $0 == 0x0B ? 0x20 : $0 }, as: UTF8.self)
      let name = text.isEmpty ? wording.say("第\(place + 1)列", "column \(place + 1)") : text
      var (own, number) = (name, 2)
      while !known.insert(own.lowercased()).inserted {
        own = "\(name)_\(number)"
        number += 1
      }
      return own
    }
  }
}
