import PolicyText
import PolicyValues

/// One word, literal or mark of a line's content.
struct Word: Hashable {
  var kind: SyntaxKind
  /// For a keyword its raw value, for a name its number, for punctuation its folded scalar.
  var detail: UInt32
  var start: Int
  var end: Int

  func isKeyword(_ keyword: Keyword) -> Bool { kind == .keyword && detail == UInt32(keyword.rawValue) }
  func isPunctuation(_ scalar: UInt32) -> Bool { kind == .punctuation && detail == scalar }
  var keyword: Keyword? { kind == .keyword ? Keyword(rawValue: UInt8(truncatingIfNeeded: detail)) : nil }
}

/// Which reserved words may stand in a content.
struct WordContext: Sendable {
  var allowed: [Bool]
  /// Whether two names may follow each other without anything between (a field and its value).
  var adjacentNames: Bool
  /// Whether addresses of clauses are read.
  var addresses: Bool
  /// Whether a unit may stand without a number (数量（张）).
  var units: Bool { adjacentNames }

  private init(adjacentNames: Bool, addresses: Bool, _ include: (KeywordEntry) -> Bool) {
    allowed = Keyword.table.map(include)
    self.adjacentNames = adjacentNames
    self.addresses = addresses
  }

  /// Conditions and amounts.
  static let expression = WordContext(adjacentNames: false, addresses: false) { row in
    switch row.role {
    case .connective, .test, .arithmetic, .function: return true
    case .attribute:
      return [.given, .etc, .items, .includes, .excludes, .discretionary, .notApplicable, .unstated, .notKnown]
        .contains(row.keyword)
    // 床位补助 的 金额
    default: return row.keyword == .asOf || row.keyword == .amount
    }
  }

  /// Lists of names, facts, attributes.
  static let items = WordContext(adjacentNames: true, addresses: false) { row in
    // 每年 is part of a date.
    row.keyword != .everyYear && (row.role != .block && row.role != .label || itemLabels.contains(row.keyword))
  }

  /// Items that name clauses.
  static let addressItems: WordContext = {
    var context = items
    context.addresses = true
    return context
  }()

  /// Labels that also stand inside items.
  private static let itemLabels: Set<Keyword> = [
    .amount, .alias, .code, .responsible, .actor, .dutyDeadline, .inForce, .validity, .asOf, .from, .date, .number,
    .floor, .ceiling, .payers, .note, .unranked, .reading, .clause, .bounds, .timeLimit, .authors, .quote, .names,
    .title, .adopted, .instalments,
    .precondition,
  ]
}

/// Reserved words and units by their characters.
enum ReservedWords {
  static var chinese: WordTrie { chineseWords.words }

  /// Words that several keywords share stand under one number.
  static var shared: [[Keyword]] { chineseWords.shared }

  // One pass, in which the trie finds equal words: this is made whenever the program starts.
  private static let chineseWords: (words: WordTrie, shared: [[Keyword]]) = {
    var trie = WordTrie(expecting: 400)
    var lists: [[Keyword]] = []
    for row in Keyword.table {
      for word in row.zh {
        let number = trie.insert(word, lists.count)
        if number == lists.count { lists.append([]) }
        lists[number].append(row.keyword)
      }
    }
    return (trie, lists)
  }()

  static let english: [String: [Keyword]] = {
    var words: [String: [Keyword]] = [:]
    for row in Keyword.table { for word in row.enWords { words[word, default: []].append(row.keyword) } }
    return words
  }()

  /// Units of quantities, and of durations.
  static let units: WordTrie = {
    var trie = WordTrie(expecting: 200)
    for unit in Unit.table { for word in [unit.name] + unit.aliases { trie.insert(word, 0) } }
    for word in durationUnits { trie.insert(word, 1) }
    return trie
  }()

  static let durationUnits = ["年", "个月", "月", "日", "天", "个工作日", "工作日", "周年", "个自然日"]
}
