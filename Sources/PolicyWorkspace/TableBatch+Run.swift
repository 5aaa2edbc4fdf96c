import PolicyAnswers
import PolicyColumns
import PolicyDiagnostics
import PolicyEvaluation
package import PolicyFacts
package import PolicyIR

extension Session {
  /// Makes ready to answer a table; measures nil: all that its rows can be asked for.
  package func batch(
    _ input: String, to output: String, measures: [MeasureID]?, options: BatchOptions
  ) throws(BatchFailure) -> TableBatch {
    var beginning: [UInt8] = []
    var isWhole = false
    do throws(FileFailure) {
      let reader = try FileReader(input)
      while beginning.count < 1 << 20, !isWhole { isWhole = try !reader.read(into: &beginning, atMost: 1 << 18) }
    } catch { throw .file(error) }
    let stream = TableStream(path: input, program: program)
    let found = stream.head(beginning, isWhole: isWhole)
    guard let head = found.head else { throw .noHead(found.remarks) }
    // A column may name kinds; the first kind that some measure asks for is then the one that is answered in columns.
    let kind = head.kind ?? program.measures.compactMap { $0.object?.kind }.first ?? KindID(0)
    let asked =
      measures
      ?? program.measures.indices.map { MeasureID($0) }.filter { id in
        guard let own = program.measures[id].object?.kind else { return false }
        return head.kind == nil || own == kind
      }
    return TableBatch(
      program: program, prepared: prepared, wording: wording, measures: asked, kind: kind, head: head, options: options,
      input: input, output: output, stamp: [wording.date(asOf), policies.digest], asOf: asOf,
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
    tell: (TableBlock.Remark) -> Void, progress: (_ bytes: Int, _ size: Int, _ records: Int) -> Bool
  ) throws(BatchFailure) -> BatchReport {
    let result: Result<BatchReport, BatchFailure>
    do throws(FileFailure) { result = try answer(tell, progress) } catch { throw .file(error) }
    switch result {
    case .success(let report): return report
    case .failure(let failure): throw failure
    }
  }

  private func answer(
    _ tell: (TableBlock.Remark) -> Void, _ progress: (Int, Int, Int) -> Bool
  ) throws(FileFailure) -> Result<BatchReport, BatchFailure> {
    let reader = try FileReader(input)
    var buffer: [UInt8] = []
    var isLast = false
    let start = head.bytes.count + (head.encoding == .utf8WithMark ? 3 : 0)
    while buffer.count < start, !isLast { isLast = try !reader.read(into: &buffer, atMost: 1 << 18) }
    buffer.removeFirst(min(start, buffer.count))
    var report = BatchReport()
    report.byMeasure = Array(repeating: [:], count: measures.count)
    var kept: PartState?
    if options.resumes {
      switch try part() {
      case .success(let state): kept = state
      case .failure(let failure): return .failure(failure)
      }
    }
    let file = try PartFile(output, keeping: kept?.bytes)
    if kept == nil { try file.write([0xEF, 0xBB, 0xBF] + head.titles + Array(headLine.utf8)) }
    report.kept = kept?.records ?? 0
    let stream = TableStream(path: input, program: program)
    // Each thread works with its own.
    nonisolated(unsafe) let workers = (0..<max(1, options.threads)).map { _ in BatchWorker(self, stream) }
    var (records, lines, bytes, told, done) = (0, 0, start, 0, 0)
    while true {
      var parts: [(range: Range<Int>, records: Int, lines: Int)] = []
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
          return .failure(.endless(line: head.lines + lines + 1))
        }
        let part = done..<done + whole.bytes
        if !skips { parts.append((part, records, lines)) }
        (records, lines) = (records + whole.records, lines + whole.lines)
        (bytes, done) = (bytes + whole.bytes, part.upperBound)
      }
      if parts.isEmpty { break }
      let (ready, text) = (parts, buffer)
      let reports = inParallel(parts.count) { place in
        workers[place].decide(
          text[ready[place].range], recordsBefore: ready[place].records, linesBefore: ready[place].lines)
        return write(workers[place])
      }
      for (place, part) in reports.enumerated() {
        let block = workers[place].reader.block
        if let line = block.openQuote { return .failure(.endless(line: line)) }
        try file.write(workers[place].output.bytes)
        report.add(part)
        for remark in block.remarks {
          if told < Self.toldRemarks { tell(remark) } else { report.remarks += 1 }
          told += 1
        }
      }
      if !progress(bytes, reader.size, records) { return .failure(.interrupted) }
    }
    try file.finish()
    return .success(report)
  }
}
