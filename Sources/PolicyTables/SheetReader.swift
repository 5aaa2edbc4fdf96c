import PolicyValues

/// Writes the rows of a sheet as CSV as they are told of, one line each, blank ones too.
///
/// What would be taken for a number, day, percentage or truth without being one stands in quotes, so that a sink can tell them apart.
/// Line ends in cells are vertical tabs, form feeds their CRs: neither can stand in a workbook, and each row stays one line.
final class SheetReader: XMLHandler {
  private let strings: SharedStrings
  private let formats: [NumberFormat]
  private let countsFrom1904: Bool
  /// Cells of the head that a merged cell covers downward, with the place whose content they show.
  private let covered: [CellPlace: CellPlace]
  private var contents: [CellPlace: [UInt8]] = [:]

  /// The lines that are ready.
  var output: [UInt8] = []
  /// The rows from this one on are filled up to this width.
  var padding: (width: Int, from: Int)?
  /// The number of the last row that was told of.
  private(set) var row = 0
  private(set) var hiddenRows = 0
  private(set) var cells = 0
  private(set) var uncomputed: (first: CellPlace, count: Int)?
  /// What ends the reading.
  private(set) var failure: TableFailure?

  private var blankRows = 0
  private var line: [UInt8] = []
  /// How many cells stand in the line.
  private var width = 0
  private var column = 0
  private var kind = Kind.number
  private var style = 0
  private var content: [UInt8] = []
  private var formula: [UInt8] = []
  private var hasFormula = false
  private var capture = Capture.none
  private var isReading = false

  private enum Kind { case number, shared, text, formulaText, truth, error, date }
  private enum Capture { case none, content, formula }

  /// The most that a sheet can have.
  static let rowLimit = 1 << 20
  static let columnLimit = 1 << 14
  /// The longest content of a cell, in bytes; office programs end at 32 767 characters.
  static let contentLimit = 1 << 18

  init(strings: SharedStrings, _ workbook: Workbook, covered: [CellPlace: CellPlace]) {
    self.strings = strings
    (formats, countsFrom1904, self.covered) = (workbook.formats, workbook.countsFrom1904, covered)
  }

  func begin(_ element: XMLName, _ attributes: XMLAttributes) {
    switch element {
    case "c": beginCell(attributes)
    case "v": capture = .content
    case "t": if !isReading { capture = .content }
    case "f":
      capture = .formula
      hasFormula = true
    case "rPh": isReading = true
    case "row":
      let number = attributes.number("r") ?? row + 1
      guard number > row, number <= Self.rowLimit else {
        return fail("第 \(number) 行不在它的位置上", "row \(number) is out of its place")
      }
      blankRows += number - row - 1
      (row, width, column) = (number, 0, 0)
      line.removeAll(keepingCapacity: true)
      if attributes.isSet("hidden") { hiddenRows += 1 }
    default: break
    }
  }

  func end(_ element: XMLName) {
    switch element {
    case "v", "t", "f": capture = .none
    case "rPh": isReading = false
    case "c": endCell()
    case "row": endRow()
    default: break
    }
  }

  func text(_ piece: UnsafeBufferPointer<UInt8>) {
    switch capture {
    case .none: break
    case .content:
      if content.count > Self.contentLimit { return fail("单元格太长", "the cell is too long") }
      content.append(contentsOf: piece)
    case .formula: if formula.count < 200 { formula.append(contentsOf: piece) }
    }
  }

  private func fail(_ zh: String, _ en: String) {
    if failure == nil { failure = TableFailure(zh, en) }
  }

  // MARK: Cells

  private func beginCell(_ attributes: XMLAttributes) {
    let place = attributes.bytes("r").flatMap { CellPlace($0) }
    let next = place?.column ?? column + 1
    guard next > column, next <= Self.columnLimit else {
      return fail("第 \(row) 行的单元格不在它的位置上", "a cell of row \(row) is out of its place")
    }
    column = next
    style = attributes.number("s") ?? 0
    content.removeAll(keepingCapacity: true)
    formula.removeAll(keepingCapacity: true)
    hasFormula = false
    kind =
      switch attributes["t"] {
      case nil, "n": .number
      case "s": .shared
      case "str": .formulaText
      case "inlineStr": .text
      case "b": .truth
      case "e": .error
      case "d": .date
      default: .number
      }
  }

