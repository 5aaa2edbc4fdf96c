/// What a store holds, as far as it was read: the history of every fact, and from it what holds on a day.
package struct Portfolio: Sendable {
  package let address: StoreAddress
  /// What is taken into account: what was recorded up to this day (UTC), `2024-06-01`; nil for everything.
  package let knownUntil: String?
  /// Everything said, in order.
  package private(set) var facts: [StoredFact]

  package init(_ address: StoreAddress, facts: [StoredFact], knownUntil: String? = nil) {
    self.address = address
    self.facts = facts
    self.knownUntil = knownUntil
  }

  /// The number of the latest thing that was read.
  package var seen: Int { facts.last?.number ?? 0 }

  /// Takes over what was said since.
  package mutating func add(_ news: [StoredFact]) { facts += news }

  /// Which of the things said holds on a day for each fact, in the order in which facts came up.
  ///
  /// Of those that hold from that day or earlier it is the one with the latest first day, of several the one said last.
  package func holding(on day: String) -> [StoredFact] {
    var positions: [FactKey: Int] = [:]
    var result: [StoredFact?] = []
    for fact in facts where isKnown(fact) {
      let key = FactKey(fact.said)
      let position = positions[key] ?? result.count
      if position == result.count {
        positions[key] = position
        result.append(nil)
      }
      guard let since = fact.said.since else {
        if result[position]?.said.since == nil { result[position] = fact }
        continue
      }
      if since <= day, since >= result[position]?.said.since ?? "" { result[position] = fact }
    }
    return result.compactMap { $0 }
  }

  /// Whether something begins to hold between two days, so that what holds on them may differ.
  package func differs(on day: String, from other: String) -> Bool {
    let (earlier, later) = (min(day, other), max(day, other))
    return facts.contains { fact in
      guard let since = fact.said.since else { return false }
      return since > earlier && since <= later
    }
  }

  private func isKnown(_ fact: StoredFact) -> Bool {
    guard let knownUntil else { return true }
    return fact.saving.recorded.prefix(knownUntil.count) <= knownUntil
  }

  /// Everything said of a subject, in order.
  package func history(ofKind kind: String, subject: String) -> [StoredFact] {
    facts.filter { $0.said.subject == subject && $0.said.kind == kind && isKnown($0) }
  }
}

/// Which fact of which subject.
package struct FactKey: Hashable, Sendable {
  package let kind: String
  package let subject: String
  package let path: FactPath

  package init(_ fact: SaidFact) { (kind, subject, path) = (fact.kind, fact.subject, fact.path) }
}
