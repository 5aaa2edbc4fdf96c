import CEditLine
import Glibc

extension LibeditEditor {
  /// Tells libedit the names of our functions.
  func addFunctions() {
    for (action, function) in functions { cle_add_function(handle, action.rawValue, function) }
  }

  /// Binds the default keys; every sequence that the decoder lets through is bound to something.
  func bindKeys() {
    for sequence in KeyTable.all { bind("\\e" + sequence.dropFirst(), "ed-unassigned") }
    for key in EditorAction.unassignedKeys { bind(key, "ed-unassigned") }
    for (key, action) in EditorAction.keys { bind(key, action.rawValue) }
    bindPaste()
  }

  /// Does the lines of `$EDITRC` or `~/.editrc` one by one, so that a bad one is named and stops none of the others.
  func readKeyFile(_ notes: inout [EditorNote]) {
    guard let path = environment("EDITRC") ?? environment("HOME").map({ $0 + "/.editrc" }) else { return }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var assembler = LineAssembler()
    assembler.append(readAll(descriptor))
    while let line = assembler.next() ?? assembler.finish() {
      switch line {
      case .invalid(let number, _, _): notes.append(.badKeyFile(path, line: number))
      case .text(let text, let number):
        if text.drop(while: \.isWhitespace).hasPrefix("#") { continue }
        if !cle_do_line(handle, text) { notes.append(.badKeyFile(path, line: number)) }
      }
    }
    if cle_is_vi(handle) {
      // The vi commands of this libedit write outside its buffer.
      notes.append(.viKeysUnsafe)
      cle_use_emacs(handle)
      bindKeys()
    }
    bindPaste()
  }

  private func bindPaste() { bind("\\e" + EditorAction.pasteKey.dropFirst(), EditorAction.paste.rawValue) }

  private func bind(_ key: String, _ function: String) { cle_bind(handle, key, function) }

  /// Does an action and says how libedit should go on.
  fileprivate func perform(_ action: EditorAction) -> UInt8 {
    readBuffer()
    switch action {
    case .undo, .redo, .yank, .yankEarlier, .killLine, .killAll, .killWordLeft, .killWordRight: break
    default: killRing.endSuccession()
    }
    switch action {
    case .up, .down, .older, .newer: break
    default: historyCursor.reset()
    }
    run(action)
    if outcome != nil { return UInt8(CC_NEWLINE) }
    return UInt8(CC_REFRESH)
  }
}

/// One C function for each action, since libedit's callbacks carry nothing else.
private let functions: [(EditorAction, cle_key_function)] = [
  (.enter, { handle, _ in perform(.enter, handle) }),
  (.submit, { handle, _ in perform(.submit, handle) }),
  (.left, { handle, _ in perform(.left, handle) }),
  (.right, { handle, _ in perform(.right, handle) }),
  (.wordLeft, { handle, _ in perform(.wordLeft, handle) }),
  (.wordRight, { handle, _ in perform(.wordRight, handle) }),
  (.lineStart, { handle, _ in perform(.lineStart, handle) }),
  (.lineEnd, { handle, _ in perform(.lineEnd, handle) }),
  (.up, { handle, _ in perform(.up, handle) }),
  (.down, { handle, _ in perform(.down, handle) }),
  (.older, { handle, _ in perform(.older, handle) }),
  (.newer, { handle, _ in perform(.newer, handle) }),
  (.deleteLeft, { handle, _ in perform(.deleteLeft, handle) }),
  (.deleteRight, { handle, _ in perform(.deleteRight, handle) }),
  (.deleteOrEnd, { handle, _ in perform(.deleteOrEnd, handle) }),
  (.killLine, { handle, _ in perform(.killLine, handle) }),
  (.killAll, { handle, _ in perform(.killAll, handle) }),
  (.killWordLeft, { handle, _ in perform(.killWordLeft, handle) }),
  (.killWordRight, { handle, _ in perform(.killWordRight, handle) }),
  (.yank, { handle, _ in perform(.yank, handle) }),
  (.yankEarlier, { handle, _ in perform(.yankEarlier, handle) }),
  (.undo, { handle, _ in perform(.undo, handle) }),
  (.redo, { handle, _ in perform(.redo, handle) }),
  (.complete, { handle, _ in perform(.complete, handle) }),
  (.search, { handle, _ in perform(.search, handle) }),
  (.clear, { handle, _ in perform(.clear, handle) }),
  (.paste, { handle, _ in perform(.paste, handle) }),
]

private func perform(_ action: EditorAction, _ handle: OpaquePointer?) -> UInt8 {
  owner(of: handle)?.perform(action) ?? UInt8(CC_ERROR)
}
