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
    if names.isEmpty { return false }
    var start = 0
    while start < bytes.count {
      let (first, width) = decodedScalar(in: bytes, at: start)
      var node = trie.step(0, foldingWidth(first))
      var index = start + width
      while let reached = node {
        if trie.word(at: reached) != nil { return true }
        guard index < bytes.count else { break }
        let (raw, length) = decodedScalar(in: bytes, at: index)
        index += length
        let scalar = foldingWidth(raw)
        if CharacterClass.isSpace(scalar) || scalar == 0x0A || scalar == 0x0D { continue }
        node = trie.step(reached, scalar)
      }
      start += width
    }
    return false
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

/// The names that a file declares, found from the heads of its declarations without reading any expression.
package func declaredNames(in bytes: [UInt8]) -> [String] {
  var collector = NameCollector(bytes: bytes)
  collector.run()
  return collector.names
}

private struct NameCollector {
  let bytes: [UInt8]
  var names: [String] = []
  var block: Keyword?

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func run() {
    var scanner = LineScanner(bytes: bytes)
    while let line = scanner.next() {
      if let head = Head.read(bytes, line, in: block) {
        block = head.keyword
        add(head)
      } else {
        addLine(line)
      }
    }
  }

  private mutating func add(_ head: Head) {
    switch head.keyword {
    // Nothing refers to a case or a record, so its name must not win over the words of an expression.
    case .clause, .unruled, .calendar, .ruling, .importing, .filling, .policyCase, .record: break
    case .option:
      addName(head.name)
      if let items = head.items { addList(items) }
    default: addName(head.name)
    }
  }

  private mutating func addLine(_ line: LogicalLine) {
    guard let colon = line.colon else { return }
    let label = bytes.trimmed(ByteRange(start: line.range.start, end: colon.offset))
    let content = ByteRange(start: colon.offset + colon.length, end: line.range.end)
    switch block {
    case .kind:
      addList(label)
    case .option:
      if isLabel(label, .values) || isLabel(label, .unranked) {
        addList(content)
      } else {
        addQuoted(content)
      }
    case .authority where isLabel(label, .alias):
      addQuoted(content)
    case .definition:
      let reading = Keyword.reading.entry
      for word in reading.zh + [reading.en] where starts(label, with: word) {
        addName(bytes.trimmed(ByteRange(start: label.start + word.utf8.count, end: label.end)))
        return
      }
    default: break
    }
  }

  private func starts(_ range: ByteRange, with word: String) -> Bool {
    range.end - range.start > word.utf8.count && bytes[range.start...].starts(with: word.utf8)
  }

  private func isLabel(_ range: ByteRange, _ keyword: Keyword) -> Bool {
    let text = bytes.string(range)
    return keyword.entry.zh.contains(text) || keyword.entry.en == text
  }

  private mutating func addName(_ range: ByteRange) {
    let key = bytes.nameKey(bytes.unquoted(range))
    if !key.isEmpty { names.append(key) }
  }

  /// Names between 、 or ，, without what stands in brackets behind them.
  private mutating func addList(_ range: ByteRange) {
    for item in bytes.listItems(range) {
      var item = item
      if let bracket = bytes.lastBracket(item) { item.end = bracket.start }
      addName(bytes.trimmed(item))
    }
  }

  private mutating func addQuoted(_ range: ByteRange) {
    var index = range.start
    var start: Int?
    while index < range.end {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      switch scalar {
      case 0x201C: start = index + length
      case 0x22:
        if let begun = start { addName(ByteRange(start: begun, end: index)); start = nil } else { start = index + 1 }
      case 0x201D:
        if let begun = start { addName(ByteRange(start: begun, end: index)) }
        start = nil
      default: break
      }
      index += length
    }
  }
}
