package import PolicyAnalysis
package import PolicyCoverage
package import PolicyEvaluation
package import PolicyIR
package import PolicyValues

/// A case that was made to show something that no other case shows, with the present answers.
package struct GeneratedCase: Sendable {
  package let witness: Witness
  /// The answers that it expects, in the order of measures.
  package var decisions: [Decision]
  /// What it was made for, first the item that it was found by.
  package var shows: [CoverageItem]
}

/// Generated cases, and what none could be made for.
package struct GeneratedCases: Sendable {
  package var cases: [GeneratedCase]
  package var unreached: [(item: CoverageItem, why: Why)]

  /// Why there is no case for an item.
  package enum Why: Hashable, Sendable {
    /// The solver proves that no subject shows it.
    case impossible
    /// None was found, and nothing is proved.
    case notFound
  }
}

/// One question to one measure about one subject, with what the answer shows.
struct Candidate {
  var witness: Witness
  var measure: MeasureID
  var items: Set<CoverageItem>
  var target: CoverageItem
}

/// Picks candidates until everything is shown that any of them shows, none of which could be left out.
func irredundant(_ candidates: [Candidate], beside shown: Set<CoverageItem>, of wanted: Set<CoverageItem>)
  -> [Candidate]
{
  var open = Set(candidates.flatMap(\.items)).intersection(wanted).subtracting(shown)
  var picked: [Candidate] = []
  var rest = candidates
  while !open.isEmpty {
    // The first of those that show most.
    var best: (place: Int, count: Int) = (0, 0)
    for (place, candidate) in rest.enumerated() {
      let count = candidate.items.count { open.contains($0) }
      if count > best.count { best = (place, count) }
    }
    guard best.count > 0 else { break }
    let candidate = rest.remove(at: best.place)
    open.subtract(candidate.items)
    picked.append(candidate)
  }
  return withoutRedundant(picked, beside: shown, of: wanted)
}

/// Drops one after another whatever the rest makes unnecessary, the latest first.
func withoutRedundant(_ picked: [Candidate], beside shown: Set<CoverageItem>, of wanted: Set<CoverageItem>)
  -> [Candidate]
{
  var counts: [CoverageItem: Int] = [:]
  for candidate in picked { for item in candidate.items where wanted.contains(item) { counts[item, default: 0] += 1 } }
  var kept: [Candidate] = []
  for candidate in picked.reversed() {
    let own = candidate.items.filter { wanted.contains($0) && !shown.contains($0) }
    if own.allSatisfy({ counts[$0]! > 1 }) {
      for item in candidate.items where wanted.contains(item) { counts[item]! -= 1 }
    } else {
      kept.append(candidate)
    }
  }
  return kept.reversed()
}
