import CEditLine
import Glibc

/// Where entries come from.
package enum EntrySource: Hashable, Sendable {
  /// Standard input: the terminal if it is one.
  case standardInput
  /// A file.
  case file(String)
  /// A text given as such, and what it is called.
  case text(String, name: String)
}

/// Chooses the editor: libedit on a usable terminal, plain reading on any other, strict reading where nobody types.
package func makeEditor(
  _ source: EntrySource = .standardInput, options: EditorOptions = EditorOptions(),
  inputState: InputState = InputState()
) -> any LineEditor {
  switch source {
  case .file(let path): return ScriptReader(path: path, inputState: inputState)
  case .text(let text, let name): return ScriptReader(text: text, source: name, inputState: inputState)
  case .standardInput: break
  }
  guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
    return ScriptReader(descriptor: STDIN_FILENO, source: "-", inputState: inputState)
  }
  var notes: [EditorNote] = []
  let hasUTF8 = cle_use_utf8_locale()
  if !hasUTF8 { notes.append(.noUTF8Locale) }
  if let name = foreignLocale() { notes.append(.foreignLocale(name)) }
  let history = HistoryStore(path: options.historyPath, remembered: options.remembered)
  if history.failure != 0, let path = options.historyPath {
    notes.append(.historyUnwritable(path, systemError: history.failure))
  }
  if hasUTF8 && !options.isPlain && isTerminalUsable(environment("TERM")),
    let editor = LibeditEditor(options: options, inputState: inputState, history: history, notes: &notes)
  {
    return editor
  }
  return PlainEditor(options: options, inputState: inputState, history: history, notes: notes)
}

/// True if the terminal of that name moves its cursor.
package func isTerminalUsable(_ name: String?) -> Bool {
  guard let name else { return false }
  return !["dumb", "unknown", "emacs", "network"].contains(name)
}

/// The name of the user's locale if it asks for a Chinese encoding other than UTF-8.
private func foreignLocale() -> String? {
  guard let name = environment("LC_ALL") ?? environment("LC_CTYPE") ?? environment("LANG") else { return nil }
  let upper = name.uppercased()
  return ["GB", "BIG5"].contains { upper.split(separator: ".").dropFirst().first?.hasPrefix($0) == true } ? name : nil
}
