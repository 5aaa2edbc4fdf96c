import PolicyIR
package import PolicyValues

/// A verdict or a truth under one combination of readings, without pointers.
package struct Tri: Equatable, Sendable {
  package enum State: UInt8, Sendable {
    case no, yes, unknown
    /// Of verdicts only: the kind differs or the class doesn't hold.
    case notApplicable
  }
  package var state: State
  package var reasons: SlotSet

  @inline(__always) package static var no: Tri { Tri(state: .no, reasons: .empty) }
  @inline(__always) package static var yes: Tri { Tri(state: .yes, reasons: .empty) }
  @inline(__always) package static var notApplicable: Tri { Tri(state: .notApplicable, reasons: .empty) }

  @inline(__always)
  package static func unknown(_ reasons: SlotSet) -> Tri { Tri(state: .unknown, reasons: reasons) }

  @inline(__always)
  static func of(_ flag: Bool) -> Tri { flag ? .yes : .no }

  @inline(__always)
  package static func == (a: Tri, b: Tri) -> Bool { a.state == b.state && a.reasons == b.reasons }
}

/// What is known of an unknown quantity; both ends are possible values.
package struct Bounds: Equatable, Sendable {
  package var low: Rational?
  package var high: Rational?
  /// More facts may show that the quantity is 不适用, so no comparison may be yes on account of the bounds.
  package var mayVanish: Bool
  /// It isn't computable, or more facts may show that it isn't, so no comparison is decided on account of the bounds.
  package var mayFail = false

  package init(low: Rational?, high: Rational?, mayVanish: Bool, mayFail: Bool = false) {
    (self.low, self.high, self.mayVanish, self.mayFail) = (low, high, mayVanish, mayFail)
  }

  /// Nothing is known, not even that there is a value.
  package static var none: Bounds { Bounds(low: nil, high: nil, mayVanish: true, mayFail: true) }
  /// It isn't computable.
  package static var failed: Bounds { Bounds(low: nil, high: nil, mayVanish: false, mayFail: true) }
  /// A value that is no quantity.
  package static var other: Bounds { Bounds(low: nil, high: nil, mayVanish: false) }
}

/// A value under one combination of readings, without pointers.
package enum Cell: Equatable, Sendable {
  case quantity(Rational)
  case date(CivilDate)
  case duration(Duration)
  /// A position among the evaluation's texts.
  case text(Int32)
  case option(Int32)
  case unknown(SlotSet, Bounds)
  case notApplicable

  /// The least and the greatest quantity that it may be, and whether it may turn out 不适用.
  @inline(__always)
  package var bounds: Bounds {
    switch self {
    case .quantity(let number): Bounds(low: number, high: number, mayVanish: false)
    case .unknown(_, let bounds): bounds
    case .date, .duration, .text, .option: .other
    case .notApplicable: Bounds(low: nil, high: nil, mayVanish: true)
    }
  }

  @inline(__always)
  package var isUnknown: Bool {
    if case .unknown = self { return true }
    return false
  }

  @inline(__always)
  package var reasons: SlotSet {
    if case .unknown(let reasons, _) = self { return reasons }
    return .empty
  }
}

extension Tri: StoredLeaf {
  @inline(__always)
  static func modify<Result>(_ stores: inout Stores, _ body: (inout Diagrams<Tri>) -> Result) -> Result {
    body(&stores.truths)
  }
  static func unknownLeaf(_ reasons: SlotSet) -> Tri { .unknown(reasons) }

  @inline(__always)
  var digest: UInt64 { UInt64(UInt32(bitPattern: reasons.number)) << 2 | UInt64(state.rawValue) }
}

extension Cell: StoredLeaf {
  @inline(__always)
  static func modify<Result>(_ stores: inout Stores, _ body: (inout Diagrams<Cell>) -> Result) -> Result {
    body(&stores.cells)
  }
  static func unknownLeaf(_ reasons: SlotSet) -> Cell { .unknown(reasons, .none) }

  var digest: UInt64 {
    func number(_ rational: Rational?) -> UInt64 {
      guard let rational else { return 1 }
      return UInt64(truncatingIfNeeded: rational.numerator) &* 31 &+ UInt64(truncatingIfNeeded: rational.denominator)
    }
    return switch self {
    case .quantity(let rational): number(rational) &* 8
    case .date(let date): UInt64(truncatingIfNeeded: date.dayNumber) &* 8 &+ 1
    case .duration(let duration):
      UInt64(truncatingIfNeeded: Int(duration.months) * 31 + Int(duration.days) + Int(duration.workingDays)) &* 8 &+ 2
    case .text(let place): UInt64(truncatingIfNeeded: place) &* 8 &+ 3
    case .option(let option): UInt64(truncatingIfNeeded: option) &* 8 &+ 4
    case .unknown(let reasons, let bounds):
      (UInt64(truncatingIfNeeded: reasons.number) &+ number(bounds.low) &* 17 &+ number(bounds.high) &* 29) &* 8 &+ 5
    case .notApplicable: 6
    }
  }
}
