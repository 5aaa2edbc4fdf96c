extension OfficialText {
  /// A place where a quote stands.
  package struct Match: Hashable, Sendable {
    /// The normalised offsets of the quoted words.
    package let range: Range<Int>
    /// The clause in which they begin.
    package let clause: ClauseAddress
    /// The numbers of the sentences of that clause that they touch.
    package let sentences: ClosedRange<Int>
    /// The addresses of all sentences that they touch, also those of clauses inside the clause that was asked for.
    package let touched: [ClauseAddress]
    /// The line of the first byte in the file, from 1.
    package let line: Int
  }

  /// All places, in order, where a quote stands inside one clause; white space counts on neither side, and nothing else is folded.
  ///
  /// Without a clause the whole document is searched. With one, also the clauses inside it, and there the quote may run over their
  /// borders; with the address of a sentence, only that sentence. An empty quote and an unknown clause give nothing.
  package func find(_ quote: some Collection<UInt8>, in clause: ClauseAddress? = nil) -> [Match] {
    let quote = strippingWhiteSpace(Array(quote))
    guard !quote.isEmpty, let range = searchRange(clause) else { return [] }
    return offsets(of: quote, in: range).compactMap { offset in
      match(offset..<(offset + quote.count), mayCross: clause != nil)
    }
  }

  /// All places where a quote stands inside one clause.
  package func find(_ quote: some StringProtocol, in clause: ClauseAddress? = nil) -> [Match] {
    find(Array(quote.utf8), in: clause)
  }

  /// The first place where a quote stands inside one clause, as `find` gives it.
  package func first(_ quote: String, in clause: ClauseAddress?) -> Match? {
    let quote = strippingWhiteSpace(Array(quote.utf8))
    guard !quote.isEmpty, let range = searchRange(clause) else { return nil }
    for offset in offsets(of: quote, in: range) {
      if let match = match(offset..<(offset + quote.count), mayCross: clause != nil) { return match }
    }
    return nil
  }

  /// The normalised offsets of a clause with the clauses inside it, of a sentence, or of the whole text; nil for an unknown address.
  package func searchRange(_ address: ClauseAddress?) -> Range<Int>? {
    guard let address else { return 0..<normalized.bytes.count }
    if address.sentence != nil { return sentence(address)?.range }
    guard let index = clauseIndex(address) else { return nil }
    return clauses[index].range.lowerBound..<clauses[subtreeEnds[index] - 1].range.upperBound
  }

  /// The offsets of stripped bytes within a range.
  func offsets(of quote: [UInt8], in range: Range<Int>) -> [Int] {
    if quote.count >= QuoteIndex.window, range.count > 4096 {
      return quotes.offsets(of: quote, in: normalized.bytes, range: range)
    }
    var result: [Int] = []
    var start = range.lowerBound
    while let offset = firstOffset(of: quote[...], in: normalized.bytes, range: start..<range.upperBound) {
      result.append(offset)
      start = offset + 1
    }
    return result
  }

  private func match(_ range: Range<Int>, mayCross: Bool) -> Match? {
    guard let first = clauseIndex(atOffset: range.lowerBound) else { return nil }
    let clause = clauses[first]
    guard mayCross || range.upperBound <= clause.range.upperBound else { return nil }
    var touched: [ClauseAddress] = []
    var index = first
    while index < clauses.count, clauses[index].range.lowerBound < range.upperBound {
      touched += sentences(of: clauses[index], touchedBy: range).map(\.address)
      index += 1
    }
    let numbers = sentences(of: clause, touchedBy: range).map(\.number)
    guard let low = numbers.first, let high = numbers.last else { return nil }
    return Match(
      range: range, clause: clause.address, sentences: low...high, touched: touched,
      line: normalized.line(of: range.lowerBound))
  }

  private func sentences(of clause: Clause, touchedBy range: Range<Int>) -> ArraySlice<Sentence> {
    let all = clause.sentences
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].range.upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < all.count, all[end].range.lowerBound < range.upperBound { end += 1 }
    return all[low..<end]
  }
}
