import PolicyAnswers
import PolicyColumns
import PolicyDiagnostics
import PolicyEvaluation
import PolicyFacts
package import PolicyIR

extension Session {
  /// Makes ready to answer a table; measures nil: all that its rows can be asked for.
  package func batch(
    _ input: String, to output: String, measures: [MeasureID]?, options: BatchOptions
  ) throws(BatchFailure) -> TableBatch {
    let stream = TableStream(path: input, program: program)
    func read(_ source: any TableSource) throws(BatchFailure) -> (head: TableHead?, remarks: [TableBlock.Remark]) {
      var beginning: [UInt8] = []
      var isWhole = false
      while beginning.count < 1 << 20, !isWhole { isWhole = try !source.read(into: &beginning, atMost: 1 << 18) }
      return stream.head(beginning, isWhole: isWhole)
    }
    var address = try TableAddress(input, sheet: options.sheet) { (source) throws(BatchFailure) in
      try read(source).head != nil
    }
    address.isWritten =
      TableForm.databaseParts(output).map { FileSystem.normalized($0.file) == FileSystem.normalized(address.path) }
      ?? false
    let source = try address.open()
    let found = try read(source)
    guard let head = found.head else { throw .noHead(address.placed(found.remarks, in: [], of: source)) }
    // A column may name kinds; the first kind that some measure asks for is then the one that is answered in columns.
    let kind = head.kind ?? program.measures.compactMap { $0.object?.kind }.first ?? KindID(0)
    let asked =
      measures
      ?? program.measures.indices.map { MeasureID($0) }.filter { id in
        guard let own = program.measures[id].object?.kind else { return false }
        return head.kind == nil || own == kind
      }
    return TableBatch(
      program: program, prepared: prepared, wording: wording, measures: asked, kind: kind, head: head,
      headRemarks: address.placed(head.remarks, in: head.titles + head.header, of: source), options: options,
      input: address, output: output, stamp: [wording.date(asOf), policies.digest], asOf: asOf,
      countySlot: countySlot(of: kind))
  }

  /// The first option of a kind by which authorities are told apart.
  private func countySlot(of kind: KindID) -> Int? {
    program.kinds[kind].fields.firstIndex { id in
      guard case .option(let option) = program.fields[id].type else { return false }
      return program.authorities.contains { $0.perOption == option }
    }
  }
}

extension TableBatch {
  /// Answers the table.
  ///
  /// - Parameter tell: told of each of the first remarks on records.
  /// - Parameter progress: told of the bytes and records that are done; false ends the run, and the part stays.
  package func run(
    tell: (BatchRemark) -> Void, progress: (_ bytes: Int, _ size: Int, _ records: Int) -> Bool
  ) throws(BatchFailure) -> BatchReport {
    let reader = try input.open()
    reader.begin(head)
    let headRows = reader.headRows
    var buffer: [UInt8] = []
    var isLast = false
    let start = head.bytes.count + (head.encoding == .utf8WithMark ? 3 : 0)
    while buffer.count < start, !isLast { isLast = try !reader.read(into: &buffer, atMost: 1 << 18) }
    buffer.removeFirst(min(start, buffer.count))
    var report = BatchReport()
    report.byMeasure = Array(repeating: [:], count: measures.count)
    var kept: PartState?
    if options.resumes {
      kept = try part()
    }
    let sink = try openSink(keeping: kept, beside: reader)
    if kept == nil { try sink.begin(head.titles + Array(headLine.utf8)) }
    report.kept = kept?.records ?? 0
    let stream = TableStream(path: input.path, program: program)
    // Each thread works with its own.
    nonisolated(unsafe) let workers = (0..<max(1, options.threads)).map { _ in BatchWorker(self, stream) }
    nonisolated(unsafe) let outputs = workers.map { _ in OutputBuffer() }
    var (records, lines, bytes, told, done) = (0, 0, start, 0, 0)
    while true {
      var parts: [(range: Range<Int>, records: Int, lines: Int, faults: [TableFault])] = []
      while parts.count < workers.count {
        let skips = records < report.kept
        let most = skips ? min(report.kept - records, ColumnEvaluator.chunkSize) : ColumnEvaluator.chunkSize
        var whole = stream.whole(buffer[done...], head, atMost: most, isLast: isLast)
        while whole.records < most, !isLast, buffer.count - done < Self.longestRecord {
          if parts.isEmpty {
            buffer.removeFirst(done)
            done = 0
          }
          isLast = try !reader.read(into: &buffer, atMost: 1 << 20)
          whole = stream.whole(buffer[done...], head, atMost: most, isLast: isLast)
        }
        if whole.records == 0 {
          if done == buffer.count { break }
          throw .endless(line: head.lines + lines + 1)
        }
        let part = done..<done + whole.bytes
        let faults = reader.takeFaults(upTo: head.lines + lines + whole.lines)
        if !skips { parts.append((part, records - headRows, lines - headRows, faults)) }
        (records, lines) = (records + whole.records, lines + whole.lines)
        (bytes, done) = (bytes + whole.bytes, part.upperBound)
      }
      if parts.isEmpty { break }
      let (ready, text) = (parts, buffer)
      let reports = inParallel(parts.count) { place in
        let part = ready[place]
        workers[place].decide(text[part.range], recordsBefore: part.records, linesBefore: part.lines)
        workers[place].reader.block.add(part.faults, from: head.lines + part.lines + headRows + 1)
        return count(workers[place])
      }
      let open = parts.indices.first { workers[$0].reader.block.openQuote != nil }
      try write(Array(workers.prefix(open ?? parts.count)), outputs, to: sink)
      for (place, part) in zip(reports.indices, parts.prefix(open ?? parts.count)) {
        let block = workers[place].reader.block
        report.add(reports[place])
        let shown = firstRemarks(
          max(0, Self.toldRemarks - told), of: block.remarks, part.faults, in: buffer[part.range],
          from: head.lines + part.lines + headRows + 1, of: reader)
        for remark in shown { tell(remark) }
        let found = block.remarks.count + part.faults.count
        report.remarks += found - shown.count
        told += found
      }
      if let line = open.flatMap({ workers[$0].reader.block.openQuote }) { throw .endless(line: line) }
      reader.forget(before: head.lines + lines + 1)
      // What was read ahead isn't answered yet.
      let ahead = buffer.count - done
      let whole = reader.done - ahead * reader.done / max(1, bytes + ahead)
      if !progress(whole, reader.size, records - report.kept) { throw .interrupted }
    }
    try sink.finish()
    report.notes = reader.remarks
    return report
  }

  /// Writes the last blocks of workers, some rows at once, worded by as many threads as there are outputs.
  private func write(
    _ workers: [BatchWorker], _ outputs: [OutputBuffer], to sink: any TableSink
  ) throws(BatchFailure) {
    var pieces: [(worker: Int, rows: Range<Int>)] = []
    for (place, worker) in workers.enumerated() {
      let (count, most) = (worker.reader.block.rows.count, rowsAtOnce(worker))
      for first in stride(from: 0, to: count, by: most) { pieces.append((place, first..<min(first + most, count))) }
    }
    // Each thread reads what is settled and writes to an output of its own.
    nonisolated(unsafe) let (workers, outputs) = (workers, outputs)
    for first in stride(from: 0, to: pieces.count, by: outputs.count) {
      let ready = Array(pieces[first..<min(first + outputs.count, pieces.count)])
      _ = inParallel(ready.count) { place in
        write(ready[place].rows, of: workers[ready[place].worker], to: outputs[place])
      }
      for place in ready.indices { try sink.write(outputs[place].bytes) }
    }
  }
}
