import PolicyAnswers
import PolicyColumns
import PolicyEvaluation
import PolicyFacts
import PolicyIR
import PolicyValues

/// Answers block after block of a table; one for each thread.
///
/// Each different answer is worded once. It is found by the verdict and the reasons that columns give; where they don't, by what the
/// measure sees of the row (`Sight`), and where nothing is found the interpreter is asked.
final class BatchWorker {
  let batch: TableBatch
  let reader: VectorReader
  private let evaluator: ColumnEvaluator
  private var evaluation: Evaluation
  private var table: ColumnTable
  let plans: [AnswerPlan]
  var answers: BatchAnswers
  var judgements: BatchJudgements
  /// The cells of authorities by measure, variant and whether shares are unstated; nil: not worded yet.
  var departmentCells: [[[UInt8]?]]
  /// The numbers of tallies by measure and label, where no more is needed for one.
  var tallies: [[Label: Int32]]
  /// Judgements by what a measure sees, and by verdict, reasons and amount.
  private var known: ListTable
  /// A list that is looked up.
  private var list: [Int64] = []
  private var isSeen = false
  /// The number of the answer for each measure and row, `ColumnEvaluator.chunkSize` a measure.
  let numbers: UnsafeMutablePointer<Int32>
  /// For each row which options its authorities are told apart by, for the measure at hand; and its reasons.
  private let variants: UnsafeMutablePointer<Int32>
  private let reasons: UnsafeMutablePointer<UInt64>
  private var areVariantsZero = true
  /// The answers by reasons and variant that were given last, by measure: most rows lack what others lack.
  private var recent: [RecentAnswers]
  /// The answers of verdicts without reasons and amounts, by measure, verdict and variant; −1: not worded yet.
  private var plain: [[Int32]]
  /// For each measure the reasons that its masks have a bit for.
  private var reasonBits: [[Int32]]
  /// The rows and measures that the interpreter has to be asked for.
  private var waiting: [(row: Int, measure: Int)] = []
  var recordsBefore = 0

  private static var size: Int { ColumnEvaluator.chunkSize }

  init(_ batch: TableBatch, _ stream: TableStream) {
    self.batch = batch
    reader = VectorReader(stream, batch.head, kind: batch.kind, in: batch.program, capacity: Self.size)
    let program = ColumnProgram(batch.prepared, kind: batch.kind, asOf: batch.asOf, measures: batch.measures)
    evaluator = ColumnEvaluator(program)
    evaluation = Evaluation(batch.prepared)
    table = ColumnTable(batch.kind, in: batch.program)
    plans = batch.measures.map { AnswerPlan($0, batch) }
    answers = BatchAnswers(most: batch.options.remembered)
    judgements = BatchJudgements(most: batch.options.remembered)
    known = ListTable(capacity: batch.options.remembered * 2)
    tallies = plans.map { _ in [:] }
    departmentCells = plans.map { Array(repeating: nil, count: $0.variants.count * 2) }
    plain = plans.map { Array(repeating: -1, count: $0.variants.count * Verdict.allCases.count) }
    reasonBits = batch.measures.map { _ in [] }
    recent = batch.measures.map { _ in RecentAnswers() }
    numbers = .allocate(capacity: max(1, batch.measures.count) * Self.size)
    numbers.initialize(repeating: 0, count: max(1, batch.measures.count) * Self.size)
    variants = .allocate(capacity: Self.size)
    variants.initialize(repeating: 0, count: Self.size)
    reasons = .allocate(capacity: Self.size)
    reasons.initialize(repeating: 0, count: Self.size)
  }

  deinit {
    numbers.deallocate()
    variants.deallocate()
    reasons.deallocate()
  }

  /// Reads the records of a part of the table and finds their answers.
  func decide(_ bytes: ArraySlice<UInt8>, recordsBefore: Int, linesBefore: Int) {
    self.recordsBefore = recordsBefore
    reader.read(bytes, recordsBefore: recordsBefore, linesBefore: linesBefore)
    if answers.isFull || judgements.isFull || known.isFull { forget() }
    let block = reader.block
    table.take(block.vectors, rows: block.rows.count)
    evaluator.decideInColumns(table, from: 0)
    for measure in batch.measures.indices { decide(measure, block) }
    for row in block.rows.indices where block.hasSubject(row) && !isOwn(row, block) {
      for measure in batch.measures.indices { waiting.append((row, measure)) }
    }
    askForWaiting()
  }

  /// Forgets all answers, so that memory doesn't grow with the table.
  private func forget() {
    answers.removeAll()
    judgements.removeAll()
    known.removeAll()
    recent = batch.measures.map { _ in RecentAnswers() }
    for measure in plain.indices { for place in plain[measure].indices { plain[measure][place] = -1 } }
  }

