package import PolicyEvaluation
package import PolicyIR
package import PolicyValues

/// Puts one subject to two versions of a program.
package struct PairReplay {
  package let pair: ProgramPair
  private var before: Replay
  private var after: Replay

  package init(_ pair: ProgramPair) {
    self.pair = pair
    before = Replay(pair.before)
    after = Replay(pair.after)
  }

  /// The witness as a subject of the earlier version; nil where that has no such kind.
  package func earlier(_ witness: Witness) -> Witness? {
    pair.earlier(witness.subject).map {
      Witness(subject: $0, asOf: witness.asOf, readings: pair.earlier(witness.readings))
    }
  }

  /// What both versions answer to a witness of the later one.
  package mutating func answers(
    _ witness: Witness, _ old: MeasureID?, _ new: MeasureID?
  ) -> (before: Decision?, after: Decision?) {
    let first = old.flatMap { id in earlier(witness).flatMap { before.decisions($0, [id]).decisions.first } }
    let second = new.flatMap { id in after.decisions(witness, [id]).decisions.first }
    return (first, second)
  }

  /// What both versions answer to all measures, groups seen together.
  package mutating func allAnswers(_ witness: Witness) -> (before: Decisions?, after: Decisions) {
    (earlier(witness).map { before.decisions($0) }, after.decisions(witness))
  }

  mutating func exact(_ witness: Witness, _ old: MeasureID, _ new: MeasureID) -> (Rational, Rational)? {
    let (one, two) = answers(witness, old, new)
    guard one?.wouldBe == .yes, two?.wouldBe == .yes, case .exact(let less)? = one?.amount,
      case .exact(let more)? = two?.amount
    else { return nil }
    return (less, more)
  }

  /// Whether two answers differ in verdict or in why it is open.
  func differ(_ one: Decision?, _ two: Decision?) -> Bool {
    guard let one, let two else { return (one == nil) != (two == nil) }
    return one.wouldBe != two.wouldBe || names(of: one, pair.before) != names(of: two, pair.after)
      || splits(of: one, pair.before) != splits(of: two, pair.after)
  }

  func differInAmount(_ one: Decision?, _ two: Decision?) -> Bool {
    guard let one, let two else { return (one == nil) != (two == nil) }
    return text(one.amount, pair.before) != text(two.amount, pair.after)
      || one.amountReasons.map { $0.reason.name(in: pair.before) }
        != two.amountReasons.map { $0.reason.name(in: pair.after) }
  }

  /// Whether groups leave other amounts of two measures.
  mutating func differInPayable(_ witness: Witness, _ old: MeasureID, _ new: MeasureID) -> Bool {
    let (before, after) = allAnswers(witness)
    func payable(_ decisions: Decisions?, _ id: MeasureID, _ program: Program) -> String {
      guard let payable = decisions?.decisions.first(where: { $0.measure == id })?.payable else { return "" }
      return program.groups[payable.group].name + text(payable.amount, program)
    }
    return payable(before, old, pair.before) != payable(after, new, pair.after)
  }

  private func names(of decision: Decision, _ program: Program) -> [String] {
    decision.reasons.map { reason in
      reason.reason.name(in: program)
        + reason.under.map { $0.map { "\(program.choices[$0.choice].name)=\($0.reading)" }.joined() }.joined(
          separator: "/")
    }.sorted()
  }

  private func splits(of decision: Decision, _ program: Program) -> [String] {
    decision.readings.map { split in
      program.choices[split.choice].name
        + zip(program.choices[split.choice].readings, split.readings).map { "\($0)=\($1.verdict)" }.joined()
    }.sorted()
  }

  private func text(_ amount: Amount, _ program: Program) -> String {
    if case .toBeSet(let hole, let low, let high) = amount {
      return "\(program.holes[hole].name) \(low.map { "\($0)" } ?? "") \(high.map { "\($0)" } ?? "")"
    }
    if case .disputed(let amounts) = amount { return amounts.map { text($0, program) }.joined(separator: "|") }
    return "\(amount)"
  }

  /// `Replay.minimized`, on what both versions answer.
  package mutating func minimized(
    _ witness: Witness, asOf: CivilDate, _ shows: (inout PairReplay, Witness) -> Bool
  ) -> Witness? {
    var copy = self
    let result = after.minimized(witness, asOf: asOf) { _, candidate in shows(&copy, candidate) }
    self = copy
    return result
  }
}

extension Reason {
  /// What a reason is about, by the names of its program.
  func name(in program: Program) -> String {
    let (kind, subject): (String, String) =
      switch self {
      case .missingFact(let id, let path, let asked):
        ("fact \(asked) \(path.name(in: program))", program.fields[id].name)
      case .finding(let id, let by, let path, let asked):
        ("finding \(asked) \(path.name(in: program)) \(program.authorities[by].name)", program.fields[id].name)
      case .openList(let id, _): ("open", id.map { program.fields[$0].name } ?? "")
      case .listIncomplete(let id, let path): ("incomplete \(path.name(in: program))", program.fields[id].name)
      case .hole(let id): ("hole", program.holes[id].name)
      case .danglingReference(let text, let finding):
        ("text", text + (finding.map { program.fields[$0.field].name } ?? ""))
      case .listNotOnFile(let id): ("list", program.nameLists[id].name)
      case .unnamed(let id): ("unnamed", program.nameLists[id].name)
      case .notOnIncompleteList(let id): ("notOn", program.nameLists[id].name)
      case .unsettled(let id, let value): ("unsettled \(value)", program.classifications[id].name)
      case .unranked(let id, let value): ("unranked \(value)", program.optionTypes[id].name)
      case .discretion(let id): ("discretion", program.measures[id].name)
      case .conflict(.fillings(let id, let places)): ("fillings \(places)", program.holes[id].name)
      case .conflict(.rows(let id, let places)): ("rows \(places)", program.tables[id].name)
      case .conflict(.members(let id, let members)):
        ("members \(members.map { program.measures[$0].name })", program.groups[id].name)
      case .conflict(.shares(let id)): ("shares", program.measures[id].name)
      case .conflict(.instalments(let id)): ("instalments", program.measures[id].name)
      case .notComputable(let failure): ("failure", failure.name(in: program))
      }
    return kind + " " + subject
  }
}

extension Reason.Failure {
  fileprivate func name(in program: Program) -> String {
    switch self {
    case .tableGap(let id): "tableGap " + program.tables[id].name
    case .tierGap(let id): "tierGap " + program.tierSchedules[id].name
    case .beforeFirstPeriod(let id): "before " + program.parameters[id].name
    case .emptyList(let id): "empty " + program.fields[id].name
    case .noAmount(let id): "noAmount " + program.measures[id].name
    case .noSuchMember(let id): "noMember " + program.groups[id].name
    case .limit(let limit): "limit " + limit.choices.map { program.choices[$0].name }.joined(separator: "|")
    case .calendarYear(let year): "year \(year)"
    case .overflow: "overflow"
    case .divisionByZero: "division"
    case .unlikeDurations: "durations"
    case .nesting: "nesting"
    case .malformed: "malformed"
    }
  }
}

extension SubjectPath {
  fileprivate func name(in program: Program) -> String {
    steps.map { "\(program.fields[$0.relation].name)#\($0.position ?? -1)" }.joined(separator: "/")
  }
}
