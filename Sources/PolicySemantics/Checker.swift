import PolicyDiagnostics
import PolicyIR
import PolicySyntax
import PolicyText
import PolicyValues

/// A block with where it stands.
struct DeclaredBlock {
  let view: BlockView
  /// The place of its file among those of the check.
  let file: Int
  let document: DocumentID?
  let clause: ClauseID?
  /// The entry that the block declares, in the table of its kind.
  var index = -1
  /// The choices among readings that it declares.
  var choices = 0..<0
}

/// The state of one check.
final class Checker {
  let input: CheckInput
  var program = Program()
  var remarks: [Diagnostic] = []
  var symbols: SymbolTable
  var texts: [DocumentID: LoadedText] = [:]
  var blocks: [DeclaredBlock] = []
  /// The blocks of each file.
  private(set) var blockRanges: [Range<Int>] = []
  /// The blocks of each kind, in written order, by the keyword's raw value.
  private var blocksByKeyword = [[Int]](repeating: [], count: Keyword.allCases.count)
  /// The block of each clause.
  var clauseBlocks: [Int] = []
  /// What the rules of each file did to what all share; first what is read in every check.
  var journals: [FileJournal]
  /// The journal that is written.
  var journal = 0
  /// Files whose rules are taken from the check before; empty for none.
  var isCarried: [Bool] = []
  /// The names that files write, as far as somebody asked.
  var names: [FileNames?]
  /// The numbers that entries of the check before have now.
  var renumbering = Renumbering()
  /// What became of the documents' sentences, once all rules are read.
  private(set) var coverage: [DocumentCoverage] = []
  var exempted: [DocumentID: [ClauseAddress: String]] = [:]
  /// Values of literals read since the last rule began, with where they stand.
  var literals: [LiteralUse] = []
  /// Named things used since the last rule began, whose quotes count for its numbers.
  var usedOrigins: [Origin] = []
  /// Bounds that a document states itself (本数), by word: whether the number is included.
  var statedBounds: [DocumentID: [Keyword: Bool]] = [:]
  var generalDuties: [DocumentID: [(authority: AuthorityID, from: ClauseAddress)]] = [:]
  /// Measures that grant something else than money, by their label 数额.
  var grantsOtherwise: Set<MeasureID> = []
  /// Preconditions of measures, for 承接.
  var preconditions: [MeasureID: [Expression]] = [:]
  /// What the columns of tables that could be read whole look at.
  var tableInputs: [TableID: [Expression]] = [:]
  /// The clause that remarks are made in.
  var currentClause: ClauseID?
  var currentDocument: DocumentID?
  /// `随`: definitions that share another's choice, by the name that they give.
  var followed: [DefinitionID: Int] = [:]
  /// `限`: the clauses in which a name may be used.
  var restrictions: [Int: [ClauseAddress]] = [:]
  /// Literals of measures' preconditions, which are read before the rest of the measure.
  var preconditionLiterals: [MeasureID: ([LiteralUse], [Origin])] = [:]
  /// Whose facts the rules see that use a hole; what bounds or fills it sees the same.
  var holeScopes: [HoleID: Set<Scope>] = [:]
  /// Fillings that hold for some subjects only, by the hole that they fill.
  var partialFillings: [HoleID: [(condition: Expression, filling: Hole.Filling)]] = [:]
  /// Subjects that rule files hold.
  var records: [(subject: Subject, span: Span)] = []
  /// Places of drafts that the text doesn't back.
  var unbacked: [Span] = []
  /// Fields that were looked at as possible undefined sets, once one was, and definitions whose fields were.
  var checkedFields: [Bool] = []
  var checkedDefinitions: Set<DefinitionID> = []
  /// Lists of facts that can be cut into words in several ways, where it was settled or remarked which is meant.
  var settledCuts: Set<Span> = []
  /// What the quotes of each file say.
  var quotes: [QuoteTable]
  /// The places of files among those of the check, by their numbers.
  var filePlaces: [Int]
  /// What the rule being read may take its numbers from.
  var readings: [QuoteReading] = []
  /// Where a quote was looked for last: the rules of one clause stand together.
  var searched: (document: DocumentID, clause: ClauseAddress, range: Range<Int>)?
  /// The block being read, in which a misspelt line may be what seems to be missing.
  var currentBlock: BlockView?
  /// Rules of which a quote is missing or was not found: their numbers can't be held against it.
  var unquoted: Set<Span> = []
  /// Clauses with a rule whose quote is missing or was not found: its sentence may seem uncovered; nil for any clause.
  var uncertain: [DocumentID: Set<ClauseAddress?>] = [:]
  /// Documents whose official text should be there and is not.
  var lostTexts: Set<DocumentID> = []
  /// Names whose declaration was remarked, so that their uses are not.
  var brokenNames: Set<Int> = []
  /// How many remarks there were when the rule being read began.
  var remarksBeforeRule = 0
  /// Whether a rule could not be understood, so that what it would use seems unused.
  var hasBrokenRules = false
  /// Whether entries were changed to break a circle.
  var hasCycle = false

