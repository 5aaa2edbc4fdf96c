import PolicyDiagnostics
import PolicyIR
import PolicyText
import PolicyValues

extension TableReader {
  /// Reports what is wrong with a row's quotes; true where the row cannot be read.
  mutating func reportQuotes(_ row: CSVRow, _ number: Int) -> Bool {
    let message: Bilingual
    let offset: Int
    var help = Bilingual(zh: "整个单元格用引号括起，里面的引号写两遍", en: "put the whole cell in quotes and double the quotes in it")
    switch row.problem {
    case nil: return false
    case .unterminatedQuote(let place):
      offset = place
      message = Bilingual(
        zh: "第 \(number) 行的引号到文件末尾也没有结束，从这一行起没有读取",
        en: "the quote in row \(number) never ends; nothing was read from this row on")
      help = Bilingual(zh: "补上结束的引号", en: "close the quote")
    case .textAfterQuote(let place):
      offset = place
      message = Bilingual(
        zh: "第 \(number) 行结束的引号后面还有文字，这一行没有读取", en: "row \(number) has text behind a closing quote; it was not read")
    case .quoteInsideCell(let place):
      offset = place
      message = Bilingual(
        zh: "第 \(number) 行没有引号的单元格里有引号，这一行没有读取",
        en: "row \(number) has a quote inside a cell without quotes; it was not read")
    }
    remarks.add(
      Diagnostic(.malformedTable, at: remarks.span(offset, min(offset + 1, row.end)), message, help: [help]))
    return true
  }

  /// Reads one row below the header.
  mutating func readRow(_ row: CSVRow, _ number: Int, _ reader: CSVReader) {
    let texts = row.cells.map { reader.text($0) }
    guard let first = texts.first(where: { !comparable($0).isEmpty }) else {
      _ = reportQuotes(row, number)
      return
    }
    if reportQuotes(row, number) { return lose() }
    if skip(row, number, texts, first: comparable(first)) { return }
    if let extra = texts.indices.first(where: { $0 >= headers.count && !comparable(texts[$0]).isEmpty }) {
      remarks.add(
        Diagnostic(
          .rowLength, at: span(row.cells[extra]),
          Bilingual(
            zh: "第 \(number) 行有 \(texts.count) 列，表头只有 \(headers.count) 列，这一行没有读取",
            en: "row \(number) has \(texts.count) columns and the header \(headers.count); it was not read"),
          help: [
            Bilingual(zh: "带逗号的数或文字要用引号括起，如 \"9,000\"", en: "cells with a comma need quotes, such as \"9,000\"")
          ]))
      return lose()
    }
    reportNameless(row, texts)
    guard let kind = kind(of: row, number, texts), let plan = plans[kind] else { return lose() }
    if texts.count < width {
      remarks.add(
        Diagnostic(
          .rowLength, at: remarks.span(row.start, row.end),
          Bilingual(
            zh: "第 \(number) 行只有 \(texts.count) 列，表头有 \(width) 列，缺的事实算没有给出",
            en:
              "row \(number) has \(texts.count) columns and the header \(width); the facts of the others are not given")
        ))
    }
    drafts.append(draft(row, number, texts, plan))
  }

  /// Reports, once for each column, content under no header.
  private mutating func reportNameless(_ row: CSVRow, _ texts: [String]) {
    for column in blankColumns where column < texts.count && !comparable(texts[column]).isEmpty {
      guard namelessColumns.insert(column).inserted else { continue }
      remarks.add(
        Diagnostic(
          .columnNotUsed, .warning, at: span(row.cells[column]),
          Bilingual(
            zh: "第 \(column + 1) 列没有列名而有内容，没有读取",
            en: "column \(column + 1) has content and no header; it was not read")))
    }
  }

  /// Reports a total, a note below the table or a repeated header; true where the row is one.
  private mutating func skip(_ row: CSVRow, _ number: Int, _ texts: [String], first: String) -> Bool {
    var word: String?
    if isRowOfTotals(first) { word = first }
    if word == nil, let column = tableKind.flatMap({ plans[$0]?.nameColumn }), texts.indices.contains(column),
      isRowOfTotals(comparable(texts[column]))
    {
      word = comparable(texts[column])
    }
    let isNote = word == nil && isNoteBelow(first)
    let isHeader =
      word == nil && !isNote && width > 1 && texts.count >= width
      && (0..<width).allSatisfy { comparable(texts[$0]) == comparable(headers[$0]) }
    guard word != nil || isNote || isHeader else { return false }
    report.skippedRows.append(number)
    let what =
      word.map { ("“\(clipped($0))”行", "a row of totals") }
      ?? (isNote ? ("表下的说明", "a note below the table") : ("重复的表头", "the header again"))
    remarks.add(
      Diagnostic(
        .rowNotUsed, .note, at: remarks.span(row.start, row.end),
        Bilingual(zh: "第 \(number) 行是\(what.0)，没有读取", en: "row \(number) is \(what.1) and was not read")))
    return true
  }

