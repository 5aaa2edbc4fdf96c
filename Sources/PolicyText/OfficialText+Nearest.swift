extension OfficialText {
  /// A passage that a quote which stands nowhere was probably meant to be.
  package struct Passage: Hashable, Sendable {
    /// The words of the source, without white space.
    package let text: String
    /// Their normalised offsets.
    package let range: Range<Int>
    /// The clause in which they begin.
    package let clause: ClauseAddress
    /// The line of the first byte in the file, from 1.
    package let line: Int
  }

  /// The passage nearest to a quote that isn't found, as long as the quote: around its longest beginning or end that the text
  /// holds, else around a piece from its middle; nil if the text holds no three characters of it in a row.
  package func nearestPassage(
    to quote: some Collection<UInt8>, in clause: ClauseAddress? = nil
  ) -> Passage? {
    let quote = strippingWhiteSpace(Array(quote))
    guard let range = searchRange(clause), !quote.isEmpty else { return nil }
    // The offsets at which the quote's characters begin, and its end.
    let edges = quote.indices.filter { quote[$0] & 0xC0 != 0x80 } + [quote.count]
    let count = edges.count - 1
    guard count >= 3, edges[0] == 0 else { return nil }
    let prefix = longest(3...count, in: range) { quote[..<edges[$0]] }
    let suffix = longest(3...count, in: range) { quote[edges[count - $0]...] }
    if let prefix, prefix.length >= suffix?.length ?? 0 {
      return passage(from: prefix.offset, count, in: range)
    }
    if let suffix {
      return passage(from: stepping(suffix.offset, by: suffix.length - count, in: range), count, in: range)
    }
    for start in stride(from: 1, to: count - 3, by: 2) {
      guard
        let offset = firstOffset(
          of: quote[edges[start]..<edges[start + 3]], in: normalized.bytes, range: range)
      else { continue }
      return passage(from: stepping(offset, by: -start, in: range), count, in: range)
    }
    return nil
  }

  /// The greatest length for which the piece is found; if a piece is found, so are the shorter ones.
  private func longest(
    _ lengths: ClosedRange<Int>, in range: Range<Int>, _ piece: (Int) -> ArraySlice<UInt8>
  ) -> (length: Int, offset: Int)? {
    var best: (Int, Int)?
    var low = lengths.lowerBound
    var high = lengths.upperBound
    while low <= high {
      let middle = (low + high) / 2
      if let offset = firstOffset(of: piece(middle), in: normalized.bytes, range: range) {
        best = (middle, offset)
        low = middle + 1
      } else {
        high = middle - 1
      }
    }
    return best
  }

  /// An offset moved by a number of characters within a range.
  private func stepping(_ offset: Int, by count: Int, in range: Range<Int>) -> Int {
    var offset = offset
    var missing = count
    let bytes = normalized.bytes
    while missing < 0, offset > range.lowerBound {
      offset -= 1
      if bytes[offset] & 0xC0 != 0x80 { missing += 1 }
    }
    while missing > 0, offset < range.upperBound {
      offset += 1
      if offset == range.upperBound || bytes[offset] & 0xC0 != 0x80 { missing -= 1 }
    }
    return offset
  }

  private func passage(from start: Int, _ count: Int, in range: Range<Int>) -> Passage? {
    guard let index = clauseIndex(atOffset: start) else { return nil }
    let limit = min(range.upperBound, clauses[index].range.upperBound)
    let found = start..<stepping(start, by: count, in: range.lowerBound..<max(limit, start))
    return Passage(
      text: normalized.text(of: found), range: found, clause: clauses[index].address,
      line: normalized.line(of: start))
  }
}
