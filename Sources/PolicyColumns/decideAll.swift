package import PolicyEvaluation
package import PolicyIR

/// The verdicts of measures for the rows of a table.
package struct ColumnVerdicts: Sendable {
  private let measures: Int
  /// By chunk, then as an evaluator holds them: by measure four planes, yes, no, 不适用, unknown; in none of them: disputed.
  fileprivate var planes: [UInt64] = []
  /// How many answers the interpreter gave.
  package fileprivate(set) var interpreted = 0

  fileprivate init(measures: Int) { self.measures = measures }

  /// The verdict of a measure, by its position in the program's list.
  package func verdict(of measure: Int, at row: Int) -> Verdict {
    let chunk = row / Chunk.size * measures * 4 * Chunk.words
    return ColumnEvaluator.verdict(planes[(chunk + measure * 4 * Chunk.words)...], at: row % Chunk.size)
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
    var result = ColumnVerdicts(measures: program.measures.count)
    result.planes.reserveCapacity(range.count * program.measures.count * 4 * Chunk.words)
    for chunk in range {
      evaluator.decide(table, from: chunk * Chunk.size, subject: subject)
      result.planes += evaluator.verdicts
    }
    result.interpreted = evaluator.interpreted
    return result
  }
  guard var all = parts.first else { return ColumnVerdicts(measures: program.measures.count) }
  for part in parts.dropFirst() {
    all.planes += part.planes
    all.interpreted += part.interpreted
  }
  return all
}
