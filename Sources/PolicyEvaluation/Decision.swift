package import PolicyIR
package import PolicyValues

/// The answer of one measure for one subject at one date, its axes apart.
package struct Decision: Hashable, Sendable {
  package let measure: MeasureID
  package internal(set) var verdict: Verdict
  /// The verdict without regard to the period; differs from `verdict` only outside the period.
  package internal(set) var wouldBe: Verdict
  package let force: ForceClaims
  /// Whether the measure grants something else than money.
  package let grantsOtherwise: Bool
  package let period: PeriodState
  /// The class doesn't hold (under some reading), rather than the kind.
  package internal(set) var classFailed = false
  /// The result of a rule that this one follows (参照, 依照, 从其规定).
  package internal(set) var reference: Verdict?
  /// The amount is not a whole number of 分, and the text states no rounding (取整未规定).
  package internal(set) var unrounded = false
  /// Each condition's own result, in written order.
  package internal(set) var conditions = ConditionStates()
  package let departments: [DepartmentEntry]
  /// nil for empty ones, so that equal decisions are equal values.
  var grounds: Shared<Grounds>?
  private var particulars: Shared<Particulars>?

  init(
    measure: MeasureID, verdict: Verdict, force: ForceClaims, grantsOtherwise: Bool, period: PeriodState,
    departments: [DepartmentEntry]
  ) {
    self.measure = measure
    self.verdict = verdict
    wouldBe = verdict
    self.force = force
    self.grantsOtherwise = grantsOtherwise
    self.period = period
    self.departments = departments
  }

  /// Why the verdict is unknown, or unknown under some readings.
  package var reasons: [DecisionReason] { grounds?.content.reasons ?? [] }
  /// One entry for each choice on which the verdict, the amount, a payer or a date depends.
  package var readings: [ReadingSplit] { grounds?.content.readings ?? [] }
  /// The axes that differ by reading.
  package var disputed: DisputedAxes { grounds?.content.disputed ?? [] }
  package var amount: Amount { grounds?.content.amount ?? .none }
  /// Why the amount is not exact.
  package var amountReasons: [DecisionReason] { grounds?.content.amountReasons ?? [] }

  /// The settled readings that the result rests on, ascending.
  package internal(set) var rulings: [ChoiceID] {
    get { particulars?.content.rulings ?? [] }
    set { change { $0.rulings = newValue } }
  }
  /// What remains of the amount where a group cuts it.
  package var payable: Payable? {
    get { particulars?.content.payable }
    set { change { $0.payable = newValue } }
  }
  package internal(set) var payers: [PayerDecision] {
    get { particulars?.content.payers ?? [] }
    set { change { $0.payers = newValue } }
  }
  /// Why shares or instalments are not known, or don't come to the amount.
  package internal(set) var paymentReasons: [DecisionReason] {
    get { particulars?.content.paymentReasons ?? [] }
    set { change { $0.paymentReasons = newValue } }
  }
  package internal(set) var instalments: [InstalmentDecision] {
    get { particulars?.content.instalments ?? [] }
    set { change { $0.instalments = newValue } }
  }
  package internal(set) var dueDates: [DueDateDecision] {
    get { particulars?.content.dueDates ?? [] }
    set { change { $0.dueDates = newValue } }
  }

  private mutating func change(_ body: (inout Particulars) -> Void) {
    var content = particulars?.content ?? Particulars()
    body(&content)
    particulars = content == Particulars() ? nil : Shared(content)
  }

  /// The positions of the conditions that are no, where the verdict is no; empty when the period or a rule followed blocks.
  package var blockedBy: [Int] {
    guard verdict == .no else { return [] }
    return conditions.indices.filter { conditions[$0] == .no }
  }
}

/// Whether a measure's conditions hold.
package enum Verdict: UInt8, Hashable, Sendable, CaseIterable {
  /// 不符合
  case no
  /// 符合
  case yes
  /// 待定
  case unknown
  /// 不适用
  case notApplicable
  /// 解释分歧
  case disputed
}

/// A reason with the readings under which it stands.
package struct DecisionReason: Hashable, Sendable {
  package var reason: Reason
  /// The combinations of readings under which it stands; empty: under all.
  package var under: [[ChosenReading]]

  /// A reason under these combinations.
  package init(reason: Reason, under: [[ChosenReading]]) {
    self.reason = reason
    self.under = under
  }
}

/// One reading of one choice.
package struct ChosenReading: Hashable, Sendable {
  package var choice: ChoiceID
  package var reading: Int

  /// The reading at a position.
  package init(choice: ChoiceID, reading: Int) {
    self.choice = choice
    self.reading = reading
  }
}

/// What each reading of one choice gives.
package struct ReadingSplit: Hashable, Sendable {
  package var choice: ChoiceID
  package var readings: [Entry]

  /// The answer under one reading, over all readings of the other choices.
  package struct Entry: Hashable, Sendable {
    package var verdict: Verdict
    /// What the reading still lacks.
    package var lacking: [Reason]
    package var amount: Amount
  }
}

/// The axes of a decision that readings can divide.
package struct DisputedAxes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  package static let verdict = DisputedAxes(rawValue: 1)
  package static let amount = DisputedAxes(rawValue: 2)
  package static let payer = DisputedAxes(rawValue: 4)
  package static let date = DisputedAxes(rawValue: 8)
}

/// The strongest and the weakest claim of a measure.
package struct ForceClaims: Hashable, Sendable {
  package var strongest: Force
  package var weakest: Force
}

