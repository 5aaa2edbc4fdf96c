package import ArgumentParser
import PolicyAnswers
import PolicyIR
import PolicySemantics
import PolicySyntax
import PolicyText
package import PolicyWorkspace

/// `measures 措施`: all measures, as a list or in full.
package struct Measures: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "measures", ["措施", "措", "ls"], "列出措施，或者显示一项措施", "list the measures, or show one")
  package static let wordKinds: [WordKind] = [.measure]

  @OptionGroup package var common: CommonOptions
  @Argument(help: help("规则文件夹或文件，其后可写措施的名称", "policies, then the name of a measure")) package var words: [String] = []

  package init() {}

  package var need: PolicyNeed { .rules }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    let format = try AnswerFormat(common.format, session)
    var measures = session.program.measures
    if let word = words.first {
      measures = [session.program.measures[try session.measure(words.count == 1 ? word : words.joined(separator: " "))]]
    }
    return Answer(session.listing(measures, format, full: measures.count == 1 && !words.isEmpty))
  }
}

/// `clause 条款`: what a clause says and which rules stand on it.
package struct ClauseVerb: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "clause", ["条款", "条", "c"], "显示条款的原文和建立在它上面的规则", "what a clause says and which rules stand on it")
  package static let wordKinds: [WordKind] = [.clause]

  @OptionGroup package var common: CommonOptions
  @Argument(help: help("规则文件夹或文件，其后写条款号，如 三（三）", "policies, then the address of a clause, such as 三（三）"))
  package var words: [String] = []

  package init() {}

  package var need: PolicyNeed { .rules }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    let format = try AnswerFormat(common.format, session)
    let text = words.joined(separator: " ")
    guard !text.isEmpty else {
      let all = session.program.clauses.map { "\($0.address)  \($0.title ?? "")" }
      return Answer(all.joined(separator: "\n"))
    }
    let (only, rest) = document(in: words, session)
    guard let address = ClauseAddress.parse(rest) else {
      throw VerbFailure("“\(text)”不是条款号，应写如 三（三）", "“\(text)” is not the address of a clause, such as 三（三）")
    }
    let found = session.policies.checked.texts.keys.sorted().filter { only == nil || $0 == only }.compactMap { id in
      session.policies.checked.texts[id]?.text.clause(address.clause).map { (id, $0) }
    }
    let measures = session.program.measures.filter { measure in
      guard let clause = measure.origin.clause else { return false }
      let entry = session.program.clauses[clause]
      guard entry.address == address.clause, only == nil || entry.document == only else { return false }
      guard let sentence = address.sentence else { return true }
      return measure.origin.quotes.contains { $0.address.sentence == nil || $0.address.sentence == sentence }
    }
    guard !found.isEmpty || !measures.isEmpty else {
      let all = session.program.clauses.map(\.address.description)
      throw VerbFailure.none("条款", "clause", text, nearest(address.description, in: all))
    }
    if format == .json { return Answer(session.listing(measures, .json, full: false)) }
    return Answer(clauseText(address, found.map { ($0.0, $0.1) }, measures, session, format))
  }

  /// A document that the words begin with (`虚市政发〔2024〕8号 二（一）`, spaced or not), and the words behind it.
  private func document(in words: [String], _ session: Session) -> (DocumentID?, String) {
    let text = words.joined(separator: " ")
    // Any brackets will do for the 〔〕 of a number.
    func key(_ text: String) -> String {
      Vocabulary.key(of: String(text.map { "(（[［【".contains($0) ? "〔" : ")）]］】".contains($0) ? "〕" : $0 }))
    }
    let keys = session.program.documents.map { key($0.key) }
    for end in text.indices.reversed() {
      if let known = keys.firstIndex(of: key(String(text[..<end]))) {
        return (DocumentID(known), String(text[end...].drop(while: \.isWhitespace)))
      }
    }
    return (nil, text)
  }

  private func clauseText(
    _ address: ClauseAddress, _ found: [(DocumentID, OfficialText.Clause)], _ measures: [Measure], _ session: Session,
    _ format: AnswerFormat
  ) -> String {
    let wording = session.wording
    var parts: [String] = []
    for (id, clause) in found {
      let document = session.program.documents[id]
      var lines = ["\(document.title.map { "《\($0)》" } ?? "")（\(document.key)）\(clause.address) \(clause.title)"]
      for sentence in clause.sentences where address.sentence == nil || sentence.number == address.sentence {
        lines.append(wording.say("第\(sentence.number)句  ", "\(sentence.number)  ") + sentence.text)
      }
      parts.append(lines.joined(separator: "\n"))
      let entry = session.program.clauses.first { $0.document == id && $0.address == address.clause }
      let names = (entry?.departments ?? []).map { (session.program.authorities[$0.authority].name, $0.role) }
      if let text = wording.departments(names, sharesUnstated: false) { parts.append(text) }
    }
    parts.append(session.listing(measures, format, full: false))
    return parts.joined(separator: "\n\n")
  }
}

