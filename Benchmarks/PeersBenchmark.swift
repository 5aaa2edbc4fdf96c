import Glibc
import PolicyAnswers
import PolicyColumns
import PolicyDiagnostics
import PolicyEvaluation
import PolicyFacts
import PolicyIR
import PolicyValues
import PolicyWorkspace

private let asOf = CivilDate(year: 2024, month: 6, day: 1)!
private let sample = 1000

/// Writes what other engines are measured with: the records as tables, complete and with missing values, the answers of the first thousand
/// as y, n and ?, the rules as a policy, and a table of one record.
func writePeerData(count: Int, folder: String) {
  let set = TwelveRules.load()
  let prepared = PreparedProgram(set.program)
  mkdir(folder, 0o755)
  mkdir(folder + "/十二项", 0o755)
  do {
    try FileSystem.write(TwelveRules.rules, to: folder + "/十二项/规则.tiaoli")
    try FileSystem.write(TwelveRules.text, to: folder + "/十二项/原文.txt")
    for missing in [false, true] {
      let name = folder + (missing ? "/missing" : "/complete")
      _ = writeTable(set.program, missing: missing, count: count, to: name + ".csv")
      var records = TwelveRules(set.program, seed: 36, missing: missing)
      var evaluation = Evaluation(prepared)
      var lines = ""
      for number in 0..<min(sample, count) {
        let subject = records.next()
        if number == 0, !missing {
          try FileSystem.write(
            TwelveRules.header(set.program) + records.line(subject, 1), to: folder + "/one.csv")
        }
        let decisions = evaluation.decisions(for: subject, asOf: asOf).decisions
        lines += decisions.map { $0.verdict == .yes ? "y" : $0.verdict == .no ? "n" : "?" }.joined() + "\n"
      }
      try FileSystem.write(lines, to: name + ".txt")
    }
  } catch { fail("can't write to \(folder)") }
}

/// One round: each figure as its name, a tab and nanoseconds of the processor; the answers were checked by the other benchmarks.
func measureForPeers(count: Int, folder: String) {
  let set = TwelveRules.load()
  let prepared = PreparedProgram(set.program)
  let program = ColumnProgram(prepared, kind: KindID(0), asOf: asOf)
  var sink = 0
  func print(_ name: String, _ nanoseconds: Double) { Swift.print("\(name)\t\(decimals(nanoseconds, 4))") }
  for missing in [false, true] {
    let name = missing ? "missing" : "complete"
    let path = folder + "/\(name).csv"
    var records = TwelveRules(set.program, seed: 36, missing: missing)
    var table = ColumnTable(KindID(0), in: set.program)
    var some: [Subject] = []
    for number in 0..<count {
      let subject = records.next()
      table.append(subject)
      if number < sample { some.append(subject) }
    }
    let (full, known) = (table, some)
    var verdicts = ColumnVerdicts()
    func batch(_ threads: Int) {
      decideAll(program, full, threads: threads, into: &verdicts) { known[$0 % known.count] }
      sink += Int(verdicts.verdict(of: 0, at: count - 1).rawValue)
    }
    batch(1)
    print("batch-\(name)", spent { batch(1) } / Double(count))
    let wall = (1...2).map { threads in elapsed { batch(threads) } }
    print("threads-speedup-\(name)", wall[0] / wall[1])
    print("reasons-\(name)", reasons(program, full, known, rounds: 1))
    print(
      "reading-\(name)",
      spent { readVectors(path, set.program) { reader, _ in sink += reader.block.rows.count } } / Double(count))
    let evaluator = ColumnEvaluator(program)
    var block = ColumnTable(KindID(0), in: set.program)
    let answered = spent {
      readVectors(path, set.program) { reader, before in
        block.take(reader.block.vectors, rows: reader.block.rows.count)
        evaluator.decide(block, from: 0) { reader.subject(at: $0, recordsBefore: before) }
        sink += Int(evaluator.verdict(of: 0, at: 0).rawValue)
      }
    }
    print("answered-\(name)", answered / Double(count))
    let session = Session(policies: set, asOf: asOf, language: .zh)
    let system = systemTime()
    let written = spent {
      do {
        let batch = try session.batch(
          path, to: folder + "/out.csv", measures: nil, options: BatchOptions(columns: [.answer]))
        sink += try batch.run(tell: { _ in fail("a remark") }, progress: { _, _, _ in true }).answered
      } catch { fail("can't answer \(path): \(error)") }
    }
    print("csv-\(name)", written / Double(count))
    print("csv-system-\(name)", (systemTime() - system) / Double(count))
    unlink(folder + "/out.csv")
  }
  require(sink > 0, "nothing was done")
}

private func spent(_ body: () -> Void) -> Double {
  let start = processorTime()
  body()
  return processorTime() - start
}
