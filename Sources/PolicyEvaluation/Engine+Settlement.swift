import PolicyIR
import PolicyValues

/// What a group comes to, and what remains of each member where that differs from its amount.
struct Settlement {
  var decision: GroupDecision
  var payables: [Payable?]
}

extension Engine {
  /// Applies a group's rule, then its cap.
  mutating func settle(_ id: GroupID, _ members: [GroupMember]) -> Settlement {
    let group = plan.program.groups[id]
    var settlement = Settlement(
      decision: GroupDecision(
        group: id, verdict: verdict(of: members), amount: .none, reasons: [], counted: [], isCapped: false),
      payables: Array(repeating: nil, count: members.count))
    var total = GroupTotal(low: .zero, high: .zero, isOpen: false)
    switch group.rule {
    case .highest: total = highest(id, members, &settlement)
    case .topUp:
      total = highest(id, members, &settlement)
      takeReceived(id, &total, &settlement)
    case .oneOf: total = chosen(id, members, &settlement)
    case .stack: total = stacked(members, &settlement)
    case .exclusive: total = exclusive(id, members, &settlement)
    }
    cap(id, &total, members, &settlement)
    for member in members where member.isOpen || member.verdict == .unknown {
      for reason in member.reasons where !settlement.decision.reasons.contains(reason) {
        settlement.decision.reasons.append(reason)
      }
    }
    settlement.decision.reasons.sort()
    if settlement.decision.verdict != .no, settlement.decision.verdict != .notApplicable {
      settlement.decision.amount = total.amount
    }
    return settlement
  }

  private mutating func verdict(of members: [GroupMember]) -> Verdict {
    for verdict in [Verdict.yes, .disputed, .unknown, .no] where members.contains(where: { $0.verdict == verdict }) {
      return verdict
    }
    return .notApplicable
  }

  /// 就高不重复: the greatest in full, the others nothing. Of two that are equal the first counts.
  private mutating func highest(_ id: GroupID, _ members: [GroupMember], _ settlement: inout Settlement) -> GroupTotal {
    var total = GroupTotal(low: .zero, high: .zero, isOpen: false)
    for member in members {
      total.low = max(total.low, member.low)
      total.high = both(total.high, member.high) { max($0, $1) }
      // Also an open member that can't exceed the known greatest leaves a range, be it one of one value.
      total.isOpen = total.isOpen || (member.isOpen && (member.high.map { $0 > .zero } ?? true))
    }
    // A member that is sure to be granted what none of the others can exceed.
    let winner = members.indices.first { place in
      members[place].verdict == .yes && !members[place].isOpen && members[place].low == total.low
        && members.allSatisfy { $0.high.map { $0 <= total.low } ?? false }
    }
    if let winner { settlement.decision.counted = [members[winner].measure] }
    for (place, member) in members.enumerated() where member.isConsidered {
      if let winner {
        settlement.payables[place] =
          place == winner
          ? Payable(amount: .exact(member.low), group: id, cause: .counted)
          : Payable(amount: .exact(.zero), group: id, cause: .givenWay(to: members[winner].measure))
      } else {
        settlement.decision.counted.append(member.measure)
        settlement.payables[place] = Payable(amount: .range(low: .zero, high: member.high), group: id, cause: .open)
      }
    }
    return total
  }

  /// 补差: without what was received, never below zero.
  private mutating func takeReceived(_ id: GroupID, _ total: inout GroupTotal, _ settlement: inout Settlement) {
    let node = plan.groups[id.index].received
    guard node >= 0 else { return }
    guard let received = bounds(of: node, &settlement) else { return }
    func rest(_ amount: Rational?, _ taken: Rational?) -> Rational? {
      both(amount, taken) { amount, taken in (try? amount.subtracting(taken)).map { max($0, .zero) } }
    }
    let low = rest(total.low, received.high) ?? .zero
    total.high = rest(total.high, received.low ?? .zero)
    total.low = low
    total.isOpen = total.isOpen || received.low == nil || received.low != received.high
    for position in settlement.payables.indices where settlement.payables[position]?.cause == .counted {
      settlement.payables[position] = Payable(amount: total.amount, group: id, cause: .received)
    }
  }

