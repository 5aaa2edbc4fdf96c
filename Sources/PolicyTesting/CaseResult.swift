package import PolicyDiagnostics
package import PolicyIR
package import PolicyText

/// How one case went.
package struct CaseResult: Sendable {
  package let name: String
  package let span: Span
  /// It was generated and nobody has confirmed it.
  package let generated: Bool
  package let failures: [CaseFailure]

  package var passed: Bool { failures.isEmpty }
}

/// One expectation that the answer did not meet.
package struct CaseFailure: Hashable, Sendable {
  /// The line of the expectation.
  package let span: Span
  /// What was asked about.
  package let target: String
  package let expected: Bilingual
  package let found: Bilingual
  /// What would have to stand in the case.
  package let correction: Correction

  /// A change of an expectation's words that makes it say what was found.
  package enum Correction: Hashable, Sendable {
    /// Other words in place of one part; empty: the part goes.
    case part(Expectation.Axis, String)
    /// There is no answer that could be written.
    case none
  }
}
