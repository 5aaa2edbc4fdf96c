import CEditLine
import Glibc

/// A terminal without editing: the prompt, a line as the terminal sends it, nothing redrawn.
package final class PlainEditor: LineEditor {
  /// True.
  package let isInteractive = true
  /// Nil: a person types.
  package var origin: EntryOrigin? { nil }
  /// What went wrong during set-up.
  package let notes: [EditorNote]
  /// The entries of earlier and of this session.
  package let history: HistoryStore?

  private let isComplete: (String) -> Bool
  private let messages: MessageBox
  private var assembler = LineAssembler()
  private var isEnded = false

  /// A reader of the terminal on fd 0 and 1.
  package init(
    options: EditorOptions, inputState: InputState, history: HistoryStore?, notes: [EditorNote] = []
  ) {
    isComplete = inputState.isComplete
    messages = options.messages
    self.history = history
    self.notes = notes
    _ = cle_catch_interrupts()
  }

  /// Reads lines until they are complete or a blank one follows; end of input drops an unfinished entry first.
  package func readLine(prompt: Prompt) -> ReadResult {
    cle_begin_reading(false)
    defer { cle_end_reading() }
    var entry: String?
    show(prompt.mainText)
    while true {
      switch nextLine(prompt: entry == nil ? prompt.mainText : prompt.continuationText) {
      case .interrupted:
        show("\n")
        return .interrupted
      case .ended:
        show("\n")
        return entry == nil ? .endOfInput : .interrupted
      case .line(.invalid(let number, let byte, let offset)):
        return .failure(
          EditorFailure(.invalidUTF8, source: "-", line: number, byte: byte, offset: offset))
      case .line(.text(let text, let number)):
        let joined = entry.map { $0 + "\n" + text } ?? text
        if joined.unicodeScalars.count > entryLimit {
          return .failure(EditorFailure(.entryTooLong, source: "-", line: number))
        }
        let isForced = entry != nil && trimmedEntry(text).isEmpty
        if isForced || isComplete(joined) {
          let result = trimmedEntry(joined)
          history?.record(result)
          return .line(result)
        }
        entry = joined
        show(prompt.continuationText)
      }
    }
  }

  private enum Event {
    case line(LineAssembler.Line)
    case interrupted, ended
  }

  private func nextLine(prompt: String) -> Event {
    while true {
      if let line = assembler.next() { return .line(line) }
      if isEnded { return assembler.finish().map(Event.line) ?? .ended }
      var wanted = [
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        pollfd(fd: cle_signal_fd(), events: Int16(POLLIN), revents: 0),
      ]
      poll(&wanted, nfds_t(wanted.count), -1)
      while case let signal = cle_next_signal(), signal != 0 {
        if signal == SIGINT { return .interrupted }
        let waiting = messages.takeAll()
        if !waiting.isEmpty { show("\n" + waiting.joined(separator: "\n") + "\n" + prompt) }
      }
      guard wanted[0].revents != 0 else { continue }
      guard case .bytes(let bytes) = readChunk(STDIN_FILENO), !bytes.isEmpty else {
        // The terminal can go on after Ctrl-D, but not after it was closed.
        if wanted[0].revents & Int16(POLLHUP) != 0 { isEnded = true }
        return assembler.finish().map(Event.line) ?? .ended
      }
      assembler.append(bytes)
    }
  }

  private func show(_ text: String) { writeAll(STDOUT_FILENO, Array(text.utf8)) }
}
