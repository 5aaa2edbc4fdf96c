import PolicyText
import PolicyValues

/// Cuts the content of a line into words.
///
/// Runs between spaces and punctuation are cut by the declared names and the reserved words. All cuts that use the whole
/// run are kept; a name wins over reserved words and numerals inside it. Cost is linear: a trie finds what begins at a
/// place, and places from which no cut succeeds are tried once. One splitter cuts all contents of a file, so that its
/// memory is used again.
struct Splitter {
  let bytes: [UInt8]
  let vocabulary: Vocabulary
  /// Held here, because reaching for a global costs as much as many steps of it.
  private let reservedWords = ReservedWords.chinese
  private let reservedKeywords = ReservedWords.shared
  private let units = ReservedWords.units
  /// The most cuts of one run that are kept.
  static let limit = 16

  /// The words of a content, with the first cut of each run.
  private(set) var words: [Word] = []
  /// The runs that can be cut in several ways: where their first cut stands in `words`, and all cuts.
  private(set) var ambiguous: [(place: Range<Int>, cuts: [[Word]])] = []

  private var context = WordContext.items
  private var end = 0
  /// The places on the path that is tried, and the steps between all places of the run.
  private var places: [Place] = []
  private var steps: [Step] = []
  /// The words that can follow the places on the path, the last place's last.
  private var candidates: [Word] = []
  /// How many cuts of the run were found, and those after the first.
  private var cutCount = 0
  private var otherCuts: [[Word]] = []
  private var dead: Set<Int> = []
  /// Whether a name may follow a name, as it must in 医院等级二级以上; tried where a run has no cut without it.
  private var joinsNames = false

  init(_ bytes: [UInt8], _ vocabulary: Vocabulary) {
    self.bytes = bytes
    self.vocabulary = vocabulary
  }

  /// Cuts everything between two offsets; `words` and `ambiguous` are then of this content.
  mutating func cut(from start: Int, to end: Int, _ context: WordContext) {
    words.removeAll(keepingCapacity: true)
    if !ambiguous.isEmpty { ambiguous = [] }
    self.context = context
    self.end = end
    var index = start
    while index < end {
      let (raw, length) = decodedScalar(in: bytes, at: index)
      let scalar = foldingWidth(raw)
      if CharacterClass.isSpace(scalar) || scalar == 0x0A {
        index += length
        continue
      }
      if scalar == 0x23 {
        while index < end, bytes[index] != 0x0A { index += 1 }
        continue
      }
      // A name may begin with a bracket or hold one, so names come before punctuation.
      if CharacterClass.isSeparator(scalar), !hasName(from: index) {
        let word = mark(scalar, index, length)
        words.append(word)
        index = word.end
        continue
      }
      index = addRun(from: index)
    }
  }

  private mutating func addRun(from start: Int) -> Int {
    let first = words.count
    var furthest = findCuts(from: start)
    if cutCount == 0, !context.adjacentNames {
      joinsNames = true
      let joined = findCuts(from: start)
      joinsNames = false
      if (joined.last?.end ?? 0) > (furthest.last?.end ?? 0) { furthest = joined }
    }
    if cutCount == 0 {
      words += furthest
      let from = furthest.last?.end ?? start
      let stop = max(endOfRun(from), from + 1)
      words.append(Word(kind: .unreadable, detail: 0, start: from, end: min(stop, end)))
    } else if cutCount > 1 {
      // Cuts into the same words by another way are one.
      var seen: Set<[Word]> = []
      let cuts = ([Array(words[first...])] + otherCuts).filter { seen.insert($0).inserted }
      if cuts.count > 1 { ambiguous.append((first..<words.count, cuts)) }
    }
    return words.last?.end ?? start + 1
  }

  private func endOfRun(_ start: Int) -> Int {
    var index = start
    while index < end {
      let (raw, length) = decodedScalar(in: bytes, at: index)
      if CharacterClass.isSeparator(foldingWidth(raw)) { break }
      index += length
    }
    return index
  }

  /// A place of a run with the words that can follow it.
  private struct Place {
    /// The step that leads here, or -1.
    var step: Int
    /// Where its words begin among the candidates, and the next one to try.
    var first: Int
    var next: Int
    var coverEnd: Int
    /// How many cuts there were before.
    var foundBefore: Int
    var state: Int
  }

  /// A word with the step before it, so that all paths share their beginnings.
  private struct Step {
    var word: Word
    var before: Int
  }

