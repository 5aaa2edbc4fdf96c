extension OfficialText {
  /// A place where a quote stands.
  package struct Match: Hashable, Sendable {
    /// The normalised offsets of the quoted words.
    package let range: Range<Int>
    /// The clause in which they begin.
    package let clause: ClauseAddress
    /// The numbers of the sentences of that clause that they touch.
    package let sentences: ClosedRange<Int>
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

  /// The first place where a quote stands within a range, as `find` gives it.
  ///
  /// - Parameter mayCross: whether it may run over the borders of clauses, as it may inside a clause that is asked for.
  package func first(_ quote: String, in range: Range<Int>, mayCross: Bool) -> Match? {
    var quote = quote
    return quote.withUTF8 { quote in
      if !hasWhiteSpace(quote) { return first(quote, in: range, mayCross: mayCross) }
      return strippingWhiteSpace(Array(quote)).withUnsafeBufferPointer { first($0, in: range, mayCross: mayCross) }
    }
  }

  private func first(_ quote: UnsafeBufferPointer<UInt8>, in range: Range<Int>, mayCross: Bool) -> Match? {
    guard !quote.isEmpty else { return nil }
    var found: Match?
    eachOffset(of: quote, in: range) { offset in
      found = match(offset..<(offset + quote.count), mayCross: mayCross)
      return found == nil
    }
    return found
  }

  /// The normalised offsets of the whole text.
  package var wholeRange: Range<Int> { 0..<normalized.bytes.count }

  /// The normalised offsets of a clause with the clauses inside it, of a sentence, or of the whole text; nil for an unknown address.
  package func searchRange(_ address: ClauseAddress?) -> Range<Int>? {
    guard let address else { return wholeRange }
    if address.sentence != nil { return sentence(address)?.range }
    guard let index = clauseIndex(address) else { return nil }
    return clauses[index].range.lowerBound..<clauses[subtreeEnds[index] - 1].range.upperBound
  }

  /// The offsets of stripped bytes within a range.
  func offsets(of quote: [UInt8], in range: Range<Int>) -> [Int] {
    var result: [Int] = []
    quote.withUnsafeBufferPointer { quote in
      eachOffset(of: quote, in: range) { offset in
        result.append(offset)
        return true
      }
    }
    return result
  }

  /// Calls the body with the offsets of stripped bytes within a range, until it says false.
  private func eachOffset(of quote: UnsafeBufferPointer<UInt8>, in range: Range<Int>, _ body: (Int) -> Bool) {
    if quote.count >= QuoteIndex.window, range.count > 4096 {
      return quotes.eachOffset(of: quote, in: normalized.bytes, range: range, body)
    }
    var start = range.lowerBound
    while let offset = firstOffset(of: quote, in: normalized.bytes, range: start..<range.upperBound), body(offset) {
      start = offset + 1
    }
  }

  private func match(_ range: Range<Int>, mayCross: Bool) -> Match? {
    guard let first = clauseIndex(atOffset: range.lowerBound) else { return nil }
    guard mayCross || range.upperBound <= clauses[first].range.upperBound else { return nil }
    let touched = sentences(of: first, touchedBy: range)
    guard !touched.isEmpty else { return nil }
    let number = clauses[first].sentences[0].number
    return Match(
      range: range, clause: clauses[first].address,
      sentences: number + touched.lowerBound...number + touched.upperBound - 1,
      line: normalized.line(of: range.lowerBound))
  }

  /// Calls the body with the clauses that a range touches, and the places of the sentences in them that it touches.
  package func eachTouched(by range: Range<Int>, _ body: (_ clause: Int, _ sentences: Range<Int>) -> Void) {
    guard var index = clauseIndex(atOffset: range.lowerBound) else { return }
    while index < clauses.count, clauses[index].range.lowerBound < range.upperBound {
      body(index, sentences(of: index, touchedBy: range))
      index += 1
    }
  }

  private func sentences(of clause: Int, touchedBy range: Range<Int>) -> Range<Int> {
    let all = clauses[clause].sentences
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].range.upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < all.count, all[end].range.lowerBound < range.upperBound { end += 1 }
    return low..<end
  }
}
