import PolicyDiagnostics
import PolicyIR
import PolicyText
import PolicyValues

/// Reads the subjects of one JSON or YAML file: an array of objects, one object, or an object of kinds (`{"项目": […]}`).
///
/// An object's keys are names like a table's headers (备案总投资, 备案总投资_万元, 名称, 类别); relations are nested: an object or a name
/// for one, for several an array of objects or names (not 列全), `{"列全": true, "各项": […]}`, or "无".
struct NodeReader {
  let program: Program
  var remarks: FactsRemarks
  var drafts: [SubjectDraft] = []
  private let indexes: [KindIndex]
  private var readers: [ReaderKey: CellReader] = [:]
  private var unknown: Set<String> = []
  private var hasSerial: Set<FieldID> = []
  /// Kinds of which some subject was not read.
  private(set) var lost: Set<KindID> = []

  private struct ReaderKey: Hashable {
    var field: FieldID
    var unit: ColumnUnit?
  }

  init(file: FileID, program: Program) {
    self.program = program
    remarks = FactsRemarks(file)
    indexes = program.kinds.indices.map { KindIndex(KindID($0), in: program) }
  }

  mutating func read(_ root: FactNode, defaultKind: KindID?) {
    switch root.form {
    case .array(let elements): for element in elements { readRoot(element, nil, defaultKind) }
    case .object(let members):
      let kinds = members.map { kind(named: $0.key) }
      if members.isEmpty { return }
      if kinds.allSatisfy({ $0 != nil }), members.allSatisfy({ isContainer($0.value) }) {
        for (member, kind) in zip(members, kinds) {
          if case .array(let elements) = member.value.form {
            for element in elements { readRoot(element, kind, defaultKind) }
          } else {
            readRoot(member.value, kind, defaultKind)
          }
        }
      } else {
        readRoot(root, nil, defaultKind)
      }
    case .null: break
    case .bool, .scalar: reportNoObject(root)
    }
  }

  private func isContainer(_ node: FactNode) -> Bool {
    switch node.form {
    case .array, .object: true
    case .null, .bool, .scalar: false
    }
  }

  private func kind(named name: String) -> KindID? {
    let key = comparable(name)
    return program.kinds.firstIndex { comparable($0.name) == key }.map { KindID($0) }
  }

  private mutating func reportNoObject(_ node: FactNode) {
    lost.formUnion(program.kinds.indices.map { KindID($0) })
    remarks.add(
      Diagnostic(
        .unreadableCell, at: node.span,
        Bilingual(zh: "这里要一个主体，即一组“名称：值”", en: "a subject is expected here, an object of names and values")))
  }

  private mutating func readRoot(_ node: FactNode, _ kind: KindID?, _ defaultKind: KindID?) {
    guard case .object(let members) = node.form else {
      reportNoObject(node)
      return
    }
    guard let kind = kind ?? chooseKind(members, node, defaultKind) else {
      lost.formUnion(program.kinds.indices.map { KindID($0) })
      return
    }
    drafts.append(subject(members, node.span, kind, name: nil))
  }

  private func isKindKey(_ key: String) -> Bool {
    ["类别", "主体", "主体类别", "种类", "kind"].contains(comparable(key).lowercased())
  }

  private mutating func chooseKind(
    _ members: [FactNode.Member], _ node: FactNode, _ defaultKind: KindID?
  ) -> KindID? {
    for member in members where isKindKey(member.key) {
      guard case .scalar(let text) = member.value.form else { continue }
      if let kind = kind(named: text) { return kind }
      let isField = indexes.contains { index in
        if case .field? = index.meaning(of: member.key) { return true }
        return false
      }
      if isField { continue }
      let near = text.utf8.count > 200 ? [] : nearest(comparable(text), in: program.kinds.map(\.name))
      remarks.add(
        Diagnostic(
          .unknownSubjectKind, at: member.value.span,
          Bilingual(
            zh: "主体种类“\(clipped(text))”没有声明，没有读取",
            en: "the kind “\(clipped(text))” is not declared; the subject was not read"),
          help: near.isEmpty
            ? []
            : [
              Bilingual(zh: "最接近的是" + near.joined(separator: "、"), en: "the nearest is " + near.joined(separator: ", "))
            ]))
      return nil
    }
    let counts = indexes.map { index in members.prefix(2000).reduce(0) { $0 + index.weight(of: $1.key) } }
    let most = counts.max() ?? 0
    let best = counts.indices.filter { counts[$0] == most && most > 0 }
    if best.count == 1 { return KindID(best[0]) }
    if let defaultKind, program.kinds.indices.contains(defaultKind.index),
      best.isEmpty || best.contains(defaultKind.index)
    {
      return defaultKind
    }
    remarks.add(
      Diagnostic(
        .unknownSubjectKind, at: node.span,
        Bilingual(zh: "看不出这是哪一种主体，没有读取", en: "the kind of this subject cannot be told; it was not read"),
        help: [Bilingual(zh: "加一个键“类别”写明主体种类", en: "add a key 类别 with the kind")]))
    return nil
  }

