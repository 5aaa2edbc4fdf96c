import PolicyIR
import PolicyValues

extension Engine {
  /// The decisions together with those of the groups whose members they hold; members learn what remains payable.
  ///
  /// - Parameter wanted: for each group whether it is asked for; nil: all are.
  mutating func grouped(_ decisions: [Decision], subject: Subject, only wanted: [Bool]? = nil) -> Decisions {
    var result = Decisions(decisions: decisions, groups: [])
    if plan.groups.isEmpty { return result }
    let asOf = self.asOf
    for index in plan.groups.indices {
      let group = plan.program.groups[index]
      guard group.kind == subject.kind, wanted?[index] ?? true else { continue }
      var members: [GroupMember] = []
      for (position, member) in group.members.enumerated() {
        if let place = result.decisions.firstIndex(where: { $0.measure == member }),
          plan.groups[index].relations[position] < 0
        {
          members.append(GroupMember(result.decisions[place], place: place))
        } else {
          members.append(
            foreignMember(member, relation: plan.groups[index].relations[position], subject, asOf, group.rule))
        }
      }
      for subgroup in group.subgroups {
        if let inner = result.groups.first(where: { $0.group == subgroup }) {
          members.append(GroupMember(inner, fallback: plan.program.groups[subgroup].members.first))
        }
      }
      // Foreign members were evaluated on this engine, so it turns back to the subject.
      if members.contains(where: { $0.place == nil }) { begin(subject, asOf: asOf) }
      let settlement = settle(GroupID(index), members)
      result.groups.append(settlement.decision)
      for (position, payable) in settlement.payables.enumerated() {
        guard let payable else { continue }
        if let place = members[position].place {
          result.decisions[place].payable = payable
        } else if position >= group.members.count {
          cut(group.subgroups[position - group.members.count], members[position], payable, &result.decisions)
        }
      }
    }
    return result
  }

  /// Takes from the members of an inner group what the outer one cuts of it.
  private mutating func cut(
    _ inner: GroupID, _ member: GroupMember, _ outer: Payable, _ decisions: inout [Decision]
  ) {
    let bounds = outer.amount.bounds
    if let high = member.high, bounds.low == high { return }
    // As much as may be missing may be missing of any one of them.
    let missing = member.high.flatMap { try? $0.subtracting(bounds.low) }
    for place in decisions.indices {
      guard let payable = decisions[place].payable ?? unsettled(decisions[place], in: inner),
        payable.group == inner || isInside(payable.group, inner)
      else { continue }
      let before = payable.amount.bounds
      let low = missing.flatMap { try? before.low.subtracting($0) }.map { max($0, .zero) } ?? .zero
      let high = both(before.high, bounds.high) { min($0, $1) } ?? before.high ?? bounds.high
      if low == before.low, high == before.high { continue }
      let isSettled = low == high && !outer.amount.isOpen && !payable.amount.isOpen
      decisions[place].payable = Payable(
        amount: isSettled ? .exact(low) : .range(low: low, high: high), group: outer.group, cause: outer.cause)
    }
  }

  /// What a member that its own group leaves whole would be paid.
  private func unsettled(_ decision: Decision, in group: GroupID) -> Payable? {
    guard plan.program.groups[group].members.contains(decision.measure) else { return nil }
    let member = GroupMember(decision, place: nil)
    guard member.isConsidered else { return nil }
    let amount: Amount = member.isOpen ? .range(low: member.low, high: member.high) : .exact(member.low)
    return Payable(amount: amount, group: group, cause: .open)
  }

  private func isInside(_ group: GroupID, _ outer: GroupID) -> Bool {
    plan.program.groups[outer].subgroups.contains { $0 == group || isInside(group, $0) }
  }

