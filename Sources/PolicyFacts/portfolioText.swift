package import PolicyIR
import PolicyText

/// Subjects of which the facts are known as texts.
package struct WrittenSubject: Sendable {
  /// The name of its kind.
  package var kind: String
  package var name: String
  package var facts: [WrittenFact]

  package init(kind: String, name: String, facts: [WrittenFact]) {
    self.kind = kind
    self.name = name
    self.facts = facts
  }
}

/// Subjects as a file of facts in JSON, a fact a line; `readFacts` reads what a `FactWriter` wrote.
///
/// Subjects of kinds that the program doesn't declare are left out.
package func portfolioText(_ subjects: [WrittenSubject], in program: Program) -> String {
  let writer = PortfolioWriter(program)
  var entries = Array(repeating: [JSONValue](), count: program.kinds.count)
  for subject in subjects {
    guard let kind = writer.kinds[subject.kind] else { continue }
    let members = writer.members(of: FactTree(subject.facts), kind)
    entries[kind.index].append(.object([(writer.nameKeys[kind.index], .string(subject.name))] + members))
  }
  let members = zip(program.kinds, entries).filter { !$1.isEmpty }.map { ($0.name, JSONValue.array($1)) }
  return JSONValue.object(members).serialized(pretty: true) + "\n"
}

private struct PortfolioWriter {
  let kinds: [String: KindID]
  /// By kind: the key under which a subject's name is no fact.
  let nameKeys: [String]
  private let relations: [[String: KindID]]

  init(_ program: Program) {
    kinds = Dictionary(
      program.kinds.enumerated().map { ($1.name, KindID($0)) }, uniquingKeysWith: { first, _ in first })
    nameKeys = program.kinds.indices.map { KindIndex(KindID($0), in: program).nameKey }
    relations = program.kinds.map { kind in
      Dictionary(
        kind.fields.compactMap { id in
          switch program.fields[id].type {
          case .entity(let other), .many(let other): (program.fields[id].name, other)
          default: nil
          }
        }, uniquingKeysWith: { first, _ in first })
    }
  }

  func members(of tree: FactTree, _ kind: KindID?) -> [(String, JSONValue)] {
    tree.branches.compactMap { step, tree in
      json(tree, kind.flatMap { relations[$0.index][step] }).map { (step, $0) }
    }
  }

  /// - Parameter kind: The kind of a related subject.
  /// - Returns: nil where only parts are there and not what they are parts of.
  private func json(_ tree: FactTree, _ kind: KindID?) -> JSONValue? {
    guard let value = tree.value else { return nil }
    if kind != nil, value == WrittenFact.complete || value == WrittenFact.incomplete {
      let items = tree.branches.map(\.tree).filter { $0.value != WrittenFact.none }.compactMap { json($0, kind) }
      return .object([("列全", .bool(value == WrittenFact.complete)), ("各项", .array(items))])
    }
    let members = members(of: tree, kind)
    if members.isEmpty { return .string(value) }
    return .object([(kind.map { nameKeys[$0.index] } ?? "名称", .string(value))] + members)
  }
}

/// Facts by the steps of their paths, in the order in which they came.
private struct FactTree {
  var value: String?
  var branches: [(step: String, tree: FactTree)] = []

  init(_ facts: [WrittenFact]) {
    for fact in facts { add(fact.value, at: fact.path[...]) }
  }

  private mutating func add(_ value: String, at path: ArraySlice<String>) {
    guard let step = path.first else {
      self.value = value
      return
    }
    let index = branches.firstIndex { $0.step == step } ?? branches.count
    if index == branches.count { branches.append((step, FactTree([]))) }
    branches[index].tree.add(value, at: path.dropFirst())
  }
}
