import PolicyEvaluation
import PolicyIR

let world = Shuozhou()
let prepared = PreparedProgram(world.program)
var evaluation = Evaluation(prepared)
var explanation = Explanation(prepared)
let clock = ContinuousClock()

/// The median time of one call, in microseconds, over rounds of many calls.
func median(_ rounds: Int = 41, calls: Int = 500, _ body: () -> Void) -> Double {
  var times: [Double] = []
  for _ in 0..<rounds {
    let time = clock.measure { for _ in 0..<calls { body() } }
    times.append(Double(time.components.attoseconds) / 1e12 / Double(calls) + Double(time.components.seconds) * 1e6 / Double(calls))
  }
  return times.sorted()[rounds / 2]
}

var sink = 0
let decisions = evaluation.decisions(for: world.subject, asOf: world.asOf)
var counts: [Verdict: Int] = [:]
for decision in decisions.decisions { counts[decision.verdict, default: 0] += 1 }
print("verdicts:", Verdict.allCases.map { "\($0) \(counts[$0] ?? 0)" }.joined(separator: ", "))
let (explained, derivation) = explanation.decisions(for: world.subject, asOf: world.asOf)
print("explain agrees:", explained == decisions, "steps:", derivation.count)
let decide = median { sink += evaluation.decisions(for: world.subject, asOf: world.asOf).decisions.count }
let verdicts = median { sink += evaluation.verdicts(for: world.subject, asOf: world.asOf).count }
let explain = median { sink += explanation.decisions(for: world.subject, asOf: world.asOf).1.count }
let prepare = median(11, calls: 5) { sink += PreparedProgram(world.program).program.measures.count }
print("decisions \(decide) µs, verdicts \(verdicts) µs, explain \(explain) µs (\(explain / decide)×), prepare \(prepare) µs", sink == 0 ? "" : "")
