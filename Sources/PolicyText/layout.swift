/// A text filled up with spaces to a number of cells; a wider text is returned as it is.
package func padded(
  _ text: some StringProtocol, to width: Int, alignRight: Bool = false, ambiguousIsWide: Bool = AmbiguousWidth.isWide
) -> String {
  let missing = max(0, width - displayWidth(text, ambiguousIsWide: ambiguousIsWide))
  let spaces = String(repeating: " ", count: missing)
  return alignRight ? spaces + text : text + spaces
}

/// A text cut to a number of cells, with … as its last character if something was cut.
package func truncated(
  _ text: some StringProtocol, to width: Int, ambiguousIsWide: Bool = AmbiguousWidth.isWide
) -> String {
  guard displayWidth(text, ambiguousIsWide: ambiguousIsWide) > width else { return String(text) }
  let room = width - (ambiguousIsWide ? 2 : 1)
  guard room >= 0 else { return "" }
  var result = ""
  var used = 0
  for character in text {
    used += displayWidth(of: character, ambiguousIsWide: ambiguousIsWide)
    guard used <= room else { break }
    result.append(character)
  }
  return result + "…"
}

private let neverFirst: Set<Character> = [
  "，", "。", "、", "；", "：", "）", "】", "》", "〉", "”", "’", "」", "』", "〕", "！", "？", "％", "…",
  ",", ".", ";", ":", ")", "]", "!", "?", "%",
]
private let neverLast: Set<Character> = ["（", "《", "〈", "“", "‘", "「", "『", "【", "〔", "(", "[", "￥"]

/// The lines of a text at most `width` cells wide.
///
/// Latin words and numbers stay whole where they fit, no line starts with closing punctuation or ends with an opening bracket or
/// quote; where a width is too small for that, the width wins, and a line holds at least one character. Line feeds of the text are kept.
package func wrapped(_ text: String, width: Int, ambiguousIsWide: Bool = AmbiguousWidth.isWide) -> [String] {
  var lines: [String] = []
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
    wrap(Array(paragraph), width: max(width, 1), ambiguousIsWide: ambiguousIsWide, into: &lines)
  }
  return lines
}

private func wrap(_ text: [Character], width: Int, ambiguousIsWide: Bool, into lines: inout [String]) {
  var start = 0
  repeat {
    var end = start
    var used = 0
    while end < text.count {
      used += displayWidth(of: text[end], ambiguousIsWide: ambiguousIsWide)
      if used > width, end > start { break }
      end += 1
    }
    // Spaces at the break hang over the edge.
    while end < text.count, text[end] == " " { end += 1 }
    if end < text.count {
      var best = end
      while best > start, !mayBreak(text, before: best) { best -= 1 }
      if best > start { end = best }
    }
    var shown = text[start..<end]
    if end < text.count { while shown.last == " " { shown.removeLast() } }
    lines.append(String(shown))
    start = end
  } while start < text.count
}

private func mayBreak(_ text: [Character], before index: Int) -> Bool {
  let last = text[index - 1]
  let next = text[index]
  if neverFirst.contains(next) || neverLast.contains(last) || next == " " { return false }
  return !(isWordPart(last) && isWordPart(next))
}

private func isWordPart(_ character: Character) -> Bool {
  guard let value = character.unicodeScalars.first?.value else { return false }
  return value > 0x20 && value < 0x2E80 && !neverFirst.contains(character) || character == "." || character == "%"
}
