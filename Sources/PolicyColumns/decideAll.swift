package import PolicyEvaluation
package import PolicyIR

/// The verdicts of measures for the rows of a table; its memory may be used again and again.
package struct ColumnVerdicts: Sendable {
  private var measures = 0
  /// By chunk, then as an evaluator holds them: by measure four planes, yes, no, 不适用, unknown; in none of them: disputed.
  fileprivate var planes: [UInt64] = []
  /// How many answers the interpreter gave.
  package fileprivate(set) var interpreted = 0

  package init() {}

  fileprivate mutating func begin(chunks: Int, measures: Int) {
    (self.measures, interpreted) = (measures, 0)
    let count = chunks * measures * 4 * Chunk.words
    if planes.count < count { planes.append(contentsOf: repeatElement(0, count: count - planes.count)) }
  }

  /// The verdict of a measure, by its position in the program's list.
  package func verdict(of measure: Int, at row: Int) -> Verdict {
    let start = (row / Chunk.size * measures + measure) * 4 * Chunk.words
    return planes[start..<start + 4 * Chunk.words].withUnsafeBufferPointer {
      $0.baseAddress.map { ColumnEvaluator.verdict($0, at: row % Chunk.size) } ?? .unknown
    }
  }
}

/// Decides all rows of a table, the chunks shared among threads.
///
/// - Parameter verdicts: what it held before is overwritten.
/// - Parameter subject: the subject of a row, for what the interpreter has to answer.
package func decideAll(
  _ program: ColumnProgram, _ table: ColumnTable, threads: Int, into verdicts: inout ColumnVerdicts,
  subject: @Sendable (_ row: Int) -> Subject
) {
  let chunks = (table.count + Chunk.size - 1) / Chunk.size
  let threads = max(1, min(threads, chunks))
  verdicts.begin(chunks: chunks, measures: program.measures.count)
  let length = program.measures.count * 4 * Chunk.words
  let interpreted = verdicts.planes.withUnsafeMutableBufferPointer { planes in
    // Each thread writes to chunks of its own.
    nonisolated(unsafe) let planes = planes
    return inParallel(threads) { thread in
      let evaluator = ColumnEvaluator(program)
      for chunk in (thread * chunks / threads)..<((thread + 1) * chunks / threads) {
        evaluator.decide(table, from: chunk * Chunk.size, subject: subject)
        planes.baseAddress.map { $0 + chunk * length }?.update(from: evaluator.verdicts, count: length)
      }
      return evaluator.interpreted
    }
  }
  verdicts.interpreted = interpreted.reduce(0, +)
}
