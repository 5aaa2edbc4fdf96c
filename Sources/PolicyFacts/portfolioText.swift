package import PolicyText

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
package func portfolioText(_ subjects: [WrittenSubject]) -> String {
  var kinds: [(name: String, subjects: [JSONValue])] = []
  for subject in subjects {
    let tree = FactTree(subject.facts)
    let entry = JSONValue.object([(subject.kind + "名称", .string(subject.name))] + tree.members)
    if let index = kinds.firstIndex(where: { $0.name == subject.kind }) {
      kinds[index].subjects.append(entry)
    } else {
      kinds.append((subject.kind, [entry]))
    }
  }
  return JSONValue.object(kinds.map { ($0.name, .array($0.subjects)) }).serialized(pretty: true) + "\n"
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

  var members: [(String, JSONValue)] { branches.compactMap { step, tree in tree.json.map { (step, $0) } } }

  /// nil where only parts are there and not what they are parts of.
  private var json: JSONValue? {
    guard let value else { return nil }
    if value == WrittenFact.complete || value == WrittenFact.incomplete {
      let items = branches.filter { $0.tree.value != WrittenFact.none }.compactMap(\.tree.json)
      return .object([("列全", .bool(value == WrittenFact.complete)), ("各项", .array(items))])
    }
    let members = members
    return members.isEmpty ? .string(value) : .object([("名称", .string(value))] + members)
  }
}