/// Where the as-of date lies in the life of the document and the rule; ends included.
package enum PeriodState: UInt8, Hashable, Sendable {
  case inForce
  /// 未生效
  case notYet
  /// 已过期
  case expired
  /// 未规定: neither the document nor the rule names an end.
  case unstated

  /// Whether rules outside it give no.
  package var blocks: Bool { self == .notYet || self == .expired }
}

/// What a measure grants in money (or in another quantity).
package enum Amount: Hashable, Sendable {
  /// The measure names no amount, or the verdict leaves none.
  case none
  case exact(Rational)
  /// A length of time.
  case length(Duration)
  /// nil: no bound on that side.
  case range(low: Rational?, high: Rational?)
  /// A rule still to be issued sets it, within bounds that the text states.
  case toBeSet(HoleID, low: Rational?, high: Rational?)
  /// An authority may set it up to this value; nil: no bound is known.
  case atMost(Rational?)
  /// Not known, without bounds; the reasons say why.
  case unknown
  /// Different by reading, each different amount once.
  case disputed([Amount])
}

extension Amount {
  /// The least and the greatest that it may be; nil: no bound.
  package var bounds: (low: Rational, high: Rational?) {
    switch self {
    case .none, .length: (.zero, .zero)
    case .exact(let number): (number, number)
    case .range(let low, let high), .toBeSet(_, let low, let high): (max(low ?? .zero, .zero), high)
    case .atMost(let most): (.zero, most)
    case .unknown: (.zero, nil)
    case .disputed(let amounts):
      (
        amounts.map(\.bounds.low).min() ?? .zero,
        amounts.map(\.bounds.high).reduce(Rational?.some(.zero)) { both($0, $1) { max($0, $1) } }
      )
    }
  }

  /// Whether it is something else than one number, or nothing.
  var isOpen: Bool {
    switch self {
    case .none, .exact, .length: false
    case .range, .toBeSet, .atMost, .unknown, .disputed: true
    }
  }
}

/// What remains of an amount in a group.
package struct Payable: Hashable, Sendable {
  package var amount: Amount
  package var group: GroupID
  package var cause: Cause

  /// What a group leaves.
  package init(amount: Amount, group: GroupID, cause: Cause) {
    self.amount = amount
    self.group = group
    self.cause = cause
  }

  /// Why it is what it is.
  package enum Cause: Hashable, Sendable {
    /// The member is the group's greatest, chosen, or added in full.
    case counted
    /// Another member is greater (就高), or was chosen (择一).
    case givenWay(to: MeasureID)
    /// The group's cap is below the sum and isn't distributed by the text.
    case capped
    /// What was received already is taken off (补差).
    case received
    /// It depends on members that are not settled.
    case open
    /// The members exclude one another (互斥).
    case conflict
  }
}

/// An authority with its role for this subject.
package struct DepartmentEntry: Hashable, Sendable {
  package var authority: AuthorityID
  package var role: Department.Role
  package var county: County = .whole
  /// Whether it pays under a condition that is not known, or differs by reading.
  package var isUncertain = false

  /// Which county's authority it is.
  package enum County: Hashable, Sendable {
    /// The authority is not one of several.
    case whole
    /// The one of this option value.
    case option(OptionTypeID, Int32)
    /// 所在县待定
    case unknown
  }
}

/// What one payer pays.
package struct PayerDecision: Hashable, Sendable {
  package var authority: AuthorityID
  package var county: DepartmentEntry.County
  /// Whether it pays.
  package var verdict: Verdict
  package var share: Amount
  /// 比例未规定
  package var isUnstated: Bool
}

/// One instalment's answer.
package struct InstalmentDecision: Hashable, Sendable {
  package var verdict: Verdict
  package var reasons: [Reason]
  package var amount: Amount
  package var date: Due?
}

/// The last day of an authority's duty.
package struct DueDateDecision: Hashable, Sendable {
  /// The position among the measure's deadlines.
  package var deadline: Int
  package var due: Due
}

/// A date that follows from another.
package enum Due: Hashable, Sendable {
  case date(CivilDate)
  /// 未规定, or a word without a value.
  case unstated
  case notApplicable
  case unknown([Reason])
  /// Different by reading, ascending.
  case disputed([CivilDate])
}

/// Each condition's result in order, two bits each.
package struct ConditionStates: Hashable, Sendable, RandomAccessCollection {
  private var bits: UInt64 = 0
  private var disputes: UInt32 = 0
  private var size: UInt32 = 0
  private var further: [Verdict]?

  init() {}

  mutating func append(_ verdict: Verdict) {
    if size < 32 {
      if verdict == .disputed {
        disputes |= 1 << size
      } else {
        bits |= UInt64(verdict.rawValue) << UInt64(2 * size)
      }
    } else {
      further = (further ?? []) + [verdict]
    }
    size += 1
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { Int(size) }
  package subscript(position: Int) -> Verdict {
    guard position >= 0, position < endIndex else { return .unknown }
    if position >= 32 { return further?[position - 32] ?? .unknown }
    if disputes >> UInt32(position) & 1 == 1 { return .disputed }
    return Verdict(rawValue: UInt8(truncatingIfNeeded: bits >> UInt64(2 * position) & 3)) ?? .unknown
  }
}

/// The answer of a group of measures for one subject.
package struct GroupDecision: Hashable, Sendable {
  package var group: GroupID
  package var verdict: Verdict
  package var amount: Amount
  package var reasons: [Reason]
  /// The members that count, in the group's order.
  package var counted: [MeasureID]
  /// The cap was reached.
  package var isCapped: Bool
}

/// The answers of several measures and of the groups that they belong to.
package struct Decisions: Hashable, Sendable {
  package var decisions: [Decision]
  package var groups: [GroupDecision]
}
