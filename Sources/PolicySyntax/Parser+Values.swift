extension Parser {
  mutating func readSum(_ reader: inout WordReader) {
    let start = mark(&reader)
    readProduct(&reader)
    if isAdditive(reader.current) {
      builder.open(.additive, before: start)
      while isAdditive(reader.current), reader.countOperator() {
        token(reader.take()!)
        readProduct(&reader)
      }
      builder.close()
    }
    while readAdjustment(&reader, from: start), reader.countOperator() {}
  }

  func isAdditive(_ word: Word?) -> Bool {
    guard let word else { return false }
    return word.isKeyword(.plus) || word.isKeyword(.minus) || word.isPunctuation(0x2B) || word.isPunctuation(0x2D)
  }

  func isMultiplicative(_ word: Word?) -> Bool {
    guard let word else { return false }
    return word.isKeyword(.times) || word.isKeyword(.dividedBy) || word.isPunctuation(0xD7)
      || word.isPunctuation(0xF7) || word.isPunctuation(0x2A) || word.isPunctuation(0x2F)
  }

  mutating func readProduct(_ reader: inout WordReader) {
    let start = mark(&reader)
    readPostfix(&reader)
    guard isMultiplicative(reader.current) else { return }
    builder.open(.multiplicative, before: start)
    while isMultiplicative(reader.current), reader.countOperator() {
      token(reader.take()!)
      readPostfix(&reader)
    }
    builder.close()
  }

  /// What is done to a value in written order: `提高 5%`, `减半`, `，最高 300万元`, `，四舍五入到 1元`.
  mutating func readAdjustment(_ reader: inout WordReader, from start: Int) -> Bool {
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
  mutating func readPostfix(_ reader: inout WordReader) {
    let start = mark(&reader)
    readPrimary(&reader)
    while reader.at(.of) || reader.at(.pointInTime), reader.countOperator() {
      if reader.at(.of) {
        builder.open(.path, before: start)
        token(reader.take()!)
        if reader.at(.amount) { token(reader.take()!) } else { readName(&reader) }
        builder.close()
      } else {
        builder.open(.pointInTime, before: start)
        token(reader.take()!)
        readPrimary(&reader)
        builder.close()
      }
    }
  }

  mutating func readName(_ reader: inout WordReader) {
    guard let word = reader.current, word.kind == .name || word.kind == .quotedName, word.detail != .max else {
      reader.expect(.name)
      return
    }
    leaf(.nameUse, reader.take()!)
  }

  mutating func leaf(_ kind: SyntaxKind, _ word: Word) {
    trivia(to: word.start)
    builder.open(kind, detail: word.detail, at: word.start)
    token(word)
    builder.close()
  }

  mutating func readPrimary(_ reader: inout WordReader) {
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

  mutating func readBrackets(_ reader: inout WordReader) {
    builder.open(.parenthesised, at: reader.current!.start)
    token(reader.take()!)
    let isCell = reader.isCell
    reader.isCell = false
    defer { reader.isCell = isCell }
    readExpression(&reader)
    if reader.at(0x29) { token(reader.take()!) } else { reader.expect(.closingBracket) }
    builder.close()
  }

  mutating func readKeywordPrimary(_ reader: inout WordReader, _ word: Word) {
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
  mutating func readCall(_ reader: inout WordReader, _ keyword: Keyword) {
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
}
