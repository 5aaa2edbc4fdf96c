import Glibc

/// Runs the user's editor on a file at a line and returns its exit status; -1 where it can't be started.
///
/// The editor comes from VISUAL or EDITOR alone, and no shell sees the path.
func runEditor(_ path: String, line: Int) -> Int32 {
  func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
  let command = environment("VISUAL") ?? environment("EDITOR") ?? "vi"
  var words = command.split(separator: " ").map(String.init)
  guard let program = words.first else { return -1 }
  words += ["+\(line)", path]
  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var child = pid_t()
  guard posix_spawnp(&child, program, nil, nil, &arguments, environ) == 0 else { return -1 }
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0 { if errno != EINTR { return -1 } }
  return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
}
