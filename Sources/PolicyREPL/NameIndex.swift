import ArgumentParser
import PolicyAnswers
import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyVerbs
import PolicyWorkspace

/// The names of a session by what they name, read in the quiet moments after rules or facts changed, or at the first completion.
struct NameIndex {
  /// What a word of an expression is.
  enum Known {
    case field([FieldID])
    case kind(KindID)
    case keyword(Keyword)
    case name
  }

  /// A list of names that stand at the same places.
  enum List: Hashable {
    case statements
    /// Names of a kind that words of questions and commands have.
    case words(WordKind)
    /// Names of blocks that no word of a question is.
    case declared(Keyword)
    /// The fields and definitions of a kind, which expressions about it name.
    case terms(KindID)
    case fields(KindID)
    /// What every expression may name beside measures: parameters, lists, functions.
    case everywhere
  }

  /// The state of the session that the index was made of.
  let generation: Int
  private var lists: [List: [SpokenName]] = [:]
  private(set) var options: [[SpokenName]] = []
  private(set) var known = KnownWords()
  private let pinyin: Pinyin
  /// What is still to be read, in turn: how many entries, and what to do with one.
  private var unread: [(count: Int, read: (inout NameIndex, Int) -> Void)] = []
  /// How many entries of the first of them are read.
  private var entry = 0

  /// An index that holds nothing before `readMore` is called.
  init(_ session: Session, pinyin: Pinyin) {
    self.pinyin = pinyin
    generation = session.generation
    let program = session.program
    let say = session.wording.say
    later(1) { index, _ in index.readFixedWords(session) }
    later(program.measures.count) { index, number in
      index.add(program.measures[number].name, say("措施", "measure"), to: .words(.measure))
    }
    later(session.subjects.count) { [subjects = session.subjects] index, number in
      index.add(subjects[number].id, program.kinds[subjects[number].kind].name, to: .words(.subject))
    }
    later(program.clauses.count) { index, number in
      index.add(program.clauses[number].address.description, program.clauses[number].title ?? "", to: .words(.clause))
    }
    later(program.authorities.count) { index, number in
      index.add(program.authorities[number].name, say("机关", "authority"), to: .words(.authority))
    }
    later(program.kinds.count) { index, number in
      let (id, kind) = (KindID(number), program.kinds[number])
      index.add(kind.name, say("主体", "kind"), to: .words(.kind))
      for field in kind.fields { index.add(program.fields[field].name, say("字段", "fact"), to: .fields(id)) }
      index.lists[.terms(id)] = index[.fields(id)]
    }
    later(program.definitions.count) { index, number in
      let definition = program.definitions[number]
      index.add(definition.name, say("定义", "definition"), to: .words(.rule))
      index.add(definition.name, say("定义", "definition"), to: .terms(definition.kind))
    }
    for keyword in [Keyword.definition, .parameter, .hole, .filling, .group, .ruling, .nameList] {
      let names = Self.names(keyword, program)
      later(names.count) { index, number in
        index.add(names[number], keyword.entry.zh[0], to: .declared(keyword))
        switch keyword {
        case .parameter: index.add(names[number], say("参数", "parameter"), to: .everywhere)
        case .nameList: index.add(names[number], say("名单", "list"), to: .everywhere)
        default: break
        }
      }
    }
    readWords(program)
  }

  private mutating func later(_ count: Int, _ read: @escaping (inout NameIndex, Int) -> Void) {
    if count > 0 { unread.append((count, read)) }
  }

  /// Reads some more names, for about a millisecond; false once all are read.
  mutating func readMore() -> Bool {
    for _ in 0..<NameIndex.slice {
      guard let (count, read) = unread.first else { return false }
      read(&self, entry)
      entry += 1
      if entry == count {
        unread.removeFirst()
        entry = 0
      }
    }
    return !unread.isEmpty
  }

  private static let slice = 256

  private func spoken(_ text: String, _ detail: String) -> SpokenName { SpokenName(text, detail, pinyin) }

  private mutating func add(_ text: String, _ detail: String, to list: List) {
    lists[list, default: []].append(spoken(text, detail))
  }

  /// The words that every program has.
  private mutating func readFixedWords(_ session: Session) {
    let say = session.wording.say
    lists[.statements] =
      Verbs.names.filter { !Verbs.isShort($0.name) }.map { spoken($0.name, $0.verb.configuration.abstract) }
      + (Statement.supposeNames + Statement.undoNames).filter { !Verbs.isShort($0) }.map { spoken($0, "") }
    lists[.words(.verdict)] = Which.verdicts.keys.sorted().map { spoken($0, say("结论", "answer")) }
    lists[.words(.language)] = ["zh", "en"].map { spoken($0, "") }
    lists[.words(.format)] = ["text", "json", "csv", "markdown"].map { spoken($0, "") }
    lists[.words(.command)] = SessionCommand.allCases.flatMap { command in
      command.names.prefix(2).map { spoken($0, command.summary[session.language]) }
    }
    lists[.everywhere] = Keyword.table.filter { $0.role == .function }.map { spoken($0.zh[0], $0.summary) }
    for row in Keyword.table where [.connective, .test, .arithmetic, .function].contains(row.role) {
      for word in row.zh + row.enWords { known.learn(word, .keyword(row.keyword)) }
    }
  }

  subscript(list: List) -> [SpokenName] { lists[list] ?? [] }

  /// The names of a kind.
  func named(_ kind: WordKind) -> [[SpokenName]] {
    kind == .rule ? [self[.words(.measure)], self[.words(.rule)]] : [self[.words(kind)]]
  }

  /// The names that blocks with this word declare, which another declaration may redefine.
  func declared(by block: Keyword) -> [SpokenName] {
    switch block {
    case .measure: self[.words(.measure)]
    case .authority: self[.words(.authority)]
    case .clause: self[.words(.clause)]
    case .kind, .record: self[.words(.kind)]
    default: self[.declared(block)]
    }
  }

  private static func names(_ keyword: Keyword, _ program: Program) -> [String] {
    switch keyword {
    case .definition: program.definitions.map(\.name)
    case .parameter: program.parameters.map(\.name)
    case .hole, .filling: program.holes.map(\.name)
    case .group: program.groups.map(\.name)
    case .ruling: program.choices.map(\.name)
    case .nameList: program.nameLists.map(\.name)
    default: []
    }
  }

  /// What each word of an expression is; a declared name wins over a keyword, a fact's name over another.
  private mutating func readWords(_ program: Program) {
    for names in [program.measures.map(\.name), program.definitions.map(\.name), program.parameters.map(\.name)] {
      later(names.count) { index, number in index.known.learn(names[number], .name) }
    }
    options = Array(repeating: [], count: program.optionTypes.count)
    later(program.optionTypes.count) { index, number in
      let type = program.optionTypes[number]
      index.options[number] = type.values.map { index.spoken($0.name, type.name) }
      for value in type.values { index.known.learn(value.name, .name) }
    }
    later(program.kinds.count) { index, number in
      index.known.learn(program.kinds[number].name, .kind(KindID(number)))
    }
    later(program.fields.count) { index, number in
      var fields = [FieldID(number)]
      if case .field(let others)? = index.known[program.fields[number].name] { fields = others + fields }
      index.known.learn(program.fields[number].name, .field(fields))
    }
  }

  /// Those of the names that the word spells, from their beginning or, if `within`, from a later place.
  func matches(_ candidates: [SpokenName], _ word: [UInt32], within: Bool) -> [SpokenName] {
    candidates.filter {
      within ? $0.isSpelledWithin(by: word, pinyin) : $0.isSpelled(by: word, pinyin)
    }
  }
}
