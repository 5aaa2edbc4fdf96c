import PolicyText

/// The text without spaces at its ends: white space, U+00A0, U+3000 and the invisible U+200B, U+2060, U+FEFF.
func trimmed(_ text: String) -> String {
  let scalars = text.unicodeScalars
  guard let first = scalars.firstIndex(where: { !isBlank($0) }),
    let last = scalars.lastIndex(where: { !isBlank($0) })
  else { return "" }
  if first == scalars.startIndex, scalars.index(after: last) == scalars.endIndex { return text }
  return String(scalars[first...last])
}

/// The form in which names are compared: full-width ASCII as half-width, no white space anywhere.
func comparable(_ text: String) -> String {
  var isPlain = true
  for byte in text.utf8
  where byte <= 0x20 || byte == 0xEF || byte == 0xE2 || byte == 0xC2 || byte == 0xE3 || byte == 0xE1 {
    isPlain = false
    break
  }
  if isPlain { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars where !isBlank(scalar) {
    result.append(Unicode.Scalar(foldingWidth(scalar.value)) ?? scalar)
  }
  return String(result)
}

private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x21...0x7E: false
  case 0x20, 0xA0, 0x3000, 0xFEFF, 0x2060, 0x200B, 0x09...0x0D: true
  case 0x85, 0x1680, 0x180E, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F: true
  default: false
  }
}

/// The text as messages show it: at most 40 scalars.
func clipped(_ text: String) -> String {
  let scalars = text.unicodeScalars
  guard let end = scalars.index(scalars.startIndex, offsetBy: 40, limitedBy: scalars.endIndex),
    end != scalars.endIndex
  else { return text }
  return String(scalars[..<end]) + "…"
}
