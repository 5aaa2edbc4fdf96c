package import ArgumentParser
import PolicyAnswers
package import PolicyEvaluation
import PolicyIR
import PolicyText
package import PolicyWorkspace

/// `which 哪些`: the subjects with one answer to a measure: `哪些 项目 符合 市县一次性建设补助 当 所在县区 = 右玉县`.
package struct Which: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "which", ["哪些", "哪", "wh"], "列出对一项措施有某种结论的主体", "the subjects with one answer to a measure")
  package static let wordKinds: [WordKind] = [.kind, .verdict, .measure]

  @OptionGroup package var common: CommonOptions
  @Option(name: .customLong("where"), help: help("只问满足此式的主体", "only subjects for which this expression holds"))
  package var filter: String?
  @Argument(help: help("规则，其后写［主体］［结论］措施［当 式子］", "policies, then [kind] [answer] measure [where expression]"))
  package var words: [String] = []

  package init() {}

  package var need: PolicyNeed { .rules }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    let format = try AnswerFormat(common.format, session)
    let (rest, condition) = splitCondition(words)
    var names = rest
    var kind: KindID?
    if let first = names.first, let found = session.program.kinds.firstIndex(where: { $0.name == first }) {
      kind = KindID(found)
      names.removeFirst()
    }
    var wanted: Verdict?
    if let first = names.first, let verdict = Which.verdicts[first] {
      wanted = verdict
      names.removeFirst()
    }
    guard !names.isEmpty else {
      throw VerbFailure("应写措施的名称，如“哪些 项目 符合 措施名”", "Expected the name of a measure")
    }
    let measure = try session.measure(names.joined(separator: " "))
    guard let object = session.program.measures[measure].object else {
      throw VerbFailure(
        "“\(session.program.measures[measure].name)”没有对象，没有个案结论",
        "“\(session.program.measures[measure].name)” has no subject")
    }
    var subjects = session.subjects.indices.filter { session.subjects[$0].kind == kind ?? object.kind }
    for text in [filter, condition].compactMap({ $0 }) { subjects = try session.filter(subjects, by: text) }
    let wording = session.wording
    var table = Table([wording.say("主体", "subject"), wording.say("结论", "answer"), wording.say("说明", "why")])
    for (done, index) in subjects.enumerated() {
      try session.goOn(done, of: subjects.count)
      let subject = session.subjects[index]
      // The verdict alone is had sooner than the decision, which only those that are listed need.
      if let wanted, session.verdict(of: measure, for: subject) != wanted { continue }
      guard let decision = session.decisions(for: subject, measures: [measure]).decisions.first else { continue }
      table.add(
        [subject.id, wording.label(decision.label), wording.because(decision) ?? ""], [1: decision.label.ink])
    }
    guard format == .text else { return Answer(session.render(table, format)) }
    let head = wording.say(
      "\(table.rows.count)个（共\(subjects.count)个）", "\(table.rows.count) of \(subjects.count)")
    let tail = wording.say("查询日期：", "as of ") + wording.date(session.asOf)
    return Answer(
      [head, table.rows.isEmpty ? "" : session.text(table), tail].filter { !$0.isEmpty }.joined(separator: "\n\n"))
  }

  package static let verdicts: [String: Verdict] = [
    "符合": .yes, "不符合": .no, "待定": .unknown, "解释分歧": .disputed, "不适用": .notApplicable,
    "yes": .yes, "no": .no, "unknown": .unknown, "disputed": .disputed, "notApplicable": .notApplicable,
  ]
}

