package import PolicyText

/// Why a measure isn't compiled, with the place of the rule that says what SQL can't say exactly.
package struct SQLRefusal: Error, Hashable, Sendable {
  package var cause: Cause
  package var place: Span

  package enum Cause: String, Hashable, Sendable, CaseIterable {
    /// A related subject, or several.
    case relation
    case text
    case duration
    case tiers
    case table
    /// Another measure's amount.
    case measureAmount
    /// A list of names that is on file.
    case nameList
    /// A quotient by a fact, which no fixed unit holds.
    case division
    /// Numbers greater than the dialect's integers may come out.
    case width
    /// An option's value outside its order as the side of a comparison.
    case unranked
    /// More combinations of readings than are worth a column each.
    case readings
    /// More reasons than a mask has bits.
    case reasons
    /// Rules that refer to one another in a circle or too deeply.
    case nesting
    /// An operation on types that a table doesn't hold.
    case form
  }
}

/// Why an expression isn't compiled under the present readings.
enum Obstacle: Error {
  case refused(SQLRefusal.Cause)
  /// A choice of so many readings for which none is given yet.
  case open(SQLChoice, Int)
}
