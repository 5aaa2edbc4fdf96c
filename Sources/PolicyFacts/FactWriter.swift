import PolicyDiagnostics
package import PolicyIR
import PolicyValues

/// A fact as a person writes it into a table: the way to it from its subject, and the text of the cell.
///
/// A list of related subjects is 列全 or 未列全, and each of its items is there by its name: `[贷款]` 列全, `[贷款, 贷款1]`
/// 贷款1, `[贷款, 贷款1, 本金]` 2000万元. An item that isn't there any more is 无.
package struct WrittenFact: Hashable, Sendable {
  package let path: [String]
  package let value: String

  package init(path: [String], value: String) {
    self.path = path
    self.value = value
  }

  package static let complete = "列全"
  package static let incomplete = "未列全"
  package static let none = "无"
}

/// Writes subjects as texts, each of which the readers of facts read back as what it was.
package struct FactWriter {
  private let program: Program
  private let isListed: (Subject) -> Bool
  private var readers: [FieldID: CellReader] = [:]
  /// The ways to facts that can't be written so that they are read back, with their subjects.
  package private(set) var misfits: [(subject: String, path: [String])] = []

  /// - Parameter isListed: Whether a related subject stands in the list of subjects with its facts, so that its name is enough.
  package init(_ program: Program, isListed: @escaping (Subject) -> Bool) {
    self.program = program
    self.isListed = isListed
  }

  /// The facts of a subject that are given, in the order of its fields.
  package mutating func write(_ subject: Subject) -> [WrittenFact] {
    var result: [WrittenFact] = []
    if subject.name == nil { misfits.append((subject.id, [])) }
    write(subject, of: subject.id, below: [], &result)
    return result
  }

  private mutating func write(_ subject: Subject, of root: String, below path: [String], _ result: inout [WrittenFact])
  {
    for id in program.kinds[subject.kind].fields {
      let field = program.fields[id]
      guard subject.facts.indices.contains(field.slot) else { continue }
      let path = path + [field.name]
      switch subject.facts[field.slot] {
      case .missing: continue
      // An option may have a value of such a name.
      case .notKnown: write(["不知", "未知", "不详"], of: root, at: path, subject.facts[field.slot], id, &result)
      case .notApplicable: write(["不适用", "无关"], of: root, at: path, subject.facts[field.slot], id, &result)
      case .one(let other): write(related: other, of: root, at: path, &result)
      case .many(let others, let isComplete):
        if others.isEmpty {
          if isComplete { result.append(WrittenFact(path: path, value: WrittenFact.none)) }
          continue
        }
        result.append(WrittenFact(path: path, value: isComplete ? WrittenFact.complete : WrittenFact.incomplete))
        var seen: [String: Int] = [:]
        for other in others {
          let count = seen[other.id, default: 0] + 1
          seen[other.id] = count
          write(related: other, of: root, at: path + [count == 1 ? other.id : "\(other.id)#\(count)"], &result)
        }
      case .value(let value):
        write([text(of: value, field.type)], of: root, at: path, subject.facts[field.slot], id, &result)
      }
    }
  }

  /// Takes the first of the texts that is read back as the fact.
  private mutating func write(
    _ texts: [String], of root: String, at path: [String], _ fact: Fact, _ id: FieldID, _ result: inout [WrittenFact]
  ) {
    for text in texts where reads(text, as: fact, id) {
      result.append(WrittenFact(path: path, value: text))
      return
    }
    misfits.append((root, path))
  }

  private mutating func write(
    related other: Subject, of root: String, at path: [String], _ result: inout [WrittenFact]
  ) {
    guard let name = other.name, stateOfFact(comparable(name)) == nil, name != WrittenFact.none else {
      misfits.append((root, path))
      return
    }
    result.append(WrittenFact(path: path, value: name))
    if !isListed(other) { write(other, of: root, below: path, &result) }
  }

  private mutating func reads(_ text: String, as fact: Fact, _ id: FieldID) -> Bool {
    let reader = readers[id] ?? CellReader(program.fields[id], in: program, unit: nil, serials: true)
    readers[id] = reader
    return (try? reader.read(text).fact) == fact
  }

  private func text(of value: Value, _ type: ValueType) -> String {
    switch value {
    case .quantity(let number):
      // A cell wants % behind a rate.
      if case .quantity(.number) = type { return QuantityFormat.rate(number) }
      return writtenValue(value, type, in: program)
    case .text(let text): return text
    case .truth, .date, .duration, .option: return writtenValue(value, type, in: program)
    }
  }
}

/// A value as cases and suppositions write it.
package func writtenValue(_ value: Value, _ type: ValueType, in program: Program) -> String {
  switch value {
  case .text(let text): return "“\(text)”"
  case .truth(let truth): return truth ? "是" : "否"
  case .date(let date): return date.chineseDescription
  case .duration(let duration): return duration.chineseDescription
  case .quantity(let number):
    if case .quantity(let dimension) = type { return QuantityFormat.chinese(number, dimension) }
    return number.description
  case .option(let index):
    if case .option(let id) = type { return program.optionTypes[id].values[Int(index)].name }
    return ""
  }
}
