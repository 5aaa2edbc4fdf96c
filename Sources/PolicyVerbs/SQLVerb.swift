package import ArgumentParser
import PolicyAnswers
import PolicyEvaluation
import PolicyIR
import PolicySQL
package import PolicyWorkspace

/// `sql 转为SQL`: the measures as one query over a table of subjects.
package struct SQLVerb: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "sql", ["转为SQL", "转", "sq"], "把措施写成数据库的一条查询", "writes the measures as one query of a database")
  package static let wordKinds: [WordKind] = [.kind, .measure]

  @OptionGroup package var common: CommonOptions
  @Option(help: help("数据库：sqlite、postgresql、duckdb 或 spark", "the database: sqlite, postgresql, duckdb or spark"))
  package var dialect = "sqlite"
  @Option(
    help: help(
      "主体的表的名称；默认是主体的种类，spark 是 subjects", "the table of subjects; the kind's name if not given, subjects for spark"))
  package var table: String?
  @Option(help: help("名称所在的列", "the column that names a subject")) package var id = "名称"
  @Option(help: help("写成这个名称的视图", "write a view of this name")) package var view: String?
  @Flag(help: help("表里另有一列“…_状态”，记“不知”和“不适用”", "the table has columns “…_状态” with 不知 and 不适用"))
  package var states = false
  @Flag(help: help("写出装事实的表", "write the table that holds the facts")) package var schema = false
  @Flag(help: help("把载入的主体写成表的行", "write the loaded subjects as rows of the table")) package var rows = false
  @Argument(help: help("规则，其后写主体的种类或者措施的名称", "policies, then a kind of subjects or names of measures"))
  package var words: [String] = []

  package init() {}

  package var need: PolicyNeed { .rules }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    guard let dialect = SQLDialect(rawValue: self.dialect.lowercased()) else {
      throw VerbFailure.none("数据库", "database", self.dialect, SQLDialect.allCases.map(\.rawValue))
    }
    let (kind, measures) = try asked(in: session)
    let kindName = session.program.kinds[kind].name
    var options = SQLOptions(dialect: dialect, table: table ?? (dialect.keeps(kindName) ? kindName : "subjects"))
    (options.id, options.view, options.hasStates) = (id, view, states)
    for name in [options.table, view ?? options.table] where !dialect.keeps(name) {
      throw VerbFailure(
        "“\(name)”不能作 \(dialect.rawValue) 的表名：只能用英文字母、数字和下划线",
        "“\(name)” can't name a table of \(dialect.rawValue): only ASCII letters, digits and underscores can")
    }
    if SQLSchema(kind, in: session.program, options: options).columns.contains(where: { $0.name == id }) {
      throw VerbFailure(
        "“\(id)”是一项事实的列；用 --id 写另一列作名称", "“\(id)” is the column of a fact; name another with --id")
    }
    if schema || rows { return tables(kind, options, session) }
    let wording = session.wording
    let query = SQLQuery(
      PreparedProgram(session.program), kind: kind, asOf: session.asOf, measures: measures, options: options,
      words: wording.sqlWords)
    for refusal in query.refusals {
      session.say(wording.say("未编译：", "not compiled: ") + wording.refusal(refusal.measure, refusal.why))
    }
    if query.measures.isEmpty {
      throw VerbFailure("没有能写成查询的措施", "no measure can be written as a query", exit: .negative)
    }
    return Answer(query.text, exit: query.refusals.isEmpty ? .answered : .negative)
  }

  /// The kind and the measures that the words name.
  private func asked(in session: Session) throws(VerbFailure) -> (kind: KindID, measures: [MeasureID]?) {
    let program = session.program
    var kind: KindID?
    var measures: [MeasureID] = []
    for word in words {
      if let place = program.kinds.firstIndex(where: { $0.name == word }), kind == nil {
        kind = KindID(place)
        continue
      }
      let id = try session.measure(word)
      guard let object = program.measures[id].object else {
        throw VerbFailure("“\(word)”没有对象，没有个案结论", "“\(word)” has no subject and decides no single case")
      }
      if let kind, kind != object.kind {
        throw VerbFailure(
          "“\(word)”的主体是\(program.kinds[object.kind].name)；一条查询只问一种主体",
          "“\(word)” is about \(program.kinds[object.kind].name); a query asks one kind of subjects")
      }
      kind = object.kind
      measures.append(id)
    }
    let used = program.kinds.indices.map { KindID($0) }.filter { kind in
      program.measures.contains { $0.object?.kind == kind }
    }
    guard let kind = kind ?? (used.count == 1 ? used[0] : nil) else {
      throw VerbFailure(
        "应写主体的种类：\(used.map { program.kinds[$0].name }.joined(separator: "、"))",
        "expected a kind of subjects: \(used.map { program.kinds[$0].name }.joined(separator: ", "))")
    }
    return (kind, measures.isEmpty ? nil : measures)
  }

  /// The table, its rows, or both.
  private func tables(_ kind: KindID, _ options: SQLOptions, _ session: Session) -> Answer {
    let wording = session.wording
    let program = session.program
    let table = SQLSchema(kind, in: program, options: options)
    var text = ""
    var faults = 0
    if schema {
      for field in table.absentFields {
        text += "-- \(program.fields[field].name)：\(wording.say("一行装不下，没有列", "not in a row; no column"))\n"
      }
      text += table.createTable(
        note: { wording.note($0) }, state: wording.say("不知、不适用，或者 NULL", "不知, 不适用 or NULL"))
    }
    if rows {
      let subjects = session.subjects.filter { $0.kind == kind }
      let cells = subjects.map { subject in
        table.cells(of: subject) { column in
          faults += 1
          session.say(
            wording.say(
              "\(subject.id)：列“\(column.name)”装不下这个事实，写成 NULL",
              "\(subject.id): column “\(column.name)” can't hold this fact; NULL is written"))
        }
      }
      text += table.insert(cells)
    }
    return Answer(text, exit: faults == 0 ? .answered : .negative)
  }
}
