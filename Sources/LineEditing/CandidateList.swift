/// Lays candidates out as lines of at most `columns` columns: one a line with details if any has one, else in columns downwards.
package func candidateLines(_ candidates: [Candidate], columns: Int) -> [String] {
  let widest = candidates.map { displayWidth($0.display) }.max() ?? 0
  if candidates.contains(where: { !$0.detail.isEmpty }) {
    return candidates.map { candidate in
      let line = padded(candidate.display, to: widest + 2) + candidate.detail
      return clipped(candidate.detail.isEmpty ? candidate.display : line, to: columns - 1)
    }
  }
  let perRow = max(1, (columns - 1) / (widest + 2))
  let rows = (candidates.count + perRow - 1) / perRow
  return (0..<rows).map { row in
    let cells = stride(from: row, to: candidates.count, by: rows).map { candidates[$0].display }
    let line = cells.dropLast().map { padded($0, to: widest + 2) }.joined() + (cells.last ?? "")
    return clipped(line, to: columns - 1)
  }
}

/// The text with spaces after it, so that it takes at least `width` columns.
func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - displayWidth(text)))
}

/// As many whole characters of the text as fit into `width` columns.
func clipped(_ text: String, to width: Int) -> String {
  var result = ""
  var used = 0
  for character in text {
    used += displayWidth(String(character))
    if used > width { break }
    result.append(character)
  }
  return result
}
