import PolicyText

/// The declared names of all loaded files, which say how unspaced Chinese is cut into words.
package struct Vocabulary: Sendable {
  /// Names with full-width forms folded, by number; empty for a number that no name has any more.
  package private(set) var names: [String] = []
  /// The names in the order of their declarations.
  package private(set) var declared: [String] = []
  private(set) var trie: WordTrie

  package init(_ declared: some Collection<String> = []) {
    trie = WordTrie(expecting: declared.count)
    for name in declared {
      let key = Vocabulary.key(of: name)
      if !key.isEmpty, trie.insert(key, names.count) == names.count { names.append(key) }
    }
    self.declared = names
  }

  /// The vocabulary of other declarations, in which each name of this one has the number that it has here.
  package func changed(to declared: some Collection<String>) -> (vocabulary: Vocabulary, difference: Vocabulary) {
    let fresh = Vocabulary(declared)
    var result = Vocabulary()
    result.declared = fresh.names
    result.names = names.map { fresh.number(of: $0) == nil ? "" : $0 }
    result.names += fresh.names.filter { number(of: $0) == nil }
    result.trie = WordTrie(expecting: result.names.count)
    for (number, name) in result.names.enumerated() where !name.isEmpty { result.trie.insert(name, number) }
    let gone = zip(names, result.names).filter { $0 != $1 }.map(\.0)
    return (result, Vocabulary(gone + result.names[names.count...]))
  }

  /// Whether a file writes one of the names anywhere, in any width of its characters and with white space between them.
  package func occurs(in bytes: [UInt8]) -> Bool {
    var isThere = false
    if !names.isEmpty {
      eachWritten(in: bytes, bytes.indices) { _ in
        isThere = true
        return false
      }
    }
    return isThere
  }

  /// Calls the body with the number of each name that a stretch of a file writes anywhere, also inside another name, until it
  /// says false.
  package func eachWritten(in bytes: [UInt8], _ range: Range<Int>, _ body: (Int) -> Bool) {
    var start = range.lowerBound
    while start < range.upperBound {
      let (first, width) = decodedScalar(in: bytes, at: start)
      var node = trie.step(0, foldingWidth(first))
      var index = start + width
      while let reached = node {
        if let word = trie.word(at: reached), !body(word) { return }
        guard index < range.upperBound else { break }
        let (raw, length) = decodedScalar(in: bytes, at: index)
        index += length
        let scalar = foldingWidth(raw)
        if CharacterClass.isSpace(scalar) || scalar == 0x0A || scalar == 0x0D { continue }
        node = trie.step(reached, scalar)
      }
      start += width
    }
  }

  /// The number of a name, in any width of its characters.
  package func number(of name: String) -> Int? {
    var node = 0
    for scalar in name.unicodeScalars {
      let folded = foldingWidth(scalar.value)
      if CharacterClass.isSpace(folded) { continue }
      guard let next = trie.step(node, folded) else { return nil }
      node = next
    }
    return trie.word(at: node)
  }

  /// The number of characters of the longest name that a text begins with; 0 where it begins with none.
  package func longestName(atHeadOf text: String) -> Int {
    var (node, scalars, longest) = (0, String.UnicodeScalarView(), 0)
    for scalar in text.unicodeScalars {
      let folded = foldingWidth(scalar.value)
      guard !CharacterClass.isSpace(folded), let next = trie.step(node, folded) else { break }
      node = next
      scalars.append(scalar)
      if trie.word(at: node) != nil { longest = String(scalars).count }
    }
    return longest
  }

  /// The number of the name that a range of a file writes.
  func number(of range: ByteRange, in bytes: [UInt8]) -> Int? { trie.number(of: range, in: bytes) }

  /// A name as names are compared: full-width forms folded, without white space.
  package static func key(of name: String) -> String {
    let bytes = Array(name.utf8)
    return bytes.nameKey(ByteRange(start: 0, end: bytes.count))
  }
}
