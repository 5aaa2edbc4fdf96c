package import PolicyIR

/// One thing in the rules that a case can show: an outcome of a condition, a side of a threshold, a reading, a row, a reason.
///
/// It is known by the rule and the position in it, never by a place in a file, so that layout doesn't matter.
package struct CoverageItem: Hashable, Sendable {
  package var owner: Owner
  /// The operands that lead to it from the owner's expression; a row's first number is the column.
  package var path: [Int]
  package var aspect: Aspect

  package init(_ owner: Owner, _ path: [Int] = [], _ aspect: Aspect) {
    self.owner = owner
    self.path = path
    self.aspect = aspect
  }

  /// The rule, and the part of it, that an item stands in.
  package enum Owner: Hashable, Sendable {
    /// The class that a measure is for.
    case object(MeasureID)
    case condition(MeasureID, Int)
    /// What a measure comes to: its reasons.
    case verdict(MeasureID)
    case amount(MeasureID)
    case payer(MeasureID, Int)
    case instalment(MeasureID, Int)
    case deadline(MeasureID, Int)
    /// A body of a definition.
    case definition(DefinitionID, Int)
    case classification(ClassificationID)
    case choice(ChoiceID)
    case filling(HoleID, Int)
    case row(TableID, Int)
    case tiers(TierScheduleID)
    case parameter(ParameterID)
    /// The life of a rule or of a document.
    case measurePeriod(MeasureID)
    case documentPeriod(DocumentID)
  }

  /// What is to be shown of it.
  package enum Aspect: Hashable, Sendable {
    /// A test came out so.
    case outcome(Bool)
    /// A test came out so, and with the other outcome its condition would have come out differently (MC/DC).
    case decides(Bool)
    /// A value lay below, on or above what it is compared with.
    case side(Side)
    /// A value lay one least unit below or above: 1元 (1分 where the threshold has 分), one of a count, a day.
    case next(Side)
    /// A branch of 若 was taken.
    case branch(Bool)
    /// A value of a list, or a sorted value, was met.
    case value(Int)
    /// A row, a tier, a period of a parameter or a filling was used.
    case used(Int)
    case reading(Int)
    case reason(ReasonKey)
  }

  package enum Side: Int, Hashable, Sendable, CaseIterable {
    case below, equal, above
  }
}

/// How much is asked of the cases.
package enum CoverageCriterion: String, Hashable, Sendable, CaseIterable {
  /// Outcomes, sides of thresholds, branches, readings, rows, reasons.
  case standard
  /// Also that each test decides its condition, and one unit on either side of each threshold.
  case boundaries
}

extension CoverageItem.Aspect {
  /// Whether only `boundaries` asks for it.
  package var isForBoundaries: Bool {
    switch self {
    case .decides, .next: true
    case .outcome, .side, .branch, .value, .used, .reading, .reason: false
    }
  }
}

/// A reason for an unknown without what differs from subject to subject.
package enum ReasonKey: Hashable, Sendable {
  /// A fact that isn't given, or a finding that isn't made.
  case field(FieldID)
  case openList(FieldID?)
  case listIncomplete(FieldID)
  case hole(HoleID)
  case text(String)
  case listNotOnFile(NameListID)
  case unnamed(NameListID)
  case notOnIncompleteList(NameListID)
  case unsettled(ClassificationID, Int32)
  case unranked(OptionTypeID, Int32)
  case discretion(MeasureID)
  case beforeFirstPeriod(ParameterID)
}
