import PolicyAnswers
import PolicyDiagnostics
import PolicyIR
import PolicyPlans
import PolicySQL
import PolicyText
import PolicyValues

extension Wording {
  /// What a query says to its readers.
  var sqlWords: SQLWords {
    SQLWords(
      label: { label($0) }, reason: { sentence($0) }, measure: { rule(of: $0) },
      refusal: { refusal($0, $1) }, choice: { choice($0, $1) }, say: { say($0, $1) })
  }

  /// A measure with its clause, its words and its place.
  private func rule(of id: MeasureID) -> [String] {
    let measure = program.measures[id]
    var lines = ["\(measure.name)（\(clause(measure.origin))）\(place(measure.origin.span))"]
    for quote in measure.origin.quotes { lines.append("“\(quote.text)”") }
    return lines
  }

  /// File and line.
  private func place(_ span: Span) -> String {
    let file = files[span.file]
    return "\(file.path):\(file.position(of: span.start).line)"
  }

  /// Why a measure isn't in the query, with the place of the words that say what SQL can't.
  func refusal(_ id: MeasureID, _ refusal: Refusal) -> String {
    let position = files[refusal.place.file].position(of: refusal.place.start)
    return "\(files[refusal.place.file].path):\(position.line):\(position.column): "
      + "\(program.measures[id].name)：\(why(refusal.cause))"
  }

  private func why(_ cause: Refusal.Cause) -> String {
    switch cause {
    case .relation: say("问到有关的主体，不在这一行里", "asks related subjects, which aren't in the row")
    case .text: say("比较文本", "compares texts")
    case .duration: say("用到期间或者工作日", "uses lengths of time or working days")
    case .tiers: say("用到档次表", "uses a table of tiers")
    case .table: say("用到标准表", "uses a table of standards")
    case .measureAmount: say("用到另一措施的金额", "uses another measure's amount")
    case .nameList: say("用到已取得的名单", "uses a list of names that is on file")
    case .division: say("除以事实，商没有固定的单位", "divides by a fact; the quotient has no fixed unit")
    case .width: say("数可能超出这种数据库的整数", "numbers may be greater than this database's integers")
    case .unranked: say("与不排序的值比较", "compares with a value outside the order")
    case .readings: say("读法的组合太多", "has too many combinations of readings")
    case .reasons: say("原因超过62个", "has more than 62 reasons")
    case .nesting: say("层次太深，或者互相引用", "is nested too deeply, or refers to itself")
    case .form: say("用到一行的列里没有的东西", "uses what columns of a row don't hold")
    }
  }

  private func choice(_ choice: OpenChoice, _ reading: Int) -> String {
    switch choice {
    case .choice(let id):
      let entry = program.choices[id]
      return "\(entry.name)＝\(entry.readings.indices.contains(reading) ? entry.readings[reading] : "\(reading + 1)")"
    case .value(let id):
      return say(
        "\(program.classifications[id].name)（本行有分歧的值）＝\(reading == 0 ? "是" : "否")",
        "\(program.classifications[id].name) (this row's disputed value)＝\(reading == 0 ? "是" : "否")")
    }
  }

  /// What a cell of a column is.
  func note(_ column: SQLColumn) -> String {
    let field = program.fields[column.field]
    let form: String =
      switch column.form {
      case .truth: say("是否", "是 or 否")
      case .option(let values): values.joined(separator: say("、", ", "))
      case .date: say("日期", "a date")
      case .quantity(let parts, _):
        parts == 1
          ? say("整数", "a whole number")
          : say("整数，\(parts)为1", "a whole number; \(parts) make 1") + unit(field.type)
      case .text: say("文本，不进查询", "a text, which the query doesn't read")
      }
    return form
  }

  private func unit(_ type: ValueType) -> String {
    guard case .quantity(let dimension) = type else { return "" }
    return dimension.symbol(chinese: language == .zh)
  }
}
