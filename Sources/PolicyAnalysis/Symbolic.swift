import PolicyValues

/// A truth in Kleene's logic; neither is unknown.
package struct SymbolicTruth {
  package var yes: Term
  package var no: Term
}

/// A verdict of a measure under the readings that its terms leave open; none of the three is unknown.
package struct SymbolicVerdict {
  package var yes: Term
  package var no: Term
  package var notApplicable: Term
}

/// What a value is where it is known.
package enum SymbolicValue {
  /// A real term, in the base unit.
  case quantity(Term)
  /// An integer term: days since 1970-01-01.
  case date(Term)
  /// Months and working days are constants of the program, days an integer term.
  case duration(months: Int, days: Term, workingDays: Int)
  /// An integer term: the place among the space's texts.
  case text(Term)
  /// An integer term: the position of an option's value; of a truth 1 for yes.
  case option(Term)
  /// It is never known.
  case nothing
}

/// A value with its state, as the evaluator knows them.
package struct SymbolicCell {
  package var unknown: Term
  package var notApplicable: Term
  package var value: SymbolicValue
  /// Of an unknown quantity only.
  var bounds: SymbolicBounds
}

/// What is known of an unknown quantity.
struct SymbolicBounds {
  var hasLow: Term
  var low: Term
  var hasHigh: Term
  var high: Term
  var mayVanish: Term
  var mayFail: Term
}

extension Solver {
  func of(_ flag: Term) -> SymbolicTruth { SymbolicTruth(yes: flag, no: not(flag)) }
  var unknown: SymbolicTruth { SymbolicTruth(yes: no, no: no) }

  func not(_ a: SymbolicTruth) -> SymbolicTruth { SymbolicTruth(yes: a.no, no: a.yes) }
  func and(_ a: SymbolicTruth, _ b: SymbolicTruth) -> SymbolicTruth {
    SymbolicTruth(yes: and(a.yes, b.yes), no: or(a.no, b.no))
  }
  func or(_ a: SymbolicTruth, _ b: SymbolicTruth) -> SymbolicTruth {
    SymbolicTruth(yes: or(a.yes, b.yes), no: and(a.no, b.no))
  }
  func and(_ tests: [SymbolicTruth]) -> SymbolicTruth {
    SymbolicTruth(yes: and(tests.map(\.yes)), no: or(tests.map(\.no)))
  }
  func or(_ tests: [SymbolicTruth]) -> SymbolicTruth {
    SymbolicTruth(yes: or(tests.map(\.yes)), no: and(tests.map(\.no)))
  }
  /// Whether neither yes nor no is known.
  package func unknown(_ a: SymbolicTruth) -> Term { and(not(a.yes), not(a.no)) }
  /// Whether a verdict is 待定.
  package func unknown(_ a: SymbolicVerdict) -> Term { and([not(a.yes), not(a.no), not(a.notApplicable)]) }

  func choose(_ test: Term, _ a: SymbolicTruth, _ b: SymbolicTruth) -> SymbolicTruth {
    SymbolicTruth(yes: choose(test, a.yes, b.yes), no: choose(test, a.no, b.no))
  }

  var noBounds: SymbolicBounds { bounds(mayVanish: yes, mayFail: yes) }
  var failedBounds: SymbolicBounds { bounds(mayVanish: no, mayFail: yes) }
  func bounds(mayVanish: Term, mayFail: Term) -> SymbolicBounds {
    SymbolicBounds(hasLow: no, low: real(.zero), hasHigh: no, high: real(.zero), mayVanish: mayVanish, mayFail: mayFail)
  }

  func known(_ value: SymbolicValue) -> SymbolicCell {
    SymbolicCell(unknown: no, notApplicable: no, value: value, bounds: failedBounds)
  }
  /// A value that isn't computable.
  var failed: SymbolicCell { SymbolicCell(unknown: yes, notApplicable: no, value: .nothing, bounds: failedBounds) }
  var absent: SymbolicCell { SymbolicCell(unknown: no, notApplicable: yes, value: .nothing, bounds: noBounds) }
  func unknown(_ bounds: SymbolicBounds) -> SymbolicCell {
    SymbolicCell(unknown: yes, notApplicable: no, value: .nothing, bounds: bounds)
  }
  func known(_ cell: SymbolicCell) -> Term { and(not(cell.unknown), not(cell.notApplicable)) }

