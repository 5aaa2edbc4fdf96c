import Foundation
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicySQL
import PolicyValues
import PolicyWorkspace
import Testing

/// The query of a program in SQLite against the interpreter: every label, amount, reason and reading of what is compiled.
@Suite struct SQLTests {
  static let programs = setting("TIAOLI_SQL_PROGRAMS", 240)
  static let shards = 2

  @Test(arguments: 0..<shards) func sqliteEqualsTheInterpreter(shard: Int) throws {
    var engine = try SQLiteEngine()
    var tally = SQLTally()
    for number in stride(from: shard, to: Self.programs, by: Self.shards) {
      if let wrong = try SQLSample.difference(number, &engine, &tally) {
        Issue.record("\(wrong)")
        return
      }
    }
    print("SQLite, part \(shard): \(tally)")
    #expect(tally.subjects >= 20 * Self.programs / Self.shards, "too little is compiled: \(tally)")
    if Self.programs >= 200 { #expect(tally.amounts > 0 && tally.reasons > 0 && tally.splits > 0, "\(tally)") }
  }

  @Test func policiesEqualTheInterpreter() throws {
    var engine = try SQLiteEngine()
    var tally = SQLTally()
    try SQLSample.comparePolicies(&engine, &tally)
    print("SQLite, policies: \(tally)")
    #expect(tally.answers > 100_000 && tally.splits > 1_000 && tally.amounts > 1_000, "\(tally)")
  }
}

/// What every engine is asked.
enum SQLSample {
  /// A random program with subjects, compared; the first difference with the program.
  static func difference(
    _ number: Int, subjects: Int = 90, _ engine: inout some SQLEngine, _ tally: inout SQLTally
  ) throws -> String? {
    let features: [RandomProgram.Features] = [
      [.readings, .gaps, .amounts], [.computing, .amounts, .tables], [.readings], [.computing, .readings, .amounts],
      [.computing, .amounts, .gaps, .tables, .tiers, .readings],
    ]
    var random = RandomProgram(seed: runSeed &* 1_000_033 &+ UInt64(number), features[number / 2 % features.count])
    let prepared = PreparedProgram(random.program)
    let subjects = (0..<subjects).map { place in
      var subject = random.subject(of: random.project, open: [0, 1, 2, 4][place % 4])
      // Between whole numbers too.
      for slot in subject.facts.indices {
        if case .value(.quantity(let number)) = subject.facts[slot], random.random.oneIn(3),
          let part = try? Rational(numerator: Int128(random.random.below(100)), denominator: 100),
          let sum = try? number.adding(part)
        {
          subject.facts[slot] = .value(.quantity(sum))
        }
      }
      return subject
    }
    let asOf = random.random.oneIn(2) ? RandomProgram.asOf : random.random.pick(RandomProgram.dates)
    guard
      let wrong = try sqlDifference(
        prepared, subjects, asOf: asOf, states: number % 2 == 0, &engine, &tally)
    else { return nil }
    return
      "TIAOLI_SEED=\(runSeed), program \(number), \(asOf): \(wrong.text)\n\(random.program.dump(wrong.measure, wrong.subject))"
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "policies")

  /// Every policy of the repository with its sample subjects, and subjects mixed from them.
  static func comparePolicies(_ engine: inout some SQLEngine, _ tally: inout SQLTally) throws {
    let tutorials = try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: "tutorial"), includingPropertiesForKeys: [.isDirectoryKey]
    ).filter { $0.hasDirectoryPath }.sorted { $0.path < $1.path }
    try compare(
      [folder.appending(path: "shuozhou-2022-36")] + tutorials, dates: [day(2024, 6, 1), day(2026, 6, 1)], &engine,
      &tally)
  }

  /// The policy of Shuozhou at one date.
  static func compareShuozhou(_ engine: inout some SQLEngine, _ tally: inout SQLTally) throws {
    try compare([folder.appending(path: "shuozhou-2022-36")], dates: [day(2024, 6, 1)], &engine, &tally)
  }

  private static func compare(
    _ policies: [URL], dates: [CivilDate], _ engine: inout some SQLEngine, _ tally: inout SQLTally
  ) throws {
    var random = Random(seed: runSeed)
    for policy in policies {
      let set = try loadPolicies([policy.path])
      let prepared = PreparedProgram(set.program)
      let session = Session(policies: set, asOf: day(2024, 6, 1), language: .zh)
      let samples = policy.appending(path: "项目")
      if FileManager.default.fileExists(atPath: samples.path) { try session.loadFacts([samples.path]) }
      for asOf in dates {
        for kind in set.program.kinds.indices {
          let own = session.subjects.filter { $0.kind == KindID(kind) }
          for states in [true, false] {
            let subjects = own + (0..<300).map { _ in mixed(own, KindID(kind), set.program, &random) }
            let wrong = try sqlDifference(prepared, subjects, asOf: asOf, states: states, &engine, &tally)
            #expect(wrong == nil, "\(policy.lastPathComponent) \(asOf): \(wrong.map { "\($0)" } ?? "")")
            if wrong != nil { return }
          }
        }
      }
    }
  }

  /// A subject each of whose facts is one of the samples', missing, not known, 不适用, or drawn.
  private static func mixed(_ samples: [Subject], _ kind: KindID, _ program: Program, _ random: inout Random) -> Subject
  {
    let facts = program.kinds[kind].fields.map { field -> Fact in
      let slot = program.fields[field].slot
      switch random.below(12) {
      case 0: return .missing
      case 1: return .notKnown
      case 2: return .notApplicable
      default: break
      }
      let isSampled = !samples.isEmpty && !random.oneIn(3)
      switch program.fields[field].type {
      case .truth: return .value(.truth(random.oneIn(2)))
      case .option(let id): return .value(.option(Int32(random.below(program.optionTypes[id].values.count))))
      case .quantity where !isSampled:
        let sizes = [1, 5, 10, 60, 100, 1_000, 20_000, 30_000_000, 300_000_000]
        return .value(.quantity(Rational(random.pick(sizes) * random.below(4) + random.below(3))))
      case .date where !isSampled:
        return (try? day(2020, 2, 28).adding(days: random.below(2_600))).map { .value(.date($0)) } ?? .missing
      case .quantity, .date, .duration, .text, .entity, .many:
        return samples.isEmpty ? .missing : random.pick(samples).facts[slot]
      }
    }
    return Subject(kind: kind, id: "混合", facts: facts)
  }
}
