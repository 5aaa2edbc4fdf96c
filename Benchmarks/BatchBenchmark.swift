import Glibc
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
import PolicyWorkspace

/// Prints the time, output and memory of a batch of all measures with every column, from CSV to CSV, one thread.
func measureBatch(_ path: String, count: Int, folder: String) {
  guard let set = try? loadPolicies([path]) else { fail("can't read \(path)") }
  let session = Session(policies: set, asOf: CivilDate(year: 2024, month: 6, day: 1)!, language: .zh)
  do { try session.loadFacts([path + "/项目"]) } catch { fail("can't read the subjects of \(path)") }
  mkdir(folder, 0o755)
  let program = set.program
  // The kind that most measures are asked for.
  let kinds = program.measures.compactMap { $0.object?.kind }
  guard let kind = Set(kinds).max(by: { a, b in kinds.count { $0 == a } < kinds.count { $0 == b } }) else {
    fail("no measure has an object")
  }
  let all = Set(kinds).sorted().filter { kind in session.subjects.contains { $0.kind == kind } }
  print(
    "\(path): all measures and columns, \(count) rows varied from its fictional subjects, 10 % of the cells missing, seed 36"
  )
  measure(session, program, [kind], related: false, count, folder)
  measure(session, program, [kind], related: true, count, folder)
  measure(session, program, all, related: true, count, folder)
}

private func measure(
  _ session: Session, _ program: Program, _ kinds: [KindID], related: Bool, _ count: Int, _ folder: String
) {
  let (input, output) = (folder + "/rows.csv", folder + "/answers.csv")
  var subjects = VariedSubjects(program, session.subjects, kinds: kinds, related: related)
  let name = kinds.count > 1 ? "all kinds of subjects" : program.kinds[kinds[0]].name
  let size = write(&subjects, count, to: input)
  print("\n\(name), \(related ? "with" : "without") columns of related subjects: \(size / max(1, count)) bytes a row")
  var options = BatchOptions()
  options.threads = 1
  let start = (processorTime(), systemTime())
  var (measures, answered, faulty) = (0, 0, 0)
  do {
    let batch = try session.batch(input, to: output, measures: nil, options: options)
    measures = batch.measures.count
    let report = try batch.run(tell: { _ in }, progress: { _, _, _ in true })
    (answered, faulty) = (report.answered, report.faulty)
  } catch { fail("can't answer \(input): \(error)") }
  require(answered == count, "\(answered) rows answered")
  let (cpu, system) = (processorTime() - start.0, systemTime() - start.1)
  row("measures; rows with a remark", "\(measures); \(faulty)")
  row(
    "processor time",
    "\(decimals(cpu / Double(count) / 1e3, 1)) µs a row, \(decimals(system / Double(count) / 1e3, 1)) of them the system's (files)"
  )
  row("written", "\(fileSize(output) / max(1, count)) bytes a row")
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  row("greatest memory so far", "\(usage.ru_maxrss / 1024) MB")
  unlink(input)
  unlink(output)
}

/// Writes a table piece by piece, so that it is never whole in memory; returns its size.
private func write(_ subjects: inout VariedSubjects, _ count: Int, to path: String) -> Int {
  do {
    let file = try PartFile(path)
    var (text, size) = (subjects.header, 0)
    for number in 1...max(1, count) {
      text += subjects.line(number)
      if text.utf8.count < 1 << 18, number < count { continue }
      try file.write(Array(text.utf8))
      size += text.utf8.count
      text = ""
    }
    try file.finish()
    return size
  } catch { fail("can't write \(path)") }
}

private func fileSize(_ path: String) -> Int {
  var status = stat()
  return stat(path, &status) == 0 ? Int(status.st_size) : 0
}
