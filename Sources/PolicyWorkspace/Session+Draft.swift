import PolicyAnswers
package import PolicyDiagnostics
import PolicyEvaluation
import PolicyFacts
package import PolicyIR
import PolicySemantics
import PolicySyntax
import PolicyText
import PolicyValues

/// One thing that a session added to what its files say.
package enum Step: Hashable, Sendable {
  /// Facts of one subject, written as in cases; the subject before them.
  case supposition(facts: String, index: Int, before: Subject)
  /// The same as a fact: what is saved.
  case finding(facts: String, index: Int, before: Subject)
  /// A block of the language.
  case declaration(String)

  package var isSupposition: Bool {
    if case .supposition = self { true } else { false }
  }

  package var isFinding: Bool {
    if case .finding = self { true } else { false }
  }

  /// Whether it is about the facts of a subject, and not about rules.
  var isAboutFacts: Bool { change != nil }

  /// The facts of a subject that it changes.
  var change: (facts: String, index: Int, before: Subject)? {
    switch self {
    case .supposition(let facts, let index, let before), .finding(let facts, let index, let before):
      (facts, index, before)
    case .declaration: nil
    }
  }
}

/// One answer that differs between two states of a session.
package struct Flip: Hashable, Sendable {
  package let subject: String
  package let measure: String
  package let before: String
  package let after: String
}

/// The answers of all loaded subjects at one moment.
struct Snapshot {
  struct Answer: Hashable {
    var measure: MeasureID
    var label: Label
    var amount: Amount
  }

  let wording: Wording
  let asOf: CivilDate
  /// For each subject, in order.
  var answers: [[Answer]] = []
}

/// What became of a change of the rules.
package enum Adoption {
  /// The rules have errors; nothing changed.
  case refused(PolicySet)
  /// Stopped while the answers were compared; nothing changed.
  case interrupted
  case adopted([Flip])
}

extension Session {
  /// Whether a text begins with the word of a block, so that it declares something.
  package static func declares(_ text: String) -> Bool { beginsBlock(text) }

  /// Adds a declaration, or puts it in the place of the block of the same kind and name, and says which answers flip.
  package func declare(_ text: String) throws(FileFailure) -> Adoption {
    try adopt(on: state.base, state.steps + [.declaration(text)])
  }

  /// Takes the latest step back; what it changed changes back.
  ///
  /// - Returns: The step, with the flips where rules changed; nil where there is none.
  package func undo() throws(FileFailure) -> (step: Step, adoption: Adoption)? {
    guard let step = state.steps.last else { return nil }
    if let change = step.change {
      state.steps.removeLast()
      replace(change.index, with: change.before)
      return (step, .adopted([]))
    }
    return (step, try adopt(on: state.base, state.steps.dropLast()))
  }

  /// Reads rules and facts again, as a fresh start would; declarations are made again on the rules as they are now.
  ///
  /// Suppositions end, findings are made again. Where a file can't be read or doesn't check, everything stays as it was.
  package func reload() throws(FileFailure) -> Adoption {
    let base = try loadPolicies(policies.paths, reusing: state.base, goOn: goOn)
    if base.hasErrors { return .refused(base) }
    return try adopt(on: base, state.steps.filter { !$0.isSupposition }, sources: try factSources(factPaths))
  }

  /// Puts steps on rules in place of the present state, and compares the answers before and after.
  private func adopt(
    on base: PolicySet, _ steps: some Sequence<Step>, sources: FactSources? = nil
  ) throws(FileFailure) -> Adoption {
    let isFresh = sources != nil
    let (policies, draft) = try rules(base, with: Array(steps), isFresh: isFresh)
    if policies.hasErrors { return .refused(policies) }
    guard let before = snapshot() else { return .interrupted }
    let old = state
    let keys = subjectKeys
    if !isFresh, policies.hasSameFacts(as: old.policies) {
      replaceRules(policies)
      state.steps = Array(steps)
    } else {
      let sources = sources ?? FactSources(inputs: old.inputs, portfolios: old.portfolios)
      try stand(on: sources, old.factPaths, policies, base: base, Array(steps), keys)
    }
    state.draft = draft
    guard let after = snapshot() else {
      state = old
      generation += 1
      answers = before
      return .interrupted
    }
    return .adopted(flips(from: before, keys, to: after, subjectKeys))
  }