  private func endCell() {
    if content.isEmpty {
      // A formula that was never computed is seen as it was typed; as a blank it would look like a fact that isn't given.
      if hasFormula {
        uncomputed = (uncomputed?.first ?? CellPlace(row, column), (uncomputed?.count ?? 0) + 1)
        add(text: [0x3D] + formula[...])
      }
      return
    }
    switch kind {
    case .shared:
      guard let number = DecimalText(content), let place = Int(String(decoding: number.bytes, as: UTF8.self)),
        let text = strings[place]
      else {
        return fail(
          "\(CellPlace(row, column).name) 的共享文字不存在", "the shared text of \(CellPlace(row, column).name) is not there")
      }
      add(text: text)
    case .text, .formulaText:
      content.undoEscapes(from: 0)
      add(text: content[...])
    case .truth: add(bare: content == [0x31] ? Array("TRUE".utf8) : Array("FALSE".utf8))
    case .error: add(bare: content)
    case .date: add(bare: isoDay(content))
    case .number:
      guard let number = DecimalText(content) else { return add(text: content[...]) }
      add(bare: shown(number))
    }
  }

  /// A day of ISO 8601 without a time that is midnight.
  private func isoDay(_ text: [UInt8]) -> [UInt8] {
    let parts = text.split(separator: 0x54, maxSplits: 1)
    guard parts.count == 2 else { return text }
    let time = parts[1].prefix(8)
    return time.allSatisfy({ $0 == 0x30 || $0 == 0x3A }) ? Array(parts[0]) : Array(parts[0]) + [0x20] + time
  }

  /// A number as its format shows it, so far as that changes what it says.
  private func shown(_ number: DecimalText) -> [UInt8] {
    let short = number.shortened
    switch formats.indices.contains(style) ? formats[style] : .plain {
    case .plain:
      let bytes = short.bytes
      // The reader takes bare numbers of this size in columns of days for days since 1900, which here would be wrong.
      if countsFrom1904, bytes.count == 5, short.isWhole { return bytes + [0x2E, 0x30] }
      return bytes
    case .percent: return short.scaled(by: 2).bytes + [0x25]
    case .unit(let unit): return short.bytes + Array(unit.utf8)
    case .scaled: return short.bytes + Array("（显示时缩小了）".utf8)
    case .date: return day(short, hasTime: false) ?? short.bytes
    case .dateTime: return day(short, hasTime: true) ?? short.bytes
    case .time:
      guard let (day, seconds) = short.dayAndSeconds, day == 0 else { return short.bytes }
      return time(seconds)
    }
  }

  private func day(_ number: DecimalText, hasTime: Bool) -> [UInt8]? {
    guard let (serial, seconds) = number.dayAndSeconds,
      let day = LiteralReader.excelSerial(serial + (countsFrom1904 ? 1462 : 0))
    else { return nil }
    let text = Array(day.isoDescription.utf8)
    return hasTime && seconds > 0 ? text + [0x20] + time(seconds) : text
  }

  private func time(_ seconds: Int) -> [UInt8] {
    func two(_ number: Int) -> [UInt8] { [UInt8(number / 10) + 0x30, UInt8(number % 10) + 0x30] }
    return two(seconds / 3600) + [0x3A] + two(seconds / 60 % 60) + [0x3A] + two(seconds % 60)
  }

  // MARK: Lines

  private func add(text: some Collection<UInt8>) {
    if text.isEmpty { return }
    let start = beginContent()
    line.append(csvText: text)
    finishContent(from: start)
  }

  private func add(bare bytes: [UInt8]) {
    let start = beginContent()
    line += bytes
    finishContent(from: start)
  }

  private func beginContent() -> Int {
    fill(to: column)
    return line.count
  }

  private func finishContent(from start: Int) {
    width = column
    cells += 1
    if !covered.isEmpty, row <= MergedCells.headRows { contents[CellPlace(row, column)] = Array(line[start...]) }
  }

  /// Writes delimiters up to the place of a column's content.
  private func fill(to column: Int) {
    if column > 1 { line.append(contentsOf: repeatElement(0x2C, count: column - max(width, 1))) }
    width = column
  }

  private func endRow() {
    if !covered.isEmpty, row <= MergedCells.headRows { showCovered() }
    if line.isEmpty {
      blankRows += 1
      return
    }
    for _ in 0..<blankRows { output += [0x0D, 0x0A] }
    blankRows = 0
    output += line
    // Cells at the end that are not there are blank, not cut off.
    if let padding, row >= padding.from, padding.width > width {
      output.append(contentsOf: repeatElement(0x2C, count: padding.width - width))
    }
    output += [0x0D, 0x0A]
  }

  /// Writes the row of the head again with what merged cells show in it.
  private func showCovered() {
    let own = covered.filter { $0.key.row == row && contents[$0.value] != nil }
    if own.isEmpty { return }
    var shown: [Int: [UInt8]] = [:]
    for (place, content) in contents where place.row == row { shown[place.column] = content }
    for (place, source) in own where shown[place.column] == nil { shown[place.column] = contents[source] }
    line.removeAll(keepingCapacity: true)
    width = 0
    for column in shown.keys.sorted() {
      fill(to: column)
      line += shown[column] ?? []
    }
  }
}