  /// 择一: the declared choice; unknown without one.
  private mutating func chosen(_ id: GroupID, _ members: [GroupMember], _ settlement: inout Settlement) -> GroupTotal {
    let group = plan.program.groups[id]
    let greatest = members.map(\.high).reduce(Rational?.some(.zero)) { both($0, $1) { max($0, $1) } }
    let open = GroupTotal(low: .zero, high: greatest, isOpen: true)
    guard let field = group.chosen, plan.program.fields.indices.contains(field.index) else { return open }
    var reasons = SlotSet.empty
    switch fact(field.rawValue, 0) {
    case .value(.option(let value)):
      let name = optionName(field, value)
      guard
        let winner = group.members.firstIndex(where: {
          plan.program.measures.indices.contains($0.index) && plan.program.measures[$0].name == name
        })
      else {
        reasons = because(.notComputable(.noSuchMember(id)))
        break
      }
      settlement.decision.counted = [members[winner].measure]
      settlement.decision.verdict = members[winner].verdict
      for (position, member) in members.enumerated() where position != winner && member.isConsidered {
        settlement.payables[position] = Payable(
          amount: .exact(.zero), group: id, cause: .givenWay(to: members[winner].measure))
      }
      let member = members[winner]
      return GroupTotal(low: member.low, high: member.high, isOpen: member.isOpen)
    case .notApplicable: reasons = because(.notComputable(.noSuchMember(id)))
    case .notKnown: reasons = lacking(field.rawValue, 0, asked: true)
    case .missing, .value, .one, .many: reasons = lacking(field.rawValue, 0, asked: false)
    }
    let eligible = members.indices.filter { members[$0].isConsidered }
    if eligible.isEmpty { return GroupTotal(low: .zero, high: .zero, isOpen: false) }
    settlement.decision.verdict = .unknown
    settlement.decision.reasons = registry.list(reasons)
    for position in eligible {
      settlement.payables[position] = Payable(
        amount: .range(low: .zero, high: members[position].high), group: id, cause: .open)
    }
    return open
  }

  private mutating func optionName(_ field: FieldID, _ value: Int32) -> String? {
    guard case .option(let option) = plan.program.fields[field].type,
      plan.program.optionTypes.indices.contains(option.index),
      plan.program.optionTypes[option].values.indices.contains(Int(value))
    else { return nil }
    return plan.program.optionTypes[option].values[Int(value)].name
  }

  /// 叠加: the sum.
  private mutating func stacked(_ members: [GroupMember], _ settlement: inout Settlement) -> GroupTotal {
    var total = GroupTotal(low: .zero, high: .zero, isOpen: false)
    for member in members {
      guard let low = try? total.low.adding(member.low) else {
        settlement.decision.reasons = [.notComputable(.overflow)]
        return GroupTotal(low: .zero, high: nil, isOpen: true)
      }
      total.low = low
      total.high = both(total.high, member.high) { try? $0.adding($1) }
      total.isOpen = total.isOpen || member.isOpen
      if member.verdict == .yes { settlement.decision.counted.append(member.measure) }
    }
    return total
  }

