import PolicyDiagnostics
import PolicyText
import Yams

/// Reads one YAML document through Yams; scalars are text, so that no number passes through a floating-point value.
///
/// At most 8 aliases (*name) are taken, and nodes at most four times the file's bytes after expanding them: nested aliases grow
/// exponentially. Levels are limited to 64 (libyaml itself stops at 1000).
struct YAMLReader {
  private let file: SourceFile
  private let id: FileID
  private let lines: [Int]
  private var nodesLeft: Int
  /// The last place that was looked up; the next one mostly stands behind it on the same line.
  private var last = (line: 1, column: 1, offset: 0)

  /// The value of the whole text.
  static func read(_ file: SourceFile, id: FileID) -> Result<FactNode, JSONReader.Failure> {
    var reader = YAMLReader(file, id: id)
    do throws(JSONReader.Failure) {
      return .success(try reader.document())
    } catch {
      return .failure(error)
    }
  }

  private init(_ file: SourceFile, id: FileID) {
    self.file = file
    self.id = id
    lines = yamlLineStarts(file.bytes)
    nodesLeft = file.bytes.count * 4 + 1000
  }

  private mutating func document() throws(JSONReader.Failure) -> FactNode {
    if let second = aliases(limit: 9) {
      throw failure("别名（*）超过 8 个", "more than 8 aliases (*)", at: second)
    }
    // Yams keeps a pointer into the string, which must not be one of those short enough to have no storage.
    let text = String(decoding: file.bytes, as: UTF8.self) + String(repeating: "\n", count: 16)
    let root: Node?
    do {
      root = try Yams.compose(yaml: text, .basic, .default, .utf8)
    } catch let error as YamlError {
      throw failure(of: error)
    } catch {
      throw failure("读不下去", "cannot be read", at: 0)
    }
    guard let root else {
      return FactNode(form: .null, span: Span(file: id, start: 0, end: 0))
    }
    return try node(root, depth: 0)
  }

  private mutating func node(_ node: Node, depth: Int) throws(JSONReader.Failure) -> FactNode {
    var start = 0
    if let mark = node.mark { start = offset(line: mark.line, column: mark.column) }
    nodesLeft -= 1
    if nodesLeft < 0 { throw failure("别名展开后太大", "too large after expanding aliases", at: start) }
    if depth > 64 { throw failure("嵌套超过 64 层", "more than 64 levels", at: start) }
    switch node {
    case .scalar(let scalar):
      let isNull = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      return FactNode(form: isNull ? .null : .scalar(scalar.string), span: span(of: scalar.string, at: start))
    case .sequence(let sequence):
      var elements: [FactNode] = []
      for element in sequence { elements.append(try self.node(element, depth: depth + 1)) }
      return FactNode(form: .array(elements), span: span(from: start, over: elements.last))
    case .mapping(let mapping):
      var members: [FactNode.Member] = []
      for (key, value) in mapping {
        let name = try self.node(key, depth: depth + 1)
        let value = try self.node(value, depth: depth + 1)
        switch name.form {
        case .scalar(let text): members.append(FactNode.Member(key: text, keySpan: name.span, value: value))
        case .null: members.append(FactNode.Member(key: "", keySpan: name.span, value: value))
        default: throw failure("键要是一个名称", "a key must be a name", at: Int(name.span.start))
        }
      }
      return FactNode(form: .object(members), span: span(from: start, over: members.last?.value))
    case .alias: throw failure("别名不能用在这里", "an alias cannot stand here", at: start)
    }
  }

  // MARK: Places

  private mutating func offset(line: Int, column: Int) -> Int {
    guard line >= 1, line <= lines.count else { return file.bytes.count }
    if line != last.line || column < last.column { last = (line, 1, lines[line - 1]) }
    var offset = last.offset
    var left = column - last.column
    while left > 0, offset < file.bytes.count {
      offset += decodedScalar(in: file.bytes, at: offset).length
      left -= 1
    }
    last = (line, column - max(left, 0), offset)
    return min(offset, file.bytes.count)
  }

