import PolicyIR

/// One expression of the program, compiled: without pointers, its operands by position.
struct Node: Sendable {
  enum Operation: UInt8, Sendable {
    case literal, field, fieldOf, definition, classification, hole, parameter, table, tiers
    case measureHolds, measureAmount, asOf, onList, dangling
    case conjunction, disjunction, negation, atLeast, comparison, membership, arithmetic
    case conditional, call, aggregate, rounded
    /// A form whose parts don't fit the program's tables.
    case malformed
  }
  var operation: Operation
  /// Whether the expression is truth-typed.
  var isTruth: Bool
  /// Comparison, arithmetic, built-in or aggregate by position; 1 for an open list.
  var detail: UInt8 = 0
  var depth: UInt8 = 0
  /// An id, a constant, or the first operand.
  var a: Int32 = -1
  var b: Int32 = -1
  var c: Int32 = -1
  /// The place of the memo that equal expressions share; −1 for none.
  var memo: Int32 = -1
  /// The position of its expression.
  var source: Int32 = -1

  /// Whether evaluating it evaluates no other node, nor a definition's.
  @inline(__always)
  var isElementary: Bool {
    operation == .literal || operation == .field || operation == .asOf || operation == .dangling
  }

  init(_ operation: Operation, isTruth: Bool) {
    self.operation = operation
    self.isTruth = isTruth
  }
}

/// A measure, compiled.
struct MeasurePlan: Sendable {
  /// −1: a measure without an object.
  var kind: Int32 = -1
  /// The class's node; −1 for none.
  var membership: Int32 = -1
  var conditions: [ConditionPlan] = []
  /// Whether a loaded or dangling rule is followed.
  var reference: ReferencePlan = .none
  /// The amount's node; −1 for none.
  var amount: Int32 = -1
  /// The measure names an amount, or a rule that it follows does.
  var grants = false
  var isDiscretionary = false
  /// What is granted is no money.
  var grantsOtherwise = false
  /// The amount is money, and no rounding is stated.
  var marksUnrounded = false
  var payers: [PayerPlan] = []
  var instalments: [InstalmentPlan] = []
  /// Nodes of the deadlines' starts; −1 for none.
  var starts: [Int32] = []

  struct ConditionPlan: Sendable {
    var node: Int32
    var role: Measure.Condition.Role
    var isNegated: Bool { role.isNegated }
  }
  struct PayerPlan: Sendable {
    var condition: Int32 = -1
    var share: Int32 = -1
  }
  struct InstalmentPlan: Sendable {
    var condition: Int32 = -1
    var date: Int32 = -1
  }
  enum ReferencePlan: Sendable {
    case none
    case follows(Int32)
    case defers(Int32)
    case dangling(Int32)
  }
}

/// A tier schedule, compiled.
struct TierPlan: Sendable {
  var base: Int32
  var rates: [Int32]
}

/// A decision table, compiled; −1 for —.
struct TablePlan: Sendable {
  var tests: [[Int32]]
  var results: [Int32]
}

/// A group, compiled; −1 for none.
struct GroupPlan: Sendable {
  var cap: Int32 = -1
  var received: Int32 = -1
  /// For each member, the many-relation from the group's kind to the member's; −1 when they are of one kind.
  var relations: [Int32] = []
}

/// A hole, compiled.
struct HolePlan: Sendable {
  var lowest: Int32 = -1
  var highest: Int32 = -1
  var fillings: [Int32] = []
}
