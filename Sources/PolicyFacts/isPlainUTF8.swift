/// Whether bytes are well-formed UTF-8 without NUL.
func isPlainUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let start = bytes.baseAddress else { return true }
  let (raw, count) = (UnsafeRawPointer(start), bytes.count)
  var place = 0
  while place < count {
    let lead = start[place]
    let left = count &- place
    // Most characters that aren't ASCII take three bytes.
    if lead >= 0xE1, lead <= 0xEF, lead != 0xED {
      guard left >= 3, start[place &+ 1] & 0xC0 == 0x80, start[place &+ 2] & 0xC0 == 0x80 else { return false }
      place &+= 3
      continue
    }
    if left >= 8 {
      let eight = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      if eight & 0x8080_8080_8080_8080 == 0 {
        // No byte is zero.
        if (eight &- 0x0101_0101_0101_0101) & ~eight & 0x8080_8080_8080_8080 != 0 { return false }
        place &+= 8
        continue
      }
    }
    if lead < 0x80 {
      if lead == 0 { return false }
      place &+= 1
      continue
    }
    if lead >= 0xC2, lead <= 0xDF {
      guard left >= 2, start[place &+ 1] & 0xC0 == 0x80 else { return false }
      place &+= 2
    } else if lead == 0xE0 || lead == 0xED {
      guard left >= 3, start[place &+ 2] & 0xC0 == 0x80 else { return false }
      let second = start[place &+ 1]
      guard lead == 0xE0 ? (0xA0...0xBF).contains(second) : (0x80...0x9F).contains(second) else { return false }
      place &+= 3
    } else {
      guard lead >= 0xF0, lead <= 0xF4, left >= 4, start[place &+ 2] & 0xC0 == 0x80, start[place &+ 3] & 0xC0 == 0x80
      else { return false }
      let second = start[place &+ 1]
      let range: ClosedRange<UInt8> = lead == 0xF0 ? 0x90...0xBF : lead == 0xF4 ? 0x80...0x8F : 0x80...0xBF
      guard range.contains(second) else { return false }
      place &+= 4
    }
  }
  return true
}
