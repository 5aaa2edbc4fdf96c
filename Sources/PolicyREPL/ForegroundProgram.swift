import Glibc

/// A program that has the terminal until it ends; meanwhile Ctrl-C is for it alone, as in a shell.
struct ForegroundProgram {
  private var process = pid_t()
  private var formerActions: [(signal: Int32, action: sigaction)] = []

  /// Starts a program, found as a shell finds it, with `input` as its standard input where given; nil where it can't be started.
  init?(_ words: [String], input: Int32? = nil) {
    guard let program = words.first else { return nil }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var own = sigset_t()
    sigemptyset(&own)
    for signal in [SIGINT, SIGQUIT] {
      sigaddset(&own, signal)
      var (former, ignoring) = (sigaction(), sigaction())
      ignoring.__sigaction_handler.sa_handler = SIG_IGN
      sigaction(signal, &ignoring, &former)
      formerActions.append((signal, former))
    }
    posix_spawnattr_setsigdefault(&attributes, &own)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    guard posix_spawnp(&process, program, &actions, &attributes, &arguments, environ) == 0 else {
      restoreSignals()
      return nil
    }
  }

  /// Waits for the end: the exit code, or −1 where a signal ended it.
  func wait() -> Int32 {
    defer { restoreSignals() }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { if errno != EINTR { return -1 } }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
  }

  private func restoreSignals() {
    for (signal, var action) in formerActions { sigaction(signal, &action, nil) }
  }
}
