import PolicyIR
import PolicySyntax
import PolicyText

// What the check before found of files that did not change, and that look at nothing that changed, is taken from there. Every
// pass goes over all blocks as ever, so that entries, numbers and remarks come in the same order.
extension Checker {
  // MARK: Which files

  /// Finds the files whose rules are the same as in the check before: they did not change, nothing was remarked of them, and they
  /// write no name that a file declares which did.
  func findCarried() {
    guard let earlier = input.earlier, case let memory = earlier.memory, !memory.hasCycle,
      earlier.program.documents.map(\.key) == program.documents.map(\.key)
    else { return }
    var isCarried = input.files.enumerated().map { place, file in
      input.unchanged.contains(file.id) && place < memory.files.count && memory.files[place].file.id == file.id
        && blockRanges[place].count == memory.files[place].blocks.count
        && (!memory.sessionFiles.contains(file.id) || input.sessionFiles.contains(file.id))
    }
    for (key, text) in memory.texts where !isSame(text, input.texts[key]) { isCarried[place(of: key.ruleFile)] = false }
    for key in input.texts.keys where memory.texts[key] == nil { isCarried[place(of: key.ruleFile)] = false }
    var changed = input.files.indices.filter { !isCarried[$0] }.map { input.files[$0] }
    for (place, file) in memory.files.enumerated() where place >= isCarried.count || !isCarried[place] {
      changed.append(file.file)
    }
    if changed.contains(where: { $0.blocks.contains { $0.keyword.isSeenByAll } }) { return }
    var sources = changed
    for place in isCarried.indices where isCarried[place] && memory.files[place].journal.isRemarked {
      isCarried[place] = false
      sources.append(input.files[place])
    }
    spread(from: sources, &isCarried)
    guard isCarried.contains(true) else { return }
    self.isCarried = isCarried
    for place in isCarried.indices where isCarried[place] {
      let file = memory.files[place]
      journals[place + 1] = file.journal
      // Holes may have other numbers now.
      journals[place + 1].holeUses = []
      quotes[place] = file.quotes.withoutMarks
    }
  }

  private func isSame(_ one: LoadedText, _ two: LoadedText?) -> Bool {
    one.text === two?.text || one.text.issuer == two?.text.issuer && one.source.bytes == two?.source.bytes
  }

  /// Takes out of the carried files those that look at one of these, and those that look at them, and so on.
  private func spread(from changed: [SyntaxFile], _ isCarried: inout [Bool]) {
    for place in isCarried.indices where isCarried[place] {
      names[place] = input.earlier?.memory.files[place].names ?? FileNames(input.files[place])
    }
    var ruled: [DocumentID: Set<Int>] = [:]
    for block in blocks { if let document = block.document { ruled[document, default: []].insert(block.file) } }
    var waiting = changed
    while let file = waiting.popLast() {
      let declared = declared(by: file)
      let documents = documents(of: file)
      let prevailedOver = FileNames(file).prevailedOver
      let hasMeasures = file.blocks.contains { $0.keyword == .measure || $0.keyword == .clause }
      for place in isCarried.indices where isCarried[place] {
        guard let its = names[place] else { continue }
        let isTouched =
          !its.written.isDisjoint(with: declared) || hasMeasures && its.citesClauses
          || documents.contains { ruled[$0]?.contains(place) == true }
          || !prevailedOver.isEmpty && !prevailedOver.isDisjoint(with: self.declared(by: input.files[place]))
        guard isTouched else { continue }
        isCarried[place] = false
        waiting.append(input.files[place])
      }
    }
  }

  /// The documents that a file declares; what they say of bounds and duties holds for all their rules.
  private func documents(of file: SyntaxFile) -> [DocumentID] {
    file.blocks.compactMap { block in
      block.keyword == .document ? block.name.flatMap { documentNamed($0, in: file) } : nil
    }
  }

  private func declared(by file: SyntaxFile) -> [UInt32] {
    file.blocks.compactMap { block in
      block.name.map { file.tree[$0].detail }.flatMap { $0 == .max ? nil : $0 }
    }
  }

  // MARK: What is taken

  /// The entry that a block had in the check before, where it is taken from there.
  func carriedEntry(_ index: Int) -> Int? {
    let file = blocks[index].file
    guard !isCarried.isEmpty, isCarried[file], blocks[index].view.keyword.isCarried else { return nil }
    return Int(input.earlier!.memory.files[file].blocks[index - blockRanges[file].lowerBound].index)
  }

