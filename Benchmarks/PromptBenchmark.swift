import Glibc
import LineEditing
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyREPL
import PolicyText
import PolicyValues
import PolicyWorkspace
import TerminalDriver

/// Prints the times of the prompt: completion, from an edit to the answers that flip, from a key to its painted line, and
/// the memory at the start.
func measurePrompt(program: String, policy: String, folder: String) {
  measureCompletion(folder)
  measureFlips(policy, folder)
  measureKeys(program, policy)
}

private let asOf = CivilDate(year: 2024, month: 6, day: 1)!

private func measureCompletion(_ folder: String) {
  GeneratedPolicy(measures: 10_000).write(to: folder)
  guard let policies = try? loadPolicies([folder]) else { fail("can't read \(folder)") }
  let session = Session(policies: policies, asOf: asOf, language: .zh)
  let measure = session.program.measures[7_777].name
  print("completion with \(session.program.measures.count) names (CPU time)")
  let completer = Completer(session)
  func candidates(_ entry: String) -> [String] {
    completer.complete(entry, at: entry.utf8.count).candidates.map(\.text)
  }
  func once(_ name: String, _ body: () -> Void) {
    let start = processorTime()
    body()
    row(name, decimals((processorTime() - start) / 1e6, 2) + " ms")
  }
  var slices: [Double] = []
  var start = processorTime()
  while completer.prepare() {
    slices.append(processorTime() - start)
    start = processorTime()
  }
  let (whole, longest) = (slices.reduce(0, +) / 1e6, (slices.max() ?? 0) / 1e6)
  row("while the prompt waits: the index, \(slices.count) parts", decimals(whole, 2) + " ms")
  row("the longest part, for which a key may wait", decimals(longest, 2) + " ms")
  once("the first, in Chinese") {
    require(candidates("查询 " + measure.dropLast()).contains(measure), "completion of \(measure)")
  }
  once("the first in letters") {
    require(candidates("查询 ylbt").allSatisfy { !$0.isEmpty }, "completion by initials")
  }
  let entries = [
    ("a name in Chinese", "查询 " + measure.dropLast()), ("all names", "查询 "), ("initials", "查询 jsbz"),
    ("an expression, unspaced", "养老床位20张以上且" + measure.dropLast(2)), ("nothing fits", "查询 qqqqq"),
    ("nothing fits in Chinese", "查询 龘龘龘"),
  ]
  var sink = 0
  let times = interleavedMedians(
    rounds: 21, calls: 5, entries.map { entry in { sink += candidates(entry.1).count } })
  for (entry, time) in zip(entries, times) { row(entry.0, decimals(time / 1e6, 2) + " ms") }
  require(sink > 0, "nothing was completed")
}

private func measureFlips(_ policy: String, _ folder: String) {
  guard let policies = try? loadPolicies([policy]) else { fail("can't read \(policy)") }
  let session = Session(policies: policies, asOf: asOf, language: .zh)
  guard let table = try? FileSystem.read(policy + "/项目/projects.csv") else { fail("can't read the projects") }
  let lines = String(decoding: table, as: UTF8.self).split(separator: "\n").map(String.init)
  var rows = Array(lines.prefix(2))
  for number in 0..<1000 { rows.append("甲\(number)" + lines[2 + number % (lines.count - 2)]) }
  let path = folder + "/主体.csv"
  do {
    try FileSystem.write(rows.joined(separator: "\n") + "\n", to: path)
    try session.loadFacts([path])
  } catch { fail("can't load \(path)") }
  unlink(path)
  require(session.subjects.count == 1000, "\(session.subjects.count) projects")
  func rule(_ bound: String) -> String {
    "措施 标准地供地探索：\n    对象：康养项目\n    条件：投资额\(bound)以上且前提继承\n    探索 实行：标准地供地方式\n"
  }
  func flips(_ bound: String) -> Int {
    guard case .adopted(let flips)? = try? session.declare(rule(bound)) else { fail("the rule is not adopted") }
    return flips.count
  }
  print("\nfrom an edit to the answers that flip, 1000 projects, 56 measures (CPU time)")
  var start = processorTime()
  let first = flips("2亿元")
  row("the first edit: \(first) flips", decimals((processorTime() - start) / 1e6, 1) + " ms")
  require(first > 0, "nothing flips")
  var times: [Double] = []
  for _ in 0..<9 {
    start = processorTime()
    require(flips("3亿元") == first, "other flips")
    times.append(processorTime() - start)
    // One declaration in force at a time, as when a drafter tries a bound again and again.
    _ = try? session.undo()
  }
  row("each after it", decimals(median(times) / 1e6, 1) + " ms")
}

private func measureKeys(_ program: String, _ policy: String) {
  let directory = TemporaryDirectory()
  let terminal = PseudoTerminal(
    program, arguments: ["repl", policy, "--as-of", "2024-06-01", "--facts", policy + "/项目"],
    environment: ["LANG": "C.UTF-8"], columns: 100, rows: 40, directory: directory)
  require(terminal.expect("条理>") && terminal.expect("\u{1B}[?25h"), "the prompt appears")
  func memory(_ field: String) -> Int {
    let text =
      (try? FileSystem.read("/proc/\(terminal.process)/status")).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(field) } ?? ""
    return Int(line.filter(\.isNumber)) ?? 0
  }
  print("\nthe prompt in a pseudo-terminal (wall time)")
  row("memory at the prompt", decimals(Double(memory("VmRSS")) / 1024) + " MiB")
  terminal.settle(milliseconds: 500)
  row("memory after the first quiet moment", decimals(Double(memory("VmRSS")) / 1024) + " MiB")
  var times: [Double] = []
  for character in String(repeating: "投资额超过三亿元", count: 3) {
    terminal.settle(milliseconds: 20)
    let start = ContinuousClock.now
    terminal.send(String(character))
    require(terminal.expect("\u{1B}[?25h"), "the line is painted")
    let time = (ContinuousClock.now - start).components
    times.append(Double(time.attoseconds) / 1e15)
  }
  times.sort()
  row("key to painted line, median", decimals(times[times.count / 2], 2) + " ms")
  row("key to painted line, 95th percentile", decimals(times[times.count * 95 / 100], 2) + " ms")
  terminal.send("\u{3}")
  require(terminal.expect("\u{1B}[?25h"), "the prompt comes back")
  terminal.send("查询 bzdgd")
  require(terminal.expect("\u{1B}[?25h"), "the line is painted")
  terminal.settle()
  terminal.send("\t")
  require(terminal.expect("标准地供地探索"), "the word is completed")
  row("memory after completion by pinyin", decimals(Double(memory("VmRSS")) / 1024) + " MiB")
  terminal.send("\u{3}\u{4}")
}
