import Glibc
import PolicyAnswers
import PolicyColumns
import PolicyDiagnostics
import PolicyEvaluation
import PolicyFacts
import PolicyIR
import PolicyText
import PolicyValues
import PolicyWorkspace

/// Prints the time of the twelve rules over many projects: in memory on one thread and two, and from CSV to CSV.
func measureColumns(count: Int, folder: String) {
  let set = TwelveRules.load()
  let asOf = CivilDate(year: 2024, month: 6, day: 1)!
  let prepared = PreparedProgram(set.program)
  let program = ColumnProgram(prepared, kind: KindID(0), asOf: asOf)
  for (place, measure) in program.measures.enumerated() {
    require(program.refusal(of: place) == nil, "\(set.program.measures[measure].name) is not compiled")
  }
  print("the twelve rules, \(count) projects, seed 36")
  var load = [Double](repeating: 0, count: 3)
  getloadavg(&load, 3)
  row("load of the machine (1, 5, 15 minutes)", load.map { decimals($0, 2) }.joined(separator: " "))
  for missing in [false, true] {
    print(missing ? "\n10 % of the values missing" : "\ncomplete")
    var records = TwelveRules(set.program, seed: 36, missing: missing)
    var table = ColumnTable(KindID(0), in: set.program)
    var sample: [Subject] = []
    for number in 0..<count {
      let subject = records.next()
      table.append(subject)
      if number < 20_000 { sample.append(subject) }
    }
    check(program, sample, prepared, asOf)
    let (full, known) = (table, sample)
    var sink = 0
    var verdicts = ColumnVerdicts()
    func decide(_ threads: Int) {
      decideAll(program, full, threads: threads, into: &verdicts) { known[$0 % known.count] }
      require(verdicts.interpreted == 0, "the interpreter was asked")
      sink += Int(verdicts.verdict(of: 0, at: count - 1).rawValue)
    }
    let cpu = interleavedMedians(rounds: 9, [{ decide(1) }, { decide(2) }]).map { $0 / Double(count) }
    let wall = [1, 2].map { threads in
      median((0..<9).map { _ in elapsed { decide(threads) } }) / Double(count)
    }
    row("verdicts, one thread", "\(decimals(cpu[0], 2)) ns of processor time, \(decimals(wall[0], 2)) ns of the wall")
    row("verdicts, two threads", "\(decimals(cpu[1], 2)) ns of processor time, \(decimals(wall[1], 2)) ns of the wall")
    row("with the reasons of every unknown one", "\(decimals(reasons(program, full, known), 1)) ns of processor time")
    var evaluation = Evaluation(prepared)
    let one = interleavedMedians(
      rounds: 3, [{ for subject in known { sink += evaluation.verdicts(for: subject, asOf: asOf).count } }])
    row("the interpreter, the same", "\(decimals(one[0] / Double(known.count), 1)) ns of processor time")
    require(sink > 0, "nothing was done")
  }
  measureTables(set, asOf, count: min(count, 1_000_000), folder: folder)
}

/// Every verdict and reason of a sample against the interpreter's.
private func check(_ program: ColumnProgram, _ sample: [Subject], _ prepared: PreparedProgram, _ asOf: CivilDate) {
  var table = ColumnTable(KindID(0), in: prepared.program)
  for subject in sample { table.append(subject) }
  var verdicts = ColumnVerdicts()
  decideAll(program, table, threads: 2, into: &verdicts) { sample[$0] }
  var evaluation = Evaluation(prepared)
  let evaluator = ColumnEvaluator(program)
  for (place, subject) in sample.enumerated() {
    if place % ColumnEvaluator.chunkSize == 0 { evaluator.decide(table, from: place) { sample[$0] } }
    for (measure, decision) in evaluation.decisions(for: subject, asOf: asOf).decisions.enumerated() {
      require(verdicts.verdict(of: measure, at: place) == decision.verdict, "\(measure) of \(place)")
      let reasons = evaluator.reasons(of: measure, at: place % ColumnEvaluator.chunkSize)
      require(reasons?.map { program.reasons[Int($0)] } == decision.reasons.map(\.reason), "reasons of \(measure)")
    }
  }
}

/// The time of all verdicts with a mask of rows for each reason of each unknown one, per project.
func reasons(_ program: ColumnProgram, _ table: ColumnTable, _ known: [Subject], rounds: Int = 9) -> Double {
  let evaluator = ColumnEvaluator(program)
  var masks: [UInt64] = []
  func all() {
    masks.removeAll(keepingCapacity: true)
    for first in stride(from: 0, to: table.count, by: ColumnEvaluator.chunkSize) {
      evaluator.decide(table, from: first) { known[$0 % known.count] }
      for measure in program.measures.indices {
        let isCollected = evaluator.reasonRows(of: measure) { reason, rows in
          masks.append(UInt64(reason))
          masks.append(contentsOf: rows)
        }
        require(isCollected, "the interpreter has to be asked")
      }
    }
  }
  return interleavedMedians(rounds: rounds, [all])[0] / Double(table.count)
}

