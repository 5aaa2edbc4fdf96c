import PolicyAnswers
import PolicyColumns
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

  /// How many rows of the last block of a worker are written at once, so that the output stays small.
  func rowsAtOnce(_ worker: BatchWorker) -> Int {
    let block = worker.reader.block
    let perRow = block.text.count / max(1, block.rows.count) + measures.count * worker.answers.longest
    return max(1, Self.outputSize / max(1, options.isLong ? perRow * measures.count : perRow))
  }

  /// About how many bytes of output are held by each thread.
  private static var outputSize: Int { 1 << 21 }

  /// Writes rows of the last block of a worker with their answers.
  func write(_ rows: Range<Int>, of worker: BatchWorker, to output: OutputBuffer) {
    let block = worker.reader.block
    let frame = RowFrame(self)
    output.removeAll()
    block.text.withUnsafeBufferPointer { text in
      worker.answers.text.withUnsafeBufferPointer { said in
        worker.answers.starts.withUnsafeBufferPointer { starts in
          for row in rows {
            let place = block.rows[row]
            let own = UnsafeBufferPointer(rebasing: text[Int(place.start)..<Int(place.end)])
            if place.apart < 0, !options.isLong {
              writePlain(own, row, frame, worker, output, said, starts)
            } else {
              write(own, row, frame, worker, output, said, starts)
            }
          }
        }
      }
    }
  }

  /// What stands around the answers of rows.
  struct RowFrame {
    var delimiter: [UInt8]
    var tail: [UInt8]
    /// What follows the answers of a row of which nothing is to be said.
    var plainEnd: [UInt8]
    /// The names of measures, and cells for rows without an answer, each behind a delimiter.
    var names: [[UInt8]]
    var empty: [UInt8]

    init(_ batch: TableBatch) {
      let delimiter = Array(batch.head.delimiter.utf8)
      let stamp = batch.stamp.map { csvCell($0, batch.head.delimiter) }.joined(separator: batch.head.delimiter)
      self.delimiter = delimiter
      tail = Array((stamp + "\r\n").utf8)
      plainEnd = delimiter + delimiter + tail
      names = batch.measures.map {
        delimiter + Array(csvCell(batch.program.measures[$0].name, batch.head.delimiter).utf8)
      }
      empty = batch.options.columns.flatMap { _ in delimiter }
    }
  }

  /// Writes a plain row with an answer for each measure.
  private func writePlain(
    _ text: UnsafeBufferPointer<UInt8>, _ row: Int, _ frame: borrowing RowFrame, _ worker: BatchWorker,
    _ output: OutputBuffer, _ said: UnsafeBufferPointer<UInt8>, _ starts: UnsafeBufferPointer<Int32>
  ) {
    let (count, end, stride, size) = (
      measures.count, frame.plainEnd.count, BatchAnswers.stride, ColumnEvaluator.chunkSize
    )
    let room = output.room(for: text.count + count * worker.answers.longest + end + stride)
    var next = room
    text.baseAddress.map { next.update(from: $0, count: text.count) }
    next += text.count
    if let said = said.baseAddress {
      var numbers = worker.numbers + row
      for _ in 0..<count {
        let number = Int(numbers[0])
        let start = Int(starts[number])
        let length = Int(starts[number &+ 1]) &- start
        // A copy of a fixed length takes two instructions; what it writes too much is written over.
        if length <= stride {
          UnsafeMutableRawPointer(next).copyMemory(from: said + start, byteCount: stride)
        } else {
          next.update(from: said + start, count: length)
        }
        next += length
        numbers += size
      }
    }
    frame.plainEnd.withUnsafeBufferPointer { next.update(from: $0.baseAddress!, count: end) }
    output.took(next - room + end)
  }

  /// Writes any row.
  private func write(
    _ text: UnsafeBufferPointer<UInt8>, _ row: Int, _ frame: RowFrame, _ worker: BatchWorker,
    _ output: OutputBuffer, _ said: UnsafeBufferPointer<UInt8>, _ starts: UnsafeBufferPointer<Int32>
  ) {
    let block = worker.reader.block
    let other = block.other(row)
    let hasSubject = block.hasSubject(row)
    let end = other.map { frame.delimiter + remarkCell($0) + frame.delimiter + frame.tail } ?? frame.plainEnd
    func begin() {
      output.append(text)
      // A record that ends before the header does is filled up, so that its answers stand under their heads.
      if let other { for _ in 0..<max(0, head.width - other.cells) { output.append(frame.delimiter) } }
    }
    if !options.isLong { begin() }
    for place in measures.indices {
      if options.isLong {
        begin()
        output.append(frame.names[place])
      }
      if hasSubject {
        let number = Int(worker.numbers[place * ColumnEvaluator.chunkSize + row])
        output.append(UnsafeBufferPointer(rebasing: said[Int(starts[number])..<Int(starts[number + 1])]))
      } else {
        output.append(frame.empty)
      }
      if options.isLong { output.append(end) }
    }
    if !options.isLong { output.append(end) }
  }

  private func remarkCell(_ row: TableBlock.Row) -> [UInt8] {
    if row.remarks.isEmpty { return [] }
    let remarks = row.remarks.map { $0[wording.language] }.joined(separator: wording.say("；", "; "))
    return Array(csvCell(remarks, head.delimiter).utf8)
  }

  /// Counts the rows of the last block of a worker, and its answers by measure, county and authority.
  func count(_ worker: BatchWorker) -> BatchReport {
    var report = BatchReport()
    report.byMeasure = Array(repeating: [:], count: measures.count)
    let block = worker.reader.block
    for (row, entry) in block.rows.enumerated() {
      if entry.apart < 0 || block.hasSubject(row) { report.answered += 1 }
      if entry.apart >= 0, block.other(row)?.isFaulty == true { report.faulty += 1 }
    }
    let county = countySlot.map { block.vectors[$0] }
    let values = countyOption.map { program.optionTypes[$0].values.count } ?? 0
    // Places for every state and value of the county, and one for rows of other kinds.
    let (states, tallies) = (FactVector.State.allCases.count, worker.answers.tallies.count)
    var counts = [Int](repeating: 0, count: (states + values + 1) * tallies)
    let size = ColumnEvaluator.chunkSize
    counts.withUnsafeMutableBufferPointer { counts in
      worker.answers.tallyOf.withUnsafeBufferPointer { tallyOf in
        for (row, entry) in block.rows.enumerated() where entry.apart < 0 || block.hasSubject(row) {
          var place = states + values
          if let county, entry.apart < 0 || block.hasSubject(row, of: kind) {
            let number = county.small[row]
            place = number < FactVector.leastSmall ? Int(number &- Int32.min) : states + Int(number)
          }
          var numbers = worker.numbers + row
          for _ in 0..<measures.count {
            counts[place &* tallies &+ Int(tallyOf[Int(numbers[0])])] &+= 1
            numbers += size
          }
        }
      }
    }
    for place in 0...(states + values) {
      let fact: Fact? =
        switch place {
        case states + values: nil
        case states...: .value(.option(Int32(place - states)))
        case FactVector.State.notKnown.rawValue: .notKnown
        case FactVector.State.notApplicable.rawValue: .notApplicable
        default: .missing
        }
      let name = fact.flatMap { fact in countyOption.map { wording.fact(fact, .option($0)) } }
      for (number, tally) in worker.answers.tallies.enumerated() where counts[place * tallies + number] > 0 {
        report.add(counts[place * tallies + number], tally, county: county == nil ? nil : name)
      }
    }
    return report
  }

  /// A cell behind a delimiter.
  func cell(_ text: String) -> [UInt8] { Array((head.delimiter + csvCell(text, head.delimiter)).utf8) }
}

extension BatchReport {
  /// Counts an answer so many times.
  fileprivate mutating func add(_ count: Int, _ tally: BatchTally, county: String?) {
    byMeasure[tally.measure][tally.label, default: 0] += count
    if let county { byCounty[county, default: [:]][tally.label, default: 0] += count }
    for authority in tally.authorities { byAuthority[authority, default: [:]][tally.label, default: 0] += count }
  }
}

/// A cell that no office program takes for a formula, in quotes where it must be.
func csvCell(_ cell: String, _ delimiter: String) -> String {
  var text = cell
  if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
  guard needsQuotes(text, Array(delimiter.utf8)) else { return text }
  return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

/// Whether a cell holds a quote, a line end or a delimiter.
private func needsQuotes(_ cell: String, _ delimiter: [UInt8]) -> Bool {
  var cell = cell
  return cell.withUTF8 { bytes in
    for (place, byte) in bytes.enumerated() {
      if byte == 0x22 || (0x0A...0x0D).contains(byte) { return true }
      if byte == delimiter[0], bytes[place...].starts(with: delimiter) { return true }
    }
    return false
  }
}
