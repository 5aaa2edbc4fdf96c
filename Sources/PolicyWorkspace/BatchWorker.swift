import PolicyAnswers
import PolicyColumns
import PolicyEvaluation
import PolicyIR
import PolicyValues

/// Answers block after block of a table; one for each thread.
///
/// What columns answer is worded once for each different answer; for the others the interpreter is asked.
struct BatchWorker: Sendable {
  let kind: KindID
  let measures: [MeasureID]
  private let asOf: CivilDate
  private let wording: Wording
  private var evaluator: ColumnEvaluator
  private var evaluation: Evaluation
  private var table: ColumnTable
  private let shared: [Sharing]
  private var known: [Key: BatchCells] = [:]

  /// Whether decisions of a measure follow from its verdict, its reasons and its counties.
  private struct Sharing: Sendable {
    var isPossible: Bool
    /// The slots of the options by which its authorities are told apart.
    var counties: [Int]
  }

  private struct Key: Hashable {
    var measure: Int
    var verdict: Verdict
    var hasAmount: Bool
    var reasons: [Int32]
    var counties: [Int32]
  }

  /// How many different answers are remembered.
  private static var remembered: Int { 65_536 }

  init(_ prepared: PreparedProgram, kind: KindID, asOf: CivilDate, measures: [MeasureID], wording: Wording) {
    let program = ColumnProgram(prepared, kind: kind, asOf: asOf, measures: measures)
    self.kind = kind
    self.measures = program.measures
    self.asOf = asOf
    self.wording = wording
    evaluator = ColumnEvaluator(program)
    evaluation = Evaluation(prepared)
    table = ColumnTable(kind, in: prepared.program)
    shared = program.measures.map { Self.sharing($0, kind, prepared.program) }
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

  /// The cells of each subject for each measure, in order.
  ///
  /// - Requires: at most a chunk of subjects.
  mutating func cells(of subjects: [Subject]) -> [[BatchCells]] {
    let own = subjects.indices.filter { subjects[$0].kind == kind }
    table.removeAll()
    for place in own { table.append(subjects[place]) }
    if !own.isEmpty { evaluator.decide(table, from: 0) { subjects[own[$0]] } }
    var result = [[BatchCells]](repeating: [], count: subjects.count)
    for (row, place) in own.enumerated() { result[place] = cells(of: subjects[place], row) }
    for place in subjects.indices where subjects[place].kind != kind {
      result[place] = ask(measures, subjects[place])
    }
    return result
  }

  private mutating func cells(of subject: Subject, _ row: Int) -> [BatchCells] {
    var cells = [BatchCells?](repeating: nil, count: measures.count)
    var open: [(measure: Int, key: Key?)] = []
    for measure in measures.indices {
      guard let key = key(of: measure, subject, row), let amount = evaluator.amount(of: measure, at: row) else {
        open.append((measure, nil))
        continue
      }
      guard var found = known[key] else {
        open.append((measure, key))
        continue
      }
      if key.hasAmount { found.amount = wording.amount(amount, of: measures[measure]) }
      cells[measure] = found
    }
    if !open.isEmpty {
      let answers = ask(open.map { measures[$0.measure] }, subject)
      for (entry, answer) in zip(open, answers) {
        cells[entry.measure] = answer
        if let key = entry.key {
          if known.count >= Self.remembered { known.removeAll(keepingCapacity: true) }
          known[key] = answer
        }
      }
    }
    return cells.compactMap(\.self)
  }

  /// What a measure's cells follow from, all but the amount; nil where the interpreter has to be asked.
  private func key(of measure: Int, _ subject: Subject, _ row: Int) -> Key? {
    guard shared[measure].isPossible, let reasons = evaluator.reasons(of: measure, at: row),
      let amount = evaluator.amount(of: measure, at: row)
    else { return nil }
    let counties = shared[measure].counties.map { slot -> Int32 in
      if case .value(.option(let place)) = subject.facts[slot] { return place }
      return -1
    }
    return Key(
      measure: measure, verdict: evaluator.verdict(of: measure, at: row), hasAmount: amount != .none, reasons: reasons,
      counties: counties)
  }

  private mutating func ask(_ wanted: [MeasureID], _ subject: Subject) -> [BatchCells] {
    return evaluation.decisions(for: subject, asOf: asOf, measures: wanted).decisions.map { wording.cells($0) }
  }
}
