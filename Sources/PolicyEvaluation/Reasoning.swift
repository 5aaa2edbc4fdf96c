package import PolicyIR
import PolicyValues

/// Computes with values of which not all is known: what an operation leaves unknown keeps its operands' reasons, and the ends between
/// which it lies.
package protocol Reasoning {
  var program: Program { get }
  /// The set with one reason.
  mutating func because(_ reason: Reason) -> SlotSet
  /// Both sets together.
  mutating func union(_ one: SlotSet, _ two: SlotSet) -> SlotSet
  /// The first hole among reasons.
  func hole(in reasons: SlotSet) -> HoleID?
}

extension Reasoning {
  mutating func failed(_ failure: ArithmeticFailure) -> Cell {
    switch failure {
    case .overflow: .unknown(because(.notComputable(.overflow)), .failed)
    case .divisionByZero: .unknown(because(.notComputable(.divisionByZero)), .failed)
    }
  }

  package mutating func failed(_ failure: Reason.Failure) -> Cell {
    .unknown(because(.notComputable(failure)), .failed)
  }

  /// The amount that a value is, or what is known of it.
  package func amount(of cell: Cell, isDiscretionary: Bool) -> Amount {
    switch cell {
    case .quantity(let number): return isDiscretionary ? .atMost(number) : .exact(number)
    case .notApplicable: return .none
    case .duration(let length): return isDiscretionary ? .atMost(nil) : .length(length)
    case .date, .text, .option: return .unknown
    case .unknown(let reasons, let bounds):
      if isDiscretionary { return .atMost(bounds.high) }
      if let hole = hole(in: reasons) { return .toBeSet(hole, low: bounds.low, high: bounds.high) }
      if bounds.high == nil, bounds.low.map({ $0 <= .zero }) ?? true { return .unknown }
      return .range(low: bounds.low, high: bounds.high)
    }
  }
}
