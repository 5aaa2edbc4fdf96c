import PolicyEvaluation
import PolicyIR
import PolicyValues

/// The planes of one chunk of rows: for each truth step what is known and what is yes, for each value step its numbers and where
/// they are exact. One for each thread.
final class Chunk {
  /// The most rows of a chunk: its planes stay in the cache of a core.
  static var size: Int { 4096 }
  static var words: Int { size / 64 }

  let program: ColumnProgram
  let known: UnsafeMutablePointer<UInt64>
  let yes: UnsafeMutablePointer<UInt64>
  let numbers: UnsafeMutablePointer<Int64>
  let exact: UnsafeMutablePointer<UInt64>
  /// A plane for what lies between.
  let scratch: UnsafeMutablePointer<UInt64>
  /// Rows in which comparisons are decided one by one where values aren't exact, and those of them that only the interpreter can tell.
  let wanted: UnsafeMutablePointer<UInt64>
  let unsure: UnsafeMutablePointer<UInt64>
  var reasoning: RowReasoning
  /// The table whose rows are computed.
  var columns: [Column] = []
  /// Words in use, and where they begin in the table.
  private(set) var count = 0
  private(set) var first = 0

  init(_ program: ColumnProgram) {
    self.program = program
    reasoning = RowReasoning(program)
    let (truths, values) = (program.truths.count, program.values.count)
    known = .allocate(capacity: (2 * truths + values + 3) * Self.words)
    known.initialize(repeating: 0, count: (2 * truths + values + 3) * Self.words)
    yes = known + truths * Self.words
    exact = yes + truths * Self.words
    scratch = exact + values * Self.words
    wanted = scratch + Self.words
    unsure = wanted + Self.words
    numbers = .allocate(capacity: max(1, values * Self.size))
    numbers.initialize(repeating: 0, count: max(1, values * Self.size))
  }

  deinit {
    known.deallocate()
    numbers.deallocate()
  }

  /// Turns to the words of a table from `first` on.
  func begin(_ columns: [Column], at first: Int, count: Int) {
    (self.columns, self.first, self.count) = (columns, first, count)
    wanted.update(repeating: 0, count: 2 * Self.words)
    reasoning.begin()
  }

  /// The plane of a step as offsets.
  @inline(__always)
  func plane(_ step: Int32) -> Int { Int(step) * Self.words }

  /// The number of a value step for a row; nil where it isn't exact.
  func number(of step: Int32, at row: Int) -> Int64? {
    exact[plane(step) + row >> 6] >> UInt64(row & 63) & 1 == 1 ? numbers[Int(step) * Self.size + row] : nil
  }

  /// Sets the planes of a step word by word.
  @inline(__always)
  func set(_ step: Int32, _ body: (_ word: Int) -> (known: UInt64, yes: UInt64)) {
    let (known, yes) = (known + plane(step), yes + plane(step))
    for word in 0..<count { (known[word], yes[word]) = body(word) }
  }

  /// Joins planes of operands into one.
  @inline(__always)
  func fold(
    _ step: Int32, _ operands: [Int32], from start: (known: UInt64, yes: UInt64),
    _ join: (_ one: (known: UInt64, yes: UInt64), _ two: (known: UInt64, yes: UInt64)) -> (known: UInt64, yes: UInt64)
  ) {
    let (known, yes, count) = (known + plane(step), yes + plane(step), count)
    known.update(repeating: start.known, count: count)
    yes.update(repeating: start.yes, count: count)
    for operand in operands {
      let (otherKnown, otherYes) = (self.known + plane(operand), self.yes + plane(operand))
      for word in 0..<count {
        (known[word], yes[word]) = join((known[word], yes[word]), (otherKnown[word], otherYes[word]))
      }
    }
  }
}
