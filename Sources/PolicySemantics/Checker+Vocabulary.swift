import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

extension Checker {
  // MARK: 机关

  func declareAuthority(_ index: Int) {
    let view = blocks[index].view
    let id = AuthorityID(program.authorities.count)
    let known = program.authorities
    declare(.authority(id), view) { symbol in
      if case .authority(let other) = symbol { return known[other].span }
      return nil
    }
    var authority = Authority(name: displayName(view), span: view.span)
    for line in view.lines(.alias) {
      for item in line.items {
        guard let alias = item.quoted(0) else { continue }
        authority.aliases.append(alias)
        if let number = input.vocabulary.number(of: alias) { symbols.add(.authority(id), named: number) }
      }
    }
    program.authorities.append(authority)
    blocks[index].index = id.index
  }

  /// Level and 按, which may name an option.
  func completeAuthority(_ index: Int) {
    let block = blocks[index]
    guard block.index >= 0, let content = block.view.headItems else { return }
    for item in block.view.file.items(content) {
      if item.keyword(0) == .level, let level = item.keyword(1).flatMap(level) {
        program.authorities[block.index].level = level
      } else if item.keyword(0) == .perCounty || item.keyword(0) == .per {
        program.authorities[block.index].perOption = item.name(1).flatMap { optionType($0) } ?? countyOption()
      } else if let level = item.keyword(0).flatMap(level) {
        program.authorities[block.index].level = level
      }
    }
  }

  /// The option by which “one per county” is told apart.
  private func countyOption() -> OptionTypeID? {
    program.optionTypes.firstIndex { $0.name.contains("县") }.map { OptionTypeID($0) }
  }

  private func level(_ keyword: Keyword) -> Authority.Level? {
    switch keyword {
    case .national: .national
    case .province: .province
    case .city: .city
    case .county: .county
    case .township: .township
    default: nil
    }
  }

  func optionType(_ number: Int) -> OptionTypeID? {
    for case .optionType(let id) in symbols.meanings(of: number) { return id }
    return nil
  }

  // MARK: 选项

  func declareOption(_ index: Int) {
    let view = blocks[index].view
    let id = OptionTypeID(program.optionTypes.count)
    let known = program.optionTypes
    declare(.optionType(id), view) { symbol in
      if case .optionType(let other) = symbol { return known[other].span }
      return nil
    }
    let ordered = view.parameter.map { view.file.items($0).contains { $0.keyword(0) == .ordered } } ?? false
    var option = OptionType(name: displayName(view), values: [], ordered: ordered, span: view.span)
    var items = view.headItems.map { view.file.items($0) } ?? []
    for line in view.lines(.values) { items += line.items }
    for item in items { addValue(item, to: &option, id, unranked: false) }
    for line in view.lines(.unranked) {
      for item in line.items {
        if let number = item.name(0), let at = option.values.firstIndex(where: { $0.name == nameText(number) }) {
          option.values[at].unranked = true
        } else {
          addValue(item, to: &option, id, unranked: true)
        }
      }
    }
    for line in view.lines where line.isName { readValueLine(line, &option, id) }
    program.optionTypes.append(option)
    blocks[index].index = id.index
  }

  private func addValue(_ item: ItemView, to option: inout OptionType, _ id: OptionTypeID, unranked: Bool) {
    guard let number = item.name(0) else {
      remark(.missingText, item.span, "此处应为选项的值", "expected a value of the option")
      return
    }
    let name = nameText(number)
    if option.values.contains(where: { $0.name == name }) {
      remark(.duplicateName, item.span, "值“\(name)”写了两次", "the value “\(name)” is given twice")
      return
    }
    var isUnranked = unranked
    for word in item.words where item.file.tree[word].kind == .group {
      if item.file.groupItems(word).contains(where: { $0.keyword(0) == .unranked }) { isUnranked = true }
    }
    symbols.add(.optionValue(id, Int32(option.values.count)), named: number)
    option.values.append(OptionValue(name: name, unranked: isUnranked))
  }

  /// `怀仁市：别名 “怀仁”、“怀仁县”，代码 “140681”`
  private func readValueLine(_ line: LineView, _ option: inout OptionType, _ id: OptionTypeID) {
    guard let label = line.labelNames.first else { return }
    let detail = line.file.tree[label].detail
    let name = detail == .max ? line.file.text(label) : nameText(Int(detail))
    guard let at = option.values.firstIndex(where: { $0.name == name }) else {
      remark(
        .unknownName, line.file.span(label), "“\(option.name)”没有值“\(name)”", "“\(option.name)” has no value “\(name)”",
        help: didYouMean(nearest(name, in: option.values.map(\.name))))
      return
    }
    var mode = Keyword.alias
    for item in line.items {
      if let keyword = item.keyword(0), keyword == .alias || keyword == .code { mode = keyword }
      for position in item.words.indices {
        guard let text = item.quoted(position) else { continue }
        if mode == .code {
          option.values[at].code = text
        } else {
          option.values[at].aliases.append(text)
          if let number = input.vocabulary.number(of: text) {
            symbols.add(.optionValue(id, Int32(at)), named: number)
          }
        }
      }
    }
  }

