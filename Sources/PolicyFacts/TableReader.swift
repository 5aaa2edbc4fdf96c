import PolicyDiagnostics
import PolicyIR
import PolicyText
import PolicyValues

/// Reads the subjects of one CSV file.
///
/// Rows above the header are titles, reported and searched for 单位：万元, which then gives the unit of columns of money or area without
/// one. Rows that begin with 合计, 小计 or 总计, notes below the table and repeated headers are reported and not read; blank rows are
/// skipped. What a merged cell leaves blank is *not given*. A row with more cells than the header is not read, since its cells may
/// have shifted; one with fewer is read as far as it goes.
struct TableReader {
  let program: Program
  let file: SourceFile
  var remarks: FactsRemarks
  var report: FactsReport
  var drafts: [SubjectDraft] = []
  var headers: [String] = []
  /// The number of columns up to the last one with a header.
  var width = 0
  /// Columns without a header.
  var blankColumns: [Int] = []
  /// Columns without a header whose content was reported.
  var namelessColumns: Set<Int> = []
  /// Columns that give the same fact as another.
  private var clashing: Set<Int> = []
  /// Kinds of which some row or item was not read, so that no list of them is complete.
  var lost: Set<KindID> = []
  var headerRow: CSVRow?
  var kindColumn: Int?
  var plans: [KindID: TablePlan] = [:]
  /// The unit of a note above the table (单位：万元).
  var noteUnit: (unit: ColumnUnit, title: Diagnostic)?
  /// Whether the table was reported to have no column for names.
  var isNamelessReported = false
  var serialColumns: Set<Int> = []
  /// The kind of the rows where no column names it.
  var tableKind: KindID?
  /// Whether reading ends with the header.
  var readsHeadOnly = false
  /// Rows of the file that stand between the header and the first row below it here, where a file is read in parts.
  var rowsBefore = 0
  /// The numbers of the rows below the header, where some rows of the file are read and not others.
  var rowNumbers: [Int] = []

  init(_ file: SourceFile, report: FactsReport, program: Program) {
    self.file = file
    self.program = program
    self.report = report
    remarks = FactsRemarks(report.file)
  }

  /// Reads the whole table, and tells now and then how far it is.
  mutating func read<Stop: Error>(
    defaultKind: KindID?, _ watch: (_ offset: Int) throws(Stop) -> Void
  ) throws(Stop) {
    let indexes = program.kinds.indices.map { KindIndex(KindID($0), in: program) }
    guard let layout = findLayout(indexes) else { return }
    report.delimiter = String(decoding: layout.delimiter, as: UTF8.self)
    var reader = CSVReader(file.bytes, delimiter: layout.delimiter)
    var number = 0
    while let row = reader.next() {
      number += 1
      if number & 63 == 0 { try watch(Int(row.start)) }
      if number < layout.headerRow {
        readTitle(row, number, reader)
      } else if number == layout.headerRow {
        if reportQuotes(row, number) { return lose() }
        headerRow = row
        headers = row.cells.map { reader.text($0) }
        blankColumns = headers.indices.filter { comparable(headers[$0]).isEmpty }
        width = (headers.lastIndex { !comparable($0).isEmpty } ?? -1) + 1
        report.headerRow = number
        guard chooseKinds(indexes, reader, number, defaultKind) else {
          if let noteUnit { remarks.add(noteUnit.title) }
          return lose()
        }
        reportColumns()
        if readsHeadOnly { return }
      } else {
        let place = number - layout.headerRow - 1
        readRow(row, rowNumbers.indices.contains(place) ? rowNumbers[place] : number + rowsBefore, reader)
      }
    }
  }

  /// Remembers that something of the table was not read.
  mutating func lose() {
    if let tableKind { lost.insert(tableKind) } else { lost.formUnion(program.kinds.indices.map { KindID($0) }) }
  }

  // MARK: The layout

  private struct Layout {
    var delimiter: [UInt8]
    var headerRow: Int
  }