/// `count 统计`: how many subjects have which answer, by an option: `统计 市县一次性建设补助 按 所在县区`.
package struct Count: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "count", ["统计", "统", "n"], "按一个选项统计一项措施的结论", "how many subjects have which answer to a measure, by an option")
  package static let wordKinds: [WordKind] = [.measure]

  @OptionGroup package var common: CommonOptions
  @Argument(help: help("规则，其后写 措施 按 字段［当 式子］", "policies, then measure by field [where expression]"))
  package var words: [String] = []

  package init() {}

  package var need: PolicyNeed { .rules }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    let format = try AnswerFormat(common.format, session)
    let (rest, condition) = splitCondition(words)
    guard let by = rest.firstIndex(where: { ["按", "by", "per"].contains($0) }), by > 0 else {
      throw VerbFailure("应写“统计 措施 按 字段”", "Expected “count measure by field”")
    }
    let measure = try session.measure(rest[..<by].joined(separator: " "))
    guard let kind = session.program.measures[measure].object?.kind else {
      throw VerbFailure(
        "“\(session.program.measures[measure].name)”没有对象，没有个案结论",
        "“\(session.program.measures[measure].name)” has no subject")
    }
    let field = try self.field(rest[(by + 1)...].joined(), kind, session)
    var subjects = session.subjects.indices.filter { session.subjects[$0].kind == kind }
    if let condition { subjects = try session.filter(subjects, by: condition) }
    let counts = session.render(try table(measure, field, subjects, session), format)
    let allotments = format == .text ? session.allotments([measure]).map { session.text($0) } : []
    return Answer(([counts] + allotments).joined(separator: "\n\n"))
  }

  private func field(_ name: String, _ kind: KindID, _ session: Session) throws(VerbFailure) -> Field {
    let fields = session.program.kinds[kind].fields.map { session.program.fields[$0] }
    if let found = fields.first(where: { $0.name == name || $0.aliases.contains(name) }) { return found }
    throw VerbFailure.none("字段", "field", name, nearest(name, in: fields.map(\.name)))
  }

  private func table(_ measure: MeasureID, _ field: Field, _ subjects: [Int], _ session: Session) throws(VerbFailure)
    -> Table
  {
    let wording = session.wording
    var counts: [String: [Label: Int]] = [:]
    var order: [String] = []
    if case .option(let id) = field.type { order = session.program.optionTypes[id].values.map(\.name) }
    var used: Set<Label> = []
    for (done, index) in subjects.enumerated() {
      try session.goOn(done, of: subjects.count)
      let subject = session.subjects[index]
      guard let label = session.label(of: measure, for: subject) else { continue }
      let value = wording.fact(subject.facts[field.slot], field.type)
      if !order.contains(value) { order.append(value) }
      counts[value, default: [:]][label, default: 0] += 1
      used.insert(label)
    }
    let labels = Label.allCases.filter { used.contains($0) }
    var table = Table([field.name] + labels.map { wording.label($0) } + [wording.say("合计", "total")])
    for (column, label) in labels.enumerated() { table.headInks[column + 1] = label.ink }
    for value in order where counts[value] != nil {
      let row = labels.map { counts[value]?[$0] ?? 0 }
      table.add([value] + row.map { $0 == 0 ? "" : "\($0)" } + ["\(row.reduce(0, +))"])
    }
    let totals = labels.map { label in counts.values.reduce(0) { $0 + ($1[label] ?? 0) } }
    table.add([wording.say("合计", "total")] + totals.map { "\($0)" } + ["\(totals.reduce(0, +))"])
    return table
  }
}

/// `how 怎样才能`: which changed facts would make a measure hold.
package struct How: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "how", ["怎样才能", "怎样", "怎", "h"], "改变哪些事实就能符合", "which changed facts would make a measure hold")
  package static let wordKinds: [WordKind] = [.measure, .subject]

  @OptionGroup package var common: CommonOptions
  @Argument(help: help("规则，其后写措施和主体的名称", "policies, then names of a measure and a subject")) package var words:
    [String] = []

  package init() {}

  package var need: PolicyNeed { .rules }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    _ = try AnswerFormat(common.format, session, among: [.text])
    let (measure, index) = try session.measureAndSubject(words)
    let subject = session.subjects[index]
    let wording = session.wording
    guard let (decision, _) = session.explain(measure, for: subject) else {
      throw VerbFailure(
        "“\(session.program.measures[measure].name)”没有对象，没有个案结论",
        "“\(session.program.measures[measure].name)” has no subject")
    }
    guard decision.verdict == .no || decision.verdict == .disputed else {
      let why = wording.because(decision).map { wording.say("：", ": ") + $0 } ?? ""
      return Answer(
        wording.say("现在的结论是", "the answer now is ") + wording.inked(decision.label) + why
          + (decision.verdict == .yes
            ? "" : wording.say("\n先看还缺什么：“还缺 \(subject.id)”", "\nsee what is missing: “missing \(subject.id)”")))
    }
    let changes = try session.plans(measure, subject)
    guard !changes.lines.isEmpty else {
      let nothing =
        changes.triedAll
        ? wording.say("改变可变的事实都不能使它符合；", "no change of changeable facts makes it hold; ")
        : wording.say("改变任何一个事实都不能使它符合；", "no single changed fact makes it hold; ")
      return Answer(nothing + (wording.because(decision) ?? ""))
    }
    return Answer(changes.lines.joined(separator: "\n"))
  }
}

/// The words before 当, and the expression behind it.
private func splitCondition(_ words: [String]) -> ([String], String?) {
  for (index, word) in words.enumerated() {
    for mark in ["当", "where"] where word == mark || mark == "当" && word.hasPrefix("当") {
      let first = String(word.dropFirst(mark.count))
      let condition = ([first] + words[(index + 1)...]).filter { !$0.isEmpty }.joined(separator: " ")
      return (Array(words[..<index]), condition.isEmpty ? nil : condition)
    }
  }
  return (words, nil)
}
