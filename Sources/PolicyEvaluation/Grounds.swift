import PolicyIR
import PolicyValues

/// The parts of a decision that follow from its verdict and its amount alone, so that many decisions share them.
struct Grounds: Hashable, Sendable {
  var reasons: [DecisionReason] = []
  var readings: [ReadingSplit] = []
  var disputed: DisputedAxes = []
  var amount: Amount = .none
  var amountReasons: [DecisionReason] = []
}

/// The parts that few decisions have.
struct Particulars: Hashable, Sendable {
  var rulings: [ChoiceID] = []
  var payable: Payable?
  var payers: [PayerDecision] = []
  var paymentReasons: [DecisionReason] = []
  var instalments: [InstalmentDecision] = []
  var dueDates: [DueDateDecision] = []
}

/// A value that many hold and none changes.
final class Shared<Content: Sendable>: Sendable {
  let content: Content

  init(_ content: Content) { self.content = content }
}

extension Shared: Equatable where Content: Equatable {
  static func == (a: Shared, b: Shared) -> Bool { a === b || a.content == b.content }
}

extension Shared: Hashable where Content: Hashable {
  func hash(into hasher: inout Hasher) { hasher.combine(content) }
}

/// The grounds that an engine has given so far, by the diagrams that they follow from.
struct KnownGrounds: Sendable {
  /// By the node of the verdict, and by the set of reasons of a verdict that is unknown under every reading; without an amount.
  private var nodes: [Entry] = []
  private var sets: [Entry] = []
  /// With an amount: a later one takes the place of an earlier one.
  private var amounts = [WithAmount?](repeating: nil, count: Self.remembered)

  private static var remembered: Int { 256 }

  private enum Entry: Sendable {
    case open
    case known(Shared<Grounds>?)
  }

  private struct WithAmount: Sendable {
    var verdict: Int32
    var amount: Ref<Cell>
    var isDiscretionary: Bool
    /// The subject's; 0 where the amount is the same for all subjects.
    var stamp: UInt32
    var grounds: Shared<Grounds>?
  }

  /// The grounds of a verdict without an amount; the inner nil: none, the outer: not known yet.
  @inline(__always)
  func known(_ verdict: Ref<Tri>) -> Shared<Grounds>?? {
    switch verdict {
    case .node(let index):
      if Int(index) < nodes.count, case .known(let grounds) = nodes[Int(index)] { return .some(grounds) }
    case .leaf(let tri):
      if tri.reasons.isEmpty { return .some(nil) }
      if Int(tri.reasons.number) < sets.count, case .known(let grounds) = sets[Int(tri.reasons.number)] {
        return .some(grounds)
      }
    }
    return nil
  }

  mutating func remember(_ verdict: Ref<Tri>, _ grounds: Shared<Grounds>?) {
    switch verdict {
    case .node(let index):
      while nodes.count <= Int(index) { nodes.append(.open) }
      nodes[Int(index)] = .known(grounds)
    case .leaf(let tri):
      while sets.count <= Int(tri.reasons.number) { sets.append(.open) }
      sets[Int(tri.reasons.number)] = .known(grounds)
    }
  }

  /// The grounds of a verdict with an amount.
  mutating func known(
    _ verdict: Ref<Tri>, _ amount: Ref<Cell>, isDiscretionary: Bool, stamp: UInt32
  ) -> Shared<Grounds>?? {
    guard let known = amounts[place(verdict, amount)], known.verdict == verdict.code,
      known.isDiscretionary == isDiscretionary, known.stamp == validity(amount, stamp), known.amount == amount
    else { return nil }
    return .some(known.grounds)
  }

  mutating func remember(
    _ verdict: Ref<Tri>, _ amount: Ref<Cell>, isDiscretionary: Bool, stamp: UInt32, _ grounds: Shared<Grounds>?
  ) {
    amounts[place(verdict, amount)] = WithAmount(
      verdict: verdict.code, amount: amount, isDiscretionary: isDiscretionary, stamp: validity(amount, stamp),
      grounds: grounds)
  }

  private func place(_ verdict: Ref<Tri>, _ amount: Ref<Cell>) -> Int {
    let mixed = (UInt64(UInt32(bitPattern: verdict.code)) ^ amount.digest) &* 0x9E37_79B9_7F4A_7C15
    return Int(mixed >> 40) & (Self.remembered - 1)
  }

  /// A diagram of values stands for one subject only; one leaf for itself.
  private func validity(_ amount: Ref<Cell>, _ stamp: UInt32) -> UInt32 {
    if case .leaf = amount { return 0 }
    return stamp
  }
}
