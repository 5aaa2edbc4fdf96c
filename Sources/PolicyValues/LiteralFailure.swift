/// Why a cell or literal has no value; the text in it is the user's own.
package enum LiteralFailure: Error, Hashable, Sendable {
  /// Nothing but spaces.
  case empty
  /// A word makes the number inexact (约, 几, 余, 左右), so no condition can compute with it.
  case approximate(String)
  /// No number begins here, or it has two readings (一万二).
  case notANumber
  /// The number does not fit exact arithmetic.
  case outOfRange
  /// This text stands where a unit would and is none, or two counters mix.
  case unknownUnit(String)
  /// The value ends before this text.
  case trailing(String)
  /// No date begins here.
  case notADate
  /// It has the form of a date that the calendar does not have (2月30日).
  case invalidDate(String)
  /// No duration begins here.
  case notADuration
}