  private mutating func kind(of row: CSVRow, _ number: Int, _ texts: [String]) -> KindID? {
    guard let kindColumn else { return tableKind }
    let text = texts.indices.contains(kindColumn) ? trimmed(texts[kindColumn]) : ""
    if let index = program.kinds.firstIndex(where: { comparable($0.name) == comparable(text) }) {
      return KindID(index)
    }
    let near = text.utf8.count > 200 ? [] : nearest(comparable(text), in: program.kinds.map(\.name))
    let cell = row.cells.indices.contains(kindColumn) ? span(row.cells[kindColumn]) : remarks.span(row.start, row.end)
    remarks.add(
      Diagnostic(
        .unknownSubjectKind, at: cell,
        text.isEmpty
          ? Bilingual(zh: "第 \(number) 行没有写主体种类，这一行没有读取", en: "row \(number) names no kind; it was not read")
          : Bilingual(
            zh: "第 \(number) 行的主体种类“\(clipped(text))”没有声明，这一行没有读取",
            en: "row \(number): the kind “\(clipped(text))” is not declared; the row was not read"),
        help: near.isEmpty
          ? []
          : [
            Bilingual(
              zh: "最接近的是" + near.map { "“\($0)”" }.joined(separator: "、"),
              en: "the nearest is " + near.joined(separator: ", "))
          ]))
    return nil
  }

  private mutating func draft(
    _ row: CSVRow, _ number: Int, _ texts: [String], _ plan: TablePlan
  ) -> SubjectDraft {
    let kind = plan.index.kind
    let whole = remarks.span(row.start, row.end)
    var draft = SubjectDraft(
      kind: kind, name: "", span: whole, nameSpan: whole, row: number,
      facts: Array(repeating: .fact(.missing), count: program.kinds[kind].fields.count), owner: nil)
    var items: [Int: [Int: SubjectDraft]] = [:]
    for column in 0..<min(texts.count, headers.count) {
      let cell = span(row.cells[column])
      let place = Place(row: number, column: column, span: cell, text: texts[column])
      switch plan.roles[column] {
      case .unused, .kind, .name: break
      case .field(let slot, let reader):
        let fact = readFact(place, reader, previous: draft.facts[slot])
        draft.facts[slot] = fact
      case .complete(let slot): readComplete(place, slot, &draft)
      case .item(let slot, let item, let reader, let target, _):
        readItem(place, item, reader, target, whole, &items[slot, default: [:]])
      case .owner(let field):
        let name = trimmed(texts[column])
        if stateOfFact(comparable(name)) == nil {
          draft.owner = SubjectDraft.Owner(field: field, name: name, span: cell)
        }
      }
      if column == plan.nameColumn, stateOfFact(comparable(texts[column])) == nil {
        (draft.name, draft.nameSpan) = (trimmed(texts[column]), cell)
      }
    }
    for (slot, found) in items { join(found, to: &draft, slot, plan, whole) }
    if draft.name.isEmpty { nameByRow(&draft, number, hasColumn: plan.nameColumn != nil) }
    return draft
  }

  /// One cell with its place.
  private struct Place {
    var row: Int
    var column: Int
    var span: Span
    var text: String
  }

  private func words(_ place: Place) -> Bilingual {
    let header = clipped(trimmed(headers[place.column]))
    return Bilingual(
      zh: "第 \(place.row) 行第 \(place.column + 1) 列“\(header)”",
      en: "row \(place.row), column \(place.column + 1) (\(header))")
  }

  private mutating func readFact(_ place: Place, _ reader: CellReader, previous: FactDraft) -> FactDraft {
    guard let fact = value(place, reader) else { return previous }
    switch (fact, previous) {
    case (.one(let subject), _): return .reference(subject.id, place.span)
    // 列全 may stand before the column of the relation itself.
    case (.missing, .many): return previous
    default: return .fact(fact)
    }
  }

  /// The fact of a cell; nil, with a message, where it is unreadable.
  private mutating func value(_ place: Place, _ reader: CellReader) -> Fact? {
    do {
      let (fact, isSerial) = try reader.read(place.text)
      if isSerial, serialColumns.insert(place.column).inserted { reportSerials(place, fact) }
      return fact
    } catch {
      remarks.add(error, at: place.span, place: words(place))
      return nil
    }
  }

  private mutating func reportSerials(_ place: Place, _ fact: Fact) {
    guard case .value(.date(let day)) = fact else { return }
    remarks.add(
      Diagnostic(
        .serialDate, .note, at: place.span,
        Bilingual(
          zh: words(place).zh + "有电子表格的日期序号，按 1900 日期系统读取：\(clipped(trimmed(place.text))) 是 \(day.chineseDescription)",
          en: words(place).en
            + " holds serial dates, read in the 1900 system: \(clipped(trimmed(place.text))) is \(day.isoDescription)"))
    )
  }

