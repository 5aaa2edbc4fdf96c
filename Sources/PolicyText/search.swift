/// The offset of the first occurrence of `needle` in `bytes[range]`, or nil; an empty needle occurs nowhere.
///
/// The search is Horspool's, which skips most bytes of Chinese text; glibc hides `memmem` from Swift.
package func firstOffset(of needle: UnsafeBufferPointer<UInt8>, in bytes: [UInt8], range: Range<Int>) -> Int? {
  let range = range.clamped(to: 0..<bytes.count)
  guard !needle.isEmpty, needle.count <= range.count else { return nil }
  return bytes.withUnsafeBufferPointer { text in
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { skips in
      let last = needle.count - 1
      skips.initialize(repeating: UInt8(min(needle.count, 255)))
      for index in max(0, last - 254)..<max(last, 0) { skips[Int(needle[index])] = UInt8(last - index) }
      var end = range.lowerBound + last
      while end < range.upperBound {
        let byte = text[end]
        if byte == needle[last], matches(text, needle, at: end - last) { return end - last }
        end += Int(skips[Int(byte)])
      }
      return nil
    }
  }
}

/// The offset of the first occurrence of a stretch of bytes.
package func firstOffset(of needle: ArraySlice<UInt8>, in bytes: [UInt8], range: Range<Int>) -> Int? {
  needle.withUnsafeBufferPointer { firstOffset(of: $0, in: bytes, range: range) }
}

private func matches(
  _ text: UnsafeBufferPointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>, at offset: Int
) -> Bool {
  for index in needle.indices where text[offset + index] != needle[index] { return false }
  return true
}
