/// The most characters (scalars) that a typed entry may have; libedit's hidden screen bears no more.
package let entryLimit = 65_536

/// The text without the blank lines and blanks after its last word, as an entry is returned and kept.
func trimmedEntry(_ text: String) -> String {
  guard let last = text.unicodeScalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
  return String(text[...last])
}

/// Pasted text as it goes into the line: line breaks unified, our prompts and invisible characters removed, cut to `limit` scalars.
package func cleanedPaste(_ text: String, prompt: Prompt, limit: Int) -> String {
  var scalars = String.UnicodeScalarView()
  var afterReturn = false
  for scalar in text.unicodeScalars {
    if scalar == "\n" && afterReturn {
      afterReturn = false
      continue
    }
    afterReturn = scalar == "\r"
    if afterReturn || scalar.value == 0x2028 || scalar.value == 0x2029 || scalar.value == 0x85 {
      scalars.append("\n")
    } else if isTypable(scalar) || scalar == "\n" || scalar == "\t" {
      scalars.append(scalar)
    }
  }
  let text = withoutPrompts(String(scalars), prompt: prompt)
  return String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(0, limit))))
}

/// True for scalars that belong in a policy text: no controls, no noncharacters, no zero-width spaces, marks of order or byte order.
package func isTypable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2028, 0x2029, 0x2060, 0x2066...0x2069, 0xFEFF:
    false
  case 0xFDD0...0xFDEF: false
  default: scalar.value & 0xFFFE != 0xFFFE
  }
}

/// Drops our prompts from a pasted transcript; a text whose first line bears none is no transcript.
private func withoutPrompts(_ text: String, prompt: Prompt) -> String {
  let main = bare(prompt.mainText)
  let continuation = bare(prompt.continuationText)
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  guard !main.isEmpty, lines.first?.hasPrefix(main) == true else { return text }
  return lines.map { line in
    for mark in [main, continuation] where !mark.isEmpty && line.hasPrefix(mark) {
      let rest = line.dropFirst(mark.count)
      return rest.hasPrefix(" ") ? rest.dropFirst() : rest
    }
    return line
  }.joined(separator: "\n")
}

/// A prompt without the blanks after it, which copying from a terminal may lose.
private func bare(_ prompt: String) -> String {
  String(prompt.reversed().drop { $0 == " " }.reversed())
}