  private mutating func readComplete(_ place: Place, _ slot: Int, _ draft: inout SubjectDraft) {
    let text = trimmed(place.text)
    if stateOfFact(comparable(text)) != nil { return }
    guard let complete = LiteralReader.yesNo(text) else {
      let failure = CellFailure(text: text, field: headers[place.column], cause: .notYesNo)
      remarks.add(failure, at: place.span, place: words(place))
      return
    }
    switch draft.facts[slot] {
    case .many(let items, _, let span): draft.facts[slot] = .many(items, complete: complete, span)
    case .fact(.missing): draft.facts[slot] = .many([], complete: complete, place.span)
    default: break
    }
  }

  /// Reads one cell of a related subject; it exists as soon as one of its cells is not empty.
  private mutating func readItem(
    _ place: Place, _ number: Int, _ reader: CellReader?, _ target: KindID, _ row: Span,
    _ items: inout [Int: SubjectDraft]
  ) {
    let key = comparable(place.text)
    if key.isEmpty || stateOfFact(key) == .missing { return }
    var item =
      items[number]
      ?? SubjectDraft(
        kind: target, name: "", span: row, nameSpan: place.span, row: place.row,
        facts: Array(repeating: .fact(.missing), count: program.kinds[target].fields.count), owner: nil)
    if let reader {
      item.facts[reader.field.slot] = readFact(place, reader, previous: item.facts[reader.field.slot])
    } else {
      (item.name, item.nameSpan) = (trimmed(place.text), place.span)
    }
    items[number] = item
  }

  /// Puts what numbered columns gave into the draft.
  private mutating func join(
    _ found: [Int: SubjectDraft], to draft: inout SubjectDraft, _ slot: Int, _ plan: TablePlan, _ row: Span
  ) {
    if found.isEmpty { return }
    let field = program.fields[program.kinds[plan.index.kind].fields[slot]]
    var items: [SubjectDraft] = []
    for (number, item) in found.sorted(by: { $0.key < $1.key }) {
      var item = item
      if item.name.isEmpty { item.name = number == 0 ? field.name : "\(field.name)\(number)" }
      items.append(item)
    }
    if case .entity = field.type {
      var item = items[0]
      if case .reference(let name, let span) = draft.facts[slot] { (item.name, item.nameSpan) = (name, span) }
      draft.facts[slot] = .part(item)
      return
    }
    switch draft.facts[slot] {
    case .many(_, let complete, let span):
      draft.facts[slot] = .many(items.map { .subject($0) }, complete: complete, span)
    case .fact(.missing): draft.facts[slot] = .many(items.map { .subject($0) }, complete: nil, row)
    case .fact, .reference, .part:
      draft.facts[slot] = .fact(.missing)
      remarks.add(
        Diagnostic(
          .relationNotLinked, at: row,
          Bilingual(
            zh: "“\(field.name)”一列写没有、不知或不适用，而“\(field.name)1_…”等列有内容，两边都没有读取",
            en:
              "the column \(field.name) says none, not known or not applicable, and numbered columns hold something; neither was read"
          )))
    }
  }

  private mutating func nameByRow(_ draft: inout SubjectDraft, _ number: Int, hasColumn: Bool) {
    draft.name = "第\(number)行"
    draft.isNameless = true
    if draft.owner != nil || !hasColumn && isNamelessReported { return }
    isNamelessReported = isNamelessReported || !hasColumn
    remarks.add(
      Diagnostic(
        .subjectWithoutName, .warning, at: draft.span,
        Bilingual(
          zh: "第 \(number) 行没有名称，称作“第\(number)行”", en: "row \(number) has no name; it is called 第\(number)行"),
        help: hasColumn
          ? []
          : [Bilingual(zh: "加一列“名称”或“项目名称”", en: "add a column 名称 (name)")]))
  }
}

/// Whether a row that begins with this is one of totals, by the comparable form of its cell.
func isRowOfTotals(_ key: String) -> Bool {
  key.utf8.count <= 7 && totalWords.contains(key)
}

/// Whether a row that begins with this is a note below the table, by the comparable form of its cell.
func isNoteBelow(_ key: String) -> Bool {
  footerWords.contains { key.utf8.starts(with: $0.utf8) }
}

/// With what the first cells of rows begin that are not read; each a character of three bytes.
var wordsOfSkippedRows: [String] { totalWords.sorted() + footerWords }

private let totalWords: Set<String> = ["合计", "小计", "总计", "合计:", "小计:", "总计:"]

private let footerWords = [
  "注:", "备注:", "说明:", "填表说明", "填表人", "填报人", "制表人", "制表:", "审核人", "审核:", "负责人:", "单位负责人", "联系人:", "联系电话:", "填报单位",
  "填报日期", "填表日期", "制表日期",
]
