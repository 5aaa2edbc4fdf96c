import Foundation
import Glibc
import TerminalDriver

/// The demo in a tmux window, which serves as an independent terminal to look at.
final class Tmux {
  let columns: Int
  let rows: Int
  private let socket: String

  init(columns: Int, rows: Int, coloured: Bool, directory: TemporaryDirectory) {
    self.columns = columns
    self.rows = rows
    socket = "tiaoli-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    let command = "HOME=\(directory.path) LC_ALL=C.UTF-8 \(PseudoTerminal.demo)\(coloured ? " --colour" : "")"
    run("new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", command)
    run("set-option", "-g", "status", "off")
    run("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  deinit { run("kill-server") }

  static var isThere: Bool { access("/usr/bin/tmux", X_OK) == 0 }

  func send(_ text: String) { run(["send-keys", "-H"] + text.utf8.map { String($0, radix: 16) }) }

  func resize(columns: Int, rows: Int) { run("resize-window", "-x", "\(columns)", "-y", "\(rows)") }

  /// The rows without blanks at their ends, and the cursor.
  func look() -> (rows: [String], x: Int, y: Int) {
    let text = run("display-message", "-p", "#{cursor_x} #{cursor_y}", ";", "capture-pane", "-p")
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    let position = lines.removeFirst().split(separator: " ").compactMap { Int($0) }
    if lines.last == "" { lines.removeLast() }
    return (lines, position.first ?? -1, position.last ?? -1)
  }

  @discardableResult
  private func run(_ arguments: String...) -> String { run(arguments) }

  /// Runs a tmux command and gives its output. Foundation's `Process` would wait for the server, which inherits its descriptors.
  @discardableResult
  private func run(_ arguments: [String]) -> String {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return "" }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The test's threads block signals, which the server and the demo would inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let isServer = arguments.first == "new-session"
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    if isServer {
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    } else {
      posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    }
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var argv: [UnsafeMutablePointer<CChar>?] =
      (["tmux", "-L", socket, "-f", "/dev/null", "-u"] + arguments).map { strdup($0) } + [nil]
    let variables = ["TERM=xterm-256color", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin"]
    var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, "/usr/bin/tmux", &actions, &attributes, &argv, &envp)
    close(ends[1])
    defer { close(ends[0]) }
    guard failure == 0 else { return "" }
    let output = FileHandle(fileDescriptor: ends[0]).readDataToEndOfFile()
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return String(decoding: output, as: UTF8.self)
  }
}
