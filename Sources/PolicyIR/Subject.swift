import PolicyValues

/// A subject with its recorded facts.
package struct Subject: Hashable, Sendable {
  package var kind: KindID
  /// What answers call it.
  package var id: String
  /// The name that it is recorded under, which lists of names are searched for; nil where none is given.
  package var name: String?
  /// One entry for each field of the kind, by slot.
  package var facts: [Fact]

  /// A subject; recorded under what answers call it, unless it has no name of its own.
  package init(kind: KindID, id: String, isNamed: Bool = true, facts: [Fact]) {
    self.kind = kind
    self.id = id
    name = isNamed ? id : nil
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
