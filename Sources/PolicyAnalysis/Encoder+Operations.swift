import PolicyEvaluation
import PolicyIR
import PolicyValues

extension Encoder {
  // MARK: Comparisons

  func compare(
    _ comparison: Expression.Comparison, _ a: SymbolicCell, _ b: SymbolicCell, _ option: OptionTypeID?
  ) throws(Unsupported) -> SymbolicTruth {
    let absent = solver.or(a.notApplicable, b.notApplicable)
    let bothKnown = solver.and(solver.known(a), solver.known(b))
    let someUnknown = solver.and(solver.not(absent), solver.or(a.unknown, b.unknown))
    var result = SymbolicTruth(yes: solver.no, no: absent)
    if bothKnown != solver.no {
      let values = try compareKnown(comparison, a.value, b.value, option)
      result.yes = solver.and(bothKnown, values.yes)
      result.no = solver.or(absent, solver.and(bothKnown, values.no))
    }
    if someUnknown != solver.no, isQuantity(a.value), isQuantity(b.value) {
      let (one, two) = (solver.bounds(of: a), solver.bounds(of: b))
      let decided = decided(comparison, one, two)
      let isSafe = solver.and(someUnknown, solver.not(solver.or(one.mayFail, two.mayFail)))
      result.no = solver.or(result.no, solver.and(isSafe, decided.no))
      result.yes = solver.or(
        result.yes,
        solver.and([isSafe, decided.yes, solver.not(decided.no), solver.not(one.mayVanish), solver.not(two.mayVanish)]))
    }
    return result
  }

  /// A value that is never known has bounds too.
  private func isQuantity(_ value: SymbolicValue) -> Bool {
    switch value {
    case .quantity, .nothing: true
    case .date, .duration, .text, .option: false
    }
  }

  private func compareKnown(
    _ comparison: Expression.Comparison, _ a: SymbolicValue, _ b: SymbolicValue, _ option: OptionTypeID?
  ) throws(Unsupported) -> SymbolicTruth {
    switch (a, b) {
    case (.quantity(let one), .quantity(let two)), (.date(let one), .date(let two)):
      return solver.of(holds(comparison, one, two))
    case (.option(let one), .option(let two)):
      var result = solver.of(holds(comparison, one, two))
      if comparison == .equal || comparison == .notEqual { return result }
      // Of a value outside the order of its option no order is known.
      var outside: [Term] = []
      let values: [OptionValue] = option.map { program.optionTypes[$0].values } ?? []
      for (place, value) in values.enumerated() where value.unranked {
        outside += [one, two].map { solver.equal($0, solver.integer(place)) }
      }
      let isRanked = solver.not(solver.or(outside))
      result = SymbolicTruth(yes: solver.and(isRanked, result.yes), no: solver.and(isRanked, result.no))
      return result
    case (.text(let one), .text(let two)):
      guard comparison == .equal || comparison == .notEqual else { return solver.unknown }
      return solver.of(holds(comparison, one, two))
    case (.duration(let one, let days, let first), .duration(let two, let others, let second)):
      guard one == two, first == second else {
        guard solver.number(days) != nil, solver.number(others) != nil else { throw .durations }
        return constantDurations(comparison, a, b)
      }
      return solver.of(holds(comparison, days, others))
    case (.nothing, _), (_, .nothing): return solver.unknown
    default: throw .malformed
    }
  }

  /// Lengths in different units compare as far as their bounds in days decide.
  private func constantDurations(
    _ comparison: Expression.Comparison, _ a: SymbolicValue, _ b: SymbolicValue
  ) -> SymbolicTruth {
    guard case .duration(let one, let days, let first) = a, case .duration(let two, let others, let second) = b,
      let here = solver.number(days).flatMap({ Int32(exactly: $0.numerator) }),
      let there = solver.number(others).flatMap({ Int32(exactly: $0.numerator) })
    else { return solver.unknown }
    let order = Duration(months: Int32(one), days: here, workingDays: Int32(first))
      .order(to: Duration(months: Int32(two), days: there, workingDays: Int32(second)))
    let truths = Set(order.map { comparison.holds($0, 0) })
    return truths.count == 1 ? solver.of(solver.truth(truths.contains(true))) : solver.unknown
  }