  /// Every cut of a run into words, longest names first: the first goes to `words`, the others to `otherCuts`. If there is
  /// none, returns the words up to the furthest place.
  ///
  /// The places are kept in an array and not on the stack, which a long run would overflow.
  private mutating func findCuts(from start: Int) -> [Word] {
    if !dead.isEmpty { dead.removeAll(keepingCapacity: true) }
    if !otherCuts.isEmpty { otherCuts = [] }
    steps.removeAll(keepingCapacity: true)
    cutCount = 0
    var furthest = -1
    addPlace(at: start, after: nil, step: -1, coverEnd: start)
    while let last = places.indices.last {
      guard places[last].next < candidates.count, cutCount < Splitter.limit else {
        if cutCount == places[last].foundBefore { dead.insert(places[last].state) }
        candidates.removeLast(candidates.count - places[last].first)
        places.removeLast()
        continue
      }
      let word = candidates[places[last].next]
      places[last].next += 1
      let step = steps.count
      steps.append(Step(word: word, before: places[last].step))
      if isEnd(word.end) {
        keepCut(to: step)
      } else if addPlace(at: word.end, after: word, step: step, coverEnd: places[last].coverEnd) {
        if furthest < 0 || word.end > steps[furthest].word.end { furthest = step }
      }
    }
    return cutCount == 0 ? path(to: furthest) : []
  }

  /// Adds the words of a path, which is known from its end.
  private mutating func addWords(to step: Int) {
    let first = words.count
    var step = step
    while step >= 0 {
      words.append(steps[step].word)
      step = steps[step].before
    }
    if words.count > first + 1 { words[first...].reverse() }
  }

  private func path(to step: Int) -> [Word] {
    var words: [Word] = []
    var step = step
    while step >= 0 {
      words.append(steps[step].word)
      step = steps[step].before
    }
    words.reverse()
    return words
  }

  private mutating func keepCut(to step: Int) {
    if cutCount == 0 { addWords(to: step) } else { otherCuts.append(path(to: step)) }
    cutCount += 1
  }

  /// Whether a run ends here: a separator that no name begins with.
  private mutating func isEnd(_ position: Int) -> Bool {
    guard position < end else { return true }
    let scalar = foldingWidth(decodedScalar(in: bytes, at: position).value)
    return CharacterClass.isSeparator(scalar) && !hasName(from: position)
  }

  /// Adds the place behind a word with what can follow it; false where nothing can succeed.
  @discardableResult
  private mutating func addPlace(at position: Int, after word: Word?, step: Int, coverEnd: Int) -> Bool {
    guard position < end else { return false }
    let afterOperand =
      !context.adjacentNames && !joinsNames && (word?.kind == .name || word?.kind == .numeral)
    // Inside a longer name fewer words can follow, so such a place is another one.
    let state = position * 4 + (afterOperand ? 1 : 0) + (coverEnd > position ? 2 : 0)
    if !dead.isEmpty, dead.contains(state) { return false }
    let first = candidates.count
    addNames(from: position)
    let hasNames = candidates.count > first
    // The longest name is the last.
    let cover = max(coverEnd, hasNames ? candidates[candidates.count - 1].end : position)
    if afterOperand { candidates.removeLast(candidates.count - first) } else { candidates[first...].reverse() }
    let others = candidates.count
    addReserved(from: position)
    addLiterals(from: position)
    var kept = others
    for index in others..<candidates.count {
      let end = candidates[index].end
      guard end > cover || !hasNames && end > coverEnd else { continue }
      candidates[kept] = candidates[index]
      kept += 1
    }
    candidates.removeLast(candidates.count - kept)
    places.append(
      Place(step: step, first: first, next: first, coverEnd: cover, foundBefore: cutCount, state: state))
    return true
  }

  // MARK: What begins at a place

  /// Adds the names that begin here, shortest first.
  private mutating func addNames(from start: Int) {
    var node = 0
    var index = start
    while index < end {
      let (raw, length) = decodedScalar(in: bytes, at: index)
      guard let next = vocabulary.trie.step(node, foldingWidth(raw)) else { break }
      node = next
      index += length
      if let number = vocabulary.trie.word(at: node), !splitsASCIIWord(index) {
        candidates.append(Word(kind: .name, detail: UInt32(number), start: start, end: index))
      }
    }
  }

  private mutating func hasName(from start: Int) -> Bool {
    let first = candidates.count
    addNames(from: start)
    defer { candidates.removeLast(candidates.count - first) }
    return candidates.count > first
  }

  /// Whether letters or digits of one Latin word stand on both sides.
  private func splitsASCIIWord(_ index: Int) -> Bool {
    index > 0 && index < end && CharacterClass.isWordASCII(UInt32(bytes[index - 1]))
      && CharacterClass.isWordASCII(UInt32(bytes[index]))
  }

