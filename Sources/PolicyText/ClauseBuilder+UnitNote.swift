extension ClauseBuilder {
  /// The bracket at the end of a clause that names the responsible units, brackets included, or such a line without brackets.
  func unitNote(in range: Range<Int>) -> Range<Int>? {
    var opened: [Int] = []
    var last: (start: Int, inside: Int, closer: Int, end: Int)?
    var offset = range.lowerBound
    while offset < range.upperBound {
      let scalar = decodedScalar(in: normalized.bytes, at: offset)
      let end = offset + scalar.length
      switch scalar.value {
      case 0xFF08, 0x28, 0x3014, 0x3010, 0x5B, 0xFF3B: opened.append(offset)
      case 0xFF09, 0x29, 0x3015, 0x3011, 0x5D, 0xFF3D:
        if let start = opened.popLast() {
          last = (start, start + decodedScalar(in: normalized.bytes, at: start).length, offset, end)
        }
      default: break
      }
      offset = end
    }
    if let last, range.upperBound - last.end <= 3,
      ["", "。", "；", ";"].contains(normalized.text(of: last.end..<range.upperBound)),
      namesUnits(normalized.text(of: last.inside..<last.closer))
    {
      return last.start..<last.end
    }
    return unitLine(in: range)
  }

  /// The last line of a clause if it starts with such words as 责任单位：.
  private func unitLine(in range: Range<Int>) -> Range<Int>? {
    guard !range.isEmpty else { return nil }
    let line = normalized.range(ofLineAt: normalized.lineIndex(of: range.upperBound - 1))
    guard line.lowerBound >= range.lowerBound, startsWithUnits(normalized.text(of: line)) else { return nil }
    return line
  }

  private func namesUnits(_ words: String) -> Bool {
    startsWithUnits(words) || ["负责", "牵头", "配合"].contains { words.hasSuffix($0) }
  }
}

/// Whether words start with a label such as 责任单位：.
func startsWithUnits(_ words: String) -> Bool {
  guard let colon = words.prefix(12).firstIndex(where: { $0 == "：" || $0 == ":" }) else { return false }
  let label = words[..<colon]
  return ["单位", "部门", "责任"].contains { label.hasSuffix($0) }
}
