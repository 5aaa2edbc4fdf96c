import Glibc
import PolicyAnswers
import PolicyText

/// Shows texts that are longer than the terminal in the user's pager.
struct Pager {
  /// The program with its words; nil to write everything straight.
  let command: [String]?

  /// `PAGER`, else `less -FRX`; none where it is empty or `cat`, where nobody reads, or the terminal can't move.
  ///
  /// - Parameter isWanted: False after `--no-pager` and where a script runs.
  init(isWanted: Bool) {
    guard isWanted, isatty(STDOUT_FILENO) == 1, isatty(STDIN_FILENO) == 1, Pager.environment("TERM") ?? "dumb" != "dumb"
    else {
      command = nil
      return
    }
    let words = (Pager.environment("PAGER") ?? "less -FRX").split(separator: " ").map(String.init)
    command = words.isEmpty || words == ["cat"] ? nil : words
  }

  fileprivate static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Whether a text takes more rows than the terminal has.
  func isNeeded(for text: String) -> Bool {
    guard command != nil else { return false }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 1, size.ws_col > 0 else { return false }
    var rows = 0
    for line in Ink.plain(text).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      rows += max(1, (displayWidth(line) + Int(size.ws_col) - 1) / Int(size.ws_col))
      if rows >= Int(size.ws_row) { return true }
    }
    return false
  }

  /// Runs the pager on a text until the reader leaves it; false where it can't be started.
  func show(_ text: String) -> Bool {
    guard let command else { return false }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // less shows what the locale calls unprintable as codes; our texts are always UTF-8.
    setenv("LESSCHARSET", "utf-8", 0)
    let program = ForegroundProgram(command, input: ends[0])
    close(ends[0])
    guard let program else {
      close(ends[1])
      return false
    }
    // A reader who leaves early closes the pipe.
    var former = sigaction()
    var ignoring = sigaction()
    ignoring.__sigaction_handler.sa_handler = SIG_IGN
    sigaction(SIGPIPE, &ignoring, &former)
    write(text, to: ends[1])
    close(ends[1])
    let exit = program.wait()
    sigaction(SIGPIPE, &former, nil)
    return exit != 127
  }

  private func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + start, bytes.count - start) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return }
      start += count
    }
  }
}

/// Tells on the terminal how far a long question is, and whether the person stopped it.
struct Progress {
  private let isShown: Bool
  private var shown = 0
  private var start = ContinuousClock.now

  /// Shown where standard error is a terminal that can move.
  ///
  /// - Parameter isWanted: Whether a person types.
  init(isWanted: Bool) {
    isShown = isWanted && isatty(STDERR_FILENO) == 1 && Pager.environment("TERM") ?? "dumb" != "dumb"
  }

  /// Forgets the question before.
  mutating func begin() { (shown, start) = (0, .now) }

  /// The text to write now; nil where it is too early for another.
  mutating func step(_ done: Int, of total: Int) -> String? {
    guard isShown, total > 0 else { return nil }
    let tenths = Int((ContinuousClock.now - start) / .milliseconds(100))
    // Nothing for what is answered within half a second, then ten times a second.
    guard tenths >= 5, tenths > shown else { return nil }
    shown = tenths
    return "\r\(done)/\(total)\u{1B}[K"
  }

  /// What takes the last figure away; nil where none was shown.
  mutating func end() -> String? {
    defer { shown = 0 }
    return shown > 0 ? "\r\u{1B}[K" : nil
  }
}