  // MARK: 主体

  func declareKind(_ index: Int) {
    let view = blocks[index].view
    let id = KindID(program.kinds.count)
    let known = program.kinds
    declare(.kind(id), view) { symbol in
      if case .kind(let other) = symbol { return known[other].span }
      return nil
    }
    program.kinds.append(Kind(name: displayName(view), span: view.span))
    blocks[index].index = id.index
  }

  func declareFields(_ index: Int) {
    let block = blocks[index]
    guard block.index >= 0 else { return }
    let kind = KindID(block.index)
    for line in block.view.lines where line.isName {
      guard let first = line.firstItem, let type = valueType(line.items) else {
        for label in line.labelNames where line.file.tree[label].detail != .max {
          brokenNames.insert(Int(line.file.tree[label].detail))
        }
        hasBrokenRules = true
        if line.firstItem?.isUnreadable == true { continue }
        remark(
          .unknownType, line.span, "字段应写类型，如“金额”“日期”“是否”、选项名或“若干 主体”",
          "a field needs a type, such as money, date, yes-no, an option or “many kind”",
          help: didYouMean(nearest(line.firstItem.map { $0.file.text($0.node) } ?? "", in: typeNames)))
        continue
      }
      for label in line.labelNames { addField(label, line, first, type, kind) }
    }
  }

  private var typeNames: [String] {
    Keyword.table.filter { $0.role == .type }.map { $0.zh[0] } + program.optionTypes.map(\.name)
      + program.kinds.map(\.name)
  }

  private func addField(_ label: Int, _ line: LineView, _ first: ItemView, _ type: ValueType, _ kind: KindID) {
    let detail = line.file.tree[label].detail
    guard detail != .max else { return }
    let number = Int(detail)
    for case .field(let other) in symbols.meanings(of: number) where program.fields[other].kind == kind {
      remark(
        .duplicateName, line.file.span(label), "字段“\(nameText(number))”已经声明过",
        "the field “\(nameText(number))” is declared already",
        related: [
          .init(span: program.fields[other].span, message: Bilingual(zh: "第一次声明在这里", en: "first declared here"))
        ])
      return
    }
    checkCaseWord(number, line.file.span(label))
    let id = FieldID(program.fields.count)
    var field = Field(
      name: line.file.text(label), kind: kind, slot: program.kinds[kind].fields.count, type: type,
      span: line.file.span(label))
    readAttributes(line.items, &field)
    program.fields.append(field)
    program.kinds[kind.index].fields.append(id)
    symbols.add(.field(id), named: number)
  }

  /// Words of cases; a field of the name would be read in their place, in every case of every file.
  private static let caseWords = Set(caseKeywords.flatMap { $0.entry.zh + $0.entry.enWords })
  private static let caseKeywords: [Keyword] = [
    .amount, .owed, .noMoreThan, .because, .clause, .responsible, .actor, .instalments, .payers, .due, .tag, .holds,
    .verdictNo, .verdictUnknown, .verdictDisputed, .notApplicable, .notKnown, .complete, .incomplete, .nothing,
    .onlyBecause, .factMissing, .findingOpen, .listOpen, .ruleMissing, .textMissing, .nameListMissing, .nameMissing,
    .unsorted, .ruleConflict, .notComputable, .unmet, .strength,
  ]

  private func checkCaseWord(_ number: Int, _ span: Span) {
    let name = nameText(number)
    guard Checker.caseWords.contains(name) else { return }
    remark(
      .ambiguousName, span, "“\(name)”是案例里的词，字段不能叫这个名称", "“\(name)” is a word of cases, so no field can have this name",
      help: [Bilingual(zh: "换一个名称，如“所引\(name)”", en: "choose another name")])
  }

  /// 问“…”, 由 … 认定, 凭“…”, 援引“…”, 别名“…”, 不可变 — anywhere behind the type.
  private func readAttributes(_ items: [ItemView], _ field: inout Field) {
    var mode: Keyword?
    for item in items {
      for position in item.words.indices {
        if let keyword = item.keyword(position) {
          mode = keyword
          if keyword == .unchangeable { field.changeable = false }
        } else if let text = item.quoted(position) {
          switch mode {
          case .ask: field.question = text
          case .provenBy: field.proof = text
          case .refersTo: field.refersTo = text
          case .alias: field.aliases.append(text)
          default: break
          }
        } else if mode == .foundBy, let number = item.name(position) {
          field.finder = authority(number, item.span(position))
        }
      }
    }
  }

  /// The type that items begin with.
  func valueType(_ items: [ItemView]) -> ValueType? {
    guard let item = items.first else { return nil }
    if let number = item.name(0) {
      for symbol in symbols.meanings(of: number) {
        if case .optionType(let id) = symbol { return .option(id) }
        if case .kind(let id) = symbol { return .entity(id) }
      }
      return nil
    }
    switch item.keyword(0) {
    case .amount, .money: return .quantity(perUnit(item, .money))
    case .area: return .quantity(perUnit(item, .area))
    case .rate: return .quantity(.number)
    case .date, .dateType: return .date
    case .duration: return .duration
    case .textState, .text: return .text
    case .truth: return .truth
    case .count: return .quantity(countDimension(item))
    case .many:
      guard let number = item.name(1) else { return nil }
      for case .kind(let id) in symbols.meanings(of: number) { return .many(id) }
      return nil
    default: return nil
    }
  }

