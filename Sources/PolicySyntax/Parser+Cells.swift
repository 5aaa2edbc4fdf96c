extension Parser {
  /// A cell: —, a value, `20张以上`, `甲、乙`, `超过 100万元 且 500万元以下`.
  mutating func readCell(_ reader: inout WordReader) {
    if let word = reader.current, word.isPunctuation(0x2014) || word.isPunctuation(0x2D) {
      while let dash = reader.current, dash.isPunctuation(0x2014) || dash.isPunctuation(0x2D) { token(reader.take()!) }
      return
    }
    readCellTest(&reader)
    while reader.at(.and) || (reader.current.map(isComparator) ?? false) {
      if reader.at(.and) { token(reader.take()!) }
      readCellTest(&reader)
    }
  }

  mutating func readCellTest(_ reader: inout WordReader) {
    if let word = reader.current, isComparator(word) {
      _ = mark(&reader)
      builder.open(.comparison, detail: comparisonDetail(word), at: word.start)
      token(reader.take()!)
      readSum(&reader)
      builder.close()
      return
    }
    let start = mark(&reader)
    reader.isCell = true
    readExpression(&reader)
    reader.isCell = false
    if let word = reader.current, let keyword = word.keyword, isBound(keyword) {
      builder.open(.bound, detail: UInt32(keyword.rawValue), before: start)
      token(reader.take()!)
      if keyword == .through { readSum(&reader) } else { readInclusion(&reader) }
      builder.close()
    } else if reader.at(0x3001) {
      builder.open(.membership, detail: UInt32(Keyword.isValue.rawValue), before: start)
      while reader.at(0x3001) {
        token(reader.take()!)
        readSum(&reader)
      }
      if reader.at(.etc) { token(reader.take()!) }
      builder.close()
    }
  }
}
