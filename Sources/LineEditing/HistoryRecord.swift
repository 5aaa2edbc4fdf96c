/// One line of the history file: a JSON object whose "text" is the entry.
package enum HistoryRecord {
  /// The line for an entry, its line break included.
  package static func encode(_ text: String) -> String {
    var line = "{\"text\":\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": line += "\\\""
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\t": line += "\\t"
      case "\r": line += "\\r"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let hex = String(scalar.value, radix: 16)
          line += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        } else {
          line.unicodeScalars.append(scalar)
        }
      }
    }
    return line + "\"}\n"
  }

  /// The entry of a line; nil for anything else than an object with a string "text" among plain members.
  package static func decode(_ line: some Collection<UInt8>) -> String? {
    guard let text = String(validating: line, as: UTF8.self) else { return nil }
    var reader = JSONReader(text)
    return reader.textMember()
  }
}

private struct JSONReader {
  private var scalars: ArraySlice<Unicode.Scalar>

  init(_ text: String) { scalars = Array(text.unicodeScalars)[...] }

  /// Reads the whole object; members that later versions may add are skipped if they are strings, numbers or words.
  mutating func textMember() -> String? {
    var result: String?
    guard take("{") else { return nil }
    if take("}") { return nil }
    repeat {
      guard let key = string(), take(":") else { return nil }
      skipBlanks()
      if scalars.first == "\"" {
        guard let value = string() else { return nil }
        if key == "text" { result = value }
      } else {
        let word = scalars.prefix { $0 != "," && $0 != "}" && $0 != "{" && $0 != "[" }
        if word.isEmpty { return nil }
        scalars = scalars.dropFirst(word.count)
      }
    } while take(",")
    guard take("}") else { return nil }
    skipBlanks()
    return scalars.isEmpty ? result : nil
  }

  private mutating func skipBlanks() {
    scalars = scalars.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard scalars.first == scalar else { return false }
    scalars = scalars.dropFirst()
    return true
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var view = String.UnicodeScalarView()
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"": return String(view)
      case "\\":
        guard let escaped = escape() else { return nil }
        view.append(escaped)
      default: view.append(scalar)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    switch scalars.popFirst() {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "\"": return "\""
    case "\\": return "\\"
    case "/": return "/"
    case "u":
      guard let unit = unit() else { return nil }
      if unit & 0xFC00 != 0xD800 { return Unicode.Scalar(unit) }
      guard scalars.popFirst() == "\\", scalars.popFirst() == "u", let low = self.unit(), low & 0xFC00 == 0xDC00
      else { return nil }
      return Unicode.Scalar(0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF))
    default: return nil
    }
  }

  private mutating func unit() -> UInt32? {
    guard scalars.count >= 4 else { return nil }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars.prefix(4))
    guard view.allSatisfy({ $0.properties.isASCIIHexDigit }) else { return nil }
    scalars = scalars.dropFirst(4)
    return UInt32(String(view), radix: 16)
  }
}
