import ArgumentParser
import LineEditing
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicyText
import PolicyValues
import PolicyVerbs
import PolicyWorkspace

extension PromptLoop {
  // MARK: Suppositions

  func current() throws(VerbFailure) -> Int {
    if let selected = session.selected { return selected }
    if session.subjects.count == 1 { return 0 }
    throw VerbFailure("先选定主体，如“:选定 名称”", "select a subject first, such as “:select name”")
  }

  func suppose(_ text: String) throws(VerbFailure) {
    let index = try current()
    var subject = session.subjects[index]
    // A supposition may change what is known already.
    let before = subject
    subject.facts = subject.facts.map { fact in
      if case .many = fact { return fact }
      return .missing
    }
    let remarks = session.readFacts(text, into: &subject)
    if remarks.contains(where: { $0.severity == .error }) || subject.facts.isEmpty {
      let shown = session.text(of: remarks)
      throw VerbFailure(shown, shown)
    }
    var merged = before
    for (slot, fact) in subject.facts.enumerated() where fact != .missing { merged.facts[slot] = fact }
    let flips = session.flips(from: before, to: merged)
    undone.append((index, before))
    session.replace(index, with: merged)
    show(session.wording.say("假设：\(merged.id)的\(text)", "supposing of \(merged.id): \(text)"))
    show(flips.isEmpty ? session.wording.say("没有结论改变", "no answer changes") : flips.joined(separator: "\n"))
  }

  func undo() throws(VerbFailure) {
    guard let last = undone.popLast() else { throw VerbFailure("没有可以撤销的假设", "there is no supposition to undo") }
    session.replace(last.index, with: last.subject)
    show(session.wording.say("已撤销，余下\(undone.count)个假设", "undone; \(undone.count) suppositions remain"))
  }

  // MARK: Declarations

  /// A rule defined or redefined at the prompt answers at once with what flips.
  func declare(_ text: String) throws(VerbFailure) {
    try adopt(session.draft(adding: text))
  }

  func adopt(_ draft: Draft) throws(VerbFailure) {
    let result: Session.DraftResult
    do throws(FileFailure) { result = try session.adopt(draft) } catch { throw VerbFailure(error) }
    switch result {
    case .refused(let policies):
      showError(
        render(
          policies.remarks.filter { $0.severity == .error }, files: policies.files, format: .text,
          language: session.language, color: useColor(options.common.color, descriptor: 2), width: outputWidth()))
      throw VerbFailure("没有采用：原来的规则不变", "Not adopted: the rules stay as they were", exit: .negative)
    case .adopted(let flips):
      undone = []
      show(text(of: flips))
    }
  }

  func text(of flips: [Flip]) -> String {
    guard !flips.isEmpty else { return session.wording.say("已采用，没有结论改变", "adopted; no answer changes") }
    let shown = flips.prefix(20).map { "  \($0.subject)  \($0.measure)：\($0.before) → \($0.after)" }
    let more = flips.count > 20 ? session.wording.say("\n  ……共\(flips.count)处", "\n  … \(flips.count) in all") : ""
    return session.wording.say("已采用，\(flips.count)处结论改变：\n", "adopted; \(flips.count) answers change:\n")
      + shown.joined(separator: "\n") + more
  }

  // MARK: Expressions

  func evaluate(_ text: String) throws(VerbFailure) {
    try refuseErrors(session)
    let index = session.subjects.isEmpty ? nil : try? current()
    let subject = index.map { session.subjects[$0] }
    let kind = subject?.kind ?? (session.program.kinds.isEmpty ? nil : KindID(0))
    guard let kind else { throw VerbFailure("没有声明主体", "no kind is declared") }
    let (expression, remarks) = session.expression(text, kind: kind)
    guard let expression else {
      let shown = session.text(of: remarks) + unknownWord(text)
      throw VerbFailure(shown, shown)
    }
    let about =
      subject
      ?? Subject(
        kind: kind, id: "", isNamed: false,
        facts: Array(repeating: .missing, count: session.program.kinds[kind].fields.count))
    let (outcome, _) = session.value(of: expression, for: about)
    show(session.wording.outcome(outcome, expression.type))
  }

  /// A first word that is nearly a verb's name was probably meant as one.
  func unknownWord(_ text: String) -> String {
    let word = String(text.prefix { !$0.isWhitespace })
    let near = nearest(word, in: Verbs.names.map(\.name))
    guard !near.isEmpty else { return "" }
    let list = near.map { "“\($0)”" }.joined(separator: "、")
    return session.wording.say("\n如果要问问题：是不是\(list)？", "\nif this is a question: did you mean \(list)?")
  }
}
