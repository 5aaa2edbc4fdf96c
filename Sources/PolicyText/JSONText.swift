/// Writes JSON values as text.
package struct JSONText: Sendable {
  /// What has been written.
  package private(set) var text = ""
  private let pretty: Bool

  /// Makes a writer that writes on one line or indented by two spaces.
  package init(pretty: Bool) { self.pretty = pretty }

  /// Appends a value.
  package mutating func write(_ value: JSONValue) { write(value, depth: 0) }

  private mutating func write(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .integer(let number): text += String(number)
    case .number(let literal): text += literal
    case .string(let string): writeQuoted(string)
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        separate(index, depth + 1)
        write(element, depth: depth + 1)
      }
      finish(elements.isEmpty, depth)
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        separate(index, depth + 1)
        writeQuoted(member.0)
        text += pretty ? ": " : ":"
        write(member.1, depth: depth + 1)
      }
      finish(members.isEmpty, depth)
      text += "}"
    }
  }

  private mutating func separate(_ index: Int, _ depth: Int) {
    if index > 0 { text += "," }
    if pretty { text += "\n" + String(repeating: "  ", count: depth) }
  }

  private mutating func finish(_ isEmpty: Bool, _ depth: Int) {
    if pretty, !isEmpty { text += "\n" + String(repeating: "  ", count: depth) }
  }

  /// Appends a string in quotes, escaping what RFC 8259 §7 demands and the line separators that JavaScript trips over.
  private mutating func writeQuoted(_ string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar.value {
      case 0x22: text += "\\\""
      case 0x5C: text += "\\\\"
      case 0x0A: text += "\\n"
      case 0x0D: text += "\\r"
      case 0x09: text += "\\t"
      case 0..<0x20, 0x7F, 0x2028, 0x2029:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