/// `department 部门`: all duties and measures of a department, as a 任务分解表.
package struct DepartmentVerb: Verb {
  package static let configuration = PolicyVerbs.configuration(
    "department", ["部门", "机关", "部", "d"], "列出一个部门的全部任务", "all duties and measures of a department")
  package static let wordKinds: [WordKind] = [.authority]

  @OptionGroup package var common: CommonOptions
  @Argument(help: help("规则文件夹或文件，其后写部门的名称", "policies, then the name of a department")) package var words: [String] = []

  package init() {}

  package var need: PolicyNeed { .rules }

  package func answer(in session: Session) throws(VerbFailure) -> Answer {
    let format = try AnswerFormat(common.format, session)
    let program = session.program
    let wording = session.wording
    guard !words.isEmpty else {
      var table = Table([wording.say("部门", "department"), wording.say("条款", "clauses"), wording.say("措施", "measures")])
      for (index, authority) in program.authorities.enumerated() {
        let clauses = program.clauses.filter { $0.departments.contains { $0.authority.index == index } }
        let measures = program.measures.filter { $0.departments.contains { $0.authority.index == index } }
        if measures.isEmpty { continue }
        table.add([authority.name, "\(clauses.count)", "\(measures.count)"])
      }
      return Answer(session.render(table, format))
    }
    let id = try session.authority(words.joined(separator: " "))
    if format == .json {
      return Answer(
        session.listing(program.measures.filter { $0.departments.contains { $0.authority == id } }, .json, full: false))
    }
    var table = Table([
      wording.say("序号", "no."), wording.say("条款", "clause"), wording.say("任务", "task"), wording.say("力度", "strength"),
      wording.say("角色", "role"), wording.say("时限", "deadline"), wording.say("原文", "quote"),
    ])
    for measure in program.measures {
      let roles = measure.departments.filter { $0.authority == id }.map(\.role)
      guard !roles.isEmpty else { continue }
      let quotes = measure.origin.quotes.map { $0.text.filter { !$0.isWhitespace } }.joined(separator: "／")
      table.add([
        "\(table.rows.count + 1)", wording.clause(measure.origin), measure.name, wording.forces(measure),
        roles.map { wording.role($0) }.joined(separator: wording.comma),
        measure.deadlines.map(\.words).joined(separator: wording.comma), quotes,
      ])
    }
    let head = program.authorities[id].name + wording.say("任务分解表（\(table.rows.count)项）", ": \(table.rows.count) tasks")
    return Answer((format == .text ? head + "\n\n" : "") + session.render(table, format))
  }
}

extension Session {
  /// A table as a person reads it at this terminal.
  func text(_ table: Table) -> String { table.text(isColoured: isColoured) }

  func render(_ table: Table, _ format: AnswerFormat) -> String {
    switch format {
    case .text: text(table)
    case .csv: table.csv()
    case .markdown: table.markdown()
    case .json:
      JSONValue.array(
        table.rows.map { row in .object(zip(table.heads, row).map { ($0, .string($1)) }) }
      ).serialized(pretty: true)
    }
  }

  /// Measures as a table, as JSON, or one in full.
  func listing(_ measures: [Measure], _ format: AnswerFormat, full: Bool) -> String {
    let wording = wording
    if format == .json {
      let writer = AnswerJSON(wording)
      return JSONValue.array(measures.map { writer.measure($0) }).serialized(pretty: true)
    }
    if full, format == .text, let measure = measures.first { return card(measure) }
    var table = Table([
      wording.say("条款", "clause"), wording.say("措施", "measure"), wording.say("力度", "strength"),
      wording.say("对象", "for"),
      wording.say("承办", "actor"), wording.say("责任单位", "departments"),
    ])
    for measure in measures {
      let names = measure.departments.filter { $0.role != .payer && $0.role != .actor }
        .map { program.authorities[$0.authority].name }
      table.add([
        wording.clause(measure.origin), measure.name, wording.forces(measure), measure.object?.name ?? "—",
        measure.actors.isEmpty
          ? wording.say("未写明", "not named") : wording.actors(measure).joined(separator: wording.comma),
        names.joined(separator: wording.comma),
      ])
    }
    return render(table, format)
  }

  /// Everything about one measure.
  private func card(_ measure: Measure) -> String {
    let wording = wording
    var lines = ["\(wording.paint(measure.name, .head))  \(wording.clause(measure.origin))"]
    func add(_ zh: String, _ en: String, _ text: String) {
      if !text.isEmpty { lines.append(wording.say("  \(zh)：", "  \(en): ") + text) }
    }
    add(
      "力度", "strength",
      measure.force.map { "\($0.word)（\(wording.forceClass($0.strength))）" }.joined(separator: " ") + " "
        + measure.effect)
    add("对象", "for", measure.object?.name ?? wording.say("无（机关的职责、目标或者授权）", "none (a duty, goal or delegation)"))
    add(
      "承办", "actor",
      measure.actors.isEmpty
        ? wording.say("未写明", "not named") : wording.actors(measure).joined(separator: wording.comma))
    add("触发", "on", measure.trigger ?? "")
    for condition in measure.conditions {
      let head = wording.roleName(condition.role)
      add(head, head, wording.ruleText(condition.test.span))
    }
    if let amount = measure.amount { add("金额", "amount", wording.ruleText(amount.value.span)) }
    for deadline in measure.deadlines { add("时限", "deadline", deadline.words) }
    for material in measure.materials { add("材料", "material", material) }
    for (index, step) in measure.steps.enumerated() { add("步骤\(index + 1)", "step \(index + 1)", step) }
    add("部门", "departments", wording.departments(of: measure) ?? "")
    for quote in measure.origin.quotes {
      add(
        "原文", "quote",
        wording.paint("“\(quote.text)”", .faint) + " —— \(wording.citation(quote))"
          + (quote.line.map { wording.say("（原文第\($0)行）", " (line \($0))") } ?? ""))
    }
    add("规则", "rule", place(of: measure.origin.span))
    return lines.joined(separator: "\n")
  }
}
