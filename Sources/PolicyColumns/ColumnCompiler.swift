import PolicyEvaluation
import PolicyIR
import PolicyValues

/// Turns the expressions of measures into steps.
struct ColumnCompiler {
  let prepared: PreparedProgram
  let program: Program
  let kind: KindID
  let asOf: CivilDate
  var steps: [StepID] = []
  var truths: [TruthStep] = []
  var values: [ValueStep] = []
  var reasons: [Reason] = []
  var missing: [Int32] = []
  var notKnown: [Int32] = []
  private var truthNumbers: [TruthStep: Int32] = [:]
  private var valueNumbers: [ValueStep: Int32] = [:]
  private var reasonNumbers: [Reason: Int32] = [:]
  /// The readings under which expressions are compiled at present.
  var readings: [ChoiceID: Int] = [:]
  /// Measures under compilation, so that a circle ends.
  var open: Set<MeasureID> = []
  var depth = 0
  static var deepest: Int { 200 }
  /// How many combinations of readings get a plane pair each.
  static var mostReadings: Int { 32 }

  init(_ prepared: PreparedProgram, kind: KindID, asOf: CivilDate) {
    self.prepared = prepared
    program = prepared.program
    self.kind = kind
    self.asOf = asOf
    for id in program.kinds[kind].fields {
      missing.append(number(lacking(id, asked: false)))
      notKnown.append(number(lacking(id, asked: true)))
    }
  }

  private func lacking(_ id: FieldID, asked: Bool) -> Reason {
    let field = program.fields[id]
    if let text = field.refersTo {
      return .danglingReference(
        text, finding: OpenFinding(field: id, by: field.finder, subject: .root, asked: asked))
    }
    if let finder = field.finder { return .finding(id, by: finder, subject: .root, asked: asked) }
    return .missingFact(id, subject: .root, asked: asked)
  }

  mutating func number(_ reason: Reason) -> Int32 {
    if let known = reasonNumbers[reason] { return known }
    let number = Int32(reasons.count)
    reasons.append(reason)
    reasonNumbers[reason] = number
    return number
  }

  mutating func add(_ step: TruthStep) -> Int32 {
    if let known = truthNumbers[step] { return known }
    let number = Int32(truths.count)
    truths.append(step)
    truthNumbers[step] = number
    steps.append(.truth(number))
    return number
  }

  mutating func add(_ step: ValueStep) -> Int32 {
    if let known = valueNumbers[step] { return known }
    let number = Int32(values.count)
    values.append(step)
    valueNumbers[step] = number
    steps.append(.value(number))
    return number
  }

  mutating func constant(_ truth: Bool) -> Int32 { add(.constant(truth, reason: -1)) }

  mutating func unknown(_ reason: Reason) -> Int32 { add(.constant(nil, reason: number(reason))) }

  /// The slot of a field of the subject itself.
  func slot(_ field: FieldID, _ depth: Int) throws(Obstacle) -> Int {
    if depth != 0 { throw .refused(.depth) }
    guard program.fields.indices.contains(field.index), program.fields[field].kind == kind else {
      throw .refused(.form)
    }
    return program.fields[field].slot
  }

  /// The reading of a choice that is open.
  func reading(of choice: ChoiceID, among count: Int) throws(Obstacle) -> Int {
    guard let reading = readings[choice] else { throw .open(choice, count) }
    if reading >= count { throw .refused(.form) }
    return reading
  }

  /// The one body of a definition under the present readings.
  func body(of id: DefinitionID) throws(Obstacle) -> Expression {
    let definition = program.definitions[id]
    guard let first = definition.bodies.first else { throw .refused(.form) }
    guard let choice = definition.choice, definition.bodies.count > 1 else { return first }
    if program.choices.indices.contains(choice.index), let ruling = program.choices[choice].ruling,
      definition.bodies.indices.contains(ruling.reading)
    {
      return definition.bodies[ruling.reading]
    }
    return definition.bodies[try reading(of: choice, among: definition.bodies.count)]
  }

  /// The bodies that fill a hole at the date.
  func fillings(of hole: HoleID) -> [Int] {
    program.holes[hole].fillings.indices.filter { program.holes[hole].fillings[$0].period.contains(asOf) }
  }
}

/// Why an expression isn't compiled under the present readings.
enum Obstacle: Error {
  case refused(Refusal)
  /// A choice of so many readings for which none is given yet.
  case open(ChoiceID, Int)
}