  /// Reads facts with rules anew, and makes steps on them again.
  ///
  /// - Parameter keys: What told apart the subjects that the steps are about.
  /// - Throws: Where it was stopped; everything is then as it was.
  func stand(
    on sources: FactSources, _ paths: [String], _ policies: PolicySet, base: PolicySet, _ steps: [Step],
    _ keys: [String]
  ) throws(FileFailure) {
    let old = state
    let selected = selected.map { keys[$0] }
    state = State(policies)
    (state.base, state.inputs, state.portfolios, state.factPaths) = (base, sources.inputs, sources.portfolios, paths)
    do throws(FileFailure) { try readInputs() } catch {
      state = old
      throw error
    }
    var positions: [String: Int] = [:]
    for (index, key) in subjectKeys.enumerated() { positions[key] = index }
    for step in steps {
      guard let change = step.change else {
        state.steps.append(step)
        continue
      }
      // The subject of a step may have gone with the rules or facts that it stood on.
      if let index = positions[keys[change.index]] { take(change.facts, of: index, asFinding: step.isFinding) }
    }
    self.selected = selected.flatMap { positions[$0] }
  }

  /// Puts rules in the place of the present ones, under which the facts mean the same.
  private func replaceRules(_ policies: PolicySet) {
    var files = policies.files
    for id in state.files.ids.dropFirst(state.policies.files.count) { _ = files.add(state.files[id]) }
    (state.policies, state.files) = (policies, files)
    (state.evaluation, state.inquiry, state.explanation) = (nil, nil, nil)
    generation += 1
    answers = nil
  }

  /// Rules with declarations, each made on those before it; those that are in force already are not made again.
  private func rules(
    _ base: PolicySet, with steps: [Step], isFresh: Bool
  ) throws(FileFailure) -> (PolicySet, Draft) {
    var (policies, draft) = (base, Draft())
    var rest = steps[...]
    if !isFresh, steps.starts(with: state.steps) {
      (policies, draft) = (state.policies, state.draft)
      rest = steps.dropFirst(state.steps.count)
    }
    for case .declaration(let text) in rest {
      draft.add(text, to: policies)
      policies = try loadPolicies(
        base.paths, draft: draft, from: .asRead(for: base), reusing: policies, goOn: goOn)
      if policies.hasErrors { break }
    }
    return (policies, draft)
  }

  // MARK: Suppositions

  /// Sets facts of a subject, on top of what was supposed before.
  ///
  /// - Returns: The remarks, with errors of which nothing changed.
  @discardableResult
  package func suppose(_ text: String, of index: Int) -> [Diagnostic] { take(text, of: index, asFinding: false) }

  /// Sets facts of a subject for good, as far as they are saved.
  package func find(_ text: String, of index: Int) -> [Diagnostic] { take(text, of: index, asFinding: true) }

  /// Makes suppositions facts.
  ///
  /// - Returns: How many there were.
  package func confirmSuppositions() -> Int {
    var count = 0
    for (position, step) in state.steps.enumerated() {
      guard case .supposition(let facts, let index, let before) = step else { continue }
      state.steps[position] = .finding(facts: facts, index: index, before: before)
      count += 1
    }
    return count
  }

  @discardableResult
  private func take(_ text: String, of index: Int, asFinding: Bool) -> [Diagnostic] {
    let before = subjects[index]
    var after = before
    let remarks = write(text, over: &after)
    if remarks.contains(where: { $0.severity == .error }) { return remarks }
    state.steps.append(
      asFinding
        ? .finding(facts: text, index: index, before: before)
        : .supposition(facts: text, index: index, before: before))
    replace(index, with: after)
    return remarks
  }

  /// Writes facts into a subject, over what is known already; with errors nothing is written.
  func write(_ text: String, over subject: inout Subject) -> [Diagnostic] {
    var read = subject
    read.facts = read.facts.map { fact in
      if case .many = fact { return fact }
      return .missing
    }
    let remarks = readFacts(text, into: &read)
    if remarks.contains(where: { $0.severity == .error }) { return remarks }
    for (slot, fact) in read.facts.enumerated() where fact != .missing { subject.facts[slot] = fact }
    return remarks
  }

  // MARK: Flips

  /// What tells a subject from the others across changes: kind, name, and which one of that name it is.
  var subjectKeys: [String] {
    var seen: [String: Int] = [:]
    return subjects.map { subject in
      let key = program.kinds[subject.kind].name + "\u{1F}" + subject.id
      seen[key, default: 0] += 1
      return key + "\u{1F}\(seen[key]!)"
    }
  }

