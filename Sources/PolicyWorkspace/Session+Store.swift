import PolicyFacts
import PolicyIR
package import PolicyStore
import PolicyValues

extension Session {
  // MARK: Reading

  /// The address of a store that a path names; nil where it names a file of facts.
  func storeAddress(_ path: String) -> StoreAddress? {
    let address = address(path)
    switch address {
    case .server: return address
    case .file where address == store: return address
    case .file: return FileSystem.isDatabase(path, of: SQLiteStore.applicationID) ? address : nil
    }
  }

  /// The address of a store, the same for each way to write a file's path.
  func address(_ text: String) -> StoreAddress {
    let address = StoreAddress(text)
    guard case .file(let path) = address else { return address }
    return .file(FileSystem.normalized(path))
  }

  /// Makes a store the one that is saved to; it may not be there yet.
  ///
  /// - Returns: Whether there is one to load.
  package func begin(with text: String) throws(FileFailure) -> Bool {
    let address = address(text)
    if case .file(let path) = address {
      switch FileSystem.isFolder(path) {
      case true?: throw FileFailure(path: path, cause: .isFolder)
      case nil:
        store = address
        return false
      case false?: break
      }
    }
    store = address
    return true
  }

  func openStore(at address: StoreAddress) throws(StoreFailure) -> any ProjectStore {
    guard case .server(let url) = address else { return try PolicyStore.openStore(address) }
    if let open = servers[url] { return open }
    let open = try PolicyStore.openStore(address)
    servers[url] = open
    return open
  }

  func readStore(_ address: StoreAddress) throws(FileFailure) -> Portfolio {
    do throws(StoreFailure) {
      if case .file(let path) = address, FileSystem.isFolder(path) == nil { throw .notFound }
      return Portfolio(
        address, facts: renamed(try openStore(at: address).facts(after: 0)), knownUntil: knownUntil?.isoDescription)
    } catch {
      throw FileFailure(path: address.shown, cause: .store(error))
    }
  }

  /// Things said under the present names of their fields, where other names of them are declared.
  func renamed(_ facts: [StoredFact]) -> [StoredFact] {
    let kinds = Dictionary(
      program.kinds.enumerated().map { ($1.name, KindID($0)) }, uniquingKeysWith: { first, _ in first })
    guard program.fields.contains(where: { !$0.aliases.isEmpty }) else { return facts }
    return facts.map { fact in
      guard let kind = kinds[fact.said.kind] else { return fact }
      var said = fact.said
      said.path = FactPath(renamed(said.path.steps[...], of: kind))
      return said == fact.said ? fact : StoredFact(number: fact.number, said: said, saving: fact.saving)
    }
  }

  private func renamed(_ steps: ArraySlice<String>, of kind: KindID) -> [String] {
    guard let step = steps.first else { return [] }
    let fields = program.kinds[kind].fields.map { program.fields[$0] }
    let named = fields.first { $0.name == step }
    let others = named == nil ? fields.filter { $0.aliases.contains(step) } : []
    guard let field = named ?? (others.count == 1 ? others[0] : nil) else { return Array(steps) }
    let rest = steps.dropFirst()
    switch field.type {
    case .entity(let other): return [field.name] + renamed(rest, of: other)
    // Behind a list stands the name of an item.
    case .many(let other): return [field.name] + rest.prefix(1) + renamed(rest.dropFirst(), of: other)
    case .truth, .quantity, .date, .duration, .text, .option: return [field.name] + rest
    }
  }

  /// What a store holds at the as-of date, as a file of facts.
  func input(_ portfolio: Portfolio) -> FactsInput {
    var subjects: [WrittenSubject] = []
    var positions: [[String]: Int] = [:]
    for fact in portfolio.holding(on: asOf.isoDescription) {
      let said = fact.said
      let position = positions[[said.kind, said.subject]] ?? subjects.count
      if position == subjects.count {
        positions[[said.kind, said.subject]] = position
        subjects.append(WrittenSubject(kind: said.kind, name: said.subject, facts: []))
      }
      if said.path != .existence {
        subjects[position].facts.append(WrittenFact(path: said.path.steps, value: said.value))
      }
    }
    return FactsInput(
      path: portfolio.address.shown, bytes: Array(portfolioText(subjects, in: program).utf8), format: .json)
  }

  /// Reads facts of stores again as they hold at the as-of date; suppositions and findings are made again on them.
  ///
  /// - Parameter before: The as-of date at which they were read.
  func followDate(from before: CivilDate) {
    guard state.portfolios.contains(where: { $0.differs(on: asOf.isoDescription, from: before.isoDescription) }) else {
      return
    }
    var sources = FactSources(inputs: state.inputs, portfolios: state.portfolios)
    for portfolio in state.portfolios {
      guard let index = sources.inputs.firstIndex(where: { $0.path == portfolio.address.shown }) else { continue }
      sources.inputs[index] = input(portfolio)
    }
    if zip(sources.inputs, state.inputs).allSatisfy({ $0.bytes == $1.bytes }) { return }
    readingOn { () throws(FileFailure) in
      try stand(on: sources, factPaths, policies, base: state.base, steps, subjectKeys)
    }
  }

  /// Reads facts to the end, with the rules as they are: half of them would be worse than a wait.
  func readingOn(_ body: () throws(FileFailure) -> Void) {
    let (watch, draft) = (watch, state.draft)
    self.watch = { _, _ in true }
    // Nothing is read from a disk, so nothing can fail.
    try? body()
    self.watch = watch
    state.draft = draft
  }

  /// How many subjects of the stores are of kinds that the rules don't declare, and were not read: by kind, in order.
  package var unknownKinds: [(kind: String, count: Int)] {
    let known = Set(program.kinds.map(\.name))
    let subjects = Set(
      state.portfolios.flatMap(\.facts).filter { !known.contains($0.said.kind) }.map {
        [$0.said.kind, $0.said.subject]
      })
    return Dictionary(grouping: subjects) { $0[0] }.map { ($0, $1.count) }.sorted { $0.0 < $1.0 }
  }

  /// The stores that are loaded, each with the latest saving that was read.
  package var stores: [(address: StoreAddress, latest: Saving?)] {
    state.portfolios.map { ($0.address, $0.facts.last?.saving) }
  }

  /// Whether a store is among the facts that are loaded.
  package var hasStore: Bool { !state.portfolios.isEmpty }

  /// The history of a subject in the stores that are loaded, oldest first for each fact.
  package func history(of index: Int) -> [StoredFact] {
    let (kind, name) = (program.kinds[subjects[index].kind].name, subjects[index].name ?? subjects[index].id)
    return state.portfolios.flatMap { $0.history(ofKind: kind, subject: name) }
  }

  /// The things said that hold at the as-of date, by number.
  package func heldFacts(_ history: [StoredFact]) -> Set<Int> {
    Set(Portfolio(.file(""), facts: history).holding(on: asOf.isoDescription).map(\.number))
  }
}

extension FactPath {
  /// That a subject is there at all; its value is the subject's name.
  package static let existence = FactPath(["（主体）"])
}
