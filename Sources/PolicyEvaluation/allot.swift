package import PolicyIR
package import PolicyValues

/// How a limit over all applicants is shared out in the order that the text writes.
package struct Allotment: Hashable, Sendable {
  package var measure: MeasureID
  /// One for each applicant that may be granted something, in the subjects' order.
  package var shares: [Share]

  /// What one applicant gets.
  package struct Share: Hashable, Sendable {
    /// The position among the subjects.
    package var subject: Int
    /// What it would get without the limit.
    package var amount: Amount
    package var allotted: Amount
    /// It is scaled to no whole number of 分, and the text states no rounding (取整未规定).
    package var unrounded = false
    /// Why the allotment isn't exact though the amount is.
    package var open: Set<Open> = []
  }

  /// What leaves a share open.
  package enum Open: String, Hashable, Sendable, CaseIterable, Comparable {
    /// The order names no fact, or the applicant's is not known.
    case key
    /// Another applicant stands at the same place.
    case tie
    /// Another applicant's place or amount is not known.
    case others

    package static func < (a: Open, b: Open) -> Bool { a.rawValue < b.rawValue }
  }
}

/// Shares a measure's limit out among all its applicants; nil where no limit, or no order, is written.
///
/// Each share lies between what is left when all who may stand before it get their most, and what is left when those
/// who surely do get their least; who comes when the limit runs out gets what is left of it. `decisions` holds one for
/// each subject; nil where the measure doesn't ask about it.
package func allot(
  _ measure: MeasureID, in program: Program, among subjects: [Subject], _ decisions: [Decision?]
) -> Allotment? {
  guard let total = program.measures[measure].totalLimit, let limit = total.limit, total.order != .unstated else {
    return nil
  }
  var applicants: [Applicant] = []
  for (place, decision) in decisions.enumerated() {
    guard let decision, decision.verdict != .no, decision.verdict != .notApplicable else { continue }
    let key = total.key.flatMap { rank(of: subjects[place], by: $0, program) }
    applicants.append(Applicant(subject: place, decision, key: key))
  }
  let isMoney = program.amountType(of: measure) == .money
  let shares = applicants.indices.map { place in
    total.order == .proportional
      ? scaled(applicants, place, limit, isMoney) : inOrder(applicants, place, limit)
  }
  return Allotment(measure: measure, shares: shares)
}

/// The place of a subject in the order; nil while it isn't known.
private func rank(of subject: Subject, by field: FieldID, _ program: Program) -> Rational? {
  let slot = program.fields[field].slot
  guard program.fields[field].kind == subject.kind, subject.facts.indices.contains(slot) else { return nil }
  switch subject.facts[slot] {
  case .value(.quantity(let number)): return number
  case .value(.date(let date)): return Rational(Int(date.dayNumber))
  default: return nil
  }
}

private struct Applicant {
  var subject: Int
  var amount: Amount
  var low: Rational
  /// nil: no bound.
  var high: Rational?
  var key: Rational?

  init(subject: Int, _ decision: Decision, key: Rational?) {
    self.subject = subject
    self.key = key
    amount = decision.payable?.amount ?? decision.amount
    (low, high) = amount.bounds
    // It may turn out not to be granted.
    if decision.verdict != .yes { low = .zero }
  }
}

/// 先到先得, 按排名.
private func inOrder(_ applicants: [Applicant], _ place: Int, _ limit: Rational) -> Allotment.Share {
  let own = applicants[place]
  var (most, least): (Rational?, Rational) = (.zero, .zero)
  var open: Set<Allotment.Open> = []
  if own.key == nil { open.insert(.key) }
  for (other, applicant) in applicants.enumerated() where other != place && applicant.high != .zero {
    var isSurelyBefore = false
    var mayBeBefore = true
    if let key = own.key, let theirs = applicant.key {
      isSurelyBefore = theirs < key
      mayBeBefore = theirs <= key
      if theirs == key { open.insert(.tie) }
    } else if own.key != nil {
      open.insert(.others)
    }
    if mayBeBefore {
      most = both(most, applicant.high) { try? $0.adding($1) }
      if applicant.low != applicant.high { open.insert(.others) }
    }
    if isSurelyBefore { least = (try? least.adding(applicant.low)) ?? least }
  }
  func left(_ taken: Rational?) -> Rational {
    guard let taken, let rest = try? limit.subtracting(taken) else { return .zero }
    return max(rest, .zero)
  }
  return share(own, low: min(own.low, left(most)), high: min(own.high ?? limit, left(least)), open)
}

/// 按比例: all are cut alike where together they exceed the limit.
private func scaled(_ applicants: [Applicant], _ place: Int, _ limit: Rational, _ isMoney: Bool) -> Allotment.Share {
  let own = applicants[place]
  let others = applicants.indices.filter { $0 != place }.map { applicants[$0] }
  let most = others.reduce(Rational?.some(.zero)) { both($0, $1.high) { try? $0.adding($1) } }
  let least = others.reduce(Rational.zero) { (try? $0.adding($1.low)) ?? $0 }
  /// What one gets of an amount beside the others'.
  func part(_ amount: Rational, _ rest: Rational) -> Rational? {
    guard let sum = try? amount.adding(rest) else { return nil }
    if sum <= limit { return amount }
    return try? amount.multiplied(by: limit).divided(by: sum)
  }
  let low = most.flatMap { part(own.low, $0) } ?? .zero
  // Without a bound on its own amount it may be all but the whole limit.
  let high = own.high.flatMap { part($0, least) } ?? limit
  let open: Set<Allotment.Open> = others.contains { $0.low != $0.high } ? [.others] : []
  var share = share(own, low: low, high: high, open)
  share.unrounded = isMoney && share.allotted != own.amount && share.allotted.isFractional
  return share
}

private func share(_ own: Applicant, low: Rational, high: Rational, _ open: Set<Allotment.Open>) -> Allotment.Share {
  let allotted: Amount = low == high ? .exact(low) : .range(low: low, high: high)
  // What is open matters only where it leaves the share open.
  return Allotment.Share(
    subject: own.subject, amount: own.amount, allotted: allotted, open: low == high ? [] : open)
}
