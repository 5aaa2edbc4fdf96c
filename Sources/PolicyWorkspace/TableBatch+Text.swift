import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyFacts
import PolicyIR

extension TableBatch {
  /// The header with the heads of what is added.
  var headLine: String {
    String(decoding: head.header, as: UTF8.self) + head.delimiter
      + addedHeads.map { csvCell($0, head.delimiter) }.joined(separator: head.delimiter) + "\r\n"
  }

  /// The rows of a block with their answers.
  func text(of block: TableBlock, _ worker: BatchWorker) -> (bytes: [UInt8], report: BatchReport) {
    let numbers = worker.decide(block.subjects)
    let width = measures.count
    let delimiter = Array(head.delimiter.utf8)
    let tail = Array((stamp.map { csvCell($0, head.delimiter) }.joined(separator: head.delimiter) + "\r\n").utf8)
    let names = measures.map { delimiter + Array(csvCell(program.measures[$0].name, head.delimiter).utf8) }
    var empty: [UInt8] = []
    for _ in options.columns { empty += delimiter }
    var report = BatchReport()
    var uses = Uses(answers: worker.answers.count)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(block.text.count * 4)
    for row in block.rows {
      var end = delimiter
      if !row.remarks.isEmpty {
        let remarks = row.remarks.map { $0[wording.language] }.joined(separator: wording.say("；", "; "))
        end += csvCell(remarks, head.delimiter).utf8
      }
      end += delimiter + tail
      func begin() {
        bytes += block.text[row.range]
        // A record that ends before the header does is filled up, so that its answers stand under their heads.
        for _ in 0..<max(0, head.width - row.cells) { bytes += delimiter }
      }
      if row.subject != nil { report.answered += 1 }
      if row.isFaulty { report.faulty += 1 }
      if !options.isLong { begin() }
      for place in measures.indices {
        if options.isLong {
          begin()
          bytes += names[place]
        }
        if let subject = row.subject {
          bytes += worker.answers[Int(numbers[subject * width + place])].bytes
        } else {
          bytes += empty
        }
        if options.isLong { bytes += end }
      }
      if !options.isLong { bytes += end }
      if let subject = row.subject {
        uses.add(numbers[(subject * width)..<((subject + 1) * width)], county: county(of: block.subjects[subject]))
      }
    }
    uses.report(worker.answers, measures: width, into: &report) { county in
      county.map { wording.fact($0, countyOption.map { .option($0) } ?? .truth) }
    }
    return (bytes, report)
  }

  /// The cells of an answer, each behind a delimiter.
  func bytes(of cells: BatchCells, _ measure: MeasureID) -> [UInt8] {
    var text = ""
    for column in options.columns {
      let cell =
        switch column {
        case .answer: wording.label(cells.label)
        case .amount: cells.amount
        case .clause: wording.clause(program.measures[measure].origin)
        case .quote: program.measures[measure].origin.quotes.map(\.text).joined(separator: "／")
        case .departments: cells.departments
        case .lacking: cells.lacking
        }
      text += head.delimiter + csvCell(cell, head.delimiter)
    }
    return Array(text.utf8)
  }

  /// The county of a subject, as a fact; nil where its kind has none.
  private func county(of subject: Subject) -> Fact? {
    subject.kind == kind ? countySlot.map { subject.facts[$0] } : nil
  }
}

/// How often each answer is given, by county.
private struct Uses {
  private let answers: Int
  private var counties: [Fact?: [Int]] = [:]

  init(answers: Int) { self.answers = answers }

  mutating func add(_ numbers: ArraySlice<Int32>, county: Fact?) {
    for number in numbers { counties[county, default: Array(repeating: 0, count: answers)][Int(number)] += 1 }
  }

  func report(_ worded: [BatchAnswer], measures: Int, into report: inout BatchReport, _ name: (Fact?) -> String?) {
    report.byMeasure = Array(repeating: [:], count: measures)
    for (county, counts) in counties {
      let county = name(county)
      for (number, count) in counts.enumerated() where count > 0 {
        let (measure, cells) = (worded[number].measure, worded[number].cells)
        report.byMeasure[measure][cells.label, default: 0] += count
        if let county { report.byCounty[county, default: [:]][cells.label, default: 0] += count }
        for authority in cells.authorities {
          report.byAuthority[authority, default: [:]][cells.label, default: 0] += count
        }
      }
    }
  }
}

/// A cell that no office program takes for a formula, in quotes where it must be.
func csvCell(_ cell: String, _ delimiter: String) -> String {
  var text = cell
  if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
  guard text.utf8.contains(where: { $0 == 0x22 || (0x0A...0x0D).contains($0) }) || text.contains(delimiter) else {
    return text
  }
  return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
