package import PolicyEvaluation
package import PolicyIR

/// The verdicts of measures for the rows of a table.
package struct ColumnVerdicts: Sendable {
  /// By measure, then by 64 rows: yes, no, 不适用, unknown; what is in none of them is disputed.
  fileprivate var planes: [[(yes: UInt64, no: UInt64, none: UInt64, unknown: UInt64)]]
  /// How many answers the interpreter gave.
  package fileprivate(set) var interpreted = 0

  /// The verdict of a measure, by its position in the program's list.
  package func verdict(of measure: Int, at row: Int) -> Verdict {
    let (word, shift) = (planes[measure][row >> 6], UInt64(row & 63))
    if word.yes >> shift & 1 == 1 { return .yes }
    if word.no >> shift & 1 == 1 { return .no }
    if word.none >> shift & 1 == 1 { return .notApplicable }
    return word.unknown >> shift & 1 == 1 ? .unknown : .disputed
  }
}

/// Decides all rows of a table, the chunks shared among threads.
///
/// - Parameter subject: the subject of a row, for what the interpreter has to answer.
package func decideAll(
  _ program: ColumnProgram, _ table: ColumnTable, threads: Int, subject: @Sendable (_ row: Int) -> Subject
) -> ColumnVerdicts {
  let chunks = (table.count + Chunk.size - 1) / Chunk.size
  let threads = max(1, min(threads, chunks))
  let parts = inParallel(threads) { thread in
    let range = (thread * chunks / threads)..<((thread + 1) * chunks / threads)
    var evaluator = ColumnEvaluator(program)
    var result = ColumnVerdicts(planes: Array(repeating: [], count: program.measures.count))
    for measure in result.planes.indices { result.planes[measure].reserveCapacity(range.count * Chunk.words) }
    for chunk in range {
      evaluator.decide(table, from: chunk * Chunk.size, subject: subject)
      evaluator.append(to: &result.planes)
    }
    result.interpreted = evaluator.interpreted
    return result
  }
  guard var all = parts.first else {
    return ColumnVerdicts(planes: Array(repeating: [], count: program.measures.count))
  }
  for part in parts.dropFirst() {
    for measure in all.planes.indices { all.planes[measure] += part.planes[measure] }
    all.interpreted += part.interpreted
  }
  return all
}

extension ColumnEvaluator {
  fileprivate func append(to planes: inout [[(yes: UInt64, no: UInt64, none: UInt64, unknown: UInt64)]]) {
    for measure in planes.indices {
      let start = measure * 4 * Chunk.words
      for word in 0..<(rows + 63) / 64 {
        planes[measure].append(
          (
            verdicts[start + word], verdicts[start + Chunk.words + word], verdicts[start + 2 * Chunk.words + word],
            verdicts[start + 3 * Chunk.words + word]
          ))
      }
    }
  }
}
