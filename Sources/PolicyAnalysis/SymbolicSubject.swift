import PolicyIR

/// A subject whose facts are unknowns, made when they are first read.
package final class SymbolicSubject {
  package let kind: String
  /// Empty for the subject asked about.
  let path: String
  package let name: Term
  let isNamed: Term
  let recorded: Subject?
  package internal(set) var facts: [String: SymbolicFact] = [:]
  var order: [String] = []
  /// Whether the name was looked up in a list.
  var usesName = false

  init(kind: String, path: String, name: Term, isNamed: Term, recorded: Subject?) {
    self.kind = kind
    self.path = path
    self.name = name
    self.isNamed = isNamed
    self.recorded = recorded
  }

  var depth: Int { path.utf8.count { $0 == 0x2F } }
}

/// A fact with its state.
package struct SymbolicFact {
  package var unknown: Term
  package var notApplicable: Term
  package var content: Content

  package enum Content {
    case value(SymbolicValue)
    case one(SymbolicSubject)
    case many([SymbolicSubject], count: Term, complete: Bool)
  }
}
