import PolicyIR
import PolicySyntax
import PolicyVerbs
import PolicyWorkspace

extension Completer {
  /// What stands behind a label.
  private enum Content {
    case expression, names([WordKind]), definitions, facts, types
  }

  /// In a declaration: names of its block behind the block's word, labels where a line begins, and behind a label only names of
  /// the kinds that it takes.
  func declarationWords(_ place: Place) -> [[SpokenName]] {
    let lines = place.textBefore.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let block = Completer.block(lines[0]) else { return [] }
    let line = lines[lines.count - 1]
    let colon = line.firstIndex { "：:".contains($0) }
    let label = (colon.map { line[..<$0] } ?? Substring(line)).filter { !$0.isWhitespace }
    let content = colon.map { String(line[line.index(after: $0)...]) }
    if lines.count == 1 {
      guard content != nil else { return [index!.declared(by: block)] }
      return block == .definition || block == .hole || block == .parameter ? [types()] : []
    }
    guard let content else { return label.isEmpty ? [labels(of: block)] : [] }
    switch Completer.content(of: label, in: block) {
    case .expression: return expression(place.tokens(of: content), kind: kind(of: lines))
    case .names(let kinds): return place.isQuoted ? [] : kinds.flatMap { index!.named($0) }
    case .definitions: return [index![.words(.kind)], index!.declared(by: .definition)]
    case .facts: return facts(place.tokens(of: content), kind: kind(of: label) ?? currentKind)
    case .types: return [types()]
    case nil: return []
    }
  }

  private static func block(_ line: String) -> Keyword? {
    let rows = Keyword.table.filter { $0.role == .block }.flatMap { row in
      (row.zh + row.enWords).map { (word: $0, keyword: row.keyword) }
    }
    return rows.filter { line.hasPrefix($0.word) }.max { $0.word.count < $1.word.count }?.keyword
  }

  private func labels(of block: Keyword) -> [SpokenName] {
    var words = (LabelIndex.labels[block] ?? []).map { SpokenName($0.entry.zh[0], $0.entry.summary) }
    if block == .measure { words += ForceWord.table.map { SpokenName($0.word, "") } }
    if block == .definition { words.append(SpokenName(Keyword.reading.entry.zh[0], Keyword.reading.entry.summary)) }
    if block == .parameter { words.append(SpokenName(Keyword.from.entry.zh[0], Keyword.from.entry.summary)) }
    return words + (block == .policyCase || block == .record ? index![.words(.kind)] : [])
  }

  private func types() -> [SpokenName] {
    Keyword.table.filter { $0.role == .type }.map { SpokenName($0.zh[0], $0.summary) }
      + session.program.optionTypes.map { SpokenName($0.name, "") } + index![.words(.kind)]
  }

  /// The kind that the rule is about: in brackets in its head, or that of its object.
  private func kind(of lines: [String]) -> KindID? {
    let words = lines.prefix(1) + lines.filter { $0.contains(Keyword.object.entry.zh[0]) }
    return words.lazy.flatMap { $0.split { "（）()：:".contains($0) || $0.isWhitespace } }
      .compactMap { word in
        self.kind(of: String(word)) ?? self.session.program.definitions.first { $0.name == word }?.kind
      }.first ?? currentKind
  }

  private static func content(of label: String, in block: Keyword) -> Content? {
    if block == .kind { return .types }
    let keyword = (LabelIndex.labels[block] ?? []).first { ($0.entry.zh + $0.entry.enWords).contains(label) }
    guard let keyword else {
      if block == .policyCase || block == .record { return .facts }
      let isHeaded = [Keyword.reading, .from].contains {
        ($0.entry.zh + $0.entry.enWords).contains { label.hasPrefix($0) }
      }
      return isHeaded ? .expression : nil
    }
    if keyword == .quote, block == .document { return nil }
    return contents[keyword]
  }

  private static let contents: [Keyword: Content] = {
    var table: [Keyword: Content] = [
      .object: .definitions, .follows: .definitions, .quote: .names([.clause]),
      .expect: .names([.measure, .verdict]), .carry: .names([.measure]), .precedence: .names([.measure]),
      .prevailing: .names([.measure]), .members: .names([.measure]), .analogy: .names([.measure, .clause]),
      .accordance: .names([.measure, .clause]),
    ]
    for label in [Keyword.responsible, .generalDuty, .issuer, .authors, .actor, .payers] {
      table[label] = .names([.authority])
    }
    for label in [
      Keyword.condition, .exception, .timeLimit, .precondition, .amount, .body, .value, .floor, .ceiling, .received,
      .cap, .window, .transition, .chosen, .totalLimit, .instalments,
    ] { table[label] = .expression }
    return table
  }()
}