  private func makeSpan(_ start: Int, _ end: Int) -> Span {
    let end = min(end, file.bytes.count)
    return Span(file: id, start: UInt32(clamping: min(start, end)), end: UInt32(clamping: end))
  }

  /// The place of a scalar: as it is written where it is plain, else up to the end of its line.
  private func span(of text: String, at start: Int) -> Span {
    let written = Array(text.utf8)
    if file.bytes.count - start >= written.count, file.bytes[start..<start + written.count].elementsEqual(written) {
      return makeSpan(start, start + written.count)
    }
    let end = file.lineRange(file.line(of: UInt32(clamping: start))).upperBound
    guard start < end else { return makeSpan(start, start) }
    let quote = file.bytes[start]
    if quote == 0x22 || quote == 0x27, let close = file.bytes[(start + 1)..<end].firstIndex(of: quote) {
      return makeSpan(start, close + 1)
    }
    return makeSpan(start, end)
  }

  private func span(from start: Int, over last: FactNode?) -> Span {
    makeSpan(start, max(start, Int(last?.span.end ?? UInt32(clamping: start))))
  }

  private func failure(_ zh: String, _ en: String, at start: Int) -> JSONReader.Failure {
    let start = min(max(start, 0), file.bytes.count)
    let length = start < file.bytes.count ? decodedScalar(in: file.bytes, at: start).length : 0
    return JSONReader.Failure(
      message: Bilingual(zh: zh, en: en), span: makeSpan(start, start + length), related: nil)
  }

  private mutating func failure(of error: YamlError) -> JSONReader.Failure {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let place = offset(line: mark.line, column: mark.column)
      return failure(chinese(problem), problem, at: place)
    case .reader(let problem, let place, _, _):
      return failure("有 YAML 不允许的字符", problem, at: place ?? 0)
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.prefix(3).map { clipped($0) }.joined(separator: "、")
      let place = offset(line: context.mark.line, column: context.mark.column)
      return failure("键“\(names)”出现两次", "the key “\(names)” stands twice", at: place)
    default: return failure("读不下去", "cannot be read", at: 0)
    }
  }

  private func chinese(_ problem: String) -> String {
    switch problem {
    case "mapping values are not allowed in this context": "这里不能有冒号；文字里有冒号时整个值用引号括起"
    case "could not find expected ':'": "键后面缺冒号"
    case "found character that cannot start any token": "值不能以这个字符开头（制表符、@、` 要用引号括起）"
    case "found undefined alias": "别名（*）没有定义；以 * 开头的文字要用引号括起"
    case "but found another document": "一个文件只能有一份 YAML 文档"
    case "found unexpected end of stream": "文件没有写完（引号或括号没有结束）"
    default: "此处不符合 YAML 的写法，检查缩进、冒号和引号"
    }
  }

  // MARK: Limits that hold before Yams runs

  /// The place of the `limit`-th * that can begin an alias: the first sign behind the line's start or one of - ? : [ { ,
  private func aliases(limit: Int) -> Int? {
    var count = 0
    var opens = true
    for (offset, byte) in file.bytes.enumerated() {
      switch byte {
      case 0x0A, 0x0D, 0x2D, 0x3F, 0x3A, 0x5B, 0x7B, 0x2C: opens = true
      case 0x20, 0x09: break
      // The bytes that end NEL, LS, PS and the byte order mark.
      case 0x85, 0xA8, 0xA9, 0xBF: opens = true
      case 0x2A:
        if opens { count += 1 }
        if count == limit { return offset }
        opens = false
      default: opens = false
      }
    }
    return nil
  }
}

/// The offsets of lines as libyaml counts them: LF, CR, CRLF, NEL, LS and PS end a line.
private func yamlLineStarts(_ bytes: [UInt8]) -> [Int] {
  var starts = [0]
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    var length = 0
    if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A {
      length = 2
    } else if byte == 0x0A || byte == 0x0D {
      length = 1
    } else if byte == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0x85 {
      length = 2
    } else if byte == 0xE2, index + 2 < bytes.count, bytes[index + 1] == 0x80,
      bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9
    {
      length = 3
    }
    if length > 0 { starts.append(index + length) }
    index += max(length, 1)
  }
  return starts
}
