import PolicyAnswers
import PolicyColumns
import PolicyEvaluation
import PolicyIR
import PolicyValues

/// What a table says of one decision, with its bytes, for all rows of which it is said.
struct BatchAnswer: Sendable {
  /// The position of its measure in the batch's list.
  let measure: Int
  let cells: BatchCells
  /// The cells of the columns that are asked for, each behind a delimiter.
  let bytes: [UInt8]
}

/// Answers block after block of a table; one for each thread.
///
/// What columns answer is worded once for each different answer; for the others the interpreter is asked.
final class BatchWorker {
  let batch: TableBatch
  private let evaluator: ColumnEvaluator
  private var evaluation: Evaluation
  private var table: ColumnTable
  private let sharing: [Sharing]
  /// The answers that were worded; those beyond `shared` serve one row each.
  private(set) var answers: [BatchAnswer] = []
  private var shared = 0
  private var known: [Key: Int32] = [:]
  /// The answers of verdicts without reasons, amounts and counties, by measure and verdict; −1: not worded yet.
  private var plain: [Int32]

  /// Whether decisions of a measure follow from its verdict, its reasons and its counties.
  private struct Sharing: Sendable {
    var isPossible: Bool
    /// The slots of the options by which its authorities are told apart.
    var counties: [Int]
  }

  private struct Key: Hashable {
    var measure: Int
    var verdict: Verdict
    var amount: Amount
    var reasons: [Int32]
    var counties: [Int32]
  }

  /// How many different answers are remembered.
  private static var remembered: Int { 65_536 }

  init(_ batch: TableBatch) {
    self.batch = batch
    let program = ColumnProgram(batch.prepared, kind: batch.kind, asOf: batch.asOf, measures: batch.measures)
    evaluator = ColumnEvaluator(program)
    evaluation = Evaluation(batch.prepared)
    table = ColumnTable(batch.kind, in: batch.program)
    sharing = batch.measures.map { Self.sharing($0, batch.kind, batch.program) }
    plain = Array(repeating: -1, count: batch.measures.count * Verdict.allCases.count)
  }

  private static func sharing(_ id: MeasureID, _ kind: KindID, _ program: Program) -> Sharing {
    let measure = program.measures[id]
    let authorities = measure.departments.map(\.authority) + measure.payers.map(\.authority)
    let options = Set(authorities.compactMap { program.authorities[$0].perOption }).sorted()
    return Sharing(
      isPossible: measure.payers.allSatisfy { $0.condition == nil },
      counties: options.compactMap { option in
        program.kinds[kind].fields.firstIndex { program.fields[$0].type == .option(option) }
      })
  }

  /// The numbers of the answers of subjects, measure by measure for each; they hold until the next call.
  ///
  /// - Requires: at most a chunk of subjects.
  func decide(_ subjects: [Subject]) -> [Int32] {
    if shared > Self.remembered {
      shared = 0
      known.removeAll()
      for place in plain.indices { plain[place] = -1 }
    }
    answers.removeSubrange(shared...)
    let own = subjects.indices.filter { subjects[$0].kind == batch.kind }
    table.removeAll()
    for place in own { table.append(subjects[place]) }
    if !own.isEmpty { evaluator.decide(table, from: 0) { subjects[own[$0]] } }
    var result = [Int32](repeating: 0, count: subjects.count * batch.measures.count)
    // Answers for one row only stand behind those that are shared, so they wait.
    var single: [(place: Int, cells: BatchCells)] = []
    for (row, place) in own.enumerated() { decide(subjects[place], row, place, &result, &single) }
    for place in subjects.indices where subjects[place].kind != batch.kind {
      for (measure, cells) in ask(batch.measures, subjects[place]).enumerated() {
        single.append((place * batch.measures.count + measure, cells))
      }
    }
    shared = answers.count
    for entry in single { result[entry.place] = add(entry.cells, entry.place % batch.measures.count) }
    return result
  }

  private func decide(
    _ subject: Subject, _ row: Int, _ place: Int, _ result: inout [Int32],
    _ single: inout [(place: Int, cells: BatchCells)]
  ) {
    var open: [(measure: Int, key: Key?)] = []
    for measure in batch.measures.indices {
      let verdict = evaluator.verdict(of: measure, at: row)
      let amount = evaluator.amount(of: measure, at: row)
      let isPlain =
        sharing[measure].isPossible && sharing[measure].counties.isEmpty && amount == Amount.none
        && (verdict == .yes || verdict == .no || verdict == .notApplicable)
      if isPlain, plain[measure * Verdict.allCases.count + Int(verdict.rawValue)] >= 0 {
        result[place * batch.measures.count + measure] = plain[measure * Verdict.allCases.count + Int(verdict.rawValue)]
        continue
      }
      guard sharing[measure].isPossible, let amount, let reasons = evaluator.reasons(of: measure, at: row) else {
        open.append((measure, nil))
        continue
      }
      let counties = sharing[measure].counties.map { slot -> Int32 in
        if case .value(.option(let county)) = subject.facts[slot] { return county }
        return -1
      }
      let key = Key(measure: measure, verdict: verdict, amount: amount, reasons: reasons, counties: counties)
      if let found = known[key] {
        result[place * batch.measures.count + measure] = found
        if isPlain { plain[measure * Verdict.allCases.count + Int(verdict.rawValue)] = found }
      } else {
        open.append((measure, key))
      }
    }
    if open.isEmpty { return }
    let worded = ask(open.map { batch.measures[$0.measure] }, subject)
    for (entry, cells) in zip(open, worded) {
      let target = place * batch.measures.count + entry.measure
      guard let key = entry.key else {
        single.append((target, cells))
        continue
      }
      let number = add(cells, entry.measure)
      known[key] = number
      result[target] = number
    }
  }

  private func add(_ cells: BatchCells, _ measure: Int) -> Int32 {
    answers.append(BatchAnswer(measure: measure, cells: cells, bytes: batch.bytes(of: cells, batch.measures[measure])))
    return Int32(answers.count - 1)
  }

  private func ask(_ wanted: [MeasureID], _ subject: Subject) -> [BatchCells] {
    evaluation.decisions(for: subject, asOf: batch.asOf, measures: wanted).decisions.map { batch.wording.cells($0) }
  }
}
