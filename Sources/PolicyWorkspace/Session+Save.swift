import PolicyFacts
import PolicyIR
package import PolicyStore
import PolicyText
package import PolicyValues

/// How a portfolio is saved.
package struct SaveOptions: Sendable {
  /// From when on what is saved holds.
  package enum Since: Hashable, Sendable {
    /// New subjects always, changes from the as-of date.
    case usual
    case always
    case day(CivilDate)
  }

  /// Who says it.
  package var by: String?
  package var since = Since.usual
  /// Whether it is said also where others said something else meanwhile.
  package var insists = false

  package init() {}
}

/// Why nothing was saved.
package enum SaveFailure: Error {
  case noStore
  case store(StoreAddress, StoreFailure)
  /// What was loaded is the state of an earlier day's knowledge.
  case partly
  /// These subjects have no name of their own, or share one.
  case unnamed([String])
  /// The values of these facts can't be written so that they are read back.
  case unwritable([String])
  /// Others said something else since these facts were loaded: what this session would say, and what they said.
  case clash(StoreAddress, [Clash])
  case interrupted

  package struct Clash: Sendable {
    package let ours: SaidFact
    package let theirs: StoredFact
  }
}

/// What was saved.
package struct SaveReport: Sendable {
  package let address: StoreAddress
  /// What was said, in order; empty where the store had it all.
  package let said: [StoredFact]
  /// Those that were said and don't hold at the as-of date, and what holds there.
  package let hidden: [(said: StoredFact, holding: StoredFact?)]
  /// How many subjects stand in files of rules and were not saved.
  package let ruleSubjects: Int
}

extension Session {
  /// Saves the subjects, without what is only supposed, and stands on the store from then on.
  ///
  /// What the store has already isn't said again. Nothing is said at all where others said something else meanwhile.
  package func save(to text: String?, _ options: SaveOptions) throws(SaveFailure) -> SaveReport {
    guard let address = text.map({ address($0) }) ?? store else { throw .noStore }
    var portfolio = state.portfolios.first { $0.address == address } ?? Portfolio(address, facts: [])
    if portfolio.knownUntil != nil { throw .partly }
    let changes = try changes(to: portfolio)
    let news: News
    do {
      news = try openStore(at: address).say(after: portfolio.seen, by: options.by) { others in
        try changes.toSay(in: portfolio, renamed(others), on: asOf, options)
      }
    } catch let failure as StoreFailure {
      throw .store(address, failure)
    } catch let failure as SaveFailure {
      throw failure
    } catch {
      throw .interrupted
    }
    portfolio.add(renamed(news.others + news.own))
    stand(on: portfolio)
    let holding = Dictionary(
      portfolio.holding(on: asOf.isoDescription).map { (FactKey($0.said), $0) }, uniquingKeysWith: { first, _ in first }
    )
    return SaveReport(
      address: address, said: news.own,
      hidden: news.own.map { ($0, holding[FactKey($0.said)]) }.filter { $0.0.number != $0.1?.number },
      ruleSubjects: changes.ruleSubjects)
  }

  /// What this session says of its subjects that it didn't read in a store.
  private func changes(to portfolio: Portfolio) throws(SaveFailure) -> PortfolioChanges {
    let rules = Set(policies.files.ids)
    let own = subjects.indices.filter { !rules.contains(places[$0].span.file) }
    func key(_ subject: Subject) -> [String] { [program.kinds[subject.kind].name, subject.name ?? subject.id] }
    let counts = Dictionary(own.map { (key(subjects[$0]), 1) }, uniquingKeysWith: +)
    let unnamed = own.filter { subjects[$0].name == nil || counts[key(subjects[$0])]! > 1 }
    if !unnamed.isEmpty { throw .unnamed(unnamed.map { subjects[$0].id }) }
    var writer = FactWriter(program) { counts[key($0)] != nil }
    var first: [Int: Subject] = [:]
    for change in steps.compactMap(\.change) where first[change.index] == nil { first[change.index] = change.before }
    var changes = PortfolioChanges()
    changes.ruleSubjects = subjects.count - own.count
    for index in own {
      let isLoaded = files[places[index].span.file].path == portfolio.address.shown
      // Only a finding makes a subject other than it was read.
      if isLoaded, first[index] == nil { continue }
      let read = first[index] ?? subjects[index]
      let before = isLoaded ? Set(writer.write(read)) : []
      let now = writer.write(found(index, read))
      let kind = program.kinds[read.kind].name
      if !isLoaded {
        changes.add(kind, read.id, .existence, read.id)
        for list in now where list.value == WrittenFact.complete {
          let items = now.map(\.path).filter { $0.count == list.path.count + 1 && $0.starts(with: list.path) }
          changes.complete(kind, read.id, FactPath(list.path), items: Set(items))
        }
      }
      for fact in now where !before.contains(fact) { changes.add(kind, read.id, FactPath(fact.path), fact.value) }
    }
    if !writer.misfits.isEmpty {
      throw .unwritable(writer.misfits.map { "\($0.subject) \($0.path.joined(separator: "/"))" })
    }
    return changes
  }

  /// A subject with what was found about it, and without what is only supposed.
  private func found(_ index: Int, _ read: Subject) -> Subject {
    var subject = read
    for case .finding(let facts, let about, _) in steps where about == index { _ = write(facts, over: &subject) }
    return subject
  }

  /// Puts the session on what a store holds now: suppositions are made again, and findings that couldn't be saved.
  private func stand(on portfolio: Portfolio) {
    let sources = FactSources(inputs: [input(portfolio)], portfolios: [portfolio])
    let path: String
    switch portfolio.address {
    case .file(let file): path = file
    case .server(let url): path = url.text
    }
    readingOn { () throws(FileFailure) in
      let rules = Set(policies.files.ids)
      let steps = steps.filter { step in
        guard step.isFinding, let change = step.change else { return true }
        return rules.contains(places[change.index].span.file)
      }
      try stand(on: sources, [path], policies, base: state.base, steps, subjectKeys)
    }
    store = portfolio.address
  }
}