  /// Asks for each row that waits once, for what no row before it had answered.
  private func askForWaiting() {
    waiting.sort { $0 < $1 }
    var start = 0
    while start < waiting.count {
      let row = waiting[start].row
      let end = waiting[start...].firstIndex { $0.row != row } ?? waiting.count
      var asked: [(measure: Int, seen: [Int64]?)] = []
      for (_, measure) in waiting[start..<end] {
        if let found = found(measure, row) {
          numbers[measure * Self.size + row] = found
        } else {
          asked.append((measure, isSeen ? list : nil))
        }
      }
      start = end
      if asked.isEmpty { continue }
      for ((measure, seen), decision) in zip(asked, ask(asked.map(\.measure), row)) {
        let judgement = judge(measure, decision)
        // A row that is like no other isn't remembered, and one may be known whose authorities were not named yet.
        if let seen, known.number(of: seen) == nil { known.remember(seen, judgement) }
        numbers[measure * Self.size + row] = answer(judgement, variant(measure, row), decision)
      }
    }
    waiting.removeAll(keepingCapacity: true)
  }

  private func ask(_ measures: [Int], _ row: Int) -> [Decision] {
    evaluation.decisions(
      for: reader.subject(at: row, recordsBefore: recordsBefore), asOf: batch.asOf,
      measures: measures.map { batch.measures[$0] }
    ).decisions
  }

  /// The answer that a row was found to have that looks like this one to a measure; nil: there is none yet.
  private func found(_ measure: Int, _ row: Int) -> Int32? {
    see(measure, row)
    guard isSeen, let judgement = known.number(of: list) else { return nil }
    return answer(judgement, variant(measure, row))
  }

  /// Sets `list` to what a measure sees of a row; `isSeen` is false where the row is like no other.
  private func see(_ measure: Int, _ row: Int) {
    list.removeAll(keepingCapacity: true)
    list.append(Int64(measure))
    if let subject = reader.block.apartSubject(row) {
      isSeen = plans[measure].sight.add(subject, to: &list)
    } else {
      isSeen = plans[measure].sight.add(row, of: reader.block.facts, to: &list)
    }
  }

  private func variant(_ measure: Int, _ row: Int) -> Int32 {
    if let subject = reader.block.apartSubject(row) { return plans[measure].variants.number(of: subject) }
    return plans[measure].variants.number(of: row, reader.block.vectors, batch.kind)
  }

  /// Finds the answers of a measure for all rows.
  private func decide(_ measure: Int, _ block: VectorBlock) {
    let numbers = numbers + measure * Self.size
    let plan = plans[measure]
    guard plan.followsVerdict else {
      for row in block.rows.indices where isOwn(row, block) { numbers[row] = seen(measure, row) }
      return
    }
    setVariants(plan.variants, block.rows.count, block.vectors)
    let hasReasons = collectReasons(measure, block.rows.count)
    let hasAmount = !evaluator.grantsNothing(measure)
    let perVerdict = plan.variants.count
    let isSingle = perVerdict == 1
    let planes = evaluator.verdictRows(of: measure)
    // The answer by the bits of the four planes, where there is one for all rows; −1: row by row.
    var common = [Int32](repeating: -1, count: 16)
    for (row, place) in block.rows.enumerated() {
      let (word, shift) = (row &>> 6, UInt64(truncatingIfNeeded: row & 63))
      let code =
        Int(planes.yes[word] &>> shift & 1) | Int(planes.no[word] &>> shift & 1) &<< 1
        | Int(planes.none[word] &>> shift & 1) &<< 2 | Int(planes.unknown[word] &>> shift & 1) &<< 3
      let known = common[code]
      if known >= 0 {
        numbers[row] = known
        continue
      }
      let verdict: Verdict =
        switch code {
        case 1: .yes
        case 2: .no
        case 4: .notApplicable
        case 8: .unknown
        default: .disputed
        }
      if verdict == .unknown || verdict == .disputed || verdict == .yes && hasAmount {
        numbers[row] = shared(
          measure, verdict, row, hasReasons: hasReasons, hasAmount: hasAmount,
          isOwn: place.apart < 0 || isOwn(row, block))
        continue
      }
      let plainPlace = Int(verdict.rawValue) * perVerdict + Int(variants[row])
      if plain[measure][plainPlace] < 0 {
        // A row without a subject has no answer that others could share.
        guard isOwn(row, block) else { continue }
        plain[measure][plainPlace] = asked(measure, row)
      }
      numbers[row] = plain[measure][plainPlace]
      if isSingle { common[code] = numbers[row] }
    }
  }

