package import PolicyEvaluation
package import PolicyIR
package import PolicyText

/// Something that an analysis of the rules has found, with the subject that shows it.
package struct Finding: Hashable, Sendable {
  package var kind: Kind
  package var measures: [MeasureID]
  package var table: TableID?
  package var group: GroupID?
  package var field: FieldID?
  /// The words of the rules that cause it.
  package var causes: [Span]
  /// A subject that shows it, replayed; nil where there is nothing to show on one subject (a fact that nothing reads).
  package var witness: Witness?
  /// What the evaluator says of the witness, for each of the measures.
  package var verdicts: [Verdict]
  /// It holds for lists of at most `memberLimit` members.
  package var isBounded: Bool

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The measure holds for nobody, whatever is still to be issued or found.
    case neverHolds
    /// An exception or the precedence of another measure leaves nobody.
    case shadowed
    /// Whoever the measure is for meets all its conditions.
    case alwaysHolds
    /// A condition that is met wherever the others are.
    case redundant
    /// An alternative that can't be met where the other conditions are.
    case blocked
    /// 应当 and 不得 on one act for one subject.
    case contradiction
    /// One grant with two different amounts for one subject.
    case twoAmounts
    /// Facts for which no row of a table holds.
    case tableGap
    /// Facts for which two rows hold.
    case tableOverlap
    /// A row that never holds alone.
    case tableMasked
    /// Two rows that differ in one column and have one result.
    case tableMergeable
    /// Two members of a 互斥 group that can both be granted, or a member that two groups count.
    case doublePay
    /// A cap that no amount exceeds.
    case unreachableCap
    /// A fact that no rule reads.
    case unreadFact
  }
}

/// What was found, and what could not be said.
package struct AnalysisReport: Hashable, Sendable {
  package var findings: [Finding]
  package var notAnalysed: [NotAnalysed]
  /// The number of measures with an object that were analysed whole.
  package var analysed: Int
  /// The greatest number of members of a list.
  package var memberLimit: Int

  /// Says once that a rule is not analysed.
  mutating func note(_ subject: NotAnalysed.Subject, _ why: NotAnalysed.Why) {
    if !notAnalysed.contains(where: { $0.subject == subject }) { notAnalysed.append(.init(subject: subject, why: why)) }
  }

  /// A rule of which nothing is said, or not all.
  package struct NotAnalysed: Hashable, Sendable {
    package var subject: Subject
    package var why: Why

    package enum Subject: Hashable, Sendable {
      case measure(MeasureID)
      /// Only its amount.
      case amount(MeasureID)
      case table(TableID)
      case group(GroupID)
    }

    package enum Why: Hashable, Sendable {
      case unsupported(Unsupported)
      /// The solver gave up, with its own word.
      case limit(String)
      /// The evaluator does not confirm what the solver found.
      case notReplayed
    }
  }
}
