import PolicyText

/// What a rule of an EBNF file says.
indirect enum EBNFExpression: Hashable, Sendable {
  case terminal([UInt32])
  case rule(String)
  case characters(Set<UInt32>, ranges: [ClosedRange<UInt32>], negated: Bool)
  case sequence([EBNFExpression])
  case choice([EBNFExpression])
  case optional(EBNFExpression)
  case many(EBNFExpression, atLeastOne: Bool)
}

/// The rules of an EBNF file, in order, full-width terminals folded.
struct EBNF: Sendable {
  var names: [String] = []
  var rules: [String: EBNFExpression] = [:]
  /// What could not be read; empty for a well-formed file.
  var problems: [String] = []

  init(_ text: String) {
    var reader = EBNFReader(Array(text.unicodeScalars.map(\.value)))
    while let (name, expression) = reader.rule() {
      if rules[name] != nil { problems.append("\(name) stands twice") }
      names.append(name)
      rules[name] = expression
    }
    if !reader.isAtEnd { problems.append("unreadable at \(reader.rest)") }
    for name in names { check(rules[name]!, in: name) }
  }

  private mutating func check(_ expression: EBNFExpression, in name: String) {
    switch expression {
    case .rule(let used):
      if used != "Eol", rules[used] == nil { problems.append("\(name) uses \(used), which has no rule") }
    case .sequence(let parts), .choice(let parts): for part in parts { check(part, in: name) }
    case .optional(let inner), .many(let inner, _): check(inner, in: name)
    case .terminal, .characters: break
    }
  }

  /// The rules that no path from `File` or `Statement` reaches.
  var unreachable: [String] {
    var seen: Set<String> = []
    func visit(_ name: String) {
      guard let rule = rules[name], seen.insert(name).inserted else { return }
      walk(rule)
    }
    func walk(_ expression: EBNFExpression) {
      switch expression {
      case .rule(let used): visit(used)
      case .sequence(let parts), .choice(let parts): for part in parts { walk(part) }
      case .optional(let inner), .many(let inner, _): walk(inner)
      case .terminal, .characters: break
      }
    }
    visit("File")
    visit("Statement")
    return names.filter { !seen.contains($0) }
  }
}

/// Reads the W3C notation.
private struct EBNFReader {
  private let text: [UInt32]
  private var index = 0

  init(_ text: [UInt32]) { self.text = text }

  var isAtEnd: Bool { index >= text.count }
  var rest: String { String(text[index...].prefix(40).compactMap { Unicode.Scalar($0).map(Character.init) }) }

  mutating func rule() -> (String, EBNFExpression)? {
    skip()
    let start = index
    guard let name = identifier(), take("::=") else {
      index = start
      return nil
    }
    return (name, choice())
  }

  private mutating func choice() -> EBNFExpression {
    var parts = [sequence()]
    while take("|") { parts.append(sequence()) }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func sequence() -> EBNFExpression {
    var parts: [EBNFExpression] = []
    while let part = factor() { parts.append(part) }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func factor() -> EBNFExpression? {
    skip()
    let start = index
    guard let inner = primary() else { return nil }
    // The next rule's name is no part of this one.
    if case .rule = inner {
      skip()
      let after = index
      if take("::=") {
        index = start
        return nil
      }
      index = after
    }
    if take("?") { return .optional(inner) }
    if take("*") { return .many(inner, atLeastOne: false) }
    if take("+") { return .many(inner, atLeastOne: true) }
    return inner
  }

  private mutating func primary() -> EBNFExpression? {
    guard index < text.count else { return nil }
    switch text[index] {
    case 0x27:
      let start = index + 1
      guard let end = text[start...].firstIndex(of: 0x27) else { return nil }
      index = end + 1
      return .terminal(text[start..<end].map(foldingWidth))
    case 0x28:
      index += 1
      let inner = choice()
      return take(")") ? inner : nil
    case 0x5B: return characters()
    default: return identifier().map { .rule($0) }
    }
  }

  private mutating func characters() -> EBNFExpression? {
    index += 1
    var negated = false
    if index < text.count, text[index] == 0x5E {
      negated = true
      index += 1
    }
    var set: Set<UInt32> = []
    var ranges: [ClosedRange<UInt32>] = []
    while index < text.count, text[index] != 0x5D {
      let first = character()
      if index + 1 < text.count, text[index] == 0x2D, text[index + 1] != 0x5D {
        index += 1
        ranges.append(first...max(first, character()))
      } else {
        set.insert(foldingWidth(first))
      }
    }
    guard index < text.count else { return nil }
    index += 1
    return .characters(set, ranges: ranges, negated: negated)
  }

  /// A character of a class, or #xN.
  private mutating func character() -> UInt32 {
    if text[index] == 0x23, index + 1 < text.count, text[index + 1] == 0x78 {
      index += 2
      var value: UInt32 = 0
      while index < text.count, let digit = hexDigit(text[index]) {
        value = value * 16 + digit
        index += 1
      }
      return value
    }
    defer { index += 1 }
    return text[index]
  }

  private func hexDigit(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0x30...0x39: scalar - 0x30
    case 0x41...0x46: scalar - 0x41 + 10
    default: nil
    }
  }

  private mutating func identifier() -> String? {
    skip()
    let start = index
    while index < text.count, isLetter(text[index]) || index > start && (0x30...0x39).contains(text[index]) {
      index += 1
    }
    guard index > start else { return nil }
    return String(text[start..<index].compactMap { Unicode.Scalar($0).map(Character.init) })
  }

  private func isLetter(_ scalar: UInt32) -> Bool {
    (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar) || scalar == 0x5F
  }

  private mutating func take(_ word: String) -> Bool {
    skip()
    let scalars = word.unicodeScalars.map(\.value)
    guard index + scalars.count <= text.count, text[index..<(index + scalars.count)].elementsEqual(scalars) else {
      return false
    }
    index += scalars.count
    return true
  }

  /// White space and comments.
  private mutating func skip() {
    while index < text.count {
      if text[index] <= 0x20 {
        index += 1
      } else if text[index] == 0x2F, index + 1 < text.count, text[index + 1] == 0x2A {
        index += 2
        while index + 1 < text.count, !(text[index] == 0x2A && text[index + 1] == 0x2F) { index += 1 }
        index = min(index + 2, text.count)
      } else {
        return
      }
    }
  }
}
