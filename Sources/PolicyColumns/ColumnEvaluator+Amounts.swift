package import PolicyEvaluation
import PolicyIR
import PolicyPlans

extension ColumnEvaluator {
  /// Whether a measure has no amount, for any row.
  package func grantsNothing(_ measure: Int) -> Bool {
    if case .none = program.plans[measure].amount { return true }
    return false
  }

  /// The amount of a measure for a row, none where its verdict is no or 不适用; nil: the interpreter has to be asked.
  package func amount(of measure: Int, at row: Int) -> Amount? {
    let verdict = verdict(of: measure, at: row)
    if verdict == .no || verdict == .notApplicable { return Amount.none }
    switch program.plans[measure].amount {
    case .none: return Amount.none
    case .interpreted: return nil
    case .values(let steps, let slots, let isAtMost, let isOpen):
      guard verdict != .disputed, !slots.contains(where: { isOdd($0, row) }) else { return nil }
      if let number = chunk.number(of: steps[0], at: row) {
        guard steps.allSatisfy({ chunk.number(of: $0, at: row) == number }) else { return nil }
        return unscaled(number).map { isAtMost ? .atMost($0) : .exact($0) }
      }
      return steps.count == 1 && !isOpen ? openAmount(steps[0], row, verdict, isAtMost: isAtMost) : nil
    }
  }

  /// What is known of an amount that isn't exact. Where it is granted, why it is open counts as well, which only a hole's amount tells.
  private func openAmount(_ step: Int32, _ row: Int, _ verdict: Verdict, isAtMost: Bool) -> Amount? {
    chunk.reasoning.isUnsure = false
    let cell = chunk.cell(step, row)
    if chunk.reasoning.isUnsure { return nil }
    let amount = chunk.reasoning.amount(of: cell, isDiscretionary: isAtMost)
    if verdict == .unknown || !cell.isUnknown { return amount }
    if case .toBeSet = amount, chunk.reasoning.sets[cell.reasons].count == 1 { return amount }
    return nil
  }

  private func isOdd(_ slot: Int, _ row: Int) -> Bool {
    let column = chunk.columns[slot]
    return column.hasOdd && column.memory.odd[chunk.first + row >> 6] >> UInt64(row & 63) & 1 == 1
  }
}