  /// The answers of all loaded subjects; nil where `watch` stopped it.
  private func snapshot() -> Snapshot? {
    if let answers, answers.asOf == asOf { return answers }
    var result = Snapshot(wording: wording, asOf: asOf)
    let measures = program.measures.indices.map { MeasureID($0) }
    // Whether a measure is in force is the same for every subject.
    var periods: [MeasureID: Label] = [:]
    for (index, subject) in subjects.enumerated() {
      guard watch(index, subjects.count) else { return nil }
      _ = prepared
      if index == 0 {
        for decision in decisions(for: subject).decisions where [.expired, .notYet].contains(decision.label) {
          periods[decision.measure] = decision.label
        }
      }
      let verdicts = state.evaluation!.verdicts(for: subject, asOf: asOf)
      // Only where a measure holds or may hold does its answer say more than the verdict.
      let open = measures.filter { verdicts[$0.index] == .yes || verdicts[$0.index] == .unknown }
      var told = state.evaluation!.decisions(for: subject, asOf: asOf, measures: open).decisions[...]
      result.answers.append(
        measures.compactMap { measure in
          guard let verdict = verdicts[measure.index] else { return nil }
          if told.first?.measure == measure {
            let decision = told.removeFirst()
            return Snapshot.Answer(
              measure: measure, label: decision.label, amount: verdict == .yes ? decision.amount : .none)
          }
          let label: Label = verdict == .no ? .no : verdict == .disputed ? .disputed : .notApplicable
          return Snapshot.Answer(measure: measure, label: periods[measure] ?? label, amount: .none)
        })
    }
    answers = result
    return result
  }

  private func flips(
    from before: Snapshot, _ oldKeys: [String], to after: Snapshot, _ newKeys: [String]
  ) -> [Flip] {
    let oldMeasures = before.wording.program.measures
    let newMeasures = after.wording.program.measures
    let positions = Dictionary(uniqueKeysWithValues: oldKeys.enumerated().map { ($1, $0) })
    let none = wording.say("没有这项措施", "no such measure")
    func text(_ answer: Snapshot.Answer?, _ wording: Wording) -> String {
      guard let answer else { return none }
      var text = wording.inked(answer.label)
      if answer.amount != .none { text += wording.say("，", ", ") + wording.amount(answer.amount, of: answer.measure) }
      return text
    }
    let isSameOrder = oldMeasures.map(\.name) == newMeasures.map(\.name)
    return newKeys.enumerated().flatMap { index, key -> [Flip] in
      let new = after.answers[index]
      let old = positions[key].map { before.answers[$0] } ?? []
      if isSameOrder, old == new { return [] }
      let oldByName = Dictionary(
        old.map { (oldMeasures[$0.measure].name, $0) }, uniquingKeysWith: { first, _ in first })
      var flips: [Flip] = []
      var names: Set<String> = []
      func compare(_ name: String, _ one: Snapshot.Answer?, _ other: Snapshot.Answer?) {
        let (one, other) = (text(one, before.wording), text(other, after.wording))
        if one != other { flips.append(Flip(subject: subjects[index].id, measure: name, before: one, after: other)) }
      }
      for answer in new {
        let name = newMeasures[answer.measure].name
        names.insert(name)
        compare(name, oldByName[name], answer)
      }
      for answer in old where !names.contains(oldMeasures[answer.measure].name) {
        compare(oldMeasures[answer.measure].name, answer, nil)
      }
      return flips
    }
  }
}

extension Draft {
  /// Adds a declaration to a draft whose rules are given: it replaces the block of the same kind and name, where there is
  /// one.
  fileprivate mutating func add(_ text: String, to policies: PolicySet) {
    let text = text.hasSuffix("\n") ? text : text + "\n"
    if let head = headOfBlock(text) {
      for file in policies.syntax {
        for block in file.blocks where block.keyword == head.keyword && block.headName == head.name {
          let node = file.tree[block.node]
          var bytes = file.source.bytes
          bytes.replaceSubrange(Int(node.start)..<Int(node.end), with: text.dropLast().utf8)
          if policies.isSession(file) {
            added = String(decoding: bytes, as: UTF8.self)
          } else {
            replaced[file.source.path] = bytes
          }
          return
        }
      }
    }
    added += text
  }
}

extension PolicySet {
  /// Whether facts read with other rules mean the same with these: kinds, fields, options, records and places of files.
  fileprivate func hasSameFacts(as other: PolicySet) -> Bool {
    func shape(_ policies: PolicySet) -> [String] {
      let program = policies.program
      return program.kinds.map { "\($0.name) \($0.fields)" }
        + program.fields.map { "\($0.name) \($0.kind) \($0.slot) \($0.type) \($0.aliases)" }
        + program.optionTypes.map { "\($0.name) \($0.ordered) \($0.values)" }
    }
    return files.count == other.files.count && checked.records.map(\.subject) == other.checked.records.map(\.subject)
      && shape(self) == shape(other)
  }
}