  /// The ends of a cell in any state: a known quantity is its own bounds.
  func bounds(of cell: SymbolicCell) -> SymbolicBounds {
    let own = cell.bounds
    if cell.unknown == yes { return own }
    let isKnown = known(cell)
    guard case .quantity(let number) = cell.value else {
      return SymbolicBounds(
        hasLow: and(cell.unknown, own.hasLow), low: own.low, hasHigh: and(cell.unknown, own.hasHigh), high: own.high,
        mayVanish: or(cell.notApplicable, and(cell.unknown, own.mayVanish)),
        mayFail: and(cell.unknown, own.mayFail))
    }
    return SymbolicBounds(
      hasLow: or(isKnown, and(cell.unknown, own.hasLow)), low: choose(cell.unknown, own.low, number),
      hasHigh: or(isKnown, and(cell.unknown, own.hasHigh)), high: choose(cell.unknown, own.high, number),
      mayVanish: or(cell.notApplicable, and(cell.unknown, own.mayVanish)), mayFail: and(cell.unknown, own.mayFail))
  }

  func choose(_ test: Term, _ a: SymbolicBounds, _ b: SymbolicBounds) -> SymbolicBounds {
    SymbolicBounds(
      hasLow: choose(test, a.hasLow, b.hasLow), low: choose(test, a.low, b.low),
      hasHigh: choose(test, a.hasHigh, b.hasHigh), high: choose(test, a.high, b.high),
      mayVanish: choose(test, a.mayVanish, b.mayVanish), mayFail: choose(test, a.mayFail, b.mayFail))
  }

  /// One cell or the other.
  func choose(_ test: Term, _ a: SymbolicCell, _ b: SymbolicCell) throws(Unsupported) -> SymbolicCell {
    if test == yes { return a }
    if test == no { return b }
    return SymbolicCell(
      unknown: choose(test, a.unknown, b.unknown), notApplicable: choose(test, a.notApplicable, b.notApplicable),
      value: try choose(test, a.value, b.value), bounds: choose(test, a.bounds, b.bounds))
  }

  func choose(_ test: Term, _ a: SymbolicValue, _ b: SymbolicValue) throws(Unsupported) -> SymbolicValue {
    switch (a, b) {
    case (.nothing, let value), (let value, .nothing): return value
    case (.quantity(let one), .quantity(let two)): return .quantity(choose(test, one, two))
    case (.date(let one), .date(let two)): return .date(choose(test, one, two))
    case (.text(let one), .text(let two)): return .text(choose(test, one, two))
    case (.option(let one), .option(let two)): return .option(choose(test, one, two))
    case (.duration(let months, let one, let working), .duration(let others, let two, let second))
    where months == others && working == second:
      return .duration(months: months, days: choose(test, one, two), workingDays: working)
    default: throw .durations
    }
  }

  /// Whether two cells that are known or 不适用 are the same.
  func same(_ a: SymbolicCell, _ b: SymbolicCell) throws(Unsupported) -> Term {
    let values: Term
    switch (a.value, b.value) {
    case (.nothing, _), (_, .nothing): values = no
    case (.quantity(let one), .quantity(let two)), (.date(let one), .date(let two)), (.text(let one), .text(let two)),
      (.option(let one), .option(let two)):
      values = equal(one, two)
    case (.duration(let one, let days, let first), .duration(let two, let others, let second)):
      values = one == two && first == second ? equal(days, others) : no
    default: throw .malformed
    }
    return or(and(a.notApplicable, b.notApplicable), and([known(a), known(b), values]))
  }
}

/// What the encoder can't say in linear arithmetic; the measure that needs it is not analysed, and says why.
package enum Unsupported: Error, Hashable, Sendable {
  /// A product or quotient of two unknown quantities.
  case product
  /// Working days: the calendar is data.
  case workingDays
  /// A 期间 recorded as a fact, or several lengths in one expression.
  case durations
  /// A sum, 最大 or 最小 over a list that may be missing or not 列全, or over members that may be unknown.
  case openList(String)
  /// A table whose results may be unknown.
  case openTable(String)
  /// Tiers whose rates depend on facts.
  case rates(String)
  /// A subject reached by a definition with readings.
  case relation
  /// More than the encoder takes.
  case tooLarge
  /// What a checked program doesn't hold.
  case malformed
}
