/// A truth in two bits: whether it may be yes and whether it may be no; neither where it hasn't been computed.
struct Kleene: Equatable, Sendable {
  let bits: UInt8

  @inline(__always) init(bits: UInt8) { self.bits = bits }
  @inline(__always) static var pending: Kleene { Kleene(bits: 0) }
  @inline(__always) static var yes: Kleene { Kleene(bits: 1) }
  @inline(__always) static var no: Kleene { Kleene(bits: 2) }
  @inline(__always) static var unknown: Kleene { Kleene(bits: 3) }
  @inline(__always) static func of(_ flag: Bool) -> Kleene { flag ? .yes : .no }

  @inline(__always)
  static func && (a: Kleene, b: Kleene) -> Kleene { Kleene(bits: a.bits & b.bits & 1 | (a.bits | b.bits) & 2) }

  @inline(__always)
  static func || (a: Kleene, b: Kleene) -> Kleene { Kleene(bits: (a.bits | b.bits) & 1 | a.bits & b.bits & 2) }

  @inline(__always)
  static prefix func ! (a: Kleene) -> Kleene { Kleene(bits: (a.bits & 1) << 1 | a.bits >> 1) }
}

/// One truth of a circuit: an atom that reads a fact, or a function of earlier truths.
struct Gate: Hashable, Sendable {
  enum Operation: UInt8, Sendable {
    /// The same for every subject: `detail` has the truth.
    case constant
    /// Whether the number at `a` lies in `low…high`, or outside; `detail` is the truth where the fact is missing.
    case within, outside
    /// Whether the option at `a` is in the set at `b`; the set behind it, `low` words on, holds the values that leave it unknown.
    case among
    /// The date at `a` against the date at `b`; `detail` has a bit for earlier, one for the same and one for later, set where
    /// the comparison holds.
    case dates
    /// Of the `b` operands from `a` on: all, any, at least `low`.
    case all, any, atLeast
    /// Of the operand `a`.
    case not
    /// Of the three operands from `a` on: the second where the first is yes, the third where it is no.
    case choose
    /// The verdict of a measure as a condition: the object `a` (−1: none), the conditions `b`, in force from day `low` to `high`.
    case holds
  }
  var operation: Operation
  var detail: UInt8 = 0
  var a: Int32 = -1
  var b: Int32 = -1
  var low: Int64 = 0
  var high: Int64 = 0

  init(_ operation: Operation) { self.operation = operation }

  static func constant(_ truth: Kleene) -> Gate {
    var gate = Gate(.constant)
    gate.detail = truth.bits
    return gate
  }
}
