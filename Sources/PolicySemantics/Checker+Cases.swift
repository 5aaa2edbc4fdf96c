import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  func readCase(_ index: Int) {
    let block = blocks[index]
    let view = block.view
    var result = PolicyCase(name: displayName(view), span: view.span)
    for line in view.lines {
      if line.isName {
        readSubjectLine(line, &result)
        continue
      }
      switch line.keyword {
      case .asOf: result.asOf = day(of: line)
      case .reading: readFixedReading(line, &result)
      case .status: result.generated = line.items.contains { $0.keyword(0) == .generated }
      case .expect: readExpectation(line, &result)
      default: break
      }
    }
    // A label that could not be read may be the one that seems to be missing.
    let isWhole = !view.lines.contains { $0.isName && kind(of: $0) == nil }
    if isWhole, result.subject != nil, view.line(.asOf) == nil {
      remark(
        .missingLine, view.span, "案例“\(result.name)”没有写查询日期", "the case “\(result.name)” has no as-of date",
        help: [Bilingual(zh: "写一行“查询日期：2024年6月1日”", en: "add a line “as-of: 2024年6月1日”")])
    }
    if isWhole, view.line(.expect) == nil {
      remark(.missingLine, view.span, "案例“\(result.name)”没有预期，什么也没有检验", "the case “\(result.name)” expects nothing")
    }
    blocks[index].index = program.cases.count
    program.cases.append(result)
  }

  private func readSubjectLine(_ line: LineView, _ result: inout PolicyCase) {
    guard let label = line.labelNames.first else { return }
    guard let kind = kind(of: line) else {
      let name = line.file.text(label)
      remark(
        .unknownName, line.file.span(label), "“\(name)”不是主体，也不是案例的标签",
        "“\(name)” is neither a kind nor a label of a case",
        help: didYouMean(nearest(name, in: program.kinds.map(\.name) + ["查询日期", "预期", "读法", "状态", "备注"])))
      return
    }
    let fields = program.kinds[kind].fields.count
    if result.subject == nil {
      var subject = Subject(
        kind: kind, id: result.name, isNamed: false, facts: Array(repeating: .missing, count: fields))
      if let content = line.content { readFacts(content, line.file, into: &subject) }
      result.subject = subject
      return
    }
    guard var owner = result.subject else { return }
    // Taken out while it changes, or each line would copy all facts.
    result.subject = nil
    defer { result.subject = owner }
    if owner.kind == kind {
      if let content = line.content { readFacts(content, line.file, into: &owner) }
      return
    }
    guard let relation = relation(from: owner.kind, to: kind) else {
      remark(
        .wrongMeaning, line.file.span(label),
        "“\(program.kinds[owner.kind].name)”没有类型为“\(program.kinds[kind].name)”的字段",
        "“\(program.kinds[owner.kind].name)” has no field of kind “\(program.kinds[kind].name)”")
      return
    }
    addRelated(line, kind, fields, relation, &owner)
  }

  /// `登记 虚构右玉康养园（项目）：` with lines of facts as in cases.
  func readRecord(_ view: BlockView) -> Subject? {
    guard let kind = parameterKind(view) else { return nil }
    var result = PolicyCase(name: displayName(view), span: view.span)
    result.subject = Subject(
      kind: kind, id: displayName(view), facts: Array(repeating: .missing, count: program.kinds[kind].fields.count))
    for line in view.lines where line.isName { readSubjectLine(line, &result) }
    return result.subject
  }

  /// The kind that a line's label names.
  private func kind(of line: LineView) -> KindID? {
    guard let label = line.labelNames.first, line.file.tree[label].detail != .max else { return nil }
    for case .kind(let id) in symbols.meanings(of: Int(line.file.tree[label].detail)) { return id }
    return nil
  }

  private func addRelated(_ line: LineView, _ kind: KindID, _ count: Int, _ relation: FieldID, _ owner: inout Subject) {
    let slot = program.fields[relation].slot
    var others: [Subject] = []
    var complete = false
    if case .many(let present, let isComplete) = owner.facts[slot] { (others, complete) = (present, isComplete) }
    func saysHowMany(_ item: ItemView) -> Bool {
      item.words.count == 1 && (item.keyword(0) == .complete || item.keyword(0) == .incomplete)
    }
    let items = line.items
    for item in items where saysHowMany(item) { complete = item.keyword(0) == .complete }
    if let content = line.content, !items.allSatisfy(saysHowMany) {
      var subject = Subject(
        kind: kind, id: "\(owner.id)·\(program.kinds[kind].name)\(others.count + 1)", isNamed: false,
        facts: Array(repeating: .missing, count: count))
      readFacts(content, line.file, into: &subject) { !saysHowMany($0) }
      others.append(subject)
    }
    if case .many = program.fields[relation].type {
      owner.facts[slot] = .many(others, complete: complete)
    } else if let first = others.first {
      owner.facts[slot] = .one(first)
    }
  }

  /// The field by which one kind is related to another.
  func relation(from owner: KindID, to kind: KindID) -> FieldID? {
    program.kinds[owner].fields.first { id in
      switch program.fields[id].type {
      case .many(let other), .entity(let other): other == kind
      default: false
      }
    }
  }

  /// `读法：康养项目 广义`
  private func readFixedReading(_ line: LineView, _ result: inout PolicyCase) {
    for item in line.items {
      guard let found = choice(readingWords([item]), item.span) else { continue }
      result.readings.append(PolicyCase.FixedReading(choice: found.choice, reading: found.reading))
    }
  }
}
