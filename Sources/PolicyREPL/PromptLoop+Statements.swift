import ArgumentParser
import LineEditing
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyIR
import PolicySyntax
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
    guard !text.isEmpty else {
      throw VerbFailure("应写事实，如“假设 备案总投资 3亿元”", "expected facts, such as “suppose 备案总投资 3亿元”")
    }
    let before = session.subjects[index]
    let remarks = session.suppose(text, of: index)
    if remarks.contains(where: { $0.severity == .error }) {
      let shown = self.text(of: remarks)
      throw VerbFailure(shown, shown)
    }
    let after = session.subjects[index]
    show(session.wording.say("假设：\(after.id)的\(text)", "supposing of \(after.id): \(text)"))
    showChanges(from: before, to: after)
  }

  func showChanges(from before: Subject, to after: Subject) {
    let changes = session.changes(from: before, to: after)
    show(changes.isEmpty ? session.wording.say("没有结论改变", "no answer changes") : changes.joined(separator: "\n"))
  }

  func undo() throws(VerbFailure) {
    let undone: (step: Step, adoption: Adoption)?
    do throws(FileFailure) { undone = try session.undo() } catch { throw VerbFailure(error) }
    guard let (step, adoption) = undone else {
      throw VerbFailure("没有可以撤销的假设或者定义", "there is no supposition to undo, and no declaration")
    }
    let left = session.steps.count(where: \.isSupposition)
    switch step {
    case .supposition:
      show(session.wording.say("已撤销，余下\(left)个假设", "undone; \(left) suppositions remain"))
    case .finding(let facts, _, _):
      show(session.wording.say("已撤销认定：\(facts)", "undone: the finding \(facts)"))
    case .declaration(let text):
      let head = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      show(session.wording.say("已撤销：\(head)", "undone: \(head)"))
      try show(adoption)
    }
  }

  // MARK: Declarations

  /// A rule defined or redefined at the prompt answers at once with what flips.
  func declare(_ text: String) throws(VerbFailure) {
    let adoption: Adoption
    do throws(FileFailure) { adoption = try session.declare(text) } catch { throw VerbFailure(error) }
    try show(adoption, lead: session.wording.say("已采用，", "adopted; "))
  }

  func show(_ adoption: Adoption, lead: String = "") throws(VerbFailure) {
    switch adoption {
    case .refused(let policies):
      showError(text(of: policies.remarks.filter { $0.severity == .error }, of: policies.files))
      throw VerbFailure("没有采用：原来的规则不变", "Not adopted: the rules stay as they were", exit: .negative)
    case .interrupted:
      throw VerbFailure.interrupted.and(Bilingual(zh: "原来的规则不变", en: "the rules stay as they were"))
    case .adopted(let flips): show(lead + text(of: flips))
    }
  }

  func text(of flips: [Flip]) -> String {
    guard !flips.isEmpty else { return session.wording.say("没有结论改变", "no answer changes") }
    let shown = flips.prefix(20).map { "  \($0.subject)  \($0.measure)：\($0.before) → \($0.after)" }
    let more = flips.count > 20 ? session.wording.say("\n  ……共\(flips.count)处", "\n  … \(flips.count) in all") : ""
    return session.wording.say("\(flips.count)处结论改变：\n", "\(flips.count) answers change:\n")
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
      let shown = self.text(of: remarks) + unknownWord(text)
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

  /// A first word that no name begins and that is nearly a statement's name was probably meant as one.
  func unknownWord(_ text: String) -> String {
    guard session.policies.vocabulary.longestName(atHeadOf: text) == 0 else { return "" }
    let word = String(text.prefix { !$0.isWhitespace })
    let names = Statement.names.filter { $0.isASCII == word.isASCII && !Verbs.isShort($0) }
    var near = nearest(word, in: names)
    if near.isEmpty {
      // Unspaced: 查寻标准地供地探索.
      let heads = (2...4).filter { $0 < word.count }.filter { count in
        if case .one = session.measure(named: String(word.dropFirst(count))) { true } else { false }
      }
      near = heads.first.map { nearest(String(word.prefix($0)), in: names) } ?? []
    }
    guard !near.isEmpty else { return "" }
    let list = near.map { "“\($0)”" }.joined(separator: "、")
    return session.wording.say("\n如果要问问题：是不是\(list)？", "\nif this is a question: did you mean \(list)?")
  }
}
