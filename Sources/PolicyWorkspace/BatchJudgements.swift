import PolicyEvaluation

/// What decisions say but for the counties of their authorities, each different one once, and the answers that these make of it.
struct BatchJudgements {
  private(set) var all: [BatchJudgement] = []
  private var numbers: [BatchJudgement: Int32] = [:]
  /// The answers of each by variant, from its place in `starts` on; −1: not made yet.
  private var answers: [Int32] = []
  private var starts: [Int32] = []

  /// How many are held before all are forgotten.
  private let most: Int

  init(most: Int) { self.most = most }

  var isFull: Bool { all.count > most || answers.count > most * 8 }

  /// Adds a judgement with so many variants, where it isn't there; returns its number.
  mutating func add(_ judgement: BatchJudgement, variants: Int) -> Int32 {
    if let known = numbers[judgement] { return known }
    let number = Int32(all.count)
    numbers[judgement] = number
    all.append(judgement)
    starts.append(Int32(answers.count))
    answers.append(contentsOf: repeatElement(-1, count: variants))
    return number
  }

  /// The answer of a judgement for a variant; nil: it isn't made yet.
  func answer(_ judgement: Int32, _ variant: Int32) -> Int32? {
    let answer = answers[Int(starts[Int(judgement)] + variant)]
    return answer < 0 ? nil : answer
  }

  mutating func remember(_ judgement: Int32, _ variant: Int32, _ answer: Int32) {
    answers[Int(starts[Int(judgement)] + variant)] = answer
  }

  mutating func removeAll() {
    all.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    answers.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
  }
}

/// What a decision says in a table, in bytes, but for the counties of its authorities where these follow from the variant.
struct BatchJudgement: Hashable {
  /// The position of the measure in the batch's list, and the number of what is counted.
  var measure: Int
  var tally: Int32
  /// The cells before those of the authorities, and behind them.
  var head: [UInt8] = []
  var tail: [UInt8] = []
  /// The cell of the authorities; nil where it follows from the variant and `leavesSharesUnstated`.
  var departments: [UInt8]?
  var leavesSharesUnstated = false

  /// Most differ in what they lack.
  func hash(into hasher: inout Hasher) {
    hasher.combine(measure)
    hasher.combine(tally)
    tail.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}
