import PolicyAnalysis
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
import Testing

/// What a comparison says of two versions is held against every subject, date and reading of a small domain.
@Suite struct ContrastTests {
  static let programs = min(setting("TIAOLI_PROGRAMS", 150), 2000)

  /// A program with one of its expressions turned round, weakened or dropped; nil where nothing came of it.
  static func edited(_ program: Program, _ random: inout Random) -> Program? {
    var copy = program
    var count = 0
    copy.replaceExpressions { expression in
      expression.mapped { part in
        if changed(part, 0) != nil { count += 1 }
        return part
      }
    }
    guard count > 0 else { return nil }
    let (target, way) = (random.below(count), random.below(3))
    var place = -1
    copy.replaceExpressions { expression in
      expression.mapped { part in
        guard let new = changed(part, way) else { return part }
        place += 1
        return place == target ? new : part
      }
    }
    return copy
  }

  private static func changed(_ expression: Expression, _ way: Int) -> Expression? {
    var copy = expression
    switch expression.form {
    case .comparison(let comparison, let left, let right):
      let other: Expression.Comparison =
        switch comparison {
        case .equal: .notEqual
        case .notEqual: .equal
        case .less: way == 0 ? .lessOrEqual : .greater
        case .lessOrEqual: way == 0 ? .less : .greaterOrEqual
        case .greater: way == 0 ? .greaterOrEqual : .less
        case .greaterOrEqual: way == 0 ? .greater : .lessOrEqual
        }
      copy.form = .comparison(other, left, right)
    case .conjunction(let parts):
      copy.form = way == 0 ? .disjunction(parts) : .conjunction(Array(parts.dropLast(parts.count > 1 ? 1 : 0)))
    case .disjunction(let parts):
      copy.form = way == 0 ? .conjunction(parts) : .disjunction(parts.reversed())
    case .negation(let operand): copy = operand
    default: return nil
    }
    return copy
  }

  @Test func verdictsAgainstEverySubject() throws {
    var (compared, same) = (0, 0)
    for number in 0..<Self.programs {
      var random = Random(seed: runSeed &* 7_654_321 &+ UInt64(number))
      let before = RandomProgram(seed: runSeed &* 1_234_567 &+ UInt64(number), []).program
      for _ in 0..<4 {
        guard let after = Self.edited(before, &random) else { continue }
        try compare(before, after, number, &compared, &same)
      }
    }
    print("contrast: \(compared) measures against every subject, \(same) of them the same")
    #expect(compared > Self.programs / 3 && same > 0 && same < compared)
  }

  private func compare(
    _ before: Program, _ after: Program, _ number: Int, _ compared: inout Int, _ same: inout Int
  ) throws {
    let pair = ProgramPair(before, after)
    let numbers = StructureNumbers()
    let (first, second) = (Structures(pair.before, numbers), Structures(pair.after, numbers))
    var contrast = try Contrast(pair, asOf: RandomProgram.asOf)
    for id in before.measures.indices.map({ MeasureID($0) })
    where first.numberOfVerdict(id) != second.numberOfVerdict(id) {
      guard let one = AnalysisTests.reads(before, id), let two = AnalysisTests.reads(after, id) else { continue }
      let fields = Array(Set(one + two)).sorted()
      guard let subjects = AnalysisTests.grid(before, fields), subjects.count <= 300 else { continue }
      let (old, new) = (AnalysisTests.verdicts(before, id, subjects), AnalysisTests.verdicts(after, id, subjects))
      let pairs = Array(zip(old, new))
      let difference = try contrast.verdicts(id, id)
      compared += 1
      let label = "TIAOLI_SEED=\(runSeed), program \(number), measure \(id)"
      let (gains, losses) = (pairs.contains { $0 != .yes && $1 == .yes }, pairs.contains { $0 == .yes && $1 != .yes })
      #expect(
        (difference.gain != nil) == gains, "\(label)\n\(before.dump(id, subjects[0]))\n\(after.dump(id, subjects[0]))"
      )
      #expect((difference.loss != nil) == losses, "\(label)\n\(before.dump(id, subjects[0]))")
      if pairs.contains(where: { $0 != $1 }) {
        #expect(!difference.isNone, "\(label)\n\(before.dump(id, subjects[0]))")
      } else {
        same += 1
      }
      // Each witness shows it in the evaluator alone.
      for (witness, isGain) in [(difference.gain, true), (difference.loss, false)] {
        guard let witness else { continue }
        var replay = PairReplay(pair)
        let (first, second) = replay.answers(witness, id, id)
        #expect((isGain ? second : first)?.wouldBe == .yes && (isGain ? first : second)?.wouldBe != .yes, "\(label)")
      }
    }
  }

  @Test func withItself() throws {
    for number in 0..<Self.programs {
      var random = RandomProgram(seed: runSeed &* 2_345_677 &+ UInt64(number), .all)
      random.addPayments()
      let program = random.program
      var contrast = try Contrast(
        ProgramPair(program, program), asOf: RandomProgram.asOf, limits: .init(time: 1000, steps: 200_000))
      for id in program.measures.indices.map({ MeasureID($0) }) {
        do throws(Contrast.Stop) {
          #expect(try contrast.verdicts(id, id).isNone, "program \(number), measure \(id)")
          #expect(try contrast.amounts(id, id).isNone, "program \(number), measure \(id)")
        } catch { #expect(error != .notReplayed, "program \(number), measure \(id)") }
      }
    }
  }
}
