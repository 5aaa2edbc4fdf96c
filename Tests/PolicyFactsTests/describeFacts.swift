import PolicyDiagnostics
import PolicyFacts
import PolicyIR
import PolicyText
import PolicyValues

/// The result as text: the reports, the facts that are given, and the remarks.
func describe(_ result: FactsResult, _ files: SourceFiles) -> String {
  var text = ""
  for report in result.reports {
    text += "文件 \(files[report.file].path)：\(report.format.rawValue) \(report.encoding.rawValue)"
    if let delimiter = report.delimiter { text += " 分隔符 \(delimiter == "\t" ? "TAB" : delimiter)" }
    if let row = report.headerRow { text += " 表头第 \(row) 行" }
    if !report.skippedRows.isEmpty { text += " 略去 \(report.skippedRows)" }
    text += "\n"
    for column in report.columns {
      text += "  列 \(column.header.replacing("\n", with: "⏎")) → \(describe(column.use))\n"
    }
  }
  for (subject, place) in zip(result.subjects, result.places) {
    text += "\(describe(subject)) @\(place.row.map { "第\($0)行" } ?? "\(place.span.start)")\n"
  }
  text += "\n" + render(result.remarks, files: files, format: .text, language: .zh)
  return text
}

private func describe(_ use: FactsColumn.Use) -> String {
  let fields = Sample.program.fields
  switch use {
  case .name: return "名称"
  case .kind: return "种类"
  case .owner(let field): return "属于 \(fields[field].name)"
  case .field(let field, let unit): return fields[field].name + (unit.map { "（\($0)）" } ?? "")
  case .related(let field): return "\(fields[field].name) 的内容"
  case .ignored: return "未用"
  }
}

func describe(_ subject: Subject) -> String {
  let kind = Sample.program.kinds[subject.kind]
  let facts = zip(kind.fields, subject.facts).compactMap { id, fact -> String? in
    if fact == .missing { return nil }
    return "\(Sample.program.fields[id].name) \(describe(fact, Sample.program.fields[id].type))"
  }
  return "\(kind.name) \(subject.id)" + (facts.isEmpty ? "" : "：" + facts.joined(separator: "，"))
}

func describe(_ fact: Fact, _ type: ValueType) -> String {
  switch fact {
  case .missing: return "未给出"
  case .notKnown: return "不知"
  case .notApplicable: return "不适用"
  case .one(let subject): return "（\(describe(subject))）"
  case .many(let subjects, let complete):
    return "［\(subjects.map { describe($0) }.joined(separator: "；"))\(complete ? " 列全" : "")］"
  case .value(let value):
    switch (value, type) {
    case (.truth(let flag), _): return flag ? "是" : "否"
    case (.quantity(let number), .quantity(let dimension)): return QuantityFormat.chinese(number, dimension)
    case (.date(let day), _): return day.isoDescription
    case (.duration(let duration), _): return duration.description
    case (.text(let text), _): return "“\(text)”"
    case (.option(let index), .option(let id)): return Sample.program.optionTypes[id].values[Int(index)].name
    default: return "\(value)"
    }
  }
}
