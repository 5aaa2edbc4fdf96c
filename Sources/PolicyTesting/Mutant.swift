package import PolicyCoverage
package import PolicyDiagnostics
package import PolicyIR
package import PolicyText

/// A program with one mistake in it.
package struct Mutant: Sendable {
  /// The declaration that the mistake stands in.
  package let rule: RuleName
  /// What was changed.
  package let change: Bilingual
  /// The words of the rule that it stands in.
  package let span: Span
  package let weight: Weight
  /// The measures whose answers it can change, and the groups.
  package let measures: [MeasureID]
  package let groups: [GroupID]
  /// The place in the rule's expressions; nil for the rest of a rule.
  package let place: Place?
  /// It changes no answer by its form: what can't be known, turned round, is still not known for the same reasons.
  package let isIdle: Bool
  /// Makes the mistake.
  let apply: @Sendable (inout Program) -> Void

  package struct Place: Hashable, Sendable {
    package var owner: CoverageItem.Owner
    package var path: [Int]
  }

  /// How bad a mistake is that nobody notices, worst first.
  package enum Weight: Int, Hashable, Sendable, CaseIterable, Comparable {
    /// Who gets anything at all: conditions, exceptions, connectives, negations.
    case conditions
    /// What is paid, and by whom.
    case money
    /// Thresholds, dates, lists, sorted values.
    case boundaries
    case readings
    /// Departments, actors, deadlines, periods.
    case duties
    case strength

    package static func < (a: Weight, b: Weight) -> Bool { a.rawValue < b.rawValue }
  }

  /// The program with the mistake.
  package func mutated(_ program: Program) -> Program {
    var copy = program
    apply(&copy)
    return copy
  }
}
