import PolicyText

/// A label as read: its words and what they make it.
struct Label {
  var words: [Word]
  var keyword: Keyword?
  /// Whether it consists of words of strength.
  var isForce = false

  /// What the line node keeps: the keyword, or a mark for strength and for free names.
  var detail: UInt32 {
    if let keyword { return UInt32(keyword.rawValue) }
    return isForce ? SyntaxTree.forceLine : SyntaxTree.nameLine
  }
}

extension SyntaxTree {
  /// The detail of a line whose label is made of words of strength.
  package static let forceLine: UInt32 = 1000
  /// The detail of a line whose label is names: a field, a kind, an option's value.
  package static let nameLine: UInt32 = 1001
}

/// Reads what stands before the colon of a line.
struct LabelReader {
  let bytes: [UInt8]
  let vocabulary: Vocabulary

  /// The label that a range writes in a block.
  func read(_ range: ByteRange, in block: Keyword) -> Label {
    if block != .kind, let keyword = LabelIndex.label(range, of: bytes, in: block) {
      return Label(words: [keywordWord(keyword, range)], keyword: keyword)
    }
    switch block {
    case .kind: return Label(words: names(range))
    case .definition:
      return prefixed(.reading, range) ?? unreadable(range)
    case .parameter:
      return prefixed(.from, range) ?? unreadable(range)
    case .option, .policyCase, .record: return Label(words: names(range))
    case .measure: return force(range) ?? unreadable(range)
    default: return unreadable(range)
    }
  }

  private func unreadable(_ range: ByteRange) -> Label {
    Label(words: [Word(kind: .unreadable, detail: 0, start: range.start, end: range.end)])
  }

  private func keywordWord(_ keyword: Keyword, _ range: ByteRange) -> Word {
    Word(kind: .keyword, detail: UInt32(keyword.rawValue), start: range.start, end: range.end)
  }

  /// A label keyword with a name or date behind it: `读法 广义`, `自 2024年1月1日`.
  private func prefixed(_ keyword: Keyword, _ range: ByteRange) -> Label? {
    for word in keyword.entry.zh + [keyword.entry.en] {
      let count = word.utf8.count
      guard range.end - range.start > count, bytes[range.start...].starts(with: word.utf8) else { continue }
      let head = ByteRange(start: range.start, end: range.start + count)
      let rest = bytes.trimmed(ByteRange(start: head.end, end: range.end))
      let kind: SyntaxKind = keyword == .from ? .date : .name
      return Label(
        words: [
          keywordWord(keyword, head), Word(kind: kind, detail: number(of: rest), start: rest.start, end: rest.end),
        ], keyword: keyword)
    }
    return nil
  }

  private func number(of range: ByteRange) -> UInt32 {
    vocabulary.number(of: bytes.unquoted(range), in: bytes).map(UInt32.init) ?? .max
  }

  private func names(_ range: ByteRange) -> [Word] {
    var words: [Word] = []
    var last = range.start
    for item in bytes.listItems(range) {
      if item.start > last { words += separators(ByteRange(start: last, end: item.start)) }
      words.append(Word(kind: .name, detail: number(of: item), start: item.start, end: item.end))
      last = item.end
    }
    return words
  }

  private func separators(_ range: ByteRange) -> [Word] {
    var words: [Word] = []
    var index = range.start
    while index < range.end {
      let (raw, length) = decodedScalar(in: bytes, at: index)
      let scalar = foldingWidth(raw)
      if !CharacterClass.isSpace(scalar), scalar != 0x0A {
        words.append(Word(kind: .punctuation, detail: scalar, start: index, end: index + length))
      }
      index += length
    }
    return words
  }

  /// Words of strength in a row, spaced or not: `支持 试点`, `要 倾斜`, `义务“聚焦”`.
  private func force(_ range: ByteRange) -> Label? {
    var words: [Word] = []
    var index = range.start
    while index < range.end {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      if CharacterClass.isSpace(scalar) || scalar == 0x3001 {
        if scalar == 0x3001 {
          words.append(Word(kind: .punctuation, detail: scalar, start: index, end: index + length))
        }
        index += length
        continue
      }
      guard let (number, end) = ForceIndex.match(bytes, index, range.end) else { return nil }
      words.append(Word(kind: .keyword, detail: UInt32(number), start: index, end: end))
      index = end
      if number >= ForceIndex.classBase {
        let quote = bytes.trimmed(ByteRange(start: index, end: range.end)).start
        guard let stop = quoteEnd(quote, range.end) else { return nil }
        words.append(Word(kind: .quoted, detail: 0, start: quote, end: stop))
        index = stop
      }
    }
    return words.isEmpty ? nil : Label(words: words, isForce: true)
  }

