import PolicyText

/// A rule file as the grammar sees it: full-width forms folded outside quotes, comments gone, lines that go on joined,
/// blank lines left out. Follows the notes at the head of the grammar, not the parser.
struct PreparedLines {
  private(set) var scalars: [UInt32] = []
  /// The line of the file that each scalar stands in, from 1.
  private(set) var lines: [Int] = []

  init(_ text: String, blockWords: [String]) {
    let source = text.unicodeScalars.map(\.value)
    var line = 1
    var index = 0
    var depth = 0
    var straight = false
    var brackets = 0
    // Where the present line of the result begins, to see whether it holds anything.
    var lineStart = 0
    while index < source.count {
      let raw = source[index]
      if raw == 0x0A {
        line += 1
        index += 1
        let isOpen = depth > 0 || straight || brackets > 0
        let rest = source[index...]
        if isOpen, !PreparedLines.begins(rest, blockWords) {
          append(depth > 0 || straight ? 0x0A : 0x20, line)
          continue
        }
        (depth, straight, brackets) = (0, false, 0)
        if scalars[lineStart...].allSatisfy(PreparedLines.isSpace) {
          lines.removeLast(scalars.count - lineStart)
          scalars.removeLast(scalars.count - lineStart)
        } else if goesOn(lineStart)
          || PreparedLines.begins(rest.drop(while: PreparedLines.isSpace), ["且", "或", "and ", "or "])
        {
          append(0x20, line)
        } else {
          append(0x0A, line)
          lineStart = scalars.count
        }
        continue
      }
      if depth > 0 || straight {
        if raw == 0x201C || raw == 0x300C { depth += 1 }
        if raw == 0x201D || raw == 0x300D { depth -= 1 }
        if raw == 0x22 { straight = false }
        append(raw, line)
        index += 1
        continue
      }
      let scalar = foldingWidth(raw)
      switch scalar {
      case 0x23:
        while index < source.count, source[index] != 0x0A { index += 1 }
        continue
      case 0x201C, 0x300C: depth = 1
      case 0x22: straight = true
      case 0x28, 0x5B, 0x3014: brackets += 1
      case 0x29, 0x5D, 0x3015: brackets = max(0, brackets - 1)
      default: break
      }
      append(scalar, line)
      index += 1
    }
    append(0x0A, line)
  }

  private mutating func append(_ scalar: UInt32, _ line: Int) {
    scalars.append(scalar)
    lines.append(line)
  }

  /// Whether the present line ends in a mark or word after which a line goes on.
  private func goesOn(_ start: Int) -> Bool {
    let text = scalars[start...].reversed().drop(while: PreparedLines.isSpace)
    guard let last = text.first else { return false }
    if last == 0x2D { return text.dropFirst().first { !PreparedLines.isSpace($0) } != 0x7C }
    return "，、；,;+×÷=<>≠≤≥且或".unicodeScalars.contains { foldingWidth($0.value) == last }
  }

  static func isSpace(_ scalar: UInt32) -> Bool {
    [0x20, 0x09, 0x0D, 0xA0, 0x3000, 0xFEFF, 0x200B, 0x0C].contains(scalar)
  }

  private static func begins(_ text: some Collection<UInt32>, _ words: [String]) -> Bool {
    words.contains { word in text.starts(with: word.unicodeScalars.map(\.value)) }
  }
}
