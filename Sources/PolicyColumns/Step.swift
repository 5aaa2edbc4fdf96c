import PolicyIR

/// One operation over the rows of a chunk whose result is a truth: a plane of what is known and a plane of what is yes.
///
/// Steps are values, so that what two measures or two readings have in common is one step and computed once.
enum TruthStep: Hashable, Sendable {
  /// The same for every row; `reason` is its number where it is not known.
  case constant(Bool?, reason: Int32)
  /// A truth field, by slot.
  case field(Int)
  /// Whether an option is one of these values; at the values in `open` it is unknown, each for its reason.
  case option(Int, yes: [Int32], open: [Int32], reasons: [Int32])
  /// A quantity against a literal; `settled`: no also where the fact is missing, as no fact is below zero.
  case quantity(Int, Expression.Comparison, Int64, settled: Bool)
  case date(Int, Expression.Comparison, Int32)
  /// A date against another of the subject.
  case dates(Int, Expression.Comparison, Int)
  /// Two computed values; only rows where both are exact are answered.
  case values(Int32, Expression.Comparison, Int32)
  case all([Int32])
  case any([Int32])
  case negation(Int32)
  case atLeast(Int, [Int32])
  case choose(Int32, Int32, Int32)
  /// A measure's verdict as a condition: its object and its conditions, each a step.
  case holds(object: Int32, conditions: Int32)
}

/// One operation whose result is a number for each row (a quantity in ten-thousandths, a date by its day) and a plane of the rows for which
/// it is exact. Where an operand is missing or 不适用, or a result doesn't fit, it is not.
enum ValueStep: Hashable, Sendable {
  case literal(Int64)
  case field(Int)
  case arithmetic(Expression.Arithmetic, Int32, Int32)
  case extreme(Int32, Int32, greatest: Bool)
  case choose(Int32, Int32, Int32)
  /// The result of the one row of a table that holds.
  case table(tests: [Int32], results: [Int32])
  case ofDate(Builtin, Int32)
  case ofDates(Builtin, Int32, Int32)
  case rounded(Int32, Expression.Rounding)
}

/// A step of either sort, in the order in which steps are computed.
enum StepID: Hashable, Sendable {
  case truth(Int32)
  case value(Int32)
}