private func measureTables(_ set: PolicySet, _ asOf: CivilDate, count: Int, folder: String) {
  mkdir(folder, 0o755)
  print("\nfrom CSV to CSV, the answer of each rule in a column")
  for missing in [false, true] {
    let input = folder + (missing ? "/missing.csv" : "/complete.csv")
    let size = writeTable(set.program, missing: missing, count: count, to: input)
    row("\(missing ? "missing" : "complete"), \(size / count) bytes a row", "")
    row("  read and typed, one thread", "\(decimals(reading(input, set.program, count), 0)) ns of processor time")
    let session = Session(policies: set, asOf: asOf, language: .zh)
    for threads in [1, 2] {
      var options = BatchOptions(columns: [.answer])
      options.threads = threads
      let start = (processorTime(), systemTime())
      var answered = 0
      let wall = elapsed {
        do {
          let batch = try session.batch(input, to: folder + "/out.csv", measures: nil, options: options)
          answered = try batch.run(tell: { fail("\($0.diagnostic.primary.message.en)") }, progress: { _, _, _ in true })
            .answered
        } catch { fail("can't answer \(input): \(error)") }
      }
      require(answered == count, "\(answered) rows answered")
      let cpu = processorTime() - start.0
      row(
        "  answered and written, \(threads) thread\(threads > 1 ? "s" : "")",
        "\(decimals(cpu / Double(count), 0)) ns of processor time, "
          + "\(decimals((systemTime() - start.1) / Double(count), 0)) of them the system's (files); "
          + "\(decimals(wall / Double(count), 0)) ns of the wall")
    }
    unlink(folder + "/out.csv")
    unlink(input)
  }
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  row("greatest memory of the whole run", "\(usage.ru_maxrss / 1024) MB (the tables in memory above among it)")
}

/// Writes records as a table; returns its size.
func writeTable(_ program: Program, missing: Bool, count: Int, to path: String) -> Int {
  var records = TwelveRules(program, seed: 36, missing: missing)
  var text = TwelveRules.header(program)
  for number in 0..<count { text += records.line(records.next(), number + 1) }
  do { try FileSystem.write(text, to: path) } catch { fail("can't write \(path)") }
  return text.utf8.count
}

/// Reads a table into vectors, block by block.
func readVectors(_ path: String, _ program: Program, _ body: (_ reader: VectorReader, _ recordsBefore: Int) -> Void) {
  let stream = TableStream(path: path, program: program)
  do {
    var buffer: [UInt8] = []
    let file = try FileReader(path)
    var isLast = try !file.read(into: &buffer, atMost: 1 << 20)
    guard let head = stream.head(buffer, isWhole: false).head else { fail("no head in \(path)") }
    let reader = VectorReader(stream, head, kind: KindID(0), in: program, capacity: ColumnEvaluator.chunkSize)
    var (done, records) = (head.bytes.count, 0)
    while true {
      var whole = stream.whole(buffer[done...], head, atMost: reader.capacity, isLast: isLast)
      while whole.records < reader.capacity, !isLast {
        buffer.removeFirst(done)
        done = 0
        isLast = try !file.read(into: &buffer, atMost: 1 << 20)
        whole = stream.whole(buffer[done...], head, atMost: reader.capacity, isLast: isLast)
      }
      if whole.records == 0 { return }
      reader.read(buffer[done..<done + whole.bytes], recordsBefore: records, linesBefore: records)
      require(reader.block.rows.allSatisfy { $0.apart < 0 }, "a row is not plain")
      body(reader, records)
      (done, records) = (done + whole.bytes, records + whole.records)
    }
  } catch { fail("can't read \(path): \(error)") }
}

/// The time of reading a table into vectors, the file among it, in nanoseconds of the processor per record; median of five.
private func reading(_ path: String, _ program: Program, _ count: Int) -> Double {
  interleavedMedians(
    rounds: 5,
    [
      {
        var rows = 0
        readVectors(path, program) { reader, _ in rows += reader.block.rows.count }
        require(rows == count, "\(rows) records")
      }
    ])[0] / Double(count)
}

/// The time that the system worked for this process, in nanoseconds.
func systemTime() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_stime.tv_sec) * 1e9 + Double(usage.ru_stime.tv_usec) * 1e3
}

/// The time of the wall in nanoseconds.
func elapsed(_ body: () -> Void) -> Double {
  let duration = ContinuousClock().measure(body).components
  return Double(duration.seconds) * 1e9 + Double(duration.attoseconds) / 1e9
}
