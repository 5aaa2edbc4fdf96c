import PolicyEvaluation
import PolicyIR

/// The interpreter's way with values of which not all is known, for single rows: a reason's slot is its place among those of a program.
struct RowReasoning: Reasoning {
  let program: Program
  private let reasons: [Reason]
  private let slots: [Reason: Int32]
  private(set) var sets = SlotSets()
  /// Whether something was met that only the interpreter can tell: a reason that isn't the program's, or a fact that a column can't hold.
  var isUnsure = false

  init(_ program: ColumnProgram) {
    self.program = program.prepared.program
    reasons = program.reasons
    slots = Dictionary(reasons.enumerated().map { ($0.1, Int32($0.0)) }) { first, _ in first }
  }

  /// Turns to other rows; sets that were met before are no longer valid.
  mutating func begin() { if sets.count > 16_384 { sets = SlotSets() } }

  /// The set with the reason at a place.
  mutating func single(_ slot: Int32) -> SlotSet { sets.single(slot) }

  mutating func because(_ reason: Reason) -> SlotSet {
    if let slot = slots[reason] { return sets.single(slot) }
    isUnsure = true
    return .empty
  }

  mutating func union(_ one: SlotSet, _ two: SlotSet) -> SlotSet { sets.union(one, two) }

  func hole(in set: SlotSet) -> HoleID? {
    sets[set].compactMap { if case .hole(let hole) = reasons[Int($0)] { hole } else { nil } }.min()
  }
}
