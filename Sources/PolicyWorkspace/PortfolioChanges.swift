import PolicyFacts
import PolicyStore
import PolicyValues

/// What a session says of subjects, before it is known what their store holds by now.
struct PortfolioChanges {
  private(set) var said: [SaidFact] = []
  /// Lists of subjects that weren't read in the store; what it has beside their items isn't there any more.
  private var complete: [FactKey: Set<[String]>] = [:]
  /// How many subjects stand in files of rules.
  var ruleSubjects = 0

  mutating func add(_ kind: String, _ subject: String, _ path: FactPath, _ value: String) {
    said.append(SaidFact(kind: kind, subject: subject, path: path, value: value, since: nil))
  }

  /// Takes over that a list is complete with the items whose paths are given.
  mutating func complete(_ kind: String, _ subject: String, _ path: FactPath, items: Set<[String]>) {
    complete[FactKey(SaidFact(kind: kind, subject: subject, path: path, value: "", since: nil))] = items
  }

  /// What is to be said in a store that holds what was read and what others said since.
  ///
  /// - Throws: `SaveFailure.clash` where others said something else of the same facts.
  func toSay(
    in read: Portfolio, _ others: [StoredFact], on day: CivilDate, _ options: SaveOptions
  ) throws(SaveFailure) -> [SaidFact] {
    var now = read
    now.add(others)
    let held = now.holding(on: day.isoDescription)
    let holding = Dictionary(held.map { (FactKey($0.said), $0) }, uniquingKeysWith: { $1 })
    let known = Set(now.facts.map { [$0.said.kind, $0.said.subject] })
    let newest = Dictionary(others.map { (FactKey($0.said), $0) }, uniquingKeysWith: { $1 })
    var result: [SaidFact] = []
    var clashes: [SaveFailure.Clash] = []
    for var fact in said + removals(held) {
      let key = FactKey(fact)
      if holding[key]?.said.value == fact.value { continue }
      if let theirs = newest[key], !options.insists { clashes.append(SaveFailure.Clash(ours: fact, theirs: theirs)) }
      switch options.since {
      case .usual: fact.since = known.contains([fact.kind, fact.subject]) ? day.isoDescription : nil
      case .always: fact.since = nil
      case .day(let day): fact.since = day.isoDescription
      }
      result.append(fact)
    }
    if !clashes.isEmpty { throw .clash(read.address, clashes) }
    return result
  }

  /// The items that a store has and complete lists don't.
  private func removals(_ held: [StoredFact]) -> [SaidFact] {
    guard !complete.isEmpty else { return [] }
    return held.map(\.said).filter { fact in
      var list = fact
      list.path = FactPath(fact.path.steps.dropLast())
      guard fact.value != WrittenFact.none, let items = complete[FactKey(list)] else { return false }
      return !items.contains(fact.path.steps)
    }.map {
      SaidFact(kind: $0.kind, subject: $0.subject, path: $0.path, value: WrittenFact.none, since: nil)
    }
  }
}
