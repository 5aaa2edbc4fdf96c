/// The scalar at an offset and its length in bytes; an ill-formed byte is U+FFFD of length 1.
/// - Requires: `offset` is an index of `bytes`.
@inlinable @inline(__always)
package func decodedScalar(in bytes: [UInt8], at offset: Int) -> (value: UInt32, length: Int) {
  let first = bytes[offset]
  if first < 0x80 { return (UInt32(first), 1) }
  // Nearly all that is not ASCII has three bytes, so only they are read in line.
  if first & 0xF0 == 0xE0, offset + 2 < bytes.count {
    let (second, third) = (bytes[offset + 1], bytes[offset + 2])
    let value = UInt32(first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
    if second & 0xC0 == 0x80, third & 0xC0 == 0x80, value >= 0x800, value & 0xF800 != 0xD800 { return (value, 3) }
    return (0xFFFD, 1)
  }
  return rareScalar(in: bytes, at: offset)
}

/// A scalar of two or four bytes, or an ill-formed byte.
@usableFromInline
package func rareScalar(in bytes: [UInt8], at offset: Int) -> (value: UInt32, length: Int) {
  let first = bytes[offset]
  let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
  guard first >= 0xC2, first < 0xF5, offset + length <= bytes.count else { return (0xFFFD, 1) }
  var value = UInt32(first) & (0xFF >> UInt32(length + 1))
  for index in (offset + 1)..<(offset + length) {
    guard bytes[index] & 0xC0 == 0x80 else { return (0xFFFD, 1) }
    value = value << 6 | UInt32(bytes[index] & 0x3F)
  }
  guard Unicode.Scalar(value) != nil, length < 3 || value >= 0x800, length < 4 || value >= 0x10000 else {
    return (0xFFFD, 1)
  }
  return (value, length)
}

/// The half-width form of a full-width ASCII character or U+3000; any other scalar as it is.
@inlinable @inline(__always)
package func foldingWidth(_ scalar: UInt32) -> UInt32 {
  if (0xFF01...0xFF5E).contains(scalar) { return scalar - 0xFEE0 }
  return scalar == 0x3000 ? 0x20 : scalar
}

/// The length of the white space (Unicode's, and the invisible U+200B, U+2060, U+FEFF) at an offset, or 0.
/// - Requires: `offset` is an index of `bytes`.
@inlinable @inline(__always)
package func whiteSpaceLength(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
  let first = bytes[offset]
  if first < 0x80 { return first == 0x20 || (0x09...0x0D).contains(first) ? 1 : 0 }
  // Most Chinese characters are left by the first test.
  guard first == 0xE3 || first == 0xE2 || first == 0xEF || first == 0xC2 || first == 0xE1 else { return 0 }
  guard offset + 1 < bytes.count else { return 0 }
  let second = bytes[offset + 1]
  if first == 0xC2 { return second == 0x85 || second == 0xA0 ? 2 : 0 }
  guard offset + 2 < bytes.count else { return 0 }
  switch (first, second, bytes[offset + 2]) {
  case (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF), (0xE1, 0x9A, 0x80), (0xE1, 0xA0, 0x8E): return 3
  case (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF): return 3
  case (0xE2, 0x81, 0x9F...0xA0): return 3
  default: return 0
  }
}

/// Whether some of the bytes are white space; nearly all that is not ASCII is left by its first byte.
package func hasWhiteSpace(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  for index in bytes.indices {
    let byte = bytes[index]
    if byte <= 0x20 || byte >= 0xC2 && (byte < 0xE4 || byte == 0xEF), whiteSpaceLength(in: bytes, at: index) > 0 {
      return true
    }
  }
  return false
}

/// Appends the bytes of a range without any white space.
func appendStripped(_ bytes: [UInt8], _ range: Range<Int>, to result: inout [UInt8]) {
  bytes.withUnsafeBufferPointer { buffer in
    var start = range.lowerBound
    var index = start
    while index < range.upperBound {
      let skipped = whiteSpaceLength(in: buffer, at: index)
      if skipped == 0 {
        index += 1
      } else {
        result.append(contentsOf: buffer[start..<index])
        index += skipped
        start = index
      }
    }
    if start < range.upperBound { result.append(contentsOf: buffer[start..<range.upperBound]) }
  }
}

/// The bytes without any white space.
package func strippingWhiteSpace(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  appendStripped(bytes, bytes.indices, to: &result)
  return result
}
