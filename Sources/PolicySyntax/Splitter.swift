import PolicyText
import PolicyValues

/// Cuts the content of a line into words.
///
/// Runs between spaces and punctuation are cut by the declared names and the reserved words. All cuts that use the whole
/// run are kept; a name wins over reserved words and numerals inside it. Cost is linear: a trie finds what begins at a
/// place, and places from which no cut succeeds are tried once.
struct Splitter {
  let bytes: [UInt8]
  let vocabulary: Vocabulary
  let context: WordContext
  let end: Int
  /// The most cuts of one run that are kept.
  static let limit = 16

  /// Cuts of each run, in order; one cut nearly always.
  private(set) var segments: [[[Word]]] = []
  private var dead: Set<Int> = []
  /// Whether a name may follow a name, as it must in 医院等级二级以上; tried where a run has no cut without it.
  private var joinsNames = false

  init(_ bytes: [UInt8], _ vocabulary: Vocabulary, _ context: WordContext, end: Int) {
    self.bytes = bytes
    self.vocabulary = vocabulary
    self.context = context
    self.end = end
  }

  /// Reads everything from an offset to the end.
  mutating func run(from start: Int) {
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
      if CharacterClass.isSeparator(scalar), nameEnds(from: index).isEmpty {
        let word = mark(scalar, index, length)
        segments.append([[word]])
        index = word.end
        continue
      }
      index = addRun(from: index)
    }
  }

  private mutating func addRun(from start: Int) -> Int {
    dead.removeAll(keepingCapacity: true)
    var (found, furthest) = cuts(from: start)
    if found.isEmpty, !context.adjacentNames {
      dead.removeAll(keepingCapacity: true)
      joinsNames = true
      let joined = cuts(from: start)
      joinsNames = false
      found = joined.found
      if (joined.furthest.last?.end ?? 0) > (furthest.last?.end ?? 0) { furthest = joined.furthest }
    }
    if found.count > 1 {
      // Cuts into the same words by another way are one.
      var seen: Set<[Word]> = []
      found = found.filter { seen.insert($0).inserted }
    }
    if found.isEmpty {
      var words = furthest
      let from = words.last?.end ?? start
      let stop = max(endOfRun(from), from + 1)
      words.append(Word(kind: .unreadable, detail: 0, start: from, end: min(stop, end)))
      found = [words]
    }
    segments.append(found)
    return found[0].last?.end ?? start + 1
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
    var words: [Word]
    /// How many of the words were tried.
    var tried = 0
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

  /// Every cut of a run into words, longest names first, and if there is none the words up to the furthest place.
  ///
  /// The places are kept here and not on the stack, which a long run would overflow.
  private mutating func cuts(from start: Int) -> (found: [[Word]], furthest: [Word]) {
    var found: [[Word]] = []
    var steps: [Step] = []
    var furthest = -1
    var places: [Place] = []
    func path(to step: Int) -> [Word] {
      var words: [Word] = []
      var step = step
      while step >= 0 {
        words.append(steps[step].word)
        step = steps[step].before
      }
      return words.reversed()
    }
    if let place = place(at: start, nil, coverEnd: start) { places.append(place) }
    while let last = places.indices.last {
      guard places[last].tried < places[last].words.count, found.count < Splitter.limit else {
        if found.count == places[last].foundBefore { dead.insert(places[last].state) }
        places.removeLast()
        continue
      }
      let word = places[last].words[places[last].tried]
      places[last].tried += 1
      steps.append(Step(word: word, before: places[last].step))
      if isEnd(word.end) {
        found.append(path(to: steps.count - 1))
      } else if var next = place(at: word.end, word, coverEnd: places[last].coverEnd) {
        next.step = steps.count - 1
        next.foundBefore = found.count
        places.append(next)
        if furthest < 0 || word.end > steps[furthest].word.end { furthest = next.step }
      }
    }
    return (found, found.isEmpty ? path(to: furthest) : [])
  }

  /// Whether a run ends here: a separator that no name begins with.
  private func isEnd(_ position: Int) -> Bool {
    position >= end || isSeparator(position) && nameEnds(from: position).isEmpty
  }

  /// What can follow a word; nil where nothing can succeed.
  private func place(at position: Int, _ word: Word?, coverEnd: Int) -> Place? {
    guard position < end else { return nil }
    let afterOperand =
      !context.adjacentNames && !joinsNames && (word?.kind == .name || word?.kind == .numeral)
    // Inside a longer name fewer words can follow, so such a place is another one.
    let state = position * 4 + (afterOperand ? 1 : 0) + (coverEnd > position ? 2 : 0)
    if dead.contains(state) { return nil }
    let names = nameEnds(from: position)
    let cover = max(coverEnd, names.map(\.end).max() ?? position)
    var words: [Word] = []
    if !afterOperand {
      words = names.reversed().map { Word(kind: .name, detail: UInt32($0.number), start: position, end: $0.end) }
    }
    for word in reserved(from: position) + literals(from: position)
    where word.end > cover || names.isEmpty && word.end > coverEnd {
      words.append(word)
    }
    return Place(step: -1, words: words, coverEnd: cover, foundBefore: 0, state: state)
  }

  private func isSeparator(_ position: Int) -> Bool {
    CharacterClass.isSeparator(foldingWidth(decodedScalar(in: bytes, at: position).value))
  }

  /// Names that begin here, shortest first.
  private func nameEnds(from start: Int) -> [(number: Int, end: Int)] {
    var result: [(number: Int, end: Int)] = []
    var node = 0
    var index = start
    while index < end {
      let (raw, length) = decodedScalar(in: bytes, at: index)
      guard let next = vocabulary.trie.step(node, foldingWidth(raw)) else { break }
      node = next
      index += length
      if let number = vocabulary.trie.word(at: node), !splitsASCIIWord(index) { result.append((number, index)) }
    }
    return result
  }

  /// Whether letters or digits of one Latin word stand on both sides.
  private func splitsASCIIWord(_ index: Int) -> Bool {
    index > 0 && index < end && CharacterClass.isWordASCII(UInt32(bytes[index - 1]))
      && CharacterClass.isWordASCII(UInt32(bytes[index]))
  }

  /// Reserved words that begin here, longest first.
  private func reserved(from start: Int) -> [Word] {
    if CharacterClass.isWordASCII(foldingWidth(decodedScalar(in: bytes, at: start).value)) {
      let (word, index) = bytes.latinWord(from: start, limit: end)
      guard let keywords = ReservedWords.english[word] else { return [] }
      return choose(keywords).map { [Word(kind: .keyword, detail: UInt32($0.rawValue), start: start, end: index)] } ?? []
    }
    var result: [Word] = []
    var node = 0
    var index = start
    while index < end {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      guard let next = ReservedWords.chinese.step(node, scalar) else { break }
      node = next
      index += length
      if let number = ReservedWords.chinese.word(at: node), let keyword = choose(ReservedWords.shared[number]) {
        result.append(Word(kind: .keyword, detail: UInt32(keyword.rawValue), start: start, end: index))
      }
    }
    return result.reversed()
  }

  private func choose(_ keywords: [Keyword]) -> Keyword? { keywords.first { context.allowed[Int($0.rawValue)] } }

  /// Dates, durations, quantities and addresses that begin here.
  private func literals(from start: Int) -> [Word] {
    let scalar = foldingWidth(decodedScalar(in: bytes, at: start).value)
    let begins = CharacterClass.beginsNumeral(scalar) || scalar == 0x6BCF
    let numerals = begins ? self.numerals(from: start) : []
    if context.addresses, let (_, stop) = ClauseAddress.scan(bytes, from: start, limit: end),
      stop >= numerals.first?.end ?? 0
    {
      // 2.8亿元 is no clause 2.8.
      return [Word(kind: .address, detail: 0, start: start, end: stop)]
    }
    if numerals.isEmpty, context.units { return unit(from: start) }
    return numerals
  }

  /// The date, duration or quantity that begins here.
  private func numerals(from start: Int) -> [Word] {
    if let stop = everyYear(from: start) { return [Word(kind: .date, detail: 1, start: start, end: stop)] }
    if let (_, stop) = LiteralReader.datePrefix(bytes, from: start, limit: end) {
      return [Word(kind: .date, detail: 0, start: start, end: stop)]
    }
    let quantity = LiteralReader.quantityPrefix(bytes, from: start, limit: end)
    if let (_, stop) = LiteralReader.durationPrefix(bytes, from: start, limit: end), stop > quantity?.end ?? 0 {
      return [Word(kind: .numeral, detail: 1, start: start, end: stop)]
    }
    if let quantity, !splitsASCIIWord(quantity.end) {
      return [Word(kind: .numeral, detail: 0, start: start, end: quantity.end)]
    }
    return []
  }

  /// `每年3月1日`: a day that comes every year.
  private func everyYear(from start: Int) -> Int? {
    let word = Array("每年".utf8)
    guard start + word.count < end, bytes[start..<(start + word.count)].elementsEqual(word) else { return nil }
    guard let (_, stop) = MonthDay.read(bytes, from: start + word.count, limit: end) else { return nil }
    return stop
  }

  private func unit(from start: Int) -> [Word] {
    var node = 0
    var index = start
    var stop: Int?
    while index < end {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      guard let next = ReservedWords.units.step(node, scalar) else { break }
      node = next
      index += length
      if ReservedWords.units.word(at: node) != nil { stop = index }
    }
    return stop.map { [Word(kind: .unit, detail: 0, start: start, end: $0)] } ?? []
  }

  /// A quote, a quoted name, a title in 《》, or one punctuation mark.
  private func mark(_ scalar: UInt32, _ start: Int, _ length: Int) -> Word {
    switch scalar {
    case 0x201C: return Word(kind: .quoted, detail: 0, start: start, end: closing(0x201C, 0x201D, start))
    case 0x300A: return Word(kind: .text, detail: 0, start: start, end: closing(0x300A, 0x300B, start))
    case 0x300C:
      let stop = closing(0x300C, 0x300D, start)
      let name = bytes.nameKey(bytes.unquoted(ByteRange(start: start, end: stop)))
      return Word(
        kind: .quotedName, detail: vocabulary.number(of: name).map(UInt32.init) ?? .max, start: start, end: stop)
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
