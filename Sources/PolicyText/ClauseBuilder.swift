/// Makes the clauses of a document from its outline.
struct ClauseBuilder {
  /// The text that the clauses are cut from.
  let normalized: NormalizedText
  private var cutter: SentenceCutter

  /// Makes a builder for a text.
  init(_ text: NormalizedText) {
    normalized = text
    cutter = SentenceCutter(text)
  }

  /// The clauses that begin at the entries; each ends where the next begins.
  func clauses(_ entries: [OutlineReader.Entry]) -> [OfficialText.Clause] {
    var builder = self
    return entries.indices.map { index in
      let isLast = index + 1 == entries.count
      let entry = entries[index]
      let end = isLast ? normalized.bytes.count : entries[index + 1].start
      let hasChildren = !isLast && entry.address.contains(entries[index + 1].address)
      return builder.clause(entry, entry.start..<max(entry.start, end), hasChildren: hasChildren)
    }
  }

  private mutating func clause(
    _ entry: OutlineReader.Entry, _ range: Range<Int>, hasChildren: Bool
  ) -> OfficialText.Clause {
    var pieces: [(kind: OfficialText.Sentence.Kind, range: Range<Int>)] = []
    let isTail = entry.address == .tail || entry.address == .head
    let note = isTail ? nil : unitNote(in: (entry.mark?.end ?? range.lowerBound)..<range.upperBound)
    let contentEnd = note?.lowerBound ?? range.upperBound
    var title = ""
    var rest = range.lowerBound
    if let mark = entry.mark {
      let content = range.lowerBound..<contentEnd
      let found = self.title(
        mark, content, lineEnd: min(entry.lineEnd, contentEnd), hasChildren: hasChildren,
        isArticle: entry.address.isInArticle)
      title = found.title
      rest = found.end
      pieces.append((found.end > mark.end ? .title : .mark, range.lowerBound..<found.end))
    }
    pieces += cutter.sentences(in: rest..<max(rest, contentEnd)).map { (.text, $0) }
    if note != nil { pieces.append((.unitNote, contentEnd..<range.upperBound)) }
    let first = entry.mark == nil ? 1 : 0
    let sentences = pieces.enumerated().map { index, piece in
      OfficialText.Sentence(
        address: entry.address.sentence(first + index), kind: piece.kind, range: piece.range,
        line: normalized.line(of: piece.range.lowerBound), text: normalized.text(of: piece.range))
    }
    return OfficialText.Clause(
      address: entry.address, title: title, range: range, sentences: sentences,
      line: normalized.line(of: range.lowerBound), unitNote: note)
  }

  // MARK: Titles

  /// The title behind a mark and the end of sentence 0; without a title sentence 0 is the mark.
  private mutating func title(
    _ mark: HeadingMark, _ content: Range<Int>, lineEnd: Int, hasChildren: Bool, isArticle: Bool
  ) -> (title: String, end: Int) {
    let none = ("", mark.end)
    guard mark.end < content.upperBound else { return none }
    if isArticle {
      // 第五条【适用范围】 is the only form of a title that an article has.
      guard let close = bracketEnd(at: mark.end, in: content) else { return none }
      return (String(normalized.text(of: mark.end..<close).dropFirst().dropLast()), close)
    }
    let isDivision = mark.level == .chapter || mark.level == .section
    let sentences = cutter.sentences(in: mark.end..<content.upperBound)
    let first = sentences[0]
    let hasEnd = first.upperBound <= lineEnd && endsSentence(first)
    let range = hasEnd ? first : mark.end..<lineEnd
    let words = normalized.text(of: range)
    let name = words.trimmed(of: ["。", "：", ":", "！", "？"])
    guard isDivision || isShort(name, limit: hasEnd ? 30 : 40) else { return none }
    // A short sentence that is all of an item is what the item says, and the title of nothing.
    if hasEnd, sentences.count == 1, !hasChildren, mark.level != .part, !isDivision { return (name, mark.end) }
    // A line without an end that the next line goes on with is prose.
    if !hasEnd, first.upperBound > lineEnd, mark.level.rawValue >= HeadingMark.Level.number.rawValue,
      !words.hasSuffix("："), name.unicodeScalars.count > 20
    {
      return none
    }
    return (name, range.upperBound)
  }

  private func isShort(_ name: String, limit: Int) -> Bool {
    name.unicodeScalars.count <= limit && !name.contains { "，；,;".contains($0) }
  }

  private func endsSentence(_ range: Range<Int>) -> Bool {
    range.count >= 3 && SentenceCutter.isEnd(decodedScalar(in: normalized.bytes, at: range.upperBound - 3).value)
  }

  private func bracketEnd(at offset: Int, in range: Range<Int>) -> Int? {
    guard decodedScalar(in: normalized.bytes, at: offset).value == 0x3010 else { return nil }
    return firstOffset(of: Array("】".utf8)[...], in: normalized.bytes, range: offset..<range.upperBound).map { $0 + 3 }
  }
}

extension ClauseAddress {
  /// Whether the clause is an article or stands in one.
  fileprivate var isInArticle: Bool {
    if case .article = components.first { true } else { false }
  }
}

extension String {
  /// The text without the given characters at its end.
  fileprivate func trimmed(of characters: Set<Character>) -> String {
    var result = self[...]
    while let last = result.last, characters.contains(last) { result.removeLast() }
    return String(result)
  }
}
