package import PolicyAnswers
import PolicyIR
package import PolicyValues

/// What another version of the rules changes for recorded subjects.
package struct Impact: Hashable, Sendable {
  /// What changes for whom: by subject in their order, then by measure.
  package var effects: [Effect] = []
  /// Money granted under both versions, by payer, county and department.
  package var money: [Budget] = []
  /// The number of subjects that both versions were asked about.
  package var subjects = 0

  package func count(_ kind: Effect.Kind) -> Int { effects.count { $0.kind == kind } }

  /// One answer that differs.
  package struct Effect: Hashable, Sendable {
    package var subject: String
    package var subjectKind: String
    package var county: String?
    package var measure: String
    package var clause: String?
    package var kind: Kind
    /// The labels, with the amount.
    package var before: String
    package var after: String
    /// The sides that differ.
    package var aspects: [Aspect]
    /// The edits that cause it.
    package var causes: [Int]

    package enum Kind: String, Hashable, Sendable, CaseIterable {
      /// It is granted now.
      case gains
      /// It was granted.
      case loses
      case becomesUnknown
      case becomesDisputed
      /// It was open or disputed, and is refused now.
      case becomesRefused
      /// It is granted by both, with another amount.
      case more, less, otherAmount
      /// Another side of the answer differs.
      case otherwise
    }
  }

  /// Money under both versions.
  package struct Budget: Hashable, Sendable {
    package var dimension: Dimension
    package var name: String
    package var before: Total
    package var after: Total

    package enum Dimension: String, Hashable, Sendable, CaseIterable { case payer, county, department }
  }

  /// A sum of grants, some of which may be open.
  package struct Total: Hashable, Sendable {
    package var low = Rational.zero
    package var high = Rational.zero
    /// Grants of which no greatest amount is known.
    package var unbounded = 0
    /// Grants that are counted.
    package var grants = 0
    /// The sum can't be told: it is too large.
    package var overflows = false

    mutating func add(_ low: Rational, _ high: Rational?) {
      grants += 1
      guard let sum = try? self.low.adding(low), let top = try? self.high.adding(high ?? low) else {
        overflows = true
        return
      }
      (self.low, self.high) = (sum, top)
      if high == nil { unbounded += 1 }
    }
  }
}