  /// The draft of an object.
  private mutating func subject(
    _ members: [FactNode.Member], _ span: Span, _ kind: KindID, name: String?
  ) -> SubjectDraft {
    var draft = SubjectDraft(
      kind: kind, name: name ?? "", span: span, nameSpan: span, row: nil,
      facts: Array(repeating: .fact(.missing), count: program.kinds[kind].fields.count), owner: nil)
    let index = indexes[kind.index]
    var rank = Int.max
    var given: [Int: Span] = [:]
    for member in members {
      guard case .scalar(let text) = member.value.form, let found = index.nameRank(of: member.key), found < rank,
        stateOfFact(comparable(text)) == nil
      else { continue }
      if case .owner? = index.meaning(of: member.key) { continue }
      (draft.name, draft.nameSpan, rank) = (trimmed(text), member.value.span, found)
    }
    // The name stands in the messages on the facts, so it is found first.
    for member in members { readMember(member, index, &draft, &given) }
    if draft.name.isEmpty, name == nil {
      draft.name = "第\(drafts.count + 1)个"
      draft.isNameless = true
      remarks.add(
        Diagnostic(
          .subjectWithoutName, .warning,
          at: Span(file: span.file, start: span.start, end: min(span.end, span.start + 1)),
          Bilingual(zh: "主体没有名称，称作“\(draft.name)”", en: "the subject has no name; it is called \(draft.name)"),
          help: [Bilingual(zh: "加一个键“名称”", en: "add a key 名称 (name)")]))
    }
    return draft
  }

  private mutating func readMember(
    _ member: FactNode.Member, _ index: KindIndex, _ draft: inout SubjectDraft, _ given: inout [Int: Span]
  ) {
    switch index.meaning(of: member.key) {
    case .field(let id, let unit):
      let field = program.fields[id]
      if let first = given.updateValue(member.keySpan, forKey: field.slot) {
        draft.facts[field.slot] = .fact(.missing)
        remarks.add(
          Diagnostic(
            .duplicateColumn, at: member.keySpan,
            Bilingual(zh: "“\(field.name)”给了两次，都没有读取", en: "\(field.name) is given twice; neither was read"),
            related: [Diagnostic.Label(span: first, message: Bilingual(zh: "另一处", en: "the other place"))]))
        return
      }
      draft.facts[field.slot] = fact(member.value, id, unit, draft.name)
    case .owner(let id):
      guard case .scalar(let text) = member.value.form else {
        if case .null = member.value.form { return }
        fail(.structure, "", id, member.value.span, draft.name)
        return
      }
      if stateOfFact(comparable(text)) == nil {
        draft.owner = SubjectDraft.Owner(field: id, name: trimmed(text), span: member.value.span)
      }
    case .name: break
    case .complete, .item, .wrongUnit, .unknownUnit, .ambiguous, nil:
      if !isKindKey(member.key) { reportUnknown(member, index) }
    }
  }

  private mutating func reportUnknown(_ member: FactNode.Member, _ index: KindIndex) {
    guard unknown.insert("\(index.kind).\(member.key)").inserted else { return }
    let base = unitSplits(of: comparable(member.key)).first?.base ?? comparable(member.key)
    let near = base.utf8.count > 200 || unknown.count > 500 ? [] : nearest(base, in: index.fieldNames)
    let kind = program.kinds[index.kind].name
    remarks.add(
      Diagnostic(
        .unknownKey, near.isEmpty ? .note : .warning, at: member.keySpan,
        Bilingual(
          zh: "“\(clipped(member.key))”不是“\(kind)”的事实，没有读取（其他主体里的也没有）",
          en: "“\(clipped(member.key))” is no fact of \(kind) and was not read, here and in other subjects"),
        help: near.isEmpty
          ? []
          : [
            Bilingual(
              zh: "最接近的事实是" + near.map { "“\($0)”" }.joined(separator: "、") + "；若就是它，改名，或在规则里为它写别名（须有依据）",
              en: "the nearest facts are \(near.joined(separator: ", ")); rename it, or declare an alias with its basis"
            )
          ]))
  }

  // MARK: Facts

