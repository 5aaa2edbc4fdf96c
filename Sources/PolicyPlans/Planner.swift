package import PolicyEvaluation
package import PolicyIR
package import PolicyText
package import PolicyValues

/// Turns measures into steps over the facts of one subject of a kind, as of a date.
package struct Planner {
  package let prepared: PreparedProgram
  package let program: Program
  package let kind: KindID
  package let asOf: CivilDate
  /// All steps, each behind those that it is made of.
  package private(set) var steps: [StepID] = []
  package private(set) var truths: [TruthStep] = []
  package private(set) var values: [ValueStep] = []
  /// For each value, whether it is a date.
  package private(set) var isDate: [Bool] = []
  /// What may leave a step unknown, by number.
  package private(set) var reasons: [Reason] = []
  /// Why each field of the kind is not known: not given, and answered with 不知.
  package private(set) var missing: [Int32] = []
  package private(set) var notKnown: [Int32] = []
  /// What a definition or a measure calls a step.
  package private(set) var names: [StepID: String] = [:]
  /// The steps of the measure that was planned last, with where its rules first say each.
  package private(set) var places: [(step: StepID, place: Span)] = []
  private var seen: Set<StepID> = []
  private var truthNumbers: [TruthStep: Int32] = [:]
  private var valueNumbers: [ValueStep: Int32] = [:]
  private var reasonNumbers: [Reason: Int32] = [:]
  /// The readings under which expressions are planned at present.
  var readings: [OpenChoice: Int] = [:]
  /// Measures that are being planned, so that a circle ends.
  var open: Set<MeasureID> = []
  var depth = 0
  /// The expression that is being planned, for refusals.
  var place: Span
  static var deepest: Int { 200 }
  /// How many combinations of readings a measure may have.
  static var mostReadings: Int { 64 }

  package init(_ prepared: PreparedProgram, kind: KindID, asOf: CivilDate) {
    self.prepared = prepared
    program = prepared.program
    self.kind = kind
    self.asOf = asOf
    place = program.kinds[kind].span
    for id in program.kinds[kind].fields {
      missing.append(number(lacking(id, asked: false)))
      notKnown.append(number(lacking(id, asked: true)))
    }
  }

  /// The number of a reason.
  mutating func number(_ reason: Reason) -> Int32 {
    if let known = reasonNumbers[reason] { return known }
    let number = Int32(reasons.count)
    reasons.append(reason)
    reasonNumbers[reason] = number
    return number
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

  /// The number of a step, the same for equal steps.
  mutating func add(_ step: TruthStep) -> Int32 {
    let number = truthNumbers[step] ?? Int32(truths.count)
    if number == truths.count {
      truths.append(step)
      truthNumbers[step] = number
      steps.append(.truth(number))
    }
    return here(.truth(number), number)
  }

  /// The number of a step, the same for equal steps.
  mutating func add(_ step: ValueStep, isDate: Bool = false) -> Int32 {
    let number = valueNumbers[step] ?? Int32(values.count)
    if number == values.count {
      values.append(step)
      self.isDate.append(isDate)
      valueNumbers[step] = number
      steps.append(.value(number))
    }
    return here(.value(number), number)
  }

  private mutating func here(_ step: StepID, _ number: Int32) -> Int32 {
    if seen.insert(step).inserted { places.append((step, place)) }
    return number
  }

  /// Turns to another measure.
  mutating func begin() { (places, seen) = ([], []) }

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

  /// The reading of a choice that is open.
  func reading(of choice: OpenChoice, among count: Int) throws(Obstacle) -> Int {
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
