import PolicyAnswers

/// The different answers of a table, each worded once; those that serve one row only are forgotten with their block.
struct BatchAnswers {
  /// The position of its measure in the batch's list, and what is said.
  private(set) var all: [(measure: Int, cells: BatchCells)] = []
  /// The cells of the columns that are asked for, each behind a delimiter, one answer behind another, and where each begins.
  private(set) var text: [UInt8] = []
  private(set) var starts: [Int32] = [0]
  private var shared = 0
  /// At least the bytes of the longest answer.
  private(set) var longest = 0

  /// How many bytes of a short answer are written at once; so many stand behind the text.
  static var stride: Int { 16 }

  var count: Int { all.count }

  /// Adds an answer; returns its number.
  mutating func add(_ measure: Int, _ cells: BatchCells, _ bytes: [UInt8]) -> Int32 {
    all.append((measure, cells))
    text.removeLast(min(Self.stride, text.count))
    text += bytes
    starts.append(Int32(text.count))
    text.append(contentsOf: repeatElement(0, count: Self.stride))
    longest = max(longest, bytes.count)
    return Int32(all.count - 1)
  }

  /// Keeps the answers that there are, and forgets those that are added from now on at the next `forget`.
  mutating func share() { shared = all.count }

  /// Forgets the answers of single rows, or all.
  mutating func forget(all isAll: Bool) {
    if isAll { shared = 0 }
    all.removeSubrange(shared...)
    starts.removeSubrange((shared + 1)...)
    text.removeSubrange(min(Int(starts[shared]) + Self.stride, text.count)...)
  }
}
