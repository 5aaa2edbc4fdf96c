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

  // MARK: Calls

  func call(_ builtin: Builtin, _ cells: [SymbolicCell]) throws(Unsupported) -> SymbolicCell {
    guard let first = cells.first else { throw .malformed }
    switch builtin {
    case .least, .greatest:
      var result = first
      for cell in cells.dropFirst() { result = try extreme(result, cell, greatest: builtin == .greatest) }
      return result
    case .endOfYear, .year, .monthDay: return try ofDate(first, builtin)
    case .fullYears, .fullMonths, .days:
      guard cells.count == 2 else { throw .malformed }
      return try ofDates(first, cells[1], builtin)
    case .workingDaysAfter: throw .workingDays
    }
  }

  func extreme(_ a: SymbolicCell, _ b: SymbolicCell, greatest: Bool) throws(Unsupported) -> SymbolicCell {
    let absent = solver.or(a.notApplicable, b.notApplicable)
    let unknown = solver.and(solver.not(absent), solver.or(a.unknown, b.unknown))
    var result = SymbolicCell(unknown: unknown, notApplicable: absent, value: .nothing, bounds: solver.failedBounds)
    func pick(_ one: Term, _ two: Term) -> Term { greatest ? solver.maximum(one, two) : solver.minimum(one, two) }
    switch (a.value, b.value) {
    case (.quantity(let one), .quantity(let two)): result.value = .quantity(pick(one, two))
    case (.date(let one), .date(let two)): result.value = .date(pick(one, two))
    case (.nothing, _), (_, .nothing): break
    default: throw .malformed
    }
    if unknown != solver.no {
      let (one, two) = (solver.bounds(of: a), solver.bounds(of: b))
      var bounds = solver.bounds(
        mayVanish: solver.or(one.mayVanish, two.mayVanish), mayFail: solver.or(one.mayFail, two.mayFail))
      /// The end where both are known, and where one is enough.
      func both(_ has: Term, _ own: Term, _ other: Term, _ end: Term) -> (Term, Term) {
        (solver.and(has, other), pick(own, end))
      }
      func either(_ has: Term, _ own: Term, _ other: Term, _ end: Term) -> (Term, Term) {
        (solver.or(has, other), solver.choose(has, solver.choose(other, pick(own, end), own), end))
      }
      (bounds.hasLow, bounds.low) =
        greatest
        ? either(one.hasLow, one.low, two.hasLow, two.low) : both(one.hasLow, one.low, two.hasLow, two.low)
      (bounds.hasHigh, bounds.high) =
        greatest
        ? both(one.hasHigh, one.high, two.hasHigh, two.high) : either(one.hasHigh, one.high, two.hasHigh, two.high)
      result.bounds = bounds
    }
    return result
  }

  private func ofDate(_ cell: SymbolicCell, _ builtin: Builtin) throws(Unsupported) -> SymbolicCell {
    var result = cell
    result.bounds = solver.noBounds
    guard case .date(let day) = cell.value else {
      if case .nothing = cell.value { return result }
      throw .malformed
    }
    let parts = space.calendar(day)
    switch builtin {
    case .year: result.value = .quantity(solver.toReal(parts.year))
    case .monthDay:
      result.value = .quantity(
        solver.toReal(solver.add(solver.multiply(solver.integer(100), parts.month)!, parts.day)))
    default: result.value = .date(space.dayNumber(parts.year, solver.integer(12), solver.integer(31)))
    }
    return result
  }

  private func ofDates(_ a: SymbolicCell, _ b: SymbolicCell, _ builtin: Builtin) throws(Unsupported) -> SymbolicCell {
    let absent = solver.or(a.notApplicable, b.notApplicable)
    var result = SymbolicCell(
      unknown: solver.and(solver.not(absent), solver.or(a.unknown, b.unknown)), notApplicable: absent, value: .nothing,
      bounds: solver.noBounds)
    guard case .date(let one) = a.value, case .date(let two) = b.value else {
      switch (a.value, b.value) {
      case (.nothing, _), (_, .nothing): return result
      default: throw .malformed
      }
    }
    if builtin == .days {
      result.value = .quantity(solver.toReal(solver.subtract(two, one)))
      return result
    }
    let (start, end) = (space.calendar(one), space.calendar(two))
    let years = solver.subtract(end.year, start.year)
    let number: Term
    if builtin == .fullYears {
      let isReached = solver.or(
        solver.less(start.month, end.month),
        solver.and(solver.equal(start.month, end.month), solver.lessOrEqual(start.day, end.day)))
      number = solver.subtract(years, solver.choose(isReached, solver.integer(0), solver.integer(1)))
    } else {
      let months = solver.add(solver.multiply(solver.integer(12), years)!, solver.subtract(end.month, start.month))
      let due = solver.minimum(start.day, space.lastDay(ofMonth: end.month, year: end.year))
      number = solver.subtract(
        months, solver.choose(solver.lessOrEqual(due, end.day), solver.integer(0), solver.integer(1)))
    }
    result.value = .quantity(solver.toReal(number))
    return result
  }

  /// The day a duration later or earlier: months, then days.
  private func shifted(
    _ date: Term, _ months: Int, _ days: Term, _ workingDays: Int, back: Bool
  ) throws(Unsupported) -> Term {
    if workingDays != 0 { throw .workingDays }
    var date = date
    if months != 0 {
      let parts = space.calendar(date)
      let total = solver.add(
        solver.add(solver.multiply(solver.integer(12), parts.year)!, parts.month),
        solver.integer((back ? -months : months) - 1))
      let (year, month) = (solver.quotient(total, 12), solver.add(solver.remainder(total, 12), solver.integer(1)))
      date = space.dayNumber(year, month, solver.minimum(parts.day, space.lastDay(ofMonth: month, year: year)))
    }
    return back ? solver.subtract(date, days) : solver.add(date, days)
  }

  func rounded(_ cell: SymbolicCell, _ rounding: Expression.Rounding) throws(Unsupported) -> SymbolicCell {
    guard let inverse = try? Rational.one.divided(by: rounding.unit), !rounding.unit.isNegative else {
      return solver.failed
    }
    func round(_ term: Term) -> Term {
      let zero = solver.real(.zero)
      let isNegative = solver.less(term, zero)
      let size = solver.choose(isNegative, solver.subtract(zero, term), term)
      let scaled = solver.multiply(solver.real(inverse), size)!
      let count: Term
      switch rounding.mode {
      case .down: count = solver.floor(scaled)
      case .halfUp: count = solver.floor(solver.add(scaled, solver.real(half)))
      case .up: count = solver.subtract(solver.integer(0), solver.floor(solver.subtract(zero, scaled)))
      }
      let result = solver.multiply(solver.real(rounding.unit), solver.toReal(count))!
      return solver.choose(isNegative, solver.subtract(zero, result), result)
    }
    var result = cell
    switch cell.value {
    case .quantity(let number): result.value = .quantity(round(number))
    case .nothing: break
    case .date, .duration, .text, .option: throw .malformed
    }
    if cell.unknown != solver.no {
      result.bounds.low = round(cell.bounds.low)
      result.bounds.high = round(cell.bounds.high)
    }
    return result
  }

  private var half: Rational { (try? Rational(numerator: 1, denominator: 2)) ?? .zero }
}
