package import PolicyIR
import PolicyValues

extension Reasoning {
  /// The smaller or the greater of two quantities or dates; a known one bounds an unknown.
  package mutating func extreme(_ a: Cell, _ b: Cell, greatest: Bool) -> Cell {
    switch (a, b) {
    case (.quantity(let one), .quantity(let two)): return .quantity(greatest ? max(one, two) : min(one, two))
    case (.date(let one), .date(let two)): return .date(greatest ? max(one, two) : min(one, two))
    case (.notApplicable, _), (_, .notApplicable): return .notApplicable
    case (.unknown, _), (_, .unknown):
      let reasons = union(a.reasons, b.reasons)
      let (one, two) = (a.bounds, b.bounds)
      var bounds = Bounds.none
      bounds.mayVanish = one.mayVanish || two.mayVanish
      bounds.mayFail = one.mayFail || two.mayFail
      if greatest {
        bounds.low = known(one.low, two.low) { max($0, $1) }
        bounds.high = both(one.high, two.high) { max($0, $1) }
      } else {
        bounds.low = both(one.low, two.low) { min($0, $1) }
        bounds.high = known(one.high, two.high) { min($0, $1) }
      }
      return .unknown(reasons, bounds)
    default: return failed(.malformed)
    }
  }

  package mutating func ofDate(_ cell: Cell, _ builtin: Builtin) -> Cell {
    switch cell {
    case .date(let date):
      if builtin == .year { return .quantity(Rational(date.year)) }
      if builtin == .monthDay { return .quantity(Rational(date.month * 100 + date.day)) }
      return CivilDate(year: date.year, month: 12, day: 31).map { .date($0) } ?? failed(Reason.Failure.overflow)
    case .unknown(let reasons, _): return .unknown(reasons, .none)
    case .notApplicable: return .notApplicable
    case .quantity, .duration, .text, .option: return failed(.malformed)
    }
  }

  package mutating func ofDates(_ a: Cell, _ b: Cell, _ builtin: Builtin) -> Cell {
    switch (a, b) {
    case (.notApplicable, _), (_, .notApplicable): return .notApplicable
    case (.unknown, _), (_, .unknown): return .unknown(union(a.reasons, b.reasons), .none)
    case (.date(let start), .date(let end)):
      switch builtin {
      case .fullYears: return .quantity(Rational(CivilDate.fullYears(from: start, to: end)))
      case .fullMonths: return .quantity(Rational(CivilDate.fullMonths(from: start, to: end)))
      case .days: return .quantity(Rational(CivilDate.days(from: start, to: end)))
      case .least, .greatest, .workingDaysAfter, .endOfYear, .year, .monthDay: return failed(.malformed)
      }
    case (.date(let start), .quantity(let count)) where builtin == .workingDaysAfter && count.isInteger:
      switch program.calendar.date(Int(clamping: count.numerator), workingDaysAfter: start) {
      case .date(let date): return .date(date)
      case .yearNotLoaded(let year): return failed(.calendarYear(year))
      }
    default: return failed(.malformed)
    }
  }
}
