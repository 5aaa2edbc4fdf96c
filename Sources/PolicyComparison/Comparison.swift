package import PolicyAnalysis
package import PolicyAnswers
package import PolicyIR

/// Two versions of a policy, measure by measure.
package struct Comparison: Sendable {
  package let pair: ProgramPair
  /// The measures of the later version in their order, then those that it doesn't have any more.
  package var measures: [MeasureComparison]
  /// The edits that lead from one version to the other, in file order.
  package var edits: [Edit]
  /// The edits that change no answer.
  package var silentEdits: [Int]
  /// The greatest number of members of a list, where a claim is bound to one.
  package var memberLimit: Int

  package func count(_ state: MeasureComparison.State) -> Int { measures.count { $0.state == state } }
}

/// One measure in both versions.
package struct MeasureComparison: Hashable, Sendable {
  package var before: MeasureID?
  package var after: MeasureID?
  /// The name in the later version, where there is one.
  package var name: String
  /// What differs, each side once, in the order of sides.
  package var changes: [AspectChange] = []
  /// What could not be compared, and why; nothing follows about it.
  package var notCompared: [NotCompared] = []
  /// Its rules are written otherwise.
  package var isRewritten = false
  /// What is said holds for lists of a bounded length.
  package var isBounded = false
  /// The edits of a measure that was added or removed.
  package var causes: [Int] = []

  package var state: State {
    guard after != nil else { return .removed }
    guard before != nil else { return .added }
    let effective = changes.filter { $0.aspect != .source }
    if effective.isEmpty {
      if !notCompared.isEmpty { return .notCompared }
      if !changes.isEmpty { return .text }
      return isRewritten ? .equivalent : .unchanged
    }
    if let only = effective.first, effective.count == 1, only.aspect == .conclusion, notCompared.isEmpty {
      let directions = Set(only.examples.map(\.direction))
      if directions == [.gain] { return .broader }
      if directions == [.loss] { return .narrower }
    }
    return .changed
  }

  package enum State: String, Hashable, Sendable, CaseIterable {
    case unchanged
    /// Only the clause or the quoted words are other ones.
    case text
    /// Written otherwise, with the same answers.
    case equivalent
    /// Whoever was granted it still is, and others are.
    case broader
    /// Whoever is granted it was before, and others were.
    case narrower
    case changed
    case added
    case removed
    /// Nothing is known to differ, and not everything could be compared.
    case notCompared
  }
}

/// One side of a measure that differs.
package struct AspectChange: Hashable, Sendable {
  package var aspect: Aspect
  package var examples: [Example]

  /// A subject with what both versions say of it.
  package struct Example: Hashable, Sendable {
    package var direction: Direction
    /// A subject of the later version, replayed.
    package var witness: Witness
    package var before: String
    package var after: String
    /// The edits that cause it: the fewest that were found with which the earlier version says what the later says.
    package var causes: [Int] = []
  }

  package enum Direction: String, Hashable, Sendable {
    /// More are granted it, or more is granted.
    case gain
    case loss
    case other
  }
}

/// What two versions could not be compared on.
package struct NotCompared: Hashable, Sendable {
  package var aspect: Aspect
  package var why: Why

  package enum Why: Hashable, Sendable {
    case stop(Contrast.Stop)
    case clash(SchemaClash)
    /// The rules differ, and no subject was found whose answer does.
    case noExample
    /// For subjects with these values of an option, which only one version has.
    case unsharedValues(option: String, values: [String])
  }
}

/// An edit of the rule files or official texts.
package struct Edit: Hashable, Sendable {
  /// The path within the version.
  package var path: String
  /// The lines that were there, from 1; empty where lines were added.
  package var before: Range<Int>
  package var after: Range<Int>
  package var removed: [String]
  package var added: [String]
  /// The rule that it stands in, by its name, and its clause; nil before the first.
  package var rule: String?
  package var clause: String?
  /// The names of all rules that its lines stand or stood in; an empty one for lines before the first.
  package var touched: Set<String>
}
