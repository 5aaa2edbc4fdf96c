import PolicyEvaluation
import PolicyIR
import PolicyPlans
import PolicySQL
import PolicyValues

/// A database that runs SQL.
protocol SQLEngine {
  var dialect: SQLDialect { get }
  /// Makes a table anew, fills it and asks it; cells as texts, nil for NULL.
  mutating func ask(_ query: SQLQuery, _ schema: SQLSchema, rows: [[String]]) throws -> (
    names: [String], rows: [[String?]]
  )
}

/// What was compared, so that a run in which nothing was compiled is no success.
struct SQLTally: CustomStringConvertible {
  var subjects = 0, answers = 0, amounts = 0, reasons = 0, splits = 0, compiled = 0
  var refusals: [Refusal.Cause: Int] = [:]
  var labels: [Label: Int] = [:]

  var description: String {
    let refused = refusals.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
    return
      "\(subjects) subjects, \(answers) answers (\(amounts) amounts, \(reasons) with reasons, \(splits) split), "
      + "\(compiled) measures compiled, refused: \(refused.joined(separator: ", "))"
  }
}

/// Compares every compiled measure for subjects of one kind with the interpreter; the first difference as a sentence.
func sqlDifference(
  _ prepared: PreparedProgram, _ subjects: [Subject], asOf: CivilDate, states: Bool, _ engine: inout some SQLEngine,
  _ tally: inout SQLTally
) throws -> (text: String, subject: Subject, measure: MeasureID)? {
  guard let kind = subjects.first?.kind else { return nil }
  var options = SQLOptions(dialect: engine.dialect, table: engine.dialect.keeps("主体表") ? "主体表" : "subjects")
  options.hasStates = states
  let words = SQLWords(
    label: { $0.chinese }, reason: { "\($0)" }, measure: { ["\($0)"] }, refusal: { "\($0) \($1)" },
    choice: { "\($0) \($1)" }, say: { zh, _ in zh })
  let query = SQLQuery(prepared, kind: kind, asOf: asOf, options: options, words: words)
  for refusal in query.refusals { tally.refusals[refusal.why.cause, default: 0] += 1 }
  tally.compiled += query.measures.count
  if query.measures.isEmpty { return nil }
  let schema = SQLSchema(kind, in: prepared.program, options: options)
  var subjects = subjects
  for place in subjects.indices {
    subjects[place].id = "\(place)"
    if states { continue }
    for slot in subjects[place].facts.indices {
      switch subjects[place].facts[slot] {
      case .notKnown, .notApplicable: subjects[place].facts[slot] = .missing
      case .missing, .value, .one, .many: break
      }
    }
  }
  var unreadable = 0
  let cells = subjects.map { subject in schema.cells(of: subject) { _ in unreadable += 1 } }
  let (names, rows) = try engine.ask(query, schema, rows: cells)
  func failed(_ what: String) -> (String, Subject, MeasureID) { (what, subjects[0], query.measures[0].id) }
  if unreadable > 0 { return failed("\(unreadable) facts don't fit the table") }
  if rows.count != subjects.count { return failed("\(rows.count) rows of \(subjects.count)") }
  let columns = Dictionary(names.enumerated().map { ($0.1, $0.0) }) { first, _ in first }
  guard let faults = columns[query.faults] else { return failed("no column \(query.faults) in \(names)") }
  let measures = query.measures.map(\.id)
  var evaluation = Evaluation(prepared)
  var settled: [[String]: Evaluation] = [:]
  tally.subjects += subjects.count
  for row in rows {
    guard let id = row[0], let number = Int(id) else { return failed("no name in \(row)") }
    let subject = subjects[number]
    if let fault = row[faults] { return ("fault \(fault)", subject, measures[0]) }
    let decisions = evaluation.decisions(for: subject, asOf: asOf, measures: measures).decisions
    for (measure, decision) in zip(query.measures, decisions) {
      func cell(_ name: String?) -> String? { name.flatMap { columns[$0] }.flatMap { row[$0] } }
      func failed(_ what: String) -> (String, Subject, MeasureID) { (what, subject, measure.id) }
      tally.answers += 1
      tally.labels[decision.label, default: 0] += 1
      guard cell(measure.label) == decision.label.chinese else {
        return failed("label \(cell(measure.label) ?? "NULL"), should be \(decision.label.chinese)")
      }
      // Outside the period nothing is asked.
      if measure.readings.isEmpty { continue }
      let mask = cell(measure.mask).flatMap { Int64($0) } ?? 0
      let reasons = measure.reasons.indices.filter { mask >> Int64($0) & 1 == 1 }.map { measure.reasons[$0] }
      tally.reasons += reasons.isEmpty ? 0 : 1
      if reasons != decision.reasons.map(\.reason) {
        return failed("reasons \(reasons), should be \(decision.reasons.map(\.reason))")
      }
      let amount: Rational? =
        switch decision.amount {
        case .exact(let number): number
        case .atMost(let most): most
        case .none, .length, .range, .toBeSet, .unknown, .disputed: nil
        }
      let expected = try amount.map { try $0.scaled(by: measure.parts) }
      tally.amounts += expected == nil ? 0 : 1
      if cell(measure.amount) != expected.map({ $0.isInteger ? "\($0.numerator)" : "\($0)" }) {
        return failed("amount \(cell(measure.amount) ?? "NULL"), should be \(decision.amount) × \(measure.parts)")
      }
      guard decision.verdict == .disputed else {
        if let split = cell(measure.split) { return failed("readings \(split), though they agree") }
        continue
      }
      tally.splits += 1
      var letters = ""
      for reading in measure.readings {
        let key = reading.map { "\($0.choice) \($0.reading)" }
        if settled[key] == nil { settled[key] = Evaluation(PreparedProgram(prepared.program.settled(reading))) }
        let verdict = settled[key]?.verdicts(for: subject, asOf: asOf, measures: [measure.id]).first ?? nil
        letters += verdict.map { ["N", "Y", "U", "X", "?"][Int($0.rawValue)] } ?? "-"
      }
      if cell(measure.split) != letters {
        return failed("readings \(cell(measure.split) ?? "NULL"), should be \(letters)")
      }
    }
  }
  return nil
}

extension Program {
  /// The program with readings settled.
  fileprivate func settled(_ readings: [(choice: OpenChoice, reading: Int)]) -> Program {
    var program = self
    for (choice, reading) in readings {
      switch choice {
      case .choice(let id): program.settle(id, reading)
      case .value(let id):
        for case .disputed(let choice) in program.classifications[id].sorting
        where program.choices[choice].ruling == nil { program.settle(choice, reading) }
      }
    }
    return program
  }
}
