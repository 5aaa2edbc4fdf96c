import Glibc
import PolicyText

/// The text of a file of facts, or why it has none.
struct DecodedFacts {
  /// The text in UTF-8 without byte order mark; what could not be decoded is U+FFFD.
  var bytes: [UInt8]
  var encoding: FactsEncoding
  var failure: Failure?

  enum Failure {
    /// A byte that the encoding does not have: its offset and line in the file as it is on disk, and its place in `bytes`.
    case invalidByte(UInt8, offset: Int, line: Int, decoded: Int)
    case utf16
    /// A NUL at this offset: not text.
    case binary(offset: Int)
    /// An Excel workbook.
    case workbook
    /// More than a span can count.
    case tooLarge
    /// The system has no GB18030 converter.
    case noConverter
  }
}

/// Decodes a file: a byte order mark or well-formed UTF-8 is UTF-8, everything else GB18030 (of which GB2312 and GBK are parts).
///
/// Text that is ill-formed as UTF-8 behind at least three well-formed Chinese characters counts as damaged UTF-8 and not as
/// GB18030, whose common characters hardly ever look like that. Both are strict: one bad byte is a failure.
func decodeFacts(_ bytes: [UInt8]) -> DecodedFacts {
  if bytes.count > Int(UInt32.max) / 2 { return failed(.tooLarge) }
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return failed(.utf16) }
  if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
    return failed(.workbook)
  }
  if let offset = bytes.firstIndex(of: 0) {
    let isEveryOther = bytes.count > 3 && (bytes[0] == 0) != (bytes[1] == 0) && (bytes[2] == 0) == (bytes[0] == 0)
    return failed(isEveryOther ? .utf16 : .binary(offset: offset))
  }
  let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
  let body = hasMark ? Array(bytes[3...]) : bytes
  let (bad, characters) = illFormedUTF8(body)
  guard let bad else {
    return DecodedFacts(bytes: body, encoding: hasMark ? .utf8WithMark : .utf8, failure: nil)
  }
  if !hasMark, characters < 3 { return decodeGB18030(bytes) }
  let place = bad + bytes.count - body.count
  return DecodedFacts(
    bytes: Array(String(decoding: body, as: UTF8.self).utf8), encoding: hasMark ? .utf8WithMark : .utf8,
    failure: .invalidByte(bytes[place], offset: place, line: lineNumber(of: place, in: bytes), decoded: bad))
}

private func failed(_ failure: DecodedFacts.Failure) -> DecodedFacts {
  DecodedFacts(bytes: [], encoding: .utf8, failure: failure)
}

/// The first offset that is ill-formed UTF-8, and how many characters of three bytes stand before it.
private func illFormedUTF8(_ bytes: [UInt8]) -> (offset: Int?, characters: Int) {
  var offset = 0
  var characters = 0
  while offset < bytes.count {
    if bytes[offset] < 0x80 {
      offset += 1
      continue
    }
    let scalar = decodedScalar(in: bytes, at: offset)
    if scalar.length == 1 { return (offset, characters) }
    if scalar.length == 3 { characters += 1 }
    offset += scalar.length
  }
  return (nil, characters)
}

private func lineNumber(of offset: Int, in bytes: [UInt8]) -> Int {
  bytes[..<offset].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
}

/// - Requires: no NUL in `bytes`.
private func decodeGB18030(_ bytes: [UInt8]) -> DecodedFacts {
  let converter = iconv_open("UTF-8", "GB18030")
  guard converter != iconv_t(bitPattern: -1) else { return failed(.noConverter) }
  defer { iconv_close(converter) }
  var output: [UInt8] = []
  output.reserveCapacity(bytes.count + bytes.count / 2)
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  var done = 0
  var failure: DecodedFacts.Failure?
  while done < bytes.count {
    let left = bytes.count - done
    let (consumed, produced, code) = bytes.withUnsafeBytes { source in
      chunk.withUnsafeMutableBytes { target in
        // iconv takes a mutable pointer and only reads.
        var from = source.baseAddress.map {
          UnsafeMutablePointer<CChar>(mutating: ($0 + done).assumingMemoryBound(to: CChar.self))
        }
        var fromLeft = left
        var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        var toLeft = target.count
        errno = 0
        let result = iconv(converter, &from, &fromLeft, &to, &toLeft)
        return (left - fromLeft, target.count - toLeft, result == -1 ? errno : 0)
      }
    }
    output.append(contentsOf: chunk[..<produced])
    done += consumed
    if consumed + produced > 0, code == 0 || code == E2BIG { continue }
    // EILSEQ and EINVAL (cut off at the end): the rest would be a guess.
    if failure == nil, done < bytes.count {
      failure = .invalidByte(
        bytes[done], offset: done, line: lineNumber(of: done, in: bytes), decoded: output.count)
    }
    output.append(contentsOf: [0xEF, 0xBF, 0xBD])
    break
  }
  // No table is read from a damaged file, so only the lines up to the place are kept for showing it.
  return DecodedFacts(bytes: output, encoding: .gb18030, failure: failure)
}
