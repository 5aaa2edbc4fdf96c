import PolicyIR
import PolicyValues

/// The planes of one chunk of rows: for each truth step what is known and what is yes, for each value step its numbers and where
/// they are exact.
struct Chunk: Sendable {
  /// The most rows of a chunk: its planes stay in the cache of a core.
  static var size: Int { 4096 }
  static var words: Int { size / 64 }

  var known: [UInt64]
  var yes: [UInt64]
  var numbers: [Int64]
  var exact: [UInt64]
  /// Words in use, and where they begin in the table.
  private(set) var count = 0
  private(set) var first = 0

  init(truths: Int, values: Int) {
    known = Array(repeating: 0, count: truths * Self.words)
    yes = known
    numbers = Array(repeating: 0, count: values * Self.size)
    exact = Array(repeating: 0, count: values * Self.words)
  }

  /// Turns to the words of a table from `first` on.
  mutating func begin(at first: Int, count: Int) { (self.first, self.count) = (first, count) }

  /// The plane of a step as offsets.
  @inline(__always)
  func plane(_ step: Int32) -> Int { Int(step) * Self.words }

  /// Sets the planes of a step word by word; the body may read those of other steps.
  @inline(__always)
  mutating func set(
    _ step: Int32,
    _ body: (_ word: Int, _ known: UnsafeMutableBufferPointer<UInt64>, _ yes: UnsafeMutableBufferPointer<UInt64>) -> (
      known: UInt64, yes: UInt64
    )
  ) {
    let start = plane(step)
    let count = count
    known.withUnsafeMutableBufferPointer { known in
      yes.withUnsafeMutableBufferPointer { yes in
        for word in 0..<count {
          let result = body(word, known, yes)
          known[start + word] = result.known
          yes[start + word] = result.yes
        }
      }
    }
  }

  /// Joins planes of operands into one.
  @inline(__always)
  mutating func fold(
    _ step: Int32, _ operands: [Int32], from start: (known: UInt64, yes: UInt64),
    _ join: (_ one: (known: UInt64, yes: UInt64), _ two: (known: UInt64, yes: UInt64)) -> (known: UInt64, yes: UInt64)
  ) {
    let target = plane(step)
    let count = count
    known.withUnsafeMutableBufferPointer { known in
      yes.withUnsafeMutableBufferPointer { yes in
        for word in 0..<count { (known[target + word], yes[target + word]) = start }
        for operand in operands {
          let source = Int(operand) * Self.words
          for word in 0..<count {
            (known[target + word], yes[target + word]) = join(
              (known[target + word], yes[target + word]), (known[source + word], yes[source + word]))
          }
        }
      }
    }
  }
}
