package import PolicyIR
package import PolicyValues

/// A result over reading choices: the choices ascend from the root, and a choice on which nothing depends doesn't stand.
package enum Outcome<Leaf: Hashable & Sendable>: Hashable, Sendable {
  /// The same under every reading of the choices below here.
  case leaf(Leaf)
  /// One branch for each reading.
  case choice(ChoiceID, [Outcome])

  /// The result where no choice matters.
  package var leaf: Leaf? {
    if case .leaf(let leaf) = self { return leaf }
    return nil
  }

  /// Every leaf with the readings that lead to it.
  package var cases: [(under: [ChosenReading], leaf: Leaf)] {
    switch self {
    case .leaf(let leaf): [([], leaf)]
    case .choice(let choice, let branches):
      branches.enumerated().flatMap { reading, branch in
        branch.cases.map { ([ChosenReading(choice: choice, reading: reading)] + $0.under, $0.leaf) }
      }
    }
  }

  /// The choices on which the result depends, ascending.
  package var choices: [ChoiceID] {
    switch self {
    case .leaf: []
    case .choice(let choice, let branches): Set([choice] + branches.flatMap(\.choices)).sorted()
    }
  }
}

/// A truth in Kleene's logic; an unknown one says why.
package enum Truth: Hashable, Sendable {
  case no, yes
  case unknown([Reason])
  /// Of measures and objects only.
  case notApplicable
}

/// What is known of a value.
package enum KnownValue: Hashable, Sendable {
  case value(Value)
  /// A quantity lies between the bounds; nil: no bound.
  case unknown([Reason], low: Rational?, high: Rational?)
  case notApplicable
}

/// The result of an expression.
package enum ExpressionOutcome: Hashable, Sendable {
  case truth(Outcome<Truth>)
  case value(Outcome<KnownValue>)
}
