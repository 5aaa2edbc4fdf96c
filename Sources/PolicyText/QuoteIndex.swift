/// The places of every 12-byte window that starts at a scalar, by hash; it finds a long quote without a scan of the text.
struct QuoteIndex: Sendable {
  /// The length of the windows: four Chinese characters. Shorter quotes are not in the index.
  static let window = 12

  private let shift: UInt64
  private let starts: [UInt32]
  private let places: [UInt32]

  /// Indexes a text in two passes.
  init(_ bytes: [UInt8]) {
    let windows = max(0, bytes.count - QuoteIndex.window + 1)
    var bits = 4
    while bits < 24, 1 << bits < windows / 3 { bits += 1 }
    let shift = UInt64(64 - bits)
    var starts = [UInt32](repeating: 0, count: (1 << bits) + 1)
    var places: [UInt32] = []
    bytes.withUnsafeBufferPointer { buffer in
      var total = 0
      for index in 0..<windows where buffer[index] & 0xC0 != 0x80 {
        starts[QuoteIndex.bucket(buffer, index, shift) + 1] += 1
        total += 1
      }
      for bucket in 1..<starts.count { starts[bucket] += starts[bucket - 1] }
      places = [UInt32](repeating: 0, count: total)
      var next = starts
      for index in 0..<windows where buffer[index] & 0xC0 != 0x80 {
        let bucket = QuoteIndex.bucket(buffer, index, shift)
        places[Int(next[bucket])] = UInt32(index)
        next[bucket] += 1
      }
    }
    self.shift = shift
    self.starts = starts
    self.places = places
  }

  /// Calls the body with the offsets within a range at which a quote stands, ascending, until it says false.
  /// - Requires: the quote has at least `window` bytes, and `bytes` is the text that was indexed.
  func eachOffset(
    of quote: UnsafeBufferPointer<UInt8>, in bytes: [UInt8], range: Range<Int>, _ body: (Int) -> Bool
  ) {
    bytes.withUnsafeBufferPointer { bytes in
      let bucket = QuoteIndex.bucket(quote, 0, shift)
      // The places of a bucket ascend; sentences that all begin alike share one.
      var index = firstPlace(notBefore: range.lowerBound, Int(starts[bucket]), Int(starts[bucket + 1]))
      let end = Int(starts[bucket + 1])
      while index < end, Int(places[index]) + quote.count <= range.upperBound {
        let offset = Int(places[index])
        if quote.indices.allSatisfy({ bytes[offset + $0] == quote[$0] }), !body(offset) { return }
        index += 1
      }
    }
  }

  /// The first of some ascending places that is not before an offset.
  private func firstPlace(notBefore offset: Int, _ start: Int, _ end: Int) -> Int {
    var (low, high) = (start, end)
    while low < high {
      let middle = (low + high) / 2
      if Int(places[middle]) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func bucket(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ shift: UInt64) -> Int {
    var first: UInt64 = 0
    var second: UInt64 = 0
    for step in 0..<6 {
      first = first << 8 | UInt64(bytes[index + step])
      second = second << 8 | UInt64(bytes[index + step + 6])
    }
    let mixed = (first &* 0x9E37_79B9_7F4A_7C15) ^ (second &* 0xC2B2_AE3D_27D4_EB4F)
    return Int(((mixed ^ (mixed >> 29)) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }
}
