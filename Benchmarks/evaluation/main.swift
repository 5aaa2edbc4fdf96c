import PolicyEvaluation
import PolicyIR

let clock = ContinuousClock()

/// The median time of one call, in microseconds, over rounds of many calls.
func median(_ rounds: Int = 41, calls: Int = 500, _ body: () -> Void) -> Double {
  var times: [Double] = []
  for _ in 0..<rounds {
    let time = clock.measure { for _ in 0..<calls { body() } }.components
    times.append((Double(time.attoseconds) / 1e12 + Double(time.seconds) * 1e6) / Double(calls))
  }
  return times.sorted()[rounds / 2]
}

var sink = 0
let only = CommandLine.arguments.dropFirst().first
for disputed in (only == nil ? [false, true] : [false]) {
  let world = Shuozhou(disputed: disputed)
  let prepared = PreparedProgram(world.program)
  var evaluation = Evaluation(prepared)
  var explanation = Explanation(prepared)
  let decisions = evaluation.decisions(for: world.subject, asOf: world.asOf)
  let (explained, derivation) = explanation.decisions(for: world.subject, asOf: world.asOf)
  print(
    disputed ? "\nclass disputed:" : "class settled:",
    Verdict.allCases.map { verdict in "\(verdict) \(decisions.decisions.count { $0.verdict == verdict })" }.joined(
      separator: ", "),
    "steps \(derivation.count)", explained == decisions ? "" : "EXPLAIN DIFFERS")
  if only == nil || only == "verdicts" {
    print("verdicts  \(median { sink += evaluation.verdicts(for: world.subject, asOf: world.asOf).count }) µs")
  }
  if only == nil || only == "decisions" {
    print(
      "decisions \(median { sink += evaluation.decisions(for: world.subject, asOf: world.asOf).decisions.count }) µs")
  }
  if only == nil || only == "explain" {
    print("explain   \(median { sink += explanation.decisions(for: world.subject, asOf: world.asOf).1.count }) µs")
  }
  if only == nil {
    print("prepare   \(median(11, calls: 5) { sink += PreparedProgram(world.program).program.measures.count }) µs")
  }
}