  private func holds(_ comparison: Expression.Comparison, _ a: Term, _ b: Term) -> Term {
    switch comparison {
    case .equal: solver.equal(a, b)
    case .notEqual: solver.not(solver.equal(a, b))
    case .less: solver.less(a, b)
    case .lessOrEqual: solver.lessOrEqual(a, b)
    case .greater: solver.less(b, a)
    case .greaterOrEqual: solver.lessOrEqual(b, a)
    }
  }

  /// What the ends of two unknowns decide.
  private func decided(
    _ comparison: Expression.Comparison, _ a: SymbolicBounds, _ b: SymbolicBounds
  ) -> SymbolicTruth {
    func less(_ a: SymbolicBounds, _ b: SymbolicBounds) -> SymbolicTruth {
      let yes = solver.and([a.hasHigh, b.hasLow, solver.less(a.high, b.low)])
      let no = solver.and([a.hasLow, b.hasHigh, solver.lessOrEqual(b.high, a.low)])
      return SymbolicTruth(yes: yes, no: solver.and(solver.not(yes), no))
    }
    switch comparison {
    case .less: return less(a, b)
    case .greater: return less(b, a)
    case .greaterOrEqual: return solver.not(less(a, b))
    case .lessOrEqual: return solver.not(less(b, a))
    case .equal, .notEqual:
      let (one, two) = (less(a, b), less(b, a))
      let differ = solver.or(one.yes, two.yes)
      let equal = SymbolicTruth(yes: solver.and([solver.not(differ), one.no, two.no]), no: differ)
      return comparison == .equal ? equal : solver.not(equal)
    }
  }

  // MARK: Arithmetic

  func compute(
    _ operation: Expression.Arithmetic, _ a: SymbolicCell, _ b: SymbolicCell
  ) throws(Unsupported) -> SymbolicCell {
    let absent = solver.or(a.notApplicable, b.notApplicable)
    let unknown = solver.and(solver.not(absent), solver.or(a.unknown, b.unknown))
    var result = SymbolicCell(unknown: unknown, notApplicable: absent, value: .nothing, bounds: solver.failedBounds)
    let isOpen = unknown != solver.no
    switch (a.value, b.value) {
    case (.quantity(let one), .quantity(let two)):
      switch operation {
      case .add: result.value = .quantity(solver.add(one, two))
      case .subtract: result.value = .quantity(solver.subtract(one, two))
      case .multiply:
        guard let product = solver.multiply(one, two) else { throw .product }
        result.value = .quantity(product)
      case .divide:
        guard
          let inverse = solver.eachNumber(
            of: two,
            { number in
              (try? Rational.one.divided(by: number)).map { solver.real($0) } ?? solver.real(.zero)
            }), let quotient = solver.multiply(one, inverse)
        else { throw .product }
        result.value = .quantity(quotient)
        // Nothing is divided by zero.
        let isZero = solver.and(
          solver.and(solver.known(a), solver.known(b)), solver.equal(two, solver.real(.zero)))
        if isOpen { result.bounds = try ends(operation, a, b) }
        return try solver.choose(isZero, solver.failed, result)
      }
      if isOpen { result.bounds = try ends(operation, a, b) }
    case (.nothing, .quantity), (.quantity, .nothing), (.nothing, .nothing):
      if isOpen { result.bounds = try ends(operation, a, b) }
    case (.date(let date), .duration(let months, let days, let working))
    where operation == .add || operation == .subtract:
      result.value = .date(try shifted(date, months, days, working, back: operation == .subtract))
      result.bounds = solver.bounds(mayVanish: solver.no, mayFail: solver.no)
    case (.duration(let months, let days, let working), .date(let date)) where operation == .add:
      result.value = .date(try shifted(date, months, days, working, back: false))
    case (.date(let one), .date(let two)) where operation == .subtract:
      result.value = .duration(months: 0, days: solver.subtract(one, two), workingDays: 0)
    case (.duration(let one, let days, let first), .duration(let two, let others, let second)):
      switch operation {
      case .add:
        result.value = .duration(months: one + two, days: solver.add(days, others), workingDays: first + second)
      case .subtract:
        result.value = .duration(months: one - two, days: solver.subtract(days, others), workingDays: first - second)
      case .multiply, .divide: throw .malformed
      }
    case (.nothing, _), (_, .nothing): break
    default: throw .malformed
    }
    return result
  }

