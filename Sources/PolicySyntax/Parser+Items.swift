extension Parser {
  /// Items between ，、 and ；; each a row of words, with brackets, and expressions behind 当.
  ///
  /// `withShares`: behind the first word of an item stands what a payer pays, which may be computed.
  mutating func readItems(_ reader: inout WordReader, withShares: Bool = false) {
    while let word = reader.current {
      if word.isPunctuation(0x2C) || word.isPunctuation(0x3001) || word.isPunctuation(0x3B) {
        token(reader.take()!)
        continue
      }
      if word.isPunctuation(0x29) { return }
      let before = reader.index
      readItem(&reader, withShares: withShares)
      if reader.index == before { return }
    }
  }

  private mutating func readItem(_ reader: inout WordReader, withShares: Bool) {
    builder.open(.item, at: reader.current!.start)
    defer { builder.close() }
    let first = reader.index
    while let word = reader.current {
      if withShares, reader.index == first + 1, isComputed(word, reader) {
        readSum(&reader)
        if reader.problem != nil { return }
        continue
      }
      switch word.kind {
      case .punctuation:
        switch word.detail {
        case 0x2C, 0x3001, 0x3B, 0x29: return
        case 0x28: readGroup(&reader)
        case 0x3D, 0x2014, 0x2D, 0x2F, 0x3A:
          token(reader.take()!)
        default:
          reader.fail(.unexpected(word))
          return
        }
      case .keyword where word.isKeyword(.given):
        token(reader.take()!)
        readExpression(&reader)
      case .unreadable:
        reader.fail(.unexpected(word))
        token(reader.take()!)
      default: token(reader.take()!)
      }
    }
  }

  /// Whether a share is more than one number: `省级比例`, `30% 加 5%`, `（投资额 × 1%）`.
  private func isComputed(_ word: Word, _ reader: WordReader) -> Bool {
    switch word.kind {
    case .name, .quotedName: return true
    case .keyword where word.keyword?.entry.role == .function: return true
    case .punctuation: return word.isPunctuation(0x28)
    case .numeral, .keyword, .quoted, .date:
      guard let next = reader.following, !word.isKeyword(.given), !next.isKeyword(.given) else { return false }
      return ![0x2C, 0x3001, 0x3B, 0x29].contains { next.isPunctuation($0) }
    default: return false
    }
  }

  private mutating func readGroup(_ reader: inout WordReader) {
    builder.open(.group, at: reader.current!.start)
    defer { builder.close() }
    token(reader.take()!)
    guard reader.depth < WordReader.depthLimit else {
      reader.fail(.tooComplex(reader.current ?? reader.words[reader.words.count - 1]))
      return
    }
    reader.depth += 1
    readItems(&reader)
    reader.depth -= 1
    if reader.at(0x29) { token(reader.take()!) } else { reader.expect(.closingBracket) }
  }
}
