import PolicyEvaluation
import PolicyIR
import PolicyValues
import PolicyWorkspace

let clock = ContinuousClock()

/// The median time of one call, in microseconds, over rounds of many calls.
@MainActor func median(_ rounds: Int = 41, calls: Int = 500, _ body: () -> Void) -> Double {
  var times: [Double] = []
  for _ in 0..<rounds {
    let time = clock.measure { for _ in 0..<calls { body() } }.components
    times.append((Double(time.attoseconds) / 1e12 + Double(time.seconds) * 1e6) / Double(calls))
  }
  return times.sorted()[rounds / 2]
}

var sink = 0
let only = CommandLine.arguments.dropFirst().first { ["verdicts", "decisions", "explain"].contains($0) }
let paths = CommandLine.arguments.dropFirst().filter { $0.contains("/") || $0.contains(".") }

/// Prints the times of one program and subject.
@MainActor func measure(_ title: String, _ program: Program, _ subject: Subject, _ asOf: CivilDate) {
  let prepared = PreparedProgram(program)
  var evaluation = Evaluation(prepared)
  var explanation = Explanation(prepared)
  let decisions = evaluation.decisions(for: subject, asOf: asOf)
  let (explained, derivation) = explanation.decisions(for: subject, asOf: asOf)
  let counts = Verdict.allCases.map { verdict in "\(verdict) \(decisions.decisions.count { $0.verdict == verdict })" }
  print(
    "\(title): \(decisions.decisions.count) decisions, choices \(program.choices.count),",
    counts.joined(separator: ", ") + ",", "steps \(derivation.count)", explained == decisions ? "" : "EXPLAIN DIFFERS")
  if only == nil || only == "verdicts" {
    print("  verdicts  \(median { sink += evaluation.verdicts(for: subject, asOf: asOf).count }) µs")
  }
  if only == nil || only == "decisions" {
    print("  decisions \(median { sink += evaluation.decisions(for: subject, asOf: asOf).decisions.count }) µs")
  }
  if only == nil || only == "explain" {
    print("  explain   \(median { sink += explanation.decisions(for: subject, asOf: asOf).1.count }) µs")
  }
  if only == nil {
    print("  prepare   \(median(11, calls: 5) { sink += PreparedProgram(program).program.measures.count }) µs")
  }
}

if paths.isEmpty {
  for disputed in only == nil ? [false, true] : [false] {
    let world = Shuozhou(disputed: disputed)
    measure(disputed ? "class disputed" : "class settled", world.program, world.subject, world.asOf)
  }
} else {
  let program = try loadPolicies(Array(paths)).program
  for (index, kind) in program.kinds.enumerated() {
    let count = program.measures.count { $0.object?.kind == KindID(index) }
    if count == 0 { continue }
    for missing in [0, 10] {
      let facts = kind.fields.enumerated().map { position, field in
        missing > 0 && position % missing == 9 ? .missing : sample(program.fields[field].type, position)
      }
      measure(
        "\(kind.name) (\(count) measures)\(missing > 0 ? ", each tenth fact missing" : "")", program,
        Subject(kind: KindID(index), id: "甲", facts: facts), CivilDate(year: 2024, month: 6, day: 1)!)
    }
  }
}

/// Some fact of a type.
func sample(_ type: ValueType, _ position: Int) -> Fact {
  switch type {
  case .truth: .value(.truth(position % 4 != 3))
  case .quantity: .value(.quantity(Rational(320_000_000)))
  case .date: CivilDate(year: 2024 + position % 4, month: 3, day: 1).map { .value(.date($0)) } ?? .missing
  case .option: .value(.option(Int32(position % 3)))
  case .text: .value(.text("甲"))
  case .many: .many([], complete: true)
  case .duration, .entity: .missing
  }
}