  /// A member that wasn't asked for, or that is of a related kind: summed over the related subjects.
  private mutating func foreignMember(
    _ measure: MeasureID, relation: Int32, _ subject: Subject, _ asOf: CivilDate, _ rule: Group.Rule
  ) -> GroupMember {
    if relation < 0 {
      begin(subject, asOf: asOf)
      return decision(measure.rawValue).map { GroupMember($0, place: nil) } ?? .nothing(measure)
    }
    begin(subject, asOf: asOf)
    switch fact(relation, 0) {
    case .many(let subjects, let complete):
      var member = GroupMember.nothing(measure)
      for (position, related) in subjects.enumerated() {
        begin(related, asOf: asOf)
        guard let decision = decision(measure.rawValue) else { continue }
        var other = GroupMember(decision, place: nil)
        let step = SubjectPath.Step(relation: FieldID(Int(relation)), position: position)
        for place in other.reasons.indices { other.reasons[place].lead(by: step) }
        member.add(other, takesGreatest: rule == .highest)
      }
      if !complete {
        member.isOpen = true
        member.high = nil
        member.reasons.append(.listIncomplete(FieldID(Int(relation)), subject: .root))
      }
      return member
    case .notApplicable: return .nothing(measure)
    case .missing, .notKnown, .one, .value:
      var member = GroupMember.nothing(measure)
      member.isOpen = true
      member.high = nil
      let reasons = lacking(relation, 0, asked: false)
      member.reasons = registry.list(reasons)
      return member
    }
  }
}

/// A member of a group with what it grants: between `low` and `high`, exactly one number where it is settled.
struct GroupMember {
  var measure: MeasureID
  /// The position among the decisions; nil for a member that isn't among them.
  var place: Int?
  var verdict: Verdict
  var low: Rational
  /// nil: no bound.
  var high: Rational?
  var isOpen: Bool
  var reasons: [Reason]

  /// Granted, or perhaps.
  var isConsidered: Bool { verdict == .yes || verdict == .unknown || verdict == .disputed }

  static func nothing(_ measure: MeasureID) -> GroupMember {
    GroupMember(
      measure: measure, place: nil, verdict: .notApplicable, low: .zero, high: .zero, isOpen: false, reasons: [])
  }

  private init(
    measure: MeasureID, place: Int?, verdict: Verdict, low: Rational, high: Rational?, isOpen: Bool, reasons: [Reason]
  ) {
    self.measure = measure
    self.place = place
    self.verdict = verdict
    self.low = low
    self.high = high
    self.isOpen = isOpen
    self.reasons = reasons
  }

  init(_ decision: Decision, place: Int?) {
    self = .nothing(decision.measure)
    self.place = place
    verdict = decision.verdict
    guard isConsidered else { return }
    reasons = decision.reasons.map(\.reason)
    take(decision.amount)
    if isOpen { reasons.append(contentsOf: decision.amountReasons.map(\.reason)) }
    if verdict != .yes {
      low = min(low, .zero)
      isOpen = isOpen || high != .zero || decision.amount != .none
    }
  }

  /// Sets the bounds to those of an amount.
  private mutating func take(_ amount: Amount) {
    switch amount {
    // Lengths of time are in no group.
    case .none, .length: break
    case .exact(let number): (low, high) = (number, number)
    case .atMost(let most): (low, high, isOpen) = (.zero, most, true)
    case .range(let least, let most), .toBeSet(_, let least, let most):
      (low, high, isOpen) = (max(least ?? .zero, .zero), most, true)
    case .unknown: (low, high, isOpen) = (.zero, nil, true)
    case .disputed(let amounts):
      let parts = amounts.map { amount in
        var part = GroupMember.nothing(measure)
        part.take(amount)
        return part
      }
      low = parts.map(\.low).min() ?? .zero
      high = parts.contains { $0.high == nil } ? nil : parts.compactMap(\.high).max()
      isOpen = true
    }
  }

  /// A group within a group, with what it comes to; its first counted measure stands for it.
  init(_ decision: GroupDecision, fallback: MeasureID?) {
    self = .nothing(decision.counted.first ?? fallback ?? MeasureID(0))
    verdict = decision.verdict
    guard isConsidered else { return }
    reasons = decision.reasons
    switch decision.amount {
    case .exact(let number): (low, high) = (number, number)
    case .range(let least, let most): (low, high, isOpen) = (least ?? .zero, most, true)
    default: (low, high, isOpen) = (.zero, nil, true)
    }
  }

  /// Adds what another related subject is granted.
  mutating func add(_ other: GroupMember, takesGreatest: Bool) {
    if verdict == .notApplicable || verdict == .no || other.verdict == .yes {
      if other.verdict != .notApplicable { verdict = other.verdict }
    } else if verdict != .yes, other.verdict == .unknown || other.verdict == .disputed {
      verdict = .unknown
    }
    low = takesGreatest ? max(low, other.low) : (try? low.adding(other.low)) ?? low
    high = both(high, other.high) { takesGreatest ? max($0, $1) : try? $0.adding($1) }
    isOpen = isOpen || other.isOpen
    reasons.append(contentsOf: other.reasons)
  }
}
