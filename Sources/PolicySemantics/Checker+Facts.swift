import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  /// Writes the facts of a content into a subject: `备案总投资 3亿元，投资主体 民营企业，属康养产业 是`. Where it can be cut into
  /// words in several ways, the one way that can be read counts.
  func readFacts(
    _ content: Int, _ file: SyntaxFile, into subject: inout Subject, where isFact: (ItemView) -> Bool = { _ in true }
  ) {
    func read(_ file: SyntaxFile, _ content: Int) -> Subject {
      var result = subject
      for item in file.items(content) where isFact(item) { readFact(item, into: &result) }
      return result
    }
    guard let others = file.tree.alternatives[UInt32(content)], !others.isEmpty else {
      for item in file.items(content) where isFact(item) { readFact(item, into: &subject) }
      return
    }
    settledCuts.insert(file.span(content))
    let before = remarks
    var firstRemarks: [Diagnostic]?
    var readable: [(subject: Subject, cut: [String])] = []
    for (tree, root) in [(file, content)] + others.map({ (file.replacing(content, with: $0), 0) }) {
      remarks = before
      let found = read(tree, root)
      if remarks.count == before.count {
        if !readable.contains(where: { $0.subject == found }) { readable.append((found, tree.wordTexts(root))) }
      } else if firstRemarks == nil {
        firstRemarks = remarks
      }
    }
    remarks = readable.isEmpty ? firstRemarks ?? before : before
    if let only = readable.first, readable.count == 1 { subject = only.subject }
    if readable.count > 1 { remarkSeveralCuts(file.span(content), readable.map(\.cut)) }
  }

  /// Words that can be cut in several ways and mean something in each.
  func remarkSeveralCuts(_ span: Span, _ cuts: [[String]]) {
    let shown = cuts.map { "“" + $0.joined(separator: " ") + "”" }
    remark(
      .ambiguousSplit, span, "这一串文字有几种读法：\(shown.joined(separator: "、"))",
      "this can be cut into words in several ways: \(shown.joined(separator: ", "))",
      help: [Bilingual(zh: "在词与词之间加空格，或者把名称放进「」", en: "put spaces between the words, or a name in 「」")])
  }

  /// Lists whose words can be cut in several ways, with nothing that would settle which is meant. A longer name wins over
  /// the words inside it; what remains are cuts that cross.
  func checkCuts() {
    for (place, file) in input.files.enumerated() where isCarried.isEmpty || !isCarried[place] {
      for content in file.tree.alternatives.keys.sorted() where file.child(Int(content), .item) != nil {
        let span = file.span(Int(content))
        if settledCuts.contains(span) { continue }
        let first = file.wordEnds(Int(content))
        let crossing = (file.tree.alternatives[content] ?? []).map { file.replacing(Int(content), with: $0) }.filter {
          let ends = $0.wordEnds(0)
          return !ends.isSubset(of: first) && !first.isSubset(of: ends)
        }
        if crossing.isEmpty { continue }
        remarkSeveralCuts(span, [file.wordTexts(Int(content))] + crossing.map { $0.wordTexts(0) })
        journals[place + 1].isRemarked = true
      }
    }
  }

  private func readFact(_ item: ItemView, into subject: inout Subject) {
    if item.keyword(0) == .names, let name = item.quoted(1) {
      (subject.id, subject.name) = (name, name)
      return
    }
    guard let number = item.name(0) else {
      remark(.missingText, item.span, "此处应为字段和它的值，如“备案总投资 3亿元”", "expected a fact and its value")
      return
    }
    guard let id = field(number, of: subject.kind) else {
      let kind = program.kinds[subject.kind]
      remark(
        .wrongMeaning, item.span(0), "“\(nameText(number))”不是“\(kind.name)”的字段",
        "“\(nameText(number))” is no field of “\(kind.name)”",
        help: derived(number, from: subject.kind)
          ?? didYouMean(nearest(nameText(number), in: kind.fields.map { program.fields[$0].name })))
      return
    }
    let field = program.fields[id]
    if case .many = subject.facts[field.slot] {
    } else if subject.facts[field.slot] != .missing {
      remark(.duplicateName, item.span, "“\(field.name)”写了两次", "“\(field.name)” is given twice")
    }
    if let fact = factValue(item, field, subject.facts[field.slot]) { subject.facts[field.slot] = fact }
  }

  /// Advice where a definition is given a value: the facts that it follows from. Nil for any other name.
  private func derived(_ number: Int, from kind: KindID) -> [Bilingual]? {
    var found: Set<FieldID> = []
    var seen: Set<DefinitionID> = []
    func collect(_ id: DefinitionID) {
      guard seen.insert(id).inserted else { return }
      for body in program.definitions[id].bodies { collect(body) }
    }
    func collect(_ expression: Expression) {
      switch expression.form {
      case .field(let id, _): found.insert(id)
      case .definition(let id, _): collect(id)
      default: for child in expression.children { collect(child) }
      }
    }
    for case .definition(let id) in symbols.meanings(of: number) where program.definitions[id].kind == kind {
      collect(id)
    }
    let names = found.sorted().filter { program.fields[$0].kind == kind }.map { "“\(program.fields[$0].name)”" }
    if names.isEmpty { return nil }
    return [
      Bilingual(
        zh: "它由事实得出，应写\(names.joined(separator: "、"))",
        en: "it follows from facts; give \(names.joined(separator: ", "))")
    ]
  }

  func field(_ number: Int, of kind: KindID) -> FieldID? {
    for case .field(let id) in symbols.meanings(of: number) where program.fields[id].kind == kind { return id }
    return nil
  }

  /// The fact that an item gives to its field; nil after a remark.
  private func factValue(_ item: ItemView, _ field: Field, _ present: Fact) -> Fact? {
    var position = 1
    if item.keyword(position) == .isValue || item.kind(position) == .punctuation { position += 1 }
    switch item.keyword(position) {
    case .notKnown: return .notKnown
    case .notApplicable: return .notApplicable
    case .complete, .incomplete:
      guard case .many = field.type else { break }
      if case .many(let others, _) = present { return .many(others, complete: item.keyword(position) == .complete) }
      return .many([], complete: item.keyword(position) == .complete)
    default: break
    }
    guard position < item.words.count, let value = value(item, position, field.type) else {
      if position >= item.words.count {
        remark(.missingText, item.span, "“\(field.name)”后面应有值", "expected a value after “\(field.name)”")
      } else {
        wrongValue(item, position, field)
      }
      return nil
    }
    if case .quantity(let amount) = value, amount.isNegative {
      remark(.typeMismatch, item.span, "“\(field.name)”不能是负数", "“\(field.name)” can't be negative")
      return nil
    }
    return .value(value)
  }

  private func value(_ item: ItemView, _ position: Int, _ type: ValueType) -> Value? {
    let text = strip(item.text(position))
    switch type {
    case .truth:
      switch item.keyword(position) {
      case .trueValue, .yes: return .truth(true)
      case .falseValue, .no: return .truth(false)
      default: return nil
      }
    case .quantity(let dimension):
      guard item.kind(position) == .numeral, let literal = try? LiteralReader.quantity(text) else { return nil }
      if literal.dimension == dimension { return .quantity(literal.value) }
      // A bare number of a count takes the field's counter.
      if !literal.hadUnit, dimension.money == 0, dimension.area == 0 { return .quantity(literal.value) }
      return nil
    case .date:
      guard item.kind(position) == .date, let day = (try? LiteralReader.date(text))?.day else { return nil }
      return .date(day)
    case .duration:
      return (try? LiteralReader.duration(text)).map { .duration($0) }
    case .text: return item.quoted(position).map { .text($0) }
    case .option(let option):
      return item.name(position).flatMap { optionValue($0, option) }.map { .option(Int32($0)) }
    case .entity, .many: return nil
    }
  }

  private func wrongValue(_ item: ItemView, _ position: Int, _ field: Field) {
    let text = item.text(position)
    var help: [Bilingual] = []
    if case .option(let option) = field.type {
      let values = program.optionTypes[option].values.map(\.name)
      let near = nearest(text, in: values)
      help =
        near.isEmpty
        ? [
          Bilingual(
            zh: "可以是：\(values.joined(separator: "、"))", en: "it can be \(values.joined(separator: ", "))")
        ] : didYouMean(near)
    }
    remark(
      .typeMismatch, item.span(position), "“\(field.name)”应为\(name(of: field.type).zh)，“\(text)”不是",
      "“\(field.name)” takes \(name(of: field.type).en); “\(text)” is not", help: help)
  }
}
