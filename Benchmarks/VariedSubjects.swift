import PolicyIR
import PolicyValues
import SeededRandom

/// A table of subjects made from fictional ones: each a copy of one with some facts of others and some amounts of its own, one cell in ten
/// left out, from a fixed seed.
struct VariedSubjects {
  private let program: Program
  private let subjects: [Subject]
  private var numbers = SeededGenerator(seed: 36)
  private var columns: [(head: String, sources: [KindID: Source])] = []

  /// What a column says of subjects of one kind.
  private enum Source {
    case fact(FieldID)
    /// 贷款1_本金: a fact of the related subject at a position.
    case item(FieldID, position: Int, FieldID)
    /// 贷款_列全.
    case complete(FieldID)
  }

  /// - Parameter kinds: whose subjects are drawn; where there are several, a column names the kind.
  /// - Parameter related: whether related subjects are described.
  init(_ program: Program, _ subjects: [Subject], kinds: [KindID], related: Bool) {
    self.program = program
    self.subjects = subjects.filter { kinds.contains($0.kind) }
    for kind in kinds {
      for id in program.kinds[kind].fields {
        let name = program.fields[id].name
        switch program.fields[id].type {
        case .truth, .quantity, .date, .option: add(head(id), kind, .fact(id))
        case .many(let target) where related:
          add(name, kind, .fact(id))
          add(name + "_列全", kind, .complete(id))
          for position in 0..<(self.subjects.map { items(of: $0, id).count }.max() ?? 0) {
            for inner in program.kinds[target].fields {
              add("\(name)\(position + 1)_\(head(inner))", kind, .item(id, position: position, inner))
            }
          }
        case .many, .entity, .duration, .text: continue
        }
      }
    }
  }

  private mutating func add(_ head: String, _ kind: KindID, _ source: Source) {
    if let place = columns.firstIndex(where: { $0.head == head }) {
      columns[place].sources[kind] = source
    } else {
      columns.append((head, [kind: source]))
    }
  }

  private var isMixed: Bool { subjects.contains { $0.kind != subjects[0].kind } }

  /// The header; money is in 万元.
  var header: String {
    ((isMixed ? ["主体", "名称"] : ["名称"]) + columns.map(\.head)).joined(separator: ",") + "\n"
  }

  private func head(_ id: FieldID) -> String {
    program.fields[id].name + (program.fields[id].type == .money ? "_万元" : "")
  }

  private func items(of subject: Subject, _ id: FieldID) -> [Subject] {
    guard program.fields[id].kind == subject.kind, case .many(let others, _) = subject.facts[program.fields[id].slot]
    else { return [] }
    return others
  }

  /// The next line.
  mutating func line(_ number: Int) -> String {
    let own = subjects[numbers.number(below: subjects.count)]
    let kind = program.kinds[own.kind].name
    var cells = isMixed ? [kind] : []
    cells.append("虚构\(kind)\(number)")
    let peers = subjects.filter { $0.kind == own.kind }
    for (_, sources) in columns {
      guard let source = sources[own.kind] else {
        cells.append("")
        continue
      }
      let text = cell(source, own, peers)
      cells.append(numbers.isOne(in: 10) ? "" : text)
    }
    return cells.joined(separator: ",") + "\n"
  }

  private mutating func cell(_ source: Source, _ own: Subject, _ peers: [Subject]) -> String {
    switch source {
    case .fact(let id):
      let other = numbers.isOne(in: 4) ? peers[numbers.number(below: peers.count)] : own
      // A list that isn't empty stands in columns of its own, and those are this subject's.
      if case .many = program.fields[id].type { return text(own.facts[program.fields[id].slot], id) }
      return text(other.facts[program.fields[id].slot], id)
    case .item(let relation, let position, let id):
      let items = items(of: own, relation)
      guard position < items.count else { return "" }
      let others = peers.flatMap { self.items(of: $0, relation) }
      let item = numbers.isOne(in: 4) ? others[numbers.number(below: others.count)] : items[position]
      return text(item.facts[program.fields[id].slot], id)
    case .complete(let id):
      guard case .many(let others, let isComplete) = own.facts[program.fields[id].slot], !others.isEmpty else {
        return ""
      }
      return isComplete ? "是" : "否"
    }
  }

  private mutating func text(_ fact: Fact, _ id: FieldID) -> String {
    switch fact {
    case .missing, .one: return ""
    case .notKnown: return "不知"
    case .notApplicable: return "不适用"
    case .many(let others, let isComplete): return others.isEmpty && isComplete ? "无" : ""
    case .value(.truth(let flag)): return flag ? "是" : "否"
    case .value(.date(let day)): return day.isoDescription
    case .value(.option(let place)):
      guard case .option(let option) = program.fields[id].type else { return "" }
      return program.optionTypes[option].values[Int(place)].name
    case .value(.quantity(let number)):
      guard program.fields[id].type == .money else { return number.description }
      if numbers.isOne(in: 2) { return "\(1 + numbers.number(below: 60_000))" }
      return "\(number.numerator / (number.denominator * 10_000))"
    case .value(.duration), .value(.text): return ""
    }
  }
}
