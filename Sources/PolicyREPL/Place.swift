/// A place in an entry where a word is being typed, and what stands before it.
struct Place {
  /// A word or mark of the text before the place.
  struct Token {
    let text: String
    /// The number of characters before it.
    let start: Int
  }

  private let characters: [Character]
  /// Where the run of characters without a blank begins in which the cursor stands.
  private let runStart: Int
  private let words: KnownWords
  /// Whether the run stands in a quote that isn't closed.
  let isQuoted: Bool
  /// The offset of the cursor in UTF-8.
  let cursor: Int
  /// The places where the word at the cursor may begin, the longest word first; unspaced Chinese leaves several.
  let starts: [Int]
  /// Where the word begins that is considered.
  var start: Int

  /// The place at the end of a text, of which the last `reach` characters count.
  init(_ text: String, reach: Int, words: KnownWords) {
    cursor = text.utf8.count
    var text = Array(text.drop(while: \.isWhitespace))
    if text.count > reach { text.removeFirst(text.count - reach) }
    characters = text
    self.words = words
    var run = text.count
    var quote: Int?
    for (position, character) in text.enumerated() {
      if "“「".contains(character) { quote = position } else if "”」".contains(character) { quote = nil }
      if character == "\"" { quote = quote == nil ? position : nil }
    }
    while run > 0, !text[run - 1].isWhitespace { run -= 1 }
    if let quote { run = quote + 1 }
    isQuoted = quote != nil
    runStart = run
    let tokens = Place.tokens(text, from: quote == nil ? 0 : run, to: text.count, words)
    var places = [run]
    if quote == nil {
      if run == 0, let mark = text.first, mark == ":" || mark == "：" { places = [1] }
      for name in Statement.wordsAtHead(of: String(text[run...])) where run == 0 { places.append(name.count) }
      places += tokens.filter { words[$0.text] != nil || $0.text.allSatisfy(Place.isMark) }
        .map { $0.start + $0.text.count }.filter { $0 > run }
      // Letters after Chinese are a word of their own: 投资额且tze.
      let letters = text.lastIndex { !($0.isASCII && $0.isLetter) }.map { $0 + 1 } ?? 0
      if letters > run, letters < text.count { places.append(letters) }
    }
    starts = Array(Set(places.filter { $0 <= text.count })).sorted()
    start = run
  }

  /// The word from `start` to the cursor.
  var word: String { String(characters[start...]) }
  /// Everything from the last blank to the cursor.
  var run: String { String(characters[runStart...]) }
  /// What stands before the run.
  var lineHead: String { String(characters[..<runStart]) }
  /// What stands before the word, with the blanks and line breaks at its end.
  var textBefore: String { String(characters[..<start]) }
  /// What stands before the word, without blanks at its end and without the quote that the word stands in.
  var head: String {
    var end = start
    if isQuoted, end > 0 { end -= 1 }
    while end > 0, characters[end - 1].isWhitespace { end -= 1 }
    return String(characters[..<end])
  }

  /// The tokens of the head behind the word that it begins with.
  func tokens(after first: String) -> [Token] {
    Place.tokens(characters, from: min(first.count, start), to: start, words)
  }

  /// The tokens of a part of the head.
  func tokens(of text: String) -> [Token] {
    let text = Array(text)
    return Place.tokens(text, from: 0, to: text.count, words)
  }

  /// Cuts a text into known words, each as long as can be, marks, and whatever lies between.
  private static func tokens(_ text: [Character], from start: Int, to end: Int, _ words: KnownWords) -> [Token] {
    var result: [Token] = []
    var index = start
    while index < end {
      var count = words.longestMatch(text[index..<end])
      if count == 0 {
        count = 1
        if !isMark(text[index]) {
          // A literal or an unknown word: up to the next mark or known word.
          while index + count < end, !isMark(text[index + count]), words.longestMatch(text[(index + count)..<end]) == 0
          {
            count += 1
          }
        }
      }
      let word = String(text[index..<index + count])
      if !word.allSatisfy(\.isWhitespace) { result.append(Token(text: word, start: index)) }
      index += count
    }
    return result
  }

  private static func isMark(_ character: Character) -> Bool {
    Completer.isBoundary(character) || "≠<>≤≥+-×÷*/".contains(character)
  }
}

/// The words that cut unspaced Chinese, with what they are.
struct KnownWords {
  private(set) var meanings: [String: NameIndex.Known] = [:]
  /// The most characters of the words that begin with a character.
  private var lengths: [Character: Int] = [:]

  subscript(_ word: String) -> NameIndex.Known? { meanings[word] }

  mutating func learn(_ word: String, _ meaning: NameIndex.Known) {
    guard let first = word.first else { return }
    meanings[word] = meaning
    lengths[first] = max(lengths[first] ?? 0, min(word.count, 64))
  }

  /// The number of characters of the longest word that the text begins with; 0 where none does.
  func longestMatch(_ text: ArraySlice<Character>) -> Int {
    guard let first = text.first, let longest = lengths[first] else { return 0 }
    var count = min(longest, text.count)
    while count > 0, meanings[String(text.prefix(count))] == nil { count -= 1 }
    return count
  }
}