  init(_ input: CheckInput) {
    self.input = input
    symbols = SymbolTable(input.vocabulary)
    journals = Array(repeating: FileJournal(), count: input.files.count + 1)
    names = Array(repeating: nil, count: input.files.count)
    quotes = Array(repeating: QuoteTable(), count: max(1, input.files.count))
    filePlaces = Array(repeating: 0, count: (input.files.map { Int($0.id.rawValue) }.max() ?? 0) + 1)
    for (place, file) in input.files.enumerated() { filePlaces[Int(file.id.rawValue)] = place }
  }

  func run() {
    collectBlocks()
    findCarried()
    each(.authority) { $0.declareAuthority($1) }
    each(.option) { $0.declareOption($1) }
    each(.kind) { $0.declareKind($1) }
    each(.authority) { $0.completeAuthority($1) }
    each(.kind) { $0.declareFields($1) }
    completeClauses()
    each(.nameList) { $0.declareNameList($1) }
    each(.hole) { $0.declareHole($1) }
    each(.parameter) { $0.declareParameter($1) }
    each(.definition) { $0.declareDefinition($1) }
    each(.classification) { $0.declareClassification($1) }
    each(.decisionTable) { $0.declareTable($1) }
    each(.tiers) { $0.declareTiers($1) }
    each(.measure) { $0.declareMeasure($1) }
    each(.group) { $0.declareGroup($1) }
    findNumbers()
    complete(.definition) { $0.completeDefinition($1) }
    complete(.decisionTable) { $0.completeTable($1) }
    complete(.tiers) { $0.completeTiers($1) }
    complete(.measure, carrying: Checker.carryPreconditions) { $0.completePreconditions($1) }
    complete(.measure) { $0.completeMeasure($1) }
    checkUndefinedSets()
    each(.decisionTable) { $0.analyseTable($1) }
    complete(.group) { $0.completeGroup($1) }
    each(.hole) { $0.completeHole($1) }
    each(.filling) { $0.readFilling($1) }
    joinPartialFillings()
    each(.calendar) { $0.readCalendar($1) }
    each(.ruling) { $0.readRuling($1) }
    each(.unruled) { $0.readUnruled($1) }
    complete(.policyCase) { $0.readCase($1) }
    complete(.record) { $0.addRecord($1) }
    checkCuts()
    checkCycles()
    checkConflictingFillings()
    coverage = coverageReports()
    checkCoverage()
    checkUnusedNumbers()
    markUnbacked()
  }

  /// Runs a step over all blocks of a kind, in written order.
  private func each(_ keyword: Keyword, _ step: (Checker, Int) -> Void) {
    for index in blocksByKeyword[Int(keyword.rawValue)] { run(step, index) }
  }

  /// Runs the step that reads what the blocks of a kind say; what the check before found is taken where it still holds.
  private func complete(
    _ keyword: Keyword, carrying carry: (Checker) -> (Int, Int) -> Void = Checker.carry,
    _ step: (Checker, Int) -> Void
  ) {
    for index in blocksByKeyword[Int(keyword.rawValue)] {
      if let entry = carriedEntry(index) {
        carry(self)(index, entry)
      } else {
        run(step, index)
      }
    }
  }

