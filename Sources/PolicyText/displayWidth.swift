/// How the terminal shows characters that are narrow in the West and wide in some Chinese fonts: “ ” — … · ① §.
package enum AmbiguousWidth {
  /// Whether they take two cells; said once for everything that runs within.
  @TaskLocal package static var isWide = false

  /// Whether a scalar is one of them.
  package static func contains(_ scalar: UInt32) -> Bool { PolicyText.contains(ambiguousRanges, scalar) }
}

/// The number of terminal cells that a text takes: 2 for wide graphemes, 0 for control and format characters.
///
/// - Parameter ambiguousIsWide: whether characters such as “ ” — … · ① § take 2 cells, as in some Chinese terminals.
package func displayWidth(_ text: some StringProtocol, ambiguousIsWide: Bool = AmbiguousWidth.isWide) -> Int {
  var width = 0
  for character in text { width += displayWidth(of: character, ambiguousIsWide: ambiguousIsWide) }
  return width
}

/// The number of terminal cells that one grapheme takes.
package func displayWidth(of character: Character, ambiguousIsWide: Bool = AmbiguousWidth.isWide) -> Int {
  var width = 0
  var regionalIndicators = 0
  for scalar in character.unicodeScalars {
    // A request for emoji presentation, and the second half of a flag, make a narrow base wide.
    if scalar.value == 0xFE0F, width == 1 { width = 2 }
    if (0x1F1E6...0x1F1FF).contains(scalar.value) { regionalIndicators += 1 }
    width = max(width, displayWidth(of: scalar, ambiguousIsWide: ambiguousIsWide))
  }
  return regionalIndicators == 2 ? 2 : width
}

private func displayWidth(of scalar: Unicode.Scalar, ambiguousIsWide: Bool) -> Int {
  let value = scalar.value
  if value < 0x7F { return value < 0x20 ? 0 : 1 }
  if (0x4E00...0x9FFF).contains(value) { return 2 }
  // Ideographic tone marks and voiced sound marks combine, though they stand among wide characters.
  if (0x302A...0x302F).contains(value) || (0x3099...0x309A).contains(value) { return 0 }
  if contains(wideRanges, value) { return 2 }
  if (0x1160...0x11FF).contains(value) { return 0 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator:
    return 0
  default:
    return ambiguousIsWide && contains(ambiguousRanges, value) ? 2 : 1
  }
}

private func contains(_ ranges: [ClosedRange<UInt32>], _ value: UInt32) -> Bool {
  var low = 0
  var high = ranges.count
  while low < high {
    let middle = (low + high) / 2
    if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
  }
  return low < ranges.count && ranges[low].contains(value)
}
