package import PolicyEvaluation
package import PolicyIR

/// A measure as steps, or why it isn't planned.
package struct MeasurePlan: Sendable {
  package let id: MeasureID
  package internal(set) var period: PeriodState
  package var refusal: Refusal?
  /// One for each combination of readings that the measure touches; none where the period decides.
  package internal(set) var readings: [Reading] = []
  /// The rule of the amount, the measure's own or of the one it follows.
  package internal(set) var amount: AmountRule?

  package struct Reading: Sendable {
    /// What is chosen, in the order in which it was met.
    package var chosen: [(choice: OpenChoice, reading: Int)]
    /// −1: the kind.
    package var object: Int32
    package var conditions: Int32
    /// −1: none, or not asked for.
    package var amount: Int32
  }
}
