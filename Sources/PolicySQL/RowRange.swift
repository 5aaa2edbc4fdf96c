import PolicyIR
import PolicyPlans
import PolicyValues

/// What the tests of a table's row leave of the facts, as far as it shows whether two rows can hold for one subject.
struct RowRange {
  private var options: [Int: Set<Int32>] = [:]
  private var truths: [Int: Bool] = [:]
  private var numbers: [Int: Interval] = [:]
  /// A test that no fact passes.
  private var isEmpty = false

  private struct Interval {
    var low: Rational?
    var lowIncluded = true
    var high: Rational?
    var highIncluded = true

    mutating func raise(_ number: Rational, included: Bool) {
      if let low, low > number || low == number && !lowIncluded { return }
      (low, lowIncluded) = (number, included)
    }

    mutating func lower(_ number: Rational, included: Bool) {
      if let high, high < number || high == number && !highIncluded { return }
      (high, highIncluded) = (number, included)
    }

    func isBelow(_ other: Interval) -> Bool {
      guard let high, let low = other.low else { return false }
      return high < low || high == low && !(highIncluded && other.lowIncluded)
    }
  }

  /// Takes a test into account; one of another form changes nothing.
  mutating func narrow(by test: Int32, in planner: Planner) {
    switch planner.truths[Int(test)] {
    case .all(let parts): for part in parts { narrow(by: part, in: planner) }
    case .constant(false, _): isEmpty = true
    case .field(let slot): set(slot, true)
    case .negation(let inner):
      if case .field(let slot) = planner.truths[Int(inner)] { set(slot, false) }
    case .option(let slot, let yes, _, _): options[slot] = options[slot].map { $0.intersection(yes) } ?? Set(yes)
    case .quantity(let slot, let comparison, let number, _): narrow(slot, comparison, number)
    case .date(let slot, let comparison, let date): narrow(slot, comparison, Rational(Int(date.dayNumber)))
    case .constant, .dates, .values, .any, .atLeast, .choose, .holds: break
    }
  }

  private mutating func set(_ slot: Int, _ truth: Bool) {
    if truths[slot] == !truth { isEmpty = true }
    truths[slot] = truth
  }

  private mutating func narrow(_ slot: Int, _ comparison: Expression.Comparison, _ number: Rational) {
    var range = numbers[slot] ?? Interval()
    switch comparison {
    case .equal:
      range.raise(number, included: true)
      range.lower(number, included: true)
    case .less: range.lower(number, included: false)
    case .lessOrEqual: range.lower(number, included: true)
    case .greater: range.raise(number, included: false)
    case .greaterOrEqual: range.raise(number, included: true)
    case .notEqual: return
    }
    numbers[slot] = range
  }

  /// Whether surely no subject passes both.
  func isDisjoint(from other: RowRange) -> Bool {
    if isEmpty || other.isEmpty { return true }
    for (slot, values) in options { if let more = other.options[slot], values.isDisjoint(with: more) { return true } }
    for (slot, truth) in truths where other.truths[slot] == !truth { return true }
    for (slot, range) in numbers {
      if let more = other.numbers[slot], range.isBelow(more) || more.isBelow(range) { return true }
    }
    return false
  }
}
