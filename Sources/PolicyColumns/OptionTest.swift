import PolicyEvaluation
import PolicyIR

/// A test of an option's value against what stands in the rules.
enum OptionTest: Hashable, Sendable {
  case oneOf([Int32])
  case ordered(Expression.Comparison, Int32)
  case sorted(ClassificationID)

  /// What came of a test of one value.
  enum Outcome: Hashable, Sendable {
    case settled(Bool)
    /// By a reading.
    case disputed(ChoiceID)
    /// Open, for a reason that names the value.
    case open(Int32)
  }

  /// The outcome for each value of an option.
  func outcomes(_ id: OptionTypeID, in program: Program) -> [Outcome] {
    program.optionTypes[id].values.indices.map { outcome(Int32($0), id, program) }
  }

  private func outcome(_ value: Int32, _ id: OptionTypeID, _ program: Program) -> Outcome {
    switch self {
    case .oneOf(let values): return .settled(values.contains(value))
    case .ordered(let comparison, let other):
      if program.optionTypes[id].values[Int(value)].unranked { return .open(value) }
      if program.optionTypes[id].values.indices.contains(Int(other)),
        program.optionTypes[id].values[Int(other)].unranked
      {
        return .open(value)
      }
      return .settled(comparison.holds(value, other))
    case .sorted(let classification):
      let sorting = program.classifications[classification].sorting
      guard sorting.indices.contains(Int(value)) else { return .open(value) }
      switch sorting[Int(value)] {
      case .yes: return .settled(true)
      case .no: return .settled(false)
      case .disputed(let choice): return .disputed(choice)
      case .unsettled: return .open(value)
      }
    }
  }
}