  /// `数量（张）`, `数量 张`
  private func countDimension(_ item: ItemView) -> Dimension {
    for word in item.words {
      if item.file.tree[word].kind == .unit, let unit = Unit.named(item.file.text(word)) { return unit.dimension }
      if item.file.tree[word].kind == .group {
        for inner in item.file.groupItems(word) where !inner.words.isEmpty {
          if let unit = Unit.named(inner.file.text(inner.node)) { return unit.dimension }
        }
      }
    }
    return .number
  }

  /// `金额/张`
  private func perUnit(_ item: ItemView, _ dimension: Dimension) -> Dimension {
    var result = dimension
    var slash = false
    for word in item.words {
      if item.file.tree[word].kind == .punctuation {
        slash = item.file.tree[word].detail == 0x2F
      } else if slash, let unit = Unit.denominator(named: item.file.text(word)),
        let divided = result.dividedBy(unit.dimension)
      {
        result = divided
        slash = false
      }
    }
    return result
  }

  // MARK: 名单, 日历

  func declareNameList(_ index: Int) {
    let block = blocks[index]
    let view = block.view
    guard let kind = parameterKind(view) else { return }
    let id = NameListID(program.nameLists.count)
    let origin = origin(of: index, required: false)
    declare(.nameList(id), view) { [self] in ruleSpan($0) }
    var list = NameList(name: displayName(view), kind: kind, names: nil, complete: false, origin: origin)
    for item in view.headItems.map({ view.file.items($0) }) ?? [] {
      if item.keyword(0) == .complete { list.complete = true }
    }
    for line in view.lines(.names) {
      var names = list.names ?? []
      for item in line.items {
        if item.keyword(0) == .complete {
          list.complete = true
        } else if let name = item.quoted(0) {
          names.append(name)
        }
      }
      list.names = names
    }
    let isOnFile = !(view.headItems.map { view.file.items($0) } ?? []).contains { $0.keyword(0) == .notOnFile }
    if isOnFile, list.names == nil {
      remark(
        .missingLine, view.span, "名单“\(list.name)”没有名称；不在手边的写“：未取得”",
        "the list “\(list.name)” has no names; write “: not-on-file” where it is not at hand")
    }
    list.number = text(of: view.line(.number))
    list.date = view.line(.date).flatMap { day(of: $0) }
    program.nameLists.append(list)
    blocks[index].index = id.index
  }

  func readCalendar(_ index: Int) {
    let view = blocks[index].view
    guard let item = view.headContents.first.flatMap({ view.file.items($0).first }), !item.words.isEmpty,
      let year = Int(item.file.text(item.node).filter(\.isNumber))
    else {
      remark(.missingText, view.span, "“日历”后面应有年度，如“日历 2025：”", "expected a year after “calendar”")
      return
    }
    let holidays = dates(view.lines(.holidays))
    let workdays = dates(view.lines(.workdays))
    program.calendar = program.calendar.merging(
      WorkCalendar(years: [year], holidays: Set(holidays), workdays: Set(workdays)))
  }

  /// Days, and stretches of days: `2025年1月28日 至 2025年2月4日`.
  private func dates(_ lines: [LineView]) -> [CivilDate] {
    var result: [CivilDate] = []
    for line in lines {
      for item in line.items {
        let days = item.words.indices.compactMap { position in
          item.kind(position) == .date ? (try? LiteralReader.date(item.text(position)))?.day : nil
        }
        guard let first = days.first else {
          remark(.malformedDate, item.span, "此处应为日期，如“2025年1月1日”", "expected a date")
          continue
        }
        let last = days.last ?? first
        var day = first
        while day <= last {
          result.append(day)
          guard let next = try? day.adding(days: 1), result.count < 4000 else { break }
          day = next
        }
      }
    }
    return result
  }

  // MARK: Parameters of heads

  /// The kind in brackets behind a name: （项目）, （项目 的 投资主体）, （同一项目）.
  func parameterKind(_ view: BlockView) -> KindID? {
    if let parameter = view.parameter {
      for item in view.file.items(parameter) {
        for position in item.words.indices {
          guard let number = item.name(position) else { continue }
          for case .kind(let id) in symbols.meanings(of: number) { return id }
        }
      }
      let text = view.file.text(parameter)
      remark(
        .unknownName, view.file.span(parameter), "“\(text)”里没有主体的名称", "“\(text)” names no kind",
        help: didYouMean(nearest(text, in: program.kinds.map(\.name))))
      return nil
    }
    if program.kinds.count == 1 { return KindID(0) }
    remark(
      .missingText, view.span, "“\(displayName(view))”后面应在括号里写主体，如（项目）",
      "expected a kind in brackets after “\(displayName(view))”")
    return nil
  }
}
