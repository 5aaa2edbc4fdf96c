import Glibc

/// What became of the user's editor.
enum EditorEnd {
  case exit(Int32)
  /// The program that the user names couldn't be started.
  case notStarted(String)
}

/// Runs the user's editor on a file at a line.
///
/// The editor comes from VISUAL or EDITOR alone, and no shell sees the path.
func runEditor(_ path: String, line: Int) -> EditorEnd {
  func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
  let command = environment("VISUAL") ?? environment("EDITOR") ?? "vi"
  let words = command.split(separator: " ").map(String.init)
  guard let program = ForegroundProgram(words + ["+\(line)", path]) else { return .notStarted(command) }
  return .exit(program.wait())
}
