import PolicyDiagnostics
import PolicyFacts
import PolicyTables

/// A file of JSON Lines, an object a line. Its columns are the keys of all lines, in the order in which they first stand.
///
/// A line that is no object is a blank row with a fault.
final class LinesTable: TableSource {
  private let path: String
  private let lines: LineReader
  private let columns: [String]
  private let places: [String: Int]
  private var output: [UInt8] = []
  private var line = 0
  private var faults: [TableFault] = []

  init(_ path: String, columns: [String]) throws(BatchFailure) {
    (self.path, self.columns) = (path, columns)
    lines = try LineReader(path)
    places = Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    output = Array(columns.map { csvCell(text: $0) }.joined(separator: [0x2C])) + [0x0D, 0x0A]
  }

  /// The columns of a file, found by reading it once.
  static func columns(of path: String) throws(BatchFailure) -> [String] {
    let lines = try LineReader(path)
    var columns: [String] = []
    var known: Set<String> = []
    while let line = try lines.next() {
      guard let row = try? JSONLine(line.withoutMark) else { continue }
      for cell in row.cells where known.insert(cell.key).inserted { columns.append(cell.key) }
      if columns.count > mostColumns {
        throw .table(
          TableFailure(
            "\(path)：键超过 \(mostColumns) 种，不像一张表",
            "\(path): more than \(mostColumns) different keys; no table has so many"))
      }
    }
    return columns
  }

  private static var mostColumns: Int { 16_384 }

  var size: Int { lines.size }
  var done: Int { lines.done }
  var remarks: [Bilingual] { [] }
  var headRows: Int { 1 }
  func begin(_ head: TableHead) {}

  func place(line: Int, cell: Int) -> String? {
    let key = columns.indices.contains(cell - 1) ? ":\(columns[cell - 1])" : ""
    return line > 1 ? "\(path):\(line - 1)\(key)" : path + key
  }

  func takeFaults(upTo line: Int) -> [TableFault] {
    let taken = faults.prefix { $0.line <= line }
    faults.removeFirst(taken.count)
    return Array(taken)
  }

  func read(into bytes: inout [UInt8], atMost most: Int) throws(BatchFailure) -> Bool {
    while output.count < most {
      guard let text = try lines.next() else { break }
      line += 1
      add(text)
    }
    if output.isEmpty { return false }
    let count = min(most, output.count)
    bytes += output[..<count]
    output.removeFirst(count)
    return true
  }

  private func add(_ text: [UInt8]) {
    defer { output += [0x0D, 0x0A] }
    if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
    do throws(JSONLine.Failure) {
      let row = try JSONLine(text.withoutMark)
      var cells = [JSONLine.Value](repeating: .null, count: columns.count)
      for cell in row.cells { if let place = places[cell.key] { cells[place] = cell.value } }
      for (place, cell) in cells.enumerated() {
        if place > 0 { output.append(0x2C) }
        switch cell {
        case .null: break
        case .bare(let text): output += text.utf8
        case .text(let text): output += csvCell(text: text)
        }
      }
    } catch {
      faults.append(
        TableFault(
          line: line + 1, place: "\(path):\(line):\(error.column)", .malformedJSON,
          Bilingual(
            zh: "第 \(line) 行第 \(error.column) 列：\(error.message.zh)，这一行没有读取",
            en: "line \(line), column \(error.column): \(error.message.en); the line was not read")))
    }
  }
}

extension [UInt8] {
  /// The bytes without a byte order mark.
  var withoutMark: [UInt8] { starts(with: [0xEF, 0xBB, 0xBF]) ? Array(self[3...]) : self }
}
