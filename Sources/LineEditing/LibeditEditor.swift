import CEditLine
import Glibc

/// A terminal with editing: libedit turns keys into commands and keeps buffer and modes; drawing, search and history are ours.
///
/// One at a time in a process, used from one thread.
package final class LibeditEditor: LineEditor {
  /// True.
  package let isInteractive = true
  /// Nil: a person types.
  package var origin: EntryOrigin? { nil }
  /// What went wrong during set-up.
  package internal(set) var notes: [EditorNote] = []
  /// The entries of earlier and of this session.
  package var history: HistoryStore? { store }

  /// Entries kept.
  let store: HistoryStore
  /// The program's choices.
  let options: EditorOptions
  /// What the language says of the text.
  let inputState: InputState
  /// libedit's state; nil only before set-up and after `deinit` has begun.
  var handle: OpaquePointer?
  /// Keys from bytes.
  var decoder = KeyDecoder()
  /// Bytes read and not yet decoded.
  var bytes: ArraySlice<UInt8> = []
  /// Characters that libedit gets before any new key: the rest of a sequence.
  var queue: ArraySlice<Unicode.Scalar> = []
  /// A key taken back, decoded before any byte.
  var returnedKey: KeyEvent?
  /// The paste that the private paste key inserts.
  var pasted = (text: "", isCut: false)
  /// The line as libedit had it before the present key.
  var line = LineBuffer()
  /// Earlier lines of this entry.
  var undo = UndoStack()
  /// Killed texts.
  var killRing = KillRing()
  /// The place in the history.
  var historyCursor = HistoryCursor()
  /// A search under way.
  var search: SearchState?
  /// A question shown instead of the line.
  var question: String?
  /// The prompt of this read.
  var prompt = Prompt("", continuation: "")
  /// What the terminal shows; nil if the cursor is at the start of an empty row.
  var frame: Frame?
  /// The size of the terminal.
  var size = (columns: 80, rows: 24)
  /// For how many milliseconds a key is waited for before something else is done; negative once nothing else is left to do.
  var patience: Int32 = -1
  /// How this read ends, once that is known.
  var outcome: ReadResult?

  /// Sets libedit up with the user's keys; nil if it can't be or if the user's key file says `edit off`.
  package init?(options: EditorOptions, inputState: InputState, history: HistoryStore, notes: inout [EditorNote]) {
    self.options = options
    self.inputState = inputState
    store = history
    guard cle_catch_interrupts() else { return nil }
    handle = cle_open(options.program, readKey, Unmanaged.passUnretained(self).toOpaque())
    guard let handle else { return nil }
    cle_reserve(handle, Int32(3 * entryLimit))
    addFunctions()
    bindKeys()
    readKeyFile(&notes)
    guard cle_is_editing(handle) else {
      cle_close(handle)
      self.handle = nil
      return nil
    }
    self.notes = notes
  }

  deinit {
    if let handle { cle_close(handle) }
  }

  /// Reads one entry with editing; the terminal is as before when this returns.
  package func readLine(prompt: Prompt) -> ReadResult {
    begin(prompt)
    var count: Int32 = 0
    let text = el_wgets(handle, &count)
    if outcome == nil, let text, count > 0 {
      // The user bound a key to libedit's own newline command.
      line = LineBuffer(text: UnsafeBufferPointer(start: text, count: Int(count)))
      accept()
    }
    end()
    let result = outcome ?? .endOfInput
    if case .line(let entry) = result { store.record(entry) }
    return result
  }

  private func begin(_ prompt: Prompt) {
    self.prompt = prompt
    line = LineBuffer()
    undo.reset(to: line)
    historyCursor.reset()
    killRing.endSuccession()
    (search, question, frame, outcome, queue) = (nil, nil, nil, nil, [])
    patience = 50
    size = terminalSize()
    cle_begin_reading(true)
    send("\u{1B}[?2004h")
  }

  private func end() {
    send("\u{1B}[?2004l")
    cle_set_raw(handle, false)
    cle_end_reading()
  }

  /// Writes to the terminal.
  func send(_ text: String) { writeAll(STDOUT_FILENO, Array(text.utf8)) }

  /// Takes libedit's buffer over into `line`.
  func readBuffer() {
    guard let info = el_wline(handle)?.pointee, let start = info.buffer, let cursor = info.cursor,
      let end = info.lastchar
    else { return }
    line = LineBuffer(text: UnsafeBufferPointer(start: start, count: end - start))
    line.cursor = min(cursor - start, line.scalars.count)
  }

  /// Gives libedit another line.
  func setLine(_ new: LineBuffer) {
    if new.scalars != line.scalars {
      el_cursor(handle, Int32(line.scalars.count))
      el_deletestr(handle, Int32(line.scalars.count))
      var wide = new.scalars.prefix(entryLimit).map { wchar_t($0 == "\n" ? lineBreakInBuffer : $0.value) }
      if !wide.isEmpty {
        wide.append(0)
        el_winsertstr(handle, wide)
      }
    }
    el_cursor(handle, Int32(-2 * entryLimit))
    el_cursor(handle, Int32(min(new.cursor, entryLimit)))
    line = new
  }
}

/// What stands for a line break in libedit's buffer: a noncharacter, so that a thousand lines don't leave its hidden screen.
let lineBreakInBuffer: UInt32 = 0xFDD0

extension LineBuffer {
  /// A copy of libedit's characters, the cursor at the end.
  init(text: UnsafeBufferPointer<wchar_t>) {
    self.init()
    scalars = text.map { value in
      let value = UInt32(bitPattern: value)
      return value == lineBreakInBuffer ? "\n" : Unicode.Scalar(value) ?? "\u{FFFD}"
    }
    if scalars.last == "\n" && text.last == 0x0A { scalars.removeLast() }
    cursor = scalars.count
  }
}

/// The editor that a call back from libedit belongs to.
func owner(of handle: OpaquePointer?) -> LibeditEditor? {
  cle_context(handle).map { Unmanaged<LibeditEditor>.fromOpaque($0).takeUnretainedValue() }
}

/// libedit's way to get a character: 1, or −1 when the read is over.
private func readKey(_ handle: OpaquePointer?, _ cell: UnsafeMutablePointer<wchar_t>?) -> Int32 {
  guard let cell, let editor = owner(of: handle), let scalar = editor.nextCharacter() else {
    errno = EINTR
    return -1
  }
  cell.pointee = wchar_t(bitPattern: scalar.value)
  return 1
}
