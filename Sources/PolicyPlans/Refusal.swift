package import PolicyText

/// Why a measure isn't planned, with the place of the words in the rule that don't allow it.
package struct Refusal: Error, Hashable, Sendable {
  package var cause: Cause
  package var place: Span

  package init(cause: Cause, place: Span) { (self.cause, self.place) = (cause, place) }

  package enum Cause: String, Error, Hashable, Sendable, CaseIterable {
    /// A related subject, or several.
    case relation
    case text
    /// A length of time that isn't fixed, or working days where no calendar is at hand.
    case duration
    case tiers
    case table
    /// Another measure's amount.
    case measureAmount
    /// A list of names that is on file.
    case nameList
    /// A quotient by a fact, which no fixed unit holds.
    case division
    /// Numbers greater than integers hold may come out.
    case width
    /// An option's value outside its order as the side of a comparison.
    case unranked
    /// More combinations of readings than are worth the work.
    case readings
    /// More reasons than a mask has bits.
    case reasons
    /// Rules that refer to one another in a circle or too deeply.
    case nesting
    /// An operation on types that a row doesn't hold.
    case form
  }
}

/// Why an expression isn't planned under the present readings.
enum Obstacle: Error {
  case refused(Refusal.Cause)
  /// A choice of so many readings for which none is given yet.
  case open(OpenChoice, Int)
}
