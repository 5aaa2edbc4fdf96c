/// The first thing that could not be read in a content.
enum SyntaxProblem {
  /// This word can't stand here.
  case unexpected(Word)
  /// The expression nests too deeply or has too many operators from this word on.
  case tooComplex(Word)
  /// Something is missing before the word, or at the end.
  case expected(SyntaxExpectation, before: Word?, at: Int)
}

/// What a content lacks.
enum SyntaxExpectation {
  case value, bound, closingBracket, name, condition, thenWord, elseWord, arguments, date, timeWord, duration
}

/// Reads words from front to back and remembers the first problem.
struct WordReader {
  let words: [Word]
  let end: Int
  private(set) var index = 0
  private(set) var problem: SyntaxProblem?
  /// How deep brackets and operators nest.
  var depth = 0
  /// How many operators of a chain were read; each makes the expression one deeper.
  private(set) var operators = 0
  /// Whether a cell's own words are read, where 20张 至 50张 is a range and no length of time.
  var isCell = false
  /// The deepest nesting that is read; deeper is a problem, not a crash.
  static let depthLimit = 200
  /// How many operators one content may hold, 且, 或 and lists not counted.
  static let operatorLimit = 500

  init(words: [Word], end: Int) {
    self.words = words
    self.end = end
  }

  var current: Word? { index < words.count ? words[index] : nil }
  var following: Word? { index + 1 < words.count ? words[index + 1] : nil }

  mutating func take() -> Word? {
    guard index < words.count else { return nil }
    defer { index += 1 }
    return words[index]
  }

  func at(_ keyword: Keyword) -> Bool { current?.isKeyword(keyword) == true }
  func at(_ punctuation: UInt32) -> Bool { current?.isPunctuation(punctuation) == true }

  mutating func fail(_ problem: SyntaxProblem) {
    if self.problem == nil { self.problem = problem }
  }

  /// Counts an operator; false, and a problem, where there are too many.
  mutating func countOperator() -> Bool {
    operators += 1
    if operators > Self.operatorLimit, let word = current { fail(.tooComplex(word)) }
    return operators <= Self.operatorLimit
  }

  mutating func expect(_ expectation: SyntaxExpectation) {
    if let word = current, word.kind == .unreadable {
      fail(.unexpected(word))
    } else {
      fail(.expected(expectation, before: current, at: index > 0 ? words[index - 1].end : words.first?.start ?? end))
    }
  }
}