  private func run(_ step: (Checker, Int) -> Void, _ index: Int) {
    journal = blocks[index].view.keyword.isCarried ? blocks[index].file + 1 : 0
    let before = remarks.count
    currentClause = blocks[index].clause
    currentDocument = blocks[index].document
    currentBlock = blocks[index].view
    step(self, index)
    currentBlock = nil
    currentClause = nil
    currentDocument = nil
    if remarks.count != before { journals[journal].isRemarked = true }
    journal = 0
  }

  /// Records in rule files are subjects that every session has.
  private func addRecord(_ index: Int) {
    guard let subject = readRecord(blocks[index].view) else { return }
    blocks[index].index = records.count
    records.append((subject, blocks[index].view.span))
  }

  /// Walks through the files: documents and clauses set the place for what follows them.
  private func collectBlocks() {
    var documentOfFolder: [String: DocumentID] = [:]
    var pending: [(file: SyntaxFile, blocks: [BlockView])] = []
    for file in input.files {
      let views = file.blocks
      pending.append((file, views))
      for view in views where view.keyword == .document {
        currentBlock = view
        defer { currentBlock = nil }
        if let id = declareDocument(view), hasText(id) {
          let folder = folderName(file.source.path)
          if documentOfFolder[folder] == nil { documentOfFolder[folder] = id }
        }
      }
    }
    blocks.reserveCapacity(pending.reduce(0) { $0 + $1.blocks.count })
    for (place, (file, views)) in pending.enumerated() {
      let first = blocks.count
      defer { blockRanges.append(first..<blocks.count) }
      var document = documentOfFolder[folderName(file.source.path)]
      var clause: ClauseID?
      for view in views {
        switch view.keyword {
        case .document:
          // A document that is only cited holds no rules.
          if let id = view.name.flatMap({ documentNamed($0, in: file) }), hasText(id) {
            document = id
            clause = nil
          }
        case .clause:
          if let (id, owner) = declareClause(view, in: document) {
            clause = id
            document = owner
            clauseBlocks.append(blocks.count)
          }
        default: break
        }
        blocksByKeyword[Int(view.keyword.rawValue)].append(blocks.count)
        blocks.append(DeclaredBlock(view: view, file: place, document: document, clause: clause))
      }
    }
    program.measures.reserveCapacity(blocksByKeyword[Int(Keyword.measure.rawValue)].count)
  }

  /// Whether a document's text is on file, or should be.
  private func hasText(_ id: DocumentID) -> Bool { program.documents[id].textFile != nil || lostTexts.contains(id) }

