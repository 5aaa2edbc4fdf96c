import PolicyEvaluation
import PolicyIR
import PolicyValues

/// What rules ask of the facts of one field, as far as they compare them with what stands in the rules.
///
/// Facts with the same outcome of every test are one class. A field that is used in any other way is *bare*: its facts are classes of
/// their own.
struct FactTests: Sendable {
  private(set) var isBare = false
  private var limits: [(comparison: Expression.Comparison, number: Int64)] = []
  private var options: [OptionTest] = []

  /// How many limits a class can tell apart.
  private static var most: Int { 60 }

  mutating func useBare() { isBare = true }

  /// Adds a comparison with a number, as a vector holds it.
  mutating func add(_ comparison: Expression.Comparison, _ number: Int64) {
    if limits.contains(where: { $0.comparison == comparison && $0.number == number }) { return }
    if limits.count == Self.most { isBare = true } else { limits.append((comparison, number)) }
  }

  mutating func add(_ test: OptionTest) {
    if !options.contains(test) { options.append(test) }
  }

  /// The classes of a field of a type.
  func classes(_ type: ValueType, in program: Program) -> FactClasses {
    if isBare { return .bare }
    switch type {
    case .option(let id):
      let outcomes = options.map { $0.outcomes(id, in: program) }
      let all = program.optionTypes[id].values.indices.map { value in outcomes.map { $0[value] } }
      // Facts that look the same have the place of the first of them.
      return .options(all.map { one in Int64(all.firstIndex(of: one) ?? 0) })
    case .quantity, .date: return .limits(limits)
    case .truth, .duration, .text, .entity, .many: return .bare
    }
  }
}

/// The classes into which rules put the facts of one field.
enum FactClasses: Sendable {
  /// Every fact is its own.
  case bare
  /// By the position of an option's value.
  case options([Int64])
  /// By the outcomes of comparisons, a bit each.
  case limits([(comparison: Expression.Comparison, number: Int64)])

  /// The class of a fact by its number; states without a value stay what they are.
  @inline(__always)
  func number(_ number: Int64) -> Int64 {
    if number < FactVector.leastWide { return number }
    switch self {
    case .bare: return number
    case .options(let classes):
      return number >= 0 && number < classes.count ? classes[Int(number)] : number
    case .limits(let limits):
      var bits: Int64 = 0
      for limit in limits { bits = bits &<< 1 | (limit.comparison.holds(number, limit.number) ? 1 : 0) }
      return bits
    }
  }
}
