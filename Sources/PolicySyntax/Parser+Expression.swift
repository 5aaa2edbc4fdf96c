extension Parser {
  /// An expression with what may follow it on its line: `…，最高 300万元`, `…，由机关确定`.
  ///
  /// A second expression behind a comma is no part of the line: it would be lost without a word.
  mutating func readWholeExpression(_ reader: inout WordReader) {
    readExpression(&reader)
    if let word = reader.current, word.isPunctuation(0x2C) || word.isPunctuation(0x3B),
      reader.following?.isKeyword(.discretionary) == true
    {
      token(reader.take()!)
    }
    if reader.at(.discretionary) { token(reader.take()!) }
  }

  mutating func readExpression(_ reader: inout WordReader) {
    guard reader.depth < WordReader.depthLimit else {
      if let word = reader.current { reader.fail(.tooComplex(word)) }
      return
    }
    reader.depth += 1
    defer { reader.depth -= 1 }
    if reader.at(.ifWord) {
      readConditional(&reader)
      return
    }
    readChain(&reader, .or, .disjunction) { parser, reader in
      parser.readChain(&reader, .and, .conjunction) { $0.readNegation(&$1) }
    }
  }

  /// Operands joined by one connective: one flat node.
  mutating func readChain(
    _ reader: inout WordReader, _ connective: Keyword, _ kind: SyntaxKind,
    _ operand: (inout Parser, inout WordReader) -> Void
  ) {
    let start = mark(&reader)
    operand(&self, &reader)
    guard reader.at(connective) else { return }
    builder.open(kind, before: start)
    while reader.at(connective) {
      token(reader.take()!)
      operand(&self, &reader)
    }
    builder.close()
  }

  /// Emits white space before the next word, so that a node opened later begins at it.
  mutating func mark(_ reader: inout WordReader) -> Int {
    if let word = reader.current { trivia(to: word.start) }
    return builder.checkpoint
  }

  mutating func readConditional(_ reader: inout WordReader) {
    builder.open(.conditional, at: reader.current!.start)
    token(reader.take()!)
    readExpression(&reader)
    skipComma(&reader)
    if reader.at(.thenWord) { token(reader.take()!) } else { reader.expect(.thenWord) }
    readExpression(&reader)
    skipComma(&reader)
    if reader.at(.elseWord) {
      token(reader.take()!)
      readExpression(&reader)
    } else {
      reader.expect(.elseWord)
    }
    builder.close()
  }

  mutating func skipComma(_ reader: inout WordReader) {
    if reader.at(0x2C) || reader.at(0x3B) { token(reader.take()!) }
  }

  mutating func readNegation(_ reader: inout WordReader) {
    guard reader.at(.not) else {
      readComparison(&reader)
      return
    }
    _ = mark(&reader)
    builder.open(.negation, at: reader.current!.start)
    token(reader.take()!)
    guard reader.depth < WordReader.depthLimit else {
      if let word = reader.current { reader.fail(.tooComplex(word)) } else { reader.expect(.condition) }
      builder.close()
      return
    }
    reader.depth += 1
    readNegation(&reader)
    reader.depth -= 1
    builder.close()
  }

  // MARK: Tests

  mutating func readComparison(_ reader: inout WordReader) {
    let start = mark(&reader)
    readSum(&reader)
    guard let word = reader.current else { return }
    if word.isKeyword(.through), !reader.isCell || isElapsed(reader) {
      readElapsed(&reader, from: start)
    } else if isComparator(word) {
      builder.open(.comparison, detail: comparisonDetail(word), before: start)
      token(reader.take()!)
      readSum(&reader)
      builder.close()
    } else if word.isKeyword(.isValue) || word.isKeyword(.isNotValue) {
      builder.open(.membership, detail: word.detail, before: start)
      token(reader.take()!)
      readValueList(&reader)
      builder.close()
    } else if word.isKeyword(.at) || beginsValue(word) {
      readBound(&reader, from: start)
    } else if word.isKeyword(.holds) {
      builder.open(.holds, before: start)
      token(reader.take()!)
      builder.close()
    } else if word.isKeyword(.onList) {
      builder.open(.onList, before: start)
      token(reader.take()!)
      readName(&reader)
      builder.close()
    }
  }

  /// Whether 至 and a value are followed by a length's test; in a cell they may be a range.
  func isElapsed(_ reader: WordReader) -> Bool {
    var (ahead, reader) = (self, reader)
    _ = reader.take()
    ahead.readSum(&reader)
    return reader.problem == nil && reader.current.map(isComparator) == true
  }

  /// Between two dates: `成立日期 至 查询日期 满 1年`.
  mutating func readElapsed(_ reader: inout WordReader, from start: Int) {
    builder.open(.elapsed, before: start)
    token(reader.take()!)
    readSum(&reader)
    if let word = reader.current, isComparator(word) {
      builder.setDetail(comparisonDetail(word), of: start)
      token(reader.take()!)
      readSum(&reader)
    } else {
      reader.expect(.duration)
    }
    builder.close()
  }

  /// Behind an operand: `3亿元以上`, `在 2025年年底 以前`, `在 2024年 至 2025年`.
  mutating func readBound(_ reader: inout WordReader, from start: Int) {
    let hasAt = reader.at(.at)
    builder.open(.bound, before: start)
    let node = start
    if hasAt { token(reader.take()!) }
    readSum(&reader)
    if let word = reader.current, let keyword = word.keyword, isBound(keyword) {
      builder.setDetail(UInt32(keyword.rawValue), of: node)
      token(reader.take()!)
      if keyword == .through { readSum(&reader) } else { readInclusion(&reader) }
    } else {
      reader.expect(hasAt ? .timeWord : .bound)
    }
    builder.close()
  }

  func isBound(_ keyword: Keyword) -> Bool {
    switch keyword {
    case .atLeast, .atMost, .within, .beyond, .before, .after, .through: true
    default: false
    }
  }

  /// `（含）`, `（不含）`
  mutating func readInclusion(_ reader: inout WordReader) {
    guard reader.at(0x28), let inner = reader.following,
      inner.isKeyword(.includes) || inner.isKeyword(.excludes)
    else { return }
    builder.open(.group, at: reader.current!.start)
    token(reader.take()!)
    token(reader.take()!)
    if reader.at(0x29) { token(reader.take()!) } else { reader.expect(.closingBracket) }
    builder.close()
  }

  /// Values between 、, with 等 at the end of an open list.
  mutating func readValueList(_ reader: inout WordReader) {
    readSum(&reader)
    while reader.at(0x3001) {
      token(reader.take()!)
      readSum(&reader)
    }
    if reader.at(.etc) { token(reader.take()!) }
  }

  func isComparator(_ word: Word) -> Bool {
    switch word.keyword {
    case .moreThan, .lessThan, .notLess, .notMore, .equals, .notEquals: return true
    default: break
    }
    guard word.kind == .punctuation else { return false }
    switch word.detail {
    case 0x3D, 0x3C, 0x3E, 0x2260, 0x2264, 0x2265: return true
    default: return false
    }
  }

  func comparisonDetail(_ word: Word) -> UInt32 {
    if word.kind == .keyword { return word.detail }
    let keyword: Keyword =
      switch word.detail {
      case 0x3C: .lessThan
      case 0x3E: .moreThan
      case 0x2260: .notEquals
      case 0x2264: .notMore
      case 0x2265: .notLess
      default: .equals
      }
    return UInt32(keyword.rawValue)
  }

  func beginsValue(_ word: Word) -> Bool {
    word.kind == .numeral || word.kind == .date || word.kind == .name || word.kind == .quotedName
  }
}
