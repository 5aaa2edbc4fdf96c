import CPlanes

/// Finds some bytes in a text from its beginning to its end, by marks of a window after another.
struct ByteMarks {
  private let text: UnsafeBufferPointer<UInt8>
  private let wanted: [UInt8]
  private var marks = [UInt64](repeating: 0, count: Self.words)
  /// Where the window begins and ends.
  private var start = 0
  private var end = 0

  private static var words: Int { 256 }

  /// - Requires: four wanted bytes.
  init(_ wanted: [UInt8], in text: UnsafeBufferPointer<UInt8>) { (self.wanted, self.text) = (wanted, text) }

  /// The first place from `place` on where one of the bytes stands; the end of the text where none does.
  ///
  /// - Requires: `place` is never below an earlier one.
  mutating func next(from place: Int) -> Int {
    var place = place
    while place < text.count {
      if place >= end { move(to: place) }
      var word = (place - start) >> 6
      var left = marks[word] & (UInt64.max &<< UInt64(truncatingIfNeeded: (place - start) & 63))
      let last = (end - start - 1) >> 6
      while left == 0, word < last {
        word += 1
        left = marks[word]
      }
      if left != 0 { return start + word << 6 + left.trailingZeroBitCount }
      place = end
    }
    return text.count
  }

  private mutating func move(to place: Int) {
    start = place
    end = min(place + Self.words * 64, text.count)
    planes_mark(text.baseAddress! + start, end - start, wanted, &marks)
  }
}
