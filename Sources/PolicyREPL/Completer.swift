import ArgumentParser
package import LineEditing
import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyVerbs
package import PolicyWorkspace

/// Completes the word at the cursor by what can stand there, typed in Chinese, pinyin or its initials.
package final class Completer {
  let session: Session
  private(set) var index: NameIndex?
  private lazy var pinyin = Pinyin()
  /// Characters before the cursor that are looked at; what stands further away does not matter.
  private static let reach = 2000
  /// The most candidates that are shown without a question.
  private static let longList = 500

  package init(_ session: Session) { self.session = session }

  /// Reads some of the session's names ahead, so that no completion has to wait for them; false once all are read.
  package func prepare() -> Bool {
    if index?.generation != session.generation { index = NameIndex(session, pinyin: pinyin) }
    return index!.readMore()
  }

  /// The candidates at a cursor given as a UTF-8 offset.
  package func complete(_ text: String, at cursor: Int) -> Completion {
    let bytes = Array(text.utf8)
    let cursor = min(max(cursor, 0), bytes.count)
    let before = String(decoding: bytes[..<cursor], as: UTF8.self)
    let tail = String(decoding: bytes[cursor...], as: UTF8.self).prefix { !Completer.isBoundary($0) }
    while prepare() {}
    var place = Place(before, reach: Completer.reach, words: index!.known)
    if let path = filePath(place) { return path }
    for within in [false, true] {
      for start in place.starts {
        place.start = start
        let word = SpokenName.folded(place.word)
        guard !within || word.count > 1 || word.contains(where: { $0 >= 0x80 }) else { continue }
        let offered = offers(place).flatMap { index!.matches($0, word, within: within) }
        if let completion = completion(offered, place, tail: tail, cursor: cursor) { return completion }
      }
    }
    return .none(at: cursor)
  }

  /// The names as candidates; nil where there are none, or only what stands there already.
  private func completion(_ offered: [SpokenName], _ place: Place, tail: Substring, cursor: Int) -> Completion? {
    var names = offered
    if names.count <= Completer.longList {
      // In a longer list a name may stand twice, as a measure's and as a parameter's.
      var seen: Set<String> = []
      names.removeAll { !seen.insert($0.text).inserted }
    }
    // The rest of the word behind the cursor is replaced with it, where some name goes on with it.
    let whole = place.word + tail
    let going = tail.isEmpty ? [] : names.filter { $0.text.hasPrefix(whole) }
    if !going.isEmpty { names = going }
    guard names.contains(where: { $0.text != place.word }) else { return nil }
    return Completion(
      replacing: cursor - place.word.utf8.count..<cursor + (going.isEmpty ? 0 : tail.utf8.count),
      candidates: names.map { name in
        Candidate(
          name.isSpaced && !place.isQuoted ? "“\(name.text)”" : name.text, display: name.text, detail: name.detail)
      })
  }

  static func isBoundary(_ character: Character) -> Bool {
    character.isWhitespace || "，、；：（）()“”\"「」,;:=＝".contains(character)
  }

  // MARK: What can stand

  /// The lists of names that can stand at a place.
  private func offers(_ place: Place) -> [[SpokenName]] {
    let head = place.head
    if head.isEmpty { return [index![.statements]] + terms(of: currentKind) }
    if let mark = head.first, mark == ":" || mark == "：" { return commandWords(place) }
    // 措施, 条款 and 机关 begin declarations too: with a colon, or where more lines follow.
    let declares = Session.declares(head)
    if declares, place.textBefore.contains(where: { "：:\n".contains($0) }) { return declarationWords(place) }
    switch Statement.head(of: head, session.policies.vocabulary) {
    case (let name, .suppose)?: return facts(place.tokens(after: name), kind: currentKind)
    case (let name, .verb(let verb, _))?: return words(of: verb, place, after: name)
    case (let name, .command(let command, _))? where SessionCommand.find.names.contains(command):
      return facts(place.tokens(after: name), kind: currentKind)
    default: if declares { return declarationWords(place) }
    }
    return expression(place.tokens(after: ""), kind: currentKind)
  }

  /// The kind of the selected subject, else of the first.
  var currentKind: KindID? {
    session.selected.map { session.subjects[$0].kind } ?? session.subjects.first?.kind
      ?? (session.program.kinds.isEmpty ? nil : KindID(0))
  }

  private func commandWords(_ place: Place) -> [[SpokenName]] {
    guard let name = splitWords(String(place.head.dropFirst())).first else { return [index![.words(.command)]] }
    guard case .one(let command) = SessionCommand.resolve(name, interactive: true) else { return [] }
    if command == .find { return facts(place.tokens(after: ":" + name), kind: currentKind) }
    return command.wordKinds.flatMap { index!.named($0) }
  }

  private func words(of verb: any Verb.Type, _ place: Place, after name: String) -> [[SpokenName]] {
    let words = splitWords(String(place.head.dropFirst(name.count)))
    if place.word.hasPrefix("-") { return [options(of: verb)] }
    if let option = words.last, option.hasPrefix("--"), let kinds = Completer.optionKinds[option] {
      return kinds.flatMap { index!.named($0) }
    }
    let kind = words.lazy.compactMap { self.kind(of: $0) }.first ?? currentKind
    for mark in ["当", "where", "--where"] {
      if let position = words.lastIndex(where: { $0 == mark || mark == "当" && $0.hasPrefix(mark) }) {
        let condition = ([String(words[position].dropFirst(mark.count))] + words[(position + 1)...])
          .joined(separator: " ")
        return expression(place.tokens(of: condition), kind: kind)
      }
    }
    if verb == Count.self, let last = words.last, ["按", "by", "per"].contains(last) {
      return [kind.map { index![.fields($0)] } ?? []]
    }
    var kinds = verb.wordKinds
    // A subject or a measure is asked for once; several only where a verb takes them.
    if !(verb == Ask.self || verb == MissingVerb.self) {
      for word in words {
        if let found = kinds.firstIndex(where: { names($0, hold: word) }) { kinds.remove(at: found) }
      }
    }
    var lists = kinds.flatMap { index!.named($0) }
    if verb == Count.self || verb == Which.self, !kinds.contains(.measure) {
      lists.append((verb == Count.self && !words.contains("按") ? ["按", "当"] : ["当"]).map { SpokenName($0, "") })
    }
    if verb == HistoryVerb.self, let kind = subjectKind(words) ?? currentKind { lists.append(index![.fields(kind)]) }
    return lists
  }

  /// The kind of the first subject that the words name.
  private func subjectKind(_ words: [String]) -> KindID? {
    words.lazy.compactMap { word in self.session.subjects.first { $0.id == word }?.kind }.first
  }

  private func names(_ kind: WordKind, hold word: String) -> Bool {
    index!.named(kind).contains { list in list.contains { $0.text == word } }
  }

  /// The kind of subject that a measure's or kind's name is about.
  func kind(of word: String) -> KindID? {
    if let kind = session.program.kinds.firstIndex(where: { $0.name == word }) { return KindID(kind) }
    return session.program.measures.first { $0.name == word }?.object?.kind
  }

  /// The options that a verb's own help lists.
  private func options(of verb: any Verb.Type) -> [SpokenName] {
    verb.helpMessage().split { $0.isWhitespace || "[],".contains($0) }.filter { $0.hasPrefix("--") }
      .map { SpokenName(String($0), "") }
  }

  private static let optionKinds: [String: [WordKind]] = [
    "--subject": [.subject], "--measure": [.measure], "--kind": [.kind], "--lang": [.language], "--format": [.format],
    "--as-of": [],
  ]

  // MARK: Expressions and facts

  private func terms(of kind: KindID?) -> [[SpokenName]] {
    [kind.map { index![.terms($0)] } ?? []] + index!.named(.measure) + [index![.everywhere]]
  }

  /// What can go on an expression about a kind.
  func expression(_ tokens: [Place.Token], kind: KindID?) -> [[SpokenName]] {
    var tokens = tokens[...]
    let kind = innermostKind(tokens) ?? kind
    guard let last = tokens.popLast() else { return terms(of: kind) }
    switch meaning(last) {
    case .keyword(.of):
      return (tokens.last.flatMap { related($0) }.map { [$0] } ?? session.program.kinds.indices.map { KindID($0) }).map
      {
        index![.terms($0)]
      }
    case .keyword(.isValue), .keyword(.isNotValue), .keyword(.equals), .keyword(.notEquals):
      return values(of: tokens)
    case _ where ["=", "＝", "≠"].contains(last.text): return values(of: tokens)
    case _ where last.text == "、":
      // 县区 为 甲县、乙县: the list goes on with values of the same field.
      let isValue = { (token: Place.Token) in self.isEquality(token) }
      if let test = tokens.lastIndex(where: isValue), !tokens[test...].contains(where: { "（(".contains($0.text) }) {
        return values(of: tokens[..<test])
      }
      return terms(of: kind)
    case .field, .kind, .name: return [following()]
    case .keyword, nil: return terms(of: kind)
    }
  }

  private func meaning(_ token: Place.Token) -> NameIndex.Known? { index!.known[token.text] }

  private func isEquality(_ token: Place.Token) -> Bool {
    switch meaning(token) {
    case .keyword(.isValue), .keyword(.isNotValue), .keyword(.equals), .keyword(.notEquals): true
    default: ["=", "＝", "≠"].contains(token.text)
    }
  }

  /// The words that go on after a name.
  private func following() -> [SpokenName] {
    [Keyword.isValue, .isNotValue, .of, .and, .or, .atLeast, .atMost, .holds].map {
      SpokenName($0.entry.zh[0], $0.entry.summary)
    }
  }

  /// The values of the field that stands last in the tokens; 是 and 否 for a field of truth.
  private func values(of tokens: ArraySlice<Place.Token>) -> [[SpokenName]] {
    guard let last = tokens.last, case .field(let fields)? = meaning(last) else { return index!.options }
    return fields.flatMap { values(of: session.program.fields[$0]) }
  }

  private func values(of field: Field) -> [[SpokenName]] {
    switch field.type {
    case .option(let id): [index!.options[id.index]]
    case .truth: [["是", "否"].map { SpokenName($0, "") }]
    default: []
    }
  }

  /// The kind that 的 or a function's bracket leads to: 贷款 的 …, 合计（贷款，…）.
  private func related(_ token: Place.Token) -> KindID? {
    switch meaning(token) {
    case .kind(let kind): return kind
    case .field(let fields):
      for field in fields {
        switch session.program.fields[field].type {
        case .entity(let kind), .many(let kind): return kind
        default: continue
        }
      }
      return nil
    default: return nil
    }
  }

  private func innermostKind(_ tokens: ArraySlice<Place.Token>) -> KindID? {
    var open: [Int] = []
    for (position, token) in tokens.enumerated() {
      if "（(".contains(token.text) { open.append(position) } else if "）)".contains(token.text) { _ = open.popLast() }
    }
    let all = Array(tokens)
    guard let bracket = open.last, bracket > 0, case .keyword? = meaning(all[bracket - 1]), bracket + 2 < all.count
    else { return nil }
    return related(all[bracket + 1])
  }

  /// Facts as 假设 takes them: a field, then its value.
  func facts(_ tokens: [Place.Token], kind: KindID?) -> [[SpokenName]] {
    let item = tokens.split(omittingEmptySubsequences: false) { "，,、；;".contains($0.text) }.last ?? []
    guard let field = item.last(where: { if case .field? = meaning($0) { true } else { false } }) else {
      return [kind.map { index![.fields($0)] } ?? []]
    }
    guard case .field(let fields)? = meaning(field) else { return [] }
    let own = fields.filter { session.program.fields[$0].kind == kind }
    return (own.isEmpty ? fields : own).flatMap { values(of: session.program.fields[$0]) }
      + [[Keyword.notKnown, .notApplicable].map { SpokenName($0.entry.zh[0], $0.entry.summary) }]
  }

  // MARK: Files

  /// Files, where a command or an option takes them.
  private func filePath(_ place: Place) -> Completion? {
    let words = splitWords(place.lineHead)
    guard var verb = words.first.map({ Substring($0) }) else { return nil }
    if let mark = verb.first, mark == ":" || mark == "：" {
      verb = verb.dropFirst()
    } else if !Statement.commandNames.contains(String(verb)) {
      return nil
    }
    guard case .one(let command) = SessionCommand.resolve(String(verb), interactive: true),
      command.wordKinds.contains(.file)
    else { return nil }
    let typed = place.run
    let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
    let name = typed.dropFirst(folder.count)
    let found = FileSystem.entries(of: folder.isEmpty ? "." : folder)
      .filter { $0.name.hasPrefix(name) && (!$0.name.hasPrefix(".") || name.hasPrefix(".")) }
    let end = place.cursor
    guard !found.isEmpty else { return .none(at: end) }
    return Completion(
      replacing: end - typed.utf8.count..<end,
      candidates: found.map { entry in
        let path = folder + entry.name + (entry.isFolder ? "/" : "")
        let isSpaced = path.contains(where: \.isWhitespace) && !place.isQuoted
        return Candidate(isSpaced ? "“\(path)”" : path, display: entry.name + (entry.isFolder ? "/" : ""))
      })
  }
}
