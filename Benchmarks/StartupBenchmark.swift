import Glibc
import PolicyWorkspace

/// A finished process as the system accounts for it.
private struct Run {
  var exit: Int32
  var cpu: Double
  var wall: Double
  /// KiB; at least what this process itself has held.
  var peak: Int
}

/// Prints time and memory of whole processes.
func measureStartup(program: String, policy: String, folder: String) {
  GeneratedPolicy(measures: 10_000).write(to: folder)
  writeOneSubject(from: policy + "/项目/projects.csv", to: folder + "/主体.csv")
  TwelveRules.write(to: folder + "-twelve")
  func facts(_ path: String) -> [String] {
    ["--facts", path, "--as-of", "2024-06-01", "--subject", "虚构右玉康养园"]
  }
  let one = facts(folder + "/主体.csv")
  let commands: [(name: String, words: [String], answer: String)] = [
    ("--version", ["--version"], "tiaoli"),
    ("check Shuozhou", ["check", policy], "措施56项"),
    ("query, facts of one subject", ["query", policy] + one, "市县一次性建设补助"),
    ("query, the portfolio's nine files", ["query", policy] + facts(policy + "/项目"), "市县一次性建设补助"),
    (
      "query, the twelve rules, one project",
      ["query", folder + "-twelve", "--as-of", "2024-06-01", "--facts", folder + "-twelve/项目.csv"], "措施十二"
    ),
    ("explain, facts of one subject", ["explain", policy, "市县一次性建设补助"] + one, "三（三）"),
    ("check 10 000 generated measures", ["check", folder], "措施10000项"),
  ]
  print("whole processes: \(program) (median of 15 runs in turn)")
  let output = folder + "/output"
  for command in commands {
    let run = run(program, command.words, output: output)
    let text = (try? FileSystem.read(output)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    require(
      run.exit == 0 && text.contains(command.answer), "\(command.words.joined(separator: " ")): \(text.prefix(200))")
  }
  var runs = [[Run]](repeating: [], count: commands.count)
  for _ in 0..<15 {
    for (index, command) in commands.enumerated() {
      runs[index].append(run(program, command.words, output: "/dev/null"))
    }
  }
  for (index, command) in commands.enumerated() {
    let cpu = median(runs[index].map(\.cpu))
    let wall = median(runs[index].map(\.wall))
    let peak = median(runs[index].map { Double($0.peak) })
    row(command.name, "\(decimals(cpu, 1)) ms CPU  \(decimals(wall, 1)) ms wall  \(decimals(peak / 1024, 1)) MiB")
    if index == commands.count - 1 {
      row("", "\(decimals(peak / 10_000, 1)) KiB of peak memory a measure")
    }
  }
}

/// Writes a table's title, header and first row to a file of its own.
private func writeOneSubject(from table: String, to path: String) {
  guard let bytes = try? FileSystem.read(table) else { fail("can't read \(table)") }
  let lines = bytes.split(separator: 0x0A, maxSplits: 3).prefix(3)
  let text = lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
  do { try FileSystem.write(text, to: path) } catch { fail("can't write \(path)") }
}

/// Runs a program to its end.
private func run(_ program: String, _ words: [String], output: String) -> Run {
  var arguments: [UnsafeMutablePointer<CChar>?] = ([program] + words).map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  let start = ContinuousClock.now
  var child = pid_t()
  guard posix_spawn(&child, program, &actions, nil, &arguments, environ) == 0 else { fail("can't run \(program)") }
  var status: Int32 = 0
  var usage = rusage()
  while wait4(child, &status, 0, &usage) < 0 {}
  let wall = (ContinuousClock.now - start).components
  func milliseconds(_ time: timeval) -> Double { Double(time.tv_sec) * 1e3 + Double(time.tv_usec) / 1e3 }
  return Run(
    exit: status & 0x7F == 0 ? status >> 8 & 0xFF : -1,
    cpu: milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
    wall: Double(wall.seconds) * 1e3 + Double(wall.attoseconds) / 1e15, peak: usage.ru_maxrss)
}
