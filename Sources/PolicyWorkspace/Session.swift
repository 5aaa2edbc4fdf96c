import PolicyAnalysis
package import PolicyAnswers
package import PolicyDiagnostics
package import PolicyEvaluation
package import PolicyFacts
package import PolicyIR
import PolicySemantics
package import PolicyStore
import PolicySyntax
package import PolicyText
package import PolicyValues

/// Policies and subjects under question at one date: what every verb and the prompt work on.
package final class Session {
  /// What was read, and what was prepared of it; replaced as a whole.
  struct State {
    /// The rules in force: those of the files, with what the session declared.
    var policies: PolicySet
    /// The rules as the files had them when they were read.
    var base: PolicySet
    /// Rule files, official texts and files of facts.
    var files: SourceFiles
    var inputs: [FactsInput] = []
    /// The stores among the files of facts, as far as they were read.
    var portfolios: [Portfolio] = []
    var subjects: [Subject] = []
    var places: [SubjectPlace] = []
    var factReports: [FactsReport] = []
    var factRemarks: [Diagnostic] = []
    var factPaths: [String] = []
    /// What the declarations among the steps make of the files.
    var draft = Draft()
    /// What the session added, newest last.
    var steps: [Step] = []
    var selected: Int?
    /// The slot of the text that was typed last, used again for the next.
    var typed: FileID?
    var evaluation: Evaluation?
    var inquiry: Inquiry?
    var explanation: Explanation?

    init(_ policies: PolicySet) {
      self.policies = policies
      base = policies
      files = policies.files
    }
  }

  var state: State
  /// The rules as they were when the session began.
  let opened: PolicySet
  package var policies: PolicySet { state.policies }
  /// Rule files, official texts, files of facts, and the text that was typed last.
  package var files: SourceFiles { state.files }
  package var subjects: [Subject] { state.subjects }
  package var places: [SubjectPlace] { state.places }
  package var factReports: [FactsReport] { state.factReports }
  package var factRemarks: [Diagnostic] { state.factRemarks }
  package var factPaths: [String] { state.factPaths }
  /// Suppositions and declarations in force, oldest first.
  package var steps: [Step] { state.steps }
  /// 查询日期; always shown with an answer. Facts of stores are those that hold then.
  package var asOf: CivilDate {
    get { day }
    set {
      let before = day
      day = newValue
      followDate(from: before)
    }
  }
  /// The same, set without reading facts again.
  var day: CivilDate
  /// The last day (UTC) on which something may have been recorded to count among the facts of a store; nil for any.
  package var knownUntil: CivilDate?
  /// The store that is saved to where none is named.
  package internal(set) var store: StoreAddress?
  /// Connections to servers, kept open.
  var servers: [ServerURL: any ProjectStore] = [:]
  package var language: Language
  /// Whether answers in sentences and tables carry colours.
  package var isColoured = false
  /// The format of answers where a statement names none.
  package var format: String?
  /// The subject that questions without a subject are about.
  package var selected: Int? {
    get { state.selected }
    set { state.selected = newValue }
  }
  /// Where an interview's replies come from; nil where nobody can answer.
  package var input: QuestionInput?
  /// Shows a remark in the middle of a verb.
  package var say: (String) -> Void = { _ in }
  /// Told in the middle of long work how many steps are done, and of how many; false stops the work. Where the number is not
  /// known it is 0 of 0. Once it has said false, it says so until the next question.
  package var watch: (Int, Int) -> Bool = { _, _ in true }
  var goOn: () -> Bool { { [watch] in watch(0, 0) } }
  /// Counts the changes of rules and of the list of subjects, for what is kept beside them.
  package internal(set) var generation = 0
  /// What files were like when they were last compared with what was read.
  var stamps: [String: FileStamp] = [:]
  /// The answers of all subjects, while nothing that they rest on changed.
  var answers: Snapshot?

  package init(policies: PolicySet, asOf: CivilDate, language: Language) {
    state = State(policies)
    opened = policies
    day = asOf
    self.language = language
  }

  package var program: Program { policies.program }
  package var wording: Wording {
    Wording(program: program, language: language, files: files, isColoured: isColoured)
  }

  /// The rules, prepared once.
  package var prepared: PreparedProgram {
    if let evaluation = state.evaluation { return evaluation.prepared }
    let prepared = PreparedProgram(program)
    state.evaluation = Evaluation(prepared)
    return prepared
  }

  // MARK: Facts

  /// Loads files of facts in place of those loaded before; suppositions end with them.
  ///
  /// - Throws: What could not be read, `interrupted` where `watch` stopped it; then everything stays as it was.
  package func loadFacts(_ paths: [String]) throws(FileFailure) {
    let sources = try factSources(paths)
    let old = state
    (state.inputs, state.portfolios, state.factPaths) = (sources.inputs, sources.portfolios, paths)
    state.steps.removeAll(where: \.isAboutFacts)
    do throws(FileFailure) { try readInputs() } catch {
      state = old
      throw error
    }
    if state.portfolios.count == 1 { store = state.portfolios[0].address }
  }

  /// The contents of files of facts, of those below folders, and of stores.
  func factSources(_ paths: [String]) throws(FileFailure) -> FactSources {
    var sources = FactSources()
    for path in try factFiles(paths) {
      if let address = storeAddress(path) {
        let portfolio = try readStore(address)
        sources.portfolios.append(portfolio)
        sources.inputs.append(input(portfolio))
      } else {
        sources.inputs += try factsInputs(of: path)
      }
    }
    return sources
  }

  func factFiles(_ paths: [String]) throws(FileFailure) -> [String] {
    var files: [String] = []
    for path in paths {
      if FileSystem.isFolder(path) == true {
        for ending in [".csv", ".xlsx", ".json", ".jsonl", ".yaml", ".yml", ".tiaoli"] {
          files += try FileSystem.files(below: FileSystem.normalized(path), ending: ending)
        }
      } else {
        files.append(path)
      }
    }
    return files
  }

  /// Reads the facts that were loaded with the rules in force.
  ///
  /// - Throws: `interrupted` where `watch` stopped it; the state is then half done.
  func readInputs() throws(FileFailure) {
    state.files = policies.files
    let tables = state.inputs.filter { !$0.isRules }
    let result = try PolicyFacts.readFacts(tables, into: &state.files, program: program) {
      [watch] (done, total) throws(FileFailure) in
      if !watch(done, total) { throw FileFailure(path: tables.first?.path ?? "", cause: .interrupted) }
    }
    state.subjects = result.subjects
    state.places = result.places
    state.factReports = result.reports
    var remarks = result.remarks
    var records = policies.checked.records
    for input in state.inputs where input.isRules {
      let file = SourceFile(path: input.path, bytes: input.bytes)
      let read = readRecords(file, id: state.files.add(file), in: policies.checked)
      records += read.records
      remarks += read.remarks
    }
    state.subjects += records.map(\.subject)
    state.places += records.map { SubjectPlace(span: $0.span, row: nil) }
    state.factRemarks = remarks.sortedAndUnique()
    state.typed = nil
    generation += 1
    answers = nil
    if let selected, !subjects.indices.contains(selected) { self.selected = nil }
  }

  /// Replaces the facts of one subject, as a supposition or an interview does.
  package func replace(_ index: Int, with subject: Subject) {
    guard subjects.indices.contains(index) else { return }
    state.subjects[index] = subject
    answers = nil
  }

  // MARK: Answers

  package func decisions(for subject: Subject, measures: [MeasureID]? = nil) -> Decisions {
    _ = prepared
    return state.evaluation!.decisions(for: subject, asOf: asOf, measures: measures)
  }

  package func explain(_ measure: MeasureID, for subject: Subject) -> (decision: Decision, derivation: Derivation)? {
    if state.explanation == nil { state.explanation = Explanation(prepared) }
    guard let answer = state.explanation!.decision(of: measure, for: subject, asOf: asOf) else { return nil }
    var decision = answer.decision
    // What a group leaves payable is seen only when its members are asked together.
    if program.groups.contains(where: { $0.members.contains(measure) }),
      let whole = decisions(for: subject).decisions.first(where: { $0.measure == measure })
    {
      decision.payable = whole.payable
    }
    return (decision, answer.derivation)
  }

  func withInquiry<Result, Stop: Error>(_ body: (inout Inquiry) throws(Stop) -> Result) throws(Stop) -> Result {
    if state.inquiry == nil {
      var new = Inquiry(prepared)
      let program = program
      new.canMatter = { field, measure, subject, asOf in
        PolicyAnalysis.canMatter(field, to: measure, for: subject, asOf: asOf, in: program)
      }
      state.inquiry = new
    }
    return try body(&state.inquiry!)
  }

  /// Whether a condition holds for subjects of a kind, prepared once for all of them; an unknown one does not.
  package func test(_ condition: Expression, kind: KindID) -> (Subject) -> Bool {
    var program = program
    let id = DefinitionID(program.definitions.count)
    program.definitions.append(
      Definition(
        name: "", kind: kind, type: .truth, bodies: [condition], choice: nil,
        origin: Origin(span: condition.span, clause: nil)))
    var explanation = Explanation(PreparedProgram(program))
    return { [asOf] subject in
      if case .truth(let outcome) = explanation.value(of: id, for: subject, asOf: asOf).outcome {
        return outcome.leaf == .yes
      }
      return false
    }
  }

  /// The value of an expression for a subject.
  package func value(of expression: Expression, for subject: Subject) -> (ExpressionOutcome, Derivation) {
    let result = PolicyEvaluation.value(of: expression, in: program, subject: subject, asOf: asOf)
    return (result.outcome, result.derivation)
  }

  /// Reads a question's expression; its remarks point into a file that is registered here.
  package func expression(
    _ text: String, kind: KindID, expecting type: ValueType? = nil
  ) -> (expression: Expression?, remarks: [Diagnostic]) {
    let (file, id) = typed(text)
    return resolveExpression(file, id: id, kind: kind, in: policies.checked, expecting: type)
  }

  /// Writes facts, as cases write them, into a subject.
  package func readFacts(_ text: String, into subject: inout Subject) -> [Diagnostic] {
    let (file, id) = typed(text)
    return resolveFacts(file, id: id, into: &subject, in: policies.checked)
  }

  /// A typed text as a file; it takes the place of the one before, so that a long session does not grow.
  private func typed(_ text: String) -> (SourceFile, FileID) {
    let file = SourceFile(path: language == .zh ? "<输入>" : "<input>", text: text)
    if let id = state.typed {
      state.files.replace(id, with: file)
      return (file, id)
    }
    let id = state.files.add(file)
    state.typed = id
    return (file, id)
  }

  // MARK: Names

  /// The measure that a text names: its name, in any width, or the only one that holds the text.
  package func measure(named text: String) -> NameMatch<MeasureID> {
    match(text, program.measures.indices.map { (MeasureID($0), program.measures[$0].name) })
  }

  /// Where a rule, definition or other named declaration stands.
  package func place(ofRule name: String) -> Span? {
    if case .one(let id) = measure(named: name) { return program.measures[id].origin.span }
    for file in policies.syntax {
      for block in file.blocks where block.headName == name { return block.span }
    }
    return nil
  }

  /// The subject that a text names, or its number in the list of subjects; those that share a name are told apart by number.
  package func subject(named text: String) -> NameMatch<Int> {
    // A second subject of one name is called otherwise in answers, but it has the name too.
    let sharing = subjects.indices.filter { (subjects[$0].name ?? subjects[$0].id) == text }
    if sharing.count > 1 { return .several(sharing.map(numbered)) }
    switch match(text, subjects.indices.map { ($0, subjects[$0].id) }) {
    case .several(let names) where Set(names).count == 1:
      return .several(subjects.indices.filter { subjects[$0].id == names[0] }.map(numbered))
    case .none(let near):
      if let number = Int(text), subjects.indices.contains(number - 1) { return .one(number - 1) }
      return .none(nearest: near)
    case let match: return match
    }
  }

  private func numbered(_ index: Int) -> String {
    let span = places[index].span
    let place = "\(files[span.file].path):\(places[index].row ?? files[span.file].line(of: span.start))"
    return subjects[index].id + wording.say("（序号\(index + 1)，\(place)）", " (number \(index + 1), \(place))")
  }

  package func authority(named text: String) -> NameMatch<AuthorityID> {
    match(
      text,
      program.authorities.indices.flatMap { index in
        ([program.authorities[index].name] + program.authorities[index].aliases).map { (AuthorityID(index), $0) }
      })
  }

  private func match<Item: Hashable>(_ text: String, _ candidates: [(Item, String)]) -> NameMatch<Item> {
    func key(_ text: String) -> String {
      var result = ""
      for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
        result.unicodeScalars.append(Unicode.Scalar(foldingWidth(scalar.value)) ?? scalar)
      }
      return result
    }
    let wanted = key(text)
    let exact = candidates.filter { key($0.1) == wanted }
    if let first = exact.first {
      let items = Set(exact.map(\.0))
      return items.count == 1 ? .one(first.0) : .several(exact.map(\.1))
    }
    let holding = candidates.filter { key($0.1).contains(wanted) }
    if !wanted.isEmpty, let first = holding.first {
      return Set(holding.map(\.0)).count == 1 ? .one(first.0) : .several(holding.map(\.1))
    }
    return .none(nearest: nearest(text, in: candidates.map(\.1)))
  }
}

/// What files of facts and stores hold.
struct FactSources {
  var inputs: [FactsInput] = []
  var portfolios: [Portfolio] = []
}

extension FactsInput {
  /// Whether it is read as blocks of the language.
  var isRules: Bool { format == nil && path.hasSuffix(".tiaoli") }
}

/// What a typed name stands for.
package enum NameMatch<Item> {
  case one(Item)
  case several([String])
  case none(nearest: [String])
}