  /// The delimiter and the header row that match most names; without any match, most cells. Looks at the first 20 rows.
  private func findLayout(_ indexes: [KindIndex]) -> Layout? {
    var best: (matches: Int, cells: Int, layout: Layout)?
    for delimiter in [[0x2C], [0x09], [0x3B], [0xEF, 0xBC, 0x8C]] as [[UInt8]] {
      var reader = CSVReader(file.bytes, delimiter: delimiter)
      var number = 0
      var filled = 0
      while filled < 20, let row = reader.next() {
        number += 1
        let texts = row.cells.prefix(2000).map { reader.text($0) }.filter { !comparable($0).isEmpty }
        if texts.isEmpty { continue }
        filled += 1
        // A row that can't be better is not looked at: the rows of data below the header, most of all.
        if let best, (best.matches, best.cells) >= (texts.count, texts.count) { continue }
        let matches = indexes.map { self.matches(texts, $0, atLeast: best?.matches ?? 0) }.max() ?? 0
        if let best, (best.matches, best.cells) >= (matches, texts.count) { continue }
        best = (matches, texts.count, Layout(delimiter: delimiter, headerRow: number))
      }
    }
    return best?.layout
  }

  /// How many texts are headers of a kind; a smaller number where there are fewer than `least`.
  private func matches(_ texts: [String], _ index: KindIndex, atLeast least: Int) -> Int {
    var matches = 0
    for (done, text) in texts.enumerated() {
      if matches + texts.count - done < least { break }
      if text.utf8.count <= 300, index.meaning(of: text) != nil { matches += 1 }
    }
    return matches
  }

  private mutating func readTitle(_ row: CSVRow, _ number: Int, _ reader: CSVReader) {
    let texts = row.cells.map { trimmed(reader.text($0)) }.filter { !$0.isEmpty }
    if texts.isEmpty { return }
    report.skippedRows.append(number)
    let title = Diagnostic(
      .rowNotUsed, .note, at: remarks.span(row.start, row.end),
      Bilingual(
        zh: "第 \(number) 行在表头之前，当作标题“\(clipped(texts.joined(separator: " ")))”，没有读取",
        en: "row \(number) stands above the header; it is taken for a title and not read"))
    guard let unit = texts.compactMap({ unitNote(in: $0) }).last else { return remarks.add(title) }
    if let noteUnit { remarks.add(noteUnit.title) }
    noteUnit = (unit, title)
  }

  /// The unit of 单位：万元 in a title.
  private func unitNote(in text: String) -> ColumnUnit? {
    let key = comparable(text)
    for word in ["单位:", "单位为"] {
      guard let range = key.firstRange(of: word) else { continue }
      let rest = key[range.upperBound...].prefix { !")]】〕,;、。".contains($0) }
      if let unit = ColumnUnit(named: String(rest)) { return unit }
    }
    return nil
  }

  // MARK: Kinds

  /// Finds the kind column or the one kind of the table and plans the columns; false where nothing can be read.
  private mutating func chooseKinds(
    _ indexes: [KindIndex], _ reader: CSVReader, _ number: Int, _ defaultKind: KindID?
  ) -> Bool {
    kindColumn = findKindColumn(indexes, reader)
    let all = indexes.map { TablePlan(headers, index: $0, kindColumn: kindColumn, program: program) }
    if kindColumn != nil {
      for plan in all { plans[plan.index.kind] = plan }
      return true
    }
    let most = all.map(\.matches).max() ?? 0
    let best = all.filter { $0.matches == most && most > 0 }
    if best.count == 1 {
      tableKind = best[0].index.kind
    } else if let defaultKind, program.kinds.indices.contains(defaultKind.index),
      best.isEmpty || best.contains(where: { $0.index.kind == defaultKind })
    {
      tableKind = defaultKind
    } else {
      reportUnknownKind(best)
      return false
    }
    for plan in all where plan.index.kind == tableKind { plans[plan.index.kind] = plan }
    return true
  }

  /// The first column headed 类别 主体 种类 kind that no field goes by and in which some cell names a kind.
  private func findKindColumn(_ indexes: [KindIndex], _ reader: CSVReader) -> Int? {
    let names = Set(program.kinds.map { comparable($0.name) })
    for (column, header) in headers.enumerated() {
      guard ["类别", "主体", "主体类别", "种类", "kind"].contains(comparable(header).lowercased()) else { continue }
      let isField = indexes.contains { index in
        if case .field? = index.meaning(of: header) { return true }
        return false
      }
      if isField { continue }
      var rows = reader
      var left = 1000
      while left > 0, let row = rows.next() {
        left -= 1
        if row.cells.indices.contains(column), names.contains(comparable(reader.text(row.cells[column]))) {
          return column
        }
      }
    }
    return nil
  }