  private func quoteEnd(_ start: Int, _ end: Int) -> Int? {
    guard start < end else { return nil }
    let (open, width) = decodedScalar(in: bytes, at: start)
    guard open == 0x201C || open == 0x22 else { return nil }
    var index = start + width
    var depth = 1
    while index < end {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      index += length
      if open == 0x22 {
        if scalar == 0x22 { return index }
      } else if scalar == 0x201C {
        depth += 1
      } else if scalar == 0x201D {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return nil
  }
}

/// Finds words of strength; words are numbered by their row in `ForceWord.table`, class names from `classBase`.
package enum ForceIndex {
  package static let classBase = 10_000
  private static let trie: WordTrie = {
    var trie = WordTrie(expecting: 100)
    for (number, row) in ForceWord.table.enumerated() {
      trie.insert(row.word, number)
      trie.insert(row.en, number)
    }
    for (number, row) in ForceWord.classNames.enumerated() {
      trie.insert(row.zh, classBase + number)
      trie.insert(row.en, classBase + number)
    }
    return trie
  }()

  static func match(_ bytes: [UInt8], _ start: Int, _ end: Int) -> (number: Int, end: Int)? {
    var node = 0
    var index = start
    var found: (Int, Int)?
    while index < end {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      guard let next = trie.step(node, scalar) else { break }
      node = next
      index += length
      if let number = trie.word(at: node) { found = (number, index) }
    }
    return found
  }
}

package enum LabelIndex {
  /// Which labels each block may have; also what the editor offers.
  package static let labels: [Keyword: [Keyword]] = [
    .document: [
      .title, .issuer, .adopted, .inForce, .validity, .quote, .textState, .generalDuty, .bounds, .note, .number,
    ],
    .authority: [.alias, .note],
    .option: [.values, .unranked, .quote, .note],
    .definition: [.quote, .body, .follows, .note],
    .classification: [.quote, .yes, .no, .disputed, .unsettled, .follows, .note],
    .clause: [.responsible, .quote, .note],
    .hole: [.quote, .authors, .floor, .ceiling, .note],
    .filling: [.quote, .value, .condition, .inForce, .validity, .note],
    .measure: [
      .object, .quote, .actor, .condition, .exception, .timeLimit, .precondition, .carry, .trigger, .window, .amount,
      .payers, .instalments, .materials, .steps, .dutyDeadline, .precedence, .analogy, .accordance, .deference,
      .totalLimit, .prevailing, .transition, .inForce, .validity, .note,
    ],
    .decisionTable: [.quote, .note],
    .tiers: [.quote, .note],
    .group: [.quote, .members, .rule, .cap, .received, .chosen, .note],
    .parameter: [.quote, .note],
    .nameList: [.number, .date, .names, .quote, .note],
    .calendar: [.holidays, .workdays, .number, .basis, .note],
    .ruling: [.basis, .date, .note],
    .record: [.note],
    .policyCase: [.asOf, .expect, .reading, .status, .note],
    .unruled: [.note, .quote],
  ]

  /// The label of a block that a range writes, in Chinese or English.
  static func label(_ range: ByteRange, of bytes: [UInt8], in block: Keyword) -> Keyword? {
    index.words.number(of: range, in: bytes).flatMap { index.labels[Int(block.rawValue)][$0] }
  }

  /// All words of labels, and for each block the labels that they are.
  private static let index: (words: WordTrie, labels: [[Keyword?]]) = {
    var words = WordTrie(expecting: 200)
    var count = 0
    var found: [(block: Keyword, word: Int, label: Keyword)] = []
    for block in Keyword.allCases {
      for label in labels[block] ?? [] {
        for word in label.entry.zh + label.entry.enWords {
          let number = words.insert(word, count)
          if number == count { count += 1 }
          found.append((block, number, label))
        }
      }
    }
    let none = [Keyword?](repeating: nil, count: count)
    var byBlock = [[Keyword?]](repeating: none, count: Keyword.allCases.count)
    for entry in found { byBlock[Int(entry.block.rawValue)][entry.word] = entry.label }
    return (words, byBlock)
  }()
}
