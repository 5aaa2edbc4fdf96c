package import PolicyIR
package import PolicyValues

/// One thing that stands between a subject and definite answers.
package struct Gap: Hashable, Sendable {
  package var reason: Reason
  package var owner: Owner
  /// The measures that it keeps open, ascending.
  package var measures: [MeasureID]
  /// What each answer would give; of the subject's own missing facts only.
  package var answers: [Answer]

  /// Who owes it.
  package enum Owner: Hashable, Sendable {
    /// Whoever applies.
    case applicant
    /// The authority that makes the finding.
    case authority(AuthorityID)
    /// Those who issue the rule, in the text's words and roles.
    case authors([Department])
    /// The text names nobody.
    case unnamed
  }

  /// One answer with the verdicts that it changes.
  package struct Answer: Hashable, Sendable {
    package var value: Value
    package var verdicts: [Settled]
  }

  /// A measure whose verdict an answer changes.
  package struct Settled: Hashable, Sendable {
    package var measure: MeasureID
    package var verdict: Verdict

    /// A measure with its new verdict.
    package init(measure: MeasureID, verdict: Verdict) {
      self.measure = measure
      self.verdict = verdict
    }
  }
}

/// What stands between a subject and definite answers.
package struct Missing: Hashable, Sendable {
  /// In the order of reasons.
  package var gaps: [Gap]
  /// The choices that keep a measure disputed and that a ruling (口径) would settle, ascending.
  package var rulings: [ChoiceID]
  /// The question that settles most; nil where none settles anything.
  package var firstQuestion: FieldID?
}

extension Inquiry {
  /// Facts, rules and rulings that are lacking for definite answers of the measures; nil: all of them.
  ///
  /// - Parameter watch: Called before each step of the search; what it throws ends it.
  package mutating func missing<Stop: Error>(
    for subject: Subject, asOf: CivilDate, measures: [MeasureID]? = nil, watch: () throws(Stop) -> Void
  ) throws(Stop) -> Missing {
    let asked = measures ?? program.measures.indices.map { MeasureID($0) }
    let decisions = evaluation.decisions(for: subject, asOf: asOf, measures: asked).decisions
    var gaps: [Gap] = []
    var rulings: [ChoiceID] = []
    for decision in decisions where !decision.period.blocks {
      for reason in decision.reasons.map(\.reason) + decision.amountReasons.map(\.reason) {
        if let place = gaps.firstIndex(where: { $0.reason == reason }) {
          if !gaps[place].measures.contains(decision.measure) { gaps[place].measures.append(decision.measure) }
        } else {
          gaps.append(Gap(reason: reason, owner: owner(of: reason), measures: [decision.measure], answers: []))
        }
      }
      for split in decision.readings where !rulings.contains(split.choice) { rulings.append(split.choice) }
    }
    gaps.sort { $0.reason < $1.reason }
    let before = evaluation.verdicts(for: subject, asOf: asOf, measures: asked)
    for place in gaps.indices {
      guard let field = gaps[place].reason.field, gaps[place].reason.path == .root, isMissing(field, subject) else {
        continue
      }
      try watch()
      gaps[place].answers = answers(field, asked, before, subject, asOf)
    }
    return Missing(
      gaps: gaps, rulings: rulings.sorted(),
      firstQuestion: try nextQuestion(for: subject, asOf: asOf, measures: asked, watch: watch))
  }

  func isMissing(_ field: FieldID, _ subject: Subject) -> Bool {
    guard program.fields[field].kind == subject.kind else { return false }
    if case .missing = fact(field, of: subject) { return true }
    return false
  }

  private mutating func answers(
    _ field: FieldID, _ asked: [MeasureID], _ before: [Verdict?], _ subject: Subject, _ asOf: CivilDate
  ) -> [Gap.Answer] {
    list(of: field, asOf: asOf).map { candidate in
      let changed = replacing(field, with: .value(candidate.value), in: subject)
      let after = evaluation.verdicts(for: changed, asOf: asOf, measures: asked)
      var settled: [Gap.Settled] = []
      for (place, measure) in asked.enumerated() {
        if let verdict = after[place], verdict != before[place] {
          settled.append(.init(measure: measure, verdict: verdict))
        }
      }
      return Gap.Answer(value: candidate.value, verdicts: settled)
    }
  }

  private func owner(of reason: Reason) -> Gap.Owner {
    switch reason {
    case .missingFact, .listIncomplete, .unnamed: .applicant
    case .finding(_, let authority, _, _): .authority(authority)
    case .danglingReference(_, let finding): finding?.by.map { .authority($0) } ?? .unnamed
    case .hole(let hole):
      program.holes[hole].authors.isEmpty ? .unnamed : .authors(program.holes[hole].authors)
    case .openList, .listNotOnFile, .notOnIncompleteList, .unsettled, .unranked, .discretion, .conflict,
      .notComputable:
      .unnamed
    }
  }
}