  /// 互斥: two that are yes are a conflict.
  private mutating func exclusive(_ id: GroupID, _ members: [GroupMember], _ settlement: inout Settlement) -> GroupTotal
  {
    let holding = members.indices.filter { members[$0].verdict == .yes }
    if holding.count > 1 {
      settlement.decision.verdict = .unknown
      settlement.decision.reasons = [.conflict(.members(id, holding.map { members[$0].measure }))]
      for position in holding {
        settlement.payables[position] = Payable(amount: .unknown, group: id, cause: .conflict)
      }
      return GroupTotal(low: .zero, high: nil, isOpen: true)
    }
    if let only = holding.first, members.allSatisfy({ $0.verdict != .unknown && $0.verdict != .disputed }) {
      settlement.decision.counted = [members[only].measure]
      return GroupTotal(low: members[only].low, high: members[only].high, isOpen: members[only].isOpen)
    }
    let high = members.map(\.high).reduce(Rational?.some(.zero)) { both($0, $1) { max($0, $1) } }
    if members.allSatisfy({ $0.verdict == .no || $0.verdict == .notApplicable }) {
      return GroupTotal(low: .zero, high: .zero, isOpen: false)
    }
    // A second member that may turn yes would make it a conflict.
    settlement.decision.verdict = members.contains { $0.verdict == .disputed } ? .disputed : .unknown
    return GroupTotal(low: .zero, high: high, isOpen: true)
  }

  /// The cap clamps both ends. The text doesn't say which member it cuts, so each is left between what the others leave
  /// of the cap and the cap.
  private mutating func cap(
    _ id: GroupID, _ total: inout GroupTotal, _ members: [GroupMember], _ settlement: inout Settlement
  ) {
    let node = plan.groups[id.index].cap
    guard node >= 0, let cap = bounds(of: node, &settlement) else { return }
    let (least, most) = (max(cap.low ?? .zero, .zero), cap.high)
    settlement.decision.isCapped = most.map { total.low > $0 } ?? false
    let mayCut = total.high.map { $0 > least } ?? true
    if mayCut {
      let whole: [(low: Rational, high: Rational?)] = members.indices.map {
        settlement.payables[$0]?.amount.bounds ?? (members[$0].low, members[$0].high)
      }
      for (place, member) in members.enumerated()
      where member.isConsidered && settlement.payables[place]?.cause != .conflict && whole[place].high != .zero {
        let before = whole[place]
        let taken = whole.indices.filter { $0 != place }.map { whole[$0].high }
          .reduce(Rational?.some(.zero)) { both($0, $1) { try? $0.adding($1) } }
        let left = taken.flatMap { try? least.subtracting($0) }.map { max($0, .zero) } ?? .zero
        let low = min(before.low, left)
        let high = before.high.map { high in most.map { min(high, $0) } ?? high } ?? most
        let isSettled = low == high && !member.isOpen && !total.isOpen && cap.low == most
        let amount: Amount = isSettled ? .exact(low) : .range(low: low, high: high)
        settlement.payables[place] = Payable(
          amount: amount, group: id,
          cause: settlement.decision.isCapped ? .capped : settlement.payables[place]?.cause ?? .open)
      }
    }
    // A cap that isn't known leaves the total open where it may cut.
    if mayCut, cap.low != most || most == nil { total.isOpen = true }
    total.low = min(total.low, least)
    total.high = total.high.map { high in most.map { min(high, $0) } ?? high } ?? most
  }

  /// The least and the greatest that a value may be over all readings; nil where it is 不适用.
  private mutating func bounds(of node: Int32, _ settlement: inout Settlement) -> Bounds? {
    let ref = value(node, 0)
    var all: Bounds?
    var reasons = SlotSet.empty
    listCells(ref, under: -1, 0)
    for cell in cellLeaves {
      if case .notApplicable = cell { continue }
      reasons = registry.sets.union(reasons, cell.reasons)
      let own = cell.bounds
      guard let known = all else {
        all = own
        continue
      }
      all?.low = both(known.low, own.low) { min($0, $1) }
      all?.high = both(known.high, own.high) { max($0, $1) }
    }
    for reason in registry.list(reasons) { settlement.decision.reasons.append(reason) }
    return all
  }
}

/// A group's amount so far.
struct GroupTotal {
  var low: Rational
  var high: Rational?
  var isOpen: Bool

  /// Never a number while it is open.
  var amount: Amount {
    if !isOpen, let high, low == high { return .exact(low) }
    return .range(low: low, high: high)
  }
}
