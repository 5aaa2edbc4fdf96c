import CEditLine
import Glibc

extension LibeditEditor {
  /// The next character for libedit, after showing what the last one did; nil when the read is over.
  func nextCharacter() -> Unicode.Scalar? {
    while true {
      if let scalar = queue.popFirst() { return scalar }
      guard outcome == nil else { return nil }
      settle()
      if !hasInput { paint() }
      guard let key = nextKey() else { return nil }
      switch key {
      case .character(let scalar):
        if scalar.value < 0x20 || scalar.value == 0x7F { return scalar }
        guard line.scalars.count < entryLimit else {
          tellFull()
          continue
        }
        historyCursor.reset()
        killRing.endSuccession()
        return scalar
      case .meta(let scalar): queue = ["\u{1B}", scalar]
      case .sequence(let sequence): queue = Array(sequence.unicodeScalars)[...]
      case .paste(let text, let isCut):
        pasted = (text, isCut)
        queue = Array(EditorAction.pasteKey.unicodeScalars)[...]
      case .escape: continue
      }
    }
  }

  /// Brings libedit's line into order after a command of its own: within the limit, the cursor between characters, noted for undo.
  private func settle() {
    cle_widen(handle)
    let before = line
    readBuffer()
    if line.scalars.count > entryLimit {
      setLine(before)
      tellFull()
    }
    let snapped = line.snappedCursor
    if snapped != line.cursor { setLine(LineBuffer(line, cursor: snapped)) }
    undo.record(line)
  }

  /// True if keys are waiting, so that drawing can wait too.
  private var hasInput: Bool {
    if !bytes.isEmpty || returnedKey != nil { return true }
    var wanted = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&wanted, 1, 0) > 0
  }

  /// The next key; nil when the read is over. Signals and messages are dealt with while waiting.
  func nextKey() -> KeyEvent? {
    while true {
      guard handleSignals() else { return nil }
      if let key = returnedKey {
        returnedKey = nil
        return key
      }
      while let byte = bytes.popFirst() {
        if let key = decoder.feed(byte) { return key }
      }
      var wanted = [
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        pollfd(fd: cle_signal_fd(), events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&wanted, nfds_t(wanted.count), decoder.awaitsMore ? 50 : patience)
      if ready == 0 {
        if let key = decoder.timeout() { return key }
        patience = patience >= 0 && inputState.whileIdle() ? 0 : -1
      }
      // A signal comes before bytes that were typed after it. Nothing may be there any more: Ctrl-C empties the terminal's queue.
      guard ready > 0, wanted[0].revents != 0, wanted[1].revents == 0 else { continue }
      guard wanted[0].revents != Int16(POLLIN) || bytesWaiting > 0 else { continue }
      guard case .bytes(let chunk) = readChunk(STDIN_FILENO), !chunk.isEmpty else {
        outcome = .endOfInput
        return nil
      }
      bytes = chunk[...]
    }
  }

  private var bytesWaiting: Int32 {
    var count: Int32 = 0
    return ioctl(STDIN_FILENO, UInt(FIONREAD), &count) == 0 ? count : 1
  }

  /// Does what the signals ask for; false if the read is over.
  private func handleSignals() -> Bool {
    while true {
      let signal = cle_next_signal()
      switch signal {
      case 0: return true
      case SIGINT:
        dropInput()
        if search != nil || question != nil {
          // Only the search or the list is given up; the line stays.
          returnedKey = .character("\u{7}")
          continue
        }
        finish(with: "^C")
        outcome = .interrupted
        return false
      case SIGWINCH: resize()
      case SIGTSTP: suspend()
      case SIGCONT: resume()
      case SIGTERM, SIGHUP, SIGQUIT: die(signal)
      default: paint()
      }
    }
  }

  private func dropInput() {
    decoder.reset()
    bytes = []
    queue = []
    returnedKey = nil
  }

  private func suspend() {
    leaveFrame()
    send("\u{1B}[?2004l")
    cle_set_raw(handle, false)
    cle_stop()
  }

  private func resume() {
    // libedit must be told to leave the raw mode before it will enter it again.
    cle_set_raw(handle, false)
    cle_set_raw(handle, true)
    send("\u{1B}[?2004h")
    size = terminalSize()
    if frame != nil { send("\r\n") }
    frame = nil
    paint()
  }

  private func die(_ signal: Int32) {
    leaveFrame()
    cle_set_raw(handle, false)
    cle_restore_terminal()
    cle_die(signal)
  }
}

extension LineBuffer {
  /// The same text with another cursor.
  package init(_ line: LineBuffer, cursor: Int) {
    self = line
    self.cursor = min(max(0, cursor), line.scalars.count)
  }
}
