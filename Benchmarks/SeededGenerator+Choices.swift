import SeededRandom

extension SeededGenerator {
  /// A number from 0 up to and without `bound`, by remainder: the figures of docs/performance.md rest on these numbers.
  mutating func number(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// Whether one chance in so many came true.
  mutating func isOne(in chances: Int) -> Bool { number(below: chances) == 0 }
}
