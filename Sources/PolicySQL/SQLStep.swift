import PolicyIR
import PolicyValues

/// One truth, three-valued: SQL's NULL is 不知.
enum TruthStep: Hashable {
  /// The same for every row; `reason` is its number where it is not known.
  case constant(Bool?, reason: Int32)
  /// A truth field, by slot.
  case field(Int)
  /// Whether an option is one of these values; at the values in `open` it is unknown, each for its reason.
  case option(Int, yes: [Int32], open: [Int32], reasons: [Int32])
  /// A quantity against a literal; `settled`: no also where the fact is missing, as no fact is below zero.
  case quantity(Int, Expression.Comparison, Rational, settled: Bool)
  case date(Int, Expression.Comparison, CivilDate)
  case values(Int32, Expression.Comparison, Int32)
  case all([Int32])
  case any([Int32])
  case negation(Int32)
  case atLeast(Int, [Int32])
  case choose(Int32, Int32, Int32)
  /// A measure's verdict as a condition: its object and its conditions.
  case holds(object: Int32, conditions: Int32)
}

/// One quantity or date.
enum ValueStep: Hashable {
  case number(Rational)
  case day(CivilDate)
  case field(Int)
  /// Not known, between bounds: a rule still to be issued.
  case open(lowest: Int32?, highest: Int32?, reason: Int32)
  /// Not computable.
  case failed(reason: Int32)
  case arithmetic(Expression.Arithmetic, Int32, Int32)
  case extreme(Int32, Int32, greatest: Bool)
  case choose(Int32, Int32, Int32)
  /// A parameter at a date: its values from days on, ascending.
  case parameter(Int32, [Period], reason: Int32)
  /// A date so many months, then so many days later.
  case shifted(Int32, months: Int, days: Int)
  /// A schedule of tiers over a value; `ceiling`: what none gives more than; `reason` where no tier holds it.
  case tiers(Int32, [Segment], isMonotone: Bool, ceiling: Rational?, reason: Int32)
  /// A table's row, of which no two can hold; `reason` where none does.
  case table(tests: [Int32], results: [Int32], reason: Int32)
  case ofDate(Builtin, Int32)
  case ofDates(Builtin, Int32, Int32)
  case rounded(Int32, Expression.Rounding)

  /// A stretch of a value on which a result is a multiple of it and a fixed number.
  struct Segment: Hashable {
    var low: Rational?
    var lowIncluded: Bool
    var high: Rational?
    var highIncluded: Bool
    var factor: Rational
    var offset: Rational
  }

  struct Period: Hashable {
    var from: CivilDate
    var value: Int32
  }
}

/// How a value is held: a date, of which the first and the last year are known, or whole numbers of a fraction of the base unit, of which
/// the least and the greatest are.
struct ValueShape: Hashable {
  var isDate = false
  /// A value is a whole number of so many parts of the base unit.
  var parts: Int128 = 1
  var low: Int128 = 0
  var high: Int128 = 0

  var magnitude: Int128 { max(high, -low) }
  var isWide: Bool { magnitude > Int128(Int64.max) }
}

/// A step of either sort.
enum StepID: Hashable {
  case truth(Int32)
  case value(Int32)
}
