import PolicyDiagnostics
import PolicyText

/// Reads one JSON text (RFC 8259), strictly: no comments, no trailing commas, no lone surrogates, no key twice, at most 64 levels.
/// Numbers are kept as written, so that none passes through a floating-point value.
struct JSONReader {
  private let bytes: [UInt8]
  private let file: FileID
  private var offset = 0
  private static let depthLimit = 64

  /// What is wrong, and where.
  struct Failure: Error {
    var message: Bilingual
    var span: Span
    var related: Span?
  }

  /// The value that the whole text is.
  static func read(_ bytes: [UInt8], file: FileID) -> Result<FactNode, Failure> {
    var reader = JSONReader(bytes: bytes, file: file)
    do throws(Failure) {
      let value = try reader.value(depth: 0)
      reader.skipSpaces()
      if reader.offset < bytes.count {
        throw reader.failure("JSON 已结束，后面还有内容", "text behind the end of the JSON value")
      }
      return .success(value)
    } catch {
      return .failure(error)
    }
  }

  private init(bytes: [UInt8], file: FileID) {
    self.bytes = bytes
    self.file = file
  }

  private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func span(_ start: Int) -> Span {
    Span(file: file, start: UInt32(clamping: start), end: UInt32(clamping: offset))
  }

  private func failure(_ zh: String, _ en: String, at start: Int? = nil) -> Failure {
    let start = start ?? offset
    let length = start < bytes.count ? decodedScalar(in: bytes, at: start).length : 0
    let place = Span(file: file, start: UInt32(clamping: start), end: UInt32(clamping: start + length))
    return Failure(message: Bilingual(zh: zh, en: en), span: place, related: nil)
  }

  private mutating func skipSpaces() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  private mutating func value(depth: Int) throws(Failure) -> FactNode {
    skipSpaces()
    let start = offset
    guard let byte = current else { throw failure("这里缺一个值", "a value is missing") }
    if depth > Self.depthLimit { throw failure("嵌套超过 \(Self.depthLimit) 层", "more than \(Self.depthLimit) levels") }
    let form: FactNode.Form
    switch byte {
    case 0x7B: form = .object(try members(depth))
    case 0x5B: form = .array(try elements(depth))
    case 0x22: form = .scalar(try string())
    case 0x2D, 0x30...0x39: form = .scalar(try number())
    case 0x61...0x7A: form = try word()
    default: throw failure("这里要一个值：字符串、数、对象或数组", "a value is expected: a string, number, object or array")
    }
    return FactNode(form: form, span: span(start))
  }

  private mutating func word() throws(Failure) -> FactNode.Form {
    let start = offset
    while let byte = current, (0x61...0x7A).contains(byte) { offset += 1 }
    switch String(decoding: bytes[start..<offset], as: UTF8.self) {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default: throw failure("不认识的词；字符串要用双引号", "unknown word; strings need double quotes", at: start)
    }
  }

  private mutating func members(_ depth: Int) throws(Failure) -> [FactNode.Member] {
    var members: [FactNode.Member] = []
    var seen: [String: Span] = [:]
    offset += 1
    skipSpaces()
    if current == 0x7D {
      offset += 1
      return members
    }
    while true {
      skipSpaces()
      let start = offset
      guard current == 0x22 else { throw failure("这里要一个键（双引号里的名称）", "a key in double quotes is expected") }
      let key = try string()
      let keySpan = span(start)
      if let first = seen.updateValue(keySpan, forKey: key) {
        throw Failure(
          message: Bilingual(zh: "键“\(clipped(key))”出现两次", en: "the key “\(clipped(key))” stands twice"), span: keySpan,
          related: first)
      }
      skipSpaces()
      guard current == 0x3A else { throw failure("键后面要冒号 :", "a colon is expected behind the key") }
      offset += 1
      members.append(FactNode.Member(key: key, keySpan: keySpan, value: try value(depth: depth + 1)))
      if try isClosed(by: 0x7D) { return members }
    }
  }

  private mutating func elements(_ depth: Int) throws(Failure) -> [FactNode] {
    var elements: [FactNode] = []
    offset += 1
    skipSpaces()
    if current == 0x5D {
      offset += 1
      return elements
    }
    while true {
      elements.append(try value(depth: depth + 1))
      if try isClosed(by: 0x5D) { return elements }
    }
  }

  private mutating func isClosed(by bracket: UInt8) throws(Failure) -> Bool {
    skipSpaces()
    if current == bracket {
      offset += 1
      return true
    }
    guard current == 0x2C else {
      let name = bracket == 0x5D ? "]" : "}"
      throw failure("这里要逗号 , 或 \(name)", "a comma or \(name) is expected")
    }
    offset += 1
    return false
  }

  /// The grammar of RFC 8259 §6: no leading zero, no bare point.
  private mutating func number() throws(Failure) -> String {
    let start = offset
    if current == 0x2D { offset += 1 }
    let isZero = current == 0x30
    let digits = skipDigits()
    if digits == 0 { throw failure("数写法不对", "malformed number", at: start) }
    if isZero, digits > 1 {
      throw failure("数不能以 0 开头", "a number cannot begin with 0", at: start)
    }
    if current == 0x2E {
      offset += 1
      guard skipDigits() > 0 else { throw failure("小数点后要数字", "digits are expected behind the point") }
    }
    if current == 0x65 || current == 0x45 {
      offset += 1
      if current == 0x2B || current == 0x2D { offset += 1 }
      guard skipDigits() > 0 else { throw failure("指数要数字", "digits are expected in the exponent") }
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func skipDigits() -> Int {
    let start = offset
    while let byte = current, (0x30...0x39).contains(byte) { offset += 1 }
    return offset - start
  }

  private mutating func string() throws(Failure) -> String {
    let opening = offset
    offset += 1
    var content: [UInt8] = []
    var start = offset
    while let byte = current, byte != 0x22 {
      if byte < 0x20 { throw failure("字符串里不能换行或有控制字符", "a line end or control character in a string") }
      if byte != 0x5C {
        offset += 1
        continue
      }
      content.append(contentsOf: bytes[start..<offset])
      content.append(contentsOf: Array(String(try escape()).utf8))
      start = offset
    }
    guard current != nil else { throw failure("字符串没有结束的引号", "unterminated string", at: opening) }
    content.append(contentsOf: bytes[start..<offset])
    offset += 1
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func escape() throws(Failure) -> Unicode.Scalar {
    let start = offset
    offset += 1
    let letter = current
    offset += 1
    switch letter {
    case 0x22: return "\""
    case 0x5C: return "\\"
    case 0x2F: return "/"
    case 0x62: return "\u{8}"
    case 0x66: return "\u{C}"
    case 0x6E: return "\n"
    case 0x72: return "\r"
    case 0x74: return "\t"
    case 0x75:
      if let high = hexadecimal() {
        if let scalar = Unicode.Scalar(high) { return scalar }
        if high < 0xDC00, current == 0x5C, offset + 1 < bytes.count, bytes[offset + 1] == 0x75 {
          offset += 2
          if let low = hexadecimal(), (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
          {
            return scalar
          }
        }
      }
    default: break
    }
    offset = min(offset, bytes.count)
    throw failure("转义写法不对", "malformed escape", at: start)
  }

  private mutating func hexadecimal() -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[offset..<offset + 4] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x57)
      default: return nil
      }
    }
    offset += 4
    return value
  }
}
