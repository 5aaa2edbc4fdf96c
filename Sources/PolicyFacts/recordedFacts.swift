package import PolicyIR
package import PolicyText
import PolicyValues

/// A subject as a record keeps it: every name, option and unit written out, so that other rules can tell whether they mean the
/// same; `readRecordedFacts` reads it back.
///
/// `{"主体": "项目", "名称": "…", "事实": {"备案总投资": {"数": "299999900", "单位": "元"}, "投资主体": {"选项": "投资主体类别", "值": "央企"}}}`;
/// a fact that isn't given doesn't stand there.
package func recordedFacts(_ subject: Subject, in program: Program) -> JSONValue {
  let kind = program.kinds[subject.kind]
  var members: [(String, JSONValue)] = [("主体", .string(kind.name)), ("称呼", .string(subject.id))]
  if let name = subject.name { members.append(("名称", .string(name))) }
  var facts: [(String, JSONValue)] = []
  for id in kind.fields {
    let field = program.fields[id]
    guard subject.facts.indices.contains(field.slot), subject.facts[field.slot] != .missing else { continue }
    facts.append((field.name, recorded(subject.facts[field.slot], field.type, program)))
  }
  members.append(("事实", .object(facts)))
  return .object(members)
}

private func recorded(_ fact: Fact, _ type: ValueType, _ program: Program) -> JSONValue {
  switch fact {
  case .missing: .null
  case .notKnown: "不知"
  case .notApplicable: "不适用"
  case .one(let subject): recordedFacts(subject, in: program)
  case .many(let subjects, let complete):
    .object([("列全", .bool(complete)), ("各项", .array(subjects.map { recordedFacts($0, in: program) }))])
  case .value(let value): recorded(value, type, program)
  }
}

private func recorded(_ value: Value, _ type: ValueType, _ program: Program) -> JSONValue {
  switch value {
  case .truth(let truth): return .bool(truth)
  case .quantity(let number): return .object([("数", .string(number.exactDescription)), ("单位", .string(unit(type)))])
  case .date(let date): return .object([("日期", .string(date.isoDescription))])
  case .duration(let length):
    return .object([
      ("月", .string("\(length.months)")), ("日", .string("\(length.days)")),
      ("工作日", .string("\(length.workingDays)")),
    ])
  case .text(let text): return .object([("文本", .string(text))])
  case .option(let index):
    guard case .option(let id) = type else { return .null }
    let option = program.optionTypes[id]
    return .object([("选项", .string(option.name)), ("值", .string(option.values[Int(index)].name))])
  }
}

/// The base unit of a quantity: 元, 亩, 1; empty where the type is no quantity.
func unit(_ type: ValueType) -> String {
  guard case .quantity(let dimension) = type else { return "" }
  return dimension.symbol(chinese: true)
}