  private func folderName(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  // MARK: Remarks

  /// What a rule typed at a prompt may still lack.
  private static let backing: Set<DiagnosticID> = [
    .valueNotInQuote, .missingQuote, .missingClause, .quoteNotFound, .quoteInOtherClause, .sentenceNotCovered,
  ]

  private func isDraft(_ id: DiagnosticID, _ span: Span) -> Bool {
    guard Checker.backing.contains(id), !input.sessionFiles.isEmpty else { return false }
    return input.sessionFiles.contains(span.file) || id == .sentenceNotCovered
  }

  /// Marks every measure that the text doesn't back whole, and those that rest on such a definition or table.
  private func markUnbacked() {
    guard !unbacked.isEmpty else { return }
    var marked: Set<Dependency> = []
    for block in blocks where block.index >= 0 {
      let node = block.view.file.tree[block.view.node]
      let isTouched = unbacked.contains { span in
        span.file == block.view.file.id && span.start >= node.start && span.end <= node.end
      }
      guard isTouched else { continue }
      switch block.view.keyword {
      case .measure: marked.insert(.measure(MeasureID(block.index)))
      case .definition: marked.insert(.definition(DefinitionID(block.index)))
      case .decisionTable: marked.insert(.table(TableID(block.index)))
      case .tiers: marked.insert(.tiers(TierScheduleID(block.index)))
      default: break
      }
    }
    for index in program.measures.indices {
      program.measures[index].isUnbacked = rests(.measure(MeasureID(index)), on: marked)
    }
  }

  /// What is remarked as a warning; everything else is an error.
  private static let warnings: Set<DiagnosticID> = [
    .numberNotUsed, .amountWithoutPayer, .grantWithoutAmount, .undefinedSet, .pastTimeLimit,
  ]

  /// What says that something is missing; a line that could not be read may be it.
  private static let absences: Set<DiagnosticID> = [
    .missingLine, .missingQuote, .amountWithoutPayer, .grantWithoutAmount,
  ]

  func remark(
    _ id: DiagnosticID, _ span: Span, _ zh: String, _ en: String,
    related: [Diagnostic.Label] = [], help: [Bilingual] = []
  ) {
    if id != .sentenceNotCovered, id != .tableGap, !Checker.warnings.contains(id) { hasBrokenRules = true }
    if Checker.absences.contains(id), currentBlock?.hasUnreadableLines == true { return }
    let isDraft = isDraft(id, span)
    if isDraft { unbacked.append(span) }
    remarks.append(
      Diagnostic(
        id, isDraft ? .warning : id == .tableGap ? .note : Checker.warnings.contains(id) ? .warning : .error, at: span,
        Bilingual(zh: zh, en: en), related: related, help: help,
        clause: currentClause.map { program.clauses[$0].address.description }))
  }

  /// The number of the head's name; a missing or unreadable one was remarked by the parser.
  func nameNumber(_ view: BlockView) -> Int? {
    guard let name = view.name else { return nil }
    let detail = view.file.tree[name].detail
    return detail == .max ? nil : Int(detail)
  }

  /// Notes that the head's name has no meaning because its declaration was remarked.
  func markBroken(_ view: BlockView) { if let number = nameNumber(view) { brokenNames.insert(number) } }

  func nameText(_ number: Int) -> String { input.vocabulary.names[number] }

  /// The name of a head as people read it, with full-width marks as written.
  func displayName(_ view: BlockView) -> String {
    guard let name = view.name else { return "" }
    var bytes = view.file.bytes(name)
    if bytes.starts(with: "「".utf8) { bytes = bytes.dropFirst(3) }
    if bytes.suffix(3).elementsEqual("」".utf8) { bytes = bytes.dropLast(3) }
    // Mostly the vocabulary has the same text already.
    let detail = view.file.tree[name].detail
    if detail != .max, nameText(Int(detail)).utf8.elementsEqual(bytes) { return nameText(Int(detail)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds a meaning to the head's name, and remarks on a second declaration of the same kind of thing.
  func declare(_ symbol: Symbol, _ view: BlockView, conflicts: (Symbol) -> Span?) {
    guard let number = nameNumber(view), let name = view.name else { return }
    for other in symbols.meanings(of: number) {
      if let span = conflicts(other) {
        remark(
          .duplicateName, view.file.span(name), "“\(displayName(view))”已经声明过",
          "“\(displayName(view))” is declared already",
          related: [
            .init(span: span, message: Bilingual(zh: "第一次声明在这里", en: "first declared here"))
          ])
        return
      }
    }
    symbols.add(symbol, named: number)
  }

  /// Where a meaning of a name is declared.
  func declarationSpan(_ symbol: Symbol) -> Span? {
    switch symbol {
    case .field(let id): program.fields[id].span
    case .definition(let id): program.definitions[id].origin.span
    case .classification(let id): program.classifications[id].origin.span
    case .authority(let id): program.authorities[id].span
    case .kind(let id): program.kinds[id].span
    case .optionType(let id), .optionValue(let id, _): program.optionTypes[id].span
    default: ruleSpan(symbol)
    }
  }

  /// The place of any rule-like thing with a name of its own, for duplicates.
  func ruleSpan(_ symbol: Symbol) -> Span? {
    switch symbol {
    case .measure(let id): program.measures[id].origin.span
    case .group(let id): program.groups[id].origin.span
    case .hole(let id): program.holes[id].origin.span
    case .parameter(let id): program.parameters[id].origin.span
    case .table(let id): program.tables[id].origin.span
    case .tiers(let id): program.tierSchedules[id].origin.span
    case .nameList(let id): program.nameLists[id].origin.span
    default: nil
    }
  }
}
