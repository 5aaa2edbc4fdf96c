import PolicyText

/// Finds the word that opens a block.
enum BlockWords {
  private static let chinese: WordTrie = trie(\.zh)
  private static let english: [String: Keyword] = Dictionary(
    uniqueKeysWithValues: Keyword.blockRows.map { ($0.en, $0.keyword) })

  private static func trie(_ words: (KeywordEntry) -> [String]) -> WordTrie {
    var trie = WordTrie()
    for row in Keyword.blockRows { for word in words(row) { trie.insert(word, Int(row.keyword.rawValue)) } }
    return trie
  }

  /// The block keyword at a place, the offset after it, and whether white space, a quote, a colon or the end follows.
  static func match(_ bytes: [UInt8], at start: Int, end: Int) -> (keyword: Keyword, end: Int, separated: Bool)? {
    guard start < end else { return nil }
    if CharacterClass.isWordASCII(foldingWidth(decodedScalar(in: bytes, at: start).value)) {
      return matchEnglish(bytes, at: start, end: end)
    }
    var node = 0
    var index = start
    var found: (Int, Int)?
    while index < end {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      guard let next = chinese.step(node, scalar) else { break }
      node = next
      index += length
      if let word = chinese.word(at: node) { found = (word, index) }
    }
    guard let (word, after) = found, let keyword = Keyword(rawValue: UInt8(word)) else { return nil }
    return (keyword, after, isSeparated(bytes, after, end))
  }

  private static func matchEnglish(
    _ bytes: [UInt8], at start: Int, end: Int
  ) -> (keyword: Keyword, end: Int, separated: Bool)? {
    let (word, index) = bytes.latinWord(from: start, limit: min(end, start + 72))
    guard let keyword = english[word], isSeparated(bytes, index, end) else { return nil }
    return (keyword, index, true)
  }

  private static func isSeparated(_ bytes: [UInt8], _ index: Int, _ end: Int) -> Bool {
    guard index < end else { return true }
    let scalar = foldingWidth(decodedScalar(in: bytes, at: index).value)
    return CharacterClass.isSpace(scalar) || scalar == 0x0A || scalar == 0x300C || scalar == 0x3A
      || scalar == 0x201C || scalar == 0x22
  }
}