  private mutating func reportUnknownKind(_ best: [TablePlan]) {
    guard let headerRow else { return }
    let names = best.map { "“\(program.kinds[$0.index.kind].name)”" }.joined(separator: "、")
    let message =
      best.isEmpty
      ? Bilingual(zh: "没有一列的名称是已声明的事实，没有读取", en: "no column is named like a declared fact; nothing was read")
      : Bilingual(zh: "表头同样符合\(names)，看不出是哪一种主体", en: "the header fits several kinds: \(names)")
    remarks.add(
      Diagnostic(
        .unknownSubjectKind, at: remarks.span(headerRow.start, headerRow.end), message,
        help: [
          Bilingual(
            zh: "列名写事实的名称或已声明的别名，或加一列“类别”写明主体种类",
            en: "name the columns like facts or their declared aliases, or add a column 类别 with the kind")
        ]))
  }

  // MARK: Columns

  private mutating func reportColumns() {
    guard let headerRow else { return }
    report.columns = headers.indices.map { column in
      FactsColumn(header: headers[column], span: span(headerRow.cells[column]), use: .ignored)
    }
    for plan in plans.values.sorted(by: { $0.index.kind < $1.index.kind }) { reportDuplicates(plan) }
    applyNoteUnit()
    for column in headers.indices {
      report.columns[column].use = use(of: column)
      if case .ignored = report.columns[column].use { reportUnused(column) }
    }
  }

  private func use(of column: Int) -> FactsColumn.Use {
    if column == kindColumn { return .kind }
    for plan in plans.values.sorted(by: { $0.index.kind < $1.index.kind }) {
      let fields = program.kinds[plan.index.kind].fields
      switch plan.roles[column] {
      case .unused: continue
      case .field(let slot, let reader): return .field(fields[slot], unit: reader.unit?.text)
      case .complete(let slot), .item(let slot, _, _, _, _): return .related(fields[slot])
      case .owner(let field): return .owner(field)
      case .name: return .name
      case .kind: return .kind
      }
    }
    return .ignored
  }

  /// Two columns for one fact: neither is read, since their order must not settle it.
  private mutating func reportDuplicates(_ plan: TablePlan) {
    var plan = plan
    var first: [String: Int] = [:]
    var clashes: [Int: Int] = [:]
    for (column, role) in plan.roles.enumerated() {
      let key: String
      switch role {
      case .field(let slot, _): key = "\(slot)"
      case .complete(let slot): key = "\(slot)!"
      case .item(let slot, let number, let reader, _, _): key = "\(slot).\(number).\(reader?.field.name ?? "")"
      case .owner(let field): key = "o\(field)"
      case .name, .kind, .unused: continue
      }
      if let earlier = first[key] { clashes[column] = earlier } else { first[key] = column }
    }
    for (column, earlier) in clashes.sorted(by: { $0.key < $1.key }) {
      plan.roles[column] = .unused
      plan.roles[earlier] = .unused
      clashing.formUnion([column, earlier])
      guard let headerRow else { continue }
      let (one, two) = (clipped(trimmed(headers[earlier])), clipped(trimmed(headers[column])))
      remarks.add(
        Diagnostic(
          .duplicateColumn, at: span(headerRow.cells[column]),
          Bilingual(
            zh: "第 \(earlier + 1) 列“\(one)”和第 \(column + 1) 列“\(two)”给同一个事实，都没有读取",
            en: "columns \(earlier + 1) (\(one)) and \(column + 1) (\(two)) give one fact; neither was read"),
          related: [
            Diagnostic.Label(
              span: span(headerRow.cells[earlier]), message: Bilingual(zh: "另一列", en: "the other column"))
          ], help: [Bilingual(zh: "只留一列", en: "keep one of them")]))
    }
    plans[plan.index.kind] = plan
  }

  /// Gives the unit of the note above the table to the columns of its dimension that have none.
  private mutating func applyNoteUnit() {
    guard let noteUnit, let headerRow else { return }
    var reported: Set<Int> = []
    for kind in plans.keys.sorted() {
      for column in headers.indices {
        guard let changed = plans[kind]?.roles[column].inUnit(noteUnit.unit) else { continue }
        plans[kind]?.roles[column] = changed
        guard reported.insert(column).inserted else { continue }
        let header = clipped(trimmed(headers[column]))
        remarks.add(
          Diagnostic(
            .unitFromNote, .note, at: span(headerRow.cells[column]),
            Bilingual(
              zh: "第 \(column + 1) 列“\(header)”没有单位，按表上的“单位：\(noteUnit.unit.text)”读取",
              en:
                "column \(column + 1) (\(header)) has no unit; it is read in \(noteUnit.unit.text) by the note above the table"
            ),
            related: [Diagnostic.Label(span: noteUnit.title.primary.span, message: noteUnit.title.primary.message)]))
      }
    }
    // A title that gives no unit is a title like others.
    if reported.isEmpty { remarks.add(noteUnit.title) }
  }

