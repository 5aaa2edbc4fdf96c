package import PolicyEvaluation
package import PolicyIR
import PolicyPlans
import PolicyValues

/// Answers the measures of a column program for one chunk of rows after another, reusing its memory; one for each thread.
///
/// What columns can't answer exactly it asks the interpreter for, so that every answer is the interpreter's.
package final class ColumnEvaluator {
  package let program: ColumnProgram
  let chunk: Chunk
  private var evaluation: Evaluation
  package private(set) var rows = 0
  /// For each measure four planes: yes, no, 不适用, unknown; what is in none of them is disputed.
  let verdicts: UnsafeMutablePointer<UInt64>
  /// For each measure the rows that the interpreter answered.
  private let asked: UnsafeMutablePointer<UInt64>
  private var isAsked = false
  /// Whether rows of which not all is known are collected; where they have been decided, only the unsure ones are the interpreter's.
  private var isWanting = true
  /// How many answers the interpreter gave.
  package private(set) var interpreted = 0
  /// Memory of `reasonRows`.
  var reasonMemory: ReasonMemory

  /// The most rows that are decided at once.
  package static var chunkSize: Int { Chunk.size }

  package init(_ program: ColumnProgram) {
    self.program = program
    chunk = Chunk(program)
    evaluation = Evaluation(program.prepared)
    let planes = program.measures.count * 5 * Chunk.words
    verdicts = .allocate(capacity: max(1, planes))
    verdicts.initialize(repeating: 0, count: max(1, planes))
    asked = verdicts + program.measures.count * 4 * Chunk.words
    reasonMemory = ReasonMemory(reasons: program.reasons.count)
  }

  deinit { verdicts.deallocate() }

  /// Decides the rows of a table from `first` on, a chunk at most.
  ///
  /// - Parameter subject: the subject of a row of the table, for what the interpreter has to answer.
  /// - Requires: `first` is a multiple of `chunkSize`.
  package func decide(_ table: ColumnTable, from first: Int, subject: (_ row: Int) -> Subject) {
    decideInColumns(table, from: first)
    if isAsked { askInterpreter(first, subject) }
  }

  /// The same, but the interpreter isn't asked: what `wasAsked` names is in none of the planes of a verdict.
  package func decideInColumns(_ table: ColumnTable, from first: Int) {
    rows = min(Chunk.size, table.count - first)
    chunk.begin(table.columns, at: first / 64, count: (rows + 63) / 64)
    compute(program.steps)
    (isAsked, isWanting) = (false, true)
    for measure in program.plans.indices { join(measure) }
    if (0..<chunk.count).contains(where: { chunk.wanted[$0] != 0 }) {
      compute(program.openSteps)
      isWanting = false
      for measure in program.plans.indices where !program.plans[measure].values.isEmpty { join(measure) }
    }
  }

  private func compute(_ steps: [StepID]) {
    for step in steps {
      switch step {
      case .truth(let number): chunk.compute(number, program.truths[Int(number)])
      case .value(let number): chunk.compute(number, program.values[Int(number)])
      }
    }
  }

  /// Whether the interpreter answered a measure for a row of the chunk.
  package func wasAsked(_ measure: Int, _ row: Int) -> Bool {
    asked[measure * Chunk.words + row >> 6] >> UInt64(row & 63) & 1 == 1
  }

  /// The rows of a word for which the interpreter answered a measure.
  func askedRows(_ measure: Int, _ word: Int) -> UInt64 { asked[measure * Chunk.words + word] }

  /// The verdict planes of a measure from its readings, and the rows for which they don't suffice.
  private func join(_ measure: Int) {
    let plan = program.plans[measure]
    let columns = chunk.columns
    let hasOdd = plan.slots.contains { columns[$0].hasOdd }
    if plan.refusal == nil, plan.readings.count == 1, plan.values.isEmpty, !hasOdd {
      return joinOne(measure, plan.readings[0])
    }
    let start = verdicts + measure * 4 * Chunk.words
    for word in 0..<chunk.count {
      var planes = (yes: UInt64.max, no: UInt64.max, none: UInt64.max, unknown: UInt64.max)
      var open: UInt64 = 0
      if !plan.isOfKind {
        planes = (0, 0, .max, 0)
      } else if plan.period.blocks {
        planes = (0, .max, 0, 0)
      } else if plan.refusal != nil {
        open = .max
      } else {
        var anyUnknown: UInt64 = 0
        for reading in plan.readings {
          let conditions = chunk.plane(reading.conditions) + word
          var (isObject, isNone) = (UInt64.max, UInt64(0))
          if reading.object >= 0 {
            let object = chunk.plane(reading.object) + word
            isObject = chunk.yes[object]
            isNone = chunk.known[object] & ~isObject
          }
          let yes = isObject & chunk.yes[conditions]
          let no = isObject & chunk.known[conditions] & ~chunk.yes[conditions]
          let unknown = ~(yes | no | isNone)
          planes = (planes.yes & yes, planes.no & no, planes.none & isNone, planes.unknown & unknown)
          anyUnknown |= unknown
        }
        var inexact: UInt64 = 0
        for value in plan.values { inexact |= anyUnknown & ~chunk.exact[chunk.plane(value) + word] }
        if isWanting { chunk.wanted[word] |= inexact & rowsOf(word) } else { open |= inexact & chunk.unsure[word] }
        if hasOdd { for slot in plan.slots { open |= columns[slot].memory.odd[chunk.first + word] } }
      }
      open &= rowsOf(word)
      start[word] = planes.yes & ~open
      start[Chunk.words + word] = planes.no & ~open
      start[2 * Chunk.words + word] = planes.none & ~open
      start[3 * Chunk.words + word] = planes.unknown & ~open
      asked[measure * Chunk.words + word] = open
      if open != 0 { isAsked = true }
    }
  }

  /// The same where there is one reading and nothing for the interpreter, the usual case.
  private func joinOne(_ measure: Int, _ reading: (object: Int32, conditions: Int32)) {
    let start = verdicts + measure * 4 * Chunk.words
    let (no, none, unknown) = (start + Chunk.words, start + 2 * Chunk.words, start + 3 * Chunk.words)
    let conditions = chunk.plane(reading.conditions)
    let (known, yes, count) = (chunk.known + conditions, chunk.yes + conditions, chunk.count)
    (asked + measure * Chunk.words).update(repeating: 0, count: count)
    if reading.object < 0 {
      for word in 0..<count { start[word] = yes[word] }
      for word in 0..<count { no[word] = known[word] & ~yes[word] }
      none.update(repeating: 0, count: count)
      for word in 0..<count { unknown[word] = ~known[word] }
      return
    }
    let object = chunk.plane(reading.object)
    let (objectKnown, isObject) = (chunk.known + object, chunk.yes + object)
    for word in 0..<count {
      let isNone = objectKnown[word] & ~isObject[word]
      let isYes = isObject[word] & yes[word]
      let isNo = isObject[word] & known[word] & ~yes[word]
      start[word] = isYes
      no[word] = isNo
      none[word] = isNone
      unknown[word] = ~(isYes | isNo | isNone)
    }
  }

  /// The rows of a word that are in the table.
  func rowsOf(_ word: Int) -> UInt64 {
    let left = rows - word * 64
    return left >= 64 ? .max : (1 << UInt64(left)) - 1
  }

  private func askInterpreter(_ first: Int, _ subject: (Int) -> Subject) {
    for word in 0..<chunk.count {
      var open: UInt64 = 0
      for measure in program.plans.indices { open |= asked[measure * Chunk.words + word] }
      while open != 0 {
        let bit = open.trailingZeroBitCount
        open &= open - 1
        let mask = UInt64(1) << UInt64(bit)
        let wanted = program.plans.indices.filter { asked[$0 * Chunk.words + word] & mask != 0 }
        let answers = evaluation.verdicts(
          for: subject(first + word * 64 + bit), asOf: program.asOf, measures: wanted.map { program.measures[$0] })
        interpreted += wanted.count
        for (measure, verdict) in zip(wanted, answers) {
          let plane: Int? =
            switch verdict {
            case .yes: 0
            case .no: 1
            case .notApplicable, nil: 2
            case .unknown: 3
            case .disputed: nil
            }
          if let plane { verdicts[(measure * 4 + plane) * Chunk.words + word] |= mask }
        }
      }
    }
  }

  /// The verdict of a measure (by its position in the program's list) for a row of the chunk.
  package func verdict(of measure: Int, at row: Int) -> Verdict {
    Self.verdict(verdicts + measure * 4 * Chunk.words, at: row)
  }

  /// The rows in which a measure's verdict is yes, no, 不适用 and unknown; in none of them: disputed.
  package func verdictRows(
    of measure: Int
  ) -> (
    yes: UnsafePointer<UInt64>, no: UnsafePointer<UInt64>, none: UnsafePointer<UInt64>, unknown: UnsafePointer<UInt64>
  ) {
    let start = UnsafePointer(verdicts + measure * 4 * Chunk.words)
    return (start, start + Chunk.words, start + 2 * Chunk.words, start + 3 * Chunk.words)
  }

  /// The verdict in four planes of a chunk.
  static func verdict(_ planes: UnsafePointer<UInt64>, at row: Int) -> Verdict {
    let (word, shift) = (row >> 6, UInt64(row & 63))
    if planes[word] >> shift & 1 == 1 { return .yes }
    if planes[word + Chunk.words] >> shift & 1 == 1 { return .no }
    if planes[word + 2 * Chunk.words] >> shift & 1 == 1 { return .notApplicable }
    return planes[word + 3 * Chunk.words] >> shift & 1 == 1 ? .unknown : .disputed
  }

  /// Where the date lies in the life of a measure and of its document.
  package func period(of measure: Int) -> PeriodState { program.plans[measure].period }

  /// The numbers of the reasons (`ColumnProgram.reasons`) why a verdict is unknown, ascending; nil: the interpreter has to be asked.
  package func reasons(of measure: Int, at row: Int) -> [Int32]? {
    let plan = program.plans[measure]
    switch verdict(of: measure, at: row) {
    case .yes, .no, .notApplicable: return []
    case .disputed: return nil
    case .unknown: break
    }
    // Where readings differ, a reason stands under some of them, which the interpreter lists.
    guard plan.readings.count == 1, !wasAsked(measure, row) else {
      return nil
    }
    let (object, conditions) = (plan.readings[0].object, plan.readings[0].conditions)
    let whole = chunk.reasons(of: conditions, row)
    let ofObject = object < 0 ? .empty : chunk.reasons(of: object, row)
    let all = chunk.reasoning.union(whole, ofObject)
    return chunk.reasoning.sets[all]
  }
}
