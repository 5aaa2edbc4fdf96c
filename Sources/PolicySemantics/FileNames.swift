import PolicySyntax

/// The names that a rule file writes, and what else in it may look at other files.
struct FileNames: Sendable {
  /// The numbers of all names in it, each once.
  var written: Set<UInt32> = []
  /// Those of measures that one of its measures comes before.
  var prevailedOver: Set<UInt32> = []
  /// Whether a rule refers to another by the clause that it stands in.
  var citesClauses = false

  init(_ file: SyntaxFile) {
    read(file.tree.nodes)
    for nodes in file.tree.alternatives.values.joined() { read(nodes) }
  }

  private mutating func read(_ nodes: [SyntaxNode]) {
    var line = (keyword: UInt32.max, end: 0)
    for (index, node) in nodes.enumerated() {
      switch node.kind {
      case .line: line = (node.detail, Int(node.next))
      case .name, .quotedName, .nameUse:
        if node.detail == .max { continue }
        written.insert(node.detail)
        if index < line.end, line.keyword == UInt32(Keyword.prevailing.rawValue) { prevailedOver.insert(node.detail) }
      case .address:
        if index < line.end, FileNames.references.contains(line.keyword) { citesClauses = true }
      default: break
      }
    }
  }

  private static let references: [UInt32] = [Keyword.analogy, .accordance, .deference].map { UInt32($0.rawValue) }
}

extension Keyword {
  /// Whether what a block of this kind says is taken from the check before where nothing changed that it looks at.
  ///
  /// All others are read in every check: they are few, and what they say of documents, subjects, holes and readings is where the
  /// rules of all files meet.
  var isCarried: Bool {
    switch self {
    case .definition, .decisionTable, .tiers, .measure, .group, .policyCase, .record: true
    default: false
    }
  }

  /// Whether every rule may look at what a block of this kind declares without writing its name.
  var isSeenByAll: Bool {
    switch self {
    case .authority, .option, .kind, .nameList, .calendar: true
    default: false
    }
  }
}
