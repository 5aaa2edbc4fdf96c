import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues

/// Turns the expressions of measures into steps: what two measures or two readings have in common is one step.
///
/// It says what `PolicyColumns` says of each form; what is refused there because the interpreter is at hand is computed here where SQL can.
struct SQLCompiler {
  let prepared: PreparedProgram
  let program: Program
  let kind: KindID
  let asOf: CivilDate
  let dialect: SQLDialect
  var truths: [TruthStep] = []
  var values: [ValueStep] = []
  var shapes: [ValueShape] = []
  var reasons: [Reason] = []
  /// What a definition or a measure calls a step.
  var names: [StepID: String] = [:]
  private var truthNumbers: [TruthStep: Int32] = [:]
  private var valueNumbers: [ValueStep: Int32] = [:]
  private var reasonNumbers: [Reason: Int32] = [:]
  /// The readings under which expressions are compiled at present.
  var readings: [SQLChoice: Int] = [:]
  /// Measures under compilation, so that a circle ends.
  var open: Set<MeasureID> = []
  var depth = 0
  /// The expression under compilation, for refusals.
  var place: Span
  static var deepest: Int { 200 }
  /// How many combinations of readings a measure may have.
  static var mostReadings: Int { 64 }

  init(_ prepared: PreparedProgram, kind: KindID, asOf: CivilDate, dialect: SQLDialect) {
    self.prepared = prepared
    program = prepared.program
    self.kind = kind
    self.asOf = asOf
    self.dialect = dialect
    place = program.kinds[kind].span
  }

  mutating func number(_ reason: Reason) -> Int32 {
    if let known = reasonNumbers[reason] { return known }
    let number = Int32(reasons.count)
    reasons.append(reason)
    reasonNumbers[reason] = number
    return number
  }

  /// Why a field of the subject is not known.
  mutating func lacking(_ id: FieldID, asked: Bool) -> Int32 {
    let field = program.fields[id]
    if let text = field.refersTo {
      return number(
        .danglingReference(text, finding: OpenFinding(field: id, by: field.finder, subject: .root, asked: asked)))
    }
    if let finder = field.finder { return number(.finding(id, by: finder, subject: .root, asked: asked)) }
    return number(.missingFact(id, subject: .root, asked: asked))
  }

  mutating func add(_ step: TruthStep) -> Int32 {
    if let known = truthNumbers[step] { return known }
    let number = Int32(truths.count)
    truths.append(step)
    truthNumbers[step] = number
    return number
  }

  mutating func add(_ step: ValueStep, _ shape: ValueShape) -> Int32 {
    if let known = valueNumbers[step] { return known }
    let number = Int32(values.count)
    values.append(step)
    shapes.append(shape)
    valueNumbers[step] = number
    return number
  }

  /// All of some truths: without those that are 是 for every row, and with those of an unnamed part in its place.
  mutating func all(_ operands: [Int32]) -> Int32 {
    var parts: [Int32] = []
    for operand in operands {
      switch truths[Int(operand)] {
      case .constant(true, _): continue
      case .constant(false, _): return constant(false)
      case .all(let inner) where names[.truth(operand)] == nil: parts += inner
      default: parts.append(operand)
      }
    }
    var seen: Set<Int32> = []
    parts = parts.filter { seen.insert($0).inserted }
    return parts.isEmpty ? constant(true) : parts.count == 1 ? parts[0] : add(.all(parts))
  }

  mutating func negation(_ operand: Int32) -> Int32 {
    if case .constant(let truth?, _) = truths[Int(operand)] { return constant(!truth) }
    return add(.negation(operand))
  }

  mutating func constant(_ truth: Bool) -> Int32 { add(.constant(truth, reason: -1)) }

  mutating func unknown(_ reason: Reason) -> Int32 { add(.constant(nil, reason: number(reason))) }

  /// The slot of a field of the subject itself.
  func slot(_ field: FieldID, _ depth: Int) throws(Obstacle) -> Int {
    if depth != 0 { throw .refused(.relation) }
    guard program.fields.indices.contains(field.index), program.fields[field].kind == kind else {
      throw .refused(.form)
    }
    return program.fields[field].slot
  }

  /// The field at a slot.
  func field(_ slot: Int) -> FieldID { program.kinds[kind].fields[slot] }

  /// The reading of a choice that is open.
  func reading(of choice: SQLChoice, among count: Int) throws(Obstacle) -> Int {
    guard let reading = readings[choice] else { throw .open(choice, count) }
    if reading >= count { throw .refused(.form) }
    return reading
  }

  /// The one body of a definition under the present readings, with what it is called.
  func body(of id: DefinitionID) throws(Obstacle) -> (body: Expression, name: String) {
    let definition = program.definitions[id]
    guard let first = definition.bodies.first else { throw .refused(.form) }
    guard let choice = definition.choice, definition.bodies.count > 1 else { return (first, definition.name) }
    if program.choices.indices.contains(choice.index), let ruling = program.choices[choice].ruling,
      definition.bodies.indices.contains(ruling.reading)
    {
      return (definition.bodies[ruling.reading], definition.name)
    }
    let reading = try reading(of: .choice(choice), among: definition.bodies.count)
    let readings = program.choices[choice].readings
    let name = readings.indices.contains(reading) ? readings[reading] : "\(reading + 1)"
    return (definition.bodies[reading], "\(definition.name)（\(name)）")
  }

  /// The bodies that fill a hole at the date.
  func fillings(of hole: HoleID) -> [Int] {
    program.holes[hole].fillings.indices.filter { program.holes[hole].fillings[$0].period.contains(asOf) }
  }

  /// Notes the name of a step that has none.
  mutating func name(_ step: StepID, _ name: String) {
    if names[step] == nil { names[step] = name }
  }
}