  /// Adds the reserved words that begin here, longest first.
  private mutating func addReserved(from start: Int) {
    let scalar = foldingWidth(decodedScalar(in: bytes, at: start).value)
    // No reserved word begins with a digit.
    if (0x30...0x39).contains(scalar) { return }
    if CharacterClass.isWordASCII(scalar) {
      let (word, index) = bytes.latinWord(from: start, limit: end)
      guard let keywords = ReservedWords.english[word], let keyword = choose(keywords) else { return }
      candidates.append(Word(kind: .keyword, detail: UInt32(keyword.rawValue), start: start, end: index))
      return
    }
    let first = candidates.count
    var node = 0
    var index = start
    while index < end {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      guard let next = reservedWords.step(node, scalar) else { break }
      node = next
      index += length
      if let number = reservedWords.word(at: node), let keyword = choose(reservedKeywords[number]) {
        candidates.append(Word(kind: .keyword, detail: UInt32(keyword.rawValue), start: start, end: index))
      }
    }
    if candidates.count > first + 1 { candidates[first...].reverse() }
  }

  private func choose(_ keywords: [Keyword]) -> Keyword? { keywords.first { context.allowed[Int($0.rawValue)] } }

  /// Adds the date, duration, quantity or address that begins here.
  private mutating func addLiterals(from start: Int) {
    let scalar = foldingWidth(decodedScalar(in: bytes, at: start).value)
    // 每 and the e of its twin begin a day of every year.
    let begins = CharacterClass.beginsNumeral(scalar) || scalar == 0x6BCF || scalar == 0x65
    let numeral = begins ? self.numeral(from: start) : nil
    if context.addresses, let (_, stop) = ClauseAddress.scan(bytes, from: start, limit: end), stop >= numeral?.end ?? 0
    {
      // 2.8亿元 is no clause 2.8.
      candidates.append(Word(kind: .address, detail: 0, start: start, end: stop))
    } else if let numeral {
      candidates.append(numeral)
    } else if context.units {
      addUnit(from: start)
    }
  }

  /// The date, duration or quantity that begins here.
  private func numeral(from start: Int) -> Word? {
    if let stop = everyYear(from: start) { return Word(kind: .date, detail: 1, start: start, end: stop) }
    if let (_, stop) = LiteralReader.datePrefix(bytes, from: start, limit: end) {
      return Word(kind: .date, detail: 0, start: start, end: stop)
    }
    let quantity = LiteralReader.quantityPrefix(bytes, from: start, limit: end)
    if let (_, stop) = LiteralReader.durationPrefix(bytes, from: start, limit: end), stop > quantity?.end ?? 0 {
      return Word(kind: .numeral, detail: 1, start: start, end: stop)
    }
    if let quantity, !splitsASCIIWord(quantity.end) {
      return Word(kind: .numeral, detail: 0, start: start, end: quantity.end)
    }
    return nil
  }

  /// `每年3月1日`, `every-year 3月1日`: a day that comes every year.
  private func everyYear(from start: Int) -> Int? {
    guard var index = MonthDay.afterEveryYear(bytes, from: start, limit: end) else { return nil }
    while index < end, CharacterClass.isSpace(foldingWidth(decodedScalar(in: bytes, at: index).value)) {
      index += decodedScalar(in: bytes, at: index).length
    }
    return MonthDay.read(bytes, from: index, limit: end)?.end
  }

  private mutating func addUnit(from start: Int) {
    var node = 0
    var index = start
    var stop: Int?
    while index < end {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      guard let next = units.step(node, scalar) else { break }
      node = next
      index += length
      if units.word(at: node) != nil { stop = index }
    }
    if let stop { candidates.append(Word(kind: .unit, detail: 0, start: start, end: stop)) }
  }

  // MARK: Marks

  /// A quote, a quoted name, a title in 《》, or one punctuation mark.
  private func mark(_ scalar: UInt32, _ start: Int, _ length: Int) -> Word {
    switch scalar {
    case 0x201C: return Word(kind: .quoted, detail: 0, start: start, end: closing(0x201C, 0x201D, start))
    case 0x300A: return Word(kind: .text, detail: 0, start: start, end: closing(0x300A, 0x300B, start))
    case 0x300C:
      let stop = closing(0x300C, 0x300D, start)
      let number = vocabulary.number(of: bytes.unquoted(ByteRange(start: start, end: stop)), in: bytes)
      return Word(kind: .quotedName, detail: number.map(UInt32.init) ?? .max, start: start, end: stop)
    case 0x22:
      var index = start + 1
      while index < end, bytes[index] != 0x22 { index += 1 }
      return Word(kind: .quoted, detail: 0, start: start, end: min(index + 1, end))
    default:
      return Word(kind: .punctuation, detail: scalar, start: start, end: start + length)
    }
  }

  private func closing(_ open: UInt32, _ close: UInt32, _ start: Int) -> Int {
    var depth = 0
    var index = start
    while index < end {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      index += length
      if scalar == open { depth += 1 }
      if scalar == close {
        depth -= 1
        if depth == 0 { break }
      }
    }
    return index
  }
}