  private mutating func reportUnused(_ column: Int) {
    guard let headerRow else { return }
    let header = trimmed(headers[column])
    let isOrdinal = ["序号", "编号", "id", "no", "no."].contains(comparable(header).lowercased())
    for plan in plans.values { loseItem(header, plan) }
    if header.isEmpty || isOrdinal || clashing.contains(column) { return }
    let place = span(headerRow.cells[column])
    let start = Bilingual(
      zh: "第 \(column + 1) 列“\(clipped(header))”", en: "column \(column + 1) (\(clipped(header)))")
    let kinds = plans.values.sorted { $0.index.kind < $1.index.kind }
    for plan in kinds {
      if let remark = misfit(plan.index.meaning(of: header), start, place) {
        remarks.add(remark)
        return
      }
    }
    let near = column > 500 || header.utf8.count > 200 ? [] : kinds.flatMap { nearestNames(header, $0.index) }.prefix(3)
    let list = near.map { "“\($0)”" }.joined(separator: "、")
    remarks.add(
      Diagnostic(
        .columnNotUsed, near.isEmpty ? .note : .warning, at: place,
        Bilingual(zh: start.zh + "不是已声明的事实，没有读取", en: start.en + " is no declared fact and was not read"),
        help: near.isEmpty
          ? []
          : [
            Bilingual(
              zh: "最接近的事实是\(list)；若就是它，改列名，或在规则里为它写别名（须有依据）",
              en: "the nearest facts are \(list); rename the column, or declare an alias with its basis")
          ]))
  }

  /// The names nearest to a header, with 贷款1_ before them where the header has it.
  private func nearestNames(_ header: String, _ index: KindIndex) -> [String] {
    if let part = index.numberedRelation(header) {
      let names = KindIndex(part.target, in: program).fieldNames
      return nearest(unitSplits(of: part.rest).first?.base ?? part.rest, in: names).map { part.start + $0 }
    }
    let key = comparable(header)
    return nearest(unitSplits(of: key).first?.base ?? key, in: index.fieldNames)
  }

  /// Remembers that an item was not read where no other column of 贷款3_… gives it.
  private mutating func loseItem(_ header: String, _ plan: TablePlan) {
    guard let part = plan.index.numberedRelation(header) else { return }
    let isRead = plan.roles.contains { role in
      if case .item(program.fields[part.field].slot, part.number, _, _, _) = role { return true }
      return false
    }
    if !isRead { lost.insert(part.target) }
  }

  private func misfit(_ meaning: HeaderMeaning?, _ start: Bilingual, _ place: Span) -> Diagnostic? {
    switch meaning {
    case .wrongUnit(let id, let unit):
      let name = program.fields[id].name
      return Diagnostic(
        .cellUnitMismatch, at: place,
        Bilingual(
          zh: start.zh + "的单位“\(unit.text)”不适合“\(name)”，没有读取",
          en: start.en + ": the unit \(unit.text) does not fit \(name); the column was not read"),
        help: [Bilingual(zh: "改正列名里的单位", en: "mend the unit in the header")])
    case .unknownUnit(let id, let text):
      let name = program.fields[id].name
      return Diagnostic(
        .columnNotUsed, .warning, at: place,
        Bilingual(
          zh: start.zh + "以“\(name)”开头，而“\(clipped(text))”不是单位，没有读取",
          en: start.en + " begins like \(name), and “\(clipped(text))” is no unit; it was not read"),
        help: [
          Bilingual(
            zh: "若就是“\(name)”，列名只写它和单位", en: "if it is \(name), write that name and a unit only")
        ])
    case .ambiguous(let names):
      let list = names.map { "“\($0)”" }.joined(separator: "、")
      return Diagnostic(
        .columnNotUsed, at: place,
        Bilingual(
          zh: start.zh + "可指\(list)，没有读取", en: start.en + " can mean \(list); it was not read"),
        help: [Bilingual(zh: "列名写其中一个", en: "name the column like one of them")])
    default: return nil
    }
  }

  func span(_ cell: CSVCell) -> Span { remarks.span(cell.start, cell.end) }
}
