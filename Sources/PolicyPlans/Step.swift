package import PolicyIR
package import PolicyValues

/// One truth, unknown where the facts leave it open.
///
/// Steps are values, so that what two measures or two readings have in common is one step and computed once.
package enum TruthStep: Hashable, Sendable {
  /// The same for every subject; `reason` is its number where it is not known.
  case constant(Bool?, reason: Int32)
  /// A truth field, by slot.
  case field(Int)
  /// Whether an option is one of these values; at the values in `open` it is unknown, each for its reason.
  case option(Int, yes: [Int32], open: [Int32], reasons: [Int32])
  /// A quantity against a number; `settled`: no also where the fact is missing, as no fact is below zero.
  case quantity(Int, Expression.Comparison, Rational, settled: Bool)
  case date(Int, Expression.Comparison, CivilDate)
  /// A date against another of the subject.
  case dates(Int, Expression.Comparison, Int)
  /// Two computed values.
  case values(Int32, Expression.Comparison, Int32)
  case all([Int32])
  case any([Int32])
  case negation(Int32)
  case atLeast(Int, [Int32])
  case choose(Int32, Int32, Int32)
  /// A measure's verdict as a condition: its object and its conditions, each a step.
  case holds(object: Int32, conditions: Int32)
}

/// One quantity or date. A `reason` is the number of what leaves it unknown.
package enum ValueStep: Hashable, Sendable {
  case number(Rational)
  case day(CivilDate)
  /// A quantity or a date, by slot.
  case field(Int)
  /// Not known, between bounds: a rule still to be issued.
  case open(lowest: Int32?, highest: Int32?, reason: Int32)
  /// Not computable.
  case failed(reason: Int32)
  case arithmetic(Expression.Arithmetic, Int32, Int32)
  case extreme(Int32, Int32, greatest: Bool)
  case choose(Int32, Int32, Int32)
  /// A parameter at a date: its values from days on, ascending; `reason` before the first.
  case parameter(Int32, [Period], reason: Int32)
  /// A date with a length of time added.
  case shifted(Int32, Duration)
  /// A schedule of tiers over a base; `reason` where no tier holds it.
  case tiers(TierScheduleID, base: Int32, rates: [Int32], reason: Int32)
  /// The result of the one row of a table that holds; `reason` where none does.
  case table(TableID, tests: [Int32], results: [Int32], reason: Int32)
  case ofDate(Builtin, Int32)
  case ofDates(Builtin, Int32, Int32)
  case rounded(Int32, Expression.Rounding)

  /// A parameter's value from a day on.
  package struct Period: Hashable, Sendable {
    package var from: CivilDate
    package var value: Int32
  }
}

/// A step of either sort.
package enum StepID: Hashable, Sendable {
  case truth(Int32)
  case value(Int32)
}

extension TruthStep {
  /// The steps that it is made of.
  package var operands: [StepID] {
    switch self {
    case .constant, .field, .option, .quantity, .date, .dates: []
    case .values(let one, _, let two): [.value(one), .value(two)]
    case .all(let operands), .any(let operands), .atLeast(_, let operands): operands.map { .truth($0) }
    case .negation(let operand): [.truth(operand)]
    case .choose(let one, let two, let three): [.truth(one), .truth(two), .truth(three)]
    case .holds(let object, let conditions): [.truth(object), .truth(conditions)]
    }
  }

  /// The facts that it reads itself.
  package var slots: [Int] {
    switch self {
    case .field(let slot), .option(let slot, _, _, _), .quantity(let slot, _, _, _), .date(let slot, _, _): [slot]
    case .dates(let one, _, let two): [one, two]
    case .constant, .values, .all, .any, .negation, .atLeast, .choose, .holds: []
    }
  }
}

extension ValueStep {
  /// The steps that it is made of.
  package var operands: [StepID] {
    switch self {
    case .number, .day, .field, .failed: []
    case .open(let low, let high, _): [low, high].compactMap { $0.map { .value($0) } }
    case .arithmetic(_, let one, let two), .extreme(let one, let two, _), .ofDates(_, let one, let two):
      [.value(one), .value(two)]
    case .choose(let test, let one, let two): [.truth(test), .value(one), .value(two)]
    case .parameter(let date, let periods, _): [.value(date)] + periods.map { .value($0.value) }
    case .tiers(_, let base, let rates, _): [.value(base)] + rates.map { .value($0) }
    case .table(_, let tests, let results, _): tests.map { .truth($0) } + results.map { .value($0) }
    case .ofDate(_, let one), .rounded(let one, _), .shifted(let one, _): [.value(one)]
    }
  }
}
