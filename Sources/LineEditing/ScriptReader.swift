import Glibc

/// Reads entries from a file, a pipe or a text, strictly and without prompts; lines are joined while an entry is incomplete.
package final class ScriptReader: LineEditor {
  /// False: nobody is typing.
  package let isInteractive = false
  /// Where the last entry began.
  package private(set) var origin: EntryOrigin?
  /// What went wrong during set-up.
  package let notes: [EditorNote]
  /// Scripts leave no history.
  package var history: HistoryStore? { nil }

  private let source: String
  private let isComplete: (String) -> Bool
  private var descriptor: Int32
  private let isOwner: Bool
  private var assembler = LineAssembler()
  private var openFailure: EditorFailure?

  /// Reads an open descriptor, which is left open.
  package init(descriptor: Int32, source: String, inputState: InputState = InputState(), notes: [EditorNote] = []) {
    self.source = source
    self.descriptor = descriptor
    isOwner = false
    isComplete = inputState.isComplete
    self.notes = notes
  }

  /// Reads a file; if it can't be opened, the first read says so.
  package init(path: String, inputState: InputState = InputState(), notes: [EditorNote] = []) {
    source = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { openFailure = EditorFailure(.unreadable, source: path, systemError: errno) }
    isOwner = true
    isComplete = inputState.isComplete
    self.notes = notes
  }

  /// Reads a text, as after `-c`.
  package init(text: String, source: String, inputState: InputState = InputState(), notes: [EditorNote] = []) {
    self.source = source
    descriptor = -1
    isOwner = false
    isComplete = inputState.isComplete
    self.notes = notes
    assembler.append(Array(text.utf8))
  }

  deinit {
    if isOwner && descriptor >= 0 { close(descriptor) }
  }

  /// The next entry; an incomplete one at the end is returned as it is.
  package func readLine(prompt: Prompt) -> ReadResult {
    if let failure = openFailure {
      openFailure = nil
      return .failure(failure)
    }
    var entry: String?
    while true {
      let line: LineAssembler.Line
      switch nextLine() {
      case .success(let next?): line = next
      case .success(nil): return entry.map(ReadResult.line) ?? .endOfInput
      case .failure(let failure): return .failure(failure)
      }
      switch line {
      case .invalid(let number, let byte, let offset):
        // What came before of the same entry is dropped: half of it could mean something else.
        return .failure(
          EditorFailure(.invalidUTF8, source: source, line: number, byte: byte, offset: offset))
      case .text(let text, let number):
        if entry == nil { origin = EntryOrigin(source: source, line: number) }
        let joined = entry.map { $0 + "\n" + text } ?? text
        if isComplete(joined) { return .line(joined) }
        entry = joined
      }
    }
  }

  private func nextLine() -> Result<LineAssembler.Line?, EditorFailure> {
    while true {
      if let line = assembler.next() { return .success(line) }
      guard descriptor >= 0 else { return .success(assembler.finish()) }
      switch readChunk(descriptor) {
      case .bytes(let bytes) where bytes.isEmpty:
        return .success(assembler.finish())
      case .bytes(let bytes):
        assembler.append(bytes)
      case .failure(let code):
        // Further reads would fail the same way; a closed standard input is simply an empty one.
        let ended = descriptor
        descriptor = -1
        if code == EBADF && ended == STDIN_FILENO { return .success(assembler.finish()) }
        return .failure(EditorFailure(.unreadable, source: source, systemError: code))
      }
    }
  }
}
