import PolicyEvaluation

/// The different answers of a table, each worded once, until so many are held that all are forgotten.
struct BatchAnswers {
  /// What is counted of each answer.
  private(set) var tallies: [BatchTally] = []
  private var tallyNumbers: [BatchTally: Int32] = [:]
  /// The tally of each answer.
  private(set) var tallyOf: [Int32] = []
  /// The cells of the columns that are asked for, each behind a delimiter, one answer behind another, and where each begins.
  private(set) var text: [UInt8] = []
  private(set) var starts: [Int32] = [0]
  /// At least the bytes of the longest answer.
  private(set) var longest = 0

  /// How many bytes of a short answer are written at once; so many stand behind the text.
  static var stride: Int { 16 }

  /// How many answers, and bytes of them, are held before all are forgotten.
  private let most: Int
  private static var mostBytes: Int { 1 << 24 }

  init(most: Int) { self.most = most }

  var isFull: Bool { tallyOf.count > most || text.count > Self.mostBytes }

  /// The number of a tally.
  mutating func number(of tally: BatchTally) -> Int32 {
    if let known = tallyNumbers[tally] { return known }
    let number = Int32(tallies.count)
    tallyNumbers[tally] = number
    tallies.append(tally)
    return number
  }

  /// Adds an answer with the number of its tally; returns its own.
  mutating func add(_ tally: Int32, _ pieces: [[UInt8]]) -> Int32 {
    tallyOf.append(tally)
    text.removeLast(min(Self.stride, text.count))
    for piece in pieces { text += piece }
    longest = max(longest, text.count - Int(starts[starts.count - 1]))
    starts.append(Int32(text.count))
    text.append(contentsOf: repeatElement(0, count: Self.stride))
    return Int32(tallyOf.count - 1)
  }

  /// Forgets the answers; of tallies there are few.
  mutating func removeAll() {
    tallyOf.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    starts = [0]
    longest = 0
  }
}

/// What answers are counted by.
struct BatchTally: Hashable {
  /// The position of the measure in the batch's list.
  var measure: Int
  var label: Label
  /// Each once.
  var authorities: [String]
}
