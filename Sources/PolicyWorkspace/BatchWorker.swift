import PolicyAnswers
import PolicyColumns
import PolicyEvaluation
import PolicyFacts
import PolicyIR
import PolicyValues

/// Answers block after block of a table; one for each thread.
///
/// What columns answer is worded once for each different answer; for the others the interpreter is asked.
final class BatchWorker {
  let batch: TableBatch
  let reader: VectorReader
  private let evaluator: ColumnEvaluator
  private var evaluation: Evaluation
  private var table: ColumnTable
  private let sharings: [Sharing]
  private(set) var answers = BatchAnswers()
  /// The number of the answer for each measure and row, `ColumnEvaluator.chunkSize` a measure.
  let numbers: UnsafeMutablePointer<Int32>
  /// For each row which options its authorities are told apart by, for the measure at hand; and its reasons.
  private let variants: UnsafeMutablePointer<Int32>
  private let reasons: UnsafeMutablePointer<UInt64>
  private var areVariantsZero = true
  private var known: [Key: Int32] = [:]
  /// The answers by reasons and variant that were given last, by measure: most rows lack what others lack.
  private var recent: [RecentAnswers]
  /// The answers of verdicts without reasons and amounts, by measure, verdict and variant; −1: not worded yet.
  private var plain: [[Int32]]
  /// For each measure the reasons that its masks have a bit for.
  private var reasonBits: [[Int32]]
  /// The rows and measures that the interpreter has to be asked for, whose answers serve no other row.
  private var waiting: [(row: Int, measure: Int)] = []
  /// What is written of the last block.
  let output = OutputBuffer()
  var recordsBefore = 0

  /// Whether decisions of a measure follow from its verdict, its reasons and the options by which its authorities are told apart.
  private struct Sharing {
    var isPossible: Bool
    /// The slots of these options, and how many values each has.
    var slots: [(slot: Int, values: Int32)]
    var variants: Int { slots.reduce(1) { $0 * Int($1.values + 1) } }
  }

  private struct Key: Hashable {
    var measure: Int32
    var verdict: Verdict
    var variant: Int32
    var reasons: UInt64
    var amount: Amount?
  }

  /// How many different answers are remembered.
  private static var remembered: Int { 65_536 }
  private static var size: Int { ColumnEvaluator.chunkSize }

