import PolicyIR

/// What one fact has to be so that a test may still hold: where it is a value outside, the test is surely no, whatever else is
/// known and in every reading.
///
/// A fact that is missing is never outside.
struct Region: Equatable, Sendable {
  /// The slot of the fact; one more than the last: the as-of date.
  var slot: Int32
  var values: Values
  /// Whether 不适用 lies inside.
  var admitsNone: Bool

  enum Values: Equatable, Sendable {
    /// Positions of an option of so many values, a bit each.
    case options([UInt64], of: Int)
    /// Truths as 0 and 1, days, or quantities in ten-thousandths; ends included.
    case between(Int64, Int64)
  }

  /// Whether a number lies inside.
  func contains(_ number: Int64) -> Bool {
    switch values {
    case .options(let bits, let count):
      number >= 0 && number < count && bits[Int(number >> 6)] >> UInt64(number & 63) & 1 == 1
    case .between(let low, let high): number >= low && number <= high
    }
  }

  func intersection(_ other: Region) -> Region {
    Region(slot: slot, values: combined(other, isUnion: false), admitsNone: admitsNone && other.admitsNone)
  }

  /// Both, and of numbers also what lies between them.
  func hull(_ other: Region) -> Region {
    Region(slot: slot, values: combined(other, isUnion: true), admitsNone: admitsNone || other.admitsNone)
  }

  private func combined(_ other: Region, isUnion: Bool) -> Values {
    switch (values, other.values) {
    case (.options(let one, let count), .options(let two, _)):
      .options(zip(one, two).map { isUnion ? $0 | $1 : $0 & $1 }, of: count)
    case (.between(let low, let high), .between(let least, let most)):
      if isUnion {
        // Nothing lies in an empty one, wherever its ends are.
        if low > high {
          other.values
        } else if least > most {
          values
        } else {
          .between(min(low, least), max(high, most))
        }
      } else {
        .between(max(low, least), min(high, most))
      }
    // A slot has one type, so the two are of one sort.
    case (.options, .between), (.between, .options): values
    }
  }
}

/// The regions of the facts that a test looks at, by slot.
struct Regions: Equatable, Sendable {
  /// Surely no, whatever the facts are.
  var isNever = false
  private(set) var list: [Region] = []

  /// Nothing is asked.
  static var free: Regions { Regions() }
  static var never: Regions { Regions(isNever: true) }

  init(isNever: Bool = false) { self.isNever = isNever }
  init(_ region: Region) { list = [region] }

  /// Where both have to hold.
  func and(_ other: Regions) -> Regions {
    if isNever || other.isNever { return .never }
    if list.isEmpty { return other }
    var result = self
    for region in other.list {
      if let place = result.list.firstIndex(where: { $0.slot == region.slot }) {
        result.list[place] = result.list[place].intersection(region)
      } else {
        result.list.append(region)
      }
    }
    return result
  }

  /// Where one of both has to hold.
  func or(_ other: Regions) -> Regions {
    if isNever { return other }
    if other.isNever { return self }
    var result = Regions()
    for region in list {
      if let same = other.list.first(where: { $0.slot == region.slot }) { result.list.append(region.hull(same)) }
    }
    return result
  }
}
