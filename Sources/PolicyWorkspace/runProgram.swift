import Glibc

/// Runs a program without a shell and returns what it writes; nil where it can't be started or fails.
///
/// Its standard input is empty, and what it complains is dropped: the caller says what went wrong.
func runProgram(_ words: [String]) -> [UInt8]? {
  var ends: [Int32] = [0, 0]
  guard let program = words.first, pipe(&ends) == 0 else { return nil }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var child = pid_t()
  let isStarted = posix_spawnp(&child, program, &actions, nil, &arguments, environ) == 0
  close(ends[1])
  defer { close(ends[0]) }
  guard isStarted else { return nil }
  var output: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(ends[0], &buffer, buffer.count)
    if count < 0, errno == EINTR { continue }
    if count <= 0 { break }
    output += buffer[0..<count]
  }
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0 { if errno != EINTR { return nil } }
  return status == 0 ? output : nil
}
