import PolicyIR
package import PolicyRecords
import PolicySyntax
import PolicyText

/// The declarations of loaded rules by place, each with its words apart from layout.
package struct RuleIndex {
  /// One declaration.
  struct Entry {
    var file: SyntaxFile
    /// The block, or the line of a 主体.
    var node: Int
    /// Its first line.
    var span: Span
    var key: RuleVersion.Key
    /// `朔政办发〔2022〕36号 三（二）`
    var clause: String?
    /// The document that it stands in, whose dates and 本数 are its own.
    var document: Span?
  }

  private let entries: [Entry]
  /// The positions of each file's blocks, ascending by place.
  private var blocks: [FileID: [Int]] = [:]
  /// The positions of fields, by the place of their names.
  private var fields: [Span: Int] = [:]
  /// The positions of the notices of holidays.
  private(set) var calendars: [Int] = []

  package init(_ policies: PolicySet) {
    let program = policies.program
    let clauses = Dictionary(program.clauses.map { ($0.span, $0) }, uniquingKeysWith: { first, _ in first })
    var entries: [Entry] = []
    for file in policies.syntax {
      var clause: Clause?
      for block in file.blocks {
        if block.keyword == .clause { clause = clauses[block.span] }
        let document = block.isVocabulary ? nil : clause.map { program.documents[$0.document] }
        let address = clause.flatMap { clause in document.map { "\($0.key) \(clause.address)" } }
        blocks[file.id, default: []].append(entries.count)
        if block.keyword == .calendar { calendars.append(entries.count) }
        entries.append(
          Entry(
            file: file, node: block.node, span: block.span, key: block.key(in: address),
            clause: block.keyword == .clause ? nil : address, document: document?.span))
        guard block.keyword == .kind else { continue }
        for line in block.lines where line.isName {
          for label in line.labelNames {
            fields[file.span(label)] = entries.count
            let key = RuleVersion.Key(kind: "事实", name: "\(block.key(in: nil).name)的\(file.text(label))")
            entries.append(Entry(file: file, node: line.node, span: file.span(label), key: key))
          }
        }
      }
    }
    self.entries = entries
  }

  /// The declaration that holds a place: the field whose name it is, else the block.
  func position(of span: Span) -> Int? {
    if let field = fields[span] { return field }
    guard let blocks = blocks[span.file] else { return nil }
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[blocks[middle]].span.start <= span.start { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let entry = entries[blocks[low - 1]]
    return span.start < entry.file.tree[entry.node].end ? blocks[low - 1] : nil
  }

  /// The declaration as it stands now.
  func version(at position: Int) -> RuleVersion {
    let entry = entries[position]
    return RuleVersion(
      kind: entry.key.kind, name: entry.key.name, clause: entry.clause, text: entry.file.words(ofRule: entry.node))
  }

  /// The document that a declaration stands in.
  func document(of position: Int) -> Int? { entries[position].document.flatMap { self.position(of: $0) } }

  /// Where a declaration begins.
  func span(at position: Int) -> Span { entries[position].span }

  /// Whether there is a declaration of this kind and name.
  package func declares(_ key: RuleVersion.Key) -> Bool { entries.contains { $0.key == key } }
}

extension BlockView {
  /// Whether it stands in no clause.
  fileprivate var isVocabulary: Bool {
    switch keyword {
    case .document, .authority, .option, .kind, .calendar, .importing: true
    default: false
    }
  }

  /// Its word and its name; what a clause, a ruling or a filling is about stands in place of a name.
  fileprivate func key(in clause: String?) -> RuleVersion.Key {
    var name = self.name.map { file.text($0).filter { !"“”\"".contains($0) } } ?? ""
    if keyword == .clause, let clause { name = clause }
    if name.isEmpty, let content = headContents.first {
      name = file.items(content).flatMap { item in item.words.map { file.text($0) } }.joined(separator: " ")
    }
    return RuleVersion.Key(kind: keyword.entry.zh[0], name: name)
  }
}

extension SyntaxFile {
  /// The words of a declaration: head and lines without layout, comments and notes, a line each.
  fileprivate func words(ofRule node: Int) -> String {
    guard tree[node].kind == .block else { return words(of: node) }
    return significant(node).filter { child in
      !(tree[child].kind == .line && tree[child].detail == UInt32(Keyword.note.rawValue))
    }.map { child in
      // A quote may be wrapped anywhere.
      tree[child].kind == .line && tree[child].detail == UInt32(Keyword.quote.rawValue)
        ? words(of: child).filter { !$0.isWhitespace } : words(of: child)
    }.joined(separator: "\n")
  }

  /// The tokens of a node; a blank stands only between words that would run together without it.
  fileprivate func words(of node: Int) -> String {
    var result = ""
    for position in node..<Int(tree[node].next) {
      let kind = tree[position].kind
      guard kind.isToken, !kind.isTrivia else { continue }
      let word = text(position)
      if let last = result.last, let first = word.first, last.joinsWords, first.joinsWords { result += " " }
      result += word
    }
    return result
  }
}

extension Character {
  /// Whether two of it side by side are one word.
  fileprivate var joinsWords: Bool { isASCII && (isLetter || isNumber) }
}