  private mutating func fact(_ node: FactNode, _ id: FieldID, _ unit: ColumnUnit?, _ subject: String) -> FactDraft {
    let field = program.fields[id]
    switch (node.form, field.type) {
    case (.null, _): return .fact(.missing)
    case (.bool(let flag), .truth): return .fact(.value(.truth(flag)))
    case (.bool(let flag), _): return .fact(cell(flag ? "true" : "false", id, unit, node.span, subject))
    case (.scalar(let text), .entity):
      let fact = cell(text, id, nil, node.span, subject)
      if case .one(let named) = fact { return .reference(named.id, node.span) }
      return .fact(fact)
    case (.scalar(let text), _): return .fact(cell(text, id, unit, node.span, subject))
    case (.object(let members), .entity(let kind)):
      return .part(self.subject(members, node.span, kind, name: field.name))
    case (.array(let elements), .many(let kind)):
      return .many(items(elements, kind, id, subject), complete: nil, node.span)
    case (.object(let members), .many(let kind)): return several(members, node, kind, id, subject)
    case (.array, _), (.object, _):
      fail(.structure, "", id, node.span, subject)
      return .fact(.missing)
    }
  }

  /// `{"列全": true, "各项": […]}`
  private mutating func several(
    _ members: [FactNode.Member], _ node: FactNode, _ kind: KindID, _ id: FieldID, _ subject: String
  ) -> FactDraft {
    var complete: Bool?
    var found: [ItemDraft] = []
    var count: Int?
    for member in members {
      switch (comparable(member.key), member.value.form) {
      case ("列全", .bool(let flag)), ("complete", .bool(let flag)): complete = flag
      case ("列全", .scalar(let text)), ("complete", .scalar(let text)):
        complete = LiteralReader.yesNo(text)
        if complete == nil { fail(.notYesNo, text, id, member.value.span, subject) }
      case ("各项", .array(let elements)), ("items", .array(let elements)):
        found = items(elements, kind, id, subject)
        count = elements.count
      case ("列全", .null), ("各项", .null), ("complete", .null), ("items", .null): break
      default: fail(.itemsExpected(kind: program.kinds[kind].name), member.key, id, member.keySpan, subject)
      }
    }
    if count == 0, complete == true { return .fact(.many([], complete: true)) }
    if let count, count > found.count { complete = false }
    return .many(found, complete: complete, node.span)
  }

  private mutating func items(_ elements: [FactNode], _ kind: KindID, _ id: FieldID, _ subject: String) -> [ItemDraft] {
    var found: [ItemDraft] = []
    for (number, element) in elements.enumerated() {
      switch element.form {
      case .object(let members):
        let name = "\(program.fields[id].name)\(number + 1)"
        found.append(.subject(self.subject(members, element.span, kind, name: name)))
      case .scalar(let text) where stateOfFact(comparable(text)) == nil:
        found.append(.reference(trimmed(text), element.span))
      default: fail(.itemsExpected(kind: program.kinds[kind].name), "第 \(number + 1) 项", id, element.span, subject)
      }
    }
    return found
  }

  private mutating func cell(
    _ text: String, _ id: FieldID, _ unit: ColumnUnit?, _ span: Span, _ subject: String
  ) -> Fact {
    let key = ReaderKey(field: id, unit: unit)
    let reader = readers[key] ?? CellReader(program.fields[id], in: program, unit: unit, serials: true)
    readers[key] = reader
    do {
      let (fact, isSerial) = try reader.read(text)
      if isSerial, hasSerial.insert(id).inserted, case .value(.date(let day)) = fact {
        remarks.add(
          Diagnostic(
            .serialDate, .note, at: span,
            Bilingual(
              zh:
                "“\(program.fields[id].name)”有电子表格的日期序号，按 1900 日期系统读取：\(clipped(trimmed(text))) 是 \(day.chineseDescription)",
              en:
                "\(program.fields[id].name) holds serial dates, read in the 1900 system: \(clipped(trimmed(text))) is \(day.isoDescription)"
            )))
      }
      return fact
    } catch {
      remarks.add(error, at: span, place: place(id, subject))
      return .missing
    }
  }

  private func place(_ id: FieldID, _ subject: String) -> Bilingual {
    let name = program.fields[id].name
    return Bilingual(zh: "“\(clipped(subject))”的“\(name)”", en: "\(name) of “\(clipped(subject))”")
  }

  private mutating func fail(
    _ cause: CellFailure.Cause, _ text: String, _ id: FieldID, _ span: Span, _ subject: String
  ) {
    let failure = CellFailure(text: text, field: program.fields[id].name, cause: cause)
    remarks.add(failure, at: span, place: place(id, subject))
  }
}
