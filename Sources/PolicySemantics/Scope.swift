import PolicyIR

/// Whose facts an expression sees: the subject, and around it those that a 任一/合计… looked from, innermost first.
struct Scope: Hashable {
  var kinds: [KindID]

  func inside(_ kind: KindID) -> Scope { Scope(kinds: [kind] + kinds) }
}
