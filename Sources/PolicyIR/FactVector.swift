package import PolicyValues

/// The facts of one field for many rows, as plain numbers: what a reader of tables fills and columns are made from.
///
/// A truth is 0 or 1, an option its position, a date its day number, a quantity a whole number of ten-thousandths of its unit, a complete list
/// of no related subjects 0. A fact that is none of these is odd, and kept elsewhere.
package final class FactVector {
  package let type: ValueType
  package let capacity: Int
  /// Truths, options and dates; nothing where `isWide`.
  package let small: UnsafeMutablePointer<Int32>
  /// Quantities; nothing unless `isWide`.
  package let wide: UnsafeMutablePointer<Int64>
  package let isWide: Bool

  /// Room for the facts of so many rows, all missing.
  package init(_ type: ValueType, capacity: Int) {
    (self.type, self.capacity) = (type, capacity)
    if case .quantity = type { isWide = true } else { isWide = false }
    small = .allocate(capacity: isWide ? 1 : capacity)
    wide = .allocate(capacity: isWide ? capacity : 1)
    small.initialize(repeating: State.missing.small, count: isWide ? 1 : capacity)
    wide.initialize(repeating: State.missing.wide, count: isWide ? capacity : 1)
  }

  deinit {
    small.deallocate()
    wide.deallocate()
  }

  /// What stands for facts without a value, from the least number up.
  package enum State: Int, Sendable, CaseIterable {
    case missing, notKnown, notApplicable, odd

    /// In `small`.
    @inline(__always)
    package var small: Int32 { Int32.min &+ Int32(truncatingIfNeeded: rawValue) }
    /// In `wide`.
    @inline(__always)
    package var wide: Int64 { Int64.min &+ Int64(rawValue) }
  }

  /// The least numbers that are values.
  package static var leastSmall: Int32 { Int32.min &+ Int32(truncatingIfNeeded: State.allCases.count) }
  package static var leastWide: Int64 { Int64.min &+ Int64(State.allCases.count) }

  /// How many ten-thousandths make one.
  package static var scale: Int64 { 10_000 }

  /// A number in ten-thousandths; nil where it is no whole number of them or too great.
  @inline(__always)
  package static func scaled(_ number: Rational) -> Int64? {
    // Few numbers have a fraction, and 128 bits are slow to divide.
    if number.denominator == 1 {
      guard let whole = Int64(exactly: number.numerator) else { return nil }
      let (result, overflow) = whole.multipliedReportingOverflow(by: scale)
      return overflow || result < leastWide ? nil : result
    }
    let scale = Int128(scale)
    guard scale % number.denominator == 0 else { return nil }
    let (result, overflow) = number.numerator.multipliedReportingOverflow(by: scale / number.denominator)
    guard !overflow, let small = Int64(exactly: result), small >= leastWide else { return nil }
    return small
  }

  /// The number for a fact of a field of a type, `State.odd` where it has none.
  package static func number(for fact: Fact, _ type: ValueType) -> Int64 {
    switch (fact, type) {
    case (.missing, _): State.missing.wide
    case (.notKnown, _): State.notKnown.wide
    case (.notApplicable, _): State.notApplicable.wide
    case (.value(.truth(let flag)), .truth): flag ? 1 : 0
    case (.value(.option(let place)), .option) where place >= 0: Int64(place)
    case (.value(.date(let day)), .date): Int64(day.dayNumber)
    case (.value(.quantity(let number)), .quantity): scaled(number) ?? State.odd.wide
    // 无
    case (.many(let subjects, complete: true), .many) where subjects.isEmpty: 0
    case (.value, _), (.one, _), (.many, _): State.odd.wide
    }
  }

  /// Records a number or, below `leastWide`, a state.
  @inline(__always)
  package func set(_ number: Int64, at row: Int) {
    if isWide { wide[row] = number } else { small[row] = Self.small(number) }
  }

  /// A number or state as it stands in `small`.
  @inline(__always)
  package static func small(_ number: Int64) -> Int32 {
    number < leastWide
      ? Int32.min &+ Int32(truncatingIfNeeded: number &- Int64.min) : Int32(truncatingIfNeeded: number)
  }

  /// The number of a row or, below `leastWide`, its state.
  @inline(__always)
  package func number(at row: Int) -> Int64 { numbers.at(row) }

  /// Its numbers, valid as long as this.
  package var numbers: FactNumbers { FactNumbers(small: small, wide: wide, isWide: isWide) }

  /// Records that the facts of rows are missing.
  package func clear(_ rows: Range<Int>) {
    if isWide {
      (wide + rows.lowerBound).update(repeating: State.missing.wide, count: rows.count)
    } else {
      (small + rows.lowerBound).update(repeating: State.missing.small, count: rows.count)
    }
  }

  /// The fact of a row; nil where it is odd.
  package func fact(at row: Int) -> Fact? {
    let isValue = isWide ? wide[row] >= Self.leastWide : small[row] >= Self.leastSmall
    guard isValue else {
      switch State(rawValue: isWide ? Int(wide[row] &- Int64.min) : Int(small[row] &- Int32.min)) {
      case .missing, nil: return .missing
      case .notKnown: return .notKnown
      case .notApplicable: return .notApplicable
      case .odd: return nil
      }
    }
    switch type {
    case .truth: return .value(.truth(small[row] == 1))
    case .option: return .value(.option(small[row]))
    case .date: return CivilDate(dayNumber: Int(small[row])).map { .value(.date($0)) }
    case .quantity:
      return (try? Rational(numerator: Int128(wide[row]), denominator: Int128(Self.scale))).map {
        .value(.quantity($0))
      }
    case .many: return .many([], complete: true)
    case .duration, .text, .entity: return nil
    }
  }
}

/// The numbers of a vector as pointers into it, so that nothing is counted on the way.
package struct FactNumbers {
  fileprivate let small: UnsafeMutablePointer<Int32>
  fileprivate let wide: UnsafeMutablePointer<Int64>
  fileprivate let isWide: Bool

  /// The number of a row or, below `FactVector.leastWide`, its state.
  @inline(__always)
  package func at(_ row: Int) -> Int64 {
    if isWide { return wide[row] }
    let number = small[row]
    return number < FactVector.leastSmall ? Int64.min &+ Int64(number &- Int32.min) : Int64(number)
  }
}
