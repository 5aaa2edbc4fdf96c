/// The candidates that a misspelt word was probably meant to be, best first.
///
/// Edit distance counts scalars, with the swap of two neighbours as one edit; words of up to 3 scalars may differ by 1, of up to 6
/// by 2, longer ones by 3. A candidate that contains the word or is contained in it counts too, after those within 1 edit.
/// Equal ranks keep the order of the candidates; the word itself is never among them.
package func nearest(
  _ word: String, in candidates: some Sequence<String>, limit: Int = 3
) -> [String] {
  let scalars = Array(word.unicodeScalars)
  guard !scalars.isEmpty, limit > 0 else { return [] }
  let threshold = scalars.count <= 3 ? 1 : scalars.count <= 6 ? 2 : 3
  var found: [(candidate: String, rank: Int, order: Int)] = []
  var seen: Set<String> = [word]
  for (order, candidate) in candidates.enumerated() {
    let other = Array(candidate.unicodeScalars)
    guard !other.isEmpty else { continue }
    var rank = Int.max
    if abs(other.count - scalars.count) <= threshold {
      let distance = editDistance(scalars, other)
      // One edit of a single character would replace the whole word.
      if distance <= threshold, distance < max(scalars.count, other.count) { rank = distance * 2 }
    }
    let shorter = min(scalars.count, other.count)
    if shorter >= 2, contains(scalars, other) || contains(other, scalars) {
      rank = min(rank, 3 + abs(scalars.count - other.count) / 4)
    }
    guard rank < Int.max, seen.insert(candidate).inserted else { continue }
    found.append((candidate, rank, order))
  }
  found.sort { ($0.rank, $0.order) < ($1.rank, $1.order) }
  return found.prefix(limit).map(\.candidate)
}

/// The number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
private func editDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...second.count)
  for row in 0..<first.count {
    var current = [row + 1]
    current.reserveCapacity(second.count + 1)
    for column in 0..<second.count {
      var cost = min(
        last[column + 1] + 1, current[column] + 1,
        last[column] + (first[row] == second[column] ? 0 : 1))
      if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    beforeLast = last
    last = current
  }
  return last[second.count]
}

/// Whether the second text occurs in the first.
private func contains(_ text: [Unicode.Scalar], _ part: [Unicode.Scalar]) -> Bool {
  guard part.count <= text.count else { return false }
  return (0...(text.count - part.count)).contains { start in
    text[start..<(start + part.count)].elementsEqual(part)
  }
}