  /// Whether a row has a subject of the table's kind.
  private func isOwn(_ row: Int, _ block: VectorBlock) -> Bool { block.hasSubject(row, of: batch.kind) }

  /// The answer that a row like this one was given; −1 where it waits for the interpreter.
  private func seen(_ measure: Int, _ row: Int) -> Int32 {
    if let found = found(measure, row) { return found }
    waiting.append((row, measure))
    return -1
  }

  /// The interpreter's answer.
  private func asked(_ measure: Int, _ row: Int) -> Int32 {
    let decision = ask([measure], row)[0]
    return answer(judge(measure, decision), variants[row], decision)
  }

  /// The answer to a verdict with reasons or an amount; −1 where it waits for the interpreter.
  private func shared(
    _ measure: Int, _ verdict: Verdict, _ row: Int, hasReasons: Bool, hasAmount: Bool, isOwn: Bool
  ) -> Int32 {
    guard isOwn else { return -1 }
    let why = verdict == .unknown ? reasons[row] : 0
    let isAnswered = verdict == .yes || verdict == .unknown && hasReasons && !evaluator.wasAsked(measure, row)
    if isAnswered, !hasAmount, let found = recent[measure][why, variants[row]] { return found }
    let amount = hasAmount ? evaluator.amount(of: measure, at: row) : Amount.none
    guard isAnswered, let amount, let exact = amount.exactParts else { return seen(measure, row) }
    // No list of what a measure sees begins below zero.
    list.removeAll(keepingCapacity: true)
    list.append(-1 - Int64(measure))
    list.append(Int64(verdict.rawValue))
    list.append(Int64(bitPattern: why))
    list += exact
    let number: Int32
    if let judgement = known.number(of: list), let found = answer(judgement, variants[row]) {
      number = found
    } else {
      let decision = ask([measure], row)[0]
      let judgement = judge(measure, decision)
      if known.number(of: list) == nil { known.remember(list, judgement) }
      number = answer(judgement, variants[row], decision)
    }
    if !hasAmount { recent[measure][why, variants[row]] = number }
    return number
  }

  private func setVariants(_ plan: CountyVariants, _ rows: Int, _ vectors: [FactVector]) {
    let slots = plan.slots(of: batch.kind)
    if slots.isEmpty, areVariantsZero { return }
    areVariantsZero = slots.isEmpty
    variants.update(repeating: 0, count: Self.size)
    for (slot, values) in slots {
      guard let slot else {
        for row in 0..<rows { variants[row] = variants[row] &* (values &+ 1) }
        continue
      }
      let facts = vectors[slot].small
      for row in 0..<rows { variants[row] = variants[row] &* (values &+ 1) &+ max(facts[row], -1) &+ 1 }
    }
  }

  /// Sets for each row a mask of the reasons why the verdict is unknown; false where the interpreter has to be asked.
  private func collectReasons(_ measure: Int, _ rows: Int) -> Bool {
    reasons.update(repeating: 0, count: rows)
    let reasons = reasons
    return evaluator.reasonRows(of: measure) { reason, planes in
      let place = reasonBits[measure].firstIndex(of: reason) ?? reasonBits[measure].count
      if place == reasonBits[measure].count { reasonBits[measure].append(reason) }
      if place >= 64 { return }
      let bit = UInt64(1) << UInt64(place)
      for (word, plane) in planes.enumerated() {
        var left = plane
        while left != 0 {
          reasons[word &<< 6 &+ left.trailingZeroBitCount] |= bit
          left &= left &- 1
        }
      }
    } && reasonBits[measure].count <= 64
  }
}

extension Amount {
  /// The amount as numbers, where it is none or one number; nil otherwise.
  fileprivate var exactParts: [Int64]? {
    switch self {
    case .none: return []
    case .exact(let number):
      return [number.numerator, number.denominator].flatMap {
        [Int64(truncatingIfNeeded: $0), Int64(truncatingIfNeeded: $0 >> 64)]
      }
    case .length, .range, .toBeSet, .atMost, .unknown, .disputed: return nil
    }
  }
}

/// The last answer at each hash of reasons and a variant.
private struct RecentAnswers {
  private var entries = [(reasons: UInt64, variant: Int32, number: Int32)](repeating: (0, 0, -1), count: 64)

  subscript(reasons: UInt64, variant: Int32) -> Int32? {
    get {
      let entry = entries[place(reasons, variant)]
      return entry.number >= 0 && entry.reasons == reasons && entry.variant == variant ? entry.number : nil
    }
    set { entries[place(reasons, variant)] = (reasons, variant, newValue ?? -1) }
  }

  private func place(_ reasons: UInt64, _ variant: Int32) -> Int {
    let mixed = (reasons ^ UInt64(bitPattern: Int64(variant)) &<< 32) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> 58)
  }
}
