import Glibc
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
import PolicyWorkspace

/// Prints the time of one decision, the twelve rules for one project, and its growth with the number of rules.
///
/// A line for machines follows each figure: `decide` or `rules`, names and numbers, separated by tabs.
func measureDecisions(most: Int) {
  print("the twelve verdicts for one project, warm, in process, mean of 1000 projects (processor time)")
  for missing in [false, true] { decideTwelve(missing: missing) }
  print("\ncopies of the twelve rules: which measures are not 不符合 or 不适用 for one project")
  var first: (Double, Double)?
  for copies in [1, 10, 100, 1_000] where 12 * copies <= most {
    let times = askMany(copies: copies, first: first)
    first = first ?? times
  }
}

private func decideTwelve(missing: Bool) {
  let set = TwelveRules.load()
  let asOf = ManyRules.asOf
  let prepared = PreparedProgram(set.program)
  var records = TwelveRules(set.program, seed: 36, missing: missing)
  let subjects = (0..<1_000).map { _ in records.next() }
  var evaluation = Evaluation(prepared)
  var explanation = Explanation(prepared)
  var answers: [Verdict?] = []
  for subject in subjects {
    let expected = evaluation.decisions(for: subject, asOf: asOf).decisions.map(\.verdict)
    let trace = evaluation.tracedVerdicts(for: subject, asOf: asOf, into: &answers)
    require(answers.map { $0! } == expected, "verdicts of \(subject)")
    require(evaluation.verdicts(for: subject, asOf: asOf) == answers, "verdicts of \(subject)")
    let (rebuilt, recorded) = (explanation.derivation(of: trace), explanation.decisions(for: subject, asOf: asOf).1)
    require(rebuilt.count == recorded.count, "the derivation of \(subject)")
    for step in 0..<recorded.count {
      require(
        rebuilt[step].what == recorded[step].what && rebuilt[step].outcome == recorded[step].outcome, "step \(step)")
    }
  }
  var sink = 0
  var traces: [VerdictTrace] = []
  let times = interleavedMedians(
    rounds: 41, calls: 20,
    [
      {
        for subject in subjects {
          evaluation.verdicts(for: subject, asOf: asOf, into: &answers)
          sink += answers.count
        }
      },
      { for subject in subjects { sink += evaluation.verdicts(for: subject, asOf: asOf).count } },
      {
        traces.removeAll(keepingCapacity: true)
        for subject in subjects { traces.append(evaluation.tracedVerdicts(for: subject, asOf: asOf, into: &answers)) }
        sink += traces.count
      },
    ]
  ).map { $0 / Double(subjects.count) }
  let rebuilding = interleavedMedians(
    rounds: 11, [{ for trace in traces { sink += explanation.derivation(of: trace).count } }]
  ).map { $0 / Double(subjects.count) }
  require(sink > 0, "nothing was done")
  let name = missing ? "10 % missing" : "complete"
  row("\(name): verdicts", decimals(times[0] / 1e3, 3) + " µs")
  row("\(name): verdicts in a new list", decimals(times[1] / 1e3, 3) + " µs")
  row("\(name): with the trace of a derivation", decimals(times[2] / 1e3, 3) + " µs")
  row("\(name): its tree, when it is asked for", decimals(rebuilding[0] / 1e3, 2) + " µs")
  let variant = missing ? "missing" : "complete"
  print("decide\ttiaoli\t\(variant)\tverdicts\t\(decimals(times[0], 1))\tns")
  print("decide\ttiaoli\t\(variant)\ttrace\t\(decimals(times[2], 1))\tns")
  print("decide\ttiaoli\t\(variant)\ttree\t\(decimals(rebuilding[0], 1))\tns")
}

/// Asks so many copies, and returns the time without and with the index in nanoseconds.
private func askMany(copies: Int, first: (Double, Double)?) -> (Double, Double) {
  let many = ManyRules(copies: copies)
  let before = residentMemory()
  let start = processorTime()
  let set = many.load()
  let loading = processorTime() - start
  let preparing = processorTime()
  let prepared = PreparedProgram(set.program)
  var evaluation = Evaluation(prepared)
  let prepared2 = processorTime()
  let asOf = ManyRules.asOf
  var random = TwelveRules(set.program, seed: 36, missing: false)
  let subjects = (0..<200).map { _ in random.next() }
  _ = evaluation.possible(for: subjects[0], asOf: asOf)
  let indexing = processorTime() - prepared2
  let after = residentMemory()
  var asked = 0
  var possible = 0
  for subject in subjects.prefix(copies >= 1_000 ? 20 : 200) {
    let decisions = evaluation.decisions(for: subject, asOf: asOf).decisions
    let expected = decisions.filter { $0.verdict != .no && $0.verdict != .notApplicable }.map(\.measure)
    let found = evaluation.possible(for: subject, asOf: asOf)
    require(found.measures == expected, "possible measures of \(subject)")
    require(evaluation.possible(for: subject, asOf: asOf, usesIndex: false).measures == expected, "without index")
  }
  for subject in subjects {
    let found = evaluation.possible(for: subject, asOf: asOf)
    (asked, possible) = (asked + found.asked, possible + found.measures.count)
  }
  // A project whose city isn't known: each rule with a city as its key is a candidate.
  var unknown = subjects
  let city = set.program.fields.firstIndex { $0.name == "所在市" }!
  for place in unknown.indices { unknown[place].facts[set.program.fields[city].slot] = .missing }
  var sink = 0
  let times = interleavedMedians(
    rounds: 21, calls: max(1, 100 / copies),
    [
      { for subject in subjects { sink += evaluation.possible(for: subject, asOf: asOf, usesIndex: false).asked } },
      { for subject in subjects { sink += evaluation.possible(for: subject, asOf: asOf).asked } },
      { for subject in unknown { sink += evaluation.possible(for: subject, asOf: asOf).asked } },
    ]
  ).map { $0 / Double(subjects.count) }
  require(sink > 0, "nothing was done")
  let rules = 12 * copies
  row(
    "\(rules) rules",
    "\(decimals(times[1] / 1e3, 3)) µs (× \(decimals(times[1] / (first?.1 ?? times[1]), 2)))  without index "
      + "\(decimals(times[0] / 1e3, 3)) µs (× \(decimals(times[0] / (first?.0 ?? times[0]), 0)))")
  row(
    "",
    "\(decimals(Double(asked) / 200, 1)) asked, \(decimals(Double(possible) / 200, 1)) possible; "
      + "city unknown \(decimals(times[2] / 1e3, 1)) µs")
  row(
    "",
    "load \(decimals(loading / 1e6, 1)) ms, prepare \(decimals((prepared2 - preparing) / 1e6, 1)) ms, circuit and index "
      + "\(decimals(indexing / 1e6, 1)) ms; \(decimals(Double(max(after - before, 0)) / Double(rules), 2)) KiB a rule, of which "
      + "the circuit and the index \(decimals(Double(evaluation.indexBytes) / Double(rules), 0)) bytes")
  print("rules\ttiaoli\t\(rules)\task\t\(decimals(times[1], 1))\tns")
  print("rules\ttiaoli\t\(rules)\tscan\t\(decimals(times[0], 1))\tns")
  print("rules\ttiaoli\t\(rules)\tload\t\(decimals((loading + prepared2 - preparing + indexing) / 1e6, 2))\tms")
  return (times[0], times[1])
}

/// The memory that this process holds at present, in KiB.
private func residentMemory() -> Int {
  guard let bytes = try? FileSystem.read("/proc/self/statm") else { return 0 }
  let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
  return (words.count > 1 ? Int(words[1]) ?? 0 : 0) * 4
}
