import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyFacts
import PolicyIR
import PolicyText

extension TableBatch {
  /// The header with the heads of what is added.
  var headLine: String {
    String(decoding: head.header, as: UTF8.self) + head.delimiter
      + addedHeads.map { csvCell($0, head.delimiter) }.joined(separator: head.delimiter) + "\r\n"
  }

  /// The rows of a block with their answers.
  func text(of block: TableBlock, _ worker: inout BatchWorker) -> (bytes: [UInt8], report: BatchReport) {
    var report = BatchReport()
    report.byMeasure = Array(repeating: [:], count: measures.count)
    let answers = worker.cells(of: block.subjects)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(block.text.count * 2)
    let tail = stamp.map { csvCell($0, head.delimiter) }.joined(separator: head.delimiter)
    for row in block.rows {
      let start = row.range
      var input = block.text[start]
      // A record that ends before the header does is filled up, so that its answers stand under their heads.
      let gaps = String(repeating: head.delimiter, count: max(0, head.width - row.cells))
      input.append(contentsOf: gaps.utf8)
      let cells = row.subject.map { answers[$0] }
      let marks = row.remarks.map { $0[wording.language] }.joined(separator: wording.say("；", "; "))
      let end = head.delimiter + csvCell(marks, head.delimiter) + head.delimiter + tail + "\r\n"
      if cells != nil { report.answered += 1 }
      if row.isFaulty { report.faulty += 1 }
      if !options.isLong { bytes.append(contentsOf: input) }
      for place in measures.indices {
        if options.isLong {
          bytes.append(contentsOf: input)
          bytes.append(
            contentsOf: (head.delimiter + csvCell(program.measures[measures[place]].name, head.delimiter)).utf8)
        }
        for column in options.columns {
          bytes.append(contentsOf: head.delimiter.utf8)
          if let cells {
            bytes.append(contentsOf: csvCell(cell(column, cells[place], measures[place]), head.delimiter).utf8)
          }
        }
        if options.isLong { bytes.append(contentsOf: end.utf8) }
      }
      if !options.isLong { bytes.append(contentsOf: end.utf8) }
      if let cells, let subject = row.subject { count(cells, block.subjects[subject], &report) }
    }
    return (bytes, report)
  }

  private func cell(_ column: BatchColumn, _ cells: BatchCells, _ measure: MeasureID) -> String {
    switch column {
    case .answer: wording.label(cells.label)
    case .amount: cells.amount
    case .clause: wording.clause(program.measures[measure].origin)
    case .quote: program.measures[measure].origin.quotes.map(\.text).joined(separator: "／")
    case .departments: cells.departments
    case .lacking: cells.lacking
    }
  }

  private func count(_ cells: [BatchCells], _ subject: Subject, _ report: inout BatchReport) {
    let county = county(of: subject)
    for (place, cell) in cells.enumerated() {
      report.byMeasure[place][cell.label, default: 0] += 1
      if let county { report.byCounty[county, default: [:]][cell.label, default: 0] += 1 }
      for name in cell.authorities { report.byAuthority[name, default: [:]][cell.label, default: 0] += 1 }
    }
  }

  /// The county of a subject; nil where its kind has none.
  private func county(of subject: Subject) -> String? {
    for (slot, id) in program.kinds[subject.kind].fields.enumerated() {
      guard case .option(let option) = program.fields[id].type, option == countyOption else { continue }
      return wording.fact(subject.facts[slot], program.fields[id].type)
    }
    return nil
  }
}

/// A cell that no office program takes for a formula, in quotes where it must be.
func csvCell(_ cell: String, _ delimiter: String) -> String {
  var text = cell
  if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
  guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) || text.contains(delimiter) else {
    return text
  }
  return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
