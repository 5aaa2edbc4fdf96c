package import PolicySyntax
import PolicyText

/// The language that keywords are written in.
package enum KeywordLanguage: String, Sendable, CaseIterable {
  case zh, en
}

/// A rule file laid out: one space between words that stand together, keywords in one language if asked for.
///
/// Every token and comment is kept, line breaks and indentation stay as they are, and formatting the result again changes
/// nothing. Text that could not be read is left alone.
package func format(_ file: SyntaxFile, keywords: KeywordLanguage? = nil) -> String {
  var formatter = Formatter(file: file, keywords: keywords)
  return formatter.run()
}

private struct Formatter {
  let file: SyntaxFile
  let keywords: KeywordLanguage?
  var result = ""
  /// The last token that isn't trivia, where nothing has been written behind it.
  var previous: SyntaxNode?
  /// Offsets of tokens inside labels of strength.
  var forceLabels: Set<UInt32> = []

  init(file: SyntaxFile, keywords: KeywordLanguage?) {
    self.file = file
    self.keywords = keywords
    collectForceLabels()
  }

  private mutating func collectForceLabels() {
    for block in file.blocks {
      for line in block.lines where line.isForce {
        for word in file.significant(line.label) { forceLabels.insert(file.tree[word].start) }
      }
    }
  }

  mutating func run() -> String {
    for node in file.tree.nodes where node.kind.isToken { write(node) }
    return result
  }

  private mutating func write(_ token: SyntaxNode) {
    if token.kind == .whitespace {
      // Blanks at a line's end go; one ideographic space between words is as good as an ordinary one.
      result += source(token)
      previous = nil
      return
    }
    if token.kind == .newline {
      while let last = result.last, last == " " || last == "\t" || last == "\u{3000}" { result.removeLast() }
      result += source(token)
      previous = nil
      return
    }
    if let previous, isWord(previous), isWord(token) { result += " " }
    switch token.kind {
    case .keyword: result += keyword(token)
    case .date where token.detail == 1: result += everyYear(token)
    default: result += source(token)
    }
    previous = token
  }

  private func source(_ token: SyntaxNode) -> String {
    String(decoding: file.source.bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }

  /// `每年3月1日`, `every-year 3月1日`
  private func everyYear(_ token: SyntaxNode) -> String {
    let text = source(token)
    let entry = Keyword.everyYear.entry
    guard let keywords, let word = [entry.zh[0], entry.en].first(where: { text.hasPrefix($0) }) else { return text }
    let day = text.dropFirst(word.count).drop { $0 == " " || $0 == "\u{3000}" || $0 == "\t" }
    return keywords == .en ? entry.en + " " + day : entry.zh[0] + day
  }

  private func isWord(_ token: SyntaxNode) -> Bool {
    switch token.kind {
    case .keyword, .name, .numeral, .date, .unit, .quotedName, .address: true
    default: false
    }
  }

  private func keyword(_ token: SyntaxNode) -> String {
    guard let keywords else { return source(token) }
    if forceLabels.contains(token.start) { return force(Int(token.detail), token) }
    guard let keyword = Keyword(rawValue: UInt8(truncatingIfNeeded: token.detail)) else { return source(token) }
    // Each spelling has its own twin, so that it comes back.
    let (from, to) =
      keywords == .en ? (keyword.entry.zh, keyword.entry.enWords) : (keyword.entry.enWords, keyword.entry.zh)
    let written = source(token)
    if to.contains(written) { return written }
    return from.firstIndex(of: written).flatMap { to.indices.contains($0) ? to[$0] : nil } ?? to[0]
  }

  private func force(_ number: Int, _ token: SyntaxNode) -> String {
    if number >= ForceIndex.classBase, ForceWord.classNames.indices.contains(number - ForceIndex.classBase) {
      let name = ForceWord.classNames[number - ForceIndex.classBase]
      return keywords == .en ? name.en : name.zh
    }
    guard ForceWord.table.indices.contains(number) else { return source(token) }
    return keywords == .en ? ForceWord.table[number].en : ForceWord.table[number].word
  }
}
