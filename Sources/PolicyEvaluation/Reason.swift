package import PolicyIR
package import PolicyText

/// Why a result is not known: one thing that stands between a subject and a definite answer.
package enum Reason: Hashable, Sendable {
  /// A fact that is not given, or (`asked`) answered with 不知. `项目 的 备案总投资`
  case missingFact(FieldID, subject: SubjectPath, asked: Bool)
  /// A finding that its authority has not made (待认定).
  case finding(FieldID, by: AuthorityID, subject: SubjectPath, asked: Bool)
  /// A value that an open list (等) doesn't name; the span is the list's.
  case openList(FieldID?, list: Span)
  /// A related list that is not 列全, so that members may be missing.
  case listIncomplete(FieldID, subject: SubjectPath)
  /// A rule that is still to be issued (缺细则).
  case hole(HoleID)
  /// A text that is not on file or not named, with the fact that would settle it where a field refers to the text (援引).
  case danglingReference(String, finding: OpenFinding? = nil)
  /// A list of names that is not on file.
  case listNotOnFile(NameListID)
  /// The subject is recorded under no name that could be looked up in a list.
  case unnamed(NameListID)
  /// A name that a list which is not 列全 doesn't hold.
  case notOnIncompleteList(NameListID)
  /// An option value that a classification leaves 待定.
  case unsettled(ClassificationID, value: Int32)
  /// An option value outside the order of its option (未定级).
  case unranked(OptionTypeID, value: Int32)
  /// An amount that an authority may set (酌情).
  case discretion(MeasureID)
  /// Two rules that don't agree and have no precedence.
  case conflict(Conflict)
  /// 不可计算
  case notComputable(Failure)

  /// The rules that don't agree.
  package enum Conflict: Hashable, Sendable {
    /// Several fillings of one hole in force at one date, by their positions.
    case fillings(HoleID, [Int])
    /// Several rows of one table that hold, with different results.
    case rows(TableID, [Int])
    /// Several members of a 互斥 group that are yes.
    case members(GroupID, [MeasureID])
    /// Payers' shares that don't come to the amount.
    case shares(MeasureID)
    /// Instalments that don't come to the amount.
    case instalments(MeasureID)
  }

  /// Why a value can't be computed.
  package enum Failure: Hashable, Sendable {
    case overflow
    case divisionByZero
    /// The holiday notice of this year is not loaded.
    case calendarYear(Int)
    /// Lengths of time in units whose bounds don't decide which is longer (30日 and 1个月, 20个工作日 and 30日).
    case unlikeDurations
    /// No row of the table holds.
    case tableGap(TableID)
    /// No tier holds the value.
    case tierGap(TierScheduleID)
    /// The date lies before the parameter's first period.
    case beforeFirstPeriod(ParameterID)
    /// 最大 or 最小 of nothing.
    case emptyList(FieldID)
    /// The measure whose amount is asked grants none.
    case noAmount(MeasureID)
    /// The applicant's choice names no member of the group.
    case noSuchMember(GroupID)
    /// More than `Evaluation.combinationLimit` combinations of readings are live; the definitions are named.
    case limit(EvaluationLimit)
    /// Rules that refer to one another in a circle or too deeply, which a checked program never holds.
    case nesting
    /// An operation that the program's types rule out.
    case malformed
  }
}

/// A fact that is not given, of a field that refers to a text not on file.
package struct OpenFinding: Hashable, Sendable {
  package var field: FieldID
  /// Who makes the finding; nil where the rule names nobody.
  package var by: AuthorityID?
  package var subject: SubjectPath
  /// Asked and answered with 不知.
  package var asked: Bool

  /// A finding that is not made.
  package init(field: FieldID, by: AuthorityID?, subject: SubjectPath, asked: Bool) {
    self.field = field
    self.by = by
    self.subject = subject
    self.asked = asked
  }
}

/// Too many combinations of readings, with the choices that are live.
package struct EvaluationLimit: Hashable, Sendable {
  /// In ascending order.
  package var choices: [ChoiceID]

  /// A limit on these choices.
  package init(choices: [ChoiceID]) { self.choices = choices }
}

/// The way from the subject asked about to a related one; empty for the subject itself.
package struct SubjectPath: Hashable, Sendable {
  /// From the outside in.
  package var steps: [Step]

  /// The subject asked about.
  package static let root = SubjectPath(steps: [])

  /// One relation on the way.
  package struct Step: Hashable, Sendable {
    package var relation: FieldID
    /// The position in a many-relation; nil in a relation to one.
    package var position: Int?

    /// A step along a relation.
    package init(relation: FieldID, position: Int?) {
      self.relation = relation
      self.position = position
    }
  }

  /// A path of these steps.
  package init(steps: [Step]) { self.steps = steps }
}

