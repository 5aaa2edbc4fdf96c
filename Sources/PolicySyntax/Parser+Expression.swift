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
      if let word = reader.current { reader.fail(.unexpected(word)) }
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
  private mutating func readChain(
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
  private mutating func mark(_ reader: inout WordReader) -> Int {
    if let word = reader.current { trivia(to: word.start) }
    return builder.checkpoint
  }

  private mutating func readConditional(_ reader: inout WordReader) {
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

  private mutating func skipComma(_ reader: inout WordReader) {
    if reader.at(0x2C) || reader.at(0x3B) { token(reader.take()!) }
  }

  private mutating func readNegation(_ reader: inout WordReader) {
    guard reader.at(.not) else {
      readComparison(&reader)
      return
    }
    _ = mark(&reader)
    builder.open(.negation, at: reader.current!.start)
    token(reader.take()!)
    guard reader.depth < WordReader.depthLimit else {
      reader.expect(.condition)
      builder.close()
      return
    }
    reader.depth += 1
    readNegation(&reader)
    reader.depth -= 1
    builder.close()
  }

  // MARK: Tests

  private mutating func readComparison(_ reader: inout WordReader) {
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
  private func isElapsed(_ reader: WordReader) -> Bool {
    var (ahead, reader) = (self, reader)
    _ = reader.take()
    ahead.readSum(&reader)
    return reader.problem == nil && reader.current.map(isComparator) == true
  }

  /// Between two dates: `成立日期 至 查询日期 满 1年`.
  private mutating func readElapsed(_ reader: inout WordReader, from start: Int) {
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
  private mutating func readBound(_ reader: inout WordReader, from start: Int) {
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

  private func isBound(_ keyword: Keyword) -> Bool {
    switch keyword {
    case .atLeast, .atMost, .within, .beyond, .before, .after, .through: true
    default: false
    }
  }

  /// `（含）`, `（不含）`
  private mutating func readInclusion(_ reader: inout WordReader) {
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
  private mutating func readValueList(_ reader: inout WordReader) {
    readSum(&reader)
    while reader.at(0x3001) {
      token(reader.take()!)
      readSum(&reader)
    }
    if reader.at(.etc) { token(reader.take()!) }
  }

  private func isComparator(_ word: Word) -> Bool {
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

  private func comparisonDetail(_ word: Word) -> UInt32 {
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

  private func beginsValue(_ word: Word) -> Bool {
    word.kind == .numeral || word.kind == .date || word.kind == .name || word.kind == .quotedName
  }

  // MARK: Values

  mutating func readSum(_ reader: inout WordReader) {
    let start = mark(&reader)
    readProduct(&reader)
    if isAdditive(reader.current) {
      builder.open(.additive, before: start)
      while isAdditive(reader.current) {
        token(reader.take()!)
        readProduct(&reader)
      }
      builder.close()
    }
    while readAdjustment(&reader, from: start) {}
  }

  private func isAdditive(_ word: Word?) -> Bool {
    guard let word else { return false }
    return word.isKeyword(.plus) || word.isKeyword(.minus) || word.isPunctuation(0x2B) || word.isPunctuation(0x2D)
  }

  private func isMultiplicative(_ word: Word?) -> Bool {
    guard let word else { return false }
    return word.isKeyword(.times) || word.isKeyword(.dividedBy) || word.isPunctuation(0xD7)
      || word.isPunctuation(0xF7) || word.isPunctuation(0x2A) || word.isPunctuation(0x2F)
  }

  private mutating func readProduct(_ reader: inout WordReader) {
    let start = mark(&reader)
    readPostfix(&reader)
    guard isMultiplicative(reader.current) else { return }
    builder.open(.multiplicative, before: start)
    while isMultiplicative(reader.current) {
      token(reader.take()!)
      readPostfix(&reader)
    }
    builder.close()
  }

  /// What is done to a value in written order: `提高 5%`, `减半`, `，最高 300万元`, `，四舍五入到 1元`.
  private mutating func readAdjustment(_ reader: inout WordReader, from start: Int) -> Bool {
    var word = reader.current
    let hasComma = word?.isPunctuation(0x2C) == true
    if hasComma { word = reader.following }
    guard let word, let keyword = word.keyword else { return false }
    let kind: SyntaxKind
    switch keyword {
    case .raise, .lower, .half: kind = .adjustment
    case .noMoreThan, .noLessThan: kind = .clamp
    case .rounding, .roundUp, .roundDown: kind = .rounded
    default: return false
    }
    builder.open(kind, detail: UInt32(keyword.rawValue), before: start)
    if hasComma { token(reader.take()!) }
    token(reader.take()!)
    if keyword != .half { readProduct(&reader) }
    builder.close()
    return true
  }

  /// `项目 的 投资主体`, `低保标准 于 申请日期`
  private mutating func readPostfix(_ reader: inout WordReader) {
    let start = mark(&reader)
    readPrimary(&reader)
    while true {
      if reader.at(.of) {
        builder.open(.path, before: start)
        token(reader.take()!)
        if reader.at(.amount) { token(reader.take()!) } else { readName(&reader) }
        builder.close()
      } else if reader.at(.pointInTime) {
        builder.open(.pointInTime, before: start)
        token(reader.take()!)
        readPrimary(&reader)
        builder.close()
      } else {
        return
      }
    }
  }

  private mutating func readName(_ reader: inout WordReader) {
    guard let word = reader.current, word.kind == .name || word.kind == .quotedName, word.detail != .max else {
      reader.expect(.name)
      return
    }
    leaf(.nameUse, reader.take()!)
  }

  private mutating func leaf(_ kind: SyntaxKind, _ word: Word) {
    trivia(to: word.start)
    builder.open(kind, detail: word.detail, at: word.start)
    token(word)
    builder.close()
  }

  private mutating func readPrimary(_ reader: inout WordReader) {
    guard let word = reader.current else {
      reader.expect(.value)
      return
    }
    switch word.kind {
    case .numeral: leaf(.quantity, reader.take()!)
    case .date: leaf(.dateValue, reader.take()!)
    case .name: leaf(.nameUse, reader.take()!)
    case .quotedName where word.detail != .max: leaf(.nameUse, reader.take()!)
    case .quotedName: reader.fail(.unexpected(word))
    case .quoted: leaf(.textValue, reader.take()!)
    case .punctuation where word.isPunctuation(0x28): readBrackets(&reader)
    case .keyword: readKeywordPrimary(&reader, word)
    default: reader.expect(.value)
    }
  }

  private mutating func readBrackets(_ reader: inout WordReader) {
    builder.open(.parenthesised, at: reader.current!.start)
    token(reader.take()!)
    let isCell = reader.isCell
    reader.isCell = false
    defer { reader.isCell = isCell }
    readExpression(&reader)
    if reader.at(0x29) { token(reader.take()!) } else { reader.expect(.closingBracket) }
    builder.close()
  }

  private mutating func readKeywordPrimary(_ reader: inout WordReader, _ word: Word) {
    guard let keyword = word.keyword else { return reader.expect(.value) }
    switch keyword {
    case .trueValue, .falseValue: leaf(.truth, reader.take()!)
    case .yes: leaf(.truth, reader.take()!)
    case .asOf:
      leaf(.call, reader.take()!)
    case .unstated, .notApplicable: leaf(.call, reader.take()!)
    case _ where keyword.entry.role == .function: readCall(&reader, keyword)
    default: reader.expect(.value)
    }
  }

  /// `较小值（甲，乙）`, `合计（贷款 的 本金，当 …）`, `至少 2 项（甲；乙；丙）`
  private mutating func readCall(_ reader: inout WordReader, _ keyword: Keyword) {
    builder.open(.call, detail: UInt32(keyword.rawValue), at: reader.current!.start)
    defer { builder.close() }
    token(reader.take()!)
    if keyword == .atLeastCount {
      if reader.current?.kind == .numeral { leaf(.quantity, reader.take()!) } else { reader.expect(.value) }
      if reader.at(.items) { token(reader.take()!) }
    }
    guard reader.at(0x28) else { return reader.expect(.arguments) }
    token(reader.take()!)
    while let word = reader.current, !word.isPunctuation(0x29) {
      if word.isPunctuation(0x2C) || word.isPunctuation(0x3B) || word.isPunctuation(0x3001) {
        token(reader.take()!)
        continue
      }
      let before = reader.index
      if word.isKeyword(.given) {
        builder.open(.item, at: word.start)
        token(reader.take()!)
        readExpression(&reader)
        builder.close()
      } else {
        readExpression(&reader)
      }
      if reader.index == before || reader.problem != nil { break }
    }
    if reader.at(0x29) { token(reader.take()!) } else { reader.expect(.closingBracket) }
  }

  // MARK: Table cells

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

  private mutating func readCellTest(_ reader: inout WordReader) {
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
