import PolicyValues

/// A subject with its recorded facts.
package struct Subject: Hashable, Sendable {
  package var kind: KindID
  /// The name by which answers call it; also what lists of names are searched for.
  package var id: String
  /// One entry for each field of the kind, by slot.
  package var facts: [Fact]

  package init(kind: KindID, id: String, facts: [Fact]) {
    self.kind = kind
    self.id = id
    self.facts = facts
  }
}

/// What is recorded of one field.
package enum Fact: Hashable, Sendable {
  /// Not given: unknown, and asked for.
  case missing
  /// 不知: asked and not known; not asked again.
  case notKnown
  /// 不适用: a comparison with it is 否.
  case notApplicable
  case value(Value)
  case one(Subject)
  /// `complete`: 列全.
  case many([Subject], complete: Bool)
}
