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
  /// The most cuts of one run that are kept.
  static let limit = 16

  /// The words of a content, the first cut of each run.
  private(set) var words: [Word] = []
  /// The runs that can be cut in several ways: the place of the first cut in `words`, and all cuts.
  private(set) var ambiguous: [(place: Range<Int>, cuts: [[Word]])] = []

  private(set) var context = WordContext.items
  private(set) var end = 0
  /// The words between the start of a run and the place that is tried.
  private var path: [Word] = []
  /// The words that were found to begin at the places on the path, the last place's last.
  private var candidates: [Word] = []
  private var cutCount = 0
  /// The cuts of a run after the first.
  private var others: [[Word]] = []
  private var dead: Set<Int> = []
  /// Whether a name may follow a name, as it must in 医院等级二级以上; tried where a run has no cut without it.
  private var joinsNames = false
  /// The longest path into a run that has no cut; kept only where one is asked for.
  private var furthest: [Word]?

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
    search(from: start)
    if cutCount == 0, !context.adjacentNames {
      joinsNames = true
      search(from: start)
      joinsNames = false
    }
    if cutCount == 0 { return addUnreadable(from: start) }
    if !others.isEmpty {
      // Cuts into the same words by another way are one.
      var seen: Set<[Word]> = []
      let cuts = ([Array(words[first...])] + others).filter { seen.insert($0).inserted }
      if cuts.count > 1 { ambiguous.append((first..<words.count, cuts)) }
    }
    return words.last?.end ?? start + 1
  }

  /// Adds the longest path into a run without a cut, and the rest of the run as one unreadable word.
  private mutating func addUnreadable(from start: Int) -> Int {
    furthest = []
    search(from: start)
    if !context.adjacentNames {
      joinsNames = true
      search(from: start)
      joinsNames = false
    }
    let readable = furthest ?? []
    furthest = nil
    let from = readable.last?.end ?? start
    let stop = min(max(endOfRun(from), from + 1), end)
    words += readable
    words.append(Word(kind: .unreadable, detail: 0, start: from, end: stop))
    return stop
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

  /// Finds the cuts of the run that begins here.
  private mutating func search(from start: Int) {
    if !dead.isEmpty { dead.removeAll(keepingCapacity: true) }
    if !others.isEmpty { others = [] }
    path.removeAll(keepingCapacity: true)
    candidates.removeAll(keepingCapacity: true)
    cutCount = 0
    extend(start, coverEnd: start)
  }

  private mutating func extend(_ position: Int, coverEnd: Int) {
    guard cutCount < Splitter.limit else { return }
    let base = candidates.count
    defer { candidates.removeLast(candidates.count - base) }
    addNames(from: position)
    let namesEnd = candidates.count
    if !path.isEmpty, namesEnd == base, position >= end || isSeparator(position) {
      keepCut()
      return
    }
    guard position < end else { return }
    let afterOperand =
      !context.adjacentNames && !joinsNames && path.last.map { $0.kind == .name || $0.kind == .numeral } == true
    let state = position * 2 + (afterOperand ? 1 : 0)
    if !dead.isEmpty, dead.contains(state) { return }
    if let longest = furthest, (path.last?.end ?? 0) > (longest.last?.end ?? -1) { furthest = path }
    let before = cutCount
    // Names stand in the order of their ends.
    let cover = namesEnd > base ? max(coverEnd, candidates[namesEnd - 1].end) : max(coverEnd, position)
    if !afterOperand {
      for index in (base..<namesEnd).reversed() { extend(by: candidates[index], coverEnd: cover) }
    }
    addReserved(from: position)
    addLiterals(from: position)
    let hasNames = namesEnd > base
    var index = namesEnd
    while index < candidates.count {
      let word = candidates[index]
      if word.end > cover || !hasNames && word.end > coverEnd { extend(by: word, coverEnd: cover) }
      index += 1
    }
    if cutCount == before { dead.insert(state) }
  }

  private mutating func extend(by word: Word, coverEnd: Int) {
    path.append(word)
    extend(word.end, coverEnd: coverEnd)
    path.removeLast()
  }

  private mutating func keepCut() {
    if cutCount == 0 { words += path } else { others.append(path) }
    cutCount += 1
  }

  private func isSeparator(_ position: Int) -> Bool {
    CharacterClass.isSeparator(foldingWidth(decodedScalar(in: bytes, at: position).value))
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
    let base = candidates.count
    addNames(from: start)
    defer { candidates.removeLast(candidates.count - base) }
    return candidates.count > base
  }

  /// Whether letters or digits of one Latin word stand on both sides.
  private func splitsASCIIWord(_ index: Int) -> Bool {
    index > 0 && index < end && CharacterClass.isWordASCII(UInt32(bytes[index - 1]))
      && CharacterClass.isWordASCII(UInt32(bytes[index]))
  }

  /// Adds the reserved words that begin here, longest first.
  private mutating func addReserved(from start: Int) {
    if bytes[start] < 0x80 {
      addEnglish(from: start)
      return
    }
    let base = candidates.count
    var node = 0
    var index = start
    while index < end {
      let (scalar, length) = decodedScalar(in: bytes, at: index)
      guard let next = ReservedWords.chinese.step(node, scalar) else { break }
      node = next
      index += length
      if let number = ReservedWords.chinese.word(at: node), let keyword = choose(ReservedWords.shared[number]) {
        candidates.append(Word(kind: .keyword, detail: UInt32(keyword.rawValue), start: start, end: index))
      }
    }
    if candidates.count > base + 1 { candidates[base...].reverse() }
  }

  private mutating func addEnglish(from start: Int) {
    var index = start
    while index < end, CharacterClass.isWordASCII(UInt32(bytes[index])) || bytes[index] == 0x2D && index > start {
      index += 1
    }
    guard index > start,
      let keywords = ReservedWords.english[String(decoding: bytes[start..<index], as: UTF8.self)],
      let keyword = choose(keywords)
    else { return }
    candidates.append(Word(kind: .keyword, detail: UInt32(keyword.rawValue), start: start, end: index))
  }

  private func choose(_ keywords: [Keyword]) -> Keyword? { keywords.first { context.allowed[Int($0.rawValue)] } }

  /// Adds the date, duration, quantity or address that begins here.
  private mutating func addLiterals(from start: Int) {
    let scalar = foldingWidth(decodedScalar(in: bytes, at: start).value)
    let numeral = CharacterClass.beginsNumeral(scalar) ? self.numeral(from: start) : nil
    if context.addresses, let (_, stop) = ClauseAddress.scan(bytes, from: start, limit: end), stop >= numeral?.end ?? 0 {
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

  private mutating func addUnit(from start: Int) {
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
