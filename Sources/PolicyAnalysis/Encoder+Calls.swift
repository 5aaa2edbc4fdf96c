import PolicyIR
import PolicyValues

/// Functions of the language, rounding and days.
extension Encoder {
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
  func shifted(
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
