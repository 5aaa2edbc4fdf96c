import PolicyText

/// The source line at the start of a span as it is shown, and the cells to mark under it.
struct MarkedLine {
  /// The line with tabs as four spaces and control characters made harmless, cut to the width around the mark.
  let text: String
  /// The cells before the mark.
  let markStart: Int
  /// The cells of the mark, at least 1.
  let markWidth: Int
  /// Whether the span goes on behind what is shown.
  let goesOn: Bool

  /// Shows the line of a file at which a span starts.
  init(file: SourceFile, span: Span, width: Int?) {
    let start = file.scalarStart(atOrBefore: Int(span.start))
    let range = file.lineRange(file.line(of: UInt32(truncatingIfNeeded: start)))
    let from = min(max(start, range.lowerBound), range.upperBound)
    let to = max(from, min(Int(span.end), range.upperBound))
    // Graphemes are cut on the whole line, so that a span's edge inside one takes the whole of it.
    var cells: [(shown: String, width: Int)] = []
    var first: Int?
    var end = 0
    var offset = range.lowerBound
    for (character, length) in MarkedLine.graphemes(file.bytes, range) {
      let next = offset + length
      if first == nil, next > from { first = cells.count }
      if offset < to { end = cells.count + 1 }
      cells.append(MarkedLine.cell(character))
      offset = next
    }
    let low = first ?? cells.count
    let high = max(low, end)
    let total = cells.reduce(0) { $0 + $1.width }
    var window = cells.startIndex..<cells.endIndex
    if let width, total > width { window = MarkedLine.window(cells.map(\.width), low..<high, width) }
    let lead = window.lowerBound > 0 ? "…" : ""
    let trail = window.upperBound < cells.count ? "…" : ""
    text = lead + cells[window].map(\.shown).joined() + trail
    let shownEnd = min(high, window.upperBound)
    markStart = lead.count + cells[window.lowerBound..<low].reduce(0) { $0 + $1.width }
    markWidth = max(1, cells[low..<max(low, shownEnd)].reduce(0) { $0 + $1.width })
    goesOn = Int(span.end) > range.upperBound && file.line(of: span.end) > file.line(of: span.start) || shownEnd < high
  }

  /// The graphemes of a range with their lengths in bytes; in ill-formed text every scalar and every bad byte stands alone.
  private static func graphemes(_ bytes: [UInt8], _ range: Range<Int>) -> [(Character, Int)] {
    if let text = String(validating: bytes[range], as: UTF8.self) {
      return text.map { ($0, $0.utf8.count) }
    }
    var result: [(Character, Int)] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let scalar = decodedScalar(in: bytes, at: offset)
      result.append((Character(Unicode.Scalar(scalar.value) ?? "\u{FFFD}"), scalar.length))
      offset += scalar.length
    }
    return result
  }

  private static func cell(_ character: Character) -> (String, Int) {
    if character == "\t" { return ("    ", 4) }
    let text = String(character)
    let harmless = text.inOneLine
    return (harmless, displayWidth(harmless))
  }

  /// The cells to show so that the mark, or as much of it as fits, is seen with something before it.
  private static func window(_ widths: [Int], _ mark: Range<Int>, _ width: Int) -> Range<Int> {
    // A cell at each side is kept for the … that stands for what is cut.
    let room = width - 2
    var low = mark.lowerBound
    var high = mark.lowerBound
    var used = 0
    while high < mark.upperBound, used + widths[high] <= room {
      used += widths[high]
      high += 1
    }
    let before = (room - used) / 2
    var taken = 0
    while low > 0, taken + widths[low - 1] <= before {
      low -= 1
      taken += widths[low]
    }
    used += taken
    while high < widths.count, used + widths[high] <= room {
      used += widths[high]
      high += 1
    }
    while low > 0, used + widths[low - 1] <= room {
      low -= 1
      used += widths[low]
    }
    return low..<high
  }
}
