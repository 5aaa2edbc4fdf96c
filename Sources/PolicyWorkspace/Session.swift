import PolicyAnalysis
package import PolicyAnswers
package import PolicyDiagnostics
package import PolicyEvaluation
package import PolicyFacts
package import PolicyIR
import PolicySemantics
import PolicySyntax
package import PolicyText
package import PolicyValues

/// Policies and subjects under question at one date: what every verb and the prompt work on.
package final class Session {
  package private(set) var policies: PolicySet
  /// Rule files, official texts and files of facts.
  package private(set) var files: SourceFiles
  package private(set) var subjects: [Subject] = []
  package private(set) var places: [SubjectPlace] = []
  package private(set) var factReports: [FactsReport] = []
  package private(set) var factRemarks: [Diagnostic] = []
  package private(set) var factPaths: [String] = []
  /// 查询日期; always shown with an answer.
  package var asOf: CivilDate
  package var language: Language
  /// The subject that questions without a subject are about.
  package var selected: Int?
  /// Rules typed at the prompt and not written to a file.
  package internal(set) var draft = Draft()
  /// Where an interview's replies come from; nil where nobody can answer.
  package var input: QuestionInput?
  /// Shows a remark in the middle of a verb.
  package var say: (String) -> Void = { _ in }
  private var evaluation: Evaluation?
  private var inquiry: Inquiry?
  private var explanation: Explanation?

  package init(policies: PolicySet, asOf: CivilDate, language: Language) {
    self.policies = policies
    files = policies.files
    self.asOf = asOf
    self.language = language
  }

  package var program: Program { policies.program }
  package var wording: Wording { Wording(program: program, language: language, files: files) }

  /// The rules, prepared once.
  package var prepared: PreparedProgram {
    if let evaluation { return evaluation.prepared }
    let prepared = PreparedProgram(program)
    evaluation = Evaluation(prepared)
    return prepared
  }

  /// Takes over other policies, and forgets what was prepared for the old ones.
  package func replacePolicies(_ policies: PolicySet) throws(FileFailure) {
    self.policies = policies
    files = policies.files
    evaluation = nil
    explanation = nil
    inquiry = nil
    try loadFacts(factPaths)
  }

  // MARK: Facts

  /// Loads files of facts in place of those loaded before.
  package func loadFacts(_ paths: [String]) throws(FileFailure) {
    var inputs: [FactsInput] = []
    for path in paths {
      if FileSystem.isFolder(path) == true {
        for ending in [".csv", ".json", ".yaml", ".yml", ".tiaoli"] {
          for file in try FileSystem.files(below: FileSystem.normalized(path), ending: ending) {
            inputs.append(FactsInput(path: file, bytes: try FileSystem.read(file)))
          }
        }
      } else {
        inputs.append(FactsInput(path: path, bytes: try FileSystem.read(path)))
      }
    }
    files = policies.files
    let tables = inputs.filter { !$0.path.hasSuffix(".tiaoli") }
    let result = PolicyFacts.readFacts(tables, into: &files, program: program, defaultKind: nil)
    subjects = result.subjects
    places = result.places
    factReports = result.reports
    var remarks = result.remarks
    var records = policies.checked.records
    for input in inputs where input.path.hasSuffix(".tiaoli") {
      let file = SourceFile(path: input.path, bytes: input.bytes)
      let read = readRecords(file, id: files.add(file), in: policies.checked)
      records += read.records
      remarks += read.remarks
    }
    subjects += records.map(\.subject)
    places += records.map { SubjectPlace(span: $0.span, row: nil) }
    factRemarks = remarks.sortedAndUnique()
    factPaths = paths
    if let selected, !subjects.indices.contains(selected) { self.selected = nil }
  }

  /// Replaces the facts of one subject, as a supposition or an interview does.
  package func replace(_ index: Int, with subject: Subject) {
    if subjects.indices.contains(index) { subjects[index] = subject }
  }

  // MARK: Answers

  package func decisions(for subject: Subject, measures: [MeasureID]? = nil) -> Decisions {
    _ = prepared
    return evaluation!.decisions(for: subject, asOf: asOf, measures: measures)
  }

  package func explain(_ measure: MeasureID, for subject: Subject) -> (decision: Decision, derivation: Derivation)? {
    if explanation == nil { explanation = Explanation(prepared) }
    guard let answer = explanation!.decision(of: measure, for: subject, asOf: asOf) else { return nil }
    var decision = answer.decision
    // What a group leaves payable is seen only when its members are asked together.
    if program.groups.contains(where: { $0.members.contains(measure) }),
      let whole = decisions(for: subject).decisions.first(where: { $0.measure == measure })
    {
      decision.payable = whole.payable
    }
    return (decision, answer.derivation)
  }

  func withInquiry<Result>(_ body: (inout Inquiry) -> Result) -> Result {
    if inquiry == nil {
      var new = Inquiry(prepared)
      let program = program
      new.canMatter = { field, measure, subject, asOf in
        PolicyAnalysis.canMatter(field, to: measure, for: subject, asOf: asOf, in: program)
      }
      inquiry = new
    }
    return body(&inquiry!)
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
    let file = SourceFile(path: language == .zh ? "<输入>" : "<input>", text: text)
    let id = files.add(file)
    return resolveExpression(file, id: id, kind: kind, in: policies.checked, expecting: type)
  }

  /// Writes facts, as cases write them, into a subject.
  package func readFacts(_ text: String, into subject: inout Subject) -> [Diagnostic] {
    let file = SourceFile(path: language == .zh ? "<输入>" : "<input>", text: text)
    let id = files.add(file)
    return resolveFacts(file, id: id, into: &subject, in: policies.checked)
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

  package func subject(named text: String) -> NameMatch<Int> {
    match(text, subjects.indices.map { ($0, subjects[$0].id) })
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

/// What a typed name stands for.
package enum NameMatch<Item> {
  case one(Item)
  case several([String])
  case none(nearest: [String])
}