  private func ends(
    _ operation: Expression.Arithmetic, _ x: SymbolicCell, _ y: SymbolicCell
  ) throws(Unsupported) -> SymbolicBounds {
    let (a, b) = (solver.bounds(of: x), solver.bounds(of: y))
    var result = solver.bounds(mayVanish: solver.or(a.mayVanish, b.mayVanish), mayFail: solver.or(a.mayFail, b.mayFail))
    switch operation {
    case .add:
      (result.hasLow, result.low) = (solver.and(a.hasLow, b.hasLow), solver.add(a.low, b.low))
      (result.hasHigh, result.high) = (solver.and(a.hasHigh, b.hasHigh), solver.add(a.high, b.high))
    case .subtract:
      (result.hasLow, result.low) = (solver.and(a.hasLow, b.hasHigh), solver.subtract(a.low, b.high))
      (result.hasHigh, result.high) = (solver.and(a.hasHigh, b.hasLow), solver.subtract(a.high, b.low))
    case .multiply, .divide:
      let zero = solver.real(.zero)
      let isSafe = solver.and([
        a.hasLow, b.hasLow, solver.lessOrEqual(zero, a.low), solver.lessOrEqual(zero, b.low),
      ])
      if operation == .multiply {
        guard let low = solver.multiply(a.low, b.low), let high = solver.multiply(a.high, b.high) else {
          throw .product
        }
        (result.hasLow, result.low) = (isSafe, low)
        (result.hasHigh, result.high) = (solver.and([isSafe, a.hasHigh, b.hasHigh]), high)
        return result
      }
      let mayBeZero = solver.and(
        solver.or(solver.not(b.hasLow), solver.lessOrEqual(b.low, zero)),
        solver.or(solver.not(b.hasHigh), solver.lessOrEqual(zero, b.high)))
      result.mayFail = solver.or(result.mayFail, mayBeZero)
      func inverse(_ term: Term) -> Term? {
        solver.eachNumber(of: term) { (try? Rational.one.divided(by: $0)).map { solver.real($0) } ?? zero }
      }
      guard let lowInverse = inverse(b.low), let highInverse = inverse(b.high),
        let low = solver.multiply(a.low, highInverse), let high = solver.multiply(a.high, lowInverse)
      else { throw .product }
      let isHighZero = solver.equal(b.high, zero)
      result.hasLow = solver.and(isSafe, solver.or(solver.not(b.hasHigh), solver.not(isHighZero)))
      result.low = solver.choose(b.hasHigh, low, zero)
      result.hasHigh = solver.and([isSafe, a.hasHigh, solver.not(solver.equal(b.low, zero))])
      result.high = high
    }
    return result
  }

  /// One of several values, not known which.
  func either(_ cells: [(possible: Term, cell: SymbolicCell)], mayFail: Term) throws(Unsupported) -> SymbolicCell {
    var agree = [solver.not(mayFail)]
    for (index, one) in cells.enumerated() {
      agree.append(solver.implies(one.possible, solver.not(one.cell.unknown)))
      for two in cells.dropFirst(index + 1) {
        agree.append(
          solver.implies(solver.and(one.possible, two.possible), try solver.same(one.cell, two.cell)))
      }
    }
    var first = solver.failed
    var ends = solver.bounds(mayVanish: solver.no, mayFail: mayFail)
    var any = solver.no
    for (possible, cell) in cells.reversed() { first = try solver.choose(possible, cell, first) }
    for (possible, cell) in cells {
      let bounds = solver.bounds(of: cell)
      ends.mayVanish = solver.or(ends.mayVanish, solver.and(possible, bounds.mayVanish))
      ends.mayFail = solver.or(ends.mayFail, solver.and(possible, bounds.mayFail))
      let counts = solver.and(possible, solver.not(cell.notApplicable))
      func end(_ has: Term, _ own: Term, _ hasOther: Term, _ other: Term, least: Bool) -> (Term, Term) {
        let joined = least ? solver.minimum(own, other) : solver.maximum(own, other)
        return (
          solver.choose(counts, solver.choose(any, solver.and(has, hasOther), hasOther), has),
          solver.choose(counts, solver.choose(any, joined, other), own)
        )
      }
      (ends.hasLow, ends.low) = end(ends.hasLow, ends.low, bounds.hasLow, bounds.low, least: true)
      (ends.hasHigh, ends.high) = end(ends.hasHigh, ends.high, bounds.hasHigh, bounds.high, least: false)
      any = solver.or(any, counts)
    }
    let open = SymbolicCell(unknown: solver.yes, notApplicable: solver.no, value: first.value, bounds: ends)
    return try solver.choose(solver.and(agree), first, open)
  }
}
