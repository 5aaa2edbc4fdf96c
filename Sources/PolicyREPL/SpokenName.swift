import PolicyText

/// A name that completion can offer, and whether typed letters or characters spell it.
struct SpokenName {
  let text: String
  /// What it is, for the list.
  let detail: String
  /// Its scalars with full-width forms and capitals folded.
  let scalars: [UInt32]
  /// Whether it holds white space, so that it has to be quoted.
  let isSpaced: Bool
  /// The letters with which its first character, and any of its characters, may be typed, so that most searches
  /// are turned away at once; all of them where that wasn't asked.
  private var first: UInt32 = .max
  private var letters: UInt32 = .max

  init(_ text: String, _ detail: String, _ pinyin: Pinyin? = nil) {
    self.text = text
    self.detail = detail
    scalars = SpokenName.folded(text)
    isSpaced = scalars.count < text.unicodeScalars.count
    if let pinyin { noteLetters(pinyin) }
  }

  private mutating func noteLetters(_ pinyin: Pinyin) {
    letters = 0
    for (position, scalar) in scalars.enumerated() {
      letters |= SpokenName.letter(scalar)
      for spelling in pinyin.spellings(of: scalar) { letters |= SpokenName.letter(spelling[0]) }
      if position == 0 { first = letters }
    }
  }

  /// The bit of a letter; one bit for all other scalars.
  private static func letter(_ scalar: UInt32) -> UInt32 { 1 << (Pinyin.isLetter(scalar) ? scalar - 0x61 : 26) }

  /// A text as names are compared: half-width, small letters, without white space.
  static func folded(_ text: some StringProtocol) -> [UInt32] {
    text.unicodeScalars.compactMap { scalar in
      if scalar.properties.isWhitespace { return nil }
      let folded = foldingWidth(scalar.value)
      return (0x41...0x5A).contains(folded) ? folded + 0x20 : folded
    }
  }

  /// Whether the word spells the name's characters from `start` on: each by itself, by its pinyin or by the beginning of it.
  func isSpelled(by word: [UInt32], from start: Int = 0, _ pinyin: Pinyin) -> Bool {
    guard start > 0 || word.first.map({ first & SpokenName.letter($0) != 0 }) ?? true else { return false }
    return spells(word[...], scalars[start...], pinyin)
  }

  /// Whether the word spells a part of the name that is not its beginning.
  func isSpelledWithin(by word: [UInt32], _ pinyin: Pinyin) -> Bool {
    guard let letter = word.first, letters & SpokenName.letter(letter) != 0 else { return false }
    if letter >= 0x80, !scalars.contains(letter) { return false }
    return scalars.indices.dropFirst().contains { isSpelled(by: word, from: $0, pinyin) }
  }

  private func spells(_ word: ArraySlice<UInt32>, _ name: ArraySlice<UInt32>, _ pinyin: Pinyin) -> Bool {
    guard let letter = word.first else { return true }
    guard let scalar = name.first else { return false }
    let rest = name.dropFirst()
    if scalar == letter, spells(word.dropFirst(), rest, pinyin) { return true }
    guard letter < 0x80 else { return false }
    // Brackets and quotes of a name need not be typed.
    if !isWordScalar(scalar) { return name.startIndex > 0 && spells(word, rest, pinyin) }
    for spelling in pinyin.spellings(of: scalar) where spelling.first == letter {
      let shared = zip(spelling, word).prefix { $0 == $1 }.count
      for count in (1...shared).reversed() where spells(word.dropFirst(count), rest, pinyin) { return true }
    }
    return false
  }

  private func isWordScalar(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar).map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
  }
}
