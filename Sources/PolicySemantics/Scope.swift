import PolicyIR

/// Whose facts an expression sees: the subject, and around it those that a 任一/合计… looked from, innermost first.
struct Scope: Hashable, Comparable, Sendable {
  var kinds: [KindID]

  static func < (a: Scope, b: Scope) -> Bool { a.kinds.lexicographicallyPrecedes(b.kinds) }

  func inside(_ kind: KindID) -> Scope { Scope(kinds: [kind] + kinds) }
}
