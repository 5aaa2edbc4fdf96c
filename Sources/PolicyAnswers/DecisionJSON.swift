package import PolicyEvaluation
package import PolicyIR
package import PolicyText
import PolicyValues

/// Writes answers as JSON; numbers are strings, so that no reader rounds them. The schemas stand in docs/reference.
package struct AnswerJSON {
  let wording: Wording
  private var program: Program { wording.program }

  package init(_ wording: Wording) { self.wording = wording }

  // MARK: Measures

  package func measure(_ measure: Measure) -> JSONValue {
    .object([
      ("name", .string(measure.name)),
      ("clause", .optional(clauseKey(measure.origin))),
      (
        "force",
        .array(measure.force.map { .object([("class", .string($0.strength.rawValue)), ("word", .string($0.word))]) })
      ),
      ("effect", .string(measure.effect)),
      ("subject", measure.object.map { object($0) } ?? .null),
      ("quotes", .array(measure.origin.quotes.map { .string($0.text) })),
      ("departments", .array(measure.departments.map { department($0.authority, $0.role) })),
      ("actor", .array(wording.actors(measure).map { .string($0) })),
      ("period", period(measure)),
      ("rule", rule(measure.origin.span)),
      ("source", measure.origin.quotes.first.map { source($0) } ?? .null),
    ])
  }

  private func object(_ object: Measure.Object) -> JSONValue {
    .object([("kind", .string(program.kinds[object.kind].name)), ("name", .string(object.name))])
  }

  private func clauseKey(_ origin: Origin) -> String? {
    origin.clause.map { program.clauses[$0].address.description }
  }

  private func period(_ measure: Measure) -> JSONValue {
    let document = measure.origin.clause.map { program.documents[program.clauses[$0].document].period } ?? Period()
    func text(_ own: Period.Boundary, _ other: Period.Boundary) -> JSONValue {
      if case .date(let date) = own { return .string(date.isoDescription) }
      if case .date(let date) = other { return .string(date.isoDescription) }
      return .null
    }
    return .object([
      ("from", text(measure.period.start, document.start)), ("until", text(measure.period.end, document.end)),
    ])
  }

  package func rule(_ span: Span) -> JSONValue {
    let file = wording.files[span.file]
    return .object([("file", .string(file.path)), ("line", .integer(file.line(of: span.start)))])
  }

  private func source(_ quote: Quote) -> JSONValue {
    .object([
      ("document", .string(program.documents[quote.document].key)), ("line", quote.line.map { .integer($0) } ?? .null),
    ])
  }

  private func department(_ authority: AuthorityID, _ role: Department.Role) -> JSONValue {
    .object([("name", .string(program.authorities[authority].name)), ("role", .string(role.rawValue))])
  }

  // MARK: Decisions

  package func decision(_ decision: Decision, subject: Subject) -> JSONValue {
    let measure = program.measures[decision.measure]
    let type = program.amountType(of: decision.measure)
    var members: [(String, JSONValue)] = [
      ("subject", .object([("kind", .string(program.kinds[subject.kind].name)), ("id", .string(subject.id))])),
      ("measure", .string(measure.name)),
      ("clause", .optional(clauseKey(measure.origin))),
      (
        "force",
        .array(measure.force.map { .object([("class", .string($0.strength.rawValue)), ("word", .string($0.word))]) })
      ),
      ("label", .string(wording.label(decision.label))),
      ("verdict", .string(verdictKey(decision.verdict))),
      ("reasons", .array(decision.reasons.map { reason($0) })),
      ("readings", .array(decision.readings.map { split($0) })),
      ("rulings", .array(decision.rulings.map { .string(wording.ruling($0)) })),
      ("amount", amount(decision.amount, type, unrounded: decision.unrounded)),
    ]
    if let payable = decision.payable {
      members.append(
        (
          "payable",
          .object([
            ("group", .string(program.groups[payable.group].name)),
            ("amount", amount(payable.amount, type, unrounded: false)),
          ])
        ))
    }
    members.append(("period", .string(periodKey(decision.period))))
    if decision.wouldBe != decision.verdict { members.append(("wouldBe", .string(verdictKey(decision.wouldBe)))) }
    if !decision.dueDates.isEmpty { members.append(("due", .array(decision.dueDates.map { due($0, measure) }))) }
    if !decision.instalments.isEmpty {
      members.append(
        ("instalments", .array(zip(measure.instalments, decision.instalments).map { instalment($0, $1, type) })))
    }
    if let total = measure.totalLimit { members.append(("totalLimit", totalLimit(total, type))) }
    if !decision.paymentReasons.isEmpty {
      members.append(("paymentReasons", .array(decision.paymentReasons.map { reason($0) })))
    }
    members += [
      ("departments", .array(decision.departments.map { entry($0) })),
      ("payers", .array(decision.payers.map { payer($0, type) })),
      ("sources", .array(measure.origin.quotes.map { sourceQuote($0) })),
      ("rule", rule(measure.origin.span)),
    ]
    return .object(members)
  }

  package func verdictKey(_ verdict: Verdict) -> String {
    switch verdict {
    case .yes: "yes"
    case .no: "no"
    case .unknown: "unknown"
    case .disputed: "disputed"
    case .notApplicable: "notApplicable"
    }
  }

  private func periodKey(_ period: PeriodState) -> String {
    switch period {
    case .inForce: "inForce"
    case .notYet: "notYet"
    case .expired: "expired"
    case .unstated: "unstated"
    }
  }

  /// The kind of a reason in the eight words of the schema.
  package func kindKey(_ reason: Reason) -> String {
    switch reason {
    case .missingFact, .listIncomplete, .unnamed: "missingFact"
    case .finding, .unsettled, .unranked, .discretion: "finding"
    case .openList: "openList"
    case .hole: "hole"
    case .danglingReference: "danglingReference"
    case .listNotOnFile, .notOnIncompleteList: "listNotOnFile"
    case .conflict: "conflict"
    case .notComputable: "notComputable"
    }
  }

  private func reason(_ entry: DecisionReason) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("kind", .string(kindKey(entry.reason))), ("what", .string(wording.what(entry.reason))),
      ("text", .string(wording.sentence(entry.reason))),
    ]
    if let who = wording.owner(entry.reason) { members.append(("who", .string(who))) }
    if case .hole(let id) = entry.reason {
      if let quote = program.holes[id].origin.quotes.first { members.append(("quote", .string(quote.text))) }
      if program.holes[id].deadline != nil { members.append(("due", due(id))) }
    }
    if !entry.under.isEmpty {
      members.append(
        (
          "under",
          .array(
            entry.under.map { combination in
              .array(
                combination.map { chosen in
                  .object([
                    ("definition", .string(program.choices[chosen.choice].name)),
                    ("reading", .string(program.choices[chosen.choice].readings[chosen.reading])),
                  ])
                })
            })
        ))
    }
    return .object(members)
  }

  private func split(_ split: ReadingSplit) -> JSONValue {
    let choice = program.choices[split.choice]
    return .object([
      ("definition", .string(choice.name)),
      (
        "choices",
        .array(
          zip(choice.readings, split.readings).map { name, entry in
            .object([
              ("reading", .string(name)), ("verdict", .string(verdictKey(entry.verdict))),
              ("lacking", .array(entry.lacking.map { .string(wording.what($0)) })),
            ])
          })
      ),
    ])
  }

  /// An amount in the unit of what is granted.
  package func amount(_ amount: Amount, _ type: ValueType, unrounded: Bool) -> JSONValue {
    let unit = unit(type)
    // A percentage point is a hundredth of the ratio that it is kept as.
    let isPoints = type == .quantity(.percentagePoints)
    func number(_ value: Rational?) -> JSONValue {
      value.map { .string((isPoints ? (try? $0.scaled(by: 100)) ?? $0 : $0).description) } ?? .null
    }
    var members: [(String, JSONValue)]
    switch amount {
    case .none: return .object([("kind", "none")])
    case .exact(let value): members = [("kind", "exact"), ("value", number(value)), ("unit", unit)]
    case .length(let length): members = self.length(length)
    case .range(let low, let high):
      members = [("kind", "range"), ("low", number(low)), ("high", number(high)), ("unit", unit)]
    case .toBeSet(let hole, let low, let high):
      members = [("kind", "toBeSet"), ("hole", .string(program.holes[hole].name))]
      if let by = wording.owner(.hole(hole)) { members.append(("by", .string(by))) }
      if let quote = program.holes[hole].origin.quotes.first { members.append(("quote", .string(quote.text))) }
      if program.holes[hole].deadline != nil { members.append(("due", due(hole))) }
      if low != nil { members.append(("low", number(low))) }
      if high != nil { members.append(("high", number(high))) }
      if low != nil || high != nil, type != .money { members.append(("unit", unit)) }
    case .atMost(let value): members = [("kind", "atMost"), ("value", number(value)), ("unit", unit)]
    case .unknown: members = [("kind", "range"), ("low", .null), ("high", .null), ("unit", unit)]
    case .disputed(let amounts):
      members = [("kind", "disputed"), ("amounts", .array(amounts.map { self.amount($0, type, unrounded: false) }))]
    }
    if unrounded { members.append(("unrounded", true)) }
    return .object(members)
  }

  /// 元, 亩, 张…; 1 for a plain ratio.
  private func unit(_ type: ValueType) -> JSONValue {
    guard case .quantity(let dimension) = type else { return "期间" }
    return dimension.isNumber ? "1" : .string(dimension.symbol(chinese: true))
  }

  /// A length of time in its unit; further units stand behind it.
  private func length(_ length: Duration) -> [(String, JSONValue)] {
    var parts = [(length.months, "月"), (length.days, "日"), (length.workingDays, "工作日")].filter { $0.0 != 0 }
    let first = parts.isEmpty ? (0, "日") : parts.removeFirst()
    func members(_ part: (Int32, String)) -> [(String, JSONValue)] {
      [("value", .string("\(part.0)")), ("unit", .string(part.1))]
    }
    return [("kind", "exact")] + members(first)
      + (parts.isEmpty ? [] : [("and", .array(parts.map { .object(members($0)) }))])
  }

  private func entry(_ entry: DepartmentEntry) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .string(program.authorities[entry.authority].name)), ("role", .string(entry.role.rawValue)),
    ]
    switch entry.county {
    case .whole: break
    case .unknown: members.append(("county", .null))
    case .option(let id, let value):
      members.append(("county", .string(program.optionTypes[id].values[Int(value)].name)))
    }
    if entry.isUncertain { members.append(("uncertain", true)) }
    return .object(members)
  }

  private func payer(_ payer: PayerDecision, _ type: ValueType) -> JSONValue {
    .object([
      ("name", .string(program.authorities[payer.authority].name)), ("pays", .string(verdictKey(payer.verdict))),
      ("share", payer.isUnstated ? .null : amount(payer.share, type, unrounded: false)),
    ])
  }

  /// The day by which a hole is to be filled; null where its year's holiday notice is not loaded.
  package func due(_ hole: HoleID) -> JSONValue {
    if case .date(let day) = program.dueDate(of: program.holes[hole]) { return .string(day.isoDescription) }
    return .null
  }

  private func due(_ due: DueDateDecision, _ measure: Measure) -> JSONValue {
    let deadline = measure.deadlines[due.deadline]
    return .object([("act", .string(deadline.act)), ("words", .string(deadline.words)), ("date", dueDate(due.due))])
  }

  private func dueDate(_ due: Due) -> JSONValue {
    switch due {
    case .date(let date): .string(date.isoDescription)
    case .disputed(let dates): .array(dates.map { .string($0.isoDescription) })
    case .unstated, .notApplicable, .unknown: .null
    }
  }

  private func instalment(
    _ instalment: Instalment, _ decision: InstalmentDecision, _ type: ValueType
  ) -> JSONValue {
    .object([
      ("name", .string(instalment.name)), ("verdict", .string(verdictKey(decision.verdict))),
      ("amount", amount(decision.amount, type, unrounded: false)), ("date", decision.date.map { dueDate($0) } ?? .null),
    ])
  }

  private func sourceQuote(_ quote: Quote) -> JSONValue {
    .object([
      ("document", .string(program.documents[quote.document].key)), ("clause", .string(quote.address.description)),
      ("quote", .string(quote.text)), ("line", quote.line.map { .integer($0) } ?? .null),
    ])
  }

  // MARK: Limits over all applicants

  /// A limit over all applicants.
  private func totalLimit(_ total: TotalLimit, _ type: ValueType) -> JSONValue {
    .object([
      ("limit", total.limit.map { .string($0.description) } ?? .null), ("unit", unit(type)),
      ("order", .string(total.order.rawValue)), ("by", .optional(total.key.map { program.fields[$0].name })),
    ])
  }

  package func allotment(_ allotment: Allotment, subjects: [Subject]) -> JSONValue {
    let type = program.amountType(of: allotment.measure)
    let measure = program.measures[allotment.measure]
    return .object([
      ("measure", .string(measure.name)),
      ("total", measure.totalLimit.map { totalLimit($0, type) } ?? .null),
      (
        "shares",
        .array(
          allotment.shares.map { share in
            let subject = subjects[share.subject]
            return .object([
              ("subject", .object([("kind", .string(program.kinds[subject.kind].name)), ("id", .string(subject.id))])),
              ("amount", amount(share.amount, type, unrounded: false)),
              ("allotted", amount(share.allotted, type, unrounded: share.unrounded)),
              ("open", .array(share.open.sorted().map { .string($0.rawValue) })),
            ])
          })
      ),
    ])
  }

  // MARK: Groups

  package func group(_ decision: GroupDecision, subject: Subject) -> JSONValue {
    let group = program.groups[decision.group]
    return .object([
      ("subject", .object([("kind", .string(program.kinds[subject.kind].name)), ("id", .string(subject.id))])),
      ("group", .string(group.name)), ("method", .string(group.rule.rawValue)),
      ("verdict", .string(verdictKey(decision.verdict))),
      ("amount", amount(decision.amount, program.amountType(of: decision.group), unrounded: false)),
      ("members", .array(group.members.map { .string(program.measures[$0].name) })),
      ("counted", .array(decision.counted.map { .string(program.measures[$0].name) })),
      ("capped", .bool(decision.isCapped)),
      (
        "reasons",
        .array(decision.reasons.map { .object([("kind", .string(kindKey($0))), ("what", .string(wording.what($0)))]) })
      ),
      ("rule", rule(group.origin.span)),
    ])
  }
}
