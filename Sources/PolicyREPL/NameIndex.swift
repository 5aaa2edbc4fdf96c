import ArgumentParser
import PolicyAnswers
import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyVerbs
import PolicyWorkspace

/// The names of a session by what they name, made at the first completion after rules or facts changed.
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
  /// By kind: its fields and definitions, which expressions about it name.
  private(set) var terms: [KindID: [SpokenName]] = [:]
  /// What every expression may name: measures, parameters, functions.
  private(set) var everywhere: [SpokenName] = []
  private(set) var fields: [KindID: [SpokenName]] = [:]
  private(set) var options: [[SpokenName]] = []
  private(set) var known = KnownWords()
  private var pinyin = Pinyin()
  private var isPinyinLearnt = false

  init(_ session: Session) {
    generation = session.generation
    statements =
      Verbs.names.map { SpokenName($0.name, $0.verb.configuration.abstract) }.filter {
        $0.text.count > 2 || !$0.text.isASCII
      }
      + (Statement.supposeNames + Statement.undoNames).filter { $0.count > 1 }.map { SpokenName($0, "") }
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

  /// Learns how the names are spelled, where a word is typed in letters for the first time.
  mutating func learnPinyin(for word: [UInt32]) {
    guard !isPinyinLearnt, word.contains(where: { $0 < 0x80 }) else { return }
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