  /// The origin that a block had in the check before.
  func carriedOrigin(_ index: Int) -> Origin? {
    guard let entry = carriedEntry(index), entry >= 0, let program = input.earlier?.program else { return nil }
    var origin: Origin
    switch blocks[index].view.keyword {
    case .definition: origin = program.definitions[entry].origin
    case .decisionTable: origin = program.tables[entry].origin
    case .tiers: origin = program.tierSchedules[entry].origin
    case .measure: origin = program.measures[entry].origin
    case .group: origin = program.groups[entry].origin
    default: return nil
    }
    origin.clause = blocks[index].clause
    return origin
  }

  /// Notes the numbers that everything has now that files declare which are carried.
  func findNumbers() {
    guard let memory = input.earlier?.memory else { return }
    for place in isCarried.indices where isCarried[place] {
      for (index, old) in zip(blockRanges[place], memory.files[place].blocks) {
        let block = blocks[index]
        if let one = old.clause, let two = block.clause { renumbering.clauses.set(one, to: two) }
        for (one, two) in zip(old.choices, block.choices) { renumbering.choices.set(ChoiceID(one), to: ChoiceID(two)) }
        guard old.index >= 0, block.index >= 0 else { continue }
        let (one, two) = (Int(old.index), block.index)
        switch block.view.keyword {
        case .definition: renumbering.definitions.set(DefinitionID(one), to: DefinitionID(two))
        case .classification: renumbering.classifications.set(ClassificationID(one), to: ClassificationID(two))
        case .hole: renumbering.holes.set(HoleID(one), to: HoleID(two))
        case .parameter: renumbering.parameters.set(ParameterID(one), to: ParameterID(two))
        case .decisionTable: renumbering.tables.set(TableID(one), to: TableID(two))
        case .tiers: renumbering.tierSchedules.set(TierScheduleID(one), to: TierScheduleID(two))
        case .measure: renumbering.measures.set(MeasureID(one), to: MeasureID(two))
        case .group: renumbering.groups.set(GroupID(one), to: GroupID(two))
        default: continue
        }
      }
    }
    for place in isCarried.indices where isCarried[place] {
      journal = place + 1
      for use in memory.files[place].journal.holeUses { noteUse(of: renumbering.hole(use.hole), use.scope) }
    }
    journal = 0
  }

  /// What a block says, from its entry in the check before.
  func carry(_ index: Int, _ entry: Int) {
    guard let earlier = input.earlier, entry >= 0 else { return }
    let place = blocks[index].index
    switch blocks[index].view.keyword {
    case .definition:
      program.definitions[place] = renumbered(earlier.program.definitions[entry]) { $0.definition($1) }
    case .decisionTable:
      program.tables[place] = renumbered(earlier.program.tables[entry]) { $0.table($1) }
      if let inputs = earlier.memory.tableInputs[TableID(entry)] {
        var carried: [Expression] = []
        for input in inputs { carried.append(renumbered(input) { $0.expression($1) }) }
        tableInputs[TableID(place)] = carried
      }
    case .tiers:
      program.tierSchedules[place] = renumbered(earlier.program.tierSchedules[entry]) { $0.tiers($1) }
    case .measure:
      program.measures[place] = renumbered(earlier.program.measures[entry]) { $0.measure($1) }
      program.measures[place].isUnbacked = false
    case .group:
      program.groups[place] = renumbered(earlier.program.groups[entry]) { $0.group($1) }
    case .policyCase:
      blocks[index].index = program.cases.count
      program.cases.append(renumbered(earlier.program.cases[entry]) { $0.policyCase($1) })
    case .record:
      blocks[index].index = records.count
      records.append(earlier.records[entry])
    default: break
    }
  }

  /// The preconditions of a measure, which another may carry on.
  func carryPreconditions(_ index: Int, _ entry: Int) {
    guard let earlier = input.earlier, entry >= 0 else { return }
    for condition in earlier.program.measures[entry].conditions where condition.role == .precondition {
      preconditions[MeasureID(blocks[index].index), default: []].append(
        renumbered(condition.test) { $0.expression($1) })
    }
  }

  private func renumbered<Entry>(_ old: Entry, _ change: (inout Renumbering, Entry) -> Entry) -> Entry {
    renumbering.changesNothing ? old : change(&renumbering, old)
  }

  // MARK: For the next check

  /// What the next check may take from this one.
  func memory() -> CheckMemory {
    let files = input.files.indices.map { place in
      FileMemory(
        file: input.files[place], names: names[place], journal: journals[place + 1], quotes: quotes[place],
        blocks: blocks[blockRanges[place]].map {
          BlockMemory(index: Int32($0.index), clause: $0.clause, choices: $0.choices)
        })
    }
    return CheckMemory(
      files: files, texts: input.texts, sessionFiles: input.sessionFiles, tableInputs: tableInputs, hasCycle: hasCycle)
  }
}
