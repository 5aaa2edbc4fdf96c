package import PolicyDiagnostics
package import PolicyIR
import PolicyText
import PolicyValues

/// Reads a subject that a record keeps, as the present rules understand it.
///
/// Names of fields and options are those declared or their aliases. Where a field or an option isn't there any more, or is of
/// another type or unit, nothing is guessed.
///
/// - Returns: The subject, or nil with a sentence for everything that doesn't fit.
package func readRecordedFacts(_ json: String, in program: Program) -> (subject: Subject?, misfits: [Bilingual]) {
  var files = SourceFiles()
  let file = files.add(SourceFile(path: "", text: json))
  guard case .success(let root) = JSONReader.read(Array(json.utf8), file: file) else {
    return (nil, [Bilingual(zh: "留痕里的事实不是 JSON", en: "the recorded facts are not JSON")])
  }
  var reader = RecordedFactsReader(program: program)
  let subject = reader.subject(root)
  return (reader.misfits.isEmpty ? subject : nil, reader.misfits)
}

private struct RecordedFactsReader {
  let program: Program
  var misfits: [Bilingual] = []

  private mutating func misfit(_ zh: String, _ en: String) { misfits.append(Bilingual(zh: zh, en: en)) }

  mutating func subject(_ node: FactNode, as wanted: KindID? = nil) -> Subject? {
    guard let name = node.text("主体"), let id = node.text("称呼"), case .object(let facts)? = node["事实"]?.form else {
      misfit("留痕里的主体不完整", "a recorded subject is not whole")
      return nil
    }
    guard let index = program.kinds.firstIndex(where: { $0.name == name }), wanted == nil || wanted?.index == index
    else {
      let near = nearest(name, in: program.kinds.map(\.name)).map { "“\($0)”" }.joined(separator: "、")
      misfit(
        "现在没有主体种类“\(name)”" + (near.isEmpty ? "" : "（相近的有\(near)）"),
        "there is no kind “\(name)” now" + (near.isEmpty ? "" : " (there is \(near))"))
      return nil
    }
    let kind = program.kinds[index]
    var subject = Subject(
      kind: KindID(index), id: id, facts: Array(repeating: .missing, count: kind.fields.count))
    subject.name = node.text("名称")
    for member in facts {
      guard let field = field(member.key, of: kind) else {
        misfit("“\(name)”现在没有事实“\(member.key)”", "“\(name)” has no fact “\(member.key)” now")
        continue
      }
      if let fact = fact(member.value, field) {
        subject.facts[field.slot] = fact
      } else if misfits.isEmpty || !isRelated(field.type) {
        misfit(
          "“\(name)”的“\(member.key)”现在的类型或者取值不同：留痕里是\(member.value.shown)",
          "“\(member.key)” of “\(name)” has another type or other values now: the record has \(member.value.shown)")
      }
    }
    return subject
  }

  private func isRelated(_ type: ValueType) -> Bool {
    switch type {
    case .entity, .many: true
    case .truth, .quantity, .date, .duration, .text, .option: false
    }
  }

  private func field(_ name: String, of kind: Kind) -> Field? {
    let fields = kind.fields.map { program.fields[$0] }
    if let field = fields.first(where: { $0.name == name }) { return field }
    let aliased = fields.filter { $0.aliases.contains(name) }
    return aliased.count == 1 ? aliased[0] : nil
  }

  /// nil where the fact is none of the field's type.
  private mutating func fact(_ node: FactNode, _ field: Field) -> Fact? {
    switch (node.form, field.type) {
    case (.scalar("不知"), _): return .notKnown
    case (.scalar("不适用"), _): return .notApplicable
    case (.bool(let truth), .truth): return .value(.truth(truth))
    case (.object, .quantity):
      guard node.text("单位") == unit(field.type), let number = node.text("数").flatMap(ratio) else { return nil }
      return .value(.quantity(number))
    case (.object, .date):
      guard let text = node.text("日期"), let date = (try? LiteralReader.date(text))?.day else { return nil }
      return .value(.date(date))
    case (.object, .duration):
      guard let months = node.number("月"), let days = node.number("日"), let workingDays = node.number("工作日") else {
        return nil
      }
      return .value(.duration(Duration(months: months, days: days, workingDays: workingDays)))
    case (.object, .text): return node.text("文本").map { .value(.text($0)) }
    case (.object, .option(let id)):
      guard let name = node.text("值"), node.text("选项") != nil else { return nil }
      return option(name, program.optionTypes[id]).map { .value(.option(Int32($0))) }
    case (.object, .entity(let kind)): return subject(node, as: kind).map { .one($0) }
    case (.object, .many(let kind)):
      guard case .bool(let complete)? = node["列全"]?.form, case .array(let items)? = node["各项"]?.form else { return nil }
      var subjects: [Subject] = []
      for item in items {
        guard let subject = subject(item, as: kind) else { return nil }
        subjects.append(subject)
      }
      return .many(subjects, complete: complete)
    case (.null, _), (.bool, _), (.scalar, _), (.array, _), (.object, .truth): return nil
    }
  }

  private func option(_ name: String, _ type: OptionType) -> Int? {
    if let index = type.values.firstIndex(where: { $0.name == name }) { return index }
    let aliased = type.values.indices.filter { type.values[$0].aliases.contains(name) }
    return aliased.count == 1 ? aliased[0] : nil
  }
}

/// `29`, `100/3`
private func ratio(_ text: String) -> Rational? {
  let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int128($0) }
  guard parts.count <= 2, let numerator = parts[0] else { return nil }
  guard parts.count == 2 else { return Rational(numerator) }
  guard let denominator = parts[1], denominator > 0 else { return nil }
  return try? Rational(numerator: numerator, denominator: denominator)
}

extension FactNode {
  fileprivate subscript(key: String) -> FactNode? {
    guard case .object(let members) = form else { return nil }
    return members.first { $0.key == key }?.value
  }

  fileprivate func text(_ key: String) -> String? {
    guard case .scalar(let text)? = self[key]?.form else { return nil }
    return text
  }

  fileprivate func number(_ key: String) -> Int32? { text(key).flatMap { Int32($0) } }

  /// The value in a few words, for a message.
  fileprivate var shown: String {
    switch form {
    case .null: "空"
    case .bool(let truth): truth ? "是" : "否"
    case .scalar(let text): "“\(text)”"
    case .array: "几项"
    case .object:
      if let number = text("数"), let unit = text("单位") {
        "“\(number)\(unit)”"
      } else if let option = text("选项"), let value = text("值") {
        "选项“\(option)”的“\(value)”"
      } else if let value = text("日期") ?? text("文本") ?? text("称呼") {
        "“\(value)”"
      } else if let months = text("月"), let days = text("日"), let workingDays = text("工作日") {
        "期间“\(months)个月\(days)日\(workingDays)个工作日”"
      } else {
        "几项"
      }
    }
  }
}
