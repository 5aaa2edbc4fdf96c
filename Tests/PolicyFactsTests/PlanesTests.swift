import CPlanes
import SeededRandom
import Testing

/// Planes made with vector instructions against those made without, and both against Swift.
@Suite struct PlanesTests {
  @Test func comparisons() {
    var random = SeededGenerator(seed: 1)
    let wide: [Int64] = (0..<256).map { _ in [Int64.min, .max, 0, -1, 7][random.below(5)] &+ Int64(random.below(3)) }
    let small: [Int32] = wide.map { Int32(truncatingIfNeeded: $0 &>> Int64(random.below(2) * 32)) }
    for literal in [Int64.min, -1, 0, 1, 7, 8, .max] {
      for (relation, holds) in [
        (PlanesEqual, { $0 == $1 }), (PlanesLess, { $0 < $1 }), (PlanesGreater, { $0 > $1 }),
      ] as [(PlanesRelation, (Int64, Int64) -> Bool)] {
        var (one, two) = ([UInt64](repeating: 0, count: 4), [UInt64](repeating: 0, count: 4))
        planes_compare_64(wide, 4, relation, literal, &one)
        planes_compare_64_plainly(wide, 4, relation, literal, &two)
        #expect(one == two && one == planes(wide.map { holds($0, literal) }))
        let narrow = Int32(truncatingIfNeeded: literal)
        planes_compare_32(small, 4, relation, narrow, &one)
        planes_compare_32_plainly(small, 4, relation, narrow, &two)
        #expect(one == two && one == planes(small.map { holds(Int64($0), Int64(narrow)) }))
      }
    }
    for bit in 0..<32 {
      var (one, two) = ([UInt64](repeating: 0, count: 4), [UInt64](repeating: 0, count: 4))
      planes_bit_32(small, 4, Int32(bit), &one)
      planes_bit_32_plainly(small, 4, Int32(bit), &two)
      #expect(one == two && one == planes(small.map { UInt32(bitPattern: $0) >> UInt32(bit) & 1 == 1 }))
    }
  }

  @Test func marks() {
    var random = SeededGenerator(seed: 2)
    for count in [0, 1, 31, 63, 64, 65, 127, 128, 300] {
      let text = (0..<count).map { _ in UInt8(random.below(6) + 0x20) }
      let wanted: [UInt8] = [0x20, 0x22, 0x0A, 0x25]
      var one = [UInt64](repeating: 0, count: (count + 63) / 64 + 1)
      var two = one
      planes_mark(text, count, wanted, &one)
      planes_mark_plainly(text, count, wanted, &two)
      #expect(one == two)
      #expect(Array(one.dropLast()) == planes(text.map { wanted.contains($0) }))
    }
  }

  private func planes(_ bits: [Bool]) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (bits.count + 63) / 64)
    for (place, bit) in bits.enumerated() where bit { words[place >> 6] |= 1 << UInt64(place & 63) }
    return words
  }
}
