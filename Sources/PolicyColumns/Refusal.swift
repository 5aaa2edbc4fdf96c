/// What keeps a measure out of the columns; the interpreter answers it.
package enum Refusal: String, Error, Hashable, Sendable, CaseIterable {
  /// A related subject, or several.
  case relation
  /// Something of an outer subject.
  case depth
  case text
  case duration
  case tiers
  /// Another measure's amount.
  case measureAmount
  /// A list of names.
  case nameList
  /// A number that is no whole number of ten-thousandths.
  case precision
  /// A hole, or a parameter, without a value that is the same for every subject.
  case openValue
  /// A comparison with a value outside its option's order.
  case unranked
  /// An operation on types that columns don't hold.
  case form
  /// More readings than are worth a plane pair each.
  case readings
  /// Rules that refer to one another in a circle or too deeply.
  case nesting
}
