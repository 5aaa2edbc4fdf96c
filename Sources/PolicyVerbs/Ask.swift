package import ArgumentParser
import PolicyAnswers
import PolicyDiagnostics
import PolicyEvaluation
import PolicyFacts
import PolicyIR
import PolicyText
package import PolicyWorkspace

/// `ask 问`: an interview that asks only what can still change an answer.
package struct Ask: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "ask", ["问", "interview", "a"], "逐个提问，直到结论确定", "an interview, until the answer is settled")
  package static let wordKinds: [WordKind] = [.measure, .subject]

  @OptionGroup package var common: CommonOptions
  @Option(help: help("主体的名称；不写则从头问一个新的主体", "the name of a subject; a new one is asked about if not given"))
  package var subject: String?
  @Option(help: help("措施的名称", "the name of a measure")) package var measure: String?
  @Option(help: help("新主体的种类", "the kind of the new subject")) package var kind: String?
  @Flag(help: help("报告平均要问几个问题，与按声明顺序提问相比", "report the mean number of questions, against declared order"))
  package var statistics = false
  @Argument(help: help("规则文件夹或文件，其后写措施和主体的名称", "policies, then names of measures and a subject"))
  package var words: [String] = []

  package init() {}

  package var need: PolicyNeed { .measure(in: words + [measure, subject].compactMap { $0 }) }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    _ = try AnswerFormat(common.format, session, among: [.text])
    var measures: [MeasureID] = []
    var index: Int?
    if let measure { measures.append(try session.measure(measure)) }
    if let subject { index = try session.subject(subject) }
    for word in words {
      if case .one(let id) = session.measure(named: word) {
        measures.append(id)
      } else if index == nil, case .one(let found) = session.subject(named: word) {
        index = found
      } else {
        measures.append(try session.measure(word))
      }
    }
    let asked: [MeasureID]? = measures.isEmpty ? nil : measures
    if statistics { return Answer(try stoppable { () throws(Interrupted) in try report(session, asked) }) }
    let subject = try start(session, index, measures)
    guard let input = session.input else {
      throw VerbFailure("这里不能提问：没有可以回答的输入", "no input to answer questions from")
    }
    return Answer(try interview(session, subject, index, asked, input))
  }

  private func start(_ session: Session, _ index: Int?, _ measures: [MeasureID]) throws(VerbFailure) -> Subject {
    if let index { return session.subjects[index] }
    let program = session.program
    var kind = measures.first.flatMap { program.measures[$0].object?.kind }
    if let name = self.kind {
      kind = program.kinds.firstIndex { $0.name == name }.map { KindID($0) }
      if kind == nil { throw VerbFailure.none("主体", "kind", name, nearest(name, in: program.kinds.map(\.name))) }
    }
    guard let kind else {
      throw VerbFailure("应写措施的名称，或者用 --kind 写主体的种类", "expected the name of a measure, or --kind")
    }
    return Subject(
      kind: kind, id: session.wording.say("新的\(program.kinds[kind].name)", "new \(program.kinds[kind].name)"),
      isNamed: false,
      facts: Array(repeating: .missing, count: program.kinds[kind].fields.count))
  }

  private func interview(
    _ session: Session, _ subject: Subject, _ index: Int?, _ measures: [MeasureID]?, _ input: QuestionInput
  ) throws(VerbFailure) -> String {
    var subject = subject
    let wording = session.wording
    var count = 0
    let next = { (subject: Subject) throws(VerbFailure) in
      try stoppable { () throws(Interrupted) in try session.nextQuestion(for: subject, measures: measures) }
    }
    while let field = try next(subject) {
      let entry = session.program.fields[field]
      guard let reply = input(question(entry, wording)) else {
        // The end of input ends the questions; Ctrl-C drops them.
        try session.goOn(0, of: 0)
        break
      }
      let word = reply.filter { !$0.isWhitespace }
      if word.isEmpty { continue }
      switch readCell(word, as: entry, in: session.program) {
      case .success(.missing), .success(.notKnown):
        subject.facts[entry.slot] = .notKnown
        count += 1
      case .success(let fact):
        subject.facts[entry.slot] = fact
        count += 1
      case .failure(let failure):
        session.say(failure.message[session.language] + failure.help.map { "\n" + $0[session.language] }.joined())
      }
    }
    if let index { session.record(subject, at: index) }
    var parts = [wording.say("问了\(count)个问题。", "\(count) questions were asked.")]
    for decision in session.decisions(for: subject, measures: measures).decisions
    where decision.verdict != .notApplicable || measures != nil {
      parts.append(wording.letter(decision, subject: subject, asOf: session.asOf))
    }
    return parts.joined(separator: "\n\n")
  }

  private func question(_ field: Field, _ wording: Wording) -> String {
    var text = field.question ?? field.name + wording.say("？", "?")
    if let finder = field.finder {
      text += wording.say(
        "（由\(wording.program.authorities[finder].name)认定）", " (found by \(wording.program.authorities[finder].name))")
    }
    switch field.type {
    case .truth: text += wording.say("［是／否／不知］", " [是/否/不知]")
    case .option(let id):
      text += "［" + wording.program.optionTypes[id].values.map(\.name).joined(separator: "／") + "／不知］"
    default: text += wording.say("［可答不知］", " [or 不知]")
    }
    return text + " "
  }

  /// How many questions it takes on average over the loaded subjects of the kind, answers taken from their facts.
  private func report(_ session: Session, _ measures: [MeasureID]?) throws(Interrupted) -> String {
    let wording = session.wording
    var planned = 0
    var declared = 0
    var counted = 0
    for subject in session.subjects {
      let fields = session.program.kinds[subject.kind].fields
      let relevant =
        measures.map { list in list.contains { session.program.measures[$0].object?.kind == subject.kind } } ?? true
      guard relevant else { continue }
      counted += 1
      planned += try session.questionCount(subject, measures: measures, order: nil)
      declared += try session.questionCount(subject, measures: measures, order: fields)
    }
    guard counted > 0 else { return wording.say("没有可以统计的主体", "no subjects to count") }
    func mean(_ total: Int) -> String { "\(total / counted).\(total * 10 / counted % 10)" }
    return wording.say(
      "\(counted)个主体，平均要问\(mean(planned))个问题；按声明顺序提问平均\(mean(declared))个",
      "\(counted) subjects: \(mean(planned)) questions on average; \(mean(declared)) in declared order")
  }
}