  init(_ batch: TableBatch, _ stream: TableStream) {
    self.batch = batch
    reader = VectorReader(stream, batch.head, kind: batch.kind, in: batch.program, capacity: Self.size)
    let program = ColumnProgram(batch.prepared, kind: batch.kind, asOf: batch.asOf, measures: batch.measures)
    evaluator = ColumnEvaluator(program)
    evaluation = Evaluation(batch.prepared)
    table = ColumnTable(batch.kind, in: batch.program)
    sharings = batch.measures.map { Self.sharing($0, batch.kind, batch.program) }
    plain = sharings.map { Array(repeating: -1, count: $0.isPossible ? $0.variants * Verdict.allCases.count : 0) }
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

  private static func sharing(_ id: MeasureID, _ kind: KindID, _ program: Program) -> Sharing {
    let measure = program.measures[id]
    let authorities = measure.departments.map(\.authority) + measure.payers.map(\.authority)
    let options = Set(authorities.compactMap { program.authorities[$0].perOption }).sorted()
    let slots = options.compactMap { option -> (slot: Int, values: Int32)? in
      program.kinds[kind].fields.firstIndex { program.fields[$0].type == .option(option) }.map {
        ($0, Int32(program.optionTypes[option].values.count))
      }
    }
    let sharing = Sharing(isPossible: true, slots: slots)
    return Sharing(
      isPossible: measure.payers.allSatisfy { $0.condition == nil } && sharing.variants <= remembered, slots: slots)
  }

  /// Reads the records of a part of the table and finds their answers.
  func decide(_ bytes: ArraySlice<UInt8>, recordsBefore: Int, linesBefore: Int) {
    self.recordsBefore = recordsBefore
    reader.read(bytes, recordsBefore: recordsBefore, linesBefore: linesBefore)
    let isFull = answers.count > Self.remembered
    answers.forget(all: isFull)
    if isFull {
      known.removeAll()
      recent = batch.measures.map { _ in RecentAnswers() }
      for measure in plain.indices { for place in plain[measure].indices { plain[measure][place] = -1 } }
    }
    let block = reader.block
    table.take(block.vectors, rows: block.rows.count)
    evaluator.decide(table, from: 0) { self.subject($0) }
    for measure in batch.measures.indices { decide(measure, block) }
    for row in block.rows.indices where block.hasSubject(row) && !isOwn(row, block) {
      for measure in batch.measures.indices { waiting.append((row, measure)) }
    }
    answers.share()
    askForWaiting()
  }

  /// Asks for each row that waits once.
  private func askForWaiting() {
    waiting.sort { $0 < $1 }
    var start = 0
    while start < waiting.count {
      let row = waiting[start].row
      let end = waiting[start...].firstIndex { $0.row != row } ?? waiting.count
      let measures = waiting[start..<end].map(\.measure)
      for (measure, cells) in zip(measures, ask(measures.map { batch.measures[$0] }, subject(row))) {
        numbers[measure * Self.size + row] = add(cells, measure)
      }
      start = end
    }
    waiting.removeAll(keepingCapacity: true)
  }

  private func subject(_ row: Int) -> Subject { reader.subject(at: row, recordsBefore: recordsBefore) }

  /// Finds the answers of a measure for all rows.
  private func decide(_ measure: Int, _ block: VectorBlock) {
    let numbers = numbers + measure * Self.size
    let sharing = sharings[measure]
    guard sharing.isPossible else {
      for row in block.rows.indices where isOwn(row, block) { waiting.append((row, measure)) }
      return
    }
    setVariants(sharing, block.rows.count, block.vectors)
    let hasReasons = collectReasons(measure, block.rows.count)
    let hasAmount = !evaluator.grantsNothing(measure)
    let perVerdict = sharing.variants
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
        plain[measure][plainPlace] = add(ask([batch.measures[measure]], subject(row))[0], measure)
      }
      numbers[row] = plain[measure][plainPlace]
      if isSingle { common[code] = numbers[row] }
    }
  }

  /// Whether a row has a subject of the table's kind.
  private func isOwn(_ row: Int, _ block: VectorBlock) -> Bool { block.hasSubject(row, of: batch.kind) }

  /// The answer to a verdict with reasons or an amount; −1 where it waits for the interpreter.
  private func shared(
    _ measure: Int, _ verdict: Verdict, _ row: Int, hasReasons: Bool, hasAmount: Bool, isOwn: Bool
  ) -> Int32 {
    guard isOwn else { return -1 }
    let why = verdict == .unknown ? reasons[row] : 0
    let isAnswered = verdict == .yes || verdict == .unknown && hasReasons && !evaluator.wasAsked(measure, row)
    if isAnswered, !hasAmount, let found = recent[measure][why, variants[row]] { return found }
    let amount = hasAmount ? evaluator.amount(of: measure, at: row) : Amount.none
    guard isAnswered, let amount else {
      waiting.append((row, measure))
      return -1
    }
    let key = Key(
      measure: Int32(measure), verdict: verdict, variant: variants[row], reasons: why, amount: hasAmount ? amount : nil)
    let number: Int32
    if let found = known[key] {
      number = found
    } else {
      number = add(ask([batch.measures[measure]], subject(row))[0], measure)
      known[key] = number
    }
    if !hasAmount { recent[measure][why, variants[row]] = number }
    return number
  }

  private func setVariants(_ sharing: Sharing, _ rows: Int, _ vectors: [FactVector]) {
    if sharing.slots.isEmpty, areVariantsZero { return }
    areVariantsZero = sharing.slots.isEmpty
    variants.update(repeating: 0, count: Self.size)
    for (slot, values) in sharing.slots {
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

  private func add(_ cells: BatchCells, _ measure: Int) -> Int32 {
    answers.add(measure, cells, batch.bytes(of: cells, batch.measures[measure]))
  }

  private func ask(_ wanted: [MeasureID], _ subject: Subject) -> [BatchCells] {
    evaluation.decisions(for: subject, asOf: batch.asOf, measures: wanted).decisions.map { batch.wording.cells($0) }
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
