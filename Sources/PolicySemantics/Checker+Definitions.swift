import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  // MARK: 定义

  func declareDefinition(_ index: Int) {
    let view = blocks[index].view
    guard let kind = parameterKind(view) else { return markBroken(view) }
    let items = view.headItems.map { view.file.items($0) } ?? []
    guard let type = valueType(items) else {
      markBroken(view)
      remark(
        .unknownType, view.span, "定义“\(displayName(view))”应写类型，如“：是否”",
        "the definition “\(displayName(view))” needs a type, such as “: yes-no”")
      return
    }
    let id = DefinitionID(program.definitions.count)
    declare(.definition(id), view) { [self] symbol in
      if case .definition(let other) = symbol, program.definitions[other].kind == kind {
        return program.definitions[other].origin.span
      }
      return nil
    }
    checkRestriction(items, view)
    var origin = origin(of: index, required: true)
    origin.clause = blocks[index].clause
    var definition = Definition(
      name: displayName(view), kind: kind, type: type, bodies: [], choice: nil, origin: origin)
    let readings = view.lines(.reading)
    if let follows = view.line(.follows)?.firstItem?.name(0) {
      followed[id] = follows
    } else if readings.count > 1 {
      let choice = ChoiceID(program.choices.count)
      program.choices.append(
        Choice(name: definition.name, readings: readings.map { readingName($0) }, origin: origin))
      definition.choice = choice
    }
    program.definitions.append(definition)
    blocks[index].index = id.index
    if let choice = definition.choice { blocks[index].choices = choice.index..<choice.index + 1 }
  }

  private func readingName(_ line: LineView) -> String {
    line.labelNames.first.map { line.file.text($0) } ?? ""
  }

  /// `限 三（三）`: the clauses in which the name may be used.
  private func checkRestriction(_ items: [ItemView], _ view: BlockView) {
    for item in items where item.keyword(0) == .restricted {
      guard item.kind(1) == .address, let address = ClauseAddress.parse(item.text(1)) else {
        remark(.missingText, item.span, "“限”后面应有条款号，如“限 三（三）”", "expected a clause after “only-in”")
        continue
      }
      if let number = nameNumber(view) { restrictions[number, default: []].append(address) }
    }
  }

  func completeDefinition(_ index: Int) {
    let block = blocks[index]
    guard block.index >= 0 else { return }
    let id = DefinitionID(block.index)
    let definition = program.definitions[id]
    let scope = Scope(kinds: [definition.kind])
    beginRule()
    let readings = block.view.lines(.reading)
    let lines = readings.isEmpty ? block.view.lines(.body) : readings
    if lines.isEmpty {
      remark(
        .missingLine, block.view.span, "定义“\(definition.name)”没有内容，应有“即：…”或者几个“读法 …：”",
        "the definition “\(definition.name)” has no body; expected “is: …” or several readings")
    }
    let bodies = lines.compactMap { line in
      line.content.flatMap { expression($0, line.file, scope, expecting: definition.type) }
    }
    guard bodies.count == lines.count, !bodies.isEmpty else {
      program.definitions[block.index].bodies = [unknownExpression(definition.type, block.view.span)]
      program.definitions[block.index].choice = nil
      return
    }
    if let number = followed[id] { follow(number, id, bodies.count, block.view) }
    program.definitions[block.index].bodies = bodies
    if bodies.count == 1 { program.definitions[block.index].choice = nil }
    endRule(definition.origin)
  }

  /// `随：另一定义` shares its choice; the readings must be as many.
  private func follow(_ number: Int, _ id: DefinitionID, _ count: Int, _ view: BlockView) {
    for case .definition(let other) in symbols.meanings(of: number) {
      guard let choice = program.definitions[other].choice, program.choices[choice].readings.count == count else {
        remark(
          .wrongMeaning, view.span, "“随”的定义没有同样多的读法", "the followed definition has another number of readings")
        return
      }
      program.definitions[id.index].choice = choice
      return
    }
    remark(.wrongMeaning, view.span, "“\(nameText(number))”不是定义", "“\(nameText(number))” is not a definition")
  }

  /// A stand-in for an expression that could not be read; the program has errors and answers nothing by it.
  func unknownExpression(_ type: ValueType, _ span: Span) -> Expression {
    Expression(.dangling("未读懂"), type: type, span: span)
  }

  // MARK: 归类

  func declareClassification(_ index: Int) {
    let view = blocks[index].view
    guard let (kind, field, option) = classifiedField(view) else { return markBroken(view) }
    let id = ClassificationID(program.classifications.count)
    declare(.classification(id), view) { [self] symbol in
      if case .classification(let other) = symbol { return program.classifications[other].origin.span }
      return nil
    }
    let origin = origin(of: index, required: true)
    let values = program.optionTypes[option].values
    let firstChoice = program.choices.count
    var isSorted = true
    var sorting = [Classification.Sorting?](repeating: nil, count: values.count)
    for line in view.lines {
      guard let keyword = line.keyword, [.yes, .no, .disputed, .unsettled].contains(keyword) else { continue }
      for item in line.items {
        guard let number = item.name(0), let value = optionValue(number, option) else {
          // A value of the option may be meant, so none is said to be left.
          isSorted = false
          remark(
            .wrongMeaning, item.span, "“\(item.file.text(item.node))”不是“\(program.optionTypes[option].name)”的值",
            "“\(item.file.text(item.node))” is not a value of “\(program.optionTypes[option].name)”",
            help: didYouMean(nearest(item.file.text(item.node), in: values.map(\.name))))
          continue
        }
        if sorting[value] != nil {
          remark(
            .duplicateName, item.span, "“\(values[value].name)”归了两次", "“\(values[value].name)” is sorted twice")
          continue
        }
        sorting[value] = sort(keyword, values[value].name, displayName(view), origin)
      }
    }
    let unsorted = values.indices.filter { sorting[$0] == nil }.map { values[$0].name }
    if isSorted, !view.hasUnreadableLines, !unsorted.isEmpty {
      remark(
        .unsortedValue, view.span, "归类“\(displayName(view))”没有归入：\(unsorted.joined(separator: "、"))",
        "“\(displayName(view))” leaves unsorted: \(unsorted.joined(separator: ", "))",
        help: [
          Bilingual(zh: "每个值都要归入 是、否、分歧 或 待定", en: "sort every value under yes, no, disputed or unsettled")
        ])
    }
    program.classifications.append(
      Classification(
        name: displayName(view), kind: kind, field: field, sorting: sorting.map { $0 ?? .unsettled }, origin: origin))
    blocks[index].index = id.index
    blocks[index].choices = firstChoice..<program.choices.count
  }

  private func sort(_ keyword: Keyword, _ value: String, _ name: String, _ origin: Origin) -> Classification.Sorting {
    switch keyword {
    case .yes: return .yes
    case .no: return .no
    case .unsettled: return .unsettled
    default:
      let choice = ChoiceID(program.choices.count)
      program.choices.append(Choice(name: "\(name)：\(value)", readings: ["是", "否"], origin: origin))
      return .disputed(choice)
    }
  }

  /// `（项目 的 投资主体）`
  private func classifiedField(_ view: BlockView) -> (KindID, FieldID, OptionTypeID)? {
    guard let parameter = view.parameter, let kind = parameterKind(view) else {
      remark(
        .missingText, view.span, "“归类”应在括号里写主体的选项字段，如（项目 的 投资主体）",
        "a classification needs the option field that it sorts, such as (kind of field)")
      return nil
    }
    for item in view.file.items(parameter) {
      for position in item.words.indices.reversed() {
        guard let number = item.name(position) else { continue }
        for case .field(let id) in symbols.meanings(of: number) where program.fields[id].kind == kind {
          if case .option(let option) = program.fields[id].type { return (kind, id, option) }
          remark(
            .typeMismatch, item.span(position), "“\(program.fields[id].name)”不是选项，不能归类",
            "“\(program.fields[id].name)” is not an option")
          return nil
        }
      }
    }
    remark(
      .unknownName, view.file.span(parameter), "括号里没有“\(program.kinds[kind].name)”的选项字段",
      "the bracket names no option field of “\(program.kinds[kind].name)”")
    return nil
  }

  func optionValue(_ number: Int, _ option: OptionTypeID) -> Int? {
    for case .optionValue(let type, let value) in symbols.meanings(of: number) where type == option {
      return Int(value)
    }
    return nil
  }

  // MARK: 口径

  /// The words that name a choice and a reading, 是 and 否 in either language: 社会力量 的 央企 是.
  func readingWords(_ items: [ItemView]) -> [String] {
    items.flatMap { item in item.words.indices.compactMap { readingWord(item, $0) } }
  }

  /// One word of a choice or a reading; nil for marks and 的.
  func readingWord(_ item: ItemView, _ position: Int) -> String? {
    if item.kind(position) == .punctuation { return nil }
    switch item.keyword(position) {
    case .of: return nil
    case .trueValue, .yes: return "是"
    case .falseValue, .no: return "否"
    default: return item.name(position).map { nameText($0) } ?? item.text(position)
    }
  }

  /// The choice and the reading that words name; a sorted value is named by its classification and itself.
  func choice(_ words: [String], _ span: Span) -> (choice: ChoiceID, reading: Int)? {
    guard words.count >= 2, let wanted = words.last else {
      remark(.missingText, span, "应写“定义 读法”，如“康养项目 广义”", "expected a definition and its reading")
      return nil
    }
    let name = words.dropLast().joined(separator: "：")
    let known = program.choices.firstIndex { $0.name == name }
    if let known, let reading = program.choices[known].readings.firstIndex(of: wanted) {
      return (ChoiceID(known), reading)
    }
    remark(
      .unknownName, span, "没有“\(name)”的读法“\(wanted)”", "“\(name)” has no reading “\(wanted)”",
      help: didYouMean(
        known.map { program.choices[$0].readings } ?? nearest(name, in: program.choices.map(\.name))))
    return nil
  }

  func readRuling(_ index: Int) {
    let view = blocks[index].view
    let items = view.headContents.flatMap { view.file.items($0) }
    guard let (found, reading) = choice(readingWords(items), view.span) else { return }
    let name = program.choices[found].name
    let choice = found.index
    guard let basis = text(of: view.line(.basis)), let date = view.line(.date).flatMap({ day(of: $0) }) else {
      remark(
        .missingLine, view.span, "口径没有写依据和日期，不能采用", "a ruling without basis and date cannot be used",
        help: [Bilingual(zh: "写“依据：…”和“日期：…”", en: "write “basis: …” and “date: …”")])
      return
    }
    if let other = program.choices[choice].ruling {
      remark(
        .duplicateName, view.span, "“\(name)”已有口径", "“\(name)” has a ruling already",
        related: [.init(span: other.span, message: Bilingual(zh: "已有的口径", en: "the other ruling"))])
      return
    }
    program.choices[choice].ruling = Ruling(reading: reading, basis: basis, date: date, span: view.span)
  }
}