extension Reason: Comparable {
  /// The order in which an answer lists reasons: by kind, then by declaration.
  package static func < (left: Reason, right: Reason) -> Bool {
    let (a, b) = (left.order, right.order)
    if a.0 != b.0 { return a.0 < b.0 }
    if a.1 != b.1 { return a.1 < b.1 }
    if a.2 != b.2 { return a.2 < b.2 }
    if case .danglingReference(let one, _) = left, case .danglingReference(let two, _) = right, one != two {
      return one < two
    }
    if left.rest != right.rest { return left.rest.lexicographicallyPrecedes(right.rest) }
    let (one, two) = (left.path.steps, right.path.steps)
    for (first, second) in zip(one, two) where first != second {
      return (first.relation.index, first.position ?? -1) < (second.relation.index, second.position ?? -1)
    }
    return one.count < two.count
  }

  /// Where the subject stands that the reason is about.
  package var path: SubjectPath {
    switch self {
    case .missingFact(_, let path, _), .finding(_, _, let path, _), .listIncomplete(_, let path): path
    case .danglingReference(_, let finding?): finding.subject
    default: .root
    }
  }

  /// Says the same of a subject that is reached by one more step.
  mutating func lead(by step: SubjectPath.Step) {
    func led(_ path: SubjectPath) -> SubjectPath { SubjectPath(steps: [step] + path.steps) }
    switch self {
    case .missingFact(let field, let path, let asked): self = .missingFact(field, subject: led(path), asked: asked)
    case .finding(let field, let by, let path, let asked):
      self = .finding(field, by: by, subject: led(path), asked: asked)
    case .listIncomplete(let field, let path): self = .listIncomplete(field, subject: led(path))
    case .danglingReference(let text, var finding?):
      finding.subject = led(finding.subject)
      self = .danglingReference(text, finding: finding)
    default: break
    }
  }

  /// The field whose fact would settle it.
  package var field: FieldID? {
    switch self {
    case .missingFact(let field, _, _), .finding(let field, _, _, _), .listIncomplete(let field, _): field
    case .danglingReference(_, let finding?): finding.field
    default: nil
    }
  }

  /// What tells reasons apart that `order` doesn't.
  private var rest: [Int] {
    switch self {
    case .openList(_, let list): [Int(list.file.rawValue), Int(list.end)]
    case .conflict(.fillings(_, let positions)), .conflict(.rows(_, let positions)): positions
    case .conflict(.members(_, let measures)): measures.map(\.index)
    case .notComputable(.limit(let limit)): limit.choices.map(\.index)
    case .missingFact, .finding, .listIncomplete, .unsettled, .unranked, .hole, .danglingReference, .listNotOnFile,
      .unnamed, .notOnIncompleteList, .discretion, .conflict(.shares), .conflict(.instalments), .notComputable:
      []
    }
  }

  private var order: (Int, Int, Int) {
    switch self {
    case .missingFact(let field, _, let asked): (0, field.index, asked ? 1 : 0)
    case .finding(let field, _, _, let asked): (1, field.index, asked ? 1 : 0)
    case .listIncomplete(let field, _): (2, field.index, 0)
    case .openList(let field, let list): (3, field?.index ?? -1, Int(list.start))
    case .unsettled(let classification, let value): (4, classification.index, Int(value))
    case .unranked(let option, let value): (5, option.index, Int(value))
    case .hole(let hole): (6, hole.index, 0)
    case .danglingReference(_, let finding): (7, (finding?.field.index ?? -1) + 1, finding?.asked == true ? 1 : 0)
    case .listNotOnFile(let list): (8, list.index, 0)
    case .notOnIncompleteList(let list): (9, list.index, 0)
    case .unnamed(let list): (9, list.index, 1)
    case .discretion(let measure): (10, measure.index, 0)
    case .conflict(.fillings(let hole, _)): (11, hole.index, 0)
    case .conflict(.rows(let table, let rows)): (12, table.index, rows.first ?? 0)
    case .conflict(.members(let group, _)): (13, group.index, 0)
    case .conflict(.shares(let measure)): (14, measure.index, 0)
    case .conflict(.instalments(let measure)): (14, measure.index, 1)
    case .notComputable(let failure): (15, failure.order.0, failure.order.1)
    }
  }
}

extension Reason.Failure {
  fileprivate var order: (Int, Int) {
    switch self {
    case .overflow: (0, 0)
    case .divisionByZero: (1, 0)
    case .calendarYear(let year): (2, year)
    case .unlikeDurations: (3, 0)
    case .tableGap(let table): (4, table.index)
    case .tierGap(let schedule): (5, schedule.index)
    case .beforeFirstPeriod(let parameter): (6, parameter.index)
    case .emptyList(let field): (7, field.index)
    case .noAmount(let measure): (8, measure.index)
    case .noSuchMember(let group): (9, group.index)
    case .limit(let limit): (10, limit.choices.first?.index ?? 0)
    case .nesting: (11, 0)
    case .malformed: (12, 0)
    }
  }
}
