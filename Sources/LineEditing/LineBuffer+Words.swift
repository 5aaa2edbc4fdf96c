extension LineBuffer {
  /// The start of the word before the cursor; a run of Chinese counts as one word.
  package var previousWord: Int {
    var position = cursor
    while position > 0 && !isWord(position - 1) { position -= 1 }
    while position > 0 && isWord(position - 1) { position -= 1 }
    return position
  }

  /// The end of the word after the cursor.
  package var nextWord: Int {
    var position = cursor
    while position < scalars.count && !isWord(position) { position += 1 }
    while position < scalars.count && isWord(position) { position += 1 }
    return position
  }

  private func isWord(_ position: Int) -> Bool {
    let scalar = scalars[position]
    if scalar.isASCII { return scalar == "_" || (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      return true
    default: return false
    }
  }
}
