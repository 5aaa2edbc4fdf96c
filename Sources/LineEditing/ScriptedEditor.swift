/// Gives out prepared results, for tests of whatever reads from an editor.
package final class ScriptedEditor: LineEditor {
  /// As given to the initialiser.
  package let isInteractive: Bool
  /// Nil: nothing was read from a file.
  package var origin: EntryOrigin? { nil }
  /// None.
  package var notes: [EditorNote] { [] }
  /// As given to the initialiser.
  package let history: HistoryStore?
  /// The prompts of all reads so far.
  package private(set) var prompts: [Prompt] = []
  private var results: ArraySlice<ReadResult>

  /// An editor that gives the results in order, then the end of input for ever.
  package init(_ results: [ReadResult], isInteractive: Bool = true, history: HistoryStore? = nil) {
    self.results = results[...]
    self.isInteractive = isInteractive
    self.history = history
  }

  /// The next prepared result.
  package func readLine(prompt: Prompt) -> ReadResult {
    prompts.append(prompt)
    let result = results.popFirst() ?? .endOfInput
    if case .line(let entry) = result { history?.record(entry) }
    return result
  }
}
