import ArgumentParser
import PolicyAnswers
import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyVerbs
import PolicyWorkspace

/// The names of a session by what they name, made in the first quiet moment after rules or facts changed, or at the first completion.
struct NameIndex {
  /// What a word of an expression is.
  enum Known {
    case field([FieldID])
    case kind(KindID)
    case keyword(Keyword)
    case name
  }

  /// The state of the session that the index was made of.
  let generation: Int
  private(set) var statements: [SpokenName]
  private(set) var names: [WordKind: [SpokenName]] = [:]
  /// Names of blocks that no word of a question is.
  private var declared: [Keyword: [SpokenName]] = [:]
  /// By kind: its fields and definitions, which expressions about it name.
  private(set) var terms: [KindID: [SpokenName]] = [:]
  /// What every expression may name: measures, parameters, functions.
  private(set) var everywhere: [SpokenName] = []
  private(set) var fields: [KindID: [SpokenName]] = [:]
  private(set) var options: [[SpokenName]] = []
  private(set) var known = KnownWords()
  /// Kept when names change, as spellings don't.
  private(set) var pinyin: Pinyin
  private var isPinyinLearnt = false

  init(_ session: Session, pinyin: Pinyin) {
    self.pinyin = pinyin
    generation = session.generation
    statements =
      Verbs.names.filter { !Verbs.isShort($0.name) }.map { SpokenName($0.name, $0.verb.configuration.abstract) }
      + (Statement.supposeNames + Statement.undoNames).filter { !Verbs.isShort($0) }.map { SpokenName($0, "") }
    let program = session.program
    let say = session.wording.say
    names[.measure] = program.measures.map { SpokenName($0.name, say("措施", "measure")) }
    names[.subject] = session.subjects.map { SpokenName($0.id, program.kinds[$0.kind].name) }
    names[.clause] = program.clauses.map { SpokenName($0.address.description, $0.title ?? "") }
    names[.authority] = program.authorities.map { SpokenName($0.name, say("机关", "authority")) }
    names[.kind] = program.kinds.map { SpokenName($0.name, say("主体", "kind")) }
    names[.verdict] = Which.verdicts.keys.sorted().map { SpokenName($0, say("结论", "answer")) }
    names[.language] = ["zh", "en"].map { SpokenName($0, "") }
    names[.format] = ["text", "json", "csv", "markdown"].map { SpokenName($0, "") }
    names[.command] = SessionCommand.allCases.flatMap { command in
      command.names.prefix(2).map { SpokenName($0, command.summary[session.language]) }
    }
    let definitions = program.definitions.map { (SpokenName($0.name, say("定义", "definition")), $0.kind) }
    names[.rule] = (names[.measure] ?? []) + definitions.map(\.0)
    for keyword in [Keyword.definition, .parameter, .hole, .filling, .group, .ruling, .nameList] {
      declared[keyword] = Self.names(keyword, program).map { SpokenName($0, keyword.entry.zh[0]) }
    }
    everywhere =
      (names[.measure] ?? [])
      + program.parameters.map { SpokenName($0.name, say("参数", "parameter")) }
      + program.nameLists.map { SpokenName($0.name, say("名单", "list")) }
      + Keyword.table.filter { $0.role == .function }.map { SpokenName($0.zh[0], $0.summary) }
    options = program.optionTypes.map { type in type.values.map { SpokenName($0.name, type.name) } }
    for (index, kind) in program.kinds.enumerated() {
      let id = KindID(index)
      let own = kind.fields.map { SpokenName(program.fields[$0].name, say("字段", "fact")) }
      fields[id] = own
      terms[id] = own + definitions.filter { $0.1 == id }.map(\.0)
    }
    learnWords(program)
  }

  /// The names that blocks with this word declare, which another declaration may redefine.
  func declared(by block: Keyword) -> [SpokenName] {
    switch block {
    case .measure: names[.measure] ?? []
    case .authority: names[.authority] ?? []
    case .clause: names[.clause] ?? []
    case .kind, .record: names[.kind] ?? []
    default: declared[block] ?? []
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

  /// What each word of an expression is; a declared name wins over a keyword.
  private mutating func learnWords(_ program: Program) {
    for row in Keyword.table where [.connective, .test, .arithmetic, .function].contains(row.role) {
      for word in row.zh + row.enWords { known.learn(word, .keyword(row.keyword)) }
    }
    let others = program.measures.map(\.name) + program.definitions.map(\.name) + program.parameters.map(\.name)
    for name in others + program.optionTypes.flatMap({ $0.values.map(\.name) }) { known.learn(name, .name) }
    for (index, kind) in program.kinds.enumerated() { known.learn(kind.name, .kind(KindID(index))) }
    for (index, field) in program.fields.enumerated() {
      let id = FieldID(index)
      if case .field(let others)? = known[field.name] {
        known.learn(field.name, .field(others + [id]))
      } else {
        known.learn(field.name, .field([id]))
      }
    }
  }

  /// Learns how the names are spelled, for words typed in letters.
  mutating func learnPinyin() {
    guard !isPinyinLearnt else { return }
    isPinyinLearnt = true
    var all: Set<UInt32> = []
    everyList { list in for name in list { all.formUnion(name.scalars) } }
    pinyin.learn(all)
    let pinyin = pinyin
    everyList { list in for index in list.indices { list[index].learn(pinyin) } }
  }

  private mutating func everyList(_ body: (inout [SpokenName]) -> Void) {
    for key in names.keys { body(&names[key]!) }
    for key in terms.keys { body(&terms[key]!) }
    for key in declared.keys { body(&declared[key]!) }
    for key in fields.keys { body(&fields[key]!) }
    for index in options.indices { body(&options[index]) }
    body(&everywhere)
    body(&statements)
  }

  /// Those of the names that the word spells, from their beginning or, if `within`, from a later place.
  func matches(_ candidates: [SpokenName], _ word: [UInt32], within: Bool) -> [SpokenName] {
    return candidates.filter {
      within ? $0.isSpelledWithin(by: word, pinyin) : $0.isSpelled(by: word, pinyin)
    }
  }
}
